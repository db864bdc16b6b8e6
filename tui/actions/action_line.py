"""The line of an action, typed or edited under the list, and a preview of what it will become."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from offwall.model.actions import band
from offwall.model.actions.edit_actions import (
    action_note_of,
    add_action,
    edit_action,
    new_action_id,
)
from offwall.model.actions.plan import say_due
from offwall.model.actions.ranking import usual_approval
from offwall.model.line import Vocabulary
from offwall.model.line.actions import ParsedAction, parse_action, render_action
from offwall.model.line.complete import Completion, complete_action
from offwall.model.process import ActionPostIt, owner_labels, role_labels
from offwall.model.process.activities import put_beside
from offwall.model.records import Action, ActionKind, Session
from offwall.model.records.changes import SessionChange
from offwall.model.records.ids import NO_ACTION, NO_ISSUE, ActionId, IssueId
from offwall.model.records.text import counted, plain
from offwall.tui.kit import Context
from offwall.tui.kit.line_input import LineInput, TypedLine
from offwall.tui.kit.row_view import flowing


def preview_action(
    parsed: ParsedAction, session: Session, kind: ActionKind, of: str = ""
) -> list[Content]:
    """What is understood of an action's line; ``of`` is the text of the issue it comes from."""
    note = parsed.note
    parts = [Content.styled(plain(note.text), "bold") if note.text else Content("(no words yet)")]
    parts += [Content.styled(plain(doubt.why), "$text-warning") for doubt in parsed.doubts]
    parts += [Content(plain(part)) for part in _parts(note, session)]
    if kind is ActionKind.IMPROVEMENT:
        found = band(_action(note), session.approvals)
        parts.append(Content.styled(found, "$text-muted"))
    if of:
        parts.append(Content.styled(plain(f"for: {of}"), "$text-muted"))
    return parts


def _action(note: ActionPostIt) -> Action:
    return Action(
        NO_ACTION, note.text, impact=note.impact, effort=note.effort, approval=note.approval
    )


def _parts(note: ActionPostIt, session: Session) -> Iterator[str]:
    if note.owner:
        yield "@ " + owner_labels(session, role_labels(session)).get(note.owner, note.owner)
    if note.due:
        yield f"by {say_due(note.due, session.nation)}"
    if note.impact or note.effort:
        yield f"impact {note.impact or '?'}, effort {note.effort or '?'}"
    if note.approval:
        yield f"approval by {note.approval}"
    elif usual := usual_approval(session, note.text):
        yield f"usually {usual}: add ={usual}"


# The line of an action: typed or edited under the list, with what it will become under it.

ACTION_HINT = "@owner   by 29 Jan   5/1 impact/effort   =approval"
ACTION_LABELS = {"new": "New", "before": "New", "edit": "Edit"}


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """Where the line writes: ``new`` behind an action, ``before`` it, or to ``edit`` it.

    ``issue`` is the id of the issue that a new action comes from.
    """

    mode: str
    action: ActionId = NO_ACTION
    kind: ActionKind = ActionKind.IMPROVEMENT
    issue: IssueId = NO_ISSUE


class ActionLine(TypedLine):
    """Enter keeps what is typed and opens the next; it is hidden while it is not used."""

    NAME = "action-line"
    HINT = ACTION_HINT
    UNDER = 3
    DEFAULT_CSS = """
    ActionLine { height: 6; display: none; border-top: solid $primary-background; }
    ActionLine.-open { display: block; }
    ActionLine > #action-line-preview { height: 3; }
    """

    @dataclass
    class Kept(Message):
        """A line was kept; ``action`` is the id of what it made or changed."""

        action: ActionId

    def __init__(self, fresh: Context) -> None:
        super().__init__(id="action-line")
        self._fresh = fresh
        self._place = ActionPlace("new")
        self._before = ActionPostIt("")
        self._drafts: dict[ActionPlace, str] = {}
        self._pasted: tuple[str, ...] = ()

    def open(self, place: ActionPlace) -> None:
        """Take the line up at a place, with its draft or its line filled in."""
        self._place = place
        text = self.offered = self._drafts.pop(place, "")
        if place.mode == "edit":
            self._before = action_note_of(self.session, place.action)
            text = text or render_action(self._before, self._vocabulary())
        self.add_class("-open")
        self._fill(text)
        if self.offered and place.mode != "edit":
            self.field.fill(text, chosen=True)
        # Told when it is at work itself: Textual stops a message at the screen that asked for it.
        self.call_later(self.tell_room)
        self.field.focus()

    def _fill(self, text: str) -> None:
        self._pasted = ()
        self.put_label(ACTION_LABELS[self._place.mode])
        edits = self._place.mode == "edit"
        words = render_action(ActionPostIt(self._before.text), self._vocabulary())
        at = len(words) if edits and text.startswith(words) else None
        self.field.fill(text, filled=text if edits else "", at=at)
        self.preview()

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.session, self._fresh.today())

    def drop(self, text: str) -> None:
        """A draft is replaced: undo finds it."""
        place = self._place
        self._fresh.drafts.drop(self.session, lambda: self._drafts.update({place: text}))

    def preview(self) -> None:
        """Say what the line will become."""
        if self._pasted:
            return
        text, shown = self.field.value, Content("")
        if text.strip():
            issues = {issue.id: issue.text for issue in self.session.issues}
            parsed, of = parse_action(text, self._vocabulary()), issues.get(self._place.issue, "")
            parts = preview_action(parsed, self.session, self._place.kind, of)
            shown = flowing(parts, "  ", self._under.content_size.width or self.app.size.width)
        self.put_preview(shown)
        self.offer()

    def completions(self) -> Sequence[Completion]:
        """What the word at the cursor may become."""
        return complete_action(self.field.value, self.field.cursor_position, self._vocabulary())

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Say how many actions the paste will make, before it makes them."""
        came = event.pasted
        if came.columns:
            self.put_preview(Content(plain(f"A table, with {came.asks()}: copy one column of it.")))
            return
        self._pasted, known = came.lines, self._vocabulary()
        doubts = [
            f"Line {number}: {doubt.why}"
            for number, line in zip(came.numbers, came.lines, strict=True)
            for doubt in parse_action(line, known).doubts
        ]
        made = counted(len(self._pasted), "action")
        said = [f"{made} pasted. Enter keeps them all, Esc none.", *came.told, *doubts]
        self.put_preview(Content(plain(" ".join(said))))

    def on_line_input_left(self) -> None:
        """Leave; what was typed is kept as a draft."""
        if self.field.value.strip():
            self._drafts[self._place] = self.field.value
        self.close()

    def close(self) -> None:
        """Leave the line."""
        self._pasted = ()
        self.remove_class("-open")
        super().close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: keep what is typed, or leave where nothing is."""
        event.stop()
        lines = self._pasted or tuple(filter(str.strip, [self.field.value]))
        if not lines:
            self.close()
        elif self._place.mode == "edit":
            self._keep_edit(" ".join(lines))
        else:
            self._keep_new(lines)

    def _keep_edit(self, line: str) -> None:
        place, before = self._place, self._before
        after = parse_action(line, self._vocabulary()).note
        label = f"Edit {after.text}"
        if self._kept(label, lambda session: edit_action(session, place.action, before, after)):
            self.post_message(self.Kept(place.action))
            self.close()

    def _keep_new(self, lines: tuple[str, ...]) -> None:
        known, place, seed = self._vocabulary(), self._place, self._fresh.seed()
        notes = [parse_action(line, known).note for line in lines]
        seeds = [f"{seed} {number}" for number in range(len(notes))]
        label = f"New {notes[0].text}" if len(notes) == 1 else f"{len(notes)} new actions"
        if not self._kept(label, _add_actions(notes, seeds, place)):
            return
        last = new_action_id(seeds[-1])
        self.post_message(self.Kept(last))
        self._place = replace(place, mode="new", action=last)
        self._fill("")

    def _kept(self, label: str, change: SessionChange) -> bool:
        wrong = self.attempt(label, change)
        if wrong:
            self.put_preview(Content.styled(plain(wrong), "$text-error"))
        return not wrong


def _add_actions(notes: list[ActionPostIt], seeds: list[str], place: ActionPlace) -> SessionChange:
    """The change that makes the actions, one behind another."""

    def change(session: Session) -> Session:
        beside, before = place.action, place.mode == "before"
        for note, seed in zip(notes, seeds, strict=True):
            made = new_action_id(seed)
            session = add_action(session, note, seed=seed, kind=place.kind, issue=place.issue)
            session = put_beside(session, "actions", made, beside, before=before)
            beside, before = made, False
        return session

    return change
