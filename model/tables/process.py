"""The sheets of the process map, and how what people edited in them is read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from offwall.model.process import LIST_SEPARATOR, stage_name, treatment
from offwall.model.process.activities import TargetMatcher
from offwall.model.process.names import RACI_FIXED, join_labels, next_label, routes, routes_text
from offwall.model.process.raci import raci_letters
from offwall.model.records import END, Activity, Improve, Session, Treatment
from offwall.model.records.fields import NO_ACTIVITY, TierCode
from offwall.model.records.session import Besides, Route
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.review.checks import check_raci
from offwall.model.tables.read_back import (
    EditedRow,
    Fields,
    as_items,
    as_needed,
    as_text,
    as_words,
    cell_as_items,
    cell_as_line,
    elsewhere,
    fold_cell,
    says_nothing,
)
from offwall.model.tables.sheet import (
    ACTIVITIES,
    ACTIVITY_STATUS,
    COMMENT,
    DECISIONS,
    ID,
    RACI,
    ROLE,
    Cell,
    Facts,
    Sheet,
    Shown,
    texts,
)
from offwall.model.topics.times import ACTIVITY_TIMES

REF, STAGE, ACTIVITY, LEAD, CHECK, *_ = RACI_FIXED


def shown_letters(activity: Activity) -> dict[str, str]:
    """What each role is to an activity: R, A, C, I, the lead first. The lead has its own column."""
    return {code: said.upper() for code, said in raci_letters(activity).items()}


def checked(session: Session) -> dict[str, str]:
    """What the checks find wrong with the roles of each activity, in words, by its id."""
    kinds: dict[str, dict[str, None]] = {}
    for finding in check_raci(session):
        kinds.setdefault(finding.place, {})[finding.kind] = None
    return {place: LIST_SEPARATOR.join(found) for place, found in kinds.items()}


def other_people(activity: Activity) -> str:
    """The people besides the lead as a line is typed: ``r:pro a:hos c:fin,leg i:board``."""
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("r", activity.also),
        ("a", [activity.accountable] if activity.accountable else []),
        ("c", activity.consulted),
        ("i", activity.informed),
    )
    return " ".join(f"{letter}:{','.join(codes)}" for letter, codes in groups if codes)


def status(activity: Activity) -> str:
    """How much of an activity the group agreed."""
    confirmed, sequence, lead, neither = ACTIVITY_STATUS
    if activity.sequence_confirmed:
        return confirmed if activity.lead_confirmed else sequence
    return lead if activity.lead_confirmed else neither


def tiers_kept(session: Session, activity: Activity) -> str:
    """The tiers that do this activity; a light one is marked so. ``none`` where no tier does."""
    if not session.tiers:
        return ""
    treated = ((tier.code, treatment(session, activity, tier.code)) for tier in session.tiers)
    lightly = {Treatment.YES: "", Treatment.LIGHT: " (light)"}
    return ", ".join(f"{code}{lightly[how]}" for code, how in treated if how in lightly) or "none"


def _codes(at: Facts, activity: Activity) -> str:
    found = (issue.code for issue in at.linked.issues(activity.id) if issue.code)
    return LIST_SEPARATOR.join(dict.fromkeys(found))


def _named(at: Facts, *codes: str) -> str:
    return join_labels(at.labels, filter(None, codes))


# What an edited cell makes of an activity. Its people are read together, in `activity_fields`.


def _as_decider(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    found = row.draft.naming.roles(value)
    return {"decided_by": found[0] if found else ""}


def _as_improve(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    said = fold_cell(value)
    mark = next((one for one in Improve if one == said), None)
    if mark is None and not says_nothing(said):
        return row.leave(cell.header, value, f"none of {', '.join(Improve)}")
    return {"improve": mark}


def _as_status(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    confirmed, sequence, lead, neither = ACTIVITY_STATUS
    said = fold_cell(value) or neither
    if said not in ACTIVITY_STATUS:
        return row.leave(cell.header, value, f"none of {', '.join(ACTIVITY_STATUS)}")
    return {
        "sequence_confirmed": said in (confirmed, sequence),
        "lead_confirmed": said in (confirmed, lead),
    }


def _as_tiers(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """The tiers that are listed do it; a tier whose stage says the same needs no entry."""
    session, activity = row.draft.base, _whose(row)
    wanted: dict[TierCode, Treatment] = {}
    codes = {
        fold_cell(word): tier.code for tier in session.tiers for word in (tier.name, tier.code)
    }
    for part in cell_as_line(value).replace(";", ",").split(","):
        name, _, light = part.partition("(")
        if says_nothing(name):
            continue
        if (code := codes.get(fold_cell(name))) is None:
            known = ", ".join(tier.code for tier in session.tiers) or "(there are no tiers)"
            return row.leave(cell.header, part, f"none of {known}")
        wanted[code] = Treatment.LIGHT if light.casefold().startswith("light") else Treatment.YES
    found = dict(activity.tiers)
    for tier in session.tiers:
        how = wanted.get(tier.code, Treatment.NO)
        if how is not treatment(session, activity, tier.code):
            found[tier.code] = how
    return {"tiers": tuple(found.items())}


def _as_routes(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """The routes that still say what they said stay as they are; the others are read anew."""
    session, one = row.draft.base, _whose(row)
    before: dict[str, list[Route]] = {}
    if one.id in session.activity_by_id:
        said = (f"{answer} > {to}".strip() for answer, to in routes(session, one))
        for words, route in zip(said, one.routes, strict=True):
            before.setdefault(fold_cell(words), []).append(route)
    found = []
    for item in cell_as_items(value):
        known = before.get(fold_cell(item))
        found.append(known.pop(0) if known else _route(item, row.draft.targets))
    return {"routes": tuple(found)}


def _route(text: str, targets: TargetMatcher) -> Route:
    answer, _, to = text.rpartition(">") if ">" in text else (text, "", "")
    words = cell_as_line(to)
    for mark in (" (open)", " (missing)"):
        words = words.removesuffix(mark)
    found = targets.find(words) if words else NO_ACTIVITY
    return Route(cell_as_line(answer), found, "" if found else words)


def _as_next(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    words, base, activity = cell_as_line(value), row.draft.base, _whose(row)
    found = row.draft.targets.find(words) if words else ""
    if words and not found:
        return row.tell(f"Next “{words}” is no activity; it was left alone.")
    if found and activity.id in base.activity_by_id and found != END:
        plain = next_label(base, replace(activity, then="", routes=()))
        found = "" if base.ref_by_id.get(found) == plain else found
    return {"then": found}


def _whose(row: EditedRow) -> Activity:
    if row.activity is None:
        raise ValueError("a cell of an activity, in a row that is about none")
    return row.activity


def _as_span(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """How long, or how often; what is neither is told, and not taken."""
    said = cell_as_line(value)
    if said and TIME_FIELDS[cell.key][0](said) is None:
        return row.leave(cell.key, value, "no such as 2h, 1-2 days, 12 a year or 1 in 5")
    return {cell.key: said}


# The columns.

_Column = Cell[Activity]

PLACE = (
    _Column("ref", REF, lambda at, one: at.session.ref_by_id[one.id], 7).also(
        "step ref, activity ref, process ref, map ref, step no, step number, activity no, "
        "activity number, no, number, #, item, item no, ref no, reference"
    ),
    _Column(
        "stage", STAGE, lambda at, one: stage_name(at.session, one), 13, read=elsewhere, typed=True
    ).also("phase"),
    _Column("activity", ACTIVITY, width=29, read=as_needed, typed=True, field="text").also(
        "activities, step, task, what happens"
    ),
)
"""The columns that say which activity a row is about, wherever it stands."""

_LEAD = _Column("lead", LEAD, choices="roles", read=elsewhere, typed=True).also(
    "lead, lead responsible, responsible lead, lead role, who, lead officer, led by, "
    "activity lead, who leads, lead person, owner, step owner"
)

_OTHERS = _Column(
    "others", "Other people", lambda at, one: other_people(one), 15, read=elsewhere
).also("others, people involved")
"""The people as a line is typed, as earlier workbooks had them."""

_RESPONSIBLE = _Column(
    *("responsible", "Responsible (names)", lambda at, one: _named(at, one.lead, *one.also)),
    read=elsewhere,
).also("responsible, r")

_NAMED = (
    _Column(
        *("also", "Also responsible", lambda at, one: _named(at, *one.also), 14), read=elsewhere
    ).also("others responsible"),
    _Column(
        *("accountable", "Accountable", lambda at, one: _named(at, one.accountable), 14),
        read=elsewhere,
    ).also("accountable (names), a"),
    _Column(
        *("consulted", "Consulted", lambda at, one: _named(at, *one.consulted), 13), read=elsewhere
    ).also("consulted (names), c, consult"),
    _Column(
        *("informed", "Informed", lambda at, one: _named(at, *one.informed), 13), read=elsewhere
    ).also("informed (names), i, inform"),
)
"""The people besides the lead, by name."""

_STATUS = _Column(
    *("status", "Status", lambda at, one: status(one), 11, "activity_status"), read=_as_status
).also("confirmed")

_CONFIRMED = replace(_STATUS, header="Confirmed", words=("status",))
"""Beside letters, where councils have a status of another kind."""

_behind = partial(_Column, printed=Shown.NEVER)
"""A column behind the page: said on another sheet, or for an analyst."""

TIMES = tuple(
    Cell[Any](
        *(ask.name, ask.label),
        width=12,
        read=_as_span,
        besides=Besides.TIMES,
        printed=Shown.NEVER,
    )
    for ask in ACTIVITY_TIMES.asks
)
"""How long and how often, of an activity; of a stage all but the last."""

_FACTS = (
    _Column("decision", "Decision", width=16, read=as_words, typed=True),
    _Column(
        "routes",
        "Routes",
        lambda at, one: routes_text(at.session, one),
        18,
        read=_as_routes,
        typed=True,
    ).also("route, answers, outcomes of decision"),
    _Column("next", "Next", lambda at, one: next_label(at.session, one), 7, read=_as_next).also(
        "next activity, then, leads to, goes to"
    ),
    _Column("documents", "Documents", None, 18, "documents", read=as_items, typed=True).also(
        "document, documentation, templates, forms, records, inputs and outputs"
    ),
    _Column(
        "timescale", "Timescale", width=12, read=as_words, typed=True, besides=Besides.TIMESCALES
    ).also("timing, when, duration, time, frequency"),
    _Column("codes", "Issue codes", _codes, 7, read=elsewhere).also(
        "issue code, codes, improvement code"
    ),
    _behind(
        "issues", "Issues", lambda at, one: texts(at.linked.issues(one.id)), 24, read=elsewhere
    ).also("issue, pain points, problems, gaps"),
    _behind(
        "actions", "Actions", lambda at, one: texts(at.linked.actions(one.id)), 24, read=elsewhere
    ).also("action, improvement"),
    _Column("open_point", "Open point", width=13, read=as_words, typed=True).also(
        "not agreed, open question, queries"
    ),
    _behind(
        "tiers",
        "Tiers",
        lambda at, one: tiers_kept(at.session, one),
        11,
        read=_as_tiers,
        besides=Besides.TIERS,
    ).also("tier"),
    _behind(
        "improve",
        "Improve",
        width=10,
        choices="improve",
        read=_as_improve,
        typed=True,
        besides=Besides.MARKS,
    ).also("keep or change, keep change drop"),
    *TIMES,
    _STATUS,
    _behind("note", "Note", width=18, read=as_text, typed=True).also("remarks"),
)

_DECIDER = _Column("decided_by", "Who decides", width=24, choices="roles", read=_as_decider).also(
    "decided by, decision maker, approver"
)

_LIMIT = _Column("limit", "Limit", width=30, read=as_words).also("delegation")

_ELSEWHERE = (_RESPONSIBLE, _OTHERS, _DECIDER, _LIMIT)
"""What a council's own table may say of an activity, and ours says elsewhere."""


def _role_columns(at: Facts) -> Iterator[Cell[Activity]]:
    """A column a role, with its letters."""
    for code, label in at.labels.items():
        yield Cell(f"{ROLE}{code}", label, _letters_of(code), 7, "letters", read=elsewhere)


def _letters(session: Session) -> dict[str, dict[str, str]]:
    return {activity.id: shown_letters(activity) for activity in session.activities}


def _letters_of(code: str) -> Callable[[Facts, Activity], str]:
    return lambda at, one: at.once(_letters)[one.id].get(code, "")


_CHECK = _behind("check", CHECK, lambda at, one: at.once(checked).get(one.id, "ok"), 22).also(
    "raci check"
)


# The sheets.

ACTIVITIES_SHEET: Sheet[Activity] = Sheet(
    key=ACTIVITIES,
    title="Activities",
    about="The recorded process map: a row an activity. Issues, actions and notes stand to the "
    "right of what prints.",
    rows=lambda at: at.session.in_order,
    cells=(*PLACE, replace(_LEAD, width=14), *_NAMED, *_FACTS, COMMENT, ID),
    pinned=3,
    called=(
        "activities, activity, activity list, process, process map, process steps, "
        "steps, step, process activities, process mapping, recorded activities"
    ),
    more=(*_ELSEWHERE, _role_columns, _CHECK),
    collection="activities",
    anchor="activity",
    own=True,
)
RACI_SHEET: Sheet[Activity] = Sheet(
    key=RACI,
    title="RACI",
    about="R responsible (the lead is one), A accountable (one), C consulted before, I informed "
    "after. Where Activities was edited too, this counts.",
    rows=lambda at: at.session.in_order,
    cells=(
        # On one page: a line an activity.
        *(replace(one, width=width) for one, width in zip(PLACE, (7, 24, 46), strict=True)),
        *(replace(_LEAD, width=23), _role_columns, _CONFIRMED, _CHECK, COMMENT, ID),
    ),
    pinned=3,
    called="raci, raci matrix, raci chart, rasci, responsibilities",
    more=(*_NAMED, *_FACTS, *_ELSEWHERE),
    anchor="activity",
)


class _Answer(NamedTuple):
    """A row of Decisions: an activity, an answer, and the ref or the words that it leads to."""

    activity: Activity
    answer: str
    leads_to: str


def _answers(at: Facts) -> Iterator[_Answer]:
    for activity in at.session.in_order:
        if activity.decision or activity.routes:
            for answer, goal in routes(at.session, activity) or (("", ""),):
                yield _Answer(activity, answer, goal)


def _of_activity(cell: Cell[Activity]) -> Cell[_Answer]:
    """A column of an activity in a row of Decisions, where it says whose answer it is."""
    return Cell(
        *(cell.key, cell.header, lambda at, row: cell.of(at, row.activity), cell.width),
        printed=cell.printed,
    )


def _reached(at: Facts, row: _Answer) -> str:
    known = at.session.activity_by_id.get(at.session.id_by_ref.get(row.leads_to, ""))
    return known.text if known else ""


def _decider(at: Facts, row: _Answer) -> str:
    decider = row.activity.decided_by or row.activity.accountable
    return at.labels.get(decider, decider)


DECISIONS_SHEET: Sheet[_Answer] = Sheet(
    key=DECISIONS,
    title="Decisions",
    about="One row an answer to a decision: where it leads, who decides and within what limit.",
    rows=_answers,
    cells=(
        *(_of_activity(cell) for cell in PLACE),
        Cell[_Answer](
            "decision", "Decision", lambda at, row: row.activity.decision, 34, read=as_words
        ),
        Cell("answer", "Answer", width=24, read=elsewhere),
        Cell("leads_to", "Leads to", width=26, read=elsewhere),
        Cell("leads_to_text", "Which is", _reached, 40),
        Cell("decided_by", "Who decides", _decider, 24, "roles", read=_as_decider),
        Cell[_Answer]("limit", "Limit", lambda at, row: row.activity.limit, 20, read=as_words),
        _of_activity(_STATUS),
        COMMENT,
        _of_activity(ID),
    ),
    pinned=3,
    anchor="activity",
)
