"""A session under the edits of one workbook: which cells were edited, and what is in doubt."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from offwall.model.process.activities import TargetMatcher
from offwall.model.records import Activity, Role, Session, Stage, derive
from offwall.model.records.changes import keyed_in
from offwall.model.records.text import fold
from offwall.model.records.uses import records_of
from offwall.model.setup.stages import next_stage_id
from offwall.model.tables.read_back import (
    CopyNames,
    UnreadableCell,
    cell_as_line,
    fold_cell,
    same_cell,
)
from offwall.model.tables.sheet import keeping, own_columns, own_header
from offwall.model.workbook.import_.copied_rows import CopyRow, CopyTable, EditedCopy, ExportedRow

# A session under the edits of one workbook, and what was met on the way.


Readings = tuple[tuple[str, Mapping[str, Any]], ...]
"""Ways to read something: of each its words, and the values of the fields."""


class DoubtfulCell(NamedTuple):
    """What can be read in several ways of an activity; ``why`` says it."""

    activity: str
    why: str
    readings: Readings


@dataclass
class EditedCells:
    """The cells of one activity that were edited: now, and as they were exported.

    ``new`` and ``old`` are by our keys, over all sheets that it stands on; ``place`` is where.
    """

    activity: Activity
    place: str
    new: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)
    sheet: dict[str, str] = field(default_factory=dict)


@dataclass
class SharedAdditions:
    """What several copies add, so that the same name is one role, and one stage, in all of them."""

    roles: dict[str, Role] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)


@dataclass
class DraftSession:
    """The records of a session while the rows of a copy change them.

    ``where`` says by collection and key where in the workbook a record stands, ``gone`` are those
    that it had when it was exported, and has no more; ``told`` are sentences about what was left
    alone, ``seed`` is what new ids are derived from.
    """

    copy: EditedCopy
    now: Session
    today: dt.date
    seed: str
    shared: SharedAdditions
    naming: CopyNames = field(init=False)
    doubts: list[DoubtfulCell] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    where: dict[tuple[str, str], str] = field(default_factory=dict)
    by_row: dict[tuple[str, int], str] = field(default_factory=dict)
    aside: dict[str, list[str]] = field(default_factory=dict)
    _ids: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.naming = CopyNames(self.copy.base, self.now, self.shared.roles)

    @property
    def base(self) -> Session:
        """The session that the workbook was exported from."""
        return self.copy.base

    @cached_property
    def targets(self) -> TargetMatcher:
        """What refs and words mean, as they did when the workbook was exported."""
        return TargetMatcher(self.base)

    @cached_property
    def since(self) -> dict[str, dict[str, list[Any]]]:
        """The records that came into the session since the export, by their words."""
        found: dict[str, dict[str, list[Any]]] = {}
        for collection in ("activities", "issues", "actions"):
            known = {one.id for one in records_of(self.base, collection)}
            by_words = found.setdefault(collection, {})
            for one in records_of(self.now, collection):
                if one.id not in known:
                    by_words.setdefault(fold(one.text), []).append(one)
        return found

    def records(self, collection: str) -> dict[str, Any]:
        """The records of a collection as they are by now, by key, in their order."""
        if collection not in self._records:
            self._records[collection] = keyed_in(self.base, collection)
        return self._records[collection]

    def change(self, collection: str, key: str, **values: Any) -> None:
        """Give fields of a record other values."""
        found = self.records(collection)
        found[key] = replace(found[key], **values)

    def add(self, collection: str, key: str, record: Any, after: str = "") -> None:
        """Put a new record behind another, or at the end."""
        found = self.records(collection)
        if after not in found or after == next(reversed(found)):
            found[key] = record
        else:
            order = list(found.items())
            order.insert(list(found).index(after) + 1, (key, record))
            self._records[collection] = dict(order)

    def reorder(self, order: list[str]) -> None:
        """Put the activities into another order."""
        found = self.records("activities")
        self._records["activities"] = {key: found[key] for key in order}

    def tell(self, place: str, sentence: str) -> None:
        """Say what was left alone, and where."""
        self.told.append(f"{place}: {sentence}")

    def new_id(self, letter: str, *words: str) -> str:
        """The id of a new record: that of another copy that brings the same words."""
        said = (letter, *map(fold, words))
        self._ids[said] += 1
        return derive(self.seed, letter, *said, self._ids[said])

    def id_for(self, collection: str, letter: str, words: str, stage: str = "") -> str:
        """The id of a new record: one of the same words may have come into the session since."""
        since = self.since.get(collection, {}).get(words.casefold(), ())
        here = (one for one in since if not stage or one.stage == stage)
        taken, said = self.records(collection), (stage, words) if stage else (words,)
        return next((one.id for one in here if one.id not in taken), "") or self.new_id(
            letter, *said
        )

    def new_stage(self, name: str) -> Stage:
        """A stage of that name: one that came in since, or that another copy adds, too."""
        said, shared = fold_cell(name), self.shared.stages
        since = next((stage for stage in self.now.stages if fold_cell(stage.name) == said), None)
        known = (*self.now.stages, *self.records("stages").values(), *shared.values())
        made = Stage(next_stage_id(Session(stages=known)), name)
        return shared.setdefault(said, since or made)

    def result(self) -> Session:
        """The session as the workbook has it."""
        values: dict[str, Any] = {name: tuple(of.values()) for name, of in self._records.items()}
        roles = values.get("roles", self.base.roles)
        known = {role.code for role in roles}
        values["roles"] = (*roles, *(r for c, r in self.naming.new.items() if c not in known))
        return replace(self.base, **values)


# Which cells of a row were edited, and the council's own columns beside them.

NEW_ROW = ExportedRow("", "", {}, {})
"""What a row is compared with that is new."""


def edited_cells(
    read: CopyTable, row: CopyRow, known: ExportedRow, today: dt.date
) -> dict[str, Any]:
    """The cells of our columns that no longer say what was exported, by our keys."""
    found = {}
    for key in read.keys:
        value, before = row.cells.get(key), known.values.get(key)
        if isinstance(value, UnreadableCell) or not same_cell(value, before, today):
            found[key] = value
    return found


def with_own(
    draft: DraftSession,
    collection: str,
    key: str,
    read: CopyTable,
    row: CopyRow,
    *,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Keep on the record what stands in the council's own columns, and what was taken out.

    ``more`` are words that no column of ours takes, by what they are kept under.
    """
    record, place = draft.records(collection)[key], row_place(read, row)
    before = own_columns(record.extra)
    now = dict(before) | {header: cell_as_line(value) for header, value in more.items()}
    for label in read.own:
        value, header = row.own.get(label), own_header(label)
        if isinstance(value, UnreadableCell):
            draft.tell(place, f"{header} {value.why}; it was left alone.")
        elif said := cell_as_line(value):
            now[header] = said
        else:
            now.pop(header, None)
    if now != before:
        draft.change(collection, key, extra=keeping(record.extra, now))


def row_place(read: CopyTable, row: CopyRow) -> str:
    """Where a row stands, in words."""
    from openpyxl.utils import get_column_letter

    number = f"column {get_column_letter(row.number)}" if row.column else f"row {row.number}"
    return f"{row.sheet or read.sheet}, {number}"


def tell_nameless(draft: DraftSession, read: CopyTable, row: CopyRow) -> None:
    """Say why a row is about nothing: what it should say is missing, or cannot be read."""
    said = row.cells.get(read.anchor)
    why = f"the row names no {read.anchor}"
    if isinstance(said, UnreadableCell):
        why = f"{read.anchor} {said.why}"
    draft.tell(row_place(read, row), f"{why}; it was left alone.")


def note_place(
    draft: DraftSession, read: CopyTable, row: CopyRow, collection: str, key: str
) -> None:
    """Remember which record a row is about, and what is said of it beside."""
    draft.where.setdefault((collection, key), row_place(read, row))
    if comment := cell_as_line(row.cells.get("comment")):
        draft.aside.setdefault(key, []).append(comment)
    if not row.column:
        draft.by_row[row.sheet or read.sheet, row.number] = key
