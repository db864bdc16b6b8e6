"""Which fields name a role or a person, so that a new name reaches all of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from offwall.model.records.session import Session
from offwall.model.records.text import counted

PointerFields = Mapping[str, tuple[str, ...]]
"""The fields, under the name of the list whose records have them, or ``board``."""

TO_ROLE: PointerFields = {
    "activities": ("lead", "also", "accountable", "consulted", "informed", "decided_by"),
    "stages": ("accountable",),
    "people": ("role",),
    "actions": ("owner", "helper"),
    "documents": ("owner",),
    "board": ("chair", "members"),
}
"""Where a role stands by its code."""

TO_PERSON: PointerFields = {"actions": ("owner", "helper"), "board": ("chair", "members")}
"""Where a person stands, by id or by name."""

NAMES_PERSON: PointerFields = {**TO_PERSON, "issues": ("raised_by",), "photos": ("taken_by",)}
"""Where a person's name may stand as words."""

_NOUNS = {
    "activities": ("activity", "activities"),
    "stages": ("stage", "stages"),
    "people": ("person", "people"),
    "actions": ("action", "actions"),
    "documents": ("document", "documents"),
}


def repoint(session: Session, fields: PointerFields, old: str, new: str) -> Session:
    """The session with ``new`` wherever one of the fields says ``old``."""
    values: dict[str, Any] = {}
    for collection, names in fields.items():
        records = tuple(_with(record, names, old, new) for record in _records(session, collection))
        values[collection] = next(iter(records), None) if collection == "board" else records
    return replace(session, **values)


def describe_uses(session: Session, fields: PointerFields, *keys: str) -> str:
    """How often one of ``keys`` stands in the fields: ``3 activities, the board``; or nothing."""
    found = []
    for collection, names in fields.items():
        number = sum(
            any(_names(getattr(record, name), key) for name in names for key in keys)
            for record in _records(session, collection)
        )
        if number:
            board = collection == "board"
            found.append("the board" if board else counted(number, *_NOUNS[collection]))
    return ", ".join(found)


def _records(session: Session, collection: str) -> tuple[Any, ...]:
    if collection == "board":
        return (session.board,) if session.board else ()
    return tuple(getattr(session, collection))


def _names(value: str | tuple[str, ...], key: str) -> bool:
    return key in value if isinstance(value, tuple) else key == value


def _with(record: Any, names: tuple[str, ...], old: str, new: str) -> Any:
    values = {
        name: _changed(getattr(record, name), old, new)
        for name in names
        if _names(getattr(record, name), old)
    }
    return replace(record, **values) if values else record


def _changed(value: str | tuple[str, ...], old: str, new: str) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return new
    return tuple(dict.fromkeys(new if said == old else said for said in value))
