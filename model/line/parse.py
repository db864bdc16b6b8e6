"""One line read into a `PostIt`, with what was understood where. What is no token stays as text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offwall.model.line.actions import read_action
from offwall.model.line.grammar import (
    ROLE_KINDS,
    SIGNS,
    LineWord,
    Segment,
    SpanKind,
    plain_words,
    read_route,
    segment_line,
    sign_of,
    stretch,
    strip_bullets,
    unescape_value,
    without_controls,
)
from offwall.model.line.vocabulary import UnknownRole, Vocabulary, nearest, take_names
from offwall.model.process import ActionPostIt
from offwall.model.process.post_it import LineKind, PostIt, PostItIssue, PostItRoute
from offwall.model.records import IssueCode, Session, Treatment


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the line and what it was understood as; ``understood`` is for colour."""

    kind: SpanKind
    start: int
    end: int
    understood: bool = True


@dataclass(frozen=True, slots=True)
class UnreadToken:
    """A word that begins like a token and stays as text, and why, in a sentence."""

    word: str
    start: int
    why: str


_WHY = {
    SpanKind.STAGE: "is the start of no one stage",
    SpanKind.TIER: "is no tier, or says no yes, light or no",
    SpanKind.ISSUE: "is none of !d !g !t !r",
    SpanKind.ROUTE: "follows no decision",
    SpanKind.DITTO: "was said before",
}


class SegmentReader:
    """Takes a line's segments one after another."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.spans: list[Span] = []
        self.unknown: list[UnknownRole] = []
        self.left: list[UnreadToken] = []
        self._text: list[str] = []
        self._roles: dict[SpanKind, list[str]] = {kind: [] for kind in ROLE_KINDS}
        self._texts: dict[SpanKind, str] = {}
        self._routes: list[PostItRoute] = []
        self._then: str | None = None
        self._documents: list[str] = []
        self._issues: list[PostItIssue] = []
        self._actions: list[ActionPostIt] = []
        self._parked: list[str] = []
        self._tiers: dict[str, Treatment] = {}
        self._only: list[str] = []
        self._ditto = False

    def take(self, segment: Segment) -> None:
        """Read one segment."""
        kind = segment.kind
        if kind in ROLE_KINDS:
            self._take_roles(segment)
        elif kind is SpanKind.TEXT:
            self._take_text(segment.words)
        elif kind in (SpanKind.TIER, SpanKind.STAGE, SpanKind.DITTO):
            self._take_word(segment)
            self._take_text(segment.rest)
        else:
            self._take_value(segment)

    def leave(self, word: LineWord) -> None:
        """Note that a word begins like a token and is none here."""
        kind = SIGNS.get(sign_of(word.text), SpanKind.DITTO)
        why = _WHY.get(kind, "cannot be said here, or twice")
        self.left.append(
            UnreadToken(word.text, word.start, f"“{word.text}” {why}: it stays as text.")
        )

    def _span(self, kind: SpanKind, words: list[LineWord]) -> None:
        self.spans.append(Span(kind, words[0].start, words[-1].end))

    def _take_text(self, words: list[LineWord]) -> None:
        if words:
            self._text += plain_words(words)
            self._span(SpanKind.TEXT, words)

    def _take_word(self, segment: Segment) -> None:
        self._span(segment.kind, segment.words[:1])
        if segment.kind is SpanKind.DITTO:
            self._ditto = True
        elif segment.kind is SpanKind.STAGE:
            self._texts[SpanKind.STAGE] = self.vocabulary.stage(segment.value)
        elif found := self.vocabulary.tier(segment.value):
            code, treatment = found
            if treatment is None:
                self._only.append(code)
            else:
                self._tiers[code] = treatment

    def _take_value(self, segment: Segment) -> None:
        self._span(segment.kind, segment.words)
        kind, others = segment.kind, plain_words(segment.rest)
        if kind is SpanKind.ISSUE:
            text = " ".join(others)
            self._issues += [PostItIssue(IssueCode(code), text) for code in segment.value.upper()]
            return
        first = unescape_value(segment.value)
        if kind is SpanKind.ACTION:
            self._take_action(first, segment.rest)
            return
        value = " ".join([first, *others])
        if kind is SpanKind.DOCUMENT:
            self._documents.append(value)
        elif kind is SpanKind.PARKED:
            self._parked.append(value)
        elif kind is SpanKind.ROUTE:
            self._take_route(value, segment)
        else:
            self._texts[kind] = value

    def _take_action(self, first: str, rest: list[LineWord]) -> None:
        typed = [word.text for word in rest]
        action, _ = read_action([first], typed, self.vocabulary, plan=False)
        self._actions.append(action)

    def _take_route(self, value: str, segment: Segment) -> None:
        route = read_route(value)
        if route.answer:
            self._routes.append(route)
        elif route.to and self._then is None:
            self._then = route.to
        else:
            self._text += plain_words(segment.words)

    def _take_roles(self, segment: Segment) -> None:
        value = stretch(segment)
        one = segment.kind is SpanKind.ACCOUNTABLE
        found = take_names(value.text, self.vocabulary.roles, one=one)
        if not found.names:  # a quotation that never closes
            self._take_text(segment.words)
            return
        self.spans.append(
            Span(segment.kind, segment.words[0].start, value.at[found.end - 1] + 1, found.all_known)
        )
        self._roles[segment.kind] += [name.value for name in found.names]
        for name in found.unknown:
            near = nearest(name.value, self.vocabulary.roles)
            start, end = value.at[name.start], value.at[name.end - 1] + 1
            self.unknown.append(UnknownRole(name.value, start, end, near))
        self._take_rest(value.text[found.end :])
        self._span_rest(value.at[found.end :])

    def _take_rest(self, rest: str) -> None:
        """Words after the roles are the activity's; a comma or stop there ends the word before."""
        glued, _, words = rest.partition(" ")
        if self._text:
            self._text[-1] += glued
        self._text += words.split()

    def _span_rest(self, at: tuple[int, ...]) -> None:
        if len(at) > 2:
            self.spans.append(Span(SpanKind.TEXT, at[1], at[-1]))

    def note(self) -> PostIt:
        """What the segments said."""
        leads = self._roles[SpanKind.LEAD]
        lead = leads[0] if leads else None
        also = dict.fromkeys([*self._roles[SpanKind.ALSO], *leads[1:]])
        accountable = self._roles[SpanKind.ACCOUNTABLE]
        return PostIt(
            text=" ".join(self._text),
            lead=lead,
            also=tuple(code for code in also if code and code != lead),
            accountable=accountable[0] if accountable else None,
            consulted=tuple(dict.fromkeys(self._roles[SpanKind.CONSULTED])),
            informed=tuple(dict.fromkeys(self._roles[SpanKind.INFORMED])),
            decision=self._texts.get(SpanKind.DECISION),
            routes=tuple(self._routes),
            then=self._then,
            documents=tuple(self._documents),
            issues=tuple(self._issues),
            actions=tuple(self._actions),
            parked=tuple(self._parked),
            tiers=tuple(self._tiers.items()),
            only=tuple(dict.fromkeys(self._only)),
            stage=self._texts.get(SpanKind.STAGE),
            timescale=self._texts.get(SpanKind.TIMESCALE),
            note=self._texts.get(SpanKind.NOTE),
            ditto=self._ditto,
        )


# One line read into a `Note`. What is not understood stays as text; nothing is thrown away.


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line and what was understood.

    ``spans`` are places in ``line``, which is the line typed without control characters.
    ``unknown_roles`` become roles when the line is kept. ``left_as_text`` are the words that
    begin like a token and are none here, each with a sentence that says why.
    """

    line: str
    note: PostIt
    way: LineKind
    spans: tuple[Span, ...] = ()
    unknown_roles: tuple[UnknownRole, ...] = ()
    left_as_text: tuple[UnreadToken, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the line adds to the activity under the cursor."""
        return self.way is LineKind.ADDS

    @property
    def stands_alone(self) -> bool:
        """Whether the line is only parked issues or actions, of no activity."""
        return self.way is LineKind.ALONE


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Read one line. Never fails: what is no token is the activity's text."""
    line = without_controls(text)
    pieces = segment_line(line, vocabulary)
    reader = SegmentReader(vocabulary)
    for segment in pieces.segments:
        reader.take(segment)
    for word in pieces.refused:
        reader.leave(word)
    kinds = [segment.kind for segment in pieces.segments[1:]]
    note = reader.note()
    return Parsed(
        line,
        note,
        _way(note, kinds if not pieces.segments[0].words else []),
        tuple(sorted(reader.spans, key=lambda span: span.start)),
        tuple(reader.unknown),
        tuple(reader.left),
    )


def _way(note: PostIt, kinds: list[SpanKind]) -> LineKind:
    """What a line does whose first words are tokens of these kinds; none: it begins with text."""
    if not kinds or (kinds[0] is SpanKind.STAGE and note.text):
        return (
            LineKind.NEW
        )  # "/S3 Pay the invoice" names its stage first; "/S3" alone moves one there
    alone = not note.text and {*kinds} <= {SpanKind.ACTION, SpanKind.PARKED}
    return LineKind.ALONE if alone else LineKind.ADDS


def parse_lines(
    lines: Sequence[str], session: Session, today: dt.date, adding_to: str = ""
) -> tuple[Parsed, ...]:
    """Read pasted or piped lines, bullets stripped and empty lines left out.

    A line that begins with a token adds to the activity of the line before it, or, at the
    front, to ``adding_to``; whether ``>`` counts there goes by that activity's decision.
    """
    return tuple(read_lines(lines, session, today, adding_to))


def read_lines(
    lines: Iterable[str], session: Session, today: dt.date, adding_to: str = ""
) -> Iterator[Parsed]:
    """Read them one by one, for whoever has something else to do in between."""
    deciding = Vocabulary(session, today, adding_to, decision=True)
    plain = Vocabulary(session, today, adding_to, decision=False)
    decision = Vocabulary.of(session, today, adding_to).decision
    for line in map(strip_bullets, lines):
        if line:
            found = parse(line, deciding if decision else plain)
            decision = bool(found.note.decision) or (decision and found.way is not LineKind.NEW)
            yield found
