"""A post-it: what one line says, and the fields and records of an activity that it stands for.

A field that is ``None`` or empty was not said. Every text is one line: single spaces between
words, none around them, no control characters.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from offwall.model.records import (
    END,
    Action,
    Activity,
    Issue,
    IssueCode,
    Role,
    Session,
    Treatment,
    derive,
    line_of,
    the_activity,
)
from offwall.model.records.changes import added
from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_OWNER,
    NO_STAGE,
    ActivityId,
    RoleCode,
    StageId,
    TierCode,
)
from offwall.model.records.session import Owner, Route, Treatments
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.records.text import free_name
from offwall.model.setup.stages import has_number


class LineKind(StrEnum):
    """What keeping a line does."""

    NEW = "new"
    """It is a new activity."""
    ADDS = "adds"
    """It begins with a token, so it adds to the activity under the cursor; unless that token is
    a stage and words of its own follow: such a line is a new activity."""
    ALONE = "alone"
    """It is only ``^...`` or ``*...``: an issue parked, an action, of no activity."""


@dataclass(frozen=True, slots=True)
class PostItRoute:
    """An answer and where it leads, as typed: "" for the next, a ref, an id, ``end`` or words."""

    answer: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class PostItIssue:
    """One code and its text, which may be empty."""

    code: IssueCode
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActionPostIt:
    """An action as a line says it. ``owner`` is a role's code, a person's id, or words.

    ``impact`` and ``effort`` are 1 to 5; they and ``approval`` (a rung of the session's ladder)
    are said in the plan's lines only, not in a post-it's.
    """

    text: str
    owner: Owner = NO_OWNER
    due: dt.date | None = None
    impact: int | None = None
    effort: int | None = None
    approval: str = ""


SAID_ONCE = ("accountable", "decision", "then", "timescale", "note")
"""What a line says of an activity once, besides its words and its lead: said again, it is new."""


@dataclass(frozen=True, slots=True)
class PostIt:
    """What a post-it's line carries. Roles are codes, or the words typed where no role is known.

    ``lead`` and ``accountable`` are None where not said and "" for *nobody yet*. ``only`` are the
    tiers said alone (``%gold``): the others leave the activity out. ``unsettled`` are slips of
    known roles: they stay in words, and no role is made of them. ``times`` are the fields of
    `TIME_FIELDS` that are said, each with its words.
    """

    text: str = ""
    lead: str | None = None
    also: tuple[str, ...] = ()
    accountable: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    decision: str | None = None
    routes: tuple[PostItRoute, ...] = ()
    then: str | None = None
    documents: tuple[str, ...] = ()
    issues: tuple[PostItIssue, ...] = ()
    actions: tuple[ActionPostIt, ...] = ()
    parked: tuple[str, ...] = ()
    tiers: Treatments = ()
    only: tuple[TierCode, ...] = ()
    stage: StageId | None = None
    timescale: str | None = None
    note: str | None = None
    times: tuple[tuple[str, str], ...] = ()
    ditto: bool = False
    unsettled: tuple[str, ...] = field(default=(), compare=False)


# A post-it's line as an activity's fields, and an activity as its line.

_SHORT = re.compile(r"(?:([0-9]{1,3})\.)?([0-9]{1,3})")
"""A ref without its stage's letter, or without its stage."""


def added_to(old: Activity, note: PostIt) -> dict[str, Any]:
    """The fields of an activity that a note adds to: what may be said once replaces."""
    lead = old.lead if note.lead is None else note.lead
    once = {name: getattr(note, name) for name in SAID_ONCE}
    return {
        "lead": lead,
        "also": tuple(code for code in union(old.also, note.also) if code != lead),
        "consulted": union(old.consulted, note.consulted),
        "informed": union(old.informed, note.informed),
        "routes": _with_routes(old.routes, note.routes),
        "documents": union(old.documents, note.documents, str.casefold),
        "tiers": tuple((dict(old.tiers) | dict(note.tiers)).items()),
        **{name: value for name, value in once.items() if value is not None},
        **dict(note.times),
    }


def union(
    old: tuple[str, ...], new: Iterable[str], fold: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Both, in order, none twice; ``fold`` says what makes two alike."""
    said, more = set(map(fold, old)), dict[str, str]()
    for text in new:
        if fold(text) not in said:
            more.setdefault(fold(text), text)
    return (*old, *more.values())


def _with_routes(old: tuple[Route, ...], new: tuple[PostItRoute, ...]) -> tuple[Route, ...]:
    """An answer that is there already leads where the note says; any other is added."""
    routes = list(old)
    answers = [route.answer.casefold() for route in old]
    for said in new:
        answer = said.answer.casefold()
        if answer in answers:
            place = answers.index(answer)
            routes[place] = replace(old[place], to=NO_ACTIVITY, to_words=said.to)
        else:
            routes.append(Route(said.answer, to_words=said.to))
    return tuple(routes)


def whole_refs(
    note: PostIt, session: Session, stage: StageId, keep: Container[PostItRoute] = ()
) -> PostIt:
    """The note with ``3.5`` said as ``S3.05``, and ``5`` as the fifth place of ``stage``; routes in
    ``keep`` were there before, and stay.
    """
    routes = tuple(
        route if route in keep else replace(route, to=_whole_ref(route.to, session, stage))
        for route in note.routes
    )
    return note if routes == note.routes else replace(note, routes=routes)


def _whole_ref(words: str, session: Session, stage: StageId) -> str:
    short = _SHORT.fullmatch(words)
    if not short:
        return words
    number, place = short.groups()
    if number is not None:
        known = [stage.id for stage in session.stages if has_number(stage.id, number)]
        stage = known[0] if len(known) == 1 else NO_STAGE
    return f"{stage}.{int(place):02}" if stage else words


def in_full(note: PostIt, session: Session, people: Activity | None) -> PostIt:
    """The note with its shorthand said in full: ``"`` as the people of the note before it, and
    ``%gold`` alone as yes to gold, no to every other tier.
    """
    if note.ditto and people:
        lead, accountable = people.lead or None, people.accountable or None
        note = replace(
            note,
            lead=lead if note.lead is None else note.lead,
            also=note.also or people.also,
            accountable=accountable if note.accountable is None else note.accountable,
            consulted=note.consulted or people.consulted,
            informed=note.informed or people.informed,
        )
    if not note.only:
        return note
    codes = dict.fromkeys([*(tier.code for tier in session.tiers), *note.only])
    said = {code: Treatment.YES if code in note.only else Treatment.NO for code in codes}
    return replace(note, tiers=tuple((said | dict(note.tiers)).items()), only=())


# What a note brings besides its activity: roles not known yet, issues, actions, parked issues.

MEANINGS = {
    IssueCode.DOCUMENTATION: "Gap in documentation",
    IssueCode.GOVERNANCE: "Gap in governance",
    IssueCode.TIME: "Time risk",
    IssueCode.RISK: "Risk in the current process",
}
"""What a code alone says: an issue always has words."""


def with_roles(
    session: Session, note: PostIt, keep: Container[str] = frozenset()
) -> tuple[Session, PostIt]:
    """The session with a role for each word of the note that names none, and the note in codes.

    A word in ``keep`` stays as it is: a code that no role bears, and that was there before.
    """
    codes: dict[str, str] = {}
    for word in roles_of(note):
        if word not in keep:
            session, codes[word] = _role(session, word)

    def coded(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(codes.get(word, word) for word in words))

    return session, replace(
        note,
        lead=note.lead and codes.get(note.lead, note.lead),
        accountable=note.accountable and codes.get(note.accountable, note.accountable),
        also=coded(note.also),
        consulted=coded(note.consulted),
        informed=coded(note.informed),
    )


def roles_of(note: PostIt) -> tuple[str, ...]:
    """Every role that the note names, by code or as typed, each once."""
    said = (note.lead, *note.also, note.accountable, *note.consulted, *note.informed)
    return tuple(dict.fromkeys(role for role in said if role))


def _role(session: Session, word: str) -> tuple[Session, RoleCode]:
    if found := session.role_by_code.get(word):
        return session, found.code
    for role in session.roles:
        if word.casefold() in (role.code.casefold(), role.name.casefold()):
            return session, role.code
    stem = re.sub(r"[\W_]+", "-", word.casefold()).strip("-") or "role"
    code = free_name(stem, session.role_by_code, "-")
    name = " ".join(part[0].upper() + part[1:] for part in word.split())
    made = Role(RoleCode(code), name)
    return added(session, "roles", made), made.code


def with_new_records(
    session: Session, note: PostIt, activity: ActivityId, seed: str, n: int
) -> Session:
    """The session with the note's issues, parked issues and actions, linked to ``activity``.

    One that the activity already has in the same words is not made again; one of no activity is.
    """
    issues, actions = [], []
    for k, said in enumerate(note.issues):
        known, text = derive(seed, "i", n, k), said.text or MEANINGS[said.code]
        issues.append(Issue(known, text, code=said.code, activity=activity))
    for k, text in enumerate(note.parked):
        known = derive(seed, "i", n, "parked", k)
        issues.append(Issue(known, text, activity=activity, parked=True))
    for k, do in enumerate(note.actions):
        made = derive(seed, "n", n, k)
        actions.append(Action(made, do.text, activity=activity, owner=do.owner, due=do.due))
    if not issues and not actions:
        return session
    had = {(issue.code, issue.text) for issue in session.issues if issue.activity == activity}
    doing = {action.text for action in session.actions if action.activity == activity}
    new_issues = (new for new in issues if not activity or (new.code, new.text) not in had)
    new_actions = (new for new in actions if not activity or new.text not in doing)
    return replace(
        session,
        issues=(*session.issues, *new_issues),
        actions=(*session.actions, *new_actions),
    )


# The line filled in: what of an activity a line carries, and what it cannot.

_NOBODY = re.compile(r"\s*\?(?=[\s,]|$)")


def carried_records(
    session: Session, activity: ActivityId
) -> tuple[
    list[tuple[PostItIssue, Issue]], list[tuple[str, Issue]], list[tuple[ActionPostIt, Action]]
]:
    """The records beside an activity that its line carries, each with what it says of them: its
    issues with a code, the parked ones without, and its actions, in the session's order.
    """
    issues = [
        issue for issue in session.issues if issue.activity == activity and line_of(issue.text)
    ]
    actions = [
        action for action in session.actions if action.activity == activity and line_of(action.text)
    ]
    return (
        [(PostItIssue(issue.code, line_of(issue.text)), issue) for issue in issues if issue.code],
        [(line_of(issue.text), issue) for issue in issues if issue.parked and not issue.code],
        [(_said_action(action), action) for action in actions],
    )


def _said_action(action: Action) -> ActionPostIt:
    owner = action.owner if line_of(action.owner) else NO_OWNER
    return ActionPostIt(line_of(action.text), owner, action.due)


def post_it_of(session: Session, activity: ActivityId) -> PostIt:
    """What the line says of an activity, for editing. Its stage is said only to move it.

    Routes without a decision and tiers whose code is no one word cannot be said on a line; they
    are left out, and so are kept. Raises `EditError` where the activity is not there.
    """
    found = the_activity(session, activity)
    issues, parked, actions = carried_records(session, activity)
    decision, then = line_of(found.decision), line_of(said_target(session, found.then))
    # What cannot be read is left out: a line says nothing else of how long and how often.
    times = ((name, line_of(getattr(found, name)).replace(" %", "%")) for name in TIME_FIELDS)
    return PostIt(
        text=line_of(found.text),
        lead=next(iter(_roles([found.lead])), None),
        also=_roles(code for code in found.also if code != found.lead),
        accountable=next(iter(_roles([found.accountable])), None),
        consulted=_roles(found.consulted),
        informed=_roles(found.informed),
        decision=decision or None,
        routes=tuple(said for said, _ in said_routes(session, found)),
        then=then if then and (decision or then[0].isalpha()) else None,
        documents=tuple(filter(None, map(line_of, found.documents))),
        issues=tuple(said for said, _ in issues),
        actions=tuple(said for said, _ in actions),
        parked=tuple(said for said, _ in parked),
        tiers=tuple((code, how) for code, how in found.tiers if _one_word(code)),
        timescale=line_of(found.timescale) or None,
        note=line_of(found.note) or None,
        times=tuple((name, said) for name, said in times if TIME_FIELDS[name][0](said)),
    )


def _roles(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes that can be typed, each once; a question mark would say *nobody yet*."""
    said = dict.fromkeys(code for code in codes if line_of(code))
    return tuple(code for code in said if not _NOBODY.match(code))


def _one_word(code: str) -> bool:
    return bool(code) and "=" not in code and len(code.split()) == 1 and code == code.strip()


def said_routes(session: Session, activity: Activity) -> list[tuple[PostItRoute, Route]]:
    """The routes that a line can say, as it says them: with a decision, and with an answer."""
    if not line_of(activity.decision):
        return []
    return [
        (PostItRoute(answer, line_of(said_target(session, route.to) or route.to_words)), route)
        for route in activity.routes
        if (answer := line_of(route.answer))
    ]


def said_target(session: Session, to: str) -> str:
    """A target as it is typed: a ref, ``end``, or what is there where it leads nowhere."""
    return to if to == END else session.ref_by_id.get(to, to)
