"""A session under the edits of one workbook, and what was met on the way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from model.changes import keyed
from model.edits.note_targets import Targets
from model.edits.texts import line_of
from model.ids import derive
from model.importing.copy import Copy
from model.importing.naming import Naming
from model.session import Activity, Role, Session, Stage


@dataclass(frozen=True, slots=True)
class Doubt:
    """What can be read in two ways: ``why`` says it, each reading has words and field values."""

    collection: str
    key: str
    why: str
    readings: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that the workbook had when it was exported, and has no more."""

    collection: str
    key: str


@dataclass
class Edited:
    """The cells of one activity that were edited: now, and as they were exported.

    ``new`` and ``old`` are by our keys, over all sheets that it stands on; ``place`` is where.
    """

    activity: Activity
    place: str
    new: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)
    sheet: dict[str, str] = field(default_factory=dict)


@dataclass
class Shared:
    """What several copies add, so that the same name is one role, and one stage, in all of them."""

    roles: dict[str, Role] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)


@dataclass
class Draft:
    """The records of a session while the rows of a copy change them.

    ``where`` says by collection and key where in the workbook a record stands; ``told`` are
    sentences about what was left alone, ``seed`` is what new ids are derived from.
    """

    copy: Copy
    now: Session
    today: date
    seed: str
    shared: Shared
    naming: Naming = field(init=False)
    doubts: list[Doubt] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    where: dict[tuple[str, str], str] = field(default_factory=dict)
    by_row: dict[tuple[str, int], str] = field(default_factory=dict)
    aside: dict[str, list[str]] = field(default_factory=dict)
    _ids: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.naming = Naming(self.copy.base, self.now, self.shared.roles)

    @property
    def base(self) -> Session:
        """The session that the workbook was exported from."""
        return self.copy.base

    @cached_property
    def targets(self) -> Targets:
        """What refs and words mean, as they did when the workbook was exported."""
        return Targets(self.base)

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
