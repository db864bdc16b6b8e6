"""A session under the edits of one workbook: whom a cell names, which cells were edited, what is
in doubt.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from offwall.model.line.vocabulary import GROUPS
from offwall.model.process import owner_labels, role_labels
from offwall.model.process.targets import TargetMatcher
from offwall.model.records import Activity, Role, Session, Stage, Table, derive, keyed, line_of
from offwall.model.setup.roles import free_code
from offwall.model.tables.sheet import OWN_COLUMNS, own_columns
from offwall.model.workbook.import_.cells import (
    UnreadableCell,
    cell_as_line,
    fold_name,
    same_cell,
    says_nothing,
    without_bullet,
)
from offwall.model.workbook.import_.copied_rows import CopyRow, CopyTable, EditedCopy, ExportedRow

LONGEST_ROLE_NAME = 60
"""Characters of a role's name at most; more of them are a sentence."""

_APART = re.compile(r"[;\n]|,(?![^(\[]*[)\]])")
"""What stands between names, outside of brackets."""

_EITHER = re.compile(r"\s*/\s*(?![^(\[]*[)\]])|\s\+\s")
"""What parts names where one of them is known."""

_PERHAPS = re.compile(r"\s*/\s*|\s+&\s+|\s+and\s+|\s\+\s|\s*,\s*")
"""What may stand between names, or within one: it parts only names that are all known."""


class CopyNames:
    """The names that a copy may use, and the roles that it adds to them.

    A role that came into the session since the export is known too. ``shared`` are the roles that
    other copies add, by name: the same one has one code in all of them. ``labels`` say what each
    role is called, by code.
    """

    def __init__(self, base: Session, now: Session, shared: dict[str, Role]) -> None:
        self._shared = shared
        self._roles: dict[str, str] = {}
        for session in (base, now):
            for said, code in _words(session):
                self._roles.setdefault(fold_name(said), code)
        known = {
            fold_name(name): code
            for session in (now, base)
            for code, name in owner_labels(session, role_labels(session)).items()
        }
        known |= {fold_name(said): group for group, said in _groups()}
        self._owners = self._roles | known
        self.labels = role_labels(base)
        more = (*_only_in(base, now), *shared.values())
        self._taken = replace(now, roles=(*now.roles, *more))
        self.new: dict[str, Role] = {}

    def role(self, said: Any) -> str:
        """The code of the role that the words name; one that nobody knew is made."""
        words = without_bullet(cell_as_line(said))
        if says_nothing(words):
            return ""
        found = self._roles.get(fold_name(words)) or self._roles.get(_without_aside(words))
        return found or self._make(words)

    def roles(self, said: Any) -> tuple[str, ...]:
        """The codes of all roles that a cell names, each once; a name may hold ``and``."""
        if says_nothing(said):
            return ()
        if code := self._roles.get(fold_name(said)):
            return (code,)
        parts = [one for part in _APART.split(str(said)) for one in self._names(part)]
        return tuple(dict.fromkeys(filter(None, map(self.role, parts))))

    def _names(self, said: str) -> list[str]:
        """The names in a part of a cell: several only where each of them is known."""
        if self.known(said):
            return [said]
        for between, enough in ((_PERHAPS, all), (_EITHER, any)):
            parts = [one for one in between.split(said) if not says_nothing(one)]
            if enough(map(self.known, parts)):
                return parts
        return [said]

    def owner(self, said: Any) -> str:
        """A role's code, a person's id, else the words as they stand."""
        words = cell_as_line(said)
        return self._owners.get(fold_name(words), words)

    def known(self, said: Any) -> bool:
        """Whether the words name a role that is known."""
        return fold_name(without_bullet(cell_as_line(said))) in self._roles

    def _make(self, words: str) -> str:
        if len(words) > LONGEST_ROLE_NAME:
            return ""
        said, words = fold_name(words), _seen(words)
        if said not in self._shared:
            role = Role(free_code(self._taken, words), words)
            self._taken = replace(self._taken, roles=(*self._taken.roles, role))
            self._shared[said] = role
        role = self._shared[said]
        self._roles[said] = self._owners[said] = role.code
        self.new[role.code], self.labels[role.code] = role, role.name
        return role.code


def _only_in(base: Session, now: Session) -> tuple[Role, ...]:
    return tuple(role for role in base.roles if role.code not in now.role_by_code)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    labels = role_labels(session)
    yield from ((label, code) for code, label in labels.items())
    yield from ((code, code) for code in labels)
    yield from ((role.name, role.code) for role in session.roles)
    yield from ((said, role.code) for role in session.roles for said in role.also_called)


def _groups() -> Iterator[tuple[str, str]]:
    for group, words in GROUPS.items():
        yield from ((group, said) for said in (group, *words))


def _seen(words: str) -> str:
    """A name without what nobody sees in it."""
    return line_of("".join(one for one in words if unicodedata.category(one) != "Cf"))


def _without_aside(words: str) -> str:
    return fold_name(re.sub(r"\s*\([^()]*\)\s*", " ", words))


# A session under the edits of one workbook, and what was met on the way.


@dataclass(frozen=True, slots=True)
class DoubtfulCell:
    """What can be read in two ways: ``why`` says it, each reading has words and field values."""

    collection: str
    key: str
    why: str
    readings: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class MissingRecord:
    """A record that the workbook had when it was exported, and has no more."""

    collection: str
    key: str


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

    ``where`` says by collection and key where in the workbook a record stands; ``told`` are
    sentences about what was left alone, ``seed`` is what new ids are derived from.
    """

    copy: EditedCopy
    now: Session
    today: date
    seed: str
    shared: SharedAdditions
    naming: CopyNames = field(init=False)
    doubts: list[DoubtfulCell] = field(default_factory=list)
    gone: list[MissingRecord] = field(default_factory=list)
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
            known = {one.id for one in getattr(self.base, collection)}
            by_words = found.setdefault(collection, {})
            for one in getattr(self.now, collection):
                if one.id not in known:
                    by_words.setdefault(line_of(one.text).casefold(), []).append(one)
        return found

    def records(self, collection: str) -> dict[str, Any]:
        """The records of a collection as they are by now, by key, in their order."""
        if collection not in self._records:
            self._records[collection] = keyed(collection, getattr(self.base, collection))
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
            return
        order: dict[str, Any] = {}
        for known, one in found.items():
            order[known] = one
            if known == after:
                order[key] = record
        self._records[collection] = order

    def reorder(self, collection: str, order: list[str]) -> None:
        """Put the records into another order."""
        found = self.records(collection)
        self._records[collection] = {key: found[key] for key in order}

    def tell(self, place: str, sentence: str) -> None:
        """Say what was left alone, and where."""
        self.told.append(f"{place}: {sentence}")

    def new_id(self, letter: str, *words: str) -> str:
        """The id of a new record: that of another copy that brings the same words."""
        said = (letter, *(line_of(one).casefold() for one in words))
        self._ids[said] += 1
        return derive(self.seed, letter, *said, self._ids[said])

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
    for header in read.own:
        value = row.own.get(header)
        if isinstance(value, UnreadableCell):
            draft.tell(place, f"{header} {value.why}; it was left alone.")
        elif said := cell_as_line(value):
            now[header] = said
        else:
            now.pop(header, None)
    if now != before:
        draft.change(collection, key, extra=_keeping(record.extra, now))


def _keeping(extra: Table, own: Mapping[str, str]) -> Table:
    others = tuple((key, value) for key, value in extra.items if key != OWN_COLUMNS)
    return Table((*others, (OWN_COLUMNS, Table(tuple(own.items())))) if own else others)


def row_place(read: CopyTable, row: CopyRow) -> str:
    """Where a row stands, in words."""
    from openpyxl.utils import get_column_letter

    number = f"column {get_column_letter(row.number)}" if row.column else f"row {row.number}"
    return f"{row.sheet or read.sheet}, {number}"


def note_place(
    draft: DraftSession, read: CopyTable, row: CopyRow, collection: str, key: str
) -> None:
    """Remember which record a row is about."""
    draft.where.setdefault((collection, key), row_place(read, row))
    if not row.column:
        draft.by_row[row.sheet or read.sheet, row.number] = key
