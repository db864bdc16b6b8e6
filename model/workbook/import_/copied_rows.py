"""The rows of a workbook that came back: which is which record, and whether people moved any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offwall.model.records import Activity, Session, diff
from offwall.model.records.fields import NO_STAGE, ActivityId
from offwall.model.tables.read_back import cell_as_line, fold_cell

BY_NAME = "new role:"
"""What the key of a column begins with whose role is not known; the role's name follows."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A row of a table by its number: values by our keys, and the council's own by header.

    ``sheet`` is said where it is not the table's; a row that is a ``column`` is of a turned chart.
    """

    number: int
    cells: Mapping[str, Any]
    own: Mapping[str, Any]
    sheet: str = ""
    column: bool = False

    @property
    def at(self) -> tuple[str, int]:
        """Its sheet, where that is not the table's, and its number."""
        return self.sheet, self.number


@dataclass(frozen=True, slots=True)
class ExportedRow:
    """A row as it is exported: what its record is known by, its words, its values by our keys.

    ``own`` is what stands in the council's own columns, by header. One that ``heads`` a stage has
    the stage's name for its words, and nothing else.
    """

    id: str
    words: str
    values: Mapping[str, Any]
    own: Mapping[str, str]
    heads: bool = False


@dataclass(frozen=True, slots=True)
class CopyTable:
    """A table as it was read: its rows in their order, and those that it was exported with.

    ``keys`` are the columns of ours that it has; ``anchor`` is the one that says what a row is
    about, and ``own`` are the headers of the council's own columns.
    """

    kind: str
    sheet: str
    anchor: str
    keys: tuple[str, ...]
    own: tuple[str, ...]
    rows: tuple[CopyRow, ...]
    known: tuple[ExportedRow, ...]


@dataclass(frozen=True, slots=True)
class CellComment:
    """What somebody wrote on a cell; the row counts from 1."""

    sheet: str
    row: int
    cell: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class EditedCopy:
    """A workbook that came back: its file, who saved it last, its tables and its comments.

    ``base`` is the session that it was exported from; where that is not known, the session as it
    is now, and ``said`` says so. ``said`` are sentences for the user, ``mapping`` says what each
    table and column was taken for, ``summary`` how much was read; ``part`` is the id of the part
    handed out that it holds, empty for the whole.
    """

    file: str
    by: str
    base: Session
    tables: tuple[CopyTable, ...]
    comments: tuple[CellComment, ...] = ()
    said: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    part: str = ""


# Which row is which record: by its id, then its ref, then its wording.

ALIKE = 85.0
"""How alike two wordings are, of 100, that are taken for one (rapidfuzz's ``ratio``)."""

AKIN = 45.0
"""How alike a row and the record of its ref must be: a council's own numbers are no refs."""

MOST_COMPARED = 5_000_000
"""Pairs of wordings that are compared at most, in a second or two; rows beyond that are new."""


def match_rows(read: CopyTable) -> dict[tuple[str, int], ExportedRow]:
    """The record of each row that is one's, by where the row is; no record has two rows."""
    found: dict[tuple[str, int], ExportedRow] = {}
    left = {one.id: one for one in read.known}
    for way in (_by_id, _by_ref, _by_words, _by_likeness):
        rows = [row for row in read.rows if row.at not in found]
        if not rows or not left:
            break
        for row, known in way(read, rows, list(left.values())):
            if row.at not in found and known.id in left:
                found[row.at] = left.pop(known.id)
    return found


def _by_id(
    read: CopyTable, rows: Sequence[CopyRow], left: Sequence[ExportedRow]
) -> Iterator[tuple[CopyRow, ExportedRow]]:
    """A row that was copied bears its model's id too: the one of the likest words keeps it."""
    known = {cell_as_line(one.id): one for one in left}
    said: dict[str, list[CopyRow]] = {}
    for row in rows:
        if (one := cell_as_line(row.cells.get("id"))) and one in known:
            said.setdefault(one, []).append(row)
    for one, claiming in said.items():
        words = known[one].words
        best = claiming[0]
        if len(claiming) > 1:
            best = max(claiming, key=lambda row: likeness(row.cells.get(read.anchor), words))
        yield best, known[one]


def _by_ref(
    read: CopyTable, rows: Sequence[CopyRow], left: Sequence[ExportedRow]
) -> Iterator[tuple[CopyRow, ExportedRow]]:
    if read.anchor != "activity":
        # Elsewhere the ref says where something belongs, not what it is.
        return
    known = {fold_cell(one.values.get("ref")): one for one in left}
    words = {fold_cell(one.words) for one in left}
    for row in rows:
        found = known.get(fold_cell(row.cells.get("ref")))
        said = row.cells.get(read.anchor)
        if found is None or cell_as_line(row.cells.get("id")) not in ("", cell_as_line(found.id)):
            continue
        itself = fold_cell(said) == fold_cell(found.words)
        if itself or (fold_cell(said) not in words and likeness(said, found.words) >= AKIN):
            yield row, found


def _by_words(
    read: CopyTable, rows: Sequence[CopyRow], left: Sequence[ExportedRow]
) -> Iterator[tuple[CopyRow, ExportedRow]]:
    """The same words; of several such records the one of the same stage, else the first."""
    known: dict[str, list[ExportedRow]] = {}
    for one in left:
        known.setdefault(fold_cell(one.words), []).append(one)
    for row in rows:
        said = fold_cell(row.cells.get(read.anchor))
        if said and (found := known.get(said)):
            stage = fold_cell(row.cells.get("stage"))
            here = [one for one in found if fold_cell(one.values.get("stage")) == stage]
            best = (here or found)[0]
            found.remove(best)
            yield row, best


def _by_likeness(
    read: CopyTable, rows: Sequence[CopyRow], left: Sequence[ExportedRow]
) -> Iterator[tuple[CopyRow, ExportedRow]]:
    """The likest first; a row with an id of its own is somebody's already."""
    from rapidfuzz import fuzz, process

    if len(rows) * len(left) > MOST_COMPARED:
        return
    words = [fold_cell(one.words) for one in left]
    found = []
    for row in rows:
        said = fold_cell(row.cells.get(read.anchor))
        if not said or cell_as_line(row.cells.get("id")):
            continue
        if likest := process.extractOne(said, words, scorer=fuzz.ratio, score_cutoff=ALIKE):
            found.append((likest[1], row, left[likest[2]]))
    for _, row, known in sorted(found, key=lambda one: (-one[0], one[1].number)):
        yield row, known


def likeness(one: object, other: object) -> float:
    """How alike two wordings are, of 100."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(fold_cell(one), fold_cell(other)))


# Whether people moved rows, or sorted them by another column: only a move is anybody's wish.

MOVED_SHARE = 0.34
"""The share of rows at most that were moved by hand; more of them were sorted."""


def is_sorted_otherwise(read: CopyTable, before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether the rows stand in an order that is no longer the wall's.

    They do where a column that was in no order is in one now, or where more rows changed places
    than people move by hand.
    """
    if list(before) == list(now):
        return False
    # The fewest keys that somebody moved to make one order of the other.
    old, new = (
        Session(activities=tuple(Activity(ActivityId(key), NO_STAGE, "") for key in keys))
        for keys in (before, now)
    )
    if len({change.key for change in diff(old, new)}) > max(2, MOVED_SHARE * len(before)):
        return True
    rows = {one.id: one.values for one in read.known}
    keys = [key for key in read.keys if key not in ("ref", "id")]
    return any(
        _in_order([rows[one].get(key) for one in now])
        and not _in_order([rows[one].get(key) for one in before])
        for key in keys
    )


def _in_order(values: Sequence[object]) -> bool:
    """Whether the values rise or fall from row to row, and are not all but one or two the same."""
    said = [fold_cell(value) for value in values]
    return len(set(said)) > 2 and said in (sorted(said), sorted(said, reverse=True))


def in_rows_order(
    order: Sequence[str], rows: Sequence[str], stages: Mapping[str, str]
) -> list[str]:
    """The keys with those of the rows in the rows' order; what has no row stays behind its own.

    ``stages`` says on which stage each stands: the columns of the wall stay apart.
    """
    place = {key: at for at, key in enumerate(rows)}
    found: list[str] = []
    for stage in dict.fromkeys(stages[key] for key in order):
        column = [key for key in order if stages[key] == stage]
        rank, at = {}, -1
        for number, key in enumerate(column):
            at = place.get(key, at)
            rank[key] = (at, number)
        found += sorted(column, key=lambda key: rank[key])
    return found
