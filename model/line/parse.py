"""One line read into a `PostIt`, with what was understood where. What is no token stays as text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offwall.model.line.actions import read_action
from offwall.model.line.grammar import (
    SIGNS,
    Doubt,
    LineWord,
    SpanKind,
    one_line,
    sign_of,
    unescape_value,
)
from offwall.model.line.segments import (
    ROLE_KINDS,
    TIME_KINDS,
    Segment,
    plain_words,
    read_route,
    segment_line,
    stretch,
    time_words,
)
from offwall.model.line.vocabulary import Vocabulary, nearest, take_names
from offwall.model.process import ActionPostIt, PostIt
from offwall.model.process.post_it import LineKind, PostItIssue, PostItRoute
from offwall.model.records import IssueCode, Session, Treatment
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.records.text import without_controls

if TYPE_CHECKING:
    from offwall.model.records.ids import StageId, TierCode

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
        self.new_roles: list[str] = []
        self._slips: list[str] = []
        self.doubts: list[Doubt] = []
        self._text: list[str] = []
        self._roles: dict[SpanKind, list[str]] = {kind: [] for kind in ROLE_KINDS}
        self._texts: dict[SpanKind, str] = {}
        self._routes: list[PostItRoute] = []
        self._then: str | None = None
        self._documents: list[str] = []
        self._issues: list[PostItIssue] = []
        self._actions: list[ActionPostIt] = []
        self._parked: list[str] = []
        self._tiers: dict[TierCode, Treatment] = {}
        self._stage: StageId | None = None
        self._only: list[TierCode] = []
        self._times: dict[str, str] = {}
        self._ditto = False
        self._listing = False

    def take(self, segment: Segment) -> None:
        """Read one segment."""
        kind = segment.kind
        if kind is SpanKind.DOCUMENT and self._listing:  # "+KPI form, +Risk log"
            self._documents[-1] = self._documents[-1].removesuffix(",")
        self._listing = False
        if kind in ROLE_KINDS:
            self._take_roles(segment)
        elif kind is SpanKind.TEXT:
            self._take_text(segment.words)
        elif kind in TIME_KINDS:
            words = [segment.value, *plain_words(segment.rest)]
            used = time_words(kind, words)
            self._times[kind] = " ".join(words[:used]).replace(" %", "%")
            self._text += words[used:]
        elif kind in (SpanKind.TIER, SpanKind.STAGE, SpanKind.DITTO):
            used = self._take_word(segment)
            self._take_text(segment.words[used:])
        else:
            self._take_value(segment)

    def leave(self, word: LineWord, why: str) -> None:
        """Note that a word begins like a token and is none here; "" where it goes without why."""
        kind = SIGNS.get(sign_of(word.text), SpanKind.DITTO)
        why = why or f"it {_WHY.get(kind, 'cannot be said here, or twice')}"
        self.doubts.append(Doubt.left(word.text, word.start, why))

    def drop(self, word: LineWord, why: str) -> None:
        """Note a sign without a value."""
        self.doubts.append(
            Doubt(word.text, word.start, f"“{word.text}” has nothing behind it: {why}.")
        )

    def _take_text(self, words: list[LineWord]) -> None:
        self._text += plain_words(words)

    def _take_word(self, segment: Segment) -> int:
        """Take a token of one word; the answer is how many with those of a stage's whole name."""
        used = 1
        value = segment.value.rstrip(",.;")
        if segment.kind is SpanKind.DITTO:
            self._ditto = True
        elif segment.kind is SpanKind.STAGE:
            self._stage = stage = self.vocabulary.stage(value)
            name = self.vocabulary.session.stage_by_id[stage].name.casefold().split()
            said = [value.casefold(), *(word.text.casefold() for word in segment.rest)]
            used = len(name) if name and said[: len(name)] == name else 1
            self._take_rest(segment.value[len(value) :])
            if value != segment.value:
                why = f"“{segment.words[0].text}” is read as stage {stage}."
                self.doubts.append(Doubt(segment.value, segment.words[0].start, why))
        elif found := self.vocabulary.tier(segment.value):
            code, treatment = found
            if treatment is None:
                self._only.append(code)
            else:
                self._tiers[code] = treatment
        return used

    def _take_value(self, segment: Segment) -> None:
        kind, others = segment.kind, plain_words(segment.rest)
        if kind is SpanKind.ISSUE:
            text = " ".join(others)
            self._issues += [PostItIssue(IssueCode(code), text) for code in segment.value.upper()]
            return
        if kind is SpanKind.ACTION:
            self._take_action(segment)
            return
        first = unescape_value(segment.value)
        value = " ".join([first, *others])
        if kind is SpanKind.DOCUMENT:
            self._documents.append(value)
            self._listing = value.endswith(",")
        elif kind is SpanKind.PARKED:
            self._parked.append(value)
        elif kind is SpanKind.ROUTE:
            self._take_route(value, segment)
        else:
            self._texts[kind] = value

    def _take_action(self, segment: Segment) -> None:
        first = LineWord(segment.value, segment.words[0].start + 1)
        led = first.text.startswith("@")
        text = [] if led else [first.text.removeprefix("\\")]
        words = [first, *segment.rest] if led else segment.rest
        action, doubts = read_action(text, words, self.vocabulary, plan=False)
        if not action.text:
            why = "an action needs words beside its owner"
            action = ActionPostIt(" ".join(word.text for word in words))
            doubts = [Doubt(action.text, first.start, f"“*{action.text}”: {why}.")]
        self._actions.append(action)
        self.doubts += doubts

    def _take_route(self, value: str, segment: Segment) -> None:
        route = read_route(value)
        self._doubt_target(route.to, value, segment.words[0].start)
        if route.answer:
            self._routes.append(route)
        elif route.to and self._then is None:
            self._then = route.to
        else:
            self._text += plain_words(segment.words)

    def _doubt_target(self, to: str, value: str, start: int) -> None:
        """Say what is odd about where a route leads; words that match nothing stay open."""
        if value.endswith("=") and not value.endswith("\\="):
            self.doubts.append(Doubt("=", start, f"“>{value}” leads to nothing said: the next."))
        elif why := self.vocabulary.odd_target(to):
            self.doubts.append(Doubt(to, start, f"“{to}” stays in words: {why}."))

    def _take_roles(self, segment: Segment) -> None:
        value = stretch(segment)
        one = segment.kind is SpanKind.ACCOUNTABLE
        found = take_names(value.text, self.vocabulary.roles, one=one)
        if not found.names:  # a quotation that never closes
            self._take_text(segment.words)
            return
        self._roles[segment.kind] += [name.value for name in found.names]
        for name in found.unknown:
            near = nearest(name.value, self.vocabulary.roles)
            (self._slips if near else self.new_roles).append(name.value)
            why = self._unknown(name.value, near)
            self.doubts.append(Doubt(name.value, value.at[name.start], why))
        self._take_rest(value.text[found.end :])

    def _unknown(self, word: str, near: str) -> str:
        if not near:
            return f"{word} is no role yet: keeping the line makes it."
        name = self.vocabulary.name_of(near)
        return f"{word} is no role: {name} may be meant; Tab takes it, else {word} is to settle."

    def _take_rest(self, rest: str) -> None:
        """Words after the roles are the activity's; a comma or stop there ends the word before."""
        glued, _, words = rest.partition(" ")
        if self._text:
            self._text[-1] += glued
        self._text += words.split()

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
            stage=self._stage,
            timescale=self._texts.get(SpanKind.TIMESCALE),
            note=self._texts.get(SpanKind.NOTE),
            times=tuple((kind, self._times[kind]) for kind in TIME_FIELDS if kind in self._times),
            ditto=self._ditto,
            unsettled=tuple(self._slips),
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line and what was understood.

    ``line`` is the line typed without control characters. ``new_roles`` are words that become
    roles when it is kept, ``doubts`` those that
    may be meant otherwise than they are read, each with a sentence that says why; ``cancels``
    are the kinds of signs without a value, which carry nothing over.
    """

    line: str
    note: PostIt
    way: LineKind
    new_roles: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    cancels: frozenset[SpanKind] = frozenset()

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
    for word, why in pieces.refused:
        reader.leave(word, why)
    for word, why in pieces.bare:
        reader.drop(word, why)
    kinds = [segment.kind for segment in pieces.segments[1:]]
    note = reader.note()
    return Parsed(
        line,
        note,
        _way(note, kinds),
        tuple(reader.new_roles),
        tuple(reader.doubts),
        frozenset(SIGNS[word.text] for word, _ in pieces.bare),
    )


def _way(note: PostIt, kinds: list[SpanKind]) -> LineKind:
    """What a line does that has tokens of these kinds: one with words of its own is a post-it."""
    if not kinds or note.text:
        return LineKind.NEW
    return LineKind.ALONE if {*kinds} <= {SpanKind.ACTION, SpanKind.PARKED} else LineKind.ADDS


def _asks_alone(line: Parsed) -> bool:
    """Whether a line is a decision and no more."""
    return bool(line.note.decision) and line.note == PostIt(decision=line.note.decision)


def parse_lines(
    lines: Sequence[str], session: Session, today: dt.date, adding_to: str = ""
) -> tuple[Parsed, ...]:
    """Read lines in a row, as `read_pasted` gives them.

    A line of tokens alone adds to the activity of the line before it, or, at the
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
    said = list(lines)
    for at, line in enumerate(said):
        found = parse(line, deciding if decision else plain)
        if _asks_alone(found) and not "".join(said[at + 1 : at + 2]).startswith(">"):
            why = "a question alone is a post-it; a decision stands behind its activity"
            text, doubts = one_line(line), (Doubt.left(one_line(line), 0, why),)
            found = replace(found, note=PostIt(text), way=LineKind.NEW, doubts=doubts)
        decision = bool(found.note.decision) or (decision and found.way is not LineKind.NEW)
        yield found
