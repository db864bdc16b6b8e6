"""Change an activity by its line: only what the line now says otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from model.edits.errors import EditError
from model.edits.note_fields import in_full, route_of, whole_refs
from model.edits.note_of import carried, note_action, note_issue, said_routes
from model.edits.note_records import MEANINGS, roles_of, with_new_records, with_roles
from model.edits.note_targets import settle
from model.edits.order import move_to_ref
from model.edits.records import the_activity, updated
from model.edits.texts import line_of
from model.edits.working import Working
from model.note import ActionNote, Note, NoteIssue
from model.session import Activity, Route, Session

T = TypeVar("T")

_ONCE = ("text", "lead", "accountable", "decision", "then", "timescale", "note")
_MANY = ("also", "consulted", "informed", "documents")


def edit_note(session: Session, activity: str, before: Note, after: Note, seed: str) -> Session:
    """Change what differs between the line as it was filled in and as it is now.

    What a line does not carry is kept. An issue, a parked issue or an action whose token is gone
    is unlinked, with the activity's words as the place it was near; it is never deleted. Raises
    `EditError` without words, or where the activity or the stage is not there.
    """
    if not after.text:
        raise EditError("An activity needs words. Say what is done; x takes it off the wall.")
    old = the_activity(session, activity)
    if after == before:
        return session
    people = Working(session).before(activity) if after.ditto else None
    after = in_full(after, session, people)
    after = whole_refs(after, session, after.stage or old.stage, keep=before.routes)
    now, after = with_roles(session, after, keep=roles_of(before))
    now = updated(now, "activities", old, **_fields(session, old, before, after))
    if after.stage and after.stage != old.stage:
        now = move_to_ref(now, activity, after.stage)
    return settle(_edit_records(now, old, before, after, seed), session)


def _fields(session: Session, old: Activity, before: Note, after: Note) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in (*_ONCE, *_MANY):
        said = getattr(after, name)
        if said != getattr(before, name):
            fields[name] = tuple(dict.fromkeys(said)) if name in _MANY else said or ""
    if before.routes != after.routes:
        fields["routes"] = _routes(session, old, after)
    if before.tiers != after.tiers:
        gone = dict(before.tiers).keys() - dict(after.tiers).keys()
        kept = {code: how for code, how in old.tiers if code not in gone}
        fields["tiers"] = tuple((kept | dict(after.tiers)).items())
    return fields


def _routes(session: Session, old: Activity, after: Note) -> tuple[Route, ...]:
    """A route still said as it was stays the same record; one that no line can say stays too."""
    said = said_routes(session, old)
    sayable = [route for _, route in said]
    routes = []
    for new in after.routes:
        same = next((pair for pair in said if pair[0] == new), None)
        if same:
            said.remove(same)
        routes.append(same[1] if same else route_of(new))
    return (*routes, *(route for route in old.routes if route not in sayable))


def _edit_records(session: Session, old: Activity, before: Note, after: Note, seed: str) -> Session:
    beside, near = carried(session, old.id), line_of(old.text)
    issues = [(note_issue(issue), issue) for issue in beside.issues]
    parked = [(line_of(issue.text), issue) for issue in beside.parked]
    actions = [(note_action(action), action) for action in beside.actions]
    edit = _Records("issues", _issue_fields, _akin, near)
    session, new_issues = edit(session, issues, before.issues, after.issues)
    edit = _Records("issues", _parked_fields, _any, near)
    session, new_parked = edit(session, parked, before.parked, after.parked)
    edit = _Records("actions", _action_fields, _any, near)
    session, new_actions = edit(session, actions, before.actions, after.actions)
    new = Note(issues=new_issues, parked=new_parked, actions=new_actions)
    return with_new_records(session, new, old.id, seed, 0)


@dataclass(frozen=True, slots=True)
class _Records:
    """Changes the records of one collection as their tokens changed."""

    collection: str
    fields: Callable[[Any], dict[str, Any]]
    akin: Callable[[Any, Any], bool]
    near: str

    def __call__(
        self,
        session: Session,
        records: list[tuple[T, Any]],
        before: tuple[T, ...],
        after: tuple[T, ...],
    ) -> tuple[Session, tuple[T, ...]]:
        """The session with records reworded and unlinked, and the tokens that are new."""
        reworded, gone, new = _differences(before, after, self.akin)
        for was, said in reworded:
            if record := _taken(records, was):
                session = updated(session, self.collection, record, **self.fields(said))
            else:  # somebody else changed it meanwhile: keep both
                new.append(said)
        for was in gone:
            if record := _taken(records, was):
                session = updated(session, self.collection, record, activity="", near=self.near)
        return session, tuple(new)


def _differences(
    before: tuple[T, ...], after: tuple[T, ...], akin: Callable[[T, T], bool]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Tokens reworded (as they were and are), gone, and new."""
    gone, new = list(before), []
    for said in after:
        if said in gone:
            gone.remove(said)
        else:
            new.append(said)
    reworded = []
    for said in list(new):
        was = [each for each in gone if akin(each, said)][:1]
        if was:
            reworded.append((was[0], said))
            gone.remove(was[0])
            new.remove(said)
    return reworded, gone, new


def _taken(records: list[tuple[T, Any]], said: T) -> Any:
    for pair in records:
        if pair[0] == said:
            records.remove(pair)
            return pair[1]
    return None


def _akin(was: NoteIssue, said: NoteIssue) -> bool:
    return was.code == said.code or was.text == said.text


def _any(was: object, said: object) -> bool:
    return True


def _issue_fields(said: NoteIssue) -> dict[str, Any]:
    return {"code": said.code, "text": said.text or MEANINGS[said.code]}


def _parked_fields(text: str) -> dict[str, Any]:
    return {"text": text}


def _action_fields(said: ActionNote) -> dict[str, Any]:
    return {"text": said.text, "owner": said.owner, "due": said.due}
