"""What the dataclasses of the session say about the file: its keys, and what each may hold."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "people": "p",
        "activities": "a",
        "issues": "i",
        "topics": "t",
        "meetings": "m",
        "actions": "n",
        "remarks": "r",
        "photos": "f",
        "clashes": "x",
    }
)
"""The collections whose records have an id that Offwall makes, and the letter it begins with."""


@dataclass(frozen=True, slots=True)
class Slot:
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
def slots(record: type) -> Mapping[str, Slot]:
    """The fields of a record under their keys in the file, in order; all but ``extra``."""
    hints = get_type_hints(record)
    found = [_slot(field, hints[field.name]) for field in fields(record) if field.name != "extra"]
    return MappingProxyType({slot.key: slot for slot in found})


def _slot(field: Field[Any], hint: Any) -> Slot:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    optional = type(None) in get_args(hint)
    key = field.metadata.get("key", field.name)
    return Slot(field.name, key, kinds[0] if optional else hint, field.default)
