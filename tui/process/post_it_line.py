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
from offwall.model.line.parse import Parsed, parse
from offwall.model.line.render import render
from offwall.model.process.keep_post_its import (
    add_loose_records,
    add_post_it,
    add_to_activity,
    edit_post_it,
    new_activity_id,
)
from offwall.model.process.post_it import LineKind, PostIt, PostItRoute
from offwall.model.process.post_it_fields import post_it_of, whole_refs
from offwall.model.records import END, Session, say_date
from offwall.model.records.history import SessionChange
from offwall.model.setup import role_name
from offwall.model.tables.lists import CODE_MEANS
from offwall.tui.kit import Context, count, plain
from offwall.tui.kit.line_input import LineInput, line_label
from offwall.tui.kit.messages import DraftChanged, Typing
from offwall.tui.process.pasted_lines import LinePlace, PasteLine

# What a line will become, in other words, under it as one types.
#
# What is typed stands in the line just above and is not said again: each letter would be sent
# twice.


def preview_line(
    parsed: Parsed, session: Session, heading: str, carried: tuple[str, str]
) -> Content:
    """What is understood of a line, part by part.

    ``heading`` says what keeping it does; ``carried`` are the lead and the accountable that are
    carried over where the line says none, shown faint.
    """
    parts = [Content.styled(plain(heading), "bold"), *_people(parsed.note, session, carried)]
    parts += [Content(plain(part)) for part in _parts(parsed.note, session)]
    parts += [Content.styled(plain(part), "$text-warning") for part in _doubts(parsed)]
    return Content("  ").join(parts)


def _people(note: PostIt, session: Session, carried: tuple[str, str]) -> Iterator[Content]:
    lead, accountable = carried
    if note.ditto:
        yield Content("people as before")
    for label, said, over in (("R", note.lead, lead), ("A", note.accountable, accountable)):
        if said is not None:
            yield Content(plain(f"{label} {role_name(session, said) if said else 'nobody yet'}"))
        elif over and not note.ditto:
            yield Content.styled(plain(f"({label} {role_name(session, over)})"), "$text-muted")
    for label, codes in (("also R", note.also), ("C", note.consulted), ("I", note.informed)):
        if codes:
            yield Content(plain(f"{label} " + ", ".join(role_name(session, c) for c in codes)))


def _parts(note: PostIt, session: Session) -> Iterator[str]:
    if note.decision is not None:
        yield "? decision"
    yield from (f"> {_route(route, session)}" for route in note.routes)
    if note.then is not None:
        yield f"then {_where(note.then, session)}"
    if note.documents:
        yield f"+ {count(len(note.documents), 'document')}"
    yield from (f"!{issue.code} {CODE_MEANS[issue.code]}" for issue in note.issues)
    for action in note.actions:
        by = f" by {say_date(action.due)}" if action.due else ""
        owner = f" ({role_name(session, action.owner)})" if action.owner else ""
        yield f"* action{owner}{by}"
    yield from ("^ parked" for _ in note.parked)
    yield from (f"% {tier} {treatment}" for tier, treatment in note.tiers)
    yield from (f"% {tier} only" for tier in note.only)
    if note.stage is not None:
        yield f"in {note.stage} {session.stage_by_id[note.stage].name}"
    if note.timescale is not None:
        yield "w: timescale"
    if note.note is not None:
        yield "n: note"


def _route(route: PostItRoute, session: Session) -> str:
    return f"{route.answer} -> {_where(route.to, session)}"


def _where(target: str, session: Session) -> str:
    if not target:
        return "next"
    if target == END or target.upper() in session.id_by_ref:
        return target
    return session.ref_by_id.get(target, f"({target})")


def _doubts(parsed: Parsed) -> Iterator[str]:
    for role in parsed.unknown_roles:
        near = f"Tab takes {role.near}, " if role.near else ""
        yield f"{role.word} is no role: {near}Enter makes it."
    yield from (left.why for left in parsed.left_as_text)


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

        def __init__(self, activity: str, *, more: bool) -> None:
            super().__init__()
            self.activity = activity
            self.more = more

    class Closed(Message):
        """The line is left."""

    def __init__(self, fresh: Context) -> None:
        super().__init__(fresh, id="line")
        self._filled = ""
        self._before = PostIt()

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
        self._place = place
        self.leave_paste()
        text = self._fresh.drafts.take(astuple(place))
        self._filled = ""
        if place.mode == "edit":
            filled = render(post_it_of(self.session, place.activity), self._vocabulary())
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
        label = Content(line_label(self, LINE_LABELS[self._place.mode]))
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
        return replace(parsed, note=note, way=LineKind.NEW if editing else parsed.way)

    def _carried(self, parsed: Parsed) -> tuple[str, str]:
        """The lead and the accountable that are carried over where a new line says none."""
        if self._place.mode not in ("new", "before") or parsed.way is not LineKind.NEW:
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
        self.post_message(DraftChanged())

    def _show(self) -> None:
        if self.pasted:
            return
        text = self._input.value
        shown = Content("")
        if text.strip():
            parsed = self._parsed()
            shown = preview_line(parsed, self.session, self._heading(parsed), self._carried(parsed))
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
            self._place = LinePlace("new", activity or self._place.activity, stage)
        self._fill("")
        self.post_message(self.Kept(activity, more=more))

    def _change(self, parsed: Parsed, seed: str) -> tuple[str, SessionChange, str]:
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
            return f"Noted {parsed.line.strip()}", lambda s: add_loose_records(s, note, seed), ""
        lead, accountable = self._carried(parsed)
        after, before_it = (at.activity, "") if at.mode == "new" else ("", at.activity)
        if note.stage and note.stage != at.stage:
            after = before_it = ""
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

    def paste_kept(self, last: str) -> None:
        """Go on behind what was pasted; what is in the field stays there."""
        self._place = replace(self._place, mode="new", activity=last or self._place.activity)
        self._fill(self._input.value)
        self.post_message(self.Kept(self._place.activity, more=True))
