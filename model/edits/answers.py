"""What the answers of a form mean: text, several texts, a date, one of a few words.

A form shows what a record holds and hands all of it back. What was not touched stays as it was to
the letter, even where the form could not have been used to type it.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from model.dates import parse_when, short_date
from model.edits.errors import EditError
from model.edits.texts import line_of

Kind = TypeVar("Kind", bound=StrEnum)

BRIEF = 40
"""Characters of somebody's text that a sentence quotes at most."""

LONGEST = 9
"""Digits of a number at most: thousands of them take the interpreter seconds."""


def brief(text: str) -> str:
    """The text, or the beginning of a long one, for quoting in a sentence."""
    line = line_of(text)
    return line if len(line) <= BRIEF else line[: BRIEF - 1].rstrip() + "…"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 activity``, ``2 activities``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def text_from(said: str, old: str = "", needed: str = "") -> str:
    """The answer on one line. Raises `EditError` with ``needed`` where it is empty."""
    line = line_of(said, needed)
    return old if line == line_of(old) else line


def joined(texts: Iterable[str], separator: str) -> str:
    """Several texts as a form shows them; `texts_from` reads them back."""
    return f"{separator} ".join(texts)


def texts_from(said: str, separator: str, old: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The answers between the separators, each once, in order."""
    if line_of(said) == line_of(joined(old, separator)):
        return old
    return tuple(dict.fromkeys(filter(None, map(line_of, said.split(separator)))))


def date_from(said: str, today: dt.date, old: dt.date | None = None) -> dt.date | None:
    """The date that the answer means; none for none. Raises `EditError` where it is no date."""
    words = line_of(said)
    if not words:
        return None
    if old and words == short_date(old):
        return old
    if found := parse_when(words, today):
        return found
    raise EditError(
        f"{brief(words)} is no date. Type one such as 29 Jan, 29/1, 2027-01-29, 2w or fri."
    )


def whole(words: str, least: int, most: int) -> int | None:
    """The whole number that the words are in plain digits; none where it is not between the two."""
    if not (words.isascii() and words.isdecimal()) or len(words) > LONGEST:
        return None
    number = int(words)
    return number if least <= number <= most else None


def kind_from(said: str, kinds: type[Kind], default: Kind, what: str) -> Kind:
    """The one of ``kinds`` that the answer is, or that has a word that the answer begins.

    Raises `EditError` where that is none, or several.
    """
    wanted = line_of(said).casefold()
    if not wanted:
        return default
    found = [kind for kind in kinds if f" {wanted}" in f" {kind.casefold()}"]
    exact = [kind for kind in found if kind.casefold() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    names = ", ".join(kinds)
    raise EditError(f"{brief(said)} does not say which {what}. Type the start of one: {names}.")
