"""From what tomllib reads to the frozen records: each value by its field's type, then what must
hold between them; and what is wrong with a file, in one sentence: where, what, what to do.

Raises `MisfitError`, which knows the path but not yet the line.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, get_args, get_origin

from offwall.model.records import Session, Table, Treatment, derive
from offwall.model.records.changes import MADE_IDS
from offwall.model.records.fields import RECORDS
from offwall.model.records.session import FORMAT, LONGEST_TEXT
from offwall.model.records.text import CONTROL, cut_short
from offwall.model.records.uses import records_of
from offwall.model.store.toml.write import FieldSlot, slots, to_toml

parse_toml: Callable[[str], dict[str, Any]]
parse_toml = import_module("tomli" if find_spec("tomli") else "tomllib").loads
"""tomli is the standard library's tomllib, compiled: it takes a third of the time."""

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


Path = tuple[str | int, ...]
"""The way to a value: keys, and places counted from 0, such as ``("activities", 3, "lead")``."""

WHOLE = (-(2**63), 2**63 - 1)
"""The whole numbers that TOML 1.0 promises to carry."""

LONGEST = 60
"""Characters of the file's own text that an error repeats."""


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


class MisfitError(Exception):
    """A value that does not fit, while it is not yet known on which line it stands.

    ``says`` follows the name of the field; ``other`` is the way to a second record that the
    sentence names; ``remedy`` is what to do.
    """

    def __init__(self, says: str, remedy: str, *path: str | int, other: Path = ()) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
        self.path: Path = path
        self.other = other

    def within(self, step: str | int) -> "MisfitError":
        """The same, seen from one level further out."""
        self.path = (step, *self.path)
        return self


def short_number(number: int) -> str:
    """A whole number as an error may repeat it; Python refuses to write very long ones."""
    return str(number) if WHOLE[0] <= number <= WHOLE[1] else "one of more than 64 bits"


def quoted_text(text: str, longest: int = LONGEST) -> str:
    """Text of the file as an error may repeat it: short, and nothing in it can move a cursor."""
    short = cut_short(text, longest)
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in short
    )


def place_in_words(path: Path) -> str:
    """Where a value stands, as an error says it."""
    return ", ".join(str(step + 1) if isinstance(step, int) else quoted_text(step) for step in path)


LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"impact": (1, 5), "effort": (1, 5)}
    | dict.fromkeys(("votes", "minutes", "planned", "used", "value"), (0, 2**63 - 1))
    | dict.fromkeys(("voters", "dots", "agenda_days", "forward_plan_days"), (0, 999))
    | {"days": (0, 3650)}
)
"""From what to what a number of that name may go. A step ten years away is a slip of the finger."""

DEEPEST = 40
"""Lists and tables within each other that are kept in unknown keys; a person needs three."""


def read_record(record: type, raw: Any) -> Any:
    """The record that a table holds; what Offwall does not know is in its ``extra``.

    Raises `MisfitError` where the table, or a value in it, is of another kind.
    """
    if not isinstance(raw, dict):
        raise MisfitError(
            f"must be a table, not {kind_of(raw)}", "write its keys below a header of its own"
        )
    known, values, extra = readers(record), {}, {}
    for key, value in raw.items():
        if key not in known:
            extra[key] = value
            continue
        slot, read = known[key]
        try:
            values[slot.name] = read(value)
        except MisfitError as bad:
            raise bad.within(key) from None
    for key in _required(record):
        if key not in raw:
            raise MisfitError(f"has no {key}", f'add a line {key} = "..." to it')
    return record(**values, extra=unknown_keys(extra)) if extra else record(**values)


@cache
def _required(record: type) -> tuple[str, ...]:
    return tuple(key for key, slot in slots(record).items() if slot.required)


@cache
def readers(record: type) -> Mapping[str, tuple[FieldSlot, Callable[[Any], Any]]]:
    """Each field of a record under its key, with the function that reads it."""
    return {
        key: (slot, partial(_number, *LIMITS[key]) if key in LIMITS else _reader(slot.kind))
        for key, slot in slots(record).items()
    }


def _reader(kind: Any) -> Callable[[Any], Any]:
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is tuple:
            return _treatments
        return partial(_items, _reader(item), is_dataclass(item))
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(read_record, kind)
    if issubclass(kind, StrEnum):
        return partial(_word, kind)
    return PLAIN[kind]


def _text(value: Any) -> str:
    if value.__class__ is str and value.isprintable() and len(value) <= LONGEST_TEXT:
        return value
    if not isinstance(value, str):
        raise MisfitError(f"must be text, not {kind_of(value)}", "put it in quotes")
    if found := CONTROL.search(value):
        raise MisfitError(
            f"holds the control character {quoted_text(found[0])}, which no text may", "take it out"
        )
    if len(value) > LONGEST_TEXT:
        raise MisfitError(
            f"has {len(value):,} characters, and a text may have {LONGEST_TEXT:,}",
            "shorten it, or put the rest elsewhere",
        )
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise MisfitError(
            f"must be true or false, not {kind_of(value)}", "write true or false, no quotes"
        )
    return value


def _number(low: int, high: int, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise MisfitError(
            f"must be a whole number, not {kind_of(value)}", "write digits without quotes"
        )
    if not low <= value <= high:
        limits = f"{low} or more" if high == WHOLE[1] else f"from {low} to {high}"
        raise MisfitError(f"must be {limits}, not {short_number(value)}", "correct the number")
    return value


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise MisfitError(
            f"must be a date, not {kind_of(value)}", "write it as 2026-12-10, no quotes"
        )
    return value


def _word(words: type[StrEnum], value: Any) -> StrEnum:
    try:
        return words(value)
    except ValueError:
        found = f'"{quoted_text(value)}"' if isinstance(value, str) else kind_of(value)
        allowed = ", ".join(f'"{word}"' for word in words)
        raise MisfitError(f"must be one of {allowed}, not {found}", "write one of them") from None


def _items(read: Callable[[Any], Any], tables: bool, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        remedy = "write each under a header in double brackets" if tables else 'write ["a", "b"]'
        raise MisfitError(f"must be a list, not {kind_of(value)}", remedy)
    try:
        return tuple(map(read, value))
    except MisfitError:
        # Once more, to know where.
        return tuple(read_at(place, read, item) for place, item in enumerate(value))


_TREATED = {str(how): how for how in Treatment}


def _treatments(value: Any) -> tuple[tuple[str, Treatment], ...]:
    if not isinstance(value, dict):
        raise MisfitError(f"must be a table, not {kind_of(value)}", 'write { bronze = "light" }')
    try:
        return tuple((_text(tier), _TREATED[how]) for tier, how in value.items())
    except (MisfitError, KeyError, TypeError):
        # Once more, to know where.
        return tuple(
            (read_at(tier, _text, tier), read_at(tier, partial(_word, Treatment), how))
            for tier, how in value.items()
        )


def read_at(step: str | int, read: Callable[[Any], Any], value: Any) -> Any:
    """What ``read`` makes of the value; an error of it knows that it stands at ``step``."""
    try:
        return read(value)
    except MisfitError as bad:
        raise bad.within(step) from None


PLAIN: Mapping[Any, Callable[[Any], Any]] = MappingProxyType(
    {str: _text, bool: _flag, int: partial(_number, *WHOLE), dt.date: _date}
)


def unknown_keys(
    extra: dict[str, Any], written: Callable[[dict[str, Any]], str] = to_toml
) -> Table:
    """Unknown keys, frozen in the order in which ``written`` will write them.

    TOML puts plain keys before tables, so a file may come back in another order than it had; equal
    sessions need the same order before and after.
    """
    checked = _carried(extra, DEEPEST)
    nested = any(isinstance(value, dict | list) for value in extra.values())
    return Table.of(_carried(parse_toml(written(checked)), DEEPEST) if nested else checked)


def _carried(value: Any, levels: int) -> Any:
    """The value, where it can be written again; each not-a-number as the one that equals itself."""
    if isinstance(value, dict | list) and not levels:
        raise MisfitError(
            f"holds more than {DEEPEST} levels of lists and tables", "make it simpler"
        )
    if isinstance(value, dict):
        return {key: read_at(key, _one_less(levels), item) for key, item in value.items()}
    if isinstance(value, list):
        return [read_at(place, _one_less(levels), item) for place, item in enumerate(value)]
    if isinstance(value, int) and not WHOLE[0] <= value <= WHOLE[1]:
        raise MisfitError("is a whole number of more than 64 bits", "put it in quotes")
    return math.nan if isinstance(value, float) and math.isnan(value) else value


def _one_less(levels: int) -> Callable[[Any], Any]:
    return partial(_carried, levels=levels - 1)


KINDS: Iterable[tuple[type | tuple[type, ...], str]] = (
    (float, "the number {}"),
    (dt.datetime, "a date with a time of day"),
    (dt.date, "the date {}"),
    (dt.time, "a time of day"),
    (list, "a list"),
    (dict, "a table"),
)


def kind_of(value: Any) -> str:
    """What a value of the file is, in words."""
    if isinstance(value, str):
        return f'the text "{quoted_text(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"the number {short_number(value)}"
    return next(words.format(value) for kind, words in KINDS if isinstance(value, kind))


# What must hold between the records of a session file, and the ids of records that bear none.


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


def check_records(session: Session) -> None:
    """Raise `MisfitError` for two records of one id or code, and for an unknown stage."""
    for info in RECORDS.values():
        if info.unique:
            _check_apart(info.collection, info.key, records_of(session, info.collection))
    for place, activity in enumerate(session.activities):
        if activity.stage not in session.stage_by_id:
            known = ", ".join(quoted_text(stage.id) for stage in session.stages) or "there are none"
            raise MisfitError(
                f'"{quoted_text(activity.stage)}" is not one of the stages ({known})',
                "correct it, or add a stage with that id",
                *("activities", place, "stage"),
            )


def _check_apart(collection: str, field: str, records: tuple[Any, ...]) -> None:
    first: dict[str, int] = {}
    for place, record in enumerate(records):
        key = getattr(record, field)
        if key in first:
            raise MisfitError(
                f'"{quoted_text(key)}" is also that of',
                f"give one of them another {field}",
                *(collection, place, field),
                other=(collection, first[key]),
            )
        first[key] = place
