"""The cursor of a list or a wall: it moves, finds a text, and selects several records.

What is done to several is one step. What is selected is known by its keys: it stays so while it is
filtered out of sight, or sorted elsewhere, and is forgotten when the record is gone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar

from offwall.model.records import EditError, Session
from offwall.model.records.text import counted
from offwall.tui.kit.form import Field
from offwall.tui.kit.keys import (
    NOTHING,
    Choose,
    Command,
    Here,
    Outcome,
    Question,
    Same,
    ask_below,
    key,
    keys,
)
from offwall.tui.kit.messages import Say
from offwall.tui.kit.session_widget import SessionWidget
from offwall.tui.terminal.textual_private import steady_parts

Noun = tuple[str, str]
"""What one record is called, and several."""

# What one command comes to, for each of several.


def for_each(outcome: Outcome, several: tuple[Any, ...], noun: Noun, session: Session) -> Outcome:
    """What an outcome for the first of several comes to for all of them: one change, one label.

    A question is asked once. What removes, joins or moves asks first, and says how many. What
    stays as it is in ``session`` is said.
    """
    number = counted(len(several), *noun)
    if isinstance(asked := outcome.ask, Question | Choose):
        answered: Callable[[Any], Outcome] = asked.answered
        title = asked.title if len(several) == 1 else f"For {number}, one answer"
        return replace(
            outcome,
            ask=replace(
                asked,
                title=title,
                answered=lambda text: for_each(answered(text), several, noun, session),
            ),
        )
    same = outcome.same
    if same is None or len(several) == 1:
        return outcome
    label = f"{same.said}: {number}"
    told = stayed(session, same, several)
    made = replace(
        outcome,
        label=label,
        change=lambda session: changed_together(session, same, several),
        go="",
        say=f"{label}. {told}" if told else outcome.say,
    )
    if not same.asks:
        return made
    options = (f"{same.asks} {number}", "Leave them as they are")
    return Outcome(ask=Choose(f"{options[0]}?", options, lambda place: NOTHING if place else made))


def changed_together(session: Session, same: Same, several: tuple[Any, ...]) -> Session:
    """The session with all of them changed; what is so already stays.

    Raises `EditError` where none can be changed.
    """
    if same.together:
        return same.together(session, several)
    session, refused = _changed_each(session, same, several)
    if refused and len(refused) == len(several):
        raise EditError(refused[-1])
    return session


def stayed(session: Session, same: Same, several: tuple[Any, ...]) -> str:
    """How many of several could not be changed, and why; nothing where all can."""
    _, why = (session, []) if same.together else _changed_each(session, same, several)
    return f"{len(why)} of {len(several)} stay as they are: {why[-1]}" if why else ""


def _changed_each(
    session: Session, same: Same, several: tuple[Any, ...]
) -> tuple[Session, list[str]]:
    """The session with those changed that can be, and why each of the others cannot."""
    refused = []
    for one in several:
        try:
            session = same.change(session, one)
        except EditError as sentence:
            refused.append(str(sentence))
    return session, refused


# The keys of whatever has a cursor.

MOVE_KEYS = keys(
    "list",
    key("j,down", "down", "Down", "move(1)"),
    key("k,up", "up", "Up", "move(-1)"),
    key("pagedown", "page-down", "Page down", "page(1)"),
    key("pageup", "page-up", "Page up", "page(-1)"),
    key("g,home", "first", "To the start", "to(0)"),
    key("G,end", "last", "To the end", "to(-1)"),
)
FIND_KEYS = keys(
    "list",
    key("slash", "find", "Find", tooltip="Find a text"),
    key("right_curly_bracket", "found", "Next found", "found(1)", "The next that holds the text"),
    key("left_curly_bracket", "found-before", "Found before", "found(-1)", "The one before"),
)
UNSELECT_KEYS = keys("list", key("escape", "unselect", "Clear", tooltip="Select nothing"))
SELECT_KEYS = keys(
    "list",
    key("v", "select", "Select", tooltip="Select this one, and those that the cursor goes over"),
    key("F", "select-all", "All", tooltip="Select all that are shown, or none of them"),
    key("apostrophe", "again", "Again", tooltip="Make the last change on this one, too"),
)

NOTHING_YET = "Nothing is here yet. What the recorder keeps appears here."
"""What is said where what is read only is empty."""

NOT_SOUGHT = "Nothing is looked for yet: / finds a text."


@steady_parts
class SelectingWidget(SessionWidget):
    """What has a cursor over places in an order, and a record at some of them.

    ``v`` selects what the cursor stands on and begins a range, which the cursor's moves make
    longer until ``v`` is pressed again; on what is selected it takes that out.
    """

    PRIVATE: ClassVar[bool] = False
    """Whether it is nobody's business in private mode where the cursor stands."""

    NOUN: ClassVar[Noun] = ("row", "rows")

    index = 0
    """The place of the cursor."""

    _sought = ""
    _awaited = ""
    _marked: Mapping[str, None] = MappingProxyType({})
    _base: tuple[str, ...] = ()
    _anchor = ""

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys of what is selected, in the order shown; what is not shown comes last."""
        if not (found := self._marked):
            return ()
        listed = [key for key in self.listed if key in found]
        return (*listed, *(key for key in found if key not in listed))

    @property
    def known_keys(self) -> Sequence[str]:
        """The key of each place, those of headings too."""
        raise NotImplementedError

    def texts(self) -> Sequence[str]:
        """All that is said at each place, for finding."""
        raise NotImplementedError

    def jump(self, place: int) -> None:
        """Put the cursor on a place, or on the nearest that there is."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The key under the cursor; empty where there is none."""
        raise NotImplementedError

    @property
    def listed(self) -> Sequence[str]:
        """The keys of the records that are shown, in their order, without headings."""
        raise NotImplementedError

    @property
    def under_heading(self) -> Sequence[str]:
        """The keys of the records under the heading that the cursor stands on."""
        return ()

    @property
    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is selected; and what is under the heading, where nothing is."""
        return (marked, ()) if (marked := self.marked) else ((), tuple(self.under_heading))

    def is_marked(self, key: str) -> bool:
        """Whether a record is selected."""
        return key in self._marked

    @property
    def record(self) -> Any:
        """What the place under the cursor stands for; None on a heading."""
        return self.record_of(self.key)

    def record_of(self, key: str) -> Any:
        """The record of a key, shown or not; None where it is gone."""
        return key if key in self.listed else None

    def draw_marks(self) -> None:
        """Draw again what tells what is selected."""
        raise NotImplementedError

    def said_of_selection(self) -> str:
        """How many are selected, and the keys that go on; nothing where none is."""
        if not (marked := self.marked):
            return ""
        hidden = len(set(marked).difference(self.listed))
        away = f", {hidden:,} not shown" if hidden else ""
        ends = "v ends, " if self._anchor else ""
        return f" {len(marked):,} selected{away}: {ends}Esc clears "

    def mark(self, wanted: Sequence[str]) -> None:
        """Have these selected and no others."""
        self._marked = dict.fromkeys(wanted)
        self.draw_marks()

    def forget_gone(self) -> None:
        """Forget what is selected and not there any more; a range ends where it cannot go on."""
        if marked := self.marked:
            there = [key for key in marked if self.record_of(key) is not None]
            if self._anchor not in self.listed:
                self._anchor = ""
            if len(there) < len(marked):
                self.mark(there)

    def reach(self) -> None:
        """The cursor was moved: a range reaches up to it."""
        listed = self.listed if self._anchor else ()
        if self._anchor in listed and self.key in listed:
            ends = sorted((listed.index(self._anchor), listed.index(self.key)))
            self.mark((*self._base, *listed[ends[0] : ends[1] + 1]))

    def action_select(self) -> None:
        """Select this one and begin a range, end the range, or take this one out."""
        marked, anchor, self._anchor = self.marked, self._anchor, ""
        if anchor:
            self.draw_marks()
        elif under := self.under_heading:
            self._toggle(under)
        elif self.key in marked:
            self.mark([key for key in marked if key != self.key])
        elif self.record_of(self.key) is not None:
            self._base, self._anchor = marked, self.key
            self.mark((*marked, self.key))

    def action_select_all(self) -> None:
        """Select all that are shown, or none of them."""
        self._anchor = ""
        self._toggle(self.listed)

    def _toggle(self, wanted: Sequence[str]) -> None:
        marked = self.marked
        out = set(wanted) if set(wanted) <= set(marked) else set()
        self.mark([key for key in (*marked, *wanted) if key not in out])

    def action_unselect(self) -> None:
        """Select nothing."""
        self._anchor = ""
        self.mark(())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is somebody else's where nothing is selected."""
        if action == "unselect" and not self.marked:
            return False
        return super().check_action(action, parameters)

    # Going about.

    def action_move(self, by: int) -> None:
        """Move the cursor by some places."""
        self.jump(self.index + by)

    def action_to(self, place: int) -> None:
        """Move the cursor to the first place (0) or the last (-1)."""
        self.jump(place if place >= 0 else len(self.known_keys) - 1)

    def stand_on(self, key: str) -> None:
        """Put the cursor on a record, where it is shown."""
        if key in (known := self.known_keys):
            self.jump(known.index(key))

    def go_to(self, key: str) -> None:
        """Stand on a record, now or as soon as it is there."""
        self._awaited = "" if key in self.known_keys else key
        self.stand_on(key)

    def action_find(self) -> None:
        """Ask for a text and stand on the next place that says it, round to the start."""

        def found(text: str) -> Outcome:
            self._sought = text.casefold().strip()
            return self._find_on(1)

        self.perform(ask_below(Field("text", "Find", self._sought, chosen=True), found))

    def action_found(self, by: int) -> None:
        """Stand on the next place, or the one before, that says the text last looked for."""
        self.perform(self._find_on(by) if self._sought else Outcome(wrong=NOT_SOUGHT))

    def _find_on(self, by: int) -> Outcome:
        """Go on to a place that says the text, round to the other end, and say which it is."""
        hits = [n for n, said in enumerate(self.texts()) if self._sought in said.casefold()]
        if not hits:
            return Outcome(wrong="Nothing here has that text.")
        ahead = [n for n in hits if (n > self.index if by > 0 else n < self.index)]
        at = (ahead or hits)[0 if by > 0 else -1]
        self.jump(at)
        told = f"{hits.index(at) + 1:,} of {len(hits):,}. }} next, {{ the one before."
        return Outcome(say=told if self._sought else "")

    # What is done to all that are selected.

    def run_on_several(self, command: Command, at: Here) -> None:
        """Run a command on the first, and do what it comes to for each; a range ends."""
        several, self._anchor = at.several or at.under, ""
        outcome = command(at, self.record_of(several[0]))
        self.perform(for_each(outcome, several, self.NOUN, self.session))

    def action_again(self) -> None:
        """Make the last change on this one, or on those that are selected."""
        chosen = self.marked or (self.key,)
        several = tuple(key for key in chosen if self.record_of(key) is not None)
        if (same := self.again) is None or not several:
            told = "a row" if same else "a change that can be made again: a lead, a date ..."
            self.post_message(Say(f"That is for {told}."))
            return
        label = f"{same.said}: {self.called(several[0])}"
        one = Outcome(label, lambda session: same.change(session, several[0]), same=same)
        self.perform(for_each(one, several, self.NOUN, self.session))

    def called(self, key: str) -> str:
        """What a record is called in a sentence."""
        return str(self.record_of(key).text)
