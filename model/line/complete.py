"""What could be meant by the word being typed: offered under the line, taken with Tab."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from offwall.model.line.actions import approvals_of, say_owner
from offwall.model.line.grammar import (
    ROLE_KINDS,
    SIGNS,
    LineWord,
    Segment,
    SpanKind,
    escape,
    escape_value,
    segment_line,
    sign_of,
    unescape,
    words_of,
)
from offwall.model.line.vocabulary import GROUPS, Vocabulary, nearest
from offwall.model.process.activities import target_candidate
from offwall.model.records import END, Treatment, say_date
from offwall.model.records.text import Candidate, candidates, counted, ranked, without_controls
from offwall.model.setup.people_and_roles import role_candidates

_NUMBER = re.compile(r"\d+")
_BEFORE = re.compile(r"(?:^|\s)before (.*)$", re.I)
LIMIT = 100
"""Completions offered at most; the first few fit under the line, the rest are scrolled to."""

SIGN_MEANINGS = {
    "@": "lead, and by comma who is responsible beside",
    "a:": "accountable",
    "c:": "consulted",
    "i:": "informed",
    "r:": "responsible beside the lead",
    "?": "decision",
    ">": "answer, and where it leads: >yes=2.4",
    "+": "document",
    "!": "issue: !d documentation, !g governance, !t time, !r risk",
    "*": "action: *words @owner by 29 Jan",
    "^": "parked thought",
    "%": "tier",
    "/": "stage",
    "w:": "how long it takes",
    "n:": "note",
}
"""What each sign of the line begins."""
ISSUE_CODES = ("d documentation", "g governance", "t time", "r risk")


@dataclass(frozen=True, slots=True)
class Completion:
    """What to put in the place of ``start`` to ``end`` of the line, and what to call it."""

    text: str
    start: int
    end: int
    label: str


Offer = Iterable[Candidate]
"""What to type, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Prefix:
    """What is being typed: what offers the rest, the words so far, and where they start."""

    offer: Callable[[str, Vocabulary], Offer]
    said: str
    start: int


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """What could complete the line before the cursor (counted in characters); best first."""
    line = text[:cursor]
    asked = _asked(line, vocabulary) if without_controls(line) == line else None
    return _completed(asked, cursor, vocabulary) if asked else ()


def complete_sign(cursor: int) -> tuple[Completion, ...]:
    """What may be added to a post-it: the signs of the line."""
    return tuple(
        Completion(sign, cursor, cursor, f"{sign} {means}") for sign, means in SIGN_MEANINGS.items()
    )


def complete_action(text: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """The same for the plan's line: owners after ``@``, approvals after ``=``."""
    line = text[:cursor]
    words = words_of(line) if without_controls(line) == line else []
    if words and words[-1].text.startswith("=") and words[-1].end == len(line):
        start = words[-1].start + 1
        return _completed(_Prefix(_approvals, line[start:], start), cursor, vocabulary)
    asked = (_meeting_asked(line) or _owner_asked(line)) if words else None
    return _completed(asked, cursor, vocabulary) if asked else ()


def _completed(asked: _Prefix, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    offers = asked.offer(asked.said, vocabulary)
    unlike = (offer for offer in offers if offer.text != asked.said)
    return tuple(
        Completion(offer.text, asked.start, cursor, offer.label) for offer in islice(unlike, LIMIT)
    )


def _asked(line: str, vocabulary: Vocabulary) -> _Prefix | None:
    last = (words_of(line) or [LineWord("", 0)])[-1]
    sign = sign_of(f"{last.text}?") if last.end == len(line) else ""
    if sign and (last.text == sign or sign in "%/"):
        return _begun(sign, last, line, vocabulary)
    segment = segment_line(line, vocabulary).segments[-1]
    if segment.kind in ROLE_KINDS:
        return _last_of_list(segment, line)
    if segment.kind is SpanKind.ACTION:
        end = segment.words[0].end
        return _meeting_asked(line, end) or _owner_asked(line, end)
    if segment.kind is SpanKind.ROUTE:
        _, equals, said = line[segment.words[0].start :].partition("=")
        said = said.lstrip()
        return _Prefix(_targets, said, len(line) - len(said)) if equals else None
    if segment.kind is SpanKind.DOCUMENT:
        start = segment.words[0].start + 1
        return _Prefix(_documents, line[start:], start)
    return None


def _begun(sign: str, word: LineWord, line: str, vocabulary: Vocabulary) -> _Prefix | None:
    """A sign with nothing after it yet, or one whose value counts only once it is whole."""
    offer = _OFFERS.get(SIGNS[sign])
    if SIGNS[sign] is SpanKind.LEAD:
        before = segment_line(line[: word.start], vocabulary).segments[-1]
        offer = _owners if before.kind is SpanKind.ACTION else offer
    return _Prefix(offer, word.text[len(sign) :], word.start + len(sign)) if offer else None


def _last_of_list(segment: Segment, line: str) -> _Prefix:
    first = segment.words[0]
    text, at = segment.value, [*range(first.end - len(segment.value), first.end)]
    for word in segment.rest:
        plain = unescape(word.text)
        text += f" {plain}"
        at += [word.start - 1, *range(word.end - len(plain), word.end)]
    said = text.rpartition(",")[2].lstrip()
    start = at[len(text) - len(said)] if said else len(line)
    gap = " " if line != line.rstrip() else ""
    return _Prefix(_roles, said + gap, start)


def _meeting_asked(line: str, start: int = 0) -> _Prefix | None:
    """The meeting being typed after ``before``, where that stands behind ``start``."""
    found = _BEFORE.search(line, start)
    return _Prefix(_meetings, found[1], found.start(1)) if found else None


def _owner_asked(line: str, start: int = 0) -> _Prefix | None:
    """The owner being typed after the last ``@``, where that stands behind ``start``."""
    for word in reversed(words_of(line)):
        if word.text.startswith("@") and word.start >= start:
            return _Prefix(_owners, line[word.start + 1 :], word.start + 1)
    return None


def _roles(text: str, vocabulary: Vocabulary) -> Offer:
    listed = role_candidates(vocabulary.session)
    bare = {value for _, value in vocabulary.roles.items()} - {one.text for one in listed}
    known = (*listed, *candidates(sorted(bare)))
    found: Sequence[Candidate] = ranked(text, known)
    if not found and not text.endswith(" ") and (near := nearest(text, vocabulary.roles)):
        found = [one for one in known if one.text == near]
    return (replace(one, text=vocabulary.roles.say(one.text)) for one in found)


def owner_candidates(vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Who can own an action: roles by code, people by id, groups by name."""
    session = vocabulary.session
    names: dict[str, list[str]] = {}
    for phrase, value in vocabulary.owners.items():
        names.setdefault(value, []).append(phrase)
    labels = {one.text: one.label for one in role_candidates(session)}
    for person in session.people:
        labels[person.id] = ", ".join(filter(None, (person.name, person.role, person.team)))
        names.setdefault(person.id, []).append(person.name)  # of two with one name as well
    for group, words in GROUPS.items():
        there = sum(person.group in words for person in session.people)
        labels[group] = f"{group}, {counted(there, 'person', 'people')}"
    for value, called in names.items():
        yield Candidate(value, labels.get(value, f"{value}, a group"), tuple(called))


def _owners(text: str, vocabulary: Vocabulary) -> Offer:
    for candidate in ranked(text, owner_candidates(vocabulary)):
        yield replace(candidate, text=say_owner(candidate.text, vocabulary))


def _stages(text: str, vocabulary: Vocabulary) -> Offer:
    known = (
        Candidate(
            stage.id, f"{stage.id} {stage.name}", (stage.id, stage.name, *_NUMBER.findall(stage.id))
        )
        for stage in vocabulary.session.stages
    )
    return ranked(text, known)


def _tiers(text: str, vocabulary: Vocabulary) -> Offer:
    code, equals, how = text.partition("=")
    if equals:
        return ranked(how, [Candidate(f"{code}={each}", each, (each,)) for each in Treatment])
    return ranked(code, candidates(vocabulary.tier_codes))


def _documents(said: str, vocabulary: Vocabulary) -> Offer:
    for candidate in ranked(said, candidates(vocabulary.documents)):
        first, *others = candidate.text.split()
        text = " ".join([escape_value(first, False), *map(escape, others)])
        times = vocabulary.documents[candidate.text]
        yield replace(
            candidate,
            text=text,
            label=f"{candidate.text}, used at {times}" if times else candidate.text,
        )


def _targets(text: str, vocabulary: Vocabulary) -> Offer:
    if text[:1].isdigit():  # a place such as 2.4, which the line says whole as it understands it
        return ()
    refs = vocabulary.session.ref_by_id
    known = [
        target_candidate(refs[activity.id], activity) for activity in vocabulary.session.in_order
    ]
    return ranked(text, [*known, Candidate(END, f"{END} of the process", (END,))])


def _meetings(text: str, vocabulary: Vocabulary) -> Offer:
    bodies = {meeting.body.lower(): meeting.body for meeting in vocabulary.session.meetings}
    sits = {bodies[body]: when for body, (when, _) in vocabulary.meetings.items()}
    known = [Candidate(body, f"{body}, {say_date(when)}", (body,)) for body, when in sits.items()]
    return ranked(text, known)


def _approvals(text: str, vocabulary: Vocabulary) -> Offer:
    return ranked(text, candidates(approvals_of(vocabulary)))


def _codes(text: str, _: Vocabulary) -> Offer:
    return () if text else [Candidate(code[0], code) for code in ISSUE_CODES]


_OFFERS: dict[SpanKind, Callable[[str, Vocabulary], Offer]] = {
    **dict.fromkeys(ROLE_KINDS, _roles),
    SpanKind.DOCUMENT: _documents,
    SpanKind.STAGE: _stages,
    SpanKind.TIER: _tiers,
    SpanKind.ISSUE: _codes,
}
"""What a sign alone offers; an action and a route offer nothing before their words."""
