"""The line filled in: what of an activity a line carries, and what it cannot."""

from dataclasses import dataclass

from model.edits.errors import EditError
from model.edits.records import the_activity
from model.edits.texts import line_of
from model.note import ActionNote, Note, NoteIssue, NoteRoute
from model.session import END, Action, Activity, Issue, Route, Session


@dataclass(frozen=True, slots=True)
class Carried:
    """The records beside an activity that its line carries, in the session's order."""

    issues: tuple[Issue, ...]
    parked: tuple[Issue, ...]
    actions: tuple[Action, ...]


def carried(session: Session, activity: str) -> Carried:
    """The issues with a code, the parked ones without, and the actions of an activity."""
    issues = [issue for issue in session.issues if issue.activity == activity and issue.text]
    return Carried(
        tuple(issue for issue in issues if issue.code),
        tuple(issue for issue in issues if issue.parked and not issue.code),
        tuple(found for found in session.actions if found.activity == activity and found.text),
    )


def note_of(session: Session, activity: str) -> Note:
    """What the line says of an activity, for editing. Its stage is said only to move it.

    Routes without a decision and tiers whose code is no one word cannot be said on a line; they
    are left out, and so are kept. Raises `EditError` where the activity is not there.
    """
    found, beside = the_activity(session, activity), carried(session, activity)
    return Note(
        text=line_of(found.text),
        lead=found.lead or None,
        also=tuple(dict.fromkeys(code for code in found.also if code and code != found.lead)),
        accountable=found.accountable or None,
        consulted=tuple(dict.fromkeys(filter(None, found.consulted))),
        informed=tuple(dict.fromkeys(filter(None, found.informed))),
        decision=line_of(found.decision) or None,
        routes=_routes(session, found),
        then=_then(session, found),
        documents=tuple(filter(None, map(line_of, found.documents))),
        issues=tuple(map(note_issue, beside.issues)),
        actions=tuple(map(note_action, beside.actions)),
        parked=tuple(line_of(issue.text) for issue in beside.parked),
        tiers=tuple((code, how) for code, how in found.tiers if _one_word(code)),
        timescale=line_of(found.timescale) or None,
        note=line_of(found.note) or None,
    )


def _one_word(code: str) -> bool:
    return bool(code) and "=" not in code and len(code.split()) == 1 and code == code.strip()


def _routes(session: Session, activity: Activity) -> tuple[NoteRoute, ...]:
    if not activity.decision:
        return ()
    return tuple(said_route(session, route) for route in activity.routes if route.answer)


def said_route(session: Session, route: Route) -> NoteRoute:
    """A route as a line says it."""
    target = said_target(session, route.to) or route.to_words
    return NoteRoute(line_of(route.answer), line_of(target))


def _then(session: Session, activity: Activity) -> str | None:
    said = line_of(said_target(session, activity.then))
    return said if said and (activity.decision or said[0].isalpha()) else None


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
    return ActionNote(line_of(action.text), line_of(action.owner), action.due)
