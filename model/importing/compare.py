"""What several copies made of a session, against what it is now: proposals."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from model.changes import PLACE, RECORD, Change, diff, keyed
from model.differing.clauses import Sides, clauses
from model.differing.names import Names, name_of
from model.ids import derive
from model.importing.accept import ROLE_FIELDS, is_made
from model.importing.copy import Copy
from model.importing.draft import Draft
from model.importing.proposal import ORDER, Kind, Proposal, Proposals, Reading, Source
from model.importing.remarks import remarks
from model.importing.rows import own_of
from model.importing.taking import edited
from model.importing.unknown import role_proposal
from model.merge_fields import same, value
from model.session import Role, Session
from model.toml.load import SINGULAR

WALL = ("stage", PLACE)
"""The fields that say where an activity stands: together they are one move."""


def propose(copies: Sequence[Copy], session: Session, *, today: dt.date, seed: str) -> Proposals:
    """What the copies propose for the session, each against what it was exported from."""
    found: dict[str, Proposal] = {}
    told: list[str] = []
    for copy in copies:
        draft = edited(copy, session, today=today, seed=seed)
        for one in _Comparison(draft, session).proposals():
            _unite(found, one)
        told += [f"{copy.file}: {said}" for said in (*copy.said, *draft.told)]
    ordered = sorted(found.values(), key=lambda one: _rank(session, one))
    return Proposals(tuple(ordered), tuple(dict.fromkeys(told)))


def _unite(found: dict[str, Proposal], one: Proposal) -> None:
    """Copies that say the same are one proposal; that differ, a clash with each one's reading."""
    other = found.get(one.id)
    if other is None:
        found[one.id] = one
        return
    sources = (*other.sources, *one.sources)
    known = [reading.changes for reading in other.readings]
    new = [reading for reading in one.readings if reading.changes not in known]
    if not new:
        found[one.id] = replace(other, sources=sources)
        return
    readings = (*_by(other), *_by(replace(one, readings=tuple(new))))
    says = f"{len(readings)} workbooks say it differently"
    needs = tuple(dict.fromkeys((*other.needs, *one.needs)))
    found[one.id] = replace(
        other, kind=Kind.CLASH, says=says, readings=readings, sources=sources, needs=needs
    )


def _by(one: Proposal) -> Iterator[Reading]:
    """The readings, each with the workbook that it is from."""
    files = ", ".join(dict.fromkeys(source.file for source in one.sources))
    for reading in one.readings:
        said = reading.says if one.kind is Kind.CLASH else one.says
        yield replace(reading, says=said if f"({files})" in said else f"{said} ({files})")


def _rank(session: Session, one: Proposal) -> tuple[int, int, str]:
    place = session.ref_by_id.get(one.key, "") if one.collection == "activities" else "~"
    first = one.collection in ("stages", "roles")
    return ORDER.index(one.kind), 0 if first else 1, place or "~"


class _Comparison:
    """One copy's session, the one that it grew out of, and the one that there is now."""

    def __init__(self, draft: Draft, now: Session) -> None:
        self._draft, self._now = draft, now
        self._base, self._theirs = draft.base, draft.result()
        self._sides = Sides(Names(self._base), Names(self._theirs))
        self._index: dict[str, dict[str, Any]] = {}
        self._new: dict[tuple[str, str], str] = {}

    def proposals(self) -> Iterator[Proposal]:
        """What the copy proposes, what is new first: others may need it."""
        changes = [one for one in diff(self._base, self._theirs) if not self._is_made(one)]
        added = [one for one in changes if one.field == RECORD and one.new is not None]
        for change in added:
            self._new[change.collection, change.key] = self._id(change.collection, change.key, "")
        yield from map(self._added, added)
        rest = [one for one in changes if one.field != RECORD]
        yield from self._moved([one for one in rest if self._is_move(one)])
        for change in rest:
            if not self._is_move(change):
                yield from self._changed(change)
        yield from self._doubts()
        yield from self._gone()
        for remark in remarks(self._draft, self._theirs, self._now):
            key = ("remarks", remark.id)
            yield self._proposal(
                Kind.REMARK,
                *key,
                "",
                remark.text,
                [Reading("", (Change(*key, RECORD, None, remark, ""),))],
                about=remark.on,
                source=Source(self._draft.copy.file, remark.by),
            )

    def _is_move(self, change: Change) -> bool:
        return change.collection == "activities" and change.field in WALL

    def _is_made(self, change: Change) -> bool:
        return is_made(self._now, change, self._records(change.collection))

    def _records(self, collection: str) -> dict[str, Any]:
        if collection not in self._index:
            held = getattr(self._now, collection)
            self._index[collection] = keyed(collection, held) if isinstance(held, tuple) else {}
        return self._index[collection]

    def _added(self, change: Change) -> Proposal:
        if isinstance(change.new, Role):
            return role_proposal(
                change,
                self._now,
                self._id("roles", change.key, ""),
                self._source("roles", change.key),
            )
        return self._proposal(
            Kind.NEW,
            change.collection,
            change.key,
            "",
            self._new_in_words(change),
            [Reading("", (change,))],
        )

    def _new_in_words(self, change: Change) -> str:
        blank = replace(
            change.new,
            **{
                name: type(getattr(change.new, name))()
                for name in ("lead", "also", "accountable", "consulted", "informed", "documents")
                if hasattr(change.new, name)
            },
        )
        said = clauses(self._sides, change.collection, blank, change.new)
        lead = "; ".join(said)
        stage = getattr(change.new, "stage", "")
        where = f"in {self._theirs.stage_by_id[stage].name}" if stage else ""
        return "; ".join(filter(None, ("new", where, lead)))

    def _moved(self, changes: list[Change]) -> Iterator[Proposal]:
        by_key: dict[str, list[Change]] = {}
        for change in changes:
            by_key.setdefault(change.key, []).append(change)
        for key, found in by_key.items():
            if key not in self._records("activities"):
                continue
            old, new = (side.ref_by_id.get(key, "") for side in (self._base, self._theirs))
            stage = self._theirs.stage_by_id[self._theirs.activity_by_id[key].stage].name
            before = self._before(key)
            says = f"to {new} (was {old}), in {stage}{before}"
            yield self._proposal(
                Kind.MOVED, "activities", key, "*", says, [Reading("", tuple(found))]
            )

    def _before(self, key: str) -> str:
        column = self._theirs.by_stage[self._theirs.activity_by_id[key].stage]
        at = [one.id for one in column].index(key)
        return f", after “{column[at - 1].text}”" if at else ", as its first"

    def _changed(self, change: Change) -> Iterator[Proposal]:
        """A field: taken where nobody changed it since, united where it can be, else a clash."""
        now = self._records(change.collection).get(change.key)
        if now is None:
            yield self._came_back(change)
            return
        there = getattr(now, change.field)
        ours, theirs = (
            value(change.old, *pair) for pair in ((there, change.new), (change.new, there))
        )
        if same(ours, theirs):
            if not same(there, theirs):
                yield self._plain(change, replace(change, old=there, new=theirs))
            return
        readings = [
            Reading(self._clause(replace(change, old=there)), (replace(change, old=there),)),
            Reading(f"leave it as it is: {self._kept(change, now)}", ()),
        ]
        yield self._proposal(
            Kind.CLASH,
            change.collection,
            change.key,
            change.field,
            "changed here and in the workbook since it was exported",
            readings,
        )

    def _kept(self, change: Change, now: Any) -> str:
        held = getattr(now, change.field)
        blank = replace(now, **{change.field: change.old})
        said = "; ".join(clauses(self._sides, change.collection, blank, now))
        return said or str(held)

    def _plain(self, change: Change, made: Change) -> Proposal:
        says = self._clause(change)
        return self._proposal(
            Kind.CHANGED, change.collection, change.key, change.field, says, [Reading("", (made,))]
        )

    def _came_back(self, change: Change) -> Proposal:
        record = keyed(change.collection, getattr(self._theirs, change.collection))[change.key]
        again = Change(change.collection, change.key, RECORD, None, record, "")
        readings = [
            Reading("bring it back, with the change", (again,)),
            Reading("leave it out", ()),
        ]
        return self._proposal(
            Kind.CLASH,
            change.collection,
            change.key,
            "",
            f"was removed here, and changed in the workbook: {self._clause(change)}",
            readings,
        )

    def _clause(self, change: Change) -> str:
        """The change in words, by the names of both sides."""
        record = keyed(change.collection, getattr(self._theirs, change.collection))[change.key]
        if change.field == "extra":
            return "; ".join(_own_columns(record, change))
        old = replace(record, **{change.field: change.old})
        new = replace(record, **{change.field: change.new})
        return "; ".join(clauses(self._sides, change.collection, old, new)) or _of_status(change)

    def _doubts(self) -> Iterator[Proposal]:
        for doubt in self._draft.doubts:
            readings = []
            for says, fields in doubt.readings:
                changes = tuple(
                    Change(doubt.collection, doubt.key, name, None, new)
                    for name, new in fields.items()
                )
                readings.append(Reading(says, changes))
            if not any(all(map(self._is_made, one.changes)) for one in readings[1:]):
                known = "+".join(sorted({c.field for r in readings for c in r.changes}))
                yield self._proposal(
                    Kind.CLASH, doubt.collection, doubt.key, known, doubt.why, readings
                )

    def _gone(self) -> Iterator[Proposal]:
        for gone in self._draft.gone:
            found = self._records(gone.collection).get(gone.key)
            if found is not None:
                remove = Change(gone.collection, gone.key, RECORD, found, None)
                says = "is no longer in the workbook; it stays here unless you remove it"
                yield self._proposal(
                    Kind.MISSING,
                    gone.collection,
                    gone.key,
                    "gone",
                    says,
                    [Reading("remove it here too", (remove,))],
                )

    def _proposal(
        self,
        kind: Kind,
        collection: str,
        key: str,
        field: str,
        says: str,
        readings: Sequence[Reading],
        *,
        about: str = "",
        source: Source | None = None,
    ) -> Proposal:
        record = self._record(collection, key)
        place, what = (
            self._called(about)
            if about or collection == "remarks"
            else (self._place(collection, key, record), name_of(record))
        )
        return Proposal(
            self._id(collection, key, field),
            kind,
            collection,
            key,
            place,
            what,
            says,
            tuple(readings),
            (source or self._source(collection, key),),
            self._needs(readings, collection, key, about),
        )

    def _record(self, collection: str, key: str) -> Any:
        found = self._sides.new.record(collection, key) if collection != "remarks" else None
        return found or self._records(collection).get(key)

    def _called(self, about: str) -> tuple[str, str]:
        """Where a remark belongs, and what that is called."""
        for collection in ("activities", "issues", "actions"):
            if found := self._record(collection, about):
                return self._place(collection, about, found), name_of(found)
        return "Session", ""

    def _place(self, collection: str, key: str, record: Any) -> str:
        if collection == "activities":
            found = self._now.ref_by_id.get(key) or self._theirs.ref_by_id.get(key, "")
            return found
        return SINGULAR.get(collection, collection).capitalize()

    def _needs(
        self, readings: Iterable[Reading], collection: str, key: str, about: str
    ) -> tuple[str, ...]:
        """What is new and must be there before: the record itself, its stage, its roles."""
        wanted = {(collection, key), ("activities", about), ("issues", about), ("actions", about)}
        for reading in readings:
            for change in reading.changes:
                wanted |= set(_pointed(change))
        own = self._id(collection, key, "")
        found = {self._new[one] for one in wanted if one in self._new}
        return tuple(sorted(found - {own} if _adds(readings, key) else found))

    def _source(self, collection: str, key: str) -> Source:
        copy = self._draft.copy
        return Source(copy.file, copy.by, self._draft.where.get((collection, key), ""))

    def _id(self, collection: str, key: str, field: str) -> str:
        return derive(f"{collection}\x1f{key}", "o", field)


def _adds(readings: Iterable[Reading], key: str) -> bool:
    return any(
        change.field == RECORD and change.key == key for one in readings for change in one.changes
    )


def _pointed(change: Change) -> Iterator[tuple[str, str]]:
    """The stages, roles and activities that a change names."""
    if change.field == RECORD and change.new is not None:
        fields = {name: getattr(change.new, name) for name in dir(change.new) if name in _POINTERS}
    else:
        fields = {change.field: change.new} if change.field in _POINTERS else {}
    for name, said in fields.items():
        for one in said if isinstance(said, tuple) else (said,):
            yield _POINTERS[name], one


_POINTERS = dict.fromkeys(ROLE_FIELDS, "roles") | {
    "stage": "stages",
    "activity": "activities",
    "issue": "issues",
}


def _own_columns(record: Any, change: Change) -> Iterator[str]:
    """What the council's own columns say now."""
    before, after = (own_of(replace(record, extra=table)) for table in (change.old, change.new))
    for header in dict.fromkeys((*after, *before)):
        if before.get(header) != after.get(header):
            was = f" (was “{before[header]}”)" if header in before else ""
            yield f"{header}: {after.get(header) or 'nothing now'}{was}"


def _of_status(change: Change) -> str:
    """What is agreed of an activity; sentences of the differences tell that elsewhere."""
    name = {"sequence_confirmed": "sequence", "lead_confirmed": "lead"}.get(change.field, "")
    agreed = "confirmed" if change.new else "no longer confirmed"
    return f"{name or change.field.replace('_', ' ')} {agreed}"
