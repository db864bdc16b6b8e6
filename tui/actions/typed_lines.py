"""The lines typed under a list of actions: an action's own, with what it will become; and votes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from offwall.model.actions import band
from offwall.model.actions.edit_actions import (
    action_note_of,
    add_action,
    edit_action,
    new_action_id,
)
from offwall.model.actions.plan import say_due
from offwall.model.actions.ranking import cast_votes, parse_votes, usual_approval
from offwall.model.line import Vocabulary
from offwall.model.line.actions import ParsedAction, parse_action, render_action
from offwall.model.line.complete import Completion, complete_action
from offwall.model.process import ActionPostIt, owner_labels, role_labels
from offwall.model.records import Action, ActionKind, EditError, Session
from offwall.model.records.changes import SessionChange, put_beside
from offwall.model.records.fields import NO_ACTION, NO_ISSUE, ActionId, IssueId
from offwall.model.records.text import counted, plain
from offwall.tui.kit import Context
from offwall.tui.kit.keys import key, keys
from offwall.tui.kit.line_input import LineInput, TypedLine
from offwall.tui.kit.row_view import flowing


def preview_action(
    parsed: ParsedAction, session: Session, kind: ActionKind, of: str = ""
) -> list[Content]:
    """What is understood of an action's line; ``of`` is the text of the issue it comes from."""
    note = parsed.note
    parts = [Content.styled(plain(note.text), "bold") if note.text else Content("(no words yet)")]
    parts += [Content.styled(plain(doubt), "$text-warning") for doubt in parsed.doubts]
    parts += [Content(plain(part)) for part in _parts(note, session)]
    if kind is ActionKind.IMPROVEMENT:
        action = Action(
            NO_ACTION, note.text, impact=note.impact, effort=note.effort, approval=note.approval
        )
        parts.append(Content.styled(band(action, session.approvals), "$text-muted"))
    if of:
        parts.append(Content.styled(plain(f"for: {of}"), "$text-muted"))
    return parts


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


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """Where the line writes: ``new`` behind an action, ``before`` it, for an issue; or ``edit``."""

    mode: str
    action: ActionId = NO_ACTION
    kind: ActionKind = ActionKind.IMPROVEMENT
    issue: IssueId = NO_ISSUE


class ActionLine(TypedLine):
    """Enter keeps what is typed and opens the next; it is hidden while it is not used."""

    NAME = "action-line"
    HINT = "@owner   by 29 Jan   5/1 impact/effort   =approval"
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
        self._pasted, edits = (), self._place.mode == "edit"
        self.put_label("Edit" if edits else "New")
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
            f"Line {number}: {doubt}"
            for number, line in zip(came.numbers, came.lines, strict=True)
            for doubt in parse_action(line, known).doubts
        ]
        made = f"{counted(len(self._pasted), 'action')} pasted. Enter keeps them all, Esc none."
        self.put_preview(Content(plain(" ".join([made, *came.told, *doubts]))))

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
        action, before = self._place.action, self._before
        after = parse_action(line, self._vocabulary()).note
        if self._kept(f"Edit {after.text}", lambda s: edit_action(s, action, before, after)):
            self.post_message(self.Kept(action))
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


class VoteInput(LineInput):
    """A number has nothing to complete, and nothing to choose from."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the list above."""
        listed = action in ("complete", "choose")
        return False if listed else super().check_action(action, parameters)


class VoteLine(TypedLine):
    """Enter gives the votes and waits for the next; it is hidden while it is not used."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "vote", key("down", "down", "List down", "list(1)"), key("up", "up", "List up", "list(-1)")
    )
    NAME = "vote"
    HINT = "3 one vote  3 7 one each  3x2 two  -3 takes back  Esc ends"
    INPUT = VoteInput
    DEFAULT_CSS = """
    VoteLine { height: 4; display: none; border-top: solid $primary-background; }
    VoteLine.-open { display: block; }
    """

    @dataclass
    class Kept(Message):
        """Votes were given; ``action`` is the id of the last that got one."""

        action: ActionId

    @dataclass
    class Look(Message):
        """The list above is to move, by some rows."""

        by: int

    def open(self) -> None:
        """Wait for the first vote."""
        self.add_class("-open")
        self.put_label("Votes for")
        self.field.value = ""
        self._say("")
        self.field.focus()

    def put_label(self, label: str) -> None:
        """Votes are not shown to the room as they are typed."""
        self.query_one("#vote-label", Static).update(Content(label))

    def tell_room(self) -> None:
        """Votes are not shown to the room as they are typed."""

    def _say(self, text: str, look: str = "$text-muted") -> None:
        self.put_preview(Content.styled(plain(text), look))

    def preview(self) -> None:
        """Say which actions the numbers mean."""
        text = self.field.value
        try:
            called = parse_votes(self.session, text) if text.strip() else {}
        except EditError as sentence:
            self._say(str(sentence))
            return
        found = (action for action in self.session.actions if action.id in called)
        votes = ((counted(one.votes + called[one.id], "vote"), one.text) for one in found)
        self._say("; ".join(f"{number}: {text}" for number, text in votes))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the votes; nothing typed ends it."""
        event.stop()
        said = self.field.value
        label = f"Votes for {' '.join(said.split())}"
        if not said.strip():
            self.close()
        elif wrong := self.attempt(label, lambda session: cast_votes(session, said)):
            self._say(wrong, "$text-error")
        else:
            self.post_message(self.Kept([*parse_votes(self.session, said)][-1]))
            self.field.value = ""

    def on_line_input_left(self, event: LineInput.Left) -> None:
        """End the voting."""
        event.stop()
        self.close()

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Numbers that came in several lines are one line of numbers."""
        event.stop()
        self.field.insert_text_at_cursor(plain(" ".join(event.pasted.lines)))

    def action_list(self, by: int) -> None:
        """Move the list above."""
        self.post_message(self.Look(by))

    def close(self) -> None:
        """Leave the line."""
        self.remove_class("-open")
        self.post_message(self.Closed())
