"""What differs between two sessions, as plain data, and how to apply it to a third.

Undo for several recorders, the journal, merging, comparing and importing are all made of these.
A record is known by its id, its code, its name or its path; a field of it by its name.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from offwall.model.records.fields import RECORDS, Collection
from offwall.model.records.session import Session
from offwall.model.records.text import free_name

MADE_IDS = {info.collection: info.letter for info in RECORDS.values() if info.letter}
"""The collections whose records have an id that Offwall makes, and the letter it begins with."""

COLLECTIONS: tuple[Collection, ...] = tuple(
    RECORDS[one.name].collection
    for one in fields(Session)
    if isinstance(getattr(Session(), one.name), tuple)
)
"""The fields of a session that hold records in order."""

HEADINGS = tuple(name.name for name in fields(Session) if name.name not in COLLECTIONS)
"""The fields of a session that hold one value: the workshop, the board, the clock."""

RECORD = ""
"""The field of a change that adds or removes a whole record."""

PLACE = "*"
"""The field of a change that moves a record."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record, from ``old`` to ``new``.

    ``field`` is `RECORD` where a record is added (``old`` is None) or removed (``new`` is None),
    and `PLACE` where it is moved. ``after`` is the key of the record that it then stands after,
    empty for the first place; only additions and moves use it.
    """

    collection: str
    key: str
    field: str
    old: Any
    new: Any
    after: str = ""


def keyed(collection: str, records: Iterable[Any]) -> dict[str, Any]:
    """The records under what each is known by; a second one of a name gets a number."""
    return keyed_by(RECORDS[collection].key, records)


def keyed_in(session: Session, collection: str) -> dict[str, Any]:
    """The records of one of the session's collections, in order, as `keyed` has them."""
    return keyed(collection, getattr(session, collection))


def keyed_by(attribute: str, records: Iterable[Any]) -> dict[str, Any]:
    """The records under a field of each; a second one that says the same gets a number."""
    found: dict[str, Any] = {}
    for record in records:
        key = getattr(record, attribute)
        found[free_name(key, found, "#") if key in found else key] = record
    return found


def diff(old: Session, new: Session) -> tuple[Change, ...]:
    """What turns ``old`` into ``new``: ``apply(old, diff(old, new)) == new``."""
    changes: list[Change] = []
    for name in HEADINGS:
        changes += _heading(name, getattr(old, name), getattr(new, name))
    for name in COLLECTIONS:
        before, after = getattr(old, name), getattr(new, name)
        if before is not after and before != after:
            changes += _records(name, keyed(name, before), keyed(name, after))
    return tuple(changes)


def _heading(name: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if old is None or new is None or name in ("format", "extra"):
        yield Change(name, "", RECORD, old, new)
    else:
        yield from _fields(name, "", old, new)


def _fields(collection: str, key: str, old: Any, new: Any) -> Iterator[Change]:
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield Change(collection, key, field.name, before, after)


def _records(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key, record in old.items():
        if key not in new:
            yield Change(name, key, RECORD, record, None)
    yield from _placed(name, old, new)
    for key, record in new.items():
        if key in old and old[key] is not record and old[key] != record:
            yield from _fields(name, key, old[key], record)


def _placed(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Additions and moves, in the new order, so that each finds the one before it in place."""
    rank = {key: place for place, key in enumerate(key for key in old if key in new)}
    common = [key for key in new if key in old]
    stay = {common[index] for index in _longest_rise([rank[key] for key in common])}
    before = ""
    for key, record in new.items():
        if key not in old:
            yield Change(name, key, RECORD, None, record, before)
        elif key not in stay:
            yield Change(name, key, PLACE, None, None, before)
        before = key


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """The places of a longest rising run: what can stay where it is while the others move."""
    ends: list[int] = []
    tails: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(ends[length - 1] if length else -1)
        ends[length:] = [place, *ends[length + 1 :]]
        tails[length:] = [number, *tails[length + 1 :]]
    place = ends[-1] if ends else -1
    while place >= 0:
        yield place
        place = previous[place]


def apply(session: Session, changes: Iterable[Change]) -> Session:
    """Make the changes on a session that may differ from the one they were taken from.

    A change of a record that is not there is passed over; a record that is already there is not
    added twice; one whose neighbour is gone goes to the end.
    """
    by_collection: dict[str, list[Change]] = {}
    for change in changes:
        by_collection.setdefault(change.collection, []).append(change)
    values: dict[str, Any] = {
        name: (_apply_records if name in COLLECTIONS else _apply_heading)(
            name, getattr(session, name), found
        )
        for name, found in by_collection.items()
    }
    return replace(session, **values) if values else session


def _apply_heading(name: str, value: Any, changes: list[Change]) -> Any:
    for change in changes:
        if change.field == RECORD:
            value = change.new
        elif value is not None:
            value = replace(value, **{change.field: change.new})
    return value


def _apply_records(name: str, records: tuple[Any, ...], changes: list[Change]) -> tuple[Any, ...]:
    found = keyed(name, records)
    order = list(found)
    for change in changes:
        if change.field == RECORD and change.old is None:
            _place(order, change)
            found.setdefault(change.key, change.new)
        elif change.key not in found:
            continue
        elif change.field == RECORD:
            order.remove(change.key)
            del found[change.key]
        elif change.field == PLACE:
            _place(order, change)
        else:
            found[change.key] = replace(found[change.key], **{change.field: change.new})
    return tuple(found[key] for key in order)


def _place(order: list[str], change: Change) -> None:
    if change.key in order:
        if change.field == RECORD:
            return
        order.remove(change.key)
    if not change.after:
        order.insert(0, change.key)
    elif change.after in order:
        order.insert(order.index(change.after) + 1, change.key)
    else:
        order.append(change.key)
