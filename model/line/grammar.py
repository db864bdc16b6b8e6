"""The words of a line: which begin like a token, the backslash, bullets, routes, and where
tokens begin.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from offwall.model.records.text import on_one_line, without_controls

# The words of a line: where they stand, which begin like a token, and the backslash.
#
# A backslash before what begins like a token makes it plain. It is taken away only there, so that
# ``\\server\share`` stays as typed; `escape` and `unescape` are each other's inverse.


class SpanKind(StrEnum):
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
    HANDS_ON = "hands_on"
    WAITING = "waiting"
    PER_YEAR = "per_year"
    GOES_BACK = "goes_back"
    DITTO = "ditto"


TIME_SIGNS = {
    "h:": SpanKind.HANDS_ON,
    "q:": SpanKind.WAITING,
    "y:": SpanKind.PER_YEAR,
    "b:": SpanKind.GOES_BACK,
}
"""How long and how often, each named as its field; plain text where times are not recorded."""

SIGNS = {
    "@": SpanKind.LEAD,
    "a:": SpanKind.ACCOUNTABLE,
    "r:": SpanKind.ALSO,
    "c:": SpanKind.CONSULTED,
    "i:": SpanKind.INFORMED,
    "?": SpanKind.DECISION,
    ">": SpanKind.ROUTE,
    "+": SpanKind.DOCUMENT,
    "!": SpanKind.ISSUE,
    "*": SpanKind.ACTION,
    "^": SpanKind.PARKED,
    "%": SpanKind.TIER,
    "/": SpanKind.STAGE,
    "w:": SpanKind.TIMESCALE,
    "n:": SpanKind.NOTE,
    **TIME_SIGNS,
}
"""What each token begins with; `DITTO_MARK` is a whole word."""

DITTO_MARK = '"'

_WORD = re.compile(r"\S+")
AMOUNT = re.compile(r"[0-9£$€%/(.-]|ve\b")
"""How a number, an amount or a part of a word begins."""
_SHORT = re.compile(r"[A-Z]{2,3}\W*|.")
_PUNCTUATION = frozenset(string.punctuation)


@dataclass(frozen=True, slots=True)
class LineWord:
    """A word as typed, and where it starts in the line."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the line."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may be meant otherwise than they are read, where they start, and a sentence."""

    word: str
    start: int
    why: str

    @classmethod
    def left(cls, word: str, start: int, why: str) -> "Doubt":
        """Of words that stay as text; ``why`` is a clause."""
        return cls(word, start, f"“{word}” stays as text: {why}.")


def one_line(text: str) -> str:
    """The text cleaned, with single spaces between its words: what a note may hold."""
    return on_one_line(without_controls(text))


def words_of(line: str) -> list[LineWord]:
    """The words of a cleaned line."""
    return [LineWord(found[0], found.start()) for found in _WORD.finditer(line)]


def sign_of(word: str) -> str:
    """What the word begins with, where that could begin a token; else ""."""
    if word == DITTO_MARK:
        return word
    for length in (2, 1):
        if len(word) > length and word[:length] in SIGNS:
            return word[:length]
    return ""


def looks_like_token(word: str) -> bool:
    """Whether the word begins as a token does, whatever its value, or is a sign alone."""
    return bool(sign_of(word)) or word in SIGNS


TokenTest = Callable[[str], bool]


def escape(word: str, looks: TokenTest = looks_like_token) -> str:
    """The plain word as it must be typed to stay plain."""
    return f"\\{word}" if looks(word.lstrip("\\")) else word


def unescape(word: str, looks: TokenTest = looks_like_token) -> str:
    """The typed word without the backslash that made it plain."""
    return word[1:] if word.startswith("\\") and looks(word.lstrip("\\")) else word


def _bare(value: str) -> bool:
    return _PUNCTUATION.issuperset(value)


def _needs_backslash(value: str) -> bool:
    return bool(
        _bare(value) or looks_like_token(value) or AMOUNT.match(value) or _SHORT.fullmatch(value)
    )


def value_fits(value: str) -> bool:
    """Whether what follows a sign can begin a text: more than punctuation, unless escaped."""
    if value.startswith("\\"):
        return bool(unescape(value, _needs_backslash))
    return not _bare(value)


def escape_value(word: str, refused: bool) -> str:
    """The first word of a text value, as it must be typed right after its sign.

    ``refused`` says that its sign would not count with it.
    """
    looks = _needs_backslash if refused or word.startswith("\\") else _bare
    return escape(word, looks)


def unescape_value(word: str) -> str:
    """The first word of a text value, as typed right after its sign, made plain."""
    return unescape(word, _needs_backslash)
