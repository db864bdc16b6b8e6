"""Bring what another day of the workshop found: its roles, words, issues, parked ones and actions.

Each record keeps its id, so that the same day brought again brings nothing. What is here already
under another id is known by its words. Nothing that is here is changed but for other names of a
role, and ways not to say a word. The wall itself stays where it is: what stood at an activity of
the other day is *near* its words here. Votes, places and answers stay too; the days rank together.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from offwall.model.records import Action, Issue, Role, Session, excerpt, line_of
from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_ISSUE,
    GroupWords,
    RoleCode,
    field_infos,
)
from offwall.model.records.session import Owner, Word
from offwall.model.records.text import fold, free_name
from offwall.model.review.duplicates import similar_names

_WHO = tuple(name for name, info in field_infos(Action).items() if "people" in info.to)
"""The fields of an action that say who does it."""

BroughtRecord = TypeVar("BroughtRecord", Issue, Action)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The session with what was brought, and how many of each that is; ``there`` were here before.

    ``left_out`` says in a sentence each what was not brought, and why.
    """

    session: Session
    roles: int = 0
    words: int = 0
    issues: int = 0
    parked: int = 0
    actions: int = 0
    there: int = 0
    left_out: tuple[str, ...] = ()


def bring_session(session: Session, other: Session, source: str) -> ImportResult:
    """Bring the other session's records into this one, tagged with their ``source``.

    A record that was itself brought from elsewhere keeps the source that it has.
    """
    roles, codes = _roles(session.roles, other.roles)
    words, left_out = _words(session.words, other.words)
    issues, issue_ids = _new(session.issues, other.issues, lambda one: (fold(one.text), one.code))
    actions, _ = _new(session.actions, other.actions, lambda one: (fold(one.text), one.kind))
    owner = _owner_of(session, other, codes)
    issues = [_at_home(session, other, issue, source) for issue in issues]
    actions = [
        replace(
            _at_home(session, other, action, source),
            issue=issue_ids.get(action.issue, NO_ISSUE),
            **dict[str, Any]((name, owner(getattr(action, name))) for name in _WHO),
            votes=0,
            place=None,
        )
        for action in actions
    ]
    return ImportResult(
        replace(
            session,
            roles=roles,
            words=words,
            issues=(*session.issues, *issues),
            actions=(*session.actions, *actions),
        ),
        len(roles) - len(session.roles),
        len(words) - len(session.words),
        sum(not issue.parked for issue in issues),
        sum(issue.parked for issue in issues),
        len(actions),
        len(other.issues) - len(issues) + len(other.actions) - len(actions),
        left_out,
    )


def _new(
    here: Sequence[BroughtRecord],
    there: Sequence[BroughtRecord],
    says: Callable[[BroughtRecord], object],
) -> tuple[list[BroughtRecord], dict[str, Any]]:
    """The records that are not here yet; and the id that each of theirs has, or will have, here."""
    ids = {one.id for one in here}
    said = {says(one): one.id for one in reversed(here)}
    known: dict[str, Any] = {
        one.id: one.id if one.id in ids else said[says(one)]
        for one in there
        if one.id in ids or says(one) in said
    }
    new = [one for one in there if one.id not in known]
    known |= {one.id: one.id for one in new}
    return new, known


def _at_home(session: Session, other: Session, record: BroughtRecord, source: str) -> BroughtRecord:
    """The record with its source; where its activity stayed behind, near that one's words."""
    stayed = other.activity_by_id.get(record.activity)
    record = replace(record, source=record.source or line_of(source))
    if record.activity in session.activity_by_id:
        return record
    near = line_of(stayed.text) if stayed else record.near
    return replace(record, activity=NO_ACTIVITY, near=near)


def _owner_of(
    session: Session, other: Session, codes: Mapping[str, RoleCode]
) -> Callable[[Owner], Owner]:
    """Who owns something here that is owned there: a person goes by name where not on the list."""
    people = {
        fold(person.name): person.id for person in reversed(session.people) if fold(person.name)
    }
    called: dict[str, Owner] = {
        person.id: people.get(fold(person.name)) or GroupWords(line_of(person.name))
        for person in other.people
    }
    return lambda owner: codes.get(owner) or called.get(owner) or owner


def _roles(
    here: tuple[Role, ...], there: tuple[Role, ...]
) -> tuple[tuple[Role, ...], dict[str, RoleCode]]:
    """The roles of both; and the code here of each that is there."""
    roles = {role.code: role for role in here}
    codes: dict[str, RoleCode] = {}
    for role in there:
        twin = next((one for one in roles.values() if _one_role(one, role)), None)
        if twin is None:
            code = RoleCode(free_name(role.code, set(map(fold, roles)), compared=fold))
            codes[role.code], roles[code] = code, replace(role, code=code)
        else:
            codes[role.code] = twin.code
            known = {"", *map(fold, (twin.code, twin.name, *twin.also_called))}
            more = _more(twin.also_called, (role.name, *role.also_called), known)
            roles[twin.code] = replace(twin, also_called=more)
    return tuple(roles.values()), codes


def _one_role(role: Role, other: Role) -> bool:
    """Whether two are one role: one of their names is the same, or code and name are alike."""
    names = {fold(said) for said in (role.name, *role.also_called)} - {""}
    if names & {fold(said) for said in (other.name, *other.also_called)}:
        return True
    return fold(role.code) == fold(other.code) and bool(similar_names((role.name, other.name)))


def _more(here: tuple[str, ...], there: Iterable[str], taken: Container[str]) -> tuple[str, ...]:
    """What is said here, and what is said there besides, each once, if it is not ``taken``."""
    said = {fold(one): one for one in there}
    return (*here, *(one for key, one in said.items() if key not in taken))


def _words(
    here: tuple[Word, ...], there: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of both; and, in a sentence each, those that were not agreed on alike."""
    words = list(here)
    places = {fold(word.say): place for place, word in reversed(tuple(enumerate(here)))}
    left_out = []
    for word in there:
        avoided = {fold(said): word.say for word in words for said in word.avoid}
        place = places.get(fold(word.say))
        if place is not None:
            more = _more(words[place].avoid, word.avoid, {*avoided, *places})
            words[place] = replace(words[place], avoid=more)
        elif say := avoided.get(fold(word.say)):
            left_out.append(f"Word left out: {excerpt(word.say)}, as {excerpt(say)} is said here.")
        else:
            places[fold(word.say)] = len(words)
            words.append(word)
    return tuple(words), tuple(left_out)
