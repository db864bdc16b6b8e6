"""An action in words: what to do, ``@owner``, ``by date``; in the plan also ``5/1 =approval``."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from offwall.model.line.grammar import (
    TokenTest,
    escape,
    looks_like_token,
    unescape,
    without_controls,
    words_of,
)
from offwall.model.line.vocabulary import STOPS, Vocabulary
from offwall.model.process import ActionPostIt
from offwall.model.records import short_date
from offwall.model.records.dates import MONTHS, parse_when

_SCORE = re.compile(r"([1-5?])/([1-5?])")
_LONGEST_DATE = 4
_SAME_RUNG = {"full council": "whole council", "whole council": "full council"}
"""Two names for the top of the ladder; a session's own ladder has one of them."""


def _in_post_it(word: str) -> bool:
    return word.casefold() == "by" or looks_like_token(word)


def _in_plan(word: str) -> bool:
    if word.startswith(("@", "=")):
        return len(word) > 1
    return word.casefold() == "by" or bool(_SCORE.fullmatch(word))


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
    owner: str = ""
    due: dt.date | None = None
    scores: tuple[int | None, int | None] = (None, None)
    approval: str = ""
    unknown: list[str] = field(default_factory=list)

    def read(self) -> ActionPostIt:
        looks, at = looks_in(plan=self.plan), 0
        while at < len(self.words):
            used = self.take(at)
            if not used:
                self.text.append(unescape(self.words[at], looks))
            at += used or 1
        impact, effort = self.scores
        return ActionPostIt(
            " ".join(self.text), self.owner, self.due, impact, effort, self.approval
        )

    def take(self, at: int) -> int:
        word = self.words[at]
        if word.startswith("@"):
            return self.take_owner(at)
        if word.casefold() == "by":
            return self.take_due(at)
        if not self.plan:
            return 0
        return self.take_approval(at) if word.startswith("=") else self.take_score(word)

    def take_owner(self, at: int) -> int:
        first, looks = self.words[at][1:], looks_in(plan=self.plan)
        owners = self.vocabulary.owners
        if self.owner or not first or not owners.may_begin(first):
            return 0
        words = [first, *(unescape(word, looks) for word in self.words[at + 1 :])]
        said = " ".join(words)
        name = owners.take(said)
        if name is None:
            return 0
        self.owner = name.value
        if not name.known:
            self.unknown.append(name.value)
        used = said[: name.end].count(" ") + 1
        left = said[name.end :].partition(" ")[0]
        self.glue(left)
        return used

    def glue(self, left: str) -> None:
        """Punctuation that stood at the name stays at the word before it."""
        if left.strip(STOPS + ",") or not self.text:
            self.text += [left] if left else []
        else:
            self.text[-1] += left

    def take_due(self, at: int) -> int:
        if self.due:
            return 0
        self.due, used = _date_after(self.words, at, self.vocabulary.today)
        return used

    def take_score(self, word: str) -> int:
        found = _SCORE.fullmatch(word)
        if not found or word == "?/?" or self.scores != (None, None):
            return 0
        impact, effort = (None if digit == "?" else int(digit) for digit in found.groups())
        self.scores = impact, effort
        return 1

    def take_approval(self, at: int) -> int:
        words = [self.words[at][1:], *self.words[at + 1 :]]
        if self.approval or not words[0]:
            return 0
        self.approval, used = find_approval(words, approvals_of(self.vocabulary))
        return used


def _date_after(words: list[str], at: int, today: dt.date) -> tuple[dt.date | None, int]:
    """The date said right after the word at ``at``, and how many words with it that takes."""
    for count in range(_LONGEST_DATE, 0, -1):
        said = words[at + 1 : at + 1 + count]
        if len(said) == count and (date := parse_when(" ".join(said), today)):
            return date, count + 1
    return None, 0


def approvals_of(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ladder, and any rung that an action names besides."""
    used = (action.approval for action in vocabulary.session.actions if action.approval)
    return tuple(dict.fromkeys([*vocabulary.session.approvals, *used]))


def find_approval(words: list[str], ladder: tuple[str, ...]) -> tuple[str, int]:
    """The rung that the words begin with, and how many words that takes; ("", 0) for none.

    A rung is said whole, or by one word that begins only that rung, or by its initials.
    """
    rungs = {" ".join(rung.split()).casefold(): rung for rung in reversed(ladder)}
    for one, other in _SAME_RUNG.items():
        if other in rungs:
            rungs.setdefault(one, rungs[other])
    for count in range(max(map(len, map(str.split, rungs)), default=0), 0, -1):
        said = " ".join(words[:count]).casefold()
        if len(words) >= count and said in rungs:
            return rungs[said], count
    first = words[0].casefold()
    begun = {rung for said, rung in rungs.items() if said.startswith(first)}
    begun = begun or {rung for said, rung in rungs.items() if _initials(said) == first}
    return (begun.pop(), 1) if len(begun) == 1 else ("", 0)


def _initials(said: str) -> str:
    return "".join(word[0] for word in said.split())


def read_action(
    text: Iterable[str], words: list[str], vocabulary: Vocabulary, *, plan: bool
) -> tuple[ActionPostIt, list[str]]:
    """The action that the typed words say after the plain ``text``, and owners not known."""
    reader = _ActionReader(words, vocabulary, plan, list(text))
    return reader.read(), reader.unknown


def say_action_text(words: list[str], today: dt.date, *, plan: bool) -> list[str]:
    """An action's words as they must be typed to stay text."""
    looks = looks_in(plan=plan)
    said = []
    for at, word in enumerate(words):
        harmless = word.casefold() == "by" and not (
            at == len(words) - 1 or _date_after(words, at, today)[1]
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

_SCORED = re.compile("[0-9]/[0-9]")
_DATED = re.compile(
    rf"(?<!\S)by ([0-9]+[/-][0-9][0-9/-]*|[0-9]+(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)})[a-z]*)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ParsedAction:
    """An action's line as understood, and owners that are no role and no person known.

    Such an owner is kept as the words for a group. ``left_as_text`` says, a sentence each, which
    words look like an approval, a score or a target date and are none.
    """

    note: ActionPostIt
    unknown_owners: tuple[str, ...] = ()
    left_as_text: tuple[str, ...] = ()


def parse_action(text: str, vocabulary: Vocabulary) -> ParsedAction:
    """Read one line of the plan. Never fails: what is no token is the action's text.

    An owner is a role or a person by any of their names, by a first name that only one person
    has, or, unknown, one word or words in quotation marks. An approval is a rung of the
    session's ladder, by its whole name, its unique beginning in a word, or its initials.
    """
    words = [word.text for word in words_of(without_controls(text))]
    note, unknown = read_action([], words, vocabulary, plan=True)
    return ParsedAction(note, tuple(unknown), tuple(_left(words, note)))


def _left(words: Sequence[str], note: ActionPostIt) -> Iterator[str]:
    """What looks like a token and stays as text, as ``by 31 Feb`` does."""
    stays = Counter(note.text.split())
    for word in words:
        if stays[word] and word.startswith("=") and len(word) > 1:
            yield f"{word} is no approval on the ladder and stays as text."
        elif stays[word] and _SCORED.fullmatch(word):
            yield f"{word} is no score from 1/1 to 5/5 and stays as text."
    dated = None if note.due else _DATED.search(" ".join(words))
    if dated:
        yield f"{dated[1]} is no date and stays as text."


def render_action(note: ActionPostIt, vocabulary: Vocabulary) -> str:
    """The line that says the action; `parse_action` reads it back to the same."""
    text = say_action_text(note.text.split(), vocabulary.today, plan=True)
    return " ".join([*text, *say_action_rest(note, vocabulary, plan=True)])
