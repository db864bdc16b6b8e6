"""An action in words: what to do, ``@owner``, ``by date``; in the plan also ``5/1 =approval``."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from offwall.model.line.grammar import (
    TokenTest,
    escape,
    looks_like_token,
    stays_text,
    unescape,
)
from offwall.model.line.vocabulary import (
    AND,
    HANGS,
    STOPS,
    FoundName,
    Vocabulary,
    initials,
    nearest,
)
from offwall.model.process import ActionPostIt
from offwall.model.records import short_date
from offwall.model.records.dates import When, read_when
from offwall.model.records.fields import NO_OWNER
from offwall.model.records.session import Owner
from offwall.model.records.text import fold, without_controls
from offwall.model.records.uses import owner_of

_SCORE = re.compile(r"([1-5?])/([1-5?])")
_SCORED = re.compile("[0-9?]/[0-9?]")
_PORTION = re.compile("of|day|days|hours?|time|price")
"""What follows a fraction, so that it is no score said in the wrong place."""
_AMOUNT = re.compile(
    r"\b(?:cut|reduc|increas|rais|extend|lower|shorten|lengthen|grow|uplift|trim|delay|postpon"
    r"|improv|drop|fall|rise|shrink|exceed|widen|expand|sav|slip|speed|over|back|forward|mov|push"
    r"|late|behind|short|early)\w*\b",
    re.I,
)
"""What is done by an amount: ``cut waiting time by 10d`` has no date."""
_WITHIN = re.compile(rf"{_AMOUNT.pattern}|\b(?:pa(?:y|id)|repl|respon|answer|acknowledg)", re.I)
_FRACTION = re.compile("[0-9]+/[0-9]+")
_DATED = ("by", "before", "in")
"""What a date follows; ``before`` only a meeting, ``in`` only a length of time."""
_SAME_RUNG = (
    ("full council", "whole council"),
    ("whole council", "full council"),
    *((short, "corporate leadership team") for short in ("clt", "cmt", "slt", "smt")),
)
"""Names that people also use for a rung, and what a session's own ladder may call it."""


def _in_post_it(word: str) -> bool:
    return word.casefold() in _DATED or looks_like_token(word)


def _in_plan(word: str) -> bool:
    begins = word.startswith(("@", "="))
    return begins or word.casefold() in _DATED or bool(_SCORE.fullmatch(word))


def looks_in(*, plan: bool) -> TokenTest:
    """What begins like a token within an action, in the plan's line or a post-it's."""
    return _in_plan if plan else _in_post_it


@dataclass(slots=True)
class _ActionReader:
    """Takes an action's words one after another; each ``take`` says how many it used."""

    words: list[str]
    vocabulary: Vocabulary
    plan: bool
    text: list[str]
    owner: Owner = NO_OWNER
    due: dt.date | None = None
    approval: str = ""
    doubts: list[str] = field(default_factory=list)
    scored: dict[int, str] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def read(self) -> ActionPostIt:
        at = 0
        while at < len(self.words):
            at += self.take(at) or self.keep(at, 1)
        impact, effort = self.take_scores()
        text = " ".join(self.text)
        return ActionPostIt(text, self.owner, self.due, impact, effort, self.approval)

    def keep(self, at: int, count: int) -> int:
        looks = looks_in(plan=self.plan)
        self.text += [unescape(word, looks) for word in self.words[at : at + count]]
        return count

    def leave(self, at: int, count: int, why: str) -> int:
        said = " ".join(self.words[at : at + count])
        self.left |= {*range(len(self.text), len(self.text) + count)}
        self.doubts.append(stays_text(said, why))
        return self.keep(at, count)

    def take(self, at: int) -> int:
        word = self.words[at]
        if word.startswith("@"):
            return self.take_owner(at)
        if used := self.take_due(at):
            return used
        if self.plan and word.startswith("="):
            return self.take_approval(at)
        if self.plan and _SCORED.fullmatch(word) and word != "?/?":
            self.scored[len(self.text)] = word
        return 0

    def take_owner(self, at: int) -> int:
        first, owners = self.words[at][1:], self.vocabulary.owners
        if not first and at == len(self.words) - 1:
            self.doubts.append("“@” names nobody: it is dropped.")
            return 1
        if not first or not owners.may_begin(first):
            return 0
        if self.owner:
            return self.leave(at, 1, "an owner is said already")
        looks = looks_in(plan=self.plan)
        said = " ".join([first, *(unescape(word, looks) for word in self.words[at + 1 :])])
        name = owners.take(said)
        if name is None:
            return 0
        name = self.whole_name(said, name) if self.text else name
        glued = said[name.end :].partition(" ")[0]
        more = AND.match(said, name.end)
        hangs = glued.strip(STOPS + ",") or (more and owners.take_known(said, more.end()))
        odd = not name.known and (len(name.value) == 1 or HANGS.search(name.value))
        if hangs or (odd and first[0] != '"'):
            return self.leave(at, 1, "it is no role and no person")
        self.owner = owner_of(self.vocabulary.session, name.value)
        if not name.known:
            self.doubts.append(_unknown(name.value, self.vocabulary))
        self.glue(glued)
        return said[: name.end].count(" ") + 1

    def whole_name(self, text: str, name: FoundName) -> FoundName:
        """The name with a surname that is a slip, as in ``Jane Dough``, as one not known."""
        both = text.split()[:2]
        person = text[: name.end].casefold() == both[0].casefold() and len(both) > 1
        if person and both[1][:1].isupper() and len(both[1]) > len("Do"):
            whole = " ".join(both).rstrip(STOPS + ",")
            if nearest(whole, self.vocabulary.owners) == name.value:
                return FoundName(whole, 0, len(whole), known=False)
        return name

    def glue(self, left: str) -> None:
        """Punctuation that stood at the name stays at the word before it."""
        if left.strip(STOPS + ",") or not self.text:
            self.text += [left] if left else []
        else:
            self.text[-1] += left

    def take_due(self, at: int) -> int:
        found, count = _when(self.words, at, self.text, self.vocabulary)
        if not count:
            return 0
        if found.doubt:
            return self.leave(at, count, found.doubt)
        if self.due:
            return self.leave(at, count, "a date is said already")
        self.due = found.date
        if found.means:
            self.doubts.append(f"{found.means}.")
        last = self.words[at + count - 1]
        self.glue(last[len(last.rstrip(STOPS + ",")) :])
        return count

    def take_scores(self) -> tuple[int | None, int | None]:
        """Impact and effort are the last of the text; elsewhere they are words of it."""
        impact = effort = None
        last = len(self.text) - 1
        while last in self.left:
            last -= 1
        for at, word in reversed(self.scored.items()):
            score = _SCORE.fullmatch(word)
            if at == last and score and at - 1 not in self.scored:
                impact, effort = (None if each == "?" else int(each) for each in score.groups())
                del self.text[at]
            elif not _PORTION.fullmatch(" ".join(self.text[at + 1 : at + 2])):
                why = "a score, from 1/1 to 5/5, stands once, at the end"
                self.doubts.append(stays_text(word, why))
        return impact, effort

    def take_approval(self, at: int) -> int:
        words = [self.words[at][1:], *self.words[at + 1 :]]
        if not words[0]:
            return 0
        ladder = approvals_of(self.vocabulary)
        found, used = find_approval(words, ladder)
        if used and not self.approval:
            self.approval = found
            return used
        if used or words[0][0].isalpha():
            begun = [rung for rung in ladder if fold(rung).startswith(fold(words[0]))]
            may_be = "" if used else ", or ".join(begun)
            why = f"it may be {may_be}" if may_be else "it is no one approval on the ladder"
            return self.leave(at, 1, why)
        return 0


def _unknown(owner: str, vocabulary: Vocabulary) -> str:
    near = nearest(owner, vocabulary.owners)
    if not near:
        return f"{owner} is no role or person: kept as a group."
    name = vocabulary.name_of(near)
    return f"{owner} is no role or person: {name} may be meant; Tab takes it."


def _when(words: list[str], at: int, text: list[str], vocabulary: Vocabulary) -> tuple[When, int]:
    """The date, or the doubt, at a word behind ``text``, and how many words that takes."""
    word = words[at].casefold()
    by, ahead = word == "by", " ".join(words[at + 1 : at + 3]).casefold().split()
    if word not in _DATED and "before" not in ahead:
        return When(), 0
    found = read_when(words[at + by :], vocabulary.today, vocabulary.meetings)
    verbs = _WITHIN if word == "in" else _AMOUNT
    amount = bool(verbs.search(" ".join(text)))
    before = found.date and not found.span and found.words > len(["2w", "before"])
    if word == "before" and not found.date:
        named = bool(words[at + 1 : at + 2]) and words[at + 1][0].isupper()
        later = read_when(words[at + 1 :], vocabulary.today)
        why = "a day stands behind by" if later.date else "no such meeting has a date"
        found = When(None, 1 + max(named, later.words if later.date else 0), why)
        found = found if found.words > 1 else When()
    elif (word == "in" and not found.span) or (word not in _DATED and not before):
        return When(), 0
    if not found.words or (amount and "%" in words[at + by]):
        return When(), 0
    if amount and _FRACTION.fullmatch(words[at + by]):
        found = When(None, 1, "it may be a part of it")
    elif found.span and (amount or (not by and " ".join(words[at + found.words :])[:1].isalnum())):
        found = When(None, found.words, "it may be an amount, or how long")
    elif found.date in vocabulary.dues:
        found = When(found.date, found.words)
    return found, found.words + by


def approvals_of(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ladder, and any rung that an action names besides."""
    used = (action.approval for action in vocabulary.session.actions if action.approval)
    return tuple(dict.fromkeys([*vocabulary.session.approvals, *used]))


def find_approval(words: list[str], ladder: tuple[str, ...]) -> tuple[str, int]:
    """The rung that the words begin with, and how many words that takes; ("", 0) for none.

    A rung is said whole, or by one word that begins only that rung, or by its initials.
    """
    rungs = {fold(rung): rung for rung in reversed(ladder)}
    for one, other in _SAME_RUNG:
        if other in rungs:
            rungs.setdefault(one, rungs[other])
    for count in range(max(map(len, map(str.split, rungs)), default=0), 0, -1):
        said = " ".join(words[:count]).casefold()
        if len(words) >= count and said in rungs:
            return rungs[said], count
    first = words[0].casefold()
    begun = {rung for said, rung in rungs.items() if said.startswith(first)}
    begun = begun or {rung for said, rung in rungs.items() if initials(said) == first}
    return (begun.pop(), 1) if len(begun) == 1 else ("", 0)


class ParsedAction(NamedTuple):
    """An action as understood, an unknown owner as a group's words, and sentences of doubt."""

    note: ActionPostIt
    doubts: tuple[str, ...]


def read_action(
    text: Iterable[str], words: list[str], vocabulary: Vocabulary, *, plan: bool
) -> ParsedAction:
    """The action that the typed words say after the plain ``text``."""
    reader = _ActionReader(words, vocabulary, plan, list(text))
    return ParsedAction(reader.read(), tuple(reader.doubts))


def say_action_text(
    words: list[str], vocabulary: Vocabulary, *, plan: bool, text: tuple[str, ...] = ()
) -> list[str]:
    """An action's words, behind ``text``, as they must be typed to stay text."""
    looks = looks_in(plan=plan)
    said = []
    for at, word in enumerate(words):
        last = at == len(words) - 1
        harmless = word.casefold() in _DATED and not last
        if harmless:
            places = range(max(0, at - 2), at + 1)
            harmless = not any(
                _when(words, one, [*text, *words[:one]], vocabulary)[1] > at - one for one in places
            )
        said.append(word if harmless else escape(word, looks))
    return said


def say_action_rest(note: ActionPostIt, vocabulary: Vocabulary, *, plan: bool) -> list[str]:
    """The parts of an action after its text, as typed."""
    looks = looks_in(plan=plan)
    said = []
    if note.owner:
        first, *others = say_owner(note.owner, vocabulary).split()
        said.append(" ".join(["@" + first, *(escape(word, looks) for word in others)]))
    if note.due:
        said.append(f"by {short_date(note.due)}")
    if plan and (note.impact or note.effort):
        said.append(f"{note.impact or '?'}/{note.effort or '?'}")
    if plan and note.approval:
        said.append(f"={note.approval}")
    return said


def say_owner(owner: str, vocabulary: Vocabulary) -> str:
    """An owner as people say it: a person by name where that is enough."""
    owners = vocabulary.owners
    for person in vocabulary.session.people:
        if person.id == owner and owners.find(person.name) == owner:
            return person.name
    return owners.say(owner)


# The plan's line: ``Share Housing's checklist @jane by 29 Jan 5/1 =team``.
#
# Owner, target date, impact and effort (1 to 5, ``?`` for one not said), approval. What is none of
# them is the action's text. `parse_action` and `render_action` are each other's inverse.


def parse_action(text: str, vocabulary: Vocabulary) -> ParsedAction:
    """Read one line of the plan. Never fails: what is no token is the action's text.

    An owner is a role or a person by any of their names, by a first name that only one person
    has, or, unknown, one word or words in quotation marks.
    """
    return read_action([], without_controls(text).split(), vocabulary, plan=True)


def render_action(note: ActionPostIt, vocabulary: Vocabulary) -> str:
    """The line that says the action; `parse_action` reads it back to the same."""
    text = say_action_text(note.text.split(), vocabulary, plan=True)
    return " ".join([*text, *say_action_rest(note, vocabulary, plan=True)])
