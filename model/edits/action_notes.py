"""Keep what an action's line says, and change an action by its line."""

from typing import Any

from model.edits.errors import EditError
from model.edits.records import added, by_key, updated
from model.edits.texts import line_of
from model.ids import derive
from model.note import ActionNote
from model.session import Action, ActionKind, Session

_NEEDED = "An action needs words. Say first what is to be done, then who and by when."
_FIELDS = ("text", "owner", "due", "impact", "effort", "approval")


def new_action_id(seed: str) -> str:
    """The id of the action that `add_action` makes with this seed."""
    return derive(seed, "n")


def add_action(
    session: Session,
    note: ActionNote,
    *,
    seed: str,
    kind: ActionKind = ActionKind.IMPROVEMENT,
    issue: str = "",
    activity: str = "",
) -> Session:
    """Make an action at the end of the list. Raises `EditError` without words."""
    action = Action(new_action_id(seed), "", kind=kind, issue=issue, activity=activity)
    session = added(session, "actions", action)
    return updated(session, "actions", action, **_checked(note, _FIELDS))


def action_note_of(session: Session, action: str) -> ActionNote:
    """What the line says of an action. Raises `EditError` where it is not there."""
    found: Action = by_key(session, "actions", action)
    return ActionNote(
        line_of(found.text),
        found.owner if line_of(found.owner) else "",
        found.due,
        found.impact,
        found.effort,
        line_of(found.approval),
    )


def edit_action(session: Session, action: str, before: ActionNote, after: ActionNote) -> Session:
    """Change what differs between the line as it was filled in and as it is now.

    Raises `EditError` without words, or where the action is not there.
    """
    old = by_key(session, "actions", action)
    names = tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
    return updated(session, "actions", old, **_checked(after, names))


def _checked(note: ActionNote, names: tuple[str, ...]) -> dict[str, Any]:
    if not note.text:
        raise EditError(_NEEDED)
    for name in ("impact", "effort"):
        score = getattr(note, name)
        if name in names and score is not None and not 1 <= score <= 5:
            raise EditError(f"The {name} is {score}. Give 1 for little up to 5 for much.")
    return {name: getattr(note, name) for name in names}
