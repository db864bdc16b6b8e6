"""What one copy makes of a session, against what the session is now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from model.changes import PLACE, RECORD, Change, diff
from model.importing.accept import is_made
from model.importing.draft import Draft
from model.importing.making import Maker
from model.importing.proposal import Kind, Proposal, Reading
from model.importing.remarks import remarks
from model.importing.saying import Words
from model.importing.unknown import role_proposal
from model.merge_fields import same, value
from model.session import Role, Session

WALL = ("stage", PLACE)
"""The fields that say where an activity stands: together they are one move."""

CONFIRMING = dict.fromkeys(("sequence_confirmed", "lead_confirmed"), "status")
"""The fields that the one cell Status says, or that follow from another lead."""


class Comparison:
    """One copy's session, the one that it grew out of, and the one that there is now."""

    def __init__(self, draft: Draft, now: Session) -> None:
        self._draft, self._now = draft, now
        self._theirs = draft.result()
        self._words = Words(draft.base, self._theirs)
        self._maker = Maker(draft, self._theirs, now)

    def proposals(self) -> Iterator[Proposal]:
        """What the copy proposes, what is new first: others may need it."""
        changes = [one for one in diff(self._draft.base, self._theirs) if not self._is_made(one)]
        added = [one for one in changes if one.field == RECORD and one.new is not None]
        self._maker.announce(added)
        yield from map(self._added, added)
        rest = [one for one in changes if one.field != RECORD]
        yield from self._moved(one for one in rest if _is_move(one))
        yield from self._fields([one for one in rest if not _is_move(one)])
        yield from self._doubts()
        yield from self._gone()
        yield from map(self._maker.remark, remarks(self._draft, self._now))

    def _is_made(self, change: Change) -> bool:
        return is_made(self._now, change, self._maker.held(change.collection))

    def _added(self, change: Change) -> Proposal:
        key = change.collection, change.key
        if isinstance(change.new, Role):
            source = self._maker.source(key)
            return role_proposal(change, self._now, self._maker.id_of(key), source)
        reading = Reading("", (change,))
        return self._maker.make(Kind.NEW, key, self._words.new(change), [reading])

    def _moved(self, changes: Iterable[Change]) -> Iterator[Proposal]:
        by_key: dict[str, list[Change]] = {}
        for change in changes:
            by_key.setdefault(change.key, []).append(change)
        for key, found in by_key.items():
            if key in self._maker.held("activities"):
                reading, says = Reading("", tuple(found)), self._words.move(key)
                yield self._maker.make(
                    Kind.MOVED, ("activities", key), says, [reading], field=PLACE
                )

    def _fields(self, changes: Sequence[Change]) -> Iterator[Proposal]:
        """A proposal a field; what follows from another goes with it, as it is in one cell."""
        leads = {one.key for one in changes if one.field == "lead"}
        found: dict[tuple[str, str, str], Proposal] = {}
        for change in changes:
            proposal = self._changed(change)
            if proposal is None:
                continue
            field = CONFIRMING.get(change.field, change.field)
            if field != change.field and change.key in leads and not change.new:
                field = "lead"
            key = change.collection, change.key, field
            if key in found and Kind.CLASH not in (found[key].kind, proposal.kind):
                proposal = _together(found[key], proposal)
            elif key in found:
                key = change.collection, change.key, change.field
            found[key] = proposal
        yield from found.values()

    def _changed(self, change: Change) -> Proposal | None:
        """A field: taken where nobody changed it since, united where it can be, else a clash."""
        key = change.collection, change.key
        now = self._maker.held(change.collection).get(change.key)
        if now is None:
            return self._came_back(change)
        there = getattr(now, change.field)
        ours = value(change.old, there, change.new)
        theirs = value(change.old, change.new, there)
        says = self._words.field(now, change)
        if same(ours, theirs):
            if same(there, theirs):
                return None
            made = Reading("", (replace(change, old=there, new=theirs),))
            return self._maker.make(Kind.CHANGED, key, says, [made], field=change.field)
        readings = [
            Reading(f"as the workbook says: {says}", (replace(change, old=there),)),
            Reading(self._words.kept(now, change)),
        ]
        why = "changed in the workbook, and here too since it was exported"
        return self._maker.make(Kind.CLASH, key, why, readings, field=change.field)

    def _came_back(self, change: Change) -> Proposal:
        key = change.collection, change.key
        record = self._maker.brought(change.collection)[change.key]
        again = Change(*key, RECORD, None, record)
        readings = [
            Reading("bring it back, with the change", (again,)),
            Reading("leave it out"),
        ]
        says = f"was removed here, and changed there: {self._words.field(record, change)}"
        return self._maker.make(Kind.CLASH, key, says, readings)

    def _doubts(self) -> Iterator[Proposal]:
        """What a workbook says in two ways; a reading that the session has already settles it."""
        for doubt in self._draft.doubts:
            readings = [
                Reading(
                    says,
                    tuple(
                        Change(doubt.collection, doubt.key, name, None, new)
                        for name, new in fields.items()
                    ),
                )
                for says, fields in doubt.readings
            ]
            fields = "+".join(sorted({name for _, of in doubt.readings for name in of}))
            key = doubt.collection, doubt.key
            yield self._maker.make(Kind.CLASH, key, doubt.why, readings, field=fields)

    def _gone(self) -> Iterator[Proposal]:
        says = "is no longer in the workbook; it stays, unless you remove it"
        for gone in self._draft.gone:
            found = self._maker.held(gone.collection).get(gone.key)
            if found is not None:
                remove = Change(gone.collection, gone.key, RECORD, found, None)
                reading = Reading("remove it here too", (remove,))
                key = gone.collection, gone.key
                yield self._maker.make(Kind.MISSING, key, says, [reading], field="gone")


def _together(first: Proposal, second: Proposal) -> Proposal:
    """Two changes of one cell as one."""
    changes = (*first.readings[0].changes, *second.readings[0].changes)
    return replace(first, says=f"{first.says}; {second.says}", readings=(Reading("", changes),))


def _is_move(change: Change) -> bool:
    return change.collection == "activities" and change.field in WALL
