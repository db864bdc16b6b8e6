"""How long a text may become: every change is held to it before it is made."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from model.edits.answers import brief
from model.edits.errors import EditError
from model.session import LONGEST_TEXT, Session


def check_lengths(old: Session, new: Session) -> None:
    """Raise `EditError` where a text that the change made is too long to be read again."""
    for field in fields(Session):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if after is before:
            continue
        for text in _texts_of(before, after):
            if len(text) > LONGEST_TEXT:
                raise EditError(
                    f"{brief(text)} would have {len(text):,} characters; a text may have"
                    f" {LONGEST_TEXT:,}. Shorten it, or put the rest elsewhere."
                )


def _texts_of(before: Any, after: Any) -> Iterator[str]:
    """The texts of what is in ``after`` and not, as the very same value, in ``before``."""
    if isinstance(after, tuple) and isinstance(before, tuple):
        known = set(map(id, before))
        after = tuple(record for record in after if id(record) not in known)
    yield from _texts(after)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "extra":
                yield from _texts(getattr(value, field.name))
