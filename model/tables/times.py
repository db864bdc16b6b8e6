"""What times come to, and who passes work on to whom: the sheets Hours and Passing on."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from offwall.model.process.graph import hand_offs
from offwall.model.process.names import distinct
from offwall.model.records.ids import RoleCode
from offwall.model.records.session import Besides
from offwall.model.tables.sheet import COMMENT, Cell, CellKind, Facts, Sheet, Shown
from offwall.model.topics.times import Told, told


def _told(at: Facts) -> Sequence[Told]:
    return told(at.session) if at.session.records(Besides.TIMES) else ()


HOURS_SHEET: Sheet[Told] = Sheet(
    key="hours",
    title="Hours",
    about="Days from start to end, and hours of work a year, from what was said at least to at "
    "most. What nobody said is not in it. A loop counts by the share of cases that go back; of one "
    "whose share nobody said, nothing at best and once at most. What is light counts in full.",
    rows=_told,
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
        yield from (RoleCode(one) for one in at.labels if one in giving)


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
