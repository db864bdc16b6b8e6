"""What should improve, and who does what about it: the sheets Issues, Actions and Next steps."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from offwall.model.actions import band, deadline_for, rank
from offwall.model.actions.deadlines import Deadline
from offwall.model.actions.ranking import same_rung, why_behind
from offwall.model.process import place_label
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
)
from offwall.model.records.ids import ActionId, IssueId
from offwall.model.records.uses import no_id
from offwall.model.tables.lists import CODE_MEANS
from offwall.model.tables.read_back import (
    Draft,
    EditedRow,
    Fields,
    Reader,
    as_date,
    as_items,
    as_needed,
    as_number,
    as_owner,
    as_place,
    as_words,
    as_yes,
    cell_as_line,
    elsewhere,
    fold_cell,
    says_nothing,
)
from offwall.model.tables.sheet import (
    ACTIONS,
    COMMENT,
    ID,
    NEXT_STEPS,
    Cell,
    CellKind,
    CellValue,
    Facts,
    Sheet,
    texts,
)

STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("complete", "completed", "finished", "implemented"), ("done", "closed")),
    **dict.fromkeys(("closed", "resolved"), ("done", "closed")),
    **dict.fromkeys(("in progress", "started", "ongoing", "on track", "underway"), ("doing",)),
    **dict.fromkeys(("wip", "work in progress", "active", "under review"), ("doing", "open")),
    **dict.fromkeys(("under way", "partly complete", "live"), ("doing", "open")),
    **dict.fromkeys(("not started", "to do", "todo", "new", "pending", "planned"), ("open",)),
    **dict.fromkeys(("scheduled", "outstanding", "not yet started"), ("open",)),
    **dict.fromkeys(("on hold", "paused", "blocked", "overdue", "deferred"), ("open",)),
    **dict.fromkeys(("waiting", "delayed", "late", "at risk", "slipped"), ("open",)),
    **dict.fromkeys(("cancelled", "canceled", "withdrawn"), ("dropped", "closed")),
    **dict.fromkeys(("abandoned", "superseded", "rejected"), ("dropped", "closed")),
}
"""What councils write for a status of ours; of several the first that the kind of record has."""

_WHERE = "activity, process step, step, where in the process, area"
_STATUS = "progress, state, rag status, current status"
_SOURCE = "origin, raised at, workshop, where from"


def _as_status(kinds: type[StrEnum]) -> Reader:
    def read(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
        said = _SIGNS.sub(" ", fold_cell(value)).strip()
        meant = (said, *STATUS_WORDS.get(said, ()), *_by_share(value))
        found = next((one for word in meant for one in kinds if one == word), None)
        if (said in _NOT_QUITE or said in ("0", "1")) and found is not None:
            row.tell(f"status “{cell_as_line(value)}” was read as {found}.")
        if found is None and not says_nothing(said):
            return row.leave("status", value, f"none of {', '.join(kinds)}")
        return {"status": found or next(iter(kinds))}

    return read


_SIGNS = re.compile(r"^[^\w(]+|[^\w)%]+$|(?<=\w)[-_]+(?=\w)")
"""What stands around and between the words of a status: a tick, ``in_progress``."""

_NOT_QUITE = (
    *("on hold", "paused", "blocked", "overdue", "deferred", "superseded"),
    *("waiting", "delayed", "late", "at risk", "slipped"),
)
"""What says more than a status of ours, and so is told."""


def _by_share(value: Any) -> tuple[str, ...]:
    """The status that a share of the work says, such as ``40%`` or the number 0.4."""
    said = cell_as_line(value).replace(" ", "")
    share = float(said[:-1]) / 100 if said.endswith("%") and said[:-1].isdecimal() else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        share = float(value)
    if share is None or share > 1:
        return ()
    return ("open",) if share == 0 else ("done", "closed") if share == 1 else ("doing", "open")


def _as_code(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    said = fold_cell(value)
    found = next(
        (
            one
            for one in IssueCode
            if said in (one.casefold(), CODE_MEANS[one], one.name.casefold())
        ),
        None,
    )
    if said and found is None:
        return row.leave("code", said, "none of D, G, T, R")
    return {"code": found}


def _as_words_for_where(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """The ref says where an issue belongs; the words beside it only where there is none."""
    return {} if cell_as_line(row.whole.get("ref")) else as_place(row, cell, value)


def _as_issue(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    words = fold_cell(value)
    known = {fold_cell(one.text): one.id for one in row.draft.records("issues").values()}
    if words and words not in known:
        return row.leave("issue", value, "no issue that is known")
    return {"issue": known.get(words, "")}


def _as_approval(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    approvals = row.draft.base.approvals
    rungs = {same_rung(rung): rung for rung in approvals}
    said = cell_as_line(value)
    if said and same_rung(said) not in rungs:
        return row.leave("approval", said, f"none of {', '.join(approvals)}")
    return {"approval": rungs[same_rung(said)] if said else ""}


def _means(at: Facts, one: Issue) -> str:
    return CODE_MEANS[one.code] if one.code else ""


def _where(at: Facts, one: Issue) -> str:
    activity = at.session.activity_by_id.get(one.activity)
    return activity.text if activity else one.near


_OfIssue, _AS_ISSUE_STATUS = Cell[Issue], _as_status(IssueStatus)

ISSUES_SHEET: Sheet[Issue] = Sheet(
    key="issues",
    title="Issues",
    about="What should improve, by the code on the wall: D gap in documentation, G gap in "
    "governance, T time risk, R risk in the current process. Parked ones are off-topic.",
    rows=lambda at: at.session.issues,
    cells=(
        _OfIssue("code", "Code", width=7, choices="codes", read=_as_code, typed=True).also(
            "issue code, type, category, issue type"
        ),
        _OfIssue("means", "Which means", _means, 22, read=elsewhere).also("meaning, type of issue"),
        Cell("issue", "Issue", width=46, read=as_needed, typed=True, field="text").also(
            "problem, pain point, issue raised, description, risk, concern, weakness, finding"
        ),
        _OfIssue(
            "ref", "Ref", lambda at, one: place_label(at.session, one.activity), 9, read=as_place
        ).also("step ref, activity ref, process ref, map ref, step no"),
        Cell("where", "Where", _where, 34, read=_as_words_for_where, typed=True).also(_WHERE),
        Cell(
            "raised_by",
            "Raised by",
            lambda at, issue: no_id(issue.raised_by),
            20,
            read=as_words,
            typed=True,
        ).also("who raised it, raised, identified by"),
        Cell("source", "Source", width=16, read=as_words).also(_SOURCE),
        _OfIssue("parked", "Parked", width=9, choices="yes_no", read=as_yes).also(
            "car park, parked issue"
        ),
        Cell(
            "status", "Status", width=11, choices="issue_status", read=_AS_ISSUE_STATUS, typed=True
        ).also(_STATUS),
        _OfIssue("actions", "Actions", lambda at, one: texts(at.linked.actions(one.id)), 36).also(
            "action, resolution, mitigation"
        ),
        COMMENT,
        ID,
    ),
    pinned=3,
    called="issues, issue, issue log, issues log, issue list, parked issues",
    collection="issues",
    anchor="issue",
    new=lambda draft, words: Issue(IssueId(draft.id_for("issues", "i", words)), words),
    own=True,
)
"""One row an issue, parked ones too, in the order in which they were raised."""


# Actions and next steps.


def _ranked(session: Session) -> dict[str, int]:
    """Each improvement's place, by its id."""
    return {one.id: place for place, one in enumerate(rank(session), 1)}


def _rank(at: Facts, one: Action) -> int:
    return at.once(_ranked)[one.id]


def _ref(at: Facts, one: Action) -> str:
    return place_label(at.session, at.linked.activity_of(one), one.near)


def _deadlines(session: Session) -> dict[str, Deadline | None]:
    """What each improvement must reach, by its id."""
    today = session.workshop.date
    return {one.id: deadline_for(session, one, today) for one in rank(session)}


def _meeting(at: Facts, one: Action) -> str:
    found = at.once(_deadlines)[one.id]
    if found is None:
        return ""
    if found.meeting is None:
        return "" if found.alone else f"none listed for {found.body}"
    return ("" if found.serves else "none by the target date; next: ") + found.meeting.body


def _meets(found: Deadline) -> dt.date | None:
    return found.meeting.date if found.meeting else None


def _papers(found: Deadline) -> dt.date | None:
    return found.papers_by if found.meeting else None


def _day(key: str, header: str, day: Callable[[Deadline], dt.date | None]) -> Cell[Action]:
    """A column of a day that comes of what an action must reach."""

    def value(at: Facts, one: Action) -> CellValue:
        found = at.once(_deadlines)[one.id]
        return day(found) if found else None

    return Cell(key, header, value, 13, kind=CellKind.DATE)


def _score(key: str, header: str) -> Cell[Action]:
    """A column of what the group scored, 1 to 5."""
    read = as_number(1, 5)
    return Cell(key, header, None, 8, "scores", kind=CellKind.INT, read=read, typed=True)


_Column, _AS_ACTION_STATUS = Cell[Action], _as_status(ActionStatus)

_ACTION = Cell[Any]("action", "Action", width=46, read=as_needed, typed=True, field="text").also(
    "improvement, recommendation, what"
)

_WHO_AND_WHEN = (
    _Column("owner", "Owner", width=22, choices="owners", read=as_owner, typed=True).also(
        "responsible, who, lead, assigned to, by whom, responsibility"
    ),
    _Column("helper", "Helper", choices="owners", read=as_owner).also(
        "support, supported by, helped by, with"
    ),
    _Column("due", "Target date", width=13, kind=CellKind.DATE, read=as_date, typed=True).also(
        "due, due date, by when, deadline, target completion date, completion date, target, "
        "when, date due, target completion"
    ),
)

_PROGRESS = (
    _Column(
        "status", "Status", width=10, choices="action_status", read=_AS_ACTION_STATUS, typed=True
    ).also(_STATUS),
    _Column("done_on", "Done on", width=13, kind=CellKind.DATE, read=as_date).also(
        "completed on, date completed, actual completion date"
    ),
)

ACTIONS_SHEET: Sheet[Action] = Sheet(
    key=ACTIONS,
    title="Actions",
    about="The improvements in the group's order. Quick win: impact 3 or more, effort 2 or "
    "less, no approval by members needed. Significant change: a cabinet or committee, or "
    "effort 5. The meeting is the last of its body by the target date, as seen on the day of "
    "the workshop; only a key decision needs the forward plan.",
    rows=lambda at: rank(at.session),
    cells=(
        _Column(
            "rank", "Rank", _rank, 7, kind=CellKind.INT, read=as_number(1, 100_000), field="place"
        ).also(
            "ranking, order, priority order, action no, action ref, no, number, #, item, "
            "item no, ref, ref no, reference"
        ),
        _ACTION,
        _Column(
            "issue", "Issue", lambda at, one: at.linked.issue_text(one.issue), 34, read=_as_issue
        ).also("problem, why, reason"),
        _Column("where", "Where", _ref, 14, read=as_place).also(_WHERE),
        *_WHO_AND_WHEN,
        _Column(
            "approval", "Approval", width=20, choices="approvals", read=_as_approval, typed=True
        ).also("approved by, sign off"),
        _Column("needs", "Needs", width=20, read=as_items, typed=True).also(
            "agreement needed, consultees"
        ),
        _Column("meeting", "Meeting to reach", _meeting, 22).also("meeting, board or committee"),
        _day("meets_on", "Meets on", _meets).also("meeting date, date of meeting"),
        _day("papers_by", "Papers due", _papers).also("papers by, report deadline"),
        _day("announced_by", "Forward plan by", lambda found: found.announced_by).also(
            "forward plan"
        ),
        _score("impact", "Impact").also("benefit, value"),
        _score("effort", "Effort").also("difficulty, ease"),
        _Column("band", "Band", lambda at, one: band(one, at.session.approvals), 17).also(
            "quick win, priority, type of change"
        ),
        _Column(
            "votes", "Votes", width=7, kind=CellKind.INT, read=as_number(0, 9_999, empty=0)
        ).also("dots"),
        _Column("why", "Why it ranks here", lambda at, one: at.once(why_behind)[one.id], 34),
        *_PROGRESS,
        _Column("source", "Source", width=16, read=as_words).also(_SOURCE),
        COMMENT,
        ID,
    ),
    pinned=2,
    called=(
        "actions, action, action plan, action log, actions log, action list, improvement plan, "
        "improvements, improvement actions"
    ),
    collection="actions",
    anchor="action",
    new=lambda draft, words: _new(draft, words, ActionKind.IMPROVEMENT),
    own=True,
)
"""The improvements, ranked: quick wins first."""


def _new(draft: Draft, words: str, kind: ActionKind) -> Action:
    return Action(ActionId(draft.id_for("actions", "n", words)), words, kind)


def _nothing(at: Facts, one: Action) -> CellValue:
    return None


NEXT_STEPS_SHEET: Sheet[Action] = Sheet(
    key=NEXT_STEPS,
    title="Next steps",
    about="What happens after the workshop, who does it and by when.",
    rows=lambda at: (one for one in at.session.actions if one.kind is ActionKind.NEXT_STEP),
    cells=(
        replace(
            _ACTION, header="Next step", width=60, words=("next steps", "action", *_ACTION.words)
        ),
        *_WHO_AND_WHEN,
        *_PROGRESS,
        COMMENT,
        ID,
    ),
    called="next steps, next step",
    more=tuple(replace(one, value=_nothing) for one in ACTIONS_SHEET.described.values()),
    collection="actions",
    anchor="action",
    new=lambda draft, words: _new(draft, words, ActionKind.NEXT_STEP),
    own=True,
)
"""What the group does after the workshop, in the order of the file."""
