"""The few moves that every change to a session is made of: find, put, change and remove a record.

Each takes a session and returns a new one; raises `EditError` where a record is gone or a text
is too long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from operator import attrgetter
from typing import Any, TypeVar

from offwall.model.records.fields import Collection
from offwall.model.records.ids import ActivityId, StageId
from offwall.model.records.session import LONGEST_TEXT, Activity, Session, Stage
from offwall.model.records.text import EditError, excerpt

Record = TypeVar("Record")


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


def by_key(session: Session, collection: Collection, key: str, attribute: str = "id") -> Any:
    """The record known by ``key``. Raises `EditError` where it is no longer there."""
    for record in getattr(session, collection):
        if getattr(record, attribute) == key:
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


def put_record(
    session: Session, collection: Collection, record: Any, beside: str = "", before: bool = False
) -> Session:
    """The session with a record after (or before) the one of id ``beside``; else at the end."""
    records: tuple[Any, ...] = getattr(session, collection)
    keys = [known.id for known in records]
    place = keys.index(beside) + (not before) if beside in keys else len(keys)
    fields: dict[str, Any] = {collection: (*records[:place], record, *records[place:])}
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
        for text in _texts_of(before, after):
            if len(text) > LONGEST_TEXT:
                raise EditError(
                    f"{excerpt(text)} would have {len(text):,} characters; a text may have"
                    f" {LONGEST_TEXT:,}. Shorten it, or put the rest elsewhere."
                )


def _texts_of(before: Any, after: Any) -> Iterator[str]:
    """The texts of what is in ``after`` and not, as the very same value, in ``before``."""
    if isinstance(after, tuple) and isinstance(before, tuple):
        known = set(map(id, before))
        after = tuple(record for record in after if id(record) not in known)
    yield from _texts(after)


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
