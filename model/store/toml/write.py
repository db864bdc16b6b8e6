"""From a session to the text of its file; the file's keys come from the records' dataclasses.

`offwall.model.store.toml.load` reads the text back to the same session.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import GenericAlias, MappingProxyType
from typing import Any, NewType, get_args, get_origin, get_type_hints

import tomli_w

from offwall.model.records import Session, Table
from offwall.model.records.fields import info_of


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
    found = [_slot(field, hints[field.name]) for field in fields(record) if field.name != "extra"]
    return MappingProxyType({slot.key: slot for slot in found})


def _slot(field: Field[Any], hint: Any) -> FieldSlot:
    info = info_of(field)
    key = (info.in_file if info else "") or field.name
    return FieldSlot(field.name, key, _in_file_type(hint), field.default)


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
    """The text of a session file; ``loads`` gives the same session back."""
    extra = session.extra.thaw()
    return "\n".join(
        [f"format = {session.format}\n{head_keys(extra)}", *_known(session), *tail_tables(extra)]
    )


def _known(session: Session) -> Iterator[str]:
    for slot in slots(Session).values():
        value = getattr(session, slot.name)
        if isinstance(value, tuple):
            yield from (record_text(slot.key, record) for record in value)
        elif is_dataclass(value) and value != slot.default:
            yield to_toml({slot.key: plain(value)})


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
