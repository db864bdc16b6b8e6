"""What two people said differently about one field: how it is written down, taken, or dropped.

The record keeps one of the two values; the other stands beside it as a `Clash`.
"""

import tomllib
from dataclasses import is_dataclass, replace
from enum import StrEnum
from typing import Any

from model.changes import COLLECTIONS, HEADINGS, KEY_FIELDS, keyed
from model.edits import EditError
from model.ids import derive
from model.session import Clash, Session
from model.toml import plain
from model.toml.errors import MisfitError, shown
from model.toml.read import CONTROL, kept, readers
from model.toml.rules import check
from model.toml.shapes import slots
from model.toml.write import rest, to_toml

EXTRA = "extra"
"""The field of a clash about keys that Offwall does not know."""


def clash(collection: str, record: str, field: str, holder: Any) -> Clash:
    """The clash about one field, whose other value stands in ``holder``, a record like ours.

    The same clash always has the same id, so that two who meet it write it down once.
    """
    keys = {slot.name: slot.key for slot in slots(holder.__class__).values()}
    key = keys.get(field, EXTRA)
    theirs = _text(holder, key)
    known = derive("\x1f".join([collection, record, key, theirs]), "x")
    return Clash(known, collection, record, key, theirs)


def _text(holder: Any, key: str) -> str:
    if key == EXTRA:
        extra = holder.extra.thaw()
        return _escaped(rest(extra) if isinstance(holder, Session) else to_toml(extra))
    value = plain(holder).get(key, "")
    return value if isinstance(value, str) else _escaped(to_toml({key: value}))


def _escaped(text: str) -> str:
    """TOML as a text may hold it: unknown keys may hold control characters, and no text may."""
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text).strip()


def said(clash: Clash) -> str:
    """The other value as people read it; it may have several lines, and is empty for none."""
    return clash.theirs.removeprefix(f"{clash.field} = ")


def kept_value(session: Session, clash: Clash) -> str:
    """The value that the record has, said as the other one is; empty where there is no record."""
    where = session if clash.collection == EXTRA else holder(session, clash)
    text = _text(where, clash.field) if is_dataclass(where) else ""
    return text.removeprefix(f"{clash.field} = ")


def holder(session: Session, clash: Clash) -> Any:
    """The record or the heading that a clash is about, or None."""
    if clash.collection in COLLECTIONS:
        return keyed(clash.collection, getattr(session, clash.collection)).get(clash.record)
    return getattr(session, clash.collection) if clash.collection in HEADINGS else None


def about(session: Session, collection: str, record: str) -> tuple[Clash, ...]:
    """The clashes about one record."""
    return tuple(
        found
        for found in session.clashes
        if found.collection == collection and found.record == record
    )


def take(session: Session, clash: str) -> Session:
    """Put the other value in the place of ours, and forget the clash.

    Raises `EditError` where the record has gone or cannot hold the value.
    """
    found = _the_clash(session, clash)
    try:
        new = replace(session, **{found.collection: _with_theirs(session, found)})
        check(new)
    except MisfitError as bad:
        raise EditError(
            f"The other value of {shown(found.field)} {bad.says}, so it cannot be taken."
            " Drop it (D), or correct it in the file."
        ) from None
    return drop(new, clash)


def drop(session: Session, clash: str) -> Session:
    """Keep ours, and forget the other value. Raises `EditError` where that was done already."""
    gone = _the_clash(session, clash)
    return replace(session, clashes=tuple(one for one in session.clashes if one is not gone))


def _the_clash(session: Session, clash: str) -> Clash:
    for found in session.clashes:
        if found.id == clash:
            return found
    raise EditError("That was settled already; there is nothing more to take.")


def _with_theirs(session: Session, found: Clash) -> Any:
    """The collection or the heading that the clash is about, with the other value."""
    if found.collection == EXTRA:
        return kept(_table(found.theirs), rest)
    old = holder(session, found)
    if not is_dataclass(old):
        raise EditError(
            "What the two values are about is no longer in the session. Drop the other one (D)."
        )
    new = _changed(old, found)
    if found.collection in HEADINGS:
        return new
    return tuple(new if one is old else one for one in getattr(session, found.collection))


def _changed(record: Any, found: Clash) -> Any:
    if found.field == EXTRA:
        return replace(record, extra=kept(_table(found.theirs)))
    slot, read = readers(record.__class__).get(found.field, (None, None))
    if slot is None or read is None or slot.name == KEY_FIELDS.get(found.collection, "id"):
        raise MisfitError("is of a field that no record of its kind may change", "")
    if not found.theirs and not slot.required:
        return replace(record, **{slot.name: slot.default})
    words = slot.kind is str or (isinstance(slot.kind, type) and issubclass(slot.kind, StrEnum))
    raw = found.theirs if words else _table(found.theirs).get(slot.key)
    return replace(record, **{slot.name: read(raw)})


def _table(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        raise MisfitError("is not TOML", "") from None
