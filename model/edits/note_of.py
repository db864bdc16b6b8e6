"""The line filled in: what of an activity a line carries, and what it cannot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from model.edits.errors import EditError
from model.edits.records import the_activity
from model.edits.texts import line_of
from model.note import ActionNote, Note, NoteIssue, NoteRoute
from model.session import END, Action, Activity, Issue, Route, Session

_NOBODY = re.compile(r"\s*\?(?=[\s,]|$)")


@dataclass(frozen=True, slots=True)
class Carried:
    """The records beside an activity that its line carries, in the session's order."""

    issues: tuple[Issue, ...]
    parked: tuple[Issue, ...]
    actions: tuple[Action, ...]


def carried(session: Session, activity: str) -> Carried:
    """The issues with a code, the parked ones without, and the actions of an activity."""
    issues = [
        issue for issue in session.issues if issue.activity == activity and line_of(issue.text)
    ]
    return Carried(
        tuple(issue for issue in issues if issue.code),
        tuple(issue for issue in issues if issue.parked and not issue.code),
        tuple(
            found for found in session.actions if found.activity == activity and line_of(found.text)
        ),
    )


def note_of(session: Session, activity: str) -> Note:
    """What the line says of an activity, for editing. Its stage is said only to move it.

    Routes without a decision and tiers whose code is no one word cannot be said on a line; they
    are left out, and so are kept. Raises `EditError` where the activity is not there.
    """
    found, beside = the_activity(session, activity), carried(session, activity)
    return Note(
        text=line_of(found.text),
        lead=next(iter(_roles([found.lead])), None),
        also=_roles(code for code in found.also if code != found.lead),
        accountable=next(iter(_roles([found.accountable])), None),
        consulted=_roles(found.consulted),
        informed=_roles(found.informed),
        decision=line_of(found.decision) or None,
        routes=tuple(said for said, _ in said_routes(session, found)),
        then=_then(session, found),
        documents=tuple(filter(None, map(line_of, found.documents))),
        issues=tuple(map(note_issue, beside.issues)),
        actions=tuple(map(note_action, beside.actions)),
        parked=tuple(line_of(issue.text) for issue in beside.parked),
        tiers=tuple((code, how) for code, how in found.tiers if _one_word(code)),
        timescale=line_of(found.timescale) or None,
        note=line_of(found.note) or None,
    )


def _roles(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes that can be typed, each once; a question mark would say *nobody yet*."""
    said = dict.fromkeys(code for code in codes if line_of(code))
    return tuple(code for code in said if not _NOBODY.match(code))


def _one_word(code: str) -> bool:
    return bool(code) and "=" not in code and len(code.split()) == 1 and code == code.strip()


def said_routes(session: Session, activity: Activity) -> list[tuple[NoteRoute, Route]]:
    """The routes that a line can say, as it says them: with a decision, and with an answer."""
    if not line_of(activity.decision):
        return []
    return [
        (NoteRoute(line_of(route.answer), _target(session, route)), route)
        for route in activity.routes
        if line_of(route.answer)
    ]


def _target(session: Session, route: Route) -> str:
    return line_of(said_target(session, route.to) or route.to_words)


def _then(session: Session, activity: Activity) -> str | None:
    said = line_of(said_target(session, activity.then))
    return said if said and (line_of(activity.decision) or said[0].isalpha()) else None


def said_target(session: Session, to: str) -> str:
    """A target as it is typed: a ref, ``end``, or what is there where it leads nowhere."""
    return to if to == END else session.ref_by_id.get(to, to)


def note_issue(issue: Issue) -> NoteIssue:
    """An issue as a line says it. Raises `EditError` for one without a code."""
    if issue.code is None:
        raise EditError("This issue has no code, so no line says it. Give it D, G, T or R first.")
    return NoteIssue(issue.code, line_of(issue.text))


def note_action(action: Action) -> ActionNote:
    """An action as a post-it's line says it."""
    return ActionNote(
        line_of(action.text), action.owner if line_of(action.owner) else "", action.due
    )
