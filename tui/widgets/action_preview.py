"""What an action's line will become, in words, under it as one types."""

from collections.abc import Iterator

from textual.content import Content

from model.action_line import ParsedAction
from model.note import ActionNote
from model.plan import say_due
from model.rank_reasons import usual_approval
from model.ranking import band
from model.session import Action, ActionKind, Session
from model.tables.names import owners, role_labels
from tui.text import plain


def preview(parsed: ParsedAction, session: Session, kind: ActionKind, of: str = "") -> Content:
    """What is understood of an action's line; ``of`` is the text of the issue it comes from."""
    note = parsed.note
    parts = [Content.styled(plain(note.text), "bold") if note.text else Content("(no words yet)")]
    parts += [Content(plain(part)) for part in _parts(note, session)]
    if kind is ActionKind.IMPROVEMENT:
        found = band(_action(note), session.approvals)
        parts.append(Content.styled(found, "$text-muted"))
    if of:
        parts.append(Content.styled(plain(f"for: {of}"), "$text-muted"))
    parts += [
        Content.styled(plain(f"{owner} is no role or person: kept as a group."), "$text-warning")
        for owner in parsed.unknown_owners
    ]
    parts += [Content.styled(plain(left), "$text-warning") for left in parsed.left_as_text]
    return Content("  ").join(parts)


def _action(note: ActionNote) -> Action:
    return Action("", note.text, impact=note.impact, effort=note.effort, approval=note.approval)


def _parts(note: ActionNote, session: Session) -> Iterator[str]:
    if note.owner:
        yield "@ " + owners(session, role_labels(session)).get(note.owner, note.owner)
    if note.due:
        yield f"by {say_due(note.due, session.nation)}"
    if note.impact or note.effort:
        yield f"impact {note.impact or '?'}, effort {note.effort or '?'}"
    if note.approval:
        yield f"approval by {note.approval}"
    elif usual := usual_approval(session, note.text):
        yield f"usually {usual}: add ={usual}"
