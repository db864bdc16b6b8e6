"""From the text of a session file to a `Session`, or to a sentence that says what is wrong."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from model.session import Session
from model.toml.bounds import check_bounds, long_number
from model.toml.errors import MisfitError, Path, SessionFileError, shown
from model.toml.places import scan
from model.toml.read import kept, read_record
from model.toml.rules import check, check_format, with_ids
from model.toml.shapes import slots
from model.toml.write import rest

SINGULAR: Mapping[str, str] = MappingProxyType(
    {
        "people": "person",
        "stages": "stage",
        "roles": "role",
        "words": "word",
        "activities": "activity",
        "issues": "issue",
        "topics": "topic",
        "tiers": "tier",
        "meetings": "meeting",
        "actions": "action",
        "documents": "document",
        "remarks": "remark",
        "photos": "photo",
        "clashes": "clash",
    }
)
"""What one record of each collection is called."""

NAMES = ("id", "code", "name", "say", "text")
"""By which of its keys an error calls a record, the first that it has."""


def loads(text: str) -> Session:
    """Read the text of a session file.

    A file without ``format`` is of format 1. Raises `SessionFileError` where the text is not TOML,
    is of a newer format, or holds what no session can: one sentence for the user.
    """
    check_bounds(text)
    raw = _parsed(text)
    try:
        check_format(raw)
        session = _session(with_ids(raw))
        check(session)
    except MisfitError as bad:
        raise _located(bad, text, raw) from None
    return session


def _session(raw: dict[str, Any]) -> Session:
    known = slots(Session)
    session: Session = read_record(Session, {key: raw[key] for key in raw if key in known})
    extra = {key: raw[key] for key in raw if key not in known}
    return replace(session, extra=kept(extra, rest)) if extra else session


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise SessionFileError("lists stand too deep within lists; make it simpler.") from None
    except ValueError as error:
        # Besides its own error, tomllib lets through that of a number with too many digits.
        raise _not_toml(str(error), text) from None


def _not_toml(error: str, text: str) -> SessionFileError:
    told = re.fullmatch(
        r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", error, re.DOTALL
    )
    if told is None:
        return _number(text)
    places = scan(text)
    line = int(told[2]) if told[2] else places.unclosed
    where = f" at column {told[3]}" if told[3] else ", as what begins here does not end"
    reason = told[1][:1].lower() + shown(told[1][1:])
    return SessionFileError(
        f"this is not TOML{where} ({reason}); correct it: text stands in quotes, and every quote"
        " and bracket is closed.",
        line,
        _called(places.record_at(line), {}) if line else "",
    )


def _number(text: str) -> SessionFileError:
    line = long_number(text)
    record = _called(scan(text).record_at(line), {}) if line else ""
    return SessionFileError("a number has too many digits; put it in quotes.", line, record)


def _located(bad: MisfitError, text: str, raw: dict[str, Any]) -> SessionFileError:
    places = scan(text)
    record = record_path(bad.path, raw)
    field = ", ".join(
        str(step + 1) if isinstance(step, int) else shown(step) for step in bad.path[len(record) :]
    )
    other = ""
    if bad.other:
        other = f" {_called(bad.other, raw)} on line {places.line(bad.other)}"
    message = f"{field or 'it'} {bad.says}{other}; {bad.remedy}."
    return SessionFileError(message, places.line(bad.path), _called(record, raw))


def record_path(path: Path, raw: Mapping[str, Any]) -> Path:
    """The part of a path that names a record; empty for a key of the file itself."""
    if len(path) > 1 and isinstance(path[1], int):
        return path[:2]
    return path[:1] if path and isinstance(raw.get(str(path[0])), dict) else ()


def _called(record: Path, raw: Mapping[str, Any]) -> str:
    """What an error calls a record: its kind, its number in the file, and its name."""
    if len(record) < 2:
        return shown(str(record[0])) if record else ""
    collection, place = str(record[0]), int(record[1])
    number = f"{SINGULAR.get(collection, shown(collection))} {place + 1}"
    values = raw.get(collection, [])
    table = values[place] if place < len(values) and isinstance(values[place], dict) else {}
    names = (table.get(key) for key in NAMES)
    name = next((name for name in names if isinstance(name, str) and name), "")
    return f"{number} ({shown(name)})" if name else number
