"""Two sessions that grew out of one, made one again by record and field; what cannot be becomes
a conflict.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from offwall.model.records import Activity, Session, Table, Treatment, diff, keyed
from offwall.model.records.changes import COLLECTIONS, HEADINGS, PLACE, RECORD, apply
from offwall.model.records.session import Clash, PartTime
from offwall.model.store.conflicts import EXTRA, new_conflict
from offwall.model.store.toml import unknown_keys, unknown_keys_text

# Two values of one field, grown apart from one that both knew, made one where that can be.
#
# Lists are united: what either added is there, what either took away is gone. Tables are united
# key by key. Of two texts the first is taken; asking once more, the other way round, tells what was
# pushed aside.

LONGEST_WINS = ("used", "minutes")
"""Minutes of one afternoon that two computers counted: the longer count is the truer one."""

ABSENT = object()
"""In the place of a value that is not there."""


def merge_field(base: Any, first: Any, second: Any) -> tuple[Any, Any, tuple[str, ...]]:
    """A record that two changed: with the first's values, with the second's, and where they differ.

    ``base`` is None where both made it. The fields named are those where one value had to give
    way.
    """
    ours = replace(first, **_fields(base, first, second))
    theirs = replace(second, **_fields(base, second, first))
    clashing = tuple(
        field.name
        for field in fields(first)
        if not same(getattr(ours, field.name), getattr(theirs, field.name))
    )
    return ours, theirs, clashing


def _fields(base: Any, first: Any, second: Any) -> dict[str, Any]:
    found = {}
    for field in fields(first):
        known = getattr(base, field.name) if base is not None else field.default
        values = (known, getattr(first, field.name), getattr(second, field.name))
        found[field.name] = _longest(values) if field.name in LONGEST_WINS else value(*values)
    return found


def _longest(values: tuple[Any, Any, Any]) -> Any:
    """The value that was changed, or of two the larger."""
    base, first, second = values
    return max(first, second) if base not in (first, second) else value(*values)


def value(base: Any, first: Any, second: Any) -> Any:
    """One value of two; the first's where both cannot be."""
    if second in (first, base):
        return first
    if first in (base, ABSENT):
        return second
    return first if second is ABSENT else _both(base, first, second)


def _both(base: Any, first: Any, second: Any) -> Any:
    if isinstance(first, Table) and isinstance(second, Table):
        return _tables(base, first, second)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _tuples(base if isinstance(base, tuple) else (), first, second)
    if isinstance(first, PartTime) and isinstance(second, PartTime):
        return replace(first, **_fields(base, first, second))
    return first


def _tables(base: Any, first: Table, second: Table) -> Table:
    known = dict(base.items) if isinstance(base, Table) else {}
    found = _mapping(known, dict(first.items), dict(second.items))
    return unknown_keys(Table(tuple(found.items())).thaw())


def _tuples(base: tuple[Any, ...], first: tuple[Any, ...], second: tuple[Any, ...]) -> Any:
    if all(map(_is_treatment, (*first, *second))):
        return tuple(_mapping(dict(base), dict(first), dict(second)).items())
    known, of_first, of_second = set(base), set(first), set(second)
    stay = (item for item in first if item in of_second or item not in known)
    return (*stay, *(item for item in second if item not in known and item not in of_first))


def _is_treatment(item: Any) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Treatment)


def _mapping(base: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    found = {
        key: value(base.get(key, ABSENT), first.get(key, ABSENT), second.get(key, ABSENT))
        for key in {**first, **second}
    }
    return {key: one for key, one in found.items() if one is not ABSENT}


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same, in whatever order."""
    if isinstance(one, Table) and isinstance(other, Table):
        return set(one.items) == set(other.items)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return bool(one == other)


# Two sessions that grew out of one, made one again: by record and field, the order too.
#
# What only one of them changed is taken over. A field that both changed keeps ours, and the other
# value stands beside it as a clash. A record that one took away and the other changed stays; so
# does a stage that one took away and the other's activities stand on. The order that comes of it
# does not depend on which side is ours: of two orders the one whose keys come first leads.

CLASHES, STAGES = "clashes", "stages"


@dataclass(frozen=True, slots=True)
class ShortenedFile:
    """A file from which more than half of its records were gone: what it held, and what is left."""

    base: Session
    left: Session


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: the session, and the clashes that were not in either before.

    Where there is a ``cut``, nothing was taken away for it: somebody must be asked, and
    `taken_away` does it then.
    """

    session: Session
    clashes: tuple[Clash, ...] = ()
    cut: ShortenedFile | None = None


def merge(base: Session, ours: Session, theirs: Session) -> Merged:
    """Make one session of two, ``base`` being what both grew out of.

    It never raises, and what it makes can always be written and read again.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    merger = _Merger(base, ours, theirs)
    values: dict[str, Any] = {name: merger.heading(name) for name in HEADINGS}
    values |= {name: merger.records(name) for name in COLLECTIONS if name != STAGES}
    values[STAGES] = merger.records(STAGES, merger.stages_of(values["activities"]))
    known = {found.id for found in values[CLASHES]}
    new = tuple(found for found in merger.clashes.values() if found.id not in known)
    values[CLASHES] = (*values[CLASHES], *new)
    return Merged(Session(**values), new)


def merge_file(base: Session, ours: Session, theirs: Session) -> Merged:
    """Make one of ours and of what a file holds now, which may be only part of a session.

    Where more than half of the records of ``base`` are gone from the file, that was hardly
    somebody's wish: none of them is taken away, and ``cut`` says so.
    """
    if not _is_cut(base, theirs):
        return merge(base, ours, theirs)
    headings = {
        name: getattr(base, name)
        for name in HEADINGS
        if getattr(theirs, name) == getattr(Session(), name)
    }
    whole = with_all_of(base, replace(theirs, **headings))
    return replace(merge(base, ours, whole), cut=ShortenedFile(base, theirs))


def with_all_of(base: Session, theirs: Session) -> Session:
    """Theirs with the records of ``base`` that it lacks, so that merging it removes none."""
    lacking = (
        found
        for found in diff(theirs, base)
        if found.collection in COLLECTIONS and found.field == RECORD and found.new
    )
    return apply(theirs, lacking)


def taken_away(session: Session, cut: ShortenedFile) -> Session:
    """The session without what a file had lost, once somebody said that this was meant."""
    return merge(cut.base, session, cut.left).session


def _is_cut(base: Session, theirs: Session) -> bool:
    there = [
        key in keyed(name, getattr(theirs, name))
        for name in COLLECTIONS
        for key in keyed(name, getattr(base, name))
    ]
    return 2 * sum(there) < len(there)


class _Merger:
    """One merge while it is under way, and the clashes that it met."""

    def __init__(self, base: Session, ours: Session, theirs: Session) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._moved_by_us = _moved(base, ours)
        self._moved_by_them = _moved(base, theirs)
        self.clashes: dict[str, Clash] = {}

    def _three(self, name: str) -> tuple[Any, Any, Any]:
        return getattr(self._base, name), getattr(self._ours, name), getattr(self._theirs, name)

    def heading(self, name: str) -> Any:
        """The workshop, the board, the clock, the format, or the keys that nobody knows."""
        base, ours, theirs = self._three(name)
        if name == "format":
            return max(ours, theirs)
        if name != EXTRA:
            return self._one(name, "", base, ours, theirs)
        found, other = value(base, ours, theirs), value(base, theirs, ours)
        if not same(found, other):
            self._note(new_conflict(EXTRA, "", EXTRA, replace(self._theirs, extra=other)))
        return unknown_keys(found.thaw(), unknown_keys_text)

    def stages_of(self, activities: Iterable[Activity]) -> set[str]:
        """The stages that activities stand on, or would, if the other value were taken."""
        rivals = {found.theirs for found in self.clashes.values() if found.field == "stage"}
        known = self._ours.stage_by_id.keys() | self._theirs.stage_by_id.keys()
        return {activity.stage for activity in activities} | rivals & known

    def records(self, name: str, needed: Iterable[str] = ()) -> tuple[Any, ...]:
        """The records of a collection, in the order of both; those ``needed`` by key stay."""
        base, ours, theirs = self._three(name)
        if not needed and theirs in (base, ours):
            return tuple(ours)
        if not needed and ours == base:
            return tuple(theirs)
        before, we, they = (keyed(name, found) for found in (base, ours, theirs))
        found = {
            key: self._one(name, key, before.get(key), we.get(key), they.get(key))
            for key in {**we, **they}
        }
        for key in needed:
            found[key] = found[key] or we.get(key) or they.get(key)
        there = {key: one for key, one in found.items() if one is not None}
        moved = [
            {key for of, key in by if of == name} for by in (self._moved_by_us, self._moved_by_them)
        ]
        sides = sorted(((list(we), moved[0]), (list(they), moved[1])), key=lambda side: side[0])
        (lead, by_lead), (other, by_other) = sides
        return tuple(there[key] for key in _in_order(there, lead, other, by_lead, by_other))

    def _one(self, name: str, key: str, base: Any, ours: Any, theirs: Any) -> Any:
        """One record, or None where it is taken away; what was changed is not taken away."""
        if theirs in (base, ours):
            return ours
        if ours == base or ours is None:
            return theirs
        if theirs is None:
            return ours
        found, other, clashing = merge_field(base, ours, theirs)
        for field in clashing:
            self._note(new_conflict(name, key, field, other))
        return found

    def _note(self, found: Clash) -> None:
        # Of a clash itself there can be no clash, and an id is nothing that people disagree about.
        if found.collection != CLASHES and found.field != "id":
            self.clashes[found.id] = found


def _moved(old: Session, new: Session) -> set[tuple[str, str]]:
    return {(one.collection, one.key) for one in diff(old, new) if one.field == PLACE}


def _in_order(
    there: Container[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    moved_by_us: Container[str],
    moved_by_them: Container[str],
) -> list[str]:
    """Our order, with what they added or moved right behind what it stands behind in theirs."""
    order = [key for key in ours if key in there]
    known, in_theirs = set(order), set(theirs)
    before: str | None = None
    put: set[str] = set()
    for key in theirs:
        if key not in there:
            continue
        if key in moved_by_us:
            continue
        if key not in known or key in moved_by_them:
            if key in known:
                order.remove(key)
            place = order.index(before) + 1 if before is not None else 0
            if before not in put:
                place = _behind_ours(order, place, key, in_theirs)
            order.insert(place, key)
            put.add(key)
        before = key
    return order


def _behind_ours(order: Sequence[str], place: int, key: str, in_theirs: Container[str]) -> int:
    """Where two added at the same place, the one whose key comes first stands first.

    So both computers come to the same order; what was added in a row stays in a row.
    """
    end = place
    while end < len(order) and order[end] not in in_theirs:
        end += 1
    return end if end > place and order[place] < key else place
