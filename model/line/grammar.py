"""The words of a line: which begin like a token, the backslash, bullets, routes, and where
tokens begin.
"""

import csv
import io
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from offwall.model.line.doubts import ROLE_KINDS, why_plain
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


# What is pasted or piped at once: lists, chats and cells, as the lines that people meant.
#
# Bullets and numbers, and the names and times of a chat, are no part of a line. Of a table one
# column is taken; where it is not clear which, its columns are asked for.

_BULLET = re.compile(
    r"(?:(?:[-*–—·]|[0-9]{1,3}[.)])(?: |$)|[•‣◦→▪●○■□►➢➤❖✓✔☐☑☒\uf000-\uf0ff])?(?: ?\[[ xX]?\] )?"
)
_MARK = re.compile(
    r"(\(?)((?:[0-9]{1,3}\.)+[0-9]{1,3}|[0-9]{1,3}|[a-z]|[A-Z]|[ivx]+|[IVX]+)([.)]*) (?=\S)"
)
"""A number or letter that is one of a list's only where its neighbour is there too."""
_LISTED = re.compile(r"[\W\uf000-\uf0ff]|o|\[.\]|\(?\w{1,5}[.)]+|[0-9]+(?:\.[0-9]+)+\.?")
"""What a word processor puts before a tab at the front of a list's line."""
_HOLLOW = ("o ", "§ ", "Ø ", "ü ")
"""Bullets of Word's symbol fonts, as letters."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_TIME = r"(?:[\w/., -]*[, ])?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[AaPp]\.?[Mm]\.?)?"
_NAME = r"([A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,3})"
_SAID = re.compile(rf"(?:\[{_TIME}\]|{_TIME} -) ?{_NAME}: (?=\S)")
_HEAD = re.compile(rf"\[{_TIME}\] ?{_NAME}|{_NAME},? \[?{_TIME}\]?")

_TEXTS = frozenset(
    (
        *("text", "content", "contents", "note", "notes", "sticky", "sticky note", "post-it"),
        *("activity", "card", "idea", "description", "task", "title", "comment"),
    )
)
"""How the column of a board's words is headed."""
_ABOUT = re.compile(
    r"(?:bg |background |sticky |note )?(?:id|#|no|number|colou?r|type|kind|shape|author|user|owner"
    r"|area|frame|section|group|cluster|board|date|time|link|url|tags?|votes?|likes|reactions"
    r"|position|width|height|x|y|size|style)|(?:created|updated|modified|last modified)(?: .*)?"
    r"|.* (?:colou?r|x|y|by|at|date|link|url|id|size|style|type|font)"
)
"""What a whiteboard says beside the words, and a map has no use for."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Lines, each with its number in what came, and sentences of what was left out.

    With ``columns`` there is no line yet: `of_column` gives those of the one that is meant.
    """

    lines: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def asks(self) -> str:
        """The columns, each with its number; "" where none is asked for."""
        return ", ".join(f"{number} {name}" for number, name in enumerate(self.columns, 1))

    def of_column(self, said: str) -> "Pasted | None":
        """The lines of the column of that number or name; None where there is none such."""
        names = [name.casefold() for name in self.columns]
        said = said.strip().casefold()
        if said in names:
            return _column(self.rows, names.index(said), self.columns)
        number = int(said) if said.isdecimal() and len(said) < len(self.rows[0]) + 1 else 0
        inside = 1 <= number <= len(names)
        return _column(self.rows, number - 1, self.columns) if inside else None


def read_pasted(text: str) -> Pasted:
    """What was meant by a text of one line or more."""
    if rows := _rows(text):
        return _table(rows)
    numbered = [(number, one_line(line)) for number, line in enumerate(text.splitlines(), 1)]
    numbered = [(number, line) for number, line in numbered if line]
    said, told = _without_chat([line for _, line in numbered])
    kept = [
        (number, line)
        for (number, _), line in zip(numbered, _without_marks(said), strict=True)
        if line
    ]
    return Pasted(tuple(line for _, line in kept), tuple(number for number, _ in kept), told)


def strip_bullets(line: str) -> str:
    """The line, on one line, without ``-``, ``*``, ``•``, ``1.`` or ``[ ]`` at its front.

    A star followed directly by a word is an action, and ``1.5 days`` is a text.
    """
    said = one_line(line)
    bullet = _BULLET.match(said)
    return said[bullet.end() :].strip() if bullet else said


def _without_marks(lines: Sequence[str]) -> list[str]:
    """Lines without bullets, and without numbers and letters that run on from line to line."""
    marks = [(at, found) for at, line in enumerate(lines) if (found := _MARK.match(line))]
    runs: dict[int, int] = {}
    for (one, a), (other, b) in pairwise(marks):
        alike = (a[1], a[3]) == (b[1], b[3]) and (a[1] or a[3] or "." in a[2])
        if alike and any(_follows(x, y) for x, y in zip(_places(a[2]), _places(b[2]), strict=True)):
            runs |= {one: a.end(), other: b.end()}
    hollow = [at for at, line in enumerate(lines) if line.startswith(_HOLLOW)]
    runs |= dict.fromkeys(hollow if len(hollow) > 1 else (), 2)
    return [strip_bullets(line[runs.get(at, 0) :]) for at, line in enumerate(lines)]


def _places(mark: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The place that a mark says, as a number or letter, and as a Roman number; () for none."""
    if mark[0].isdecimal():
        return tuple(map(int, mark.split("."))), ()
    letter = (ord(mark),) if len(mark) == 1 else ()
    folded = mark.lower()
    return letter, (_ROMAN.index(folded) + 1,) if folded in _ROMAN else ()


def _follows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a place is the next: 1.2 after 1.1 and after 1.1.3, and 1.1.1 after 1.1."""
    ends = [(*one[:at], one[at] + 1) for at in range(len(one))]
    return bool(one) and other in [*ends, (*one, 1)]


def _without_chat(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Lines without who said them and when; one that says only that is empty."""
    for form, whole in ((_SAID, False), (_HEAD, True)):
        match: Callable[[str], re.Match[str] | None] = form.fullmatch if whole else form.match
        found = [match(line) for line in lines]
        marked = sum(map(bool, found))
        if marked > 1 or (marked and not whole and marked == len(lines)):
            names = {name for one in found if one for name in one.groups() if name}
            told = f"The names and times of a chat are left out: {', '.join(sorted(names))}."
            ends = [one.end() if one else 0 for one in found]
            return [line[end:] for line, end in zip(lines, ends, strict=True)], (told,)
    return list(lines), ()


def _rows(text: str) -> list[tuple[str, ...]]:
    """The rows of a table: cells of a spreadsheet, or values with commas and a header."""
    lines = [line for line in text.splitlines() if line.strip()]
    for delimiter in "\t;,":
        if delimiter == "\t" and not any("\t" in line.strip() for line in lines):
            if 0 < len(cells := _read(text, delimiter)) < len(lines) and _broken(cells):
                return cells
            continue
        rows = _read(text, delimiter)
        wide = len(rows[0]) if rows else 0
        heads = list(map(_folded, rows[0])) if len(rows) > 1 else []
        prose = any(cell.startswith(" ") for cell in rows[0]) if rows else False
        headed = not prose and any(head in _TEXTS for head in heads)
        sure = headed and all(head in _TEXTS or _ABOUT.fullmatch(head) for head in heads)
        quoted = len(rows) > 1 and all(line[0] == line[-1] == '"' for line in lines)
        square = wide > 1 and (sure or all(len(row) == wide for row in rows))
        if square and (delimiter == "\t" or headed or quoted):
            listed = all(_LISTED.fullmatch(row[0].strip()) for row in rows)
            return [] if listed else rows
    return []


def _broken(cells: Sequence[tuple[str, ...]]) -> bool:
    """Whether some cell of one column has a break within, and no quotation mark is a line."""
    return all(len(row) == 1 and row[0] == row[0].strip("\r\n") for row in cells)


def _read(text: str, delimiter: str) -> list[tuple[str, ...]]:
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [tuple(row) for row in found if any(map(str.strip, row))]
    except csv.Error:
        return []


def _folded(cell: str) -> str:
    return one_line(cell).casefold()


def _table(rows: Sequence[tuple[str, ...]]) -> Pasted:
    if len(rows[0]) == 1:
        return _column(rows, 0, ())
    heads = [_folded(cell) for cell in rows[0]]
    texts = [at for at, head in enumerate(heads) if head in _TEXTS]
    names = tuple(map(one_line, rows[0]))
    square = all(len(row) == len(names) for row in rows)
    if (
        square
        and len(texts) == 1
        and all(_ABOUT.fullmatch(head) for head in heads if head not in _TEXTS)
    ):
        return _column(rows, texts[0], names)
    return Pasted(columns=names, rows=tuple(rows))


def _column(rows: Sequence[tuple[str, ...]], at: int, names: Sequence[str]) -> Pasted:
    headed = any(name.casefold() in _TEXTS for name in names)
    lines = [
        (number, strip_bullets(row[at]))
        for number, row in enumerate(rows, 1)
        if number > headed and "".join(row[at : at + 1]).strip()
    ]
    others = ", ".join(name for place, name in enumerate(names) if place != at)
    told = (f"Column {names[at]} is taken; left out: {others}.",) if others else ()
    return Pasted(tuple(line for _, line in lines), tuple(number for number, _ in lines), told)


# What follows ``>``: an answer and, after the first ``=``, where it leads.

_SEPARATOR = re.compile(r"(?<!\\)=")
_PLAIN_EQUALS = re.compile(r"\\(\\*=)")
_EQUALS = re.compile(r"(\\*=)")


_PLAIN_AMOUNT = re.compile(rf"^\\(\\*(?:{AMOUNT.pattern}))")
_AMOUNT = re.compile(rf"^(?=\\*(?:{AMOUNT.pattern}))")


def read_route(value: str) -> PostItRoute:
    """An answer and its target; without an answer the target is the activity's ``then``.

    A backslash before an equals sign makes it part of the answer.
    """
    answer, *target = _SEPARATOR.split(value, maxsplit=1)
    answer, to = _PLAIN_EQUALS.sub(r"\1", answer).strip(), "".join(target).strip()
    return PostItRoute(answer, to if answer else _PLAIN_AMOUNT.sub(r"\1", to))


def say_route(route: PostItRoute) -> str:
    """What to type after ``>``; `read_route` reads it back."""
    answer = _EQUALS.sub(r"\\\1", route.answer)
    if not route.to:
        return answer
    if not answer:
        return "=" + _AMOUNT.sub(r"\\", route.to)
    gap = " " if answer.endswith("\\") else ""
    return f"{answer}{gap}={route.to}"


# A line cut where its tokens begin: each segment is a token and the words up to the next.

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
    """A line in segments, the words that begin like a token but are text here, each with why
    where that is known, and the signs without a value, which are dropped.
    """

    segments: list[Segment]
    refused: list[tuple[LineWord, str]] = field(default_factory=list)
    bare: list[tuple[LineWord, str]] = field(default_factory=list)


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
        return bool(vocabulary.stage(value.rstrip(",.;")))
    return value_fits(value)


def segment_line(line: str, vocabulary: Vocabulary) -> SegmentedLine:
    """Cut a cleaned line. The first segment is the text before any token; it may be empty."""
    found, said = SegmentedLine([Segment(SpanKind.TEXT)]), set[str]()
    segments, words = found.segments, words_of(line)
    texts = [word.text for word in words]
    for at, word in enumerate(words):
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
        elif word.text in SIGNS:
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
    if after and not looks_like_token(after[0]):
        return ""
    if before.casefold() in ("a", "an", "the", "with", "="):
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
