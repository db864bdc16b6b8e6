"""Makes proposals: what each is about, where it stands, what it needs, which workbook says it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from model.changes import RECORD, Change, keyed
from model.differing.names import name_of
from model.ids import derive
from model.importing.accept import ROLE_FIELDS
from model.importing.draft import Draft
from model.importing.proposal import Kind, Proposal, Reading, Source
from model.session import Remark, Session
from model.toml.load import SINGULAR

Key = tuple[str, str]
"""A collection, and what its record is known by."""

_POINTERS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(ROLE_FIELDS, "roles")
    | {"stage": "stages", "activity": "activities", "issue": "issues"}
)
"""The fields that name other records, and the collections of those."""

ABOUT = ("activities", "issues", "actions")
"""What a remark may be about."""


class Maker:
    """Makes the proposals of one copy. ``new`` are its new records, with their proposals' ids."""

    def __init__(self, draft: Draft, theirs: Session, now: Session) -> None:
        self._draft, self._theirs, self._now = draft, theirs, now
        self._held: dict[str, dict[str, Any]] = {}
        self._brought: dict[str, dict[str, Any]] = {}
        self.new: dict[Key, str] = {}

    def held(self, collection: str) -> dict[str, Any]:
        """The records of a collection as they are in the session now, by key."""
        return _keyed(self._held, self._now, collection)

    def brought(self, collection: str) -> dict[str, Any]:
        """The records of a collection as the copy has them, by key."""
        return _keyed(self._brought, self._theirs, collection)

    def announce(self, changes: Iterable[Change]) -> None:
        """Know the records that the copy adds: what names them needs them."""
        for change in changes:
            key = change.collection, change.key
            self.new[key] = self.id_of(key)

    def id_of(self, key: Key, field: str = "") -> str:
        """What a proposal is known by: two copies that say the same have one id for it."""
        return derive("\x1f".join(key), "o", field)

    def make(
        self, kind: Kind, key: Key, says: str, readings: Sequence[Reading], *, field: str = ""
    ) -> Proposal:
        """A proposal about a record."""
        collection, known = key
        record = self.held(collection).get(known) or self.brought(collection).get(known)
        pointed = {key, *_pointed(readings)}
        return Proposal(
            id=self.id_of(key, field),
            kind=kind,
            collection=collection,
            key=known,
            place=self._place(collection, known),
            what=name_of(record) if record is not None else known,
            says=says,
            readings=tuple(readings),
            sources=(self.source(key, placed=kind is not Kind.MISSING),),
            needs=self._needs(pointed, () if _adds(readings, known) else (key,)),
        )

    def remark(self, remark: Remark) -> Proposal:
        """A remark to be put on its record."""
        key = ("remarks", remark.id)
        about = next(((one, remark.on) for one in ABOUT if self._known(one, remark.on)), None)
        change = Change(*key, RECORD, None, remark, next(reversed(self.held("remarks")), ""))
        record = self._known(*about) if about else None
        return Proposal(
            id=self.id_of(key),
            kind=Kind.REMARK,
            collection=key[0],
            key=remark.id,
            place=self._place(*about) if about else "Session",
            what=name_of(record) if record is not None else "",
            says=remark.text,
            readings=(Reading("", (change,)),),
            sources=(Source(self._draft.copy.file, remark.by),),
            needs=self._needs({about} if about else set(), ()),
        )

    def source(self, key: Key, *, placed: bool = True) -> Source:
        """The workbook, who saved it last, and where in it the record stands."""
        copy = self._draft.copy
        return Source(copy.file, copy.by, self._draft.where.get(key, "") if placed else "")

    def _known(self, collection: str, key: str) -> Any:
        return self.brought(collection).get(key) or self.held(collection).get(key)

    def _place(self, collection: str, key: str) -> str:
        """An activity's ref, as it is now; of all else what it is."""
        if collection != "activities":
            return SINGULAR.get(collection, collection).replace("_", " ").capitalize()
        return self._now.ref_by_id.get(key) or self._theirs.ref_by_id.get(key, "")

    def _needs(self, pointed: Iterable[Key], own: Iterable[Key]) -> tuple[str, ...]:
        """The new records among those that are named; a record does not need itself."""
        wanted = {self.new[key] for key in pointed if key in self.new}
        adding = {self.new[key] for key in pointed if key in self.new and key not in own}
        return tuple(sorted(wanted if own else adding))


def _keyed(index: dict[str, dict[str, Any]], session: Session, name: str) -> dict[str, Any]:
    if name not in index:
        held = getattr(session, name)
        index[name] = keyed(name, held) if isinstance(held, tuple) else {}
    return index[name]


def _adds(readings: Iterable[Reading], key: str) -> bool:
    return any(
        change.field == RECORD and change.key == key for one in readings for change in one.changes
    )


def _pointed(readings: Iterable[Reading]) -> Iterator[Key]:
    """The stages, roles, activities and issues that changes name."""
    for reading in readings:
        for change in reading.changes:
            if change.field == RECORD and change.new is not None:
                held = {name: getattr(change.new, name, "") for name in _POINTERS}
            else:
                held = {change.field: change.new} if change.field in _POINTERS else {}
            for name, said in held.items():
                for one in said if isinstance(said, tuple) else (said,):
                    yield _POINTERS[name], one
