"""A line in segments, each a sign and its value; and where a sign is none, but part of a word.

``+44 20 7946 0958`` is no document, ``24 /7`` no stage, ``*all*`` no action, ``@cm's`` no lead.
What follows ``>`` is an answer and, after the first ``=``, where it leads.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from offwall.model.line.grammar import (
    AMOUNT,
    DITTO_MARK,
    SIGNS,
    TIME_SIGNS,
    LineWord,
    SpanKind,
    looks_like_token,
    sign_of,
    unescape,
    value_fits,
    words_of,
)
from offwall.model.line.vocabulary import NOBODY, Vocabulary, nearest, take_names, unlikely
from offwall.model.process.post_it import PostItRoute
from offwall.model.records.spans import TIME_FIELDS

ROLE_KINDS = frozenset(
    {SpanKind.LEAD, SpanKind.ALSO, SpanKind.ACCOUNTABLE, SpanKind.CONSULTED, SpanKind.INFORMED}
)
TIME_KINDS = frozenset(TIME_SIGNS.values())
_SHORT = re.compile(r"[A-Z]{2,3}")
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
    read, most = TIME_FIELDS[kind][0], min(len(words), _TIME_WORDS)
    return next((n for n in range(most, 0, -1) if read(" ".join(words[:n]))), 0)


_TIME_WORDS = 12
"""Words of the longest time: 1 working day to 2 working days, and as much again."""


def _no_document(value: str, following: str, vocabulary: Vocabulary) -> bool:
    if AMOUNT.match(value):
        return True
    short = _SHORT.fullmatch(value.rstrip(_ENDS))
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
    answer = [value.removeprefix("=")]
    for word in after:
        if sign_of(word):
            break
        answer.append(word)
    return not any("=" in word for word in answer)


def _no_role(kind: SpanKind, said: str, before: str, vocabulary: Vocabulary) -> str:
    """Why no role is meant: nothing may hang on its name, and a new one needs an end after it."""
    roles = vocabulary.roles
    found = take_names(said, roles, one=kind is SpanKind.ACCOUNTABLE)
    if not found.names:
        return ""
    glued, _, rest = said[found.end :].partition(" ")
    unknown = [said[name.start : name.end] for name in found.unknown]
    if (
        glued.strip(_ENDS + ",")
        or glued[1:].strip(_ENDS)
        or any(word[0] != '"' and unlikely(word) for word in unknown)
    ):
        return "it is no role’s name, or more hangs on it"
    last = found.names[-1]
    whole = roles.find(said[last.start : last.end]) is not None or last is NOBODY
    slip = not last.known and nearest(last.value, roles)
    if whole or slip or glued or not rest:
        return ""
    opens = not before and (said[0].isupper() or rest.startswith("to "))
    plain = not looks_like_token(rest.split()[0])
    return "no role is called so, and the words go on" if plain and not opens else ""


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
    if kind in TIME_KINDS:
        return vocabulary.times and value[:1].isalnum()
    if kind is SpanKind.STAGE:
        return bool(vocabulary.stage(value.rstrip(",.;")))
    return value_fits(value)


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


def without_times(line: str, vocabulary: Vocabulary) -> str:
    """The line without how long and how often, for the room."""
    if not vocabulary.times:
        return line
    kept: list[LineWord] = []
    for one in segment_line(line, vocabulary).segments:
        timed = one.kind in TIME_KINDS
        used = time_words(one.kind, [one.value, *plain_words(one.rest)]) if timed else 0
        kept += one.words[used:]
    return " ".join(word.text for word in kept if word.text[:2] not in TIME_SIGNS)


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
