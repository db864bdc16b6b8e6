"""From the text of a session file to a `Session`, or to a sentence that says what is wrong and
where.

What would take the reader for ever is looked at before the text is read as TOML.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from offwall.model.records import Session
from offwall.model.records.fields import RECORDS, singular
from offwall.model.store.toml.read import (
    MisfitError,
    Path,
    SessionFileError,
    check_format,
    check_records,
    parse_in_parts,
    place_in_words,
    quoted_text,
    read_record,
    unknown_keys,
    with_ids,
)
from offwall.model.store.toml.write import slots, unknown_keys_text

if TYPE_CHECKING:
    from offwall.model.store.toml.record_lines import LineMap

# A file of 20 MB is soon read, unless it is made to harm: a key of a million parts takes the reader
# hours, a million tables a gigabyte.

PARTS = 100
"""Parts of a dotted key; Offwall's own have two."""

SPACED = 1_000
"""The same where blanks stand between the parts."""

BRACKETS = 500_000
"""Lists and tables in a file; 20,000 activities have some 240,000."""

DIGITS = 4_300
"""Digits of a number that Python reads; more it refuses, as reading them takes too long."""

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_KEY = re.compile(
    rf"""(?<![\w.\-"' \t])[ \t]*+\[{{0,2}}+[ \t]*+"""
    rf"(?:(?:{_PART}\.){{{PARTS}}}|(?:{_PART}[ \t]*+\.[ \t]*+){{{SPACED}}})"
)
"""Text may hold a hundred words with a full stop behind each; no text a thousand on one line."""

_NUMBER = re.compile(rf"(?<![\w.])[+-]?[\d_]{{{DIGITS},}}")


def check_bounds(text: str) -> None:
    """Raise `SessionFileError` for what would take the reader too long, or too much memory."""
    if text.count("[") + text.count("{") > BRACKETS:
        raise SessionFileError(f"it holds more than {BRACKETS:,} lists and tables; split it.")
    # Few lines have as many stops as such a key, and there are far fewer stops than lines.
    between = "".join("\n" if "\n" in part else "." for part in text.split("."))
    if "." * (PARTS - 1) in between and (long := _KEY.search(text)):
        line = text.count("\n", 0, long.start()) + 1
        raise SessionFileError(f"a key has more than {PARTS} parts; make it simpler.", line)


def long_number(text: str) -> int | None:
    """The line of a number that has too many digits to be read."""
    found = _NUMBER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


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
        check_records(session)
    except MisfitError as bad:
        raise _located(bad, text, raw) from None
    return session


def _session(raw: dict[str, Any]) -> Session:
    known = slots(Session)
    session: Session = read_record(Session, {key: raw[key] for key in raw if key in known})
    extra = {key: raw[key] for key in raw if key not in known}
    return replace(session, extra=unknown_keys(extra, unknown_keys_text)) if extra else session


def _lines_of(text: str) -> "LineMap":
    """Where what stands; only what is wrong is looked up there."""
    from offwall.model.store.toml.record_lines import map_lines

    return map_lines(text)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return parse_in_parts(text.removeprefix("\ufeff"))
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
    places = _lines_of(text)
    line = int(told[2]) if told[2] else places.unclosed
    where = f" at column {told[3]}" if told[3] else ", as what begins here does not end"
    reason = told[1][:1].lower() + quoted_text(told[1][1:])
    return SessionFileError(
        f"this is not TOML{where} ({reason}); correct it: text stands in quotes, and every quote"
        " and bracket is closed.",
        line,
        _called(places.record_at(line), {}) if line else "",
    )


def _number(text: str) -> SessionFileError:
    line = long_number(text)
    record = _called(_lines_of(text).record_at(line), {}) if line else ""
    return SessionFileError("a number has too many digits; put it in quotes.", line, record)


def _located(bad: MisfitError, text: str, raw: dict[str, Any]) -> SessionFileError:
    places = _lines_of(text)
    record = record_path(bad.path, raw)
    field = place_in_words(bad.path[len(record) :])
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
        return quoted_text(str(record[0])) if record else ""
    collection, place = str(record[0]), int(record[1])
    number = f"{singular(quoted_text(collection))} {place + 1}"
    values = raw.get(collection, [])
    table = values[place] if place < len(values) and isinstance(values[place], dict) else {}
    info = RECORDS.get(collection)
    names = (table.get(key) for key in ((info.key, *info.called) if info else ()))
    name = next((name for name in names if isinstance(name, str) and name), "")
    return f"{number} ({quoted_text(name)})" if name else number
