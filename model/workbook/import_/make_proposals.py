"""Proposals of what differs: what each is about, where it stands, what it needs, what it says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from offwall.model.compare.describe import BeforeAfter, field_changes
from offwall.model.compare.labels import RecordLabels, name_of
from offwall.model.records import Session, derive
from offwall.model.records.changes import RECORD, Change, keyed_in
from offwall.model.records.fields import RECORDS, field_infos, singular
from offwall.model.records.session import REMARKED, Remark
from offwall.model.records.uses import field_info, pointers_of, values_of
from offwall.model.tables.sheet import own_columns
from offwall.model.workbook.import_.draft import DraftSession
from offwall.model.workbook.import_.proposals import (
    Proposal,
    ProposalChoice,
    ProposalKind,
    ProposalSource,
)

_WORDS = ("lead", "accountable", "decision", "owner", "near", "raised_by")


class ChangeWording:
    """Says the changes between two sessions."""

    def __init__(self, base: Session, theirs: Session) -> None:
        self._base, self._theirs = base, theirs
        self._sides = BeforeAfter(RecordLabels(base), RecordLabels(theirs), called=False)

    def new(self, change: Change) -> str:
        """What is said of a record that is new."""
        record = change.new
        fields = field_infos(record.__class__)
        blank: dict[str, Any] = {
            name: () for name in fields if isinstance(getattr(record, name), tuple)
        }
        blank |= {name: "" for name in _WORDS if hasattr(record, name)}
        said = field_changes(self._sides, replace(record, **blank), record)
        stage = self._theirs.stage_by_id.get(getattr(record, "stage", ""))
        return "; ".join((f"new in {stage.name}" if stage else "new", *said))

    def field(self, record: Any, change: Change) -> str:
        """What a change makes of a field."""
        if change.field == "extra":
            return "; ".join(_theirs(change))
        old = replace(record, **{change.field: change.old})
        new = replace(record, **{change.field: change.new})
        return "; ".join(field_changes(self._sides, old, new)) or _agreed(change)

    def move(self, key: str) -> str:
        """Where an activity goes."""
        one = self._theirs.activity_by_id[key]
        old, new = (side.ref_by_id.get(key, "") for side in (self._base, self._theirs))
        column = self._theirs.by_stage[one.stage]
        at = column.index(one)
        after = f"after “{column[at - 1].text}”" if at else "as its first"
        stage = self._theirs.stage_by_id[one.stage].name
        return f"to {new} (was {old}), in {stage}, {after}"


def _theirs(change: Change) -> Iterator[str]:
    """What the council's own columns say now."""
    before, after = own_columns(change.old), own_columns(change.new)
    for header in dict.fromkeys((*after, *before)):
        if before.get(header) != after.get(header):
            was = f" (was “{before[header]}”)" if header in before else ""
            yield f"{header}: {after.get(header) or 'nothing now'}{was}"


def _agreed(change: Change) -> str:
    """What is agreed of an activity, which sentences about differences tell elsewhere."""
    name = {"sequence_confirmed": "its place", "lead_confirmed": "its lead"}.get(change.field)
    if name is None:
        return change.field.replace("_", " ")
    return f"{name} is {'confirmed' if change.new else 'no longer confirmed'}"


Key = tuple[str, str]
"""A collection, and what its record is known by."""


class ProposalMaker:
    """Makes the proposals of one copy. ``new`` are its new records, with their proposals' ids."""

    def __init__(self, draft: DraftSession, theirs: Session, now: Session) -> None:
        self._draft, self._theirs, self._now = draft, theirs, now
        self.held = cache(partial(keyed_in, now))
        """The records of a collection as they are in the session now, by key."""
        self.brought = cache(partial(keyed_in, theirs))
        """The records of a collection as the copy has them, by key."""
        self.new: dict[Key, str] = {}

    def announce(self, changes: Iterable[Change]) -> None:
        """Know the records that the copy adds: what names them needs them."""
        for change in changes:
            key = change.collection, change.key
            self.new[key] = self.id_of(key)

    def id_of(self, key: Key, field: str = "") -> str:
        """What a proposal is known by: two copies that say the same have one id for it."""
        return derive("\x1f".join(key), "o", field)

    def make(
        self,
        kind: ProposalKind,
        key: Key,
        says: str,
        readings: Sequence[ProposalChoice],
        *,
        field: str = "",
    ) -> Proposal:
        """A proposal about a record, with where in the workbook that stands."""
        (collection, known), copy = key, self._draft.copy
        where = "" if kind is ProposalKind.MISSING else self._draft.where.get(key, "")
        record = self.held(collection).get(known) or self.brought(collection).get(known)
        return Proposal(
            id=self.id_of(key, field),
            kind=kind,
            collection=collection,
            key=known,
            place=self._place(collection, known),
            what=name_of(record) if record is not None else known,
            says=says,
            readings=tuple(readings),
            sources=(ProposalSource(copy.file, copy.by, where),),
            needs=self._needs({key, *_pointed(readings)}, self.id_of(key, field)),
        )

    def remark(self, remark: Remark) -> Proposal:
        """A remark to be put on its record."""
        key = ("remarks", remark.id)
        about = next(((one, remark.on) for one in REMARKED if self._known(one, remark.on)), None)
        change = Change(*key, RECORD, None, remark, next(reversed(self.held("remarks")), ""))
        record = self._known(*about) if about else None
        return Proposal(
            id=self.id_of(key),
            kind=ProposalKind.REMARK,
            collection=key[0],
            key=remark.id,
            place=self._place(*about) if about else "Session",
            what=name_of(record) if record is not None else "",
            says=remark.text,
            readings=(ProposalChoice("", (change,)),),
            sources=(ProposalSource(self._draft.copy.file, remark.by),),
            needs=self._needs({about} if about else set()),
        )

    def _known(self, collection: str, key: str) -> Any:
        return self.brought(collection).get(key) or self.held(collection).get(key)

    def _place(self, collection: str, key: str) -> str:
        """An activity's ref, as it is now; of all else what it is."""
        if collection != "activities":
            return singular(collection).replace("_", " ").capitalize()
        return self._now.ref_by_id.get(key) or self._theirs.ref_by_id.get(key, "")

    def _needs(self, pointed: Iterable[Key], own: str = "") -> tuple[str, ...]:
        """The new records among those that are named; a record does not need itself."""
        return tuple(sorted({self.new[key] for key in pointed if key in self.new} - {own}))


def _pointed(readings: Iterable[ProposalChoice]) -> Iterator[Key]:
    """The stages, roles, activities and issues that changes name."""
    for reading in readings:
        for change in reading.changes:
            if change.field == RECORD and change.new is not None:
                for pointer in pointers_of(RECORDS[change.collection], change.new):
                    if not pointer.info.by_name:
                        yield from ((name, pointer.value) for name in pointer.info.to)
            elif (info := field_info(change.collection, change.field)) and not info.by_name:
                yield from ((name, one) for name in info.to for one in values_of(change.new))
