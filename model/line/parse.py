"""One line read into a `PostIt`, with what was understood where. What is no token stays as text.

What follows ``>`` is an answer and, after the first ``=``, where it leads.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offwall.model.line.actions import read_action
from offwall.model.line.grammar import (
    AMOUNT,
    ROLE_KINDS,
    SIGNS,
    TIME_KINDS,
    TIME_SIGNS,
    LineWord,
    Segment,
    SpanKind,
    one_line,
    segment_line,
    sign_of,
    stays_text,
    time_words,
    unescape,
    unescape_value,
)
from offwall.model.line.vocabulary import Vocabulary, nearest, take_names
from offwall.model.process import ActionPostIt, PostIt
from offwall.model.process.post_it import LineKind, PostItIssue, PostItRoute
from offwall.model.records import IssueCode, Session, Treatment
from offwall.model.records.fields import NO_TIER, StageId, TierCode
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.records.text import without_controls

_SEPARATOR = re.compile(r"(?<!\\)=")
_PLAIN_EQUALS = re.compile(r"\\(\\*=)")
_EQUALS = re.compile(r"(\\*=)")
_PLAIN_AMOUNT = re.compile(rf"^\\(\\*(?:{AMOUNT.pattern}))")
_AMOUNT = re.compile(rf"^(?=\\*(?:{AMOUNT.pattern}))")

_WHY = {
    SpanKind.STAGE: "is the start of no one stage",
    SpanKind.TIER: "is no tier, or says no yes, light or no",
    SpanKind.ISSUE: "is none of !d !g !t !r",
    SpanKind.ROUTE: "follows no decision",
    SpanKind.DITTO: "was said before",
}


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


def plain_words(words: list[LineWord]) -> list[str]:
    """The words as meant, without the backslashes that made them plain."""
    return [unescape(word.text) for word in words]


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


class _Reader:
    """Takes a line's segments one after another; what they said is in ``note``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.new_roles: list[str] = []
        self.slips: list[str] = []
        self.doubts: list[str] = []
        self.text: list[str] = []
        self.roles: dict[SpanKind, list[str]] = {kind: [] for kind in ROLE_KINDS}
        self.texts: dict[str, str] = {}
        self.routes: list[PostItRoute] = []
        self.then: str | None = None
        self.documents: list[str] = []
        self.issues: list[PostItIssue] = []
        self.actions: list[ActionPostIt] = []
        self.parked: list[str] = []
        self.tiers: dict[TierCode, Treatment] = {}
        self.only: list[TierCode] = []
        self.stage: StageId | None = None
        self.ditto = False
        self.listing = False

    def take(self, segment: Segment) -> None:
        kind, others = segment.kind, plain_words(segment.rest)
        if kind is SpanKind.DOCUMENT and self.listing:  # "+KPI form, +Risk log"
            self.documents[-1] = self.documents[-1].removesuffix(",")
        self.listing = False
        if kind in ROLE_KINDS:
            self.take_roles(segment)
        elif kind in TIME_KINDS:
            words = [segment.value, *others]
            used = time_words(kind, words)
            self.texts[kind] = " ".join(words[:used]).replace(" %", "%")
            self.text += words[used:]
        elif kind is SpanKind.STAGE:
            self.take_stage(segment)
        elif kind is SpanKind.TIER:
            self.take_tier(segment.value)
            self.text += others
        elif kind is SpanKind.ISSUE:
            codes = map(IssueCode, segment.value.upper())
            self.issues += [PostItIssue(code, " ".join(others)) for code in codes]
        elif kind is SpanKind.ACTION:
            self.take_action(segment)
        elif kind is SpanKind.TEXT:
            self.text += plain_words(segment.words)
        elif kind is SpanKind.DITTO:
            self.ditto = True
            self.text += others
        else:
            self.take_value(segment, " ".join([unescape_value(segment.value), *others]))

    def take_value(self, segment: Segment, value: str) -> None:
        if segment.kind is SpanKind.DOCUMENT:
            self.documents.append(value)
            self.listing = value.endswith(",")
        elif segment.kind is SpanKind.PARKED:
            self.parked.append(value)
        elif segment.kind is SpanKind.ROUTE:
            self.take_route(value, segment.words)
        else:
            self.texts[segment.kind] = value

    def take_stage(self, segment: Segment) -> None:
        """A stage by one word, or by all the words of its name."""
        value = segment.value.rstrip(",.;")
        self.stage = stage = self.vocabulary.stage(value)
        name = self.vocabulary.session.stage_by_id[stage].name.casefold().split()
        said = [value.casefold(), *(word.text.casefold() for word in segment.rest)]
        self.take_rest(segment.value[len(value) :])
        if value != segment.value:
            self.doubts.append(f"“{segment.words[0].text}” is read as stage {stage}.")
        used = len(name) if name and said[: len(name)] == name else 1
        self.text += plain_words(segment.words[used:])

    def take_tier(self, value: str) -> None:
        code, treatment = self.vocabulary.tier(value) or (NO_TIER, None)
        if treatment:
            self.tiers[code] = treatment
        else:
            self.only.append(code)

    def take_action(self, segment: Segment) -> None:
        first, words = segment.value, [word.text for word in segment.rest]
        text = [] if first.startswith("@") else [first.removeprefix("\\")]
        words = words if text else [first, *words]
        action, doubts = read_action(text, words, self.vocabulary, plan=False)
        if not action.text:
            action = ActionPostIt(" ".join(words))
            doubts = (f"“*{action.text}”: an action needs words beside its owner.",)
        self.actions.append(action)
        self.doubts += doubts

    def take_route(self, value: str, words: list[LineWord]) -> None:
        """An answer, or what comes next; words that match nothing stay open."""
        route = read_route(value)
        if value.endswith("=") and not value.endswith("\\="):
            self.doubts.append(f"“>{value}” leads to nothing said: the next.")
        elif why := self.vocabulary.odd_target(route.to):
            self.doubts.append(f"“{route.to}” stays in words: {why}.")
        if route.answer:
            self.routes.append(route)
        elif route.to and self.then is None:
            self.then = route.to
        else:
            self.text += plain_words(words)

    def take_roles(self, segment: Segment) -> None:
        value = " ".join([segment.value, *plain_words(segment.rest)])
        roles = self.vocabulary.roles
        names = take_names(value, roles, one=segment.kind is SpanKind.ACCOUNTABLE)
        if not names:  # a quotation that never closes
            self.text += plain_words(segment.words)
            return
        self.roles[segment.kind] += [name.value for name in names]
        for word in (name.value for name in names if not name.known):
            if near := nearest(word, roles):
                self.slips.append(word)
                why = f"{self.vocabulary.name_of(near)} may be meant; Tab takes it"
                self.doubts.append(f"{word} is no role: {why}, else {word} is to settle.")
            else:
                self.new_roles.append(word)
                self.doubts.append(f"{word} is no role yet: keeping the line makes it.")
        self.take_rest(value[names[-1].end :])

    def take_rest(self, rest: str) -> None:
        """Words after the roles are the activity's; a comma or stop there ends the word before."""
        glued, _, words = rest.partition(" ")
        if self.text:
            self.text[-1] += glued
        self.text += words.split()

    def note(self) -> PostIt:
        leads, accountable = self.roles[SpanKind.LEAD], self.roles[SpanKind.ACCOUNTABLE]
        lead = leads[0] if leads else None
        also = dict.fromkeys([*self.roles[SpanKind.ALSO], *leads[1:]])
        return PostIt(
            text=" ".join(self.text),
            lead=lead,
            also=tuple(code for code in also if code and code != lead),
            accountable=accountable[0] if accountable else None,
            consulted=tuple(dict.fromkeys(self.roles[SpanKind.CONSULTED])),
            informed=tuple(dict.fromkeys(self.roles[SpanKind.INFORMED])),
            decision=self.texts.get(SpanKind.DECISION),
            routes=tuple(self.routes),
            then=self.then,
            documents=tuple(self.documents),
            issues=tuple(self.issues),
            actions=tuple(self.actions),
            parked=tuple(self.parked),
            tiers=tuple(self.tiers.items()),
            only=tuple(dict.fromkeys(self.only)),
            stage=self.stage,
            timescale=self.texts.get(SpanKind.TIMESCALE),
            note=self.texts.get(SpanKind.NOTE),
            times=tuple((kind, self.texts[kind]) for kind in TIME_FIELDS if kind in self.texts),
            ditto=self.ditto,
            unsettled=tuple(self.slips),
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line and what was understood.

    ``line`` is the line typed without control characters. ``new_roles`` are words that become
    roles when it is kept, ``doubts`` sentences on words that may be meant otherwise than they are
    read; ``cancels`` are the kinds of signs without a value, which carry nothing over.
    """

    line: str
    note: PostIt
    way: LineKind
    new_roles: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    cancels: frozenset[SpanKind] = frozenset()


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Read one line. Never fails: what is no token is the activity's text."""
    line = without_controls(text)
    pieces = segment_line(line, vocabulary)
    reader = _Reader(vocabulary)
    for segment in pieces.segments:
        reader.take(segment)
    for word, why in pieces.refused:
        kind = SIGNS.get(sign_of(word.text), SpanKind.DITTO)
        said = why or f"it {_WHY.get(kind, 'cannot be said here, or twice')}"
        reader.doubts.append(stays_text(word.text, said))
    reader.doubts += [f"“{one.text}” has nothing behind it: {why}." for one, why in pieces.bare]
    note, kinds = reader.note(), {segment.kind for segment in pieces.segments[1:]}
    way = LineKind.ALONE if kinds <= {SpanKind.ACTION, SpanKind.PARKED} else LineKind.ADDS
    return Parsed(
        line,
        note,
        LineKind.NEW if not kinds or note.text else way,  # words of its own make it a post-it
        tuple(reader.new_roles),
        tuple(reader.doubts),
        frozenset(SIGNS[word.text] for word, _ in pieces.bare),
    )


def parse_lines(
    lines: Sequence[str], session: Session, today: dt.date, adding_to: str = ""
) -> Iterator[Parsed]:
    """Read lines in a row, as `read_pasted` gives them, one by one.

    A line of tokens alone adds to the activity of the line before it, or, at the front, to
    ``adding_to``; whether ``>`` counts there goes by that activity's decision. A decision and no
    more is a post-it, unless an answer follows.
    """
    deciding = Vocabulary(session, today, adding_to, decision=True)
    plain = Vocabulary(session, today, adding_to, decision=False)
    decision = Vocabulary.of(session, today, adding_to).decision
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        found = parse(line, deciding if decision else plain)
        asked = found.note.decision
        if asked and found.note == PostIt(decision=asked) and not after.startswith(">"):
            why = "a question alone is a post-it; a decision stands behind its activity"
            text = one_line(line)
            doubts = (stays_text(text, why),)
            found = replace(found, note=PostIt(text), way=LineKind.NEW, doubts=doubts)
        decision = bool(found.note.decision) or (decision and found.way is not LineKind.NEW)
        yield found
