"""Changes: the moves that each is made of, what differs as plain data, and undo.

A move takes a session and returns a new one, or raises `EditError` where a record is gone or a
text is too long. Undo for several recorders, the journal, merging, comparing and importing are made
of what differs. A record is known by its id, its code, its name or its path; a field by its name.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import update_wrapper
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from offwall.model.records.fields import RECORDS, ActivityId, Collection, StageId
from offwall.model.records.session import LONGEST_TEXT, Activity, Session, Stage
from offwall.model.records.text import EditError, excerpt, free_name

Record = TypeVar("Record")
Rest = ParamSpec("Rest")
T = TypeVar("T")


def once(work: Callable[Concatenate[Session, Rest], T]) -> Callable[Concatenate[Session, Rest], T]:
    """Have something worked out once for a session, and kept until it is asked of another one.

    The very same value is given back: whoever asks changes nothing in it.
    """
    kept: tuple[Session, object, T] | None = None

    def of(session: Session, /, *rest: Rest.args, **named: Rest.kwargs) -> T:
        nonlocal kept
        known, asked = kept, (rest, named)
        if known is None or known[0] is not session or known[1] != asked:
            known = kept = (session, asked, work(session, *rest, **named))
        return known[2]

    update_wrapper(of, work)
    return of


def changed(records: tuple[Record, ...], old: Record, new: Record) -> tuple[Record, ...]:
    """The records with ``new`` in the place of ``old``."""
    return tuple(new if record is old else record for record in records)


def updated(session: Session, collection: Collection, old: Any, **values: Any) -> Session:
    """The session with some fields of one record changed."""
    records: tuple[Any, ...] = getattr(session, collection)
    fields: dict[str, Any] = {collection: changed(records, old, replace(old, **values))}
    return replace(session, **fields)


def added(session: Session, collection: Collection, record: Any, after: Any = None) -> Session:
    """The session with a record put behind ``after``, or at the end."""
    records: tuple[Any, ...] = getattr(session, collection)
    place = records.index(after) + 1 if after is not None else len(records)
    fields: dict[str, Any] = {collection: (*records[:place], record, *records[place:])}
    return replace(session, **fields)


def without(session: Session, collection: Collection, gone: Any) -> Session:
    """The session with one record taken out."""
    records: tuple[Any, ...] = getattr(session, collection)
    fields: dict[str, Any] = {collection: tuple(record for record in records if record is not gone)}
    return replace(session, **fields)


def by_key(session: Session, collection: Collection, key: str) -> Any:
    """The record known by ``key``. Raises `EditError` where it is no longer there."""
    name = RECORDS[collection].key
    for record in getattr(session, collection):
        if getattr(record, name) == key:
            return record
    raise EditError(f"That is no longer in the session ({collection}). Undo brings it back.")


def the_activity(session: Session, activity: ActivityId) -> Activity:
    """The activity of that id. Raises `EditError` where it is no longer there."""
    found = session.activity_by_id.get(activity)
    if found is None:
        raise EditError("That activity is no longer in the session. Undo (u) brings it back.")
    return found


def the_stage(session: Session, stage: StageId) -> Stage:
    """The stage of that id. Raises `EditError` where there is none."""
    found = session.stage_by_id.get(stage)
    if found is None:
        raise EditError(f"There is no stage {excerpt(stage)}. Add it under set up (0).")
    return found


def put_beside(
    session: Session, collection: Collection, key: str, other: str, *, before: bool = False
) -> Session:
    """The session with a record right behind another of its collection, or before it; at the end
    where the other is not there. Raises `EditError` where the record itself is not.
    """
    record = by_key(session, collection, key)
    records = [one for one in getattr(session, collection) if one is not record]
    keys = [record.id for record in records]
    records.insert(keys.index(other) + (not before) if other in keys else len(keys), record)
    fields: dict[str, Any] = {collection: tuple(records)}
    return replace(session, **fields)


# Lists that are gone through round and round.


def behind(records: Sequence[Record], key: str) -> tuple[Record, ...]:
    """The records as one comes to them behind the one of that id, round to it again at last."""
    keys = list(map(attrgetter("id"), records))
    place = keys.index(key) + 1 if key in keys else 0
    return (*records[place:], *records[:place])


def following(order: Sequence[Record], now: Record) -> Record:
    """What comes after ``now``, and the first after the last."""
    return order[(order.index(now) + 1) % len(order)]


# How long a text may become: every change is held to it before it is made.


def check_lengths(old: Session, new: Session) -> None:
    """Raise `EditError` where a text that the change made is too long to be read again."""
    for field in fields(Session):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if after is before:
            continue
        if isinstance(after, tuple) and isinstance(before, tuple):
            known = set(map(id, before))
            after = tuple(record for record in after if id(record) not in known)
        for text in _texts(after):
            if len(text) > LONGEST_TEXT:
                raise EditError(
                    f"{excerpt(text)} would have {len(text):,} characters; a text may have"
                    f" {LONGEST_TEXT:,}. Shorten it, or put the rest elsewhere."
                )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "extra":
                yield from _texts(getattr(value, field.name))


# What differs between two sessions, as plain data, and how it is applied to a third.

MADE_IDS = {name: info.letter for name, info in RECORDS.items() if info.letter}
"""The collections whose records have an id that Offwall makes, and the letter it begins with."""

COLLECTIONS: tuple[Collection, ...] = tuple(
    RECORDS[one.name].collection
    for one in fields(Session)
    if isinstance(getattr(Session(), one.name), tuple)
)
"""The fields of a session that hold records in order."""

HEADINGS = tuple(name.name for name in fields(Session) if name.name not in COLLECTIONS)
"""The fields of a session that hold one value: the workshop, the board, the clock."""

FEW = 100
"""Records that are looked at one by one before all are taken by their keys."""

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
    for name in (*HEADINGS, *COLLECTIONS):
        before, after = getattr(old, name), getattr(new, name)
        if before is after or before == after:
            continue
        if name in COLLECTIONS:
            here = _in_place(name, before, after)
            if here is None:
                here = _records(name, keyed(name, before), keyed(name, after))
            changes += here
        elif before is None or after is None or name in ("format", "extra"):
            changes.append(Change(name, "", RECORD, before, after))
        else:
            changes += _fields(name, "", before, after)
    return tuple(changes)


def _in_place(
    name: str, before: tuple[Any, ...], after: tuple[Any, ...]
) -> Iterable[Change] | None:
    """What differs where records were changed and no more; None where that is not to be seen at
    once. Most changes are of one record, and there may be thousands.
    """
    others = [pair for pair in zip(before, after, strict=False) if pair[0] is not pair[1]]
    known_by = attrgetter(RECORDS[name].key)
    old, new = [known_by(one) for one, _ in others], [known_by(one) for _, one in others]
    if len(before) != len(after) or len(others) > FEW or old != new:
        return None
    wanted = set(old)
    if sum(known_by(one) in wanted for one in before) > len(others):
        return None  # one that is called alike is known by a number
    return (change for one, now in others for change in _fields(name, known_by(one), one, now))


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
    kept, common = [key for key in old if key in new], [key for key in new if key in old]
    if kept == common:  # nothing moved, as after most changes
        stay = set(common)
    else:
        rank = {key: place for place, key in enumerate(kept)}
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


# Undo and redo: the values a session has had, each with the name of the change that made it.

SessionChange = Callable[[Session], Session]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A value that was left, the label of the change that left it, and on which screen."""

    label: str
    session: Session
    where: str = ""


@dataclass(frozen=True)
class UndoHistory:
    """The session now, what came before it and what was undone. Both lists end nearest to now."""

    session: Session
    past: tuple[UndoStep, ...] = ()
    future: tuple[UndoStep, ...] = ()

    def do(self, label: str, change: SessionChange, where: str = "") -> "UndoHistory":
        """Make a change. One that changes nothing leaves no step; what was undone is forgotten."""
        session = change(self.session)
        if session == self.session:
            return self
        return UndoHistory(session, (*self.past, UndoStep(label, self.session, where)))

    def undo(self) -> "UndoHistory":
        """Take the last change back; nothing happens where there is none."""
        if not self.past:
            return self
        *past, last = self.past
        future = (*self.future, replace(last, session=self.session))
        return UndoHistory(last.session, tuple(past), future)

    def redo(self) -> "UndoHistory":
        """Make the last undone change again."""
        if not self.future:
            return self
        *future, last = self.future
        past = (*self.past, replace(last, session=self.session))
        return UndoHistory(last.session, past, tuple(future))

    def everywhere(self, change: SessionChange) -> "UndoHistory":
        """Apply what another recorder or the clock changed to every value that is kept.

        Undo then takes back one's own change and nothing that somebody else wrote.
        """
        return UndoHistory(
            change(self.session),
            tuple(replace(step, session=change(step.session)) for step in self.past),
            tuple(replace(step, session=change(step.session)) for step in self.future),
        )

    def taken_over(self, label: str, change: SessionChange) -> "UndoHistory":
        """Make a change of somebody else's that undo takes back; what was undone stays so."""
        future = tuple(replace(step, session=change(step.session)) for step in self.future)
        past = (*self.past, UndoStep(label, self.session))
        return UndoHistory(change(self.session), past, future)

    @property
    def undoable(self) -> str:
        """The name of what `undo` would take back, or nothing."""
        return self.past[-1].label if self.past else ""

    @property
    def redoable(self) -> str:
        """The name of what `redo` would make again, or nothing."""
        return self.future[-1].label if self.future else ""
