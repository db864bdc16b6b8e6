"""Records as the tables of a session file: each value by its field's type, read and written; what
must hold between them; and what does not fit, in words.

Raises `MisfitError`, which knows the path but not yet the line.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import GenericAlias, MappingProxyType
from typing import Any, NewType, get_args, get_origin, get_type_hints

import tomli_w

from offwall.model.records import Session, Table, Treatment
from offwall.model.records.fields import RECORDS, info_of
from offwall.model.records.session import LONGEST_TEXT
from offwall.model.records.text import CONTROL, cut_short
from offwall.model.records.uses import records_of

parse_toml: Callable[[str], dict[str, Any]]
parse_toml = import_module("tomli" if find_spec("tomli") else "tomllib").loads
"""tomli is the standard library's tomllib, compiled: it takes a third of the time."""


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A field of a record: its name here, its key in the file, and its type."""

    name: str
    key: str
    kind: Any
    default: Any

    @property
    def required(self) -> bool:
        """Whether a record cannot do without it."""
        return self.default is MISSING


@cache
def slots(record: type) -> Mapping[str, FieldSlot]:
    """The fields of a record under their keys in the file, in order; all but ``extra``."""
    hints = get_type_hints(record)
    found = {}
    for field in fields(record):
        if field.name != "extra":
            info = info_of(field)
            key = (info.in_file if info else "") or field.name
            found[key] = FieldSlot(field.name, key, _in_file_type(hints[field.name]), field.default)
    return MappingProxyType(found)


def _in_file_type(hint: Any) -> Any:
    """A field's type as the file knows it: a kind of id is text, and what is absent is left out."""
    if get_origin(hint) is tuple:
        return GenericAlias(tuple, tuple(map(_in_file_type, get_args(hint))))
    if isinstance(hint, NewType):
        return hint.__supertype__
    kinds = {_in_file_type(kind) for kind in get_args(hint) if kind is not type(None)}
    return kinds.pop() if kinds else hint


# From a session to the text of its file: one record after another, each under its own header.


def plain(record: Any) -> dict[str, Any]:
    """A record as dictionaries and lists under the file's names; what is empty is left out.

    Dates stay `datetime.date`, as TOML has them: for JSON pass ``default=str``.
    """
    table: dict[str, Any] = {}
    for slot in slots(record.__class__).values():
        value = getattr(record, slot.name)
        # A word such as the status is written even where it is the usual one: the file reads alone.
        if slot.required or isinstance(value, StrEnum) or value != slot.default:
            table[slot.key] = in_file(value)
    table.update(record.extra.thaw())
    return table


def in_file(value: Any) -> Any:
    """A field's value as the file has it: dictionaries, lists, and what TOML knows itself."""
    if isinstance(value, Table):
        return value.thaw()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return {tier: in_file(treatment) for tier, treatment in value}
        return [in_file(item) for item in value]
    if is_dataclass(value):
        return plain(value)
    return value


def dumps(session: Session) -> str:
    """The text of a session file; `model.store.toml.load.loads` gives the same session back."""
    extra = session.extra.thaw()
    parts = [f"format = {session.format}\n{head_keys(extra)}"]
    for slot in slots(Session).values():
        value = getattr(session, slot.name)
        if isinstance(value, tuple):
            parts += (record_text(slot.key, record) for record in value)
        elif is_dataclass(value) and value != slot.default:
            parts.append(to_toml({slot.key: plain(value)}))
    return "\n".join([*parts, *tail_tables(extra)])


def record_text(collection: str, record: Any) -> str:
    """One record's text, under its own header in double brackets."""
    return _headed(collection, plain(record))


def unknown_keys_text(extra: Mapping[str, Any]) -> str:
    """The text of the file's unknown keys alone, in the order in which `dumps` writes them."""
    return "\n".join([head_keys(extra), *tail_tables(extra)])


def head_keys(extra: Mapping[str, Any]) -> str:
    """The unknown keys that must stand before the first header."""
    return "".join(to_toml({key: value}) for key, value in extra.items() if not _tables(value))


def tail_tables(extra: Mapping[str, Any]) -> Iterator[str]:
    """The unknown tables, each under its own header."""
    for key, value in extra.items():
        if isinstance(value, dict):
            yield to_toml({key: value})
        elif _tables(value):
            yield from (_headed(key, item) for item in value)


def _tables(value: Any) -> bool:
    """Whether a value has a header: a table, or a list of nothing but tables."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _headed(name: str, table: Mapping[str, Any]) -> str:
    """A table as one item of the list ``name``, which tomli-w alone would write on one line."""
    header = _header(name)
    return f"[{header.strip()}]\n{to_toml({name: table}).removeprefix(header)}"


@cache
def _header(name: str) -> str:
    return tomli_w.dumps({name: {}})


def to_toml(table: Mapping[str, Any]) -> str:
    """The table's text, with a long text on lines of its own where that loses nothing."""
    text = tomli_w.dumps(table)
    if "\\n" not in text:
        return text
    # In a text on several lines tomli-w turns a carriage return and newline into a newline.
    if "\\r" in text.replace("\\\\", ""):
        return text
    return tomli_w.dumps(table, multiline_strings=True)


# From a table to its record.

Path = tuple[str | int, ...]
"""The way to a value: keys, and places counted from 0, such as ``("activities", 3, "lead")``."""

WHOLE = (-(2**63), 2**63 - 1)
"""The whole numbers that TOML 1.0 promises to carry."""

LONGEST = 60
"""Characters of the file's own text that an error repeats."""


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
    within = partial(_carried, levels=levels - 1)
    if isinstance(value, dict):
        return {key: read_at(key, within, item) for key, item in value.items()}
    if isinstance(value, list):
        return [read_at(place, within, item) for place, item in enumerate(value)]
    if isinstance(value, int) and not WHOLE[0] <= value <= WHOLE[1]:
        raise MisfitError("is a whole number of more than 64 bits", "put it in quotes")
    return math.nan if isinstance(value, float) and math.isnan(value) else value


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


# What must hold between the records of a session file.


def check_records(session: Session) -> None:
    """Raise `MisfitError` for two records of one id or code, and for an unknown stage."""
    for info in RECORDS.values():
        first: dict[str, int] = {}
        for place, record in enumerate(records_of(session, info.collection) if info.unique else ()):
            key = getattr(record, info.key)
            if key in first:
                raise MisfitError(
                    f'"{quoted_text(key)}" is also that of',
                    f"give one of them another {info.key}",
                    *(info.collection, place, info.key),
                    other=(info.collection, first[key]),
                )
            first[key] = place
    for place, activity in enumerate(session.activities):
        if activity.stage not in session.stage_by_id:
            known = ", ".join(quoted_text(stage.id) for stage in session.stages) or "there are none"
            raise MisfitError(
                f'"{quoted_text(activity.stage)}" is not one of the stages ({known})',
                "correct it, or add a stage with that id",
                *("activities", place, "stage"),
            )
