"""The words of a line: which begin like a token, the backslash, and the line in segments, each a
sign and its value; and where a sign is none, but part of a word.

``+44 20 7946 0958`` is no document, ``24 /7`` no stage, ``*all*`` no action, ``@cm's`` no lead.
"""

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from offwall.model.line.vocabulary import NOBODY, Vocabulary, nearest, take_names, unlikely
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.records.text import on_one_line, without_controls

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
ROLE_KINDS = frozenset(
    {SpanKind.LEAD, SpanKind.ALSO, SpanKind.ACCOUNTABLE, SpanKind.CONSULTED, SpanKind.INFORMED}
)
TIME_KINDS = frozenset(TIME_SIGNS.values())

_WORD = re.compile(r"\S+")
AMOUNT = re.compile(r"[0-9£$€%/(.-]|ve\b")
"""How a number, an amount or a part of a word begins."""
_SHORT = re.compile(r"[A-Z]{2,3}\W*|.")
_bare = frozenset(string.punctuation).issuperset


@dataclass(frozen=True, slots=True)
class LineWord:
    """A word as typed, and where it starts in the line."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the line."""
        return self.start + len(self.text)


def stays_text(words: str, why: str) -> str:
    """The sentence about words that stay as text; ``why`` is a clause."""
    return f"“{words}” stays as text: {why}."


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
    """The first word of a text value, as typed right after its sign, which ``refused`` it plain."""
    looks = _needs_backslash if refused or word.startswith("\\") else _bare
    return escape(word, looks)


def unescape_value(word: str) -> str:
    """The first word of a text value, as typed right after its sign, made plain."""
    return unescape(word, _needs_backslash)


# Where a sign is none.

_CAPITALS = re.compile(r"[A-Z]{2,3}")
_JOINING = re.compile(r"(?:and|or|on|at|per|to|for|from|in|is|as|if|when|with|of|a|the|where)\b")
_ENDS = ".,;:!?)"


def why_plain(
    kind: SpanKind,
    value: str,
    before: str,
    after: Sequence[str],
    vocabulary: Vocabulary,
    *,
    running: bool = False,
) -> str:
    """Why a sign with this value is none here, as a clause; "" where it is one.

    ``before`` is the word before it, ``after`` are those that follow; ``running`` says that a
    decision is being said and has no route yet.
    """
    if kind in ROLE_KINDS:
        return _no_role(kind, " ".join([value, *map(unescape, after)]), before, vocabulary)
    if kind in TIME_KINDS:
        read = time_words(kind, [value, *map(unescape, after)])
        return "" if read else f"it is {TIME_FIELDS[kind][1][:-1]}"
    following = after[0] if after and not looks_like_token(after[0]) else ""
    plain = {
        SpanKind.DOCUMENT: lambda: _no_document(value, following, vocabulary),
        SpanKind.ACTION: lambda: _is_bold(value, after),
        SpanKind.STAGE: lambda: value[:1].isdigit() and (_counted(before) or following == "of"),
        SpanKind.ROUTE: lambda: running and _is_limit(value, after),
        SpanKind.PARKED: lambda: value.rstrip(_ENDS).isdecimal() and not following,
        SpanKind.NOTE: lambda: value.casefold() == "a" and not following,
        SpanKind.DITTO: lambda: before[-1:].isdigit() and bool(following),
    }
    return _WHY[kind] if kind in plain and plain[kind]() else ""


_WHY = {
    SpanKind.DOCUMENT: "it may be a number or an amount; a document begins with a word",
    SpanKind.ACTION: "a star behind it makes it heavy type, not an action",
    SpanKind.STAGE: "it belongs to the words beside it",
    SpanKind.ROUTE: "it may be a limit; an answer has = and where it leads, or a word first",
    SpanKind.PARKED: "it is a number",
    SpanKind.NOTE: "it may be “not applicable”",
    SpanKind.DITTO: "it may be inches",
}


def time_words(kind: SpanKind, words: Sequence[str]) -> int:
    """How many of the words at the front say how long, or how often; at most two numbers do."""
    read = TIME_FIELDS[kind][0]
    most = min(len(words), 12)  # 1 working day to 2 working days, and as much again
    return next((n for n in range(most, 0, -1) if read(" ".join(words[:n]))), 0)


def _no_document(value: str, following: str, vocabulary: Vocabulary) -> bool:
    if AMOUNT.match(value):
        return True
    short = _CAPITALS.fullmatch(value.rstrip(_ENDS))
    alone = not following or value[-1] in _ENDS or _JOINING.match(following)
    return bool(short and alone) and value not in vocabulary.documents


def _is_bold(value: str, after: Sequence[str]) -> bool:
    if value.startswith(("*", "\\")):
        return value.startswith("*")
    for word in (value, *after):
        if word.rstrip(_ENDS).endswith("*"):
            return True
        if word is not value and sign_of(word):
            return False
    return False


def _counted(before: str) -> bool:
    return before[-1:].isdigit() or (len(before) > 1 and before.isalpha() and before.isupper())


def _is_limit(value: str, after: Sequence[str]) -> bool:
    """Whether ``>£500k`` goes on with the decision: an amount that leads nowhere."""
    if not AMOUNT.match(value.removeprefix("=")):
        return False
    answer = (value.removeprefix("="), *takewhile(lambda word: not sign_of(word), after))
    return not any("=" in word for word in answer)


def _no_role(kind: SpanKind, text: str, before: str, vocabulary: Vocabulary) -> str:
    """Why no role is meant: nothing may hang on its name, and a new one needs an end after it."""
    roles = vocabulary.roles
    names = take_names(text, roles, one=kind is SpanKind.ACCOUNTABLE)
    if not names:
        return ""
    last = names[-1]
    glued, _, rest = text[last.end :].partition(" ")
    unknown = [text[name.start : name.end] for name in names if not name.known]
    if (
        glued.strip(_ENDS + ",")
        or glued[1:].strip(_ENDS)
        or any(word[0] != '"' and unlikely(word) for word in unknown)
    ):
        return "it is no role’s name, or more hangs on it"
    whole = roles.find(text[last.start : last.end]) is not None or last is NOBODY
    slip = not last.known and nearest(last.value, roles)
    if whole or slip or glued or not rest:
        return ""
    opens = not before and (text[0].isupper() or rest.startswith("to "))
    plain = not looks_like_token(rest.split()[0])
    return "no role is called so, and the words go on" if plain and not opens else ""


# A line cut where its tokens begin: each segment is a token and the words up to the next.

_ONCE = frozenset(
    {
        SpanKind.ACCOUNTABLE,
        SpanKind.DECISION,
        SpanKind.STAGE,
        SpanKind.TIMESCALE,
        SpanKind.NOTE,
        SpanKind.DITTO,
        *TIME_KINDS,
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
    """A line in segments, the words that begin like a token but are text here, each with why
    where that is known, and the signs without a value, which are dropped.
    """

    segments: list[Segment]
    refused: list[tuple[LineWord, str]] = field(default_factory=list)
    bare: list[tuple[LineWord, str]] = field(default_factory=list)


def end_of_words(line: str, vocabulary: Vocabulary) -> int:
    """Where the words before any token end in a line, in characters."""
    words = segment_line(line, vocabulary).segments[0].words
    return words[-1].end if words else 0


def token_kind(word: str, vocabulary: Vocabulary) -> SpanKind | None:
    """The token that the word is, going by itself alone; None where it is text."""
    sign = sign_of(word)
    if sign in ("", DITTO_MARK):
        return SpanKind.DITTO if sign else None
    kind, value = SIGNS[sign], word[len(sign) :]
    if kind in ROLE_KINDS:
        nobody = kind in (SpanKind.LEAD, SpanKind.ACCOUNTABLE) and value.partition(",")[0] == "?"
        fits = nobody or vocabulary.roles.may_begin(value)
    elif kind is SpanKind.ISSUE:
        codes = value.lower()
        fits = len(set(codes)) == len(codes) and _CODES.issuperset(codes)
    elif kind is SpanKind.TIER:
        fits = vocabulary.tier(value) is not None
    elif kind in TIME_KINDS:
        fits = vocabulary.times and value[:1].isalnum()
    elif kind is SpanKind.STAGE:
        fits = bool(vocabulary.stage(value.rstrip(",.;")))
    else:
        fits = value_fits(value)
    return kind if fits else None


def segment_line(line: str, vocabulary: Vocabulary) -> SegmentedLine:
    """Cut a cleaned line. The first segment is the text before any token; it may be empty."""
    found, said = SegmentedLine([Segment(SpanKind.TEXT)]), set[str]()
    segments, words = found.segments, words_of(line)
    texts = [word.text for word in words]
    for at, word in enumerate(words):
        if word.text[:2] in TIME_SIGNS and not vocabulary.times:
            segments[-1].words.append(word)
            continue
        before, after, last = texts[at - 1] if at else "", texts[at + 1 :], segments[-1]
        kind = token_kind(word.text, vocabulary)
        owner = kind is SpanKind.LEAD and last.kind is SpanKind.ACTION
        why = ""
        if kind and not owner:
            value = word.text[len(sign_of(word.text)) :]
            running = last.kind is SpanKind.DECISION or (vocabulary.decision and not at)
            why = why_plain(kind, value, before, after, vocabulary, running=running)
            if not why and _counts(kind, word, segments, said, vocabulary):
                segments.append(Segment(kind, [word]))
                said.add(_THEN if _is_then(kind, word) else kind)
                continue
        elif word.text in SIGNS and last.kind is not SpanKind.GOES_BACK:  # as in b:20 %
            if why := _bare_sign(word.text, before, after, line):
                found.bare.append((word, why))
                if why == _DROPPED:
                    continue
            elif len(word.text) > 1:
                found.refused.append((word, "its value stands right behind it, as in a:hos"))
        if sign_of(word.text) and not owner and not _is_sum(word.text, last, vocabulary):
            found.refused.append((word, why))
        last.words.append(word)
    return found


_DROPPED, _KEPT = "it is dropped", "it stays as text"


def _bare_sign(sign: str, before: str, after: list[str], line: str) -> str:
    """What becomes of a sign without a value: at the end, or before another token."""
    words_follow = after and not looks_like_token(after[0])
    if words_follow or before.casefold() in ("a", "an", "the", "with", "="):
        return ""
    return _KEPT if sign in "?!/" and line.strip() != sign else _DROPPED


def _is_sum(word: str, last: Segment, vocabulary: Vocabulary) -> bool:
    """Whether it is plainly more than an amount, as ``>£5m`` is where nothing is decided."""
    return (
        word[0] == ">"
        and last.kind is SpanKind.TEXT
        and not vocabulary.decision
        and bool(AMOUNT.match(word[1:].removeprefix("=")))
    )


def _is_then(kind: SpanKind, word: LineWord) -> bool:
    return kind is SpanKind.ROUTE and word.text.startswith(">=")


def _counts(
    kind: SpanKind, word: LineWord, segments: list[Segment], said: set[str], vocabulary: Vocabulary
) -> bool:
    if kind is not SpanKind.ROUTE:
        return kind not in _ONCE or kind not in said
    # A stage, and then words of its own, as in "/S2 Pay the invoice", begin a new activity.
    begins = any(one.kind is SpanKind.STAGE and one.rest for one in segments[1:2])
    adds = not segments[0].words and not begins
    deciding = SpanKind.DECISION in said or (vocabulary.decision and adds)
    if not _is_then(kind, word):
        return deciding
    return _THEN not in said and (deciding or leads_on(word.text, vocabulary))


def leads_on(word: str, vocabulary: Vocabulary) -> bool:
    """Whether ``>=S2.04`` says what comes next although no decision stands; ``>=5%`` does not."""
    target = word[2:]
    return word.startswith(">=") and (target[:1].isalpha() or vocabulary.is_ref(target))
