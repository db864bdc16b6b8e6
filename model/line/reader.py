"""Fills a note from a line's segments, and says what was understood where."""

from dataclasses import dataclass

from model.line.deeds import read_action
from model.line.names import UnknownRole, nearest, take_names
from model.line.routes import read_route
from model.line.segments import ROLE_KINDS, Segment, plain_words, stretch
from model.line.vocabulary import Vocabulary
from model.line.words import SIGNS, Kind, Word, sign_of, unescape_value
from model.note import ActionNote, Note, NoteIssue, NoteRoute
from model.session import IssueCode, Treatment


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the line and what it was understood as; ``understood`` is for colour."""

    kind: Kind
    start: int
    end: int
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Left:
    """A word that begins like a token and stays as text, and why, in a sentence."""

    word: str
    start: int
    why: str


_WHY = {
    Kind.STAGE: "is the start of no one stage",
    Kind.TIER: "is no tier, or says no yes, light or no",
    Kind.ISSUE: "is none of !d !g !t !r",
    Kind.ROUTE: "follows no decision",
    Kind.DITTO: "was said before",
}


class Reader:
    """Takes a line's segments one after another."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.spans: list[Span] = []
        self.unknown: list[UnknownRole] = []
        self.left: list[Left] = []
        self._text: list[str] = []
        self._roles: dict[Kind, list[str]] = {kind: [] for kind in ROLE_KINDS}
        self._texts: dict[Kind, str] = {}
        self._routes: list[NoteRoute] = []
        self._then: str | None = None
        self._documents: list[str] = []
        self._issues: list[NoteIssue] = []
        self._actions: list[ActionNote] = []
        self._parked: list[str] = []
        self._tiers: dict[str, Treatment] = {}
        self._only: list[str] = []
        self._ditto = False

    def take(self, segment: Segment) -> None:
        """Read one segment."""
        kind = segment.kind
        if kind in ROLE_KINDS:
            self._take_roles(segment)
        elif kind is Kind.TEXT:
            self._take_text(segment.words)
        elif kind in (Kind.TIER, Kind.STAGE, Kind.DITTO):
            self._take_word(segment)
            self._take_text(segment.rest)
        else:
            self._take_value(segment)

    def leave(self, word: Word) -> None:
        """Note that a word begins like a token and is none here."""
        kind = SIGNS.get(sign_of(word.text), Kind.DITTO)
        why = _WHY.get(kind, "cannot be said here, or twice")
        self.left.append(Left(word.text, word.start, f"“{word.text}” {why}: it stays as text."))

    def _span(self, kind: Kind, words: list[Word]) -> None:
        self.spans.append(Span(kind, words[0].start, words[-1].end))

    def _take_text(self, words: list[Word]) -> None:
        if words:
            self._text += plain_words(words)
            self._span(Kind.TEXT, words)

    def _take_word(self, segment: Segment) -> None:
        self._span(segment.kind, segment.words[:1])
        if segment.kind is Kind.DITTO:
            self._ditto = True
        elif segment.kind is Kind.STAGE:
            self._texts[Kind.STAGE] = self.vocabulary.stage(segment.value)
        elif found := self.vocabulary.tier(segment.value):
            code, treatment = found
            if treatment is None:
                self._only.append(code)
            else:
                self._tiers[code] = treatment

    def _take_value(self, segment: Segment) -> None:
        self._span(segment.kind, segment.words)
        kind, others = segment.kind, plain_words(segment.rest)
        if kind is Kind.ISSUE:
            text = " ".join(others)
            self._issues += [NoteIssue(IssueCode(code), text) for code in segment.value.upper()]
            return
        first = unescape_value(segment.value)
        if kind is Kind.ACTION:
            self._take_action(first, segment.rest)
            return
        value = " ".join([first, *others])
        if kind is Kind.DOCUMENT:
            self._documents.append(value)
        elif kind is Kind.PARKED:
            self._parked.append(value)
        elif kind is Kind.ROUTE:
            self._take_route(value, segment)
        else:
            self._texts[kind] = value

    def _take_action(self, first: str, rest: list[Word]) -> None:
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
        one = segment.kind is Kind.ACCOUNTABLE
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
            self.spans.append(Span(Kind.TEXT, at[1], at[-1]))

    def note(self) -> Note:
        """What the segments said."""
        leads = self._roles[Kind.LEAD]
        lead = leads[0] if leads else None
        also = dict.fromkeys([*self._roles[Kind.ALSO], *leads[1:]])
        accountable = self._roles[Kind.ACCOUNTABLE]
        return Note(
            text=" ".join(self._text),
            lead=lead,
            also=tuple(code for code in also if code and code != lead),
            accountable=accountable[0] if accountable else None,
            consulted=tuple(dict.fromkeys(self._roles[Kind.CONSULTED])),
            informed=tuple(dict.fromkeys(self._roles[Kind.INFORMED])),
            decision=self._texts.get(Kind.DECISION),
            routes=tuple(self._routes),
            then=self._then,
            documents=tuple(self._documents),
            issues=tuple(self._issues),
            actions=tuple(self._actions),
            parked=tuple(self._parked),
            tiers=tuple(self._tiers.items()),
            only=tuple(dict.fromkeys(self._only)),
            stage=self._texts.get(Kind.STAGE),
            timescale=self._texts.get(Kind.TIMESCALE),
            note=self._texts.get(Kind.NOTE),
            ditto=self._ditto,
        )
