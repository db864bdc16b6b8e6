"""Two values of one field, grown apart from one that both knew, made one where that can be.

Lists are united: what either added is there, what either took away is gone. Tables are united
key by key. Of two texts the first is taken; asking once more, the other way round, tells what was
pushed aside.
"""

from dataclasses import fields, replace
from typing import Any

from model.session import PartTime, Table, Treatment
from model.toml.read import kept

COUNTED = ("used", "minutes")
"""Minutes of one afternoon that two computers counted: the longer count is the truer one."""

GONE = object()
"""In the place of a value that is not there."""


def united(base: Any, first: Any, second: Any) -> tuple[Any, Any, tuple[str, ...]]:
    """A record that two changed: with the first's values, with the second's, and where they differ.

    ``base`` is None where both made it. The fields named are those where one value had to give
    way.
    """
    ours = replace(first, **_fields(base, first, second))
    theirs = replace(second, **_fields(base, second, first))
    clashing = tuple(
        field.name
        for field in fields(first)
        if not same(getattr(ours, field.name), getattr(theirs, field.name))
    )
    return ours, theirs, clashing


def _fields(base: Any, first: Any, second: Any) -> dict[str, Any]:
    found = {}
    for field in fields(first):
        known = getattr(base, field.name) if base is not None else field.default
        values = (known, getattr(first, field.name), getattr(second, field.name))
        found[field.name] = _longest(values) if field.name in COUNTED else value(*values)
    return found


def _longest(values: tuple[Any, Any, Any]) -> Any:
    """The value that was changed, or of two the larger."""
    base, first, second = values
    return max(first, second) if base not in (first, second) else value(*values)


def value(base: Any, first: Any, second: Any) -> Any:
    """One value of two; the first's where both cannot be."""
    if second in (first, base):
        return first
    if first in (base, GONE):
        return second
    return first if second is GONE else _both(base, first, second)


def _both(base: Any, first: Any, second: Any) -> Any:
    if isinstance(first, Table) and isinstance(second, Table):
        return _tables(base, first, second)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _tuples(base if isinstance(base, tuple) else (), first, second)
    if isinstance(first, PartTime) and isinstance(second, PartTime):
        return replace(first, **_fields(base, first, second))
    return first


def _tables(base: Any, first: Table, second: Table) -> Table:
    known = dict(base.items) if isinstance(base, Table) else {}
    found = _mapping(known, dict(first.items), dict(second.items))
    return kept(Table(tuple(found.items())).thaw())


def _tuples(base: tuple[Any, ...], first: tuple[Any, ...], second: tuple[Any, ...]) -> Any:
    if all(map(_is_treatment, (*first, *second))):
        return tuple(_mapping(dict(base), dict(first), dict(second)).items())
    known, of_first, of_second = set(base), set(first), set(second)
    stay = (item for item in first if item in of_second or item not in known)
    return (*stay, *(item for item in second if item not in known and item not in of_first))


def _is_treatment(item: Any) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Treatment)


def _mapping(base: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    found = {
        key: value(base.get(key, GONE), first.get(key, GONE), second.get(key, GONE))
        for key in {**first, **second}
    }
    return {key: one for key, one in found.items() if one is not GONE}


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same, in whatever order."""
    if isinstance(one, Table) and isinstance(other, Table):
        return set(one.items) == set(other.items)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return bool(one == other)
