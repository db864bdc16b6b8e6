"""What part 1 explored: the sheets Topic, Board and Tiers, and of times Hours and Passing on."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from offwall.model.process import treatment
from offwall.model.process.graph import hand_offs
from offwall.model.process.names import distinct, join_labels
from offwall.model.records import Session, Stage, Treatment
from offwall.model.records.fields import RoleCode
from offwall.model.records.session import Besides, Board, Tier, Topic
from offwall.model.setup.workshop import thing_of
from offwall.model.tables.sheet import COMMENT, ID, Cell, CellKind, CellValue, Facts, Sheet, Shown
from offwall.model.topics.board import gate_activities, gate_text
from offwall.model.topics.improvement import compare_figures, count_marks
from offwall.model.topics.tiers import AFTER, tier_effort
from offwall.model.topics.times import Told, told

TOPICS_SHEET: Sheet[Topic] = Sheet(
    key="topics",
    title="Topic",
    about="The specialist topic that the first part explored, its notes and what came out.",
    rows=lambda at: at.session.topics,
    cells=(
        Cell("kind", "Kind", width=14),
        Cell("topic", "Topic", width=30, field="title"),
        Cell("issue", "Issue explored", lambda at, one: at.linked.issue_text(one.issue), 36),
        Cell("notes", "Notes", width=60),
        Cell("outcome", "Outcome", width=50),
        Cell("minutes", "Minutes used", lambda at, one: one.minutes or None, 9, kind=CellKind.INT),
        COMMENT,
        ID,
    ),
    written=Shown.FILLED,
)


class _BoardLine(NamedTuple):
    """A term of the board, or a meeting."""

    item: str
    says: str
    date: dt.date | None = None
    papers_by: dt.date | None = None


def _board(at: Facts) -> Iterator[_BoardLine]:
    if terms := at.session.board:
        yield from (_BoardLine(item, says) for item, says in _terms(at, terms) if says)
        if terms.review_on:
            yield _BoardLine("Review", "The terms are reviewed", terms.review_on)
    for meeting in at.session.meetings:
        yield _BoardLine("Meeting", meeting.body, meeting.date, meeting.papers_by)


def _terms(at: Facts, terms: Board) -> Iterator[tuple[str, str]]:
    session = at.session
    yield "Name", terms.name
    yield "Purpose", terms.purpose
    yield "Power", terms.power
    yield "Reports to", terms.reports_to
    yield "Chair", join_labels(at.owners, [terms.chair])
    yield "Members", join_labels(at.owners, terms.members)
    yield "Secretary", join_labels(at.owners, [terms.secretary])
    yield "Quorum", terms.quorum
    yield "Meets", terms.meets
    yield "Sees", terms.sees
    yield "Must not become", terms.must_not
    yield "Conflicts of interest", terms.conflicts
    for gate in gate_activities(session).items():
        yield "Gate", gate_text(session, *gate)
    yield "Proposal", compare_figures(session) if count_marks(session) else ""


BOARD_SHEET: Sheet[_BoardLine] = Sheet(
    key="board",
    title="Board",
    about="The board: its terms, what comes to it, and when bodies meet.",
    rows=_board,
    cells=(
        Cell("item", "Item", width=16),
        Cell("says", "Detail", width=80),
        Cell("date", "Date", width=13, kind=CellKind.DATE),
        Cell("papers_by", "Papers by", width=13, kind=CellKind.DATE),
        COMMENT,
    ),
    more=(Cell("earlier", "Says", field="says"),),
    written=Shown.FILLED,
)


# The tiers: where they begin, what each does and costs.


_FIGURES = {
    "full": "Activities in full",
    "light": "Activities, light",
    "none": "Activities left out",
    "decisions": "Decisions",
    "documents": "Documents used",
    "hand_offs": "Hand-offs",
    "roles": "Roles involved",
}
"""What is counted of a tier, and the header above it."""


def _figures(session: Session) -> dict[str, dict[str, int]]:
    """The figures of each tier, by its code; none while no activity is recorded."""
    found: dict[str, dict[str, int]] = {}
    for tier in session.tiers:
        if effort := tier_effort(session, tier.code):
            count = Counter(
                treatment(session, activity, tier.code) for activity in session.activities
            )
            found[tier.code] = {
                "full": count[Treatment.YES],
                "light": count[Treatment.LIGHT],
                "none": count[Treatment.NO],
            } | {key: getattr(effort, key) for key in list(_FIGURES)[3:]}
    return found


def _figure_columns(at: Facts) -> Iterator[Cell[Tier]]:
    """What each tier costs; while no activity is recorded, that it comes after part 2."""
    kind = CellKind.INT if at.session.activities else CellKind.TEXT
    for key, header in _FIGURES.items():
        yield Cell(key, header, _figure(key), 12, kind=kind)


def _figure(key: str) -> Callable[[Facts, Tier], CellValue]:
    return lambda at, one: at.once(_figures).get(one.code, {}).get(key, AFTER)


VALUE = Cell[Tier]("value_from", "Whole-life value (£)", width=13, kind=CellKind.INT)
"""Where what the process handles has a value."""

_NAMED = (Cell[Tier]("code", "Tier code", width=10), Cell[Tier]("name", "Name", width=14))
_SAID = (
    Cell[Tier]("risk_from", "Risk score", width=9, kind=CellKind.INT),
    Cell[Tier]("review", "How it is reviewed", width=28),
)


def _stage_columns(at: Facts) -> Iterator[Cell[Tier]]:
    """A column a stage, with what each tier does of it."""
    for stage, header in _headed(at, lambda stage: f"{stage.name} ({stage.id})"):
        yield Cell(f"does:{stage.id}", header, _does(stage), 13)


def _earlier_columns(at: Facts) -> Iterator[Cell[Tier]]:
    """As workbooks had them that said what a stage offers, and not what its activities do."""
    for stage, header in _headed(at, lambda stage: f"{stage.id} {stage.name}"):
        yield Cell(f"stage:{stage.id}", header, _treated(stage))


def _headed(at: Facts, said: Callable[[Stage], str]) -> Iterable[tuple[Stage, str]]:
    fixed = [*(column.header for column in (*_NAMED, VALUE, *_SAID, COMMENT)), *_FIGURES.values()]
    stages = at.session.stages
    return zip(stages, distinct([(stage.id, said(stage)) for stage in stages], fixed), strict=True)


def _treated(stage: Stage) -> Callable[[Facts, Tier], CellValue]:
    return lambda at, one: dict(stage.tiers).get(one.code, Treatment.YES)


def _does(stage: Stage) -> Callable[[Facts, Tier], CellValue]:
    """How many activities of the stage a tier does, and how many of them lightly."""

    def value(at: Facts, tier: Tier) -> CellValue:
        found = at.session.by_stage[stage.id]
        if not found:
            return _treated(stage)(at, tier)
        how = [treatment(at.session, activity, tier.code) for activity in found]
        done, light = len(how) - how.count(Treatment.NO), how.count(Treatment.LIGHT)
        some = "all" if done == len(how) else str(done) if done else "none"
        lightly = "" if not light else ", light" if light == done else f", {light} of them light"
        return f"{some} of {len(how)}{lightly}"

    return value


TIERS_SHEET: Sheet[Tier] = Sheet(
    key="tiers",
    title="Tiers",
    about="What decides the effort: where each tier begins, how many activities it "
    "does of each stage, and what that costs.",
    rows=lambda at: at.session.tiers,
    cells=(
        *_NAMED,
        lambda at: (VALUE,) if thing_of(at.session).money else (),
        *_SAID,
        _figure_columns,
        _stage_columns,
        COMMENT,
    ),
    pinned=2,
    more=(Cell("earlier", "Says", field="review"), _earlier_columns),
    written=Shown.FILLED,
)


# What times come to, and who passes work on to whom.


HOURS_SHEET: Sheet[Told] = Sheet(
    key="hours",
    title="Hours",
    about="Days from start to end, and hours of work a year, from what was said at least to at "
    "most. What nobody said is not in it. A loop counts by the share of cases that go back; of one "
    "whose share nobody said, nothing at best and once at most. What is light counts in full.",
    rows=lambda at: told(at.session) if at.session.records(Besides.TIMES) else (),
    cells=(
        Cell("kind", "Of", width=18),
        Cell("name", "Name", width=28),
        Cell("stated", "Stated for", width=18),
        Cell("as_is", "As it is", width=26),
        Cell("to_be", "As it should be", width=26),
        Cell("pounds", "Pounds a year", width=20),
        Cell("pounds_to_be", "Pounds, as it should be", width=20),
        COMMENT,
    ),
    pinned=2,
    written=Shown.FILLED,
)


def _givers(at: Facts) -> Iterator[RoleCode]:
    """The roles that pass work on, as the roles are listed; only where times are recorded."""
    if at.session.records(Besides.TIMES):
        giving = {giver for giver, _ in at.once(hand_offs)}
        yield from (RoleCode(label) for label in at.labels if label in giving)


def _takers(at: Facts) -> Iterator[Cell[RoleCode]]:
    """A column a role that takes work on."""
    taking = {taker for _, taker in at.once(hand_offs)}
    named = [(code, label) for code, label in at.labels.items() if code in taking]
    for (code, _), header in zip(named, distinct(named, ["From", "All"]), strict=True):
        yield Cell(code, header, _passed_to(code), 11, kind=CellKind.INT)


def _passed_to(taker: str) -> Callable[[Facts, RoleCode], int | None]:
    return lambda at, giver: at.once(hand_offs)[giver, RoleCode(taker)] or None


PASSING_SHEET: Sheet[Any] = Sheet(
    key="passing",
    title="Passing on",
    about="How many steps from one activity to the next pass the work from the lead at the left "
    "to the lead above.",
    rows=_givers,
    cells=(
        Cell("giver", "From", lambda at, giver: at.labels[giver], 26),
        _takers,
        Cell(
            "all",
            "All",
            lambda at, giver: sum(n for (one, _), n in at.once(hand_offs).items() if one == giver),
            8,
            kind=CellKind.INT,
        ),
    ),
    written=Shown.FILLED,
)
