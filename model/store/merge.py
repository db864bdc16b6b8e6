"""Two sessions that grew out of one, made one again by record and field; what cannot be becomes
a conflict.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

from offwall.model.records import Activity, Session, Table, Treatment, diff, excerpt, keyed
from offwall.model.records.changes import COLLECTIONS, HEADINGS, PLACE, RECORD, apply, keyed_in
from offwall.model.records.fields import RECORDS, FieldKind, field_infos
from offwall.model.records.session import Clash, PartTime
from offwall.model.records.uses import TARGETS, Pointer, count_of, pointers, pointers_of
from offwall.model.store.conflicts import EXTRA, new_conflict
from offwall.model.store.toml.record_tables import unknown_keys, unknown_keys_text

# Two values of one field, grown apart from one that both knew, made one where that can be.
#
# Lists are united: what either added is there, what either took away is gone. Tables are united
# key by key. Of two texts the first is taken; asking once more, the other way round, tells what was
# pushed aside.

ABSENT = object()
"""In the place of a value that is not there."""


def _merged_record(base: Any, first: Any, second: Any) -> tuple[Any, Any, tuple[str, ...]]:
    """A record that two changed: with the first's values, with the second's, and where they differ.

    ``base`` is None where both made it. Where they differ, one value had to give way.
    """
    ours = replace(first, **_fields(base, first, second))
    theirs = replace(second, **_fields(base, second, first))
    ours, theirs = _lettered(ours, first, second), _lettered(theirs, second, first)
    clashing = tuple(
        field.name
        for field in fields(first)
        if not same(getattr(ours, field.name), getattr(theirs, field.name))
    )
    return ours, theirs, clashing


def _fields(base: Any, first: Any, second: Any) -> dict[str, Any]:
    found = {}
    infos = field_infos(first.__class__)
    for field in fields(first):
        info = infos[field.name]
        known = getattr(base, field.name) if base is not None else field.default
        values = (known, getattr(first, field.name), getattr(second, field.name))
        if info.kind is FieldKind.COUNTED and known not in values[1:]:
            found[field.name] = max(values[1:])
        else:
            found[field.name] = value(*values, joined_by=info.joined_by)
    return found


def _lettered(merged: Any, first: Any, second: Any) -> Any:
    """The record where no role got two letters that only the two sides together give it.

    Such a role keeps the letters that it has in ``first``.
    """
    if not isinstance(merged, Activity):
        return merged
    names = (name for name, info in field_infos(Activity).items() if info.raci)
    made = merged.in_two_letters
    for side in (first, second):
        made -= side.in_two_letters
    values: dict[str, Any] = {}
    for name in names:
        now, held = getattr(merged, name), getattr(first, name)
        if isinstance(now, tuple):
            stay = (role for role in now if role not in made or role in held)
            back = (role for role in held if role in made and role not in now)
            values[name] = (*stay, *back)
        elif now in made or held in made:
            values[name] = held
    return replace(merged, **values)


def value(base: Any, first: Any, second: Any, joined_by: str = "") -> Any:
    """One value of two; the first's where both cannot be."""
    if second in (first, base):
        return first
    if first in (base, ABSENT):
        return second
    return first if second is ABSENT else _both(base, first, second, joined_by)


def _both(base: Any, first: Any, second: Any, joined_by: str) -> Any:
    if isinstance(first, Table) and isinstance(second, Table):
        known = dict(base.items) if isinstance(base, Table) else {}
        items = _mapping(known, dict(first.items), dict(second.items))
        return unknown_keys(Table(tuple(items.items())).thaw())
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _tuples(base if isinstance(base, tuple) else (), first, second, joined_by)
    if isinstance(first, PartTime) and isinstance(second, PartTime):
        return replace(first, **_fields(base, first, second))
    return first


def _tuples(
    base: tuple[Any, ...], first: tuple[Any, ...], second: tuple[Any, ...], joined_by: str
) -> tuple[Any, ...]:
    """A list of both: what either added is there, what either took away is gone.

    Where both put something else in the place of one item, the first's stands.
    """
    if all(map(_is_treatment, (*first, *second))):
        return tuple(_mapping(dict(base), dict(first), dict(second)).items())
    if joined_by:
        return _keyed_list(*(_by(joined_by, one) for one in (base, first, second)))
    known, of_first, of_second = set(base), set(first), set(second)
    stay = (item for item in first if item in of_second or item not in known)
    new = [item for item in second if item not in known and item not in of_first]
    return (*stay, *([] if _replaced(base, first, second) else new))


def _replaced(base: Collection[Any], first: Collection[Any], second: Collection[Any]) -> bool:
    """Whether both took the same item away and neither has all that the other has instead."""
    return (
        any(item not in first and item not in second for item in base)
        and any(item not in base and item not in second for item in first)
        and any(item not in base and item not in first for item in second)
    )


def _by(name: str, records: Iterable[Any]) -> dict[Any, Any]:
    """The records of a list by the field that tells them apart; a second one by its number too."""
    found: dict[Any, Any] = {}
    for record in records:
        key = getattr(record, name)
        found[(key, sum(known == key for known, _ in found))] = record
    return found


def _keyed_list(
    base: dict[Any, Any], first: dict[Any, Any], second: dict[Any, Any]
) -> tuple[Any, ...]:
    """The records of both lists. Of one that both changed, or took away, the first's word holds.

    So asking the other way round tells the rival.
    """
    found: dict[Any, Any] = {}
    for key, one in first.items():
        known, other = base.get(key), second.get(key)
        if known is None or one != known:
            found[key] = one
        elif other is not None:
            found[key] = other
    if not _replaced(base, first, second):
        found |= {key: one for key, one in second.items() if key not in {**base, **first}}
    return tuple(found.values())


def _is_treatment(item: Any) -> bool:
    """Whether it is a tier's; unknown keys may hold lists in lists, of any length."""
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


# What only one of them changed is taken over. A field that both changed keeps ours, and the other
# value stands beside it as a clash. A record that one took away and the other changed stays; so
# does a stage that one took away and the other's activities stand on. The order that comes of it
# does not depend on which side is ours: of two orders the one whose keys come first leads.

CLASHES = "clashes"


@dataclass(frozen=True, slots=True)
class ShortenedFile:
    """A file from which more than half of its records were gone: what it held, and what is left."""

    base: Session
    left: Session


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: the session, and the clashes that were not in either before.

    ``kept`` are the collections and keys of what one took away and the other pointed at meanwhile.
    Where there is a ``cut``, nothing was taken away for it: somebody must be asked, and
    `taken_away` does it then.
    """

    session: Session
    clashes: tuple[Clash, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
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
    values |= {name: merger.records(name) for name in COLLECTIONS}
    needed: dict[str, set[str]] = {}
    # What stays may point at more that was taken away, such as a person at a role.
    while more := merger.still_named(Session(**values), needed):
        for name, keys in more.items():
            needed.setdefault(name, set()).update(keys)
            values[name] = merger.records(name, needed[name])
    known = {found.id for found in values[CLASHES]}
    new = tuple(found for found in merger.clashes.values() if found.id not in known)
    values[CLASHES] = (*values[CLASHES], *new)
    kept = tuple((name, key) for name in needed for key in sorted(needed[name]))
    return Merged(Session(**values), new, kept)


def say_kept(merged: Merged) -> Iterator[str]:
    """A sentence for each record that stays, as somebody points at it."""
    for name, key in merged.kept:
        info = RECORDS[name]
        record = keyed_in(merged.session, name)[key]
        called = info.name_of(record) or key
        known = (key, called) if name == "people" else (key,)
        uses = count_of(
            (pointer.collection, pointer.key)
            for pointer in pointers(merged.session)
            if name in pointer.info.to and pointer.value in known
        )
        by = f"named by {uses}" if uses else "named meanwhile"
        yield f"{info.noun.capitalize()} {excerpt(called)} stays, as it is {by}."


def merge_file(base: Session, ours: Session, theirs: Session) -> Merged:
    """Make one of ours and of what a file holds now, which may be only part of a session.

    Where more than half of the records of ``base`` are gone from the file, that was hardly
    somebody's wish: none of them is taken away, and ``cut`` says so.
    """
    held = [keyed_in(base, name).keys() for name in COLLECTIONS]
    gone = [keys - keyed_in(theirs, name) for name, keys in zip(COLLECTIONS, held, strict=True)]
    if 2 * sum(map(len, gone)) <= sum(map(len, held)):
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


class _Merger:
    """One merge while it is under way, and the clashes that it met."""

    def __init__(self, base: Session, ours: Session, theirs: Session) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._moved_by_us = _moved(base, ours)
        self._moved_by_them = _moved(base, theirs)
        self._rivals: list[Pointer] = []
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

    def still_named(self, merged: Session, needed: Mapping[str, set[str]]) -> dict[str, set[str]]:
        """The records that one took away and the other, or a rival value, points at since."""
        found: dict[str, set[str]] = {}
        for remover, other in ((self._ours, self._theirs), (self._theirs, self._ours)):
            gone = _gone(remover, merged, other)
            if not gone:
                continue
            wanted = tuple({name for name, _ in gone})
            seen = {pointer.place for pointer in pointers(remover, *wanted)}
            for pointer in chain(pointers(merged, *wanted), self._rivals):
                for name in pointer.info.to:
                    key = gone.get((name, pointer.value))
                    if key is not None and (pointer.place not in seen or pointer.field == "stage"):
                        found.setdefault(name, set()).add(key)
        return {
            name: new for name, keys in found.items() if (new := keys - needed.get(name, set()))
        }

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
            found[key] = found.get(key) or we.get(key) or they.get(key)
        if not RECORDS[name].unique:
            self._renamed_twice(name, before, we, they)
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
        found, other, clashing = _merged_record(base, ours, theirs)
        for field in clashing:
            self._note(new_conflict(name, key, field, other))
        if clashing and name in RECORDS:
            self._rivals += pointers_of(RECORDS[name], other)
        return found

    def _renamed_twice(
        self, name: str, before: dict[str, Any], we: dict[str, Any], they: dict[str, Any]
    ) -> None:
        """Where both call one record something else, both names stand, and a clash at each."""
        field = RECORDS[name].key
        for key, record in before.items():
            if key in we or key in they or record == type(record)(key):
                continue
            ours, theirs = (
                [one for new, one in side.items() if replace(one, **{field: key}) == record]
                for side in (we, they)
            )
            for one, other in ((ours, theirs), (theirs, ours)):
                if one and other and one[0] != other[0]:
                    self._note(new_conflict(name, getattr(one[0], field), field, other[0]))

    def _note(self, clash: Clash) -> None:
        # Of a clash itself there can be no clash, and an id is nothing that people disagree about.
        if clash.collection != CLASHES and clash.field != "id":
            self.clashes[clash.id] = clash


def _gone(remover: Session, merged: Session, other: Session) -> dict[tuple[str, str], str]:
    """The keys of what the other has and neither the remover nor the merged session.

    Under its collection and what a pointer may say: its key, or a person's name.
    """
    found: dict[tuple[str, str], str] = {}
    for name in TARGETS:
        there = keyed_in(merged, name).keys() | keyed_in(remover, name)
        for key, record in keyed_in(other, name).items():
            if key not in there:
                found[name, key] = key
                if name == "people":
                    found.setdefault((name, record.name), key)
    return found


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
        if key not in there or key in moved_by_us:
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
