"""What should improve, and who does what about it: the sheets Issues and Action plan."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from offwall.model.actions import band, deadline_for, rank
from offwall.model.actions.deadlines import Deadline
from offwall.model.actions.facts import NAME
from offwall.model.actions.issues import options_from, say_option
from offwall.model.actions.ranking import rung_name, same_rung, why_behind
from offwall.model.process import LIST_SEPARATOR, place_label
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
)
from offwall.model.records.fields import ActionId, IssueId
from offwall.model.records.session import Rag
from offwall.model.records.text import english_list
from offwall.model.records.uses import no_id
from offwall.model.tables.read_back import (
    Draft,
    EditedRow,
    Fields,
    Reader,
    as_date,
    as_items,
    as_needed,
    as_number,
    as_one_of,
    as_owner,
    as_place,
    as_words,
    as_yes,
    called,
    cell_as_line,
    cell_as_text,
    elsewhere,
    fold_cell,
    name_of,
    says_nothing,
)
from offwall.model.tables.sheet import (
    ACTIONS,
    CODE_MEANS,
    COMMENT,
    ID,
    NEXT_STEPS,
    Cell,
    CellKind,
    CellValue,
    Facts,
    Sheet,
    Shown,
    texts,
)

_HELD_UP = ("on hold", "paused", "blocked", "overdue", "deferred")
_LATE = ("waiting", "delayed", "late", "at risk", "slipped")

STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("complete", "completed", "finished", "implemented"), ("done", "closed")),
    **dict.fromkeys(("closed", "resolved"), ("done", "closed")),
    **dict.fromkeys(("in progress", "started", "ongoing", "on track", "underway"), ("doing",)),
    **dict.fromkeys(("wip", "work in progress", "active", "under review"), ("doing", "open")),
    **dict.fromkeys(("under way", "partly complete", "live"), ("doing", "open")),
    **dict.fromkeys(("not started", "to do", "todo", "new", "pending", "planned"), ("open",)),
    **dict.fromkeys(("scheduled", "outstanding", "not yet started"), ("open",)),
    **dict.fromkeys((*_HELD_UP, *_LATE), ("open",)),
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

_NOT_QUITE = (*_HELD_UP, *_LATE, "superseded")
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
    known = {word: one for one in IssueCode for word in (one, CODE_MEANS[one], one.name)}
    found = {word.casefold(): one for word, one in known.items()}.get(said)
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


def _where(at: Facts, issue: Issue) -> str:
    activity = at.session.activity_by_id.get(issue.activity)
    return activity.text if activity else issue.near


def _as_options(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    known = row.draft.records("issues").get(cell_as_line(row.whole.get(ID.key)))
    return {"options": options_from(cell_as_text(value), known.options if known else ())}


EXPLORED = (
    Cell[Issue]("causes", "Causes", width=30, read=as_words).also("cause, root cause"),
    Cell[Issue](
        *("options", "Options", lambda _, one: "\n".join(map(say_option, one.options)), 46),
        read=_as_options,
    ),
    Cell[Issue]("preferred", "Preferred option", width=24, read=as_words),
    Cell[Issue](
        "decides",
        "Who decides",
        lambda at, one: at.owners.get(one.decides, one.decides),
        20,
        read=as_owner,
    ),
)
"""What an issue says that was explored."""


def _explored(at: Facts) -> Iterator[Cell[Issue]]:
    """Its columns, where one was."""
    if any(getattr(issue, cell.key) for issue in at.session.issues for cell in EXPLORED):
        yield from EXPLORED


_OfIssue, _AS_ISSUE_STATUS = Cell[Issue], _as_status(IssueStatus)

ISSUES_SHEET: Sheet[Issue] = Sheet(
    key="issues",
    title="Issues",
    about="By the code on the wall: D gap in documentation, G gap in governance, T time risk, "
    "R risk in the process. Parked: set aside for another day.",
    rows=lambda at: at.session.issues,
    cells=(
        _OfIssue("code", "Code", width=7, choices="codes", read=_as_code, typed=True).also(
            "issue code, type, category, issue type"
        ),
        _OfIssue(
            *("means", "Which means", lambda at, one: one.code and CODE_MEANS[one.code], 22),
            read=elsewhere,
        ).also("meaning, type of issue"),
        Cell("issue", "Issue", width=46, read=as_needed, typed=True, field="text").also(
            "problem, pain point, issue raised, description, risk, concern, weakness, finding"
        ),
        _OfIssue(
            "ref", "Ref", lambda at, one: place_label(at.session, one.activity), 9, read=as_place
        ).also("step ref, activity ref, process ref, map ref, step no"),
        Cell("where", "Where", _where, 34, read=_as_words_for_where, typed=True).also(_WHERE),
        Cell(
            *("raised_by", "Raised by", lambda at, issue: no_id(issue.raised_by), 20),
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
        _explored,
        _OfIssue("actions", "Actions", lambda at, one: texts(at.linked.actions(one.id)), 36).also(
            "action, resolution, mitigation"
        ),
        COMMENT,
        ID,
    ),
    pinned=3,
    more=EXPLORED,
    called="issues, issue, issue log, issues log, issue list, parked issues",
    collection="issues",
    anchor="issue",
    new=lambda draft, words: Issue(IssueId(draft.id_for("issues", "i", words)), words),
    own=True,
)


# Actions and next steps.


def _plan(session: Session) -> tuple[Action, ...]:
    """The improvements, ranked, then the next steps, the soonest first."""
    steps = (action for action in session.actions if action.kind is ActionKind.NEXT_STEP)
    return (*rank(session), *sorted(steps, key=lambda one: one.due or dt.date.max))


def _places(session: Session) -> dict[str, int]:
    """Each action's place in the plan, by its id."""
    return {one.id: place for place, one in enumerate(_plan(session), 1)}


def _where_of(at: Facts, action: Action) -> str:
    return place_label(at.session, at.linked.activity_of(action), action.near)


def _carrier(at: Facts, action: Action) -> str:
    """The owner by role and name; other words stand whole, however long."""
    whole = len(action.owner) > NAME
    return at.owners.get(action.owner, action.owner) if whole else at.stated.called(action.owner)


def _owner_name(at: Facts, action: Action) -> str:
    """The people who have the owner's role; the owner as it is called where nobody has it."""
    return english_list(at.stated.holders.get(action.owner, ())) or at.owners.get(
        action.owner, action.owner
    )


def _reaches(at: Facts, action: Action) -> str:
    said = LIST_SEPARATOR.join(at.stated.reaches(action))
    return said[:1].upper() + said[1:]


def _deadlines(session: Session) -> dict[str, Deadline | None]:
    """What each action must reach, by its id."""
    today = session.workshop.date
    return {action.id: deadline_for(session, action, today) for action in session.actions}


def _meeting(at: Facts, action: Action) -> str:
    found = at.once(_deadlines)[action.id]
    if found is None:
        return ""
    if found.meeting is None:
        return "" if found.alone else f"none listed for {found.body}"
    return ("" if found.serves else "none by the target date; next: ") + found.meeting.body


def _band(at: Facts, action: Action) -> str:
    return band(action, at.session.approvals) if action.kind is ActionKind.IMPROVEMENT else ""


def _reason(at: Facts, action: Action) -> str:
    return at.once(why_behind).get(action.id, "")


_Column, _AS_ACTION_STATUS = Cell[Action], _as_status(ActionStatus)
_behind = partial(_Column, printed=Shown.NEVER)
"""A column behind the page: for whoever works with the plan."""

_by_hand = partial(_Column, printed=Shown.ALWAYS)
"""A column that people fill in, on paper too."""


def _day(key: str, header: str, day: Callable[[Deadline], dt.date | None]) -> Cell[Action]:
    """A column of a day that comes of what an action must reach."""

    def value(at: Facts, action: Action) -> CellValue:
        found = at.once(_deadlines)[action.id]
        return day(found) if found else None

    return _behind(key, header, value, 13, kind=CellKind.DATE)


def _score(key: str, header: str) -> Cell[Action]:
    """A column of what the group scored, 1 to 5."""
    read = as_number(1, 5)
    return _behind(key, header, None, 8, "scores", kind=CellKind.INT, read=read, typed=True)


def _as_place_in_plan(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """The group's own move of an improvement; a next step has no rank."""
    if row.whole.get("kind") == ActionKind.NEXT_STEP:
        return row.tell("a next step has no rank; its place was left alone.")
    return as_number(1, 100_000)(row, cell, value)


def _as_owner_name(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """A person by name; who has the owner's role already says nothing new."""
    said, role = as_owner(row, replace(cell, field="owner"), value), row.whole.get("owner")
    if says_nothing(role):
        return said
    person = next((person for person in row.draft.base.people if person.id == said["owner"]), None)
    if person is None and not says_nothing(value):
        return row.leave(called(cell), value, "nobody on People, and the role owns it")
    known = person is None or person.role == row.draft.naming.owner(role)
    return {} if known else said


def as_rag(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """Red, amber or green, also by its letter."""
    said = fold_cell(value)
    found = next((one for one in Rag if said in (one, one[0])), None)
    if found is None and not says_nothing(said):
        return row.tell(f"RAG “{cell_as_line(value)}” is no colour of ours; it was kept as words.")
    return {name_of(cell): found}


_ACTION = Cell[Any]("action", "Action", width=28, read=as_needed, typed=True, field="text").also(
    "improvement, recommendation, what"
)

_OWNER = _Column("owner", "Owner", width=22, choices="owners", read=as_owner, typed=True).also(
    "responsible, who, lead, assigned to, by whom, responsibility"
)
_OWNER_NAME = _Column("owner_name", "Owner's name", _owner_name, 22, read=_as_owner_name).also(
    "owner name, name of owner, named owner, named officer, owner (name), responsible person, "
    "person responsible"
)
_HELPER = _behind("helper", "Helper", choices="owners", read=as_owner).also(
    "support, supported by, helped by, with"
)
_DUE = _by_hand("due", "Target date", None, 11, kind=CellKind.DATE, read=as_date, typed=True).also(
    "due, due date, by when, deadline, target completion date, completion date, target, "
    "when, date due, target completion"
)
_STATUS_CELL = _by_hand(
    "status", "Status", None, 9, "action_status", read=_AS_ACTION_STATUS, typed=True
).also(_STATUS)
_DONE_ON = _behind("done_on", "Done on", width=13, kind=CellKind.DATE, read=as_date).also(
    "completed on, date completed, actual completion date"
)

ACTIONS_SHEET: Sheet[Action] = Sheet(
    key=ACTIONS,
    title="Action plan",
    about="The improvements in the group's order, then the next steps. Scores and votes stand to "
    "the right of what prints.",
    rows=lambda at: at.once(_plan),
    cells=(
        _Column(
            *("rank", "Ref", lambda at, one: at.once(_places)[one.id], 5),
            kind=CellKind.INT,
            read=_as_place_in_plan,
            field="place",
        ).also(
            "rank, ranking, order, priority order, action no, action ref, no, number, #, item, "
            "item no, ref no, reference"
        ),
        _ACTION,
        _Column(
            *("issue", "Why", lambda at, one: one.issue and at.linked.issue_text(one.issue), 20),
            read=_as_issue,
        ).also("issue, problem, reason"),
        _by_hand(
            *("carrier", "Owner (role and name)", _carrier, 18, "carriers"),
            read=as_owner,
            field="owner",
        ).also("owner (name and role), owner and role, named owner and role"),
        replace(_DUE, header="By when", words=("target date", *_DUE.words[:2], *_DUE.words[3:])),
        _Column(
            *("approval", "Approval", lambda at, one: rung_name(one.approval), 11, "approvals"),
            read=_as_approval,
            typed=True,
        ).also("approved by, sign off"),
        _Column("reaches", "Meeting and papers", _reaches, 19),
        _STATUS_CELL,
        _by_hand("rag", "RAG", None, 7, "rags", read=as_rag).also("rag rating"),
        _by_hand("success_measure", "Success measure", None, 13, read=as_words).also(
            "measure of success, success criteria, outcome measure"
        ),
        _by_hand("last_update", "Last update", None, 14, read=as_words).also(
            "latest update, update, progress update"
        ),
        _behind("kind", "Improvement or next step", None, 14, "kinds", read=as_one_of(ActionKind)),
        _behind("where", "Where", _where_of, 14, read=as_place).also(_WHERE),
        _HELPER,
        _behind("needs", "Needs", width=20, read=as_items, typed=True).also(
            "agreement needed, consultees"
        ),
        _day("meets_on", "Meets on", lambda o: o.meeting.date if o.meeting else None).also(
            "meeting date, date of meeting"
        ),
        _day("papers_by", "Papers due", lambda o: o.papers_by if o.meeting else None).also(
            "papers by, report deadline"
        ),
        _day("announced_by", "Forward plan by", lambda o: o.announced_by).also("forward plan"),
        _score("impact", "Impact").also("benefit, value"),
        _score("effort", "Effort").also("difficulty, ease"),
        _behind("band", "Band", _band, 17).also("quick win, priority, type of change"),
        _behind(
            "votes", "Votes", None, 7, kind=CellKind.INT, read=as_number(0, 9_999, empty=0)
        ).also("dots"),
        _behind("reason", "Why in this place", _reason, 34),
        _DONE_ON,
        _behind("source", "Source", width=16, read=as_words).also(_SOURCE),
        COMMENT,
        ID,
    ),
    pinned=2,
    called=(
        "actions, action, action plan, action log, actions log, action list, improvement plan, "
        "improvements, improvement actions"
    ),
    more=(
        _OWNER,
        _OWNER_NAME,
        _Column("meeting", "Meeting to reach", _meeting, 22, read=elsewhere).also(
            "meeting, board or committee"
        ),
        _Column("why", "Why it ranks here", _reason, 34, read=elsewhere),
    ),
    collection="actions",
    anchor="action",
    new=lambda draft, words: _new(draft, words, ActionKind.IMPROVEMENT),
    own=True,
)


def _new(draft: Draft, words: str, kind: ActionKind) -> Action:
    return Action(ActionId(draft.id_for("actions", "n", words)), words, kind)


NEXT_STEPS_SHEET: Sheet[Action] = Sheet(
    key=NEXT_STEPS,
    title="Next steps",
    about="What happens after the workshop, who does it and by when.",
    rows=lambda at: (
        action for action in at.session.actions if action.kind is ActionKind.NEXT_STEP
    ),
    cells=(
        replace(
            _ACTION, header="Next step", width=60, words=("next steps", "action", *_ACTION.words)
        ),
        *(_OWNER, _OWNER_NAME, _HELPER, _DUE, _STATUS_CELL, _DONE_ON),
        COMMENT,
        ID,
    ),
    called="next steps, next step",
    more=tuple(replace(one, value=lambda *_: None) for one in ACTIONS_SHEET.described.values()),
    collection="actions",
    anchor="action",
    new=lambda draft, words: _new(draft, words, ActionKind.NEXT_STEP),
    own=True,
    written=Shown.NEVER,
)
"""What the group does after the workshop, in a council's own table and in earlier workbooks."""
