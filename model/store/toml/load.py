"""From the text of a session file to a `Session`, or to a sentence that says what is wrong and
where.

What would take the reader for ever is looked at before the text is read as TOML.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from offwall.model.records import Session, derive
from offwall.model.records.changes import MADE_IDS
from offwall.model.records.fields import RECORDS, singular
from offwall.model.records.session import FORMAT
from offwall.model.store.toml.record_tables import (
    MisfitError,
    Path,
    check_records,
    parse_toml,
    quoted_text,
    read_record,
    short_number,
    slots,
    unknown_keys,
    unknown_keys_text,
)


class SessionFileError(ValueError):
    """A session file that cannot be read, as one sentence for the user.

    ``line`` is counted from 1, and is None where no line is to blame; ``record`` names the record,
    such as ``activity 3 (a-7f3k2m9p)``, and is empty where the whole file is meant; ``message``
    says what is wrong and what to do.
    """

    def __init__(self, message: str, line: int | None = None, record: str = "") -> None:
        self.message = message
        self.line = line
        self.record = record
        super().__init__(self.named(""))

    def named(self, file: str) -> str:
        """The sentence with the file's name before it, or without where that is empty."""
        line = "" if self.line is None else f"line {self.line}"
        where = ", ".join(part for part in (file, line, self.record) if part)
        return f"{where}: {self.message}" if where else self.message


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


PART = 20_000
"""Characters that are read in one go, about. What is compiled lets no other thread go on before it
is done: for 10,000 activities at once, a key that comes meanwhile waits a fifth of a second.
"""


def parse_in_parts(text: str, size: int = PART) -> dict[str, Any]:
    """What a text holds as TOML, read part by part. Raises ValueError as `parse_toml` does.

    A part begins where a line begins with two brackets. Where that is no header, but within a text
    or a list, the part before it does not end and cannot be read. Behind a header a part gives to
    the file lists of tables, or what no other part speaks of; of any other text, and of one that
    cannot be read, all is read in one go.
    """
    try:
        found = parse_toml(text[: (at := text.find("\n[[") + 1)])
        first = frozenset(found)
        while at < len(text):
            end = text.find("\n[[", at + size) + 1 or len(text)
            for key, value in parse_toml(text[at:end]).items():
                before = found.setdefault(key, value)
                if before is value:
                    continue
                if key in first or not (isinstance(before, list) and isinstance(value, list)):
                    return parse_toml(text)
                before += value
            at = end
    except ValueError:
        return parse_toml(text)
    return found


def loads(text: str) -> Session:
    """Read the text of a session file.

    A file without ``format`` is of format 1. Raises `SessionFileError` where the text is not TOML,
    is of a newer format, or holds what no session can: one sentence for the user.
    """
    check_bounds(text)
    try:
        raw = parse_in_parts(text.removeprefix("\ufeff"))
    except RecursionError:
        raise SessionFileError("lists stand too deep within lists; make it simpler.") from None
    except ValueError as error:
        # Besides its own error, tomllib lets through that of a number with too many digits.
        raise _not_toml(str(error), text) from None
    try:
        check_format(raw)
        known = slots(Session)
        whole = with_ids({key: raw[key] for key in raw if key in known})
        session: Session = read_record(Session, whole)
        if extra := {key: raw[key] for key in raw if key not in known}:
            session = replace(session, extra=unknown_keys(extra, unknown_keys_text))
        check_records(session)
    except MisfitError as bad:
        raise _located(bad, text, raw) from None
    return session


def _not_toml(error: str, text: str) -> SessionFileError:
    from offwall.model.store.toml.record_lines import map_lines

    told = re.fullmatch(
        r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", error, re.DOTALL
    )
    places = map_lines(text)
    if told is None:
        found = _NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        record = _called(places.record_at(line), {}) if line else ""
        return SessionFileError("a number has too many digits; put it in quotes.", line, record)
    line = int(told[2]) if told[2] else places.unclosed
    where = f" at column {told[3]}" if told[3] else ", as what begins here does not end"
    reason = told[1][:1].lower() + quoted_text(told[1][1:])
    return SessionFileError(
        f"this is not TOML{where} ({reason}); correct it: text stands in quotes, and every quote"
        " and bracket is closed.",
        line,
        _called(places.record_at(line), {}) if line else "",
    )


def _located(bad: MisfitError, text: str, raw: dict[str, Any]) -> SessionFileError:
    # Where what stands: only what is wrong is looked up there.
    from offwall.model.store.toml.record_lines import map_lines

    places, path = map_lines(text), bad.path
    is_listed = len(path) > 1 and isinstance(path[1], int)
    is_heading = bool(path) and isinstance(raw.get(str(path[0])), dict)
    record = path[:2] if is_listed else path[:1] if is_heading else ()
    field = place_in_words(path[len(record) :])
    other = ""
    if bad.other:
        other = f" {_called(bad.other, raw)} on line {places.line(bad.other)}"
    message = f"{field or 'it'} {bad.says}{other}; {bad.remedy}."
    return SessionFileError(message, places.line(path), _called(record, raw))


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


def place_in_words(path: Path) -> str:
    """Where a value stands, as an error says it."""
    return ", ".join(str(step + 1) if isinstance(step, int) else quoted_text(step) for step in path)


# The layout that a file is in, and the ids of records that bear none.


def check_format(raw: dict[str, Any]) -> None:
    """Refuse a file of a later layout, before anything in it is judged by this one's."""
    found = raw.get("format", FORMAT)
    if isinstance(found, bool) or not isinstance(found, int):
        return
    if found > FORMAT:
        raise MisfitError(
            f"is {short_number(found)}: a newer Offwall wrote this file, and this one reads up to"
            f" format {FORMAT}",
            "update Offwall and open it again",
            "format",
        )
    if found < 1:
        raise MisfitError(
            f"must be {FORMAT}, not {short_number(found)}", f"write format = {FORMAT}", "format"
        )


def with_ids(raw: dict[str, Any]) -> dict[str, Any]:
    """The file's tables, where a record without an id has one made of its text.

    Of two records with the same text the later one's differs, so that the id depends on the place
    among its equals alone: a record that is put in above changes nobody's.
    """
    return raw | {
        name: _identified(raw[name], letter)
        for name, letter in MADE_IDS.items()
        if isinstance(raw.get(name), list)
    }


def _identified(records: list[Any], letter: str) -> list[Any]:
    tables = [record for record in records if isinstance(record, dict)]
    taken = {record["id"] for record in tables if isinstance(record.get("id"), str)}
    seen: Counter[str] = Counter()
    return [
        {**record, "id": _free(record, letter, seen, taken)}
        if isinstance(record, dict) and record.get("id", "") == ""
        else record
        for record in records
    ]


def _free(record: dict[str, Any], letter: str, seen: Counter[str], taken: set[str]) -> str:
    text = "\x1f".join(f"{key}={value}" for key, value in record.items() if isinstance(value, str))
    while True:
        seen[text] += 1
        made = derive(text, letter, seen[text])
        if made not in taken:
            taken.add(made)
            return made
