"""What could be meant by the word being typed: offered under the line, taken with Tab."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from offwall.model.line.actions import approvals_of
from offwall.model.line.doubts import ROLE_KINDS
from offwall.model.line.grammar import (
    SIGNS,
    LineWord,
    SpanKind,
    escape,
    escape_value,
    sign_of,
    words_of,
)
from offwall.model.line.segments import Segment, segment_line, stretch
from offwall.model.line.vocabulary import Vocabulary, initials, nearest
from offwall.model.records import END, Treatment
from offwall.model.records.text import fold, without_controls

_NUMBER = re.compile(r"\d+")
LIMIT = 8
"""Completions offered at most: what fits under the line."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What to put in the place of ``start`` to ``end`` of the line, and what to call it."""

    text: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Prefix:
    """What is being typed: the kind of its token, the words so far, and where they start."""

    kind: SpanKind
    said: str
    start: int


Offer = Iterable[tuple[str, str]]
"""What to type, and its label."""


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """What could complete the line before the cursor (counted in characters); best first."""
    line = text[:cursor]
    asked = _asked(line, vocabulary) if without_controls(line) == line else None
    if asked is None:
        return ()
    return _completed(asked, cursor, _OFFERS[asked.kind](asked.said, vocabulary))


def complete_action(text: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """The same for the plan's line: owners after ``@``, approvals after ``=``."""
    line = text[:cursor]
    words = words_of(line) if without_controls(line) == line else []
    last = words[-1] if words else LineWord("", 0)
    if last.text.startswith("=") and last.end == len(line):
        asked = _Prefix(SpanKind.TEXT, last.text[1:], last.start + 1)
        rungs = approvals_of(vocabulary)
        return _completed(asked, cursor, ((rung, rung) for rung in _matching(rungs, asked.said)))
    owner = _owner_asked(line) if words else None
    return _completed(owner, cursor, _owners(owner.said, vocabulary)) if owner else ()


def _completed(asked: _Prefix, cursor: int, offers: Offer) -> tuple[Completion, ...]:
    unlike = (offer for offer in offers if offer[0] != asked.said)
    return tuple(
        Completion(said, asked.start, cursor, label) for said, label in islice(unlike, LIMIT)
    )


def _asked(line: str, vocabulary: Vocabulary) -> _Prefix | None:
    words = words_of(line)
    if not words:
        return None
    last = words[-1]
    sign = sign_of(f"{last.text}?") if last.end == len(line) else ""
    if sign and (last.text == sign or sign in "%/"):
        return _begun(sign, last, line, vocabulary)
    segment = segment_line(line, vocabulary).segments[-1]
    if segment.kind in ROLE_KINDS:
        return _last_of_list(segment, line)
    in_segment = {SpanKind.ACTION: _owner, SpanKind.ROUTE: _target, SpanKind.DOCUMENT: _document}
    return in_segment[segment.kind](segment, line) if segment.kind in in_segment else None


def _begun(sign: str, word: LineWord, line: str, vocabulary: Vocabulary) -> _Prefix | None:
    """A sign with nothing after it yet, or one whose value counts only once it is whole."""
    kind = SIGNS[sign]
    if (
        kind is SpanKind.LEAD
        and segment_line(line[: word.start], vocabulary).segments[-1].kind is SpanKind.ACTION
    ):
        kind = SpanKind.ACTION
    elif kind not in _OFFERS or kind in (SpanKind.ROUTE, SpanKind.ACTION):
        return None
    return _Prefix(kind, word.text[len(sign) :], word.start + len(sign))


def _last_of_list(segment: Segment, line: str) -> _Prefix:
    value = stretch(segment)
    gap = len(line) - len(line.rstrip())
    said = value.text.rpartition(",")[2]
    lead = len(said) - len(said.lstrip())
    start = value.at[len(value.text) - len(said) + lead] if said.strip() else len(line)
    return _Prefix(SpanKind.LEAD, said.lstrip() + " " * bool(gap), start)


def _owner(segment: Segment, line: str) -> _Prefix | None:
    return _owner_asked(line, segment.words[0].end)


def _owner_asked(line: str, start: int = 0) -> _Prefix | None:
    """The owner being typed after the last ``@``, where that stands behind ``start``."""
    for word in reversed(words_of(line)):
        if word.text.startswith("@") and word.start >= start:
            return _Prefix(SpanKind.ACTION, line[word.start + 1 :], word.start + 1)
    return None


def _target(segment: Segment, line: str) -> _Prefix | None:
    _, equals, said = line[segment.words[0].start :].partition("=")
    said = said.lstrip()
    return _Prefix(SpanKind.ROUTE, said, len(line) - len(said)) if equals else None


def _document(segment: Segment, line: str) -> _Prefix:
    start = segment.words[0].start + 1
    return _Prefix(SpanKind.DOCUMENT, line[start:], start)


def _names(pairs: Iterable[tuple[str, str]], said: str, name: Callable[[str], str]) -> Offer:
    """Values of which a phrase begins with ``said``, then those whose initials it is."""
    folded = said.casefold()
    known = list(pairs)
    begun = [value for phrase, value in known if phrase.casefold().startswith(folded)]
    short = [value for phrase, value in known if folded and initials(phrase) == folded]
    for value in dict.fromkeys([*begun, *short]):
        yield value, name(value)


def _roles(said: str, vocabulary: Vocabulary) -> Offer:
    names: dict[str, str] = {role.code: role.name for role in vocabulary.session.roles}
    found = list(_names(vocabulary.roles.items(), said, lambda code: names.get(code, "")))
    typing = not said.endswith(" ")
    if not found and typing and (near := nearest(said, vocabulary.roles)):
        found = [(near, names.get(near, ""))]
    for code, name in found:
        yield vocabulary.roles.say(code), f"{code} {name}".strip()


def _owners(said: str, vocabulary: Vocabulary) -> Offer:
    names: dict[str, str] = {role.code: role.name for role in vocabulary.session.roles}
    names |= {person.id: person.name for person in vocabulary.session.people}
    people = {person.id for person in vocabulary.session.people}
    for value, name in _names(vocabulary.owners.items(), said, lambda key: names.get(key, key)):
        yield name if value in people else vocabulary.owners.say(value), name


def _stages(said: str, vocabulary: Vocabulary) -> Offer:
    folded = said.casefold()
    for stage in vocabulary.session.stages:
        forms = (stage.id.casefold(), stage.name.casefold(), *_NUMBER.findall(stage.id))
        if any(form.startswith(folded) for form in forms):
            yield stage.id, f"{stage.id} {stage.name}"


def _tiers(said: str, vocabulary: Vocabulary) -> Offer:
    code, equals, how = said.partition("=")
    if equals:
        yield from ((f"{code}={each}", each) for each in Treatment if each.startswith(how))
        return
    for tier in vocabulary.tier_codes:
        if tier.casefold().startswith(code.casefold()):
            yield tier, tier


def _documents(said: str, vocabulary: Vocabulary) -> Offer:
    for name in _matching(vocabulary.documents, said):
        first, *others = name.split()
        yield " ".join([escape_value(first, False), *map(escape, others)]), name


def _matching(texts: Iterable[str], said: str) -> Iterator[str]:
    """Texts that begin so, then those in which a word begins so."""
    folded, later = fold(said), []
    for text in texts:
        if text.casefold().startswith(folded):
            yield text
        elif f" {folded}" in text.casefold():
            later.append(text)
    yield from later


def _targets(said: str, vocabulary: Vocabulary) -> Offer:
    refs = vocabulary.session.ref_by_id
    labels = {f"{refs[found.id]} {found.text}": found.id for found in vocabulary.session.in_order}
    for label in _matching(labels, said):
        yield refs[labels[label]], label
    if END.startswith(said.casefold()):
        yield END, END


_OFFERS: dict[SpanKind, Callable[[str, Vocabulary], Offer]] = {
    **dict.fromkeys(ROLE_KINDS, _roles),
    SpanKind.ACTION: _owners,
    SpanKind.ROUTE: _targets,
    SpanKind.DOCUMENT: _documents,
    SpanKind.STAGE: _stages,
    SpanKind.TIER: _tiers,
}
