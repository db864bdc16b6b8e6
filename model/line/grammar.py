"""The words of a line: which begin like a token, the backslash, bullets, routes, and where
tokens begin.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.post_it import PostItRoute

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
    DITTO = "ditto"


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
}
"""What each token begins with; `DITTO_MARK` is a whole word."""

DITTO_MARK = '"'

# Control characters that are not white space; half a surrogate pair cannot be written as UTF-8.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\S+")
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


def without_controls(text: str) -> str:
    """The text without control characters; white space is left as it stands."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """The text cleaned, with single spaces between its words: what a note may hold."""
    return " ".join(without_controls(text).split())


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
    """Whether the word begins as a token does, whatever its value."""
    return bool(sign_of(word))


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


# Lists as people paste them: the bullet or number at the front of a line is no part of it.

_BULLET = re.compile(r"(?:[-*–—·]|[0-9]{1,3}[.)])(?: |$)|[•‣◦▪]")


def strip_bullets(line: str) -> str:
    """The line, on one line, without ``-``, ``*``, ``•`` or ``1.`` at its front.

    A star followed directly by a word is an action, and ``1.5 days`` is a text.
    """
    said = one_line(line)
    bullet = _BULLET.match(said)
    return said[bullet.end() :].strip() if bullet else said


# What follows ``>``: an answer and, after the first ``=``, where it leads.

_SEPARATOR = re.compile(r"(?<!\\)=")
_PLAIN_EQUALS = re.compile(r"\\(\\*=)")
_EQUALS = re.compile(r"(\\*=)")


def read_route(value: str) -> PostItRoute:
    """An answer and its target; without an answer the target is the activity's ``then``.

    A backslash before an equals sign makes it part of the answer.
    """
    answer, *target = _SEPARATOR.split(value, maxsplit=1)
    return PostItRoute(_PLAIN_EQUALS.sub(r"\1", answer).strip(), "".join(target).strip())


def say_route(route: PostItRoute) -> str:
    """What to type after ``>``; `read_route` reads it back."""
    answer = _EQUALS.sub(r"\\\1", route.answer)
    if not route.to:
        return answer
    gap = " " if answer.endswith("\\") else ""
    return f"{answer}{gap}={route.to}"


# A line cut where its tokens begin: each segment is a token and the words up to the next.

ROLE_KINDS = frozenset(
    {SpanKind.LEAD, SpanKind.ALSO, SpanKind.ACCOUNTABLE, SpanKind.CONSULTED, SpanKind.INFORMED}
)
_ONCE = frozenset(
    {
        SpanKind.ACCOUNTABLE,
        SpanKind.DECISION,
        SpanKind.STAGE,
        SpanKind.TIMESCALE,
        SpanKind.NOTE,
        SpanKind.DITTO,
    }
)
_THEN = "then"
_CODES = frozenset("dgtr")


@dataclass(slots=True)
class Segment:
    """A token and the words that follow it, as typed. The first of a line is text, or empty."""

    kind: SpanKind
    words: list[LineWord] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What follows the sign in the token's own word."""
        word = self.words[0].text
        return word[len(sign_of(word)) :]

    @property
    def rest(self) -> list[LineWord]:
        """The words after the token's own."""
        return self.words[1:]


@dataclass(slots=True)
class SegmentedLine:
    """A line in segments, and the words that begin like a token but are text here."""

    segments: list[Segment]
    refused: list[LineWord]


def token_kind(word: str, vocabulary: Vocabulary) -> SpanKind | None:
    """The token that the word is, going by itself alone; None where it is text."""
    sign = sign_of(word)
    if not sign:
        return None
    if sign == DITTO_MARK:
        return SpanKind.DITTO
    kind = SIGNS[sign]
    return kind if _fits(kind, word[len(sign) :], vocabulary) else None


def _fits(kind: SpanKind, value: str, vocabulary: Vocabulary) -> bool:
    if kind in ROLE_KINDS:
        nobody = (
            kind in (SpanKind.LEAD, SpanKind.ACCOUNTABLE) and value.split(",", maxsplit=1)[0] == "?"
        )
        return nobody or vocabulary.roles.may_begin(value)
    if kind is SpanKind.ISSUE:
        codes = value.lower()
        return len(set(codes)) == len(codes) and _CODES.issuperset(codes)
    if kind is SpanKind.TIER:
        return vocabulary.tier(value) is not None
    if kind is SpanKind.STAGE:
        return bool(vocabulary.stage(value))
    return value_fits(value)


def segment_line(line: str, vocabulary: Vocabulary) -> SegmentedLine:
    """Cut a cleaned line. The first segment is the text before any token; it may be empty."""
    segments = [Segment(SpanKind.TEXT)]
    refused: list[LineWord] = []
    said: set[str] = set()
    for word in words_of(line):
        kind = token_kind(word.text, vocabulary)
        if kind and _counts(kind, word, segments, said, vocabulary):
            segments.append(Segment(kind, [word]))
            said.add(_THEN if _is_then(kind, word) else kind)
            continue
        owner = kind is SpanKind.LEAD and segments[-1].kind is SpanKind.ACTION
        if sign_of(word.text) and not owner:
            refused.append(word)
        segments[-1].words.append(word)
    return SegmentedLine(segments, refused)


def _is_then(kind: SpanKind, word: LineWord) -> bool:
    return kind is SpanKind.ROUTE and word.text.startswith(">=")


def _counts(
    kind: SpanKind, word: LineWord, segments: list[Segment], said: set[str], vocabulary: Vocabulary
) -> bool:
    if kind is SpanKind.LEAD:
        return segments[-1].kind is not SpanKind.ACTION  # there it is the action's owner
    if kind is not SpanKind.ROUTE:
        return kind not in _ONCE or kind not in said
    adds = not segments[0].words and not _begins_a_new_one(segments)
    deciding = SpanKind.DECISION in said or (vocabulary.decision and adds)
    if not _is_then(kind, word):
        return deciding
    return _THEN not in said and (deciding or leads_on(word.text, vocabulary))


def _begins_a_new_one(segments: list[Segment]) -> bool:
    """Whether a stage comes first and then words of its own, as in ``/S2 Pay the invoice``."""
    return any(one.kind is SpanKind.STAGE and one.rest for one in segments[1:2])


def leads_on(word: str, vocabulary: Vocabulary) -> bool:
    """Whether ``>=target`` says what comes next although no decision stands.

    ``>=S2.04`` does; ``>=5%`` is arithmetic.
    """
    target = word[2:]
    return word.startswith(">=") and (target[:1].isalpha() or vocabulary.is_ref(target))


def plain_words(words: list[LineWord]) -> list[str]:
    """The words as meant, without the backslashes that made them plain."""
    return [unescape(word.text) for word in words]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment's value as one text, and where each of its characters stands in the line."""

    text: str
    at: tuple[int, ...]


def stretch(segment: Segment) -> Stretch:
    """The value of a token that is followed by names."""
    first = segment.words[0]
    characters = [segment.value]
    at = list(range(first.end - len(segment.value), first.end))
    for word in segment.rest:
        plain = unescape(word.text)
        characters += [" ", plain]
        at += [word.start - 1, *range(word.end - len(plain), word.end)]
    return Stretch("".join(characters), (*at, segment.words[-1].end))
