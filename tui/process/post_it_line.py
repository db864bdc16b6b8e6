"""The line: one post-it typed, edited or added to, and a preview of what it will become.

What is typed stands in the line just above the preview and is not said again: each letter would be
sent twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content, Span
from textual.message import Message
from textual.visual import VisualType
from textual.widgets import Input, Static

from offwall.model.line import Vocabulary
from offwall.model.line.complete import complete
from offwall.model.line.grammar import SpanKind
from offwall.model.line.parse import Parsed, parse
from offwall.model.line.render import render
from offwall.model.line.summary import say_parts, say_people
from offwall.model.process import PostIt
from offwall.model.process.keep_post_its import (
    add_loose_records,
    add_post_it,
    add_to_activity,
    edit_post_it,
    new_activity_id,
)
from offwall.model.process.post_it import LineKind
from offwall.model.process.post_it_fields import post_it_of, whole_refs
from offwall.model.process.targets import say_settled
from offwall.model.records.history import SessionChange
from offwall.model.records.ids import NO_ACTIVITY, NO_ROLE, ActivityId, RoleCode, StageId
from offwall.tui.kit import Context, Say, plain
from offwall.tui.kit.context import is_replaced
from offwall.tui.kit.line_input import LineInput, line_label
from offwall.tui.kit.messages import DraftChanged, Typing
from offwall.tui.kit.session_widget import CachedChange
from offwall.tui.process.pasted_lines import LinePlace, PasteLine

# What a line will become, in other words, under it as one types.
#
# What is typed stands in the line just above and is not said again: each letter would be sent
# twice.


def preview_line(
    parsed: Parsed, vocabulary: Vocabulary, heading: str, carried: tuple[str, str]
) -> Content:
    """What is understood of a line, part by part.

    ``heading`` says what keeping it does; ``carried`` are the lead and the accountable that are
    carried over where the line says none, shown faint.
    """
    parts = [Content.styled(plain(heading), "bold")]
    parts += [Content(plain(part)) for part in say_people(parsed.note, vocabulary)]
    parts += _carried(parsed, vocabulary, carried)
    parts += [Content(plain(part)) for part in say_parts(parsed.note, vocabulary, whole=False)]
    parts += [Content.styled(plain(doubt.why), "$text-warning") for doubt in parsed.doubts]
    return Content("  ").join(parts)


def _carried(parsed: Parsed, vocabulary: Vocabulary, carried: tuple[str, str]) -> Iterator[Content]:
    note = parsed.note
    for label, said, over in zip("RA", (note.lead, note.accountable), carried, strict=True):
        if said is None and over and not note.ditto:
            yield Content.styled(plain(f"({label} {vocabulary.name_of(over)})"), "$text-muted")


# A text that is drawn again only when it reads or looks differently.


class FixedStatic(Static):
    """A `Static` that each key may tell the same again, at no cost."""

    _last: tuple[str, Sequence[Span]] | None = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; the very same is not drawn."""
        said = (content.plain, content.spans) if isinstance(content, Content) else None
        if said is None or said != self._last:
            self._last = said
            super().update(content, layout=layout)


# The line: one post-it typed, edited or added to, with what it will become under it.

LINE_HINT = "@lead a:accountable ?decision >answer +document !d!g!t!r ^park"
LINE_LABELS = {"new": "New", "before": "New", "edit": "Edit", "add": "Add"}


class PostItLine(PasteLine):
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

        def __init__(self, activity: ActivityId, *, more: bool) -> None:
            super().__init__()
            self.activity = activity
            self.more = more

    class Closed(Message):
        """The line is left."""

    def __init__(self, fresh: Context) -> None:
        super().__init__(fresh, id="line")
        self._filled = ""
        self._before = PostIt()
        self._offered = ""

    def compose(self) -> ComposeResult:
        """The field, what it will become, and the hint."""
        with Horizontal(id="line-row"):
            yield FixedStatic(id="line-label")
            yield LineInput(id="line-input")
        yield FixedStatic(id="line-preview")
        yield FixedStatic(Content(LINE_HINT), id="line-hint")

    @property
    def _input(self) -> LineInput:
        return self.query_one(LineInput)

    def open(self, place: LinePlace, prefix: str = "") -> None:
        """Take the line up at a place, with its draft, its line filled in, or a first sign."""
        self.leave_paste()
        begun, text = self._fresh.drafts.take(astuple(place), self.session)
        self._place = place = LinePlace(begun[0], ActivityId(begun[1]), StageId(begun[2]))
        self._filled, draft = "", text
        if place.mode == "edit":
            filled = render(post_it_of(self.session, place.activity), self._vocabulary())
            self._before = parse(filled, self._vocabulary()).note
            text = text or filled
            self._filled = filled
        elif prefix and text:
            self._drop(text)
        text = prefix or text
        self._fill(text, chosen=bool(draft) and text == draft)
        self._offered = draft if text == draft else ""
        # Told when it is at work itself: Textual stops a message at the screen that asked for it.
        self.call_later(self._tell)
        self._input.focus()

    def _drop(self, text: str) -> None:
        """A draft is replaced: undo finds it."""
        place = astuple(self._place)
        drafts = self._fresh.drafts
        drafts.drop(self.session, lambda: drafts.put(place, text))

    def _fill(self, text: str, *, chosen: bool = False) -> None:
        label = Content(line_label(self, LINE_LABELS[self._place.mode]))
        self.query_one("#line-label", Static).update(label)
        self._input.fill(text, filled=self._filled, chosen=chosen)
        self._show()

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.session, self._fresh.today(), self._place.activity)

    def _parsed(self) -> Parsed:
        parsed = parse(self._input.value, self._vocabulary())
        editing = self._place.mode == "edit"
        stage = parsed.note.stage or self._place.stage
        kept = self._before.routes if editing else ()
        note = whole_refs(parsed.note, self.session, stage, kept)
        return replace(parsed, note=note, way=LineKind.NEW if editing else parsed.way)

    def _carried(self, parsed: Parsed) -> tuple[RoleCode, RoleCode]:
        """The lead and the accountable that are carried over where a new line says none."""
        if self._place.mode not in ("new", "before") or parsed.way is not LineKind.NEW:
            return NO_ROLE, NO_ROLE
        stage = self.session.stage_by_id.get(parsed.note.stage or self._place.stage)
        before = self.session.activity_by_id.get(self._place.activity)
        lead = before.lead if before else NO_ROLE
        accountable = stage.accountable if stage else NO_ROLE
        return (
            NO_ROLE if SpanKind.LEAD in parsed.cancels else lead,
            NO_ROLE if SpanKind.ACCOUNTABLE in parsed.cancels else accountable,
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will become, and have it kept as a draft."""
        event.stop()
        if self._offered and is_replaced(self._offered, event.value):
            self._drop(self._offered)
        self._offered = self._offered if event.value == self._offered else ""
        self._draft()
        self._tell()
        self._show()

    def _draft(self) -> None:
        text = self._input.value
        self._fresh.drafts.put(astuple(self._place), "" if text == self._filled else text)
        self.post_message(DraftChanged())

    def _show(self) -> None:
        if self.pasted or self.table:
            return
        text = self._input.value
        shown = Content("")
        if text.strip():
            parsed = self._parsed()
            words = self._vocabulary()
            shown = preview_line(parsed, words, self._heading(parsed), self._carried(parsed))
        self.query_one("#line-preview", Static).update(shown, layout=False)
        found = complete(text, self._input.cursor_position, self._vocabulary())
        hint = "Tab: " + "   ".join(each.label for each in found[:5]) if found else LINE_HINT
        self.query_one("#line-hint", Static).update(Content(plain(hint)), layout=False)

    def _heading(self, parsed: Parsed) -> str:
        activity = self.session.activity_by_id.get(self._place.activity)
        name = f"{self.session.ref_by_id[activity.id]} {activity.text}" if activity else ""
        if self._place.mode == "edit":
            return f"changes {self.session.ref_by_id[self._place.activity]}"
        if parsed.way is LineKind.ADDS:
            return f"adds to {name}" if name else "adds to nothing yet: type an activity first"
        if parsed.way is LineKind.ALONE:
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
        else:
            entry.part()

    def on_line_input_left(self) -> None:
        """Leave; what was typed is kept as a draft."""
        if self._input.value.strip():
            self._draft()
        self.leave_paste()
        self._close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: keep what is typed, or leave where nothing is."""
        event.stop()
        if self.table:
            if self.want_column(self._input.value):
                self._fill("")
        elif self.pasted:
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
        before, tried = self.session, CachedChange(change)
        if wrong := self.attempt(label, tried):
            self.tell(wrong, wrong=True)
            return
        if told := say_settled(before, tried(before)):
            self.post_message(Say(" ".join(told)))
        self._fresh.drafts.put(astuple(self._place), "")
        more = self._place.mode in ("new", "before")
        if more:
            stage = parsed.note.stage or self._place.stage
            self._place = LinePlace("new", activity or self._place.activity, stage)
        self._fill("")
        self.post_message(self.Kept(activity, more=more))

    def _change(self, parsed: Parsed, seed: str) -> tuple[str, SessionChange, ActivityId]:
        """The label of what the line does, the change, and the activity that it is about."""
        note, at = parsed.note, self._place
        if at.mode == "edit":
            before = self._before
            label = f"Changed {self.session.ref_by_id[at.activity]} {note.text}"
            return label, lambda s: edit_post_it(s, at.activity, before, note, seed), at.activity
        if parsed.way is LineKind.ADDS:
            label = f"Added to {self.session.ref_by_id.get(at.activity, '')} {parsed.line.strip()}"
            return label, lambda s: add_to_activity(s, at.activity, note, seed), at.activity
        if parsed.way is LineKind.ALONE:
            return (
                f"Noted {parsed.line.strip()}",
                lambda s: add_loose_records(s, note, seed),
                NO_ACTIVITY,
            )
        lead, accountable = self._carried(parsed)
        before_it = at.activity if at.mode == "before" else NO_ACTIVITY
        after = NO_ACTIVITY if before_it else at.activity
        if note.stage and note.stage != at.stage:
            after = before_it = NO_ACTIVITY
        return (
            f"New: {note.text}",
            lambda s: add_post_it(
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

    def paste_kept(self, last: ActivityId) -> None:
        """Go on behind what was pasted; what is in the field stays there."""
        self._place = replace(self._place, mode="new", activity=last or self._place.activity)
        self._fill(self._input.value)
        self.post_message(self.Kept(self._place.activity, more=True))
