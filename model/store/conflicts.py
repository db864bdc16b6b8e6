"""A conflict: what two people wrote differently into one field; how it is kept, taken or
dropped.
"""

from collections.abc import Sequence
from dataclasses import is_dataclass, replace
from enum import StrEnum
from typing import Any

from offwall.model.records import EditError, Session, derive
from offwall.model.records.changes import COLLECTIONS, HEADINGS, keyed_in
from offwall.model.records.fields import RECORDS
from offwall.model.records.session import Clash
from offwall.model.records.text import CONTROL
from offwall.model.records.uses import records_of, renamed_documents
from offwall.model.store.toml.record_tables import (
    MisfitError,
    check_records,
    parse_toml,
    plain,
    quoted_text,
    readers,
    slots,
    to_toml,
    unknown_keys,
    unknown_keys_text,
)

EXTRA = "extra"
"""The field of a clash about keys that Offwall does not know."""


def new_conflict(collection: str, record: str, field: str, holder: Any) -> Clash:
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
        text = unknown_keys_text(extra) if isinstance(holder, Session) else to_toml(extra)
    else:
        value = plain(holder).get(key, "")
        if isinstance(value, str):
            return value
        text = to_toml({key: value})
    # Unknown keys may hold control characters, and no text may.
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text).strip()


def theirs_in_words(clash: Clash) -> str:
    """The other value as people read it; it may have several lines, and is empty for none."""
    return clash.theirs.removeprefix(f"{clash.field} = ")


def ours_in_words(session: Session, clash: Clash) -> str:
    """The value that the record has, said as the other one is; empty where there is no record."""
    where = session if clash.collection == EXTRA else record_in_conflict(session, clash)
    text = _text(where, clash.field) if is_dataclass(where) else ""
    return text.removeprefix(f"{clash.field} = ")


def signed(session: Session, clashes: Sequence[Clash], by: str, theirs_by: str) -> Session:
    """The session whose new clashes say who said what; where that is not known, as it is."""
    told = {
        clash.id: replace(clash, by=by, theirs_by=theirs_by, ours=ours_in_words(session, clash))
        for clash in clashes
        if by and theirs_by and not _is_name(clash)
    }
    if not told:
        return session
    return replace(session, clashes=tuple(told.get(clash.id, clash) for clash in session.clashes))


def record_in_conflict(session: Session, clash: Clash) -> Any:
    """The record or the heading that a clash is about, or None."""
    if clash.collection in COLLECTIONS:
        return keyed_in(session, clash.collection).get(clash.record)
    return getattr(session, clash.collection) if clash.collection in HEADINGS else None


def conflicts_about(session: Session, activity: str) -> tuple[Clash, ...]:
    """The clashes about one activity."""
    known = ("activities", activity)
    return tuple(clash for clash in session.clashes if (clash.collection, clash.record) == known)


def take_theirs(session: Session, clash: str) -> Session:
    """Put the other value in the place of ours, and forget the clash.

    Raises `EditError` where the record has gone or cannot hold the value.
    """
    found = _the_conflict(session, clash)
    if _is_name(found):
        return _under_one_name(session, found, found.theirs)
    try:
        new = replace(session, **{found.collection: _with_theirs(session, found)})
        check_records(new)
    except MisfitError as bad:
        raise EditError(
            f"The other value of {quoted_text(found.field)} {bad.says}, so it cannot be taken."
            " Drop it (D), or correct it in the file."
        ) from None
    return keep_ours(new, clash)


def keep_ours(session: Session, clash: str) -> Session:
    """Keep ours, and forget the other value. Raises `EditError` where that was done already."""
    gone = _the_conflict(session, clash)
    if _is_name(gone):
        return _under_one_name(session, gone, gone.record)
    return replace(session, clashes=tuple(clash for clash in session.clashes if clash is not gone))


def _is_name(clash: Clash) -> bool:
    """Whether two called one document, or one word, something else: both names stand."""
    info = RECORDS.get(clash.collection)
    return info is not None and bool(info.key) and not info.unique and clash.field == info.key


def _under_one_name(session: Session, clash: Clash, name: str) -> Session:
    """The session with one record in the place of the two, and without both clashes about it."""
    both = {clash.record, clash.theirs}
    [gone] = both - {name}
    clashes = tuple(
        clash
        for clash in session.clashes
        if not (_is_name(clash) and {clash.record, clash.theirs} == both)
    )
    session = replace(session, clashes=clashes)
    if clash.collection == "documents":
        return renamed_documents(session, {gone: name})
    return replace(session, words=tuple(word for word in session.words if word.say != gone))


def _the_conflict(session: Session, clash: str) -> Clash:
    if found := next((one for one in session.clashes if one.id == clash), None):
        return found
    raise EditError("That was settled already; there is nothing more to take.")


def _with_theirs(session: Session, clash: Clash) -> Any:
    """The collection or the heading that the clash is about, with the other value."""
    if clash.collection == EXTRA:
        return unknown_keys(_table(clash.theirs), unknown_keys_text)
    old = record_in_conflict(session, clash)
    if not is_dataclass(old):
        raise EditError(
            "What the two values are about is no longer in the session. Drop the other one (D)."
        )
    new = _changed(old, clash)
    if clash.collection in HEADINGS:
        return new
    records = records_of(session, RECORDS[clash.collection].collection)
    return tuple(new if record is old else record for record in records)


def _changed(record: Any, clash: Clash) -> Any:
    if clash.field == EXTRA:
        return replace(record, extra=unknown_keys(_table(clash.theirs)))
    slot, read = readers(record.__class__).get(clash.field, (None, None))
    info = RECORDS.get(clash.collection)
    if slot is None or read is None or (info and slot.name == info.key):
        raise MisfitError("is of a field that no record of its kind may change", "")
    if not clash.theirs and not slot.required:
        return replace(record, **{slot.name: slot.default})
    words = slot.kind is str or (isinstance(slot.kind, type) and issubclass(slot.kind, StrEnum))
    raw = clash.theirs if words else _table(clash.theirs).get(slot.key)
    return replace(record, **{slot.name: read(raw)})


def _table(text: str) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except (ValueError, RecursionError):
        raise MisfitError("is not TOML", "") from None
