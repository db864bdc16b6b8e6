r"""The words of a line: where they stand, which begin like a token, and the backslash.

A backslash before what begins like a token makes it plain. It is taken away only there, so that
``\\server\share`` stays as typed; `escape` and `unescape` are each other's inverse.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of a line is."""

    TEXT = "text"
    LEAD = "lead"
    ALSO = "also"
    ACCOUNTABLE = "accountable"
    CONSULTED = "consulted"
    INFORMED = "informed"
    DECISION = "decision"
    ROUTE = "route"
    DOCUMENT = "document"
    ISSUE = "issue"
    ACTION = "action"
    PARKED = "parked"
    TIER = "tier"
    STAGE = "stage"
    TIMESCALE = "timescale"
    NOTE = "note"
    DITTO = "ditto"


SIGNS = {
    "@": Kind.LEAD,
    "a:": Kind.ACCOUNTABLE,
    "r:": Kind.ALSO,
    "c:": Kind.CONSULTED,
    "i:": Kind.INFORMED,
    "?": Kind.DECISION,
    ">": Kind.ROUTE,
    "+": Kind.DOCUMENT,
    "!": Kind.ISSUE,
    "*": Kind.ACTION,
    "^": Kind.PARKED,
    "%": Kind.TIER,
    "/": Kind.STAGE,
    "w:": Kind.TIMESCALE,
    "n:": Kind.NOTE,
}
"""What each token begins with; `DITTO_MARK` is a whole word."""

DITTO_MARK = '"'

# Control characters that are not white space; half a surrogate pair cannot be written as UTF-8.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\S+")
_PUNCTUATION = frozenset(string.punctuation)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and where it starts in the line."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the line."""
        return self.start + len(self.text)


def clean(text: str) -> str:
    """The text without control characters; white space is left as it stands."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """The text cleaned, with single spaces between its words: what a note may hold."""
    return " ".join(clean(text).split())


def words_of(line: str) -> list[Word]:
    """The words of a cleaned line."""
    return [Word(found[0], found.start()) for found in _WORD.finditer(line)]


def sign_of(word: str) -> str:
    """What the word begins with, where that could begin a token; else ""."""
    if word == DITTO_MARK:
        return word
    for length in (2, 1):
        if len(word) > length and word[:length] in SIGNS:
            return word[:length]
    return ""


def looks_like_token(word: str) -> bool:
    """Whether the word begins as a token does, whatever its value."""
    return bool(sign_of(word))


Looks = Callable[[str], bool]


def escape(word: str, looks: Looks = looks_like_token) -> str:
    """The plain word as it must be typed to stay plain."""
    return f"\\{word}" if looks(word.lstrip("\\")) else word


def unescape(word: str, looks: Looks = looks_like_token) -> str:
    """The typed word without the backslash that made it plain."""
    return word[1:] if word.startswith("\\") and looks(word.lstrip("\\")) else word


def _bare(value: str) -> bool:
    return _PUNCTUATION.issuperset(value)


def _needs_backslash(value: str) -> bool:
    return _bare(value) or looks_like_token(value)


def value_fits(value: str) -> bool:
    """Whether what follows a sign can begin a text: more than punctuation, unless escaped."""
    if value.startswith("\\"):
        return bool(unescape(value, _needs_backslash))
    return not _bare(value)


def escape_value(word: str) -> str:
    """The first word of a text value, as it must be typed right after its sign."""
    looks = _needs_backslash if word.startswith("\\") else _bare
    return escape(word, looks)


def unescape_value(word: str) -> str:
    """The first word of a text value, as typed right after its sign, made plain."""
    return unescape(word, _needs_backslash)
