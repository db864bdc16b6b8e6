"""Where a record stands in its list: put beside another, moved up or down."""

from dataclasses import replace
from typing import Any

from model.edits.records import by_key, shifted
from model.session import Session

KNOWN_BY = {"roles": "code"}
"""What the records of a list are known by, where that is not their id."""


def key_of(collection: str, record: Any) -> str:
    """What a record of this list is known by."""
    return str(getattr(record, KNOWN_BY.get(collection, "id")))


def found(session: Session, collection: str, key: str) -> Any:
    """The record of that key. Raises `EditError` where it is no longer there."""
    return by_key(session, collection, key, KNOWN_BY.get(collection, "id"))


def put(
    session: Session, collection: str, record: Any, beside: str = "", before: bool = False
) -> Session:
    """The session with a record after (or before) the one of key ``beside``; else at the end."""
    records: tuple[Any, ...] = getattr(session, collection)
    keys = [key_of(collection, known) for known in records]
    place = keys.index(beside) + (not before) if beside in keys else len(keys)
    fields: dict[str, Any] = {collection: (*records[:place], record, *records[place:])}
    return replace(session, **fields)


def move(session: Session, collection: str, key: str, by: int) -> Session:
    """The session with a record moved down (``by`` 1) or up (-1). Raises `EditError` at an end."""
    return shifted(session, collection, found(session, collection, key), by)
