"""The line: one post-it typed, edited or added to, with what it will become under it."""

from dataclasses import astuple, replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from model.edits.note_edit import edit_note
from model.edits.note_fields import whole_refs
from model.edits.note_of import note_of
from model.edits.notes import add_note, add_standing, add_to, new_activity_id
from model.history import Change
from model.line import Note, Parsed, Vocabulary, Way, parse, render
from model.line.complete import complete
from tui.fresh import Fresh
from tui.messages import Draft, Typing
from tui.text import plain
from tui.widgets.line_input import LineInput, shown_label
from tui.widgets.line_paste import LinePaste
from tui.widgets.line_place import Place
from tui.widgets.line_preview import preview
from tui.widgets.said import Said

HINT = "@lead a:accountable ?decision >answer +document !d!g!t!r ^park"
LABELS = {"new": "New", "before": "New", "edit": "Edit", "add": "Add"}


class PostItLine(LinePaste):
    """Enter keeps what is typed and opens the next; no dialog ever opens from here."""

    DEFAULT_CSS = """
    PostItLine { height: 5; }
    #line-row { height: 1; background: $boost; }
    #line-label { width: auto; padding: 0 1; color: $text-accent; text-style: bold; }
    #line-preview { height: 3; padding: 0 1; }
    #line-hint { height: 1; padding: 0 1; color: $text-muted; }
    """

    class Kept(Message):
        """A line was kept; ``activity`` is what it made or changed, ``more`` that it stays open."""

        def __init__(self, activity: str, *, more: bool) -> None:
            super().__init__()
            self.activity = activity
            self.more = more

    class Closed(Message):
        """The line is left."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(fresh, id="line")
        self._filled = ""
        self._before = Note()

    def compose(self) -> ComposeResult:
        """The field, what it will become, and the hint."""
        with Horizontal(id="line-row"):
            yield Said(id="line-label")
            yield LineInput(id="line-input")
        yield Said(id="line-preview")
        yield Said(Content(HINT), id="line-hint")

    @property
    def _input(self) -> LineInput:
        return self.query_one(LineInput)

    def open(self, place: Place, prefix: str = "") -> None:
        """Take the line up at a place, with its draft, its line filled in, or a first sign."""
        self._place = place
        self.leave_paste()
        text = self._fresh.drafts.take(astuple(place))
        self._filled = ""
        if place.mode == "edit":
            filled = render(note_of(self.session, place.activity), self._vocabulary())
            self._before = parse(filled, self._vocabulary()).note
            text = text or filled
            self._filled = filled
        elif place.mode == "add":
            text = prefix or text
        self._fill(text)
        # Told when it is at work itself: Textual stops a message at the screen that asked for it.
        self.call_later(self._tell)
        self._input.focus()

    def _fill(self, text: str) -> None:
        label = Content(shown_label(self, LABELS[self._place.mode]))
        self.query_one("#line-label", Static).update(label)
        self._input.value = text
        self._input.cursor_position = len(text)
        self._show()

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.session, self._fresh.today(), self._place.activity)

    def _parsed(self) -> Parsed:
        parsed = parse(self._input.value, self._vocabulary())
        editing = self._place.mode == "edit"
        stage = parsed.note.stage or self._place.stage
        kept = self._before.routes if editing else ()
        note = whole_refs(parsed.note, self.session, stage, kept)
        return replace(parsed, note=note, way=Way.NEW if editing else parsed.way)

    def _carried(self, parsed: Parsed) -> tuple[str, str]:
        """The lead and the accountable that are carried over where a new line says none."""
        if self._place.mode not in ("new", "before") or parsed.way is not Way.NEW:
            return "", ""
        stage = self.session.stage_by_id.get(parsed.note.stage or self._place.stage)
        before = self.session.activity_by_id.get(self._place.activity)
        return (before.lead if before else ""), (stage.accountable if stage else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will become, and have it kept as a draft."""
        event.stop()
        self._draft()
        self._tell()
        self._show()

    def _draft(self) -> None:
        text = self._input.value
        self._fresh.drafts.put(astuple(self._place), "" if text == self._filled else text)
        self.post_message(Draft())

    def _show(self) -> None:
        if self.pasted:
            return
        text = self._input.value
        shown = Content("")
        if text.strip():
            parsed = self._parsed()
            shown = preview(parsed, self.session, self._heading(parsed), self._carried(parsed))
        self.query_one("#line-preview", Static).update(shown, layout=False)
        found = complete(text, self._input.cursor_position, self._vocabulary())
        hint = "Tab: " + "   ".join(each.label for each in found[:5]) if found else HINT
        self.query_one("#line-hint", Static).update(Content(plain(hint)), layout=False)

    def _heading(self, parsed: Parsed) -> str:
        activity = self.session.activity_by_id.get(self._place.activity)
        name = f"{self.session.ref_by_id[activity.id]} {activity.text}" if activity else ""
        if self._place.mode == "edit":
            return f"changes {self.session.ref_by_id[self._place.activity]}"
        if parsed.way is Way.ADDS:
            return f"adds to {name}" if name else "adds to nothing yet: type an activity first"
        if parsed.way is Way.ALONE:
            return "stands alone"
        return f"new in {parsed.note.stage or self._place.stage}"

    def on_line_input_completion_wanted(self) -> None:
        """Put the first completion in the place of the word at the cursor."""
        entry = self._input
        found = complete(entry.value, entry.cursor_position, self._vocabulary())
        if found:
            first = found[0]
            entry.replace(first.text, first.start, first.end)
            entry.cursor_position = first.start + len(first.text)

    def on_line_input_left(self) -> None:
        """Leave; what was typed is kept as a draft."""
        if self._input.value.strip():
            self._draft()
        self.leave_paste()
        self._close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: keep what is typed, or leave where nothing is."""
        event.stop()
        if self.pasted:
            self.want_paste()
        elif self._input.value.strip():
            self._keep(self._parsed())
        else:
            self._close()

    def _tell(self) -> None:
        """Say what the line holds, for whom it is shared with."""
        self.post_message(Typing(self._input.value))

    def _close(self) -> None:
        self.post_message(Typing(""))
        self.post_message(self.Closed())

    def _keep(self, parsed: Parsed) -> None:
        seed = self._fresh.seed()
        label, change, activity = self._change(parsed, seed)
        if wrong := self.attempt(label, change):
            self.tell(wrong, wrong=True)
            return
        self._fresh.drafts.put(astuple(self._place), "")
        more = self._place.mode in ("new", "before")
        if more:
            stage = parsed.note.stage or self._place.stage
            self._place = Place("new", activity or self._place.activity, stage)
        self._fill("")
        self.post_message(self.Kept(activity, more=more))

    def _change(self, parsed: Parsed, seed: str) -> tuple[str, Change, str]:
        """The label of what the line does, the change, and the activity that it is about."""
        note, at = parsed.note, self._place
        if at.mode == "edit":
            before = self._before
            label = f"Changed {self.session.ref_by_id[at.activity]} {note.text}"
            return label, lambda s: edit_note(s, at.activity, before, note, seed), at.activity
        if parsed.way is Way.ADDS:
            label = f"Added to {self.session.ref_by_id.get(at.activity, '')} {parsed.line.strip()}"
            return label, lambda s: add_to(s, at.activity, note, seed), at.activity
        if parsed.way is Way.ALONE:
            return f"Noted {parsed.line.strip()}", lambda s: add_standing(s, note, seed), ""
        lead, accountable = self._carried(parsed)
        after, before_it = (at.activity, "") if at.mode == "new" else ("", at.activity)
        if note.stage and note.stage != at.stage:
            after = before_it = ""
        return (
            f"New: {note.text}",
            lambda s: add_note(
                s,
                note,
                stage=at.stage,
                seed=seed,
                after=after,
                before=before_it,
                lead=lead,
                accountable=accountable,
            ),
            new_activity_id(seed),
        )

    def paste_kept(self, last: str) -> None:
        """Go on behind what was pasted; what is in the field stays there."""
        self._place = replace(self._place, mode="new", activity=last or self._place.activity)
        self._fill(self._input.value)
        self.post_message(self.Kept(self._place.activity, more=True))
