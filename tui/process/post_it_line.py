"""The line: one post-it typed, edited or added to, and the card of what it will become.

The card is of the session as keeping the line makes it, so that it says what Enter will do: whose
names, where an answer leads, what is carried over.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields, replace

from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from offwall.model.line import Vocabulary
from offwall.model.line.complete import Completion, complete, complete_sign
from offwall.model.line.grammar import SpanKind, end_of_words
from offwall.model.line.parse import Parsed, parse, without_times
from offwall.model.line.render import render, say_note, say_times
from offwall.model.process import PostIt
from offwall.model.process.activities import say_settled
from offwall.model.process.keep_post_its import (
    add_loose_records,
    add_post_it,
    add_to_activity,
    edit_post_it,
    new_activity_id,
)
from offwall.model.process.post_it import LineKind, post_it_of, whole_refs
from offwall.model.records import EditError
from offwall.model.records.changes import SessionChange, once
from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_ROLE,
    ActivityId,
    RoleCode,
    StageId,
)
from offwall.model.records.text import counted, plain
from offwall.tui.kit import Context, Say
from offwall.tui.kit.frame import TALL
from offwall.tui.kit.keys import Same
from offwall.tui.kit.messages import DraftChanged, Typing
from offwall.tui.kit.row_view import flowing
from offwall.tui.kit.selection import changed_together
from offwall.tui.process.activity_card import ActivityCard, LineAhead
from offwall.tui.process.pasted_lines import LinePlace, PasteLine

LINE_HINT = "@lead a:accountable ?decision >answer +document !d!g!t!r ^park"
LINE_LABELS = {"new": "New", "before": "New", "edit": "Edit", "add": "Add", "several": "Add"}
ROOM_CARD_CELLS = 72
TRIED = "tried"
"""The seed of the ids in what a line is tried on; what is kept has one of its own."""

FOR_EACH = frozenset(
    {"lead", "also", "accountable", "consulted", "informed", "documents", "tiers", "only"}
    | {"stage", "timescale", "times", "unsettled"}
)
"""What of a line can be said of several at once."""

ONE_AT_A_TIME = (
    "Several are selected: give what is the same for each, such as @lead a: c: i: +document. "
    "The rest is for one at a time."
)


class PostItLine(PasteLine):
    """Enter keeps what is typed and opens the next; no dialog ever opens from here."""

    HINT = LINE_HINT
    UNDER = 3

    @dataclass
    class Kept(Message):
        """A line was kept; ``activity`` is what it made or changed, ``more`` that it stays open,
        ``same`` what it adds, as far as others can be given it.
        """

        activity: ActivityId
        more: bool = field(kw_only=True)
        same: Same | None = None

    def __init__(self, fresh: Context, beside: ActivityCard | None = None) -> None:
        super().__init__(fresh, id="line")
        self._beside = beside
        self._filled = ""
        self._made: LineAhead | None = None
        self._before = PostIt()
        self._several: tuple[ActivityId, ...] = ()

    def open(
        self, place: LinePlace, prefix: str = "", several: tuple[ActivityId, ...] = ()
    ) -> None:
        """Take the line up with its draft, filled in or with a first sign; or to add to several."""
        self.leave_paste()
        self._several = several
        if several:
            place = LinePlace("several", several[0], place.stage)
        begun, text = self._fresh.drafts.take(astuple(place), self.session)
        self._place = place = LinePlace(begun[0], ActivityId(begun[1]), StageId(begun[2]))
        self._filled, draft = "", text
        if place.mode == "edit":
            filled = render(post_it_of(self.session, place.activity), self._vocabulary())
            self._before = parse(filled, self._vocabulary()).note
            text = text or filled
            self._filled = filled
        elif prefix and text:
            self.drop(text)
        text = prefix or text
        self._fill(text, chosen=bool(draft) and text == draft)
        self.offered = draft if text == draft else ""
        # Told when it is at work itself: Textual stops a message at the screen that asked for it.
        self.call_later(self.tell_room)
        self.field.focus()

    def drop(self, text: str) -> None:
        """A draft is replaced: undo finds it."""
        place = astuple(self._place)
        drafts = self._fresh.drafts
        drafts.drop(self.session, lambda: drafts.put(place, text))

    def _fill(self, text: str, *, chosen: bool = False) -> None:
        self.put_label(LINE_LABELS[self._place.mode])
        # What is put right most are the words: an edit begins at their end, not the people's.
        edits = bool(text) and text == self._filled
        at = end_of_words(text, self._vocabulary()) if edits else None
        self.field.fill(text, filled=self._filled, chosen=chosen, at=at)
        self.preview()

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.session, self._fresh.today(), self._place.activity)

    def _parsed(self) -> Parsed:
        parsed = parse(self.field.value, self._vocabulary())
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

    def changed(self) -> None:
        """Have it kept as a draft."""
        text = self.field.value
        self._fresh.drafts.put(astuple(self._place), "" if text == self._filled else text)
        self.post_message(DraftChanged())

    def preview(self) -> None:
        """Say what the line will become: on the card beside it, else under it."""
        if self.pasted or self.table:
            return
        shown, ahead = Content(""), None
        if self.field.value.strip():
            parsed = self._parsed()
            shown, ahead = self._ahead(parsed)
        self._made = ahead
        if self._beside is not None:
            self._beside.look_ahead(ahead)
        if ahead and not (self._beside and self._beside.size):
            width, height = self._under.content_size
            room = height - len(shown.wrap(max(2, width)))
            shown = Content("\n").join([shown, ahead.card(width, room)])
        self.put_preview(shown)
        self.offer()

    def tell_room(self) -> None:
        """Say what the line holds, but for how long and how often."""
        text = without_times(self.field.value, self._vocabulary())
        self.post_message(Typing(text, self.room_card))

    def room_card(self) -> str:
        """The card of what the line will make, by names."""
        return self._made.card(ROOM_CARD_CELLS, TALL).plain if self._made else ""

    def _ahead(self, parsed: Parsed) -> tuple[Content, LineAhead | None]:
        """What keeping the line does and what is doubtful, in words; and the activity then."""
        vocabulary = self._vocabulary()
        # A sign that was only begun is no doubt yet: what it may be is offered.
        said = [] if self._begun(parsed) else [*parsed.doubts]
        ahead, parts = None, list(say_note(parsed.note, vocabulary))
        if not self._several or _for_each(parsed):
            _, change, activity = self._change(parsed, TRIED)
            try:
                after = change(self.session)
            except EditError:
                after = self.session
            if activity in after.activity_by_id and after is not self.session:
                note, carried = parsed.note, self._carried(parsed)
                pairs = zip("RA", (note.lead, note.accountable), carried, strict=True)
                faint = (one for one, said_of, over in pairs if said_of is None and over)
                ahead = LineAhead(after, activity, frozenset(() if note.ditto else faint))
                said += say_settled(self.session, after)
                parts = list(say_times(parsed.note))
        line = [Content.styled(plain(self._heading(parsed)), "bold")]
        line += [Content.styled(plain(one), "$text-warning") for one in said]
        line += [Content(plain(part)) for part in parts]
        width = self._under.content_size.width or self.app.size.width
        return flowing(line, "  ", width), ahead

    def completions(self) -> Sequence[Completion]:
        """What the word at the cursor may become."""
        text, at = self.field.value, self.field.cursor_position
        if text:
            return complete(text, at, self._vocabulary())
        return complete_sign(at) if self._place.mode == "add" else ()

    def _heading(self, parsed: Parsed) -> str:
        activity = self.session.activity_by_id.get(self._place.activity)
        name = f"{self.session.ref_by_id[activity.id]} {activity.text}" if activity else ""
        if self._place.mode == "edit":
            return f"changes {self.session.ref_by_id[self._place.activity]}"
        if self._several:
            number = counted(len(self._several), "activity", "activities")
            nothing = parsed.note == PostIt()
            return f"adds to {number}" if nothing or _for_each(parsed) else ONE_AT_A_TIME
        if parsed.way is LineKind.ADDS or self._begun(parsed):
            return f"adds to {name}" if name else "adds to nothing yet: type an activity first"
        if parsed.way is LineKind.ALONE:
            return "stands alone"
        return f"new in {parsed.note.stage or self._place.stage}"

    def _begun(self, parsed: Parsed) -> bool:
        """Whether it is to add something of which there is no more than its sign."""
        return self._place.mode == "add" and parsed.note == PostIt()

    def on_resize(self) -> None:
        """A line that opens finds its room after its words."""
        self.preview()

    def close(self) -> None:
        """Leave the line; the card says again what is there."""
        if self._beside is not None:
            self._beside.look_ahead(None)
        super().close()

    def on_line_input_left(self) -> None:
        """Leave; what was typed is kept as a draft."""
        if self.field.value.strip():
            self.changed()
        self.leave_paste()
        self.close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: keep what is typed, or leave where nothing is."""
        event.stop()
        if self.table:
            if self.want_column(self.field.value):
                self._fill("")
        elif self.pasted:
            self.want_paste()
        elif self.field.value.strip():
            self._keep(self._parsed())
        else:
            if self._place.mode == "edit":
                ref = self.session.ref_by_id[self._place.activity]
                self.post_message(Say(f"{ref} stays as it was; x takes it off the wall."))
            self.close()

    def _keep(self, parsed: Parsed) -> None:
        if self._several and not _for_each(parsed):
            self.tell(ONE_AT_A_TIME, wrong=True)
            return
        seed = self._fresh.seed()
        label, change, activity = self._change(parsed, seed)
        before, tried = self.session, once(change)
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
        self.post_message(self.Kept(activity, more=more, same=self._same(parsed, seed)))

    def _same(self, parsed: Parsed, seed: str) -> Same | None:
        """What the line adds, where others can be given it too."""
        if not _for_each(parsed):
            return None
        said = f"Added {parsed.line.strip()}"
        return Same(said, lambda s, each: add_to_activity(s, each, parsed.note, seed))

    def _change(self, parsed: Parsed, seed: str) -> tuple[str, SessionChange, ActivityId]:
        """The label of what the line does, the change, and the activity that it is about."""
        note, at = parsed.note, self._place
        if at.mode == "edit":
            before = self._before
            label = f"Changed {self.session.ref_by_id[at.activity]} {note.text}"
            return label, lambda s: edit_post_it(s, at.activity, before, note, seed), at.activity
        if self._several and (same := self._same(parsed, seed)):
            several = self._several
            number = counted(len(several), "activity", "activities")
            label = f"{same.said}: {number}"
            return label, lambda s: changed_together(s, same, several), NO_ACTIVITY
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
        self._fill(self.field.value)
        self.post_message(self.Kept(self._place.activity, more=True))


def _for_each(parsed: Parsed) -> bool:
    """Whether a line says only what can be said of several."""
    said = {one.name for one in fields(PostIt) if getattr(parsed.note, one.name)}
    return parsed.way is LineKind.ADDS and said <= FOR_EACH
