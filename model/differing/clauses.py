"""What changed in one field, as a part of a sentence: ``lead now Head of Service (was nobody)``."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from model.checks.finding import LONGEST
from model.dates import say_date
from model.differing.names import NAMED_BY, Names, line
from model.differing.nouns import DETAILS, SILENT, UNQUOTED, WHERE, WHO, noun
from model.session import Route, Table

SHORT = 160
"""Characters of a text that is quoted whole; of a longer one, what differs."""

AROUND = 40
"""Characters that are quoted on both sides of what differs in a long text."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of before and of after; ``called`` where sentences begin with the new ones."""

    old: Names
    new: Names
    called: bool = True


def clauses(sides: Sides, collection: str, old: Any, new: Any) -> Iterator[str]:
    """What differs between two records of one key, a clause a field."""
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name not in SILENT.get(collection, ()):
            yield from _clause(sides, collection, field.name, before, after)


def details(names: Names, collection: str, record: Any) -> Iterator[str]:
    """What is said of a record that is new."""
    for field in DETAILS.get(collection, ()):
        if value := getattr(record, field):
            yield f"{noun(field)} {_said(names, collection, field, value)}"


def _clause(sides: Sides, collection: str, field: str, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, Table):
        yield f"{noun(field)} was changed"
    elif isinstance(old, bool):
        yield f"now {noun(field)}" if new else f"no longer {noun(field)}"
    elif isinstance(old, tuple):
        yield _list(sides, collection, field, old, new)
    elif is_dataclass(old) and is_dataclass(new):
        yield from clauses(sides, field, old, new)
    elif field == "sha256":
        yield f"another {noun(field)}"
    else:
        yield _value(sides, collection, field, old, new)


def _value(sides: Sides, collection: str, field: str, old: Any, new: Any) -> str:
    name = noun(field)
    if _text(collection, field, old) and _text(collection, field, new):
        before, after = apart(line(old), line(new))
        # The sentence begins with the new words already, where they are what the record is called.
        named = sides.called and field in NAMED_BY
        shown = named and len(after) <= LONGEST and collection != "workshop"
        return f"was “{before}”" if shown else f"{name} now “{after}” (was “{before}”)"
    before = _said(sides.old, collection, field, old)
    after = _said(sides.new, collection, field, new)
    if not after:
        return f"no {name} now (was {before})"
    return f"{name} now {after} (was {before})" if before else f"{name}: {after}"


def _text(collection: str, field: str, value: Any) -> bool:
    names = (*WHO.get(collection, ()), *WHERE.get(collection, ()))
    return bool(value) and type(value) is str and field not in (*names, *UNQUOTED)


def _list(
    sides: Sides, collection: str, field: str, old: tuple[Any, ...], new: tuple[Any, ...]
) -> str:
    if any(isinstance(item, tuple) for item in (*old, *new)):
        return f"{noun(field)}: {', '.join(_treated(dict(old), dict(new)))}"
    came = [_item(sides.new, collection, field, item) for item in new if item not in old]
    went = [_item(sides.old, collection, field, item) for item in old if item not in new]
    said = [
        *([f"{', '.join(came)} added"] if came else []),
        *([f"{', '.join(went)} taken out"] if went else []),
    ]
    return f"{noun(field)}: {', '.join(said) or 'in another order'}"


def _treated(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """How each tier is treated now, where that changed."""
    for tier in dict.fromkeys((*new, *old)):
        before, after = old.get(tier, "not said"), new.get(tier, "not said")
        if before != after:
            yield f"{line(tier)} now {after} (was {before})"


def _item(names: Names, collection: str, field: str, item: Any) -> str:
    """One of several values: a role, an answer, a text."""
    if isinstance(item, Route):
        to = names.where(item.to) if item.to else f"“{line(item.to_words)}”"
        target = to if item.to or item.to_words else "the next activity"
        return f"“{line(item.answer)}” to {target}"
    return _said(names, collection, field, item)


def _said(names: Names, collection: str, field: str, value: Any) -> str:
    """A value in words; empty for none."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return say_date(value)
    if isinstance(value, int):
        return f"{value:,}"
    if field in WHO.get(collection, ()):
        return names.who(value)
    if field in WHERE.get(collection, ()) and value:
        return names.where(value)
    return str(value) if isinstance(value, StrEnum) else _quoted(field, line(str(value)))


def _quoted(field: str, text: str) -> str:
    """A text in quotes, the beginning of a long one; names go without."""
    if not text or field in UNQUOTED:
        return text
    return f"“{text}”" if len(text) <= SHORT else f"“{text[: SHORT - 1].rstrip()}…”"


def apart(old: str, new: str) -> tuple[str, str]:
    """Two texts to be quoted: of long ones what differs, with a few words around it."""
    if max(len(old), len(new)) <= SHORT:
        return old, new
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return _cut(old, start, end), _cut(new, start, end)


def _alike(one: str, other: str) -> int:
    """How many characters are the same at the start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
