"""What a session file may hold, as JSON Schema (2020-12), for editors that check while one types.

It is made from the dataclasses of the session and from what the reader allows, so that it says what
Offwall reads. Keys that it does not name are allowed everywhere, as Offwall keeps them. What holds
between records, such as two of one id, is left to `model.store.toml.load.loads`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin

from offwall.model.records import Session, Treatment
from offwall.model.records.fields import field_infos
from offwall.model.records.session import FORMAT, LONGEST_TEXT
from offwall.model.store.toml.record_tables import LIMITS, WHOLE, FieldSlot, slots

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TEXT, DATE = "text", "date"
"""The definitions that stand beside those of the records."""

CLEAN = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
"""Text without what could steer a terminal, in the regular expressions that JSON Schema has."""

Schema = dict[str, Any]


def schema() -> Schema:
    """The schema of a session file, as plain dictionaries and lists in the order of the file."""
    whole = _table(Session)
    whole["properties"]["format"] = {"type": "integer", "minimum": 1, "maximum": FORMAT}
    return {
        "$schema": DIALECT,
        "title": "Offwall session",
        **whole,
        "$defs": {
            TEXT: {"type": "string", "maxLength": LONGEST_TEXT, "pattern": CLEAN},
            # An editor hands a TOML date on as text.
            DATE: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            **{
                kind.__name__: _table(kind) if is_dataclass(kind) else _words(kind)
                for kind in _kinds(Session)
            },
        },
    }


def _kinds(record: type) -> Iterator[type]:
    """Each record and set of words within a record, once, the inner ones first."""
    found: dict[type, None] = {}
    for slot in slots(record).values():
        for kind in _named(slot.kind):
            found.update(dict.fromkeys(_kinds(kind) if is_dataclass(kind) else ()))
            found[kind] = None
    yield from found


def _named(kind: Any) -> Iterator[type]:
    if get_origin(kind) is tuple:
        for item in get_args(kind):
            yield from _named(item)
    elif isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, StrEnum)):
        yield kind


def _words(kind: Any) -> Schema:
    return {"description": _said(kind.__doc__), "enum": [word.value for word in kind]}


def _table(record: type) -> Schema:
    known = slots(record)
    found: Schema = {"description": _said(record.__doc__ or ""), "type": "object"}
    required = [slot for slot in known.values() if slot.required]
    # An id that is not there is made, where Offwall makes ids.
    if needed := [one.key for one in required if not field_infos(record)[one.name].letter]:
        found["required"] = needed
    found["properties"] = {key: _field(record, slot) for key, slot in known.items()}
    return found | {"additionalProperties": True}


def _field(record: type, slot: FieldSlot) -> Schema:
    found = _value(slot.kind)
    if slot.key in LIMITS:
        low, high = LIMITS[slot.key]
        found |= {"minimum": low} | ({"maximum": high} if high < WHOLE[1] else {})
    if isinstance(slot.default, str | int) and slot.default != "":
        found["default"] = str(slot.default) if isinstance(slot.default, str) else slot.default
    # The sentences of the record's description that speak of it.
    told = re.split(r"(?<=\.)\s+", record.__doc__ or "")
    if about := _said(" ".join(one for one in told if f"``{slot.name}``" in one)):
        found["description"] = about
    return found


def _value(kind: Any) -> Schema:
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is tuple:
            return {"type": "object", "additionalProperties": _value(Treatment)}
        return {"type": "array", "items": _value(item)}
    plain = {str: {"$ref": f"#/$defs/{TEXT}"}, dt.date: {"$ref": f"#/$defs/{DATE}"}}
    plain |= {bool: {"type": "boolean"}, int: {"type": "integer"}}
    return plain.get(kind) or {"$ref": f"#/$defs/{kind.__name__}"}


def _said(text: str) -> str:
    """A docstring as people read it: on one line, without its marks."""
    return " ".join(text.replace("`", "").split())
