"""Forms: a few words, several at once, a file, one of several; what is wrong is said beside it.

Answers are text by field name. A field is one compact row, and no paste loses its later lines.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from itertools import chain
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from offwall.model.records.text import counted, plain, plain_lines
from offwall.tui.kit.completion import FieldCompletions, Named, as_candidates
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.row_view import set_in
from offwall.tui.terminal.textual_private import SteadyInput, ThriftyDialog, bound_to


class FormInput(SteadyInput):
    """One compact row. Textual's `Input` keeps the first line of a paste; here they become one."""

    @dataclass
    class Joined(Message):
        """Several lines were pasted, and are one now."""

        lines: int

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        self.replace(" ".join(lines), *self.selection)
        if len(lines) > 1:
            self.post_message(self.Joined(len(lines)))


FORM_CELLS, AROUND_FORM = 76, 6
"""Cells of a form where there is room, and those of its frame and its margins."""

MOST_OFFERED, LEAST_OFFERED, AROUND_FIELDS = 5, 2, 11
"""Lines for what a field offers, and those of a form that are none of its fields'."""

# Ask for a few words, or for several at once, and say beside the field what is wrong.

Answers = Mapping[str, str]
FormCheck = Callable[[Answers], str | Awaitable[str]]
"""Tries the answers; the sentence that says what is wrong with them, or nothing. One that has to
look at a disk is awaited, and answers soon whatever the disk does: keys wait for it.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One question: its name in the answers, its label, what stands there, and what helps.

    What is typed into one that is ``chosen`` from a few words replaces what stands there.
    ``choices`` are listed under the fields and narrowed as one types; where they are ``fixed``
    the answer is one of them. ``says`` puts what is typed in words, such as the weekday of a date.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[Any] = ()
    chosen: bool = False
    says: Callable[[str], str] | None = None
    fixed: bool = False


class Form(ThriftyDialog[Answers | None]):
    """A few fields. Enter keeps all of them, Esc none; what is wrong is said and nothing lost."""

    CSS_PATH = "form.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "form",
        foot("escape", "leave", "Leave"),
        foot("enter", "keep", "Keep"),
        foot("tab", "next", "Next field", "go(1)"),
        key("shift+tab", "before", "Field before", "go(-1)"),
        key("down", "down", "Choose", "choose(1)", "The next that is listed, or the next field"),
        key("up", "up", "Choose", "choose(-1)", "The one before, or the field before"),
    )

    def __init__(
        self, title: str, fields: Sequence[Field], check: FormCheck, about: str = "", at: str = ""
    ) -> None:
        """Ask; the cursor begins in the field named ``at``, or in the first."""
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._check = check
        self._about = about
        self._at = at
        self._hint = ""
        self._stood: tuple[str, str] = ("", "")
        """The field that the cursor is in, and what stood there before a letter was typed."""

    def begin(self, field: Field, check: FormCheck) -> None:
        """Ask once more for its one field."""
        self._fields, self._check = (field,), check
        for entry in self.query(FormInput):
            entry.value = field.value
            entry.select_all()
            if (wrong := self.query_one("#form-wrong")).display:
                wrong.display = False

    def on_mount(self) -> None:
        """Put the cursor where it is wanted."""
        if self._at:
            self.query_one(f"#ask-{self._at}", Input).focus()

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        self.wear_breakpoints()
        choose = "Down chooses, " if self._offers else ""
        more = "Tab next field, " if len(self._fields) > 1 else ""
        told = Static(Content(f"{choose}{more}Enter keeps, Esc leaves"), id="form-keys")
        line = self.has_class("-line")
        with Vertical(id="form"):
            yield Static(Content(plain(self._title)), id="form-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="form-about")
            for field in self._fields:
                with Horizontal(classes="form-row"):
                    yield Static(Content(plain(field.label)), classes="form-label")
                    chosen, named = field.chosen, f"ask-{field.name}"
                    entry = FormInput(field.value, id=named, select_on_focus=chosen)
                    entry.cursor_blink = False
                    yield entry
                    if line:
                        yield told
            if self._offers:
                yield FieldCompletions(self._room())
            yield Static(id="form-hint")
            yield Static(id="form-wrong")
            if not line:
                yield told

    @property
    def _offers(self) -> bool:
        """Whether any of its fields lists what may be meant."""
        return any(field.choices for field in self._fields)

    def _choices(self, field: Field) -> Sequence[Any]:
        """What a field lists now."""
        return field.choices

    def _room(self) -> int:
        """Lines for what is offered: what the fields and the sentences leave."""
        width = max(1, min(FORM_CELLS, self.app.size.width) - AROUND_FORM)

        def lines(text: str) -> int:
            return len(Content(plain_lines(text)).wrap(width)) if text else 0

        hint = max((lines(field.hint) for field in self._fields), default=1)
        more = max(0, lines(self._title) + hint - 2)
        taken = len(self._fields) + lines(self._about) + more + AROUND_FIELDS
        return max(LEAST_OFFERED, min(MOST_OFFERED, self.app.size.height - taken))

    def on_descendant_focus(self) -> None:
        """Show what helps with the field that the cursor is in."""
        self.offer()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """List what the words typed may mean, and say it."""
        event.stop()
        await self.look(event.input)

    async def look(self, changed: Input) -> None:
        """Look what the words of a field may mean."""
        self.offer()

    @property
    def _field(self) -> Field | None:
        """The field that the cursor is in."""
        named = {f"ask-{field.name}": field for field in self._fields}
        return named.get((self.focused and self.focused.id) or "")

    def _tell(self) -> None:
        """Say what Enter would keep in the field that the cursor is in, and what helps there."""
        said, field = "", self._field
        if field and field.says:
            chosen = [shown.list.chosen for shown in self.query(FieldCompletions)]
            said = field.says(next((one.text for one in chosen if one), self._value(field)))
        self._say("  ".join(text for text in (said, field.hint if field else "") if text))

    # What a field offers: the list under the fields follows the one that the cursor is in.

    def offer(self) -> None:
        """List what the words of the field may mean, and say it; none is chosen yet."""
        field = self._field
        for shown in self.query(FieldCompletions):
            value = self._value(field) if field else ""
            if not field or self._stood[0] != field.name:
                self._stood = (field.name if field else "", value)
            known = as_candidates(self._choices(field)) if field else ()
            typed = value != self._stood[1]
            shown.offer(value, known, typed=typed, fixed=bool(field and field.fixed))
        self._tell()

    def _take(self) -> "Named | None":
        """Put what is chosen into the field: what is shown is what is kept."""
        field = self._field
        for shown in self.query(FieldCompletions):
            if field and (chosen := shown.list.chosen):
                self._stood = (field.name, chosen.text)
                entry = self.query_one(f"#ask-{field.name}", Input)
                entry.value = chosen.text
                entry.cursor_position = len(chosen.text)
                return chosen
        return None

    def action_choose(self, by: int) -> None:
        """Choose another of what is offered; where nothing is, go to another field."""
        for shown in self.query(FieldCompletions):
            if shown.list:
                shown.move(by)
                self._tell()
                return
        self.action_go(by)

    def action_go(self, by: int) -> None:
        """Take what is chosen, and go to another field."""
        self._take()
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_form_input_joined(self, event: FormInput.Joined) -> None:
        """Say what became of a paste of several lines."""
        event.stop()
        self._say(f"{counted(event.lines, 'line')} pasted, joined into one.")

    def _say(self, hint: str) -> None:
        if hint != self._hint:  # a key that changes nothing of it draws nothing
            self._hint = hint
            shown, said = self.query_one("#form-hint", Static), Content(plain(hint))
            lines = len(said.wrap(max(1, shown.size.width)))
            shown.update(said, layout=lines != max(1, shown.size.height))

    def _value(self, field: Field) -> str:
        return self.query_one(f"#ask-{field.name}", Input).value

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field takes what is shown there, and keeps the whole form."""
        event.stop()
        await self.action_keep()

    async def action_keep(self) -> None:
        """Take what is shown and try the answers; keep them, or say what is wrong and stay."""
        self._take()
        answers = {field.name: self._value(field) for field in self._fields}
        wrong = self._check(answers)
        if isawaitable(wrong):
            wrong = await wrong
        if wrong:
            said = self.query_one("#form-wrong", Static)
            said.update(Content(plain(wrong)))
            said.display = True
        else:
            self.dismiss(answers)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


# A form that asks for a file: what it may be is listed.

PathCompleter = Callable[[str], Awaitable[Sequence[str]]]
"""What the beginning of a path may become, each in full; answers soon whatever the disk does."""

PATH_FIELD = "path"
"""The name of the field that takes the path."""


class PathForm(Form):
    """Fields of which the one named ``path`` takes a file: what it may become is listed."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: FormCheck,
        complete: PathCompleter,
    ) -> None:
        """Ask; ``complete`` says what the beginning of a path may become."""
        super().__init__(title, fields, check)
        self._complete = complete
        self._found: tuple[str, Sequence[str]] = ("", ())

    @property
    def _offers(self) -> bool:
        return True

    @property
    def _in_path(self) -> bool:
        return bool(self.focused and self.focused.id == f"ask-{PATH_FIELD}")

    async def look(self, changed: Input) -> None:
        """Look what the path may become, and list it."""
        if changed.id == f"ask-{PATH_FIELD}":
            self._found = (changed.value, await self._complete(changed.value))
        await super().look(changed)

    def _choices(self, field: Field) -> Sequence[Any]:
        """What begins as the path does; other fields have their own."""
        if field.name != PATH_FIELD:
            return super()._choices(field)
        typed, found = self._found
        return found if typed == self._value(field) else ()

    def action_go(self, by: int) -> None:
        """Tab takes what is chosen and stays, as in a shell; else it goes to the next field."""
        before = self.query_one(f"#ask-{PATH_FIELD}", Input).value
        if not (by > 0 and self._in_path and (found := self._take()) and found.text != before):
            super().action_go(by)

    async def action_keep(self) -> None:
        """Enter takes what is shown; a folder is looked into, else all is kept."""
        in_path, taken = self._in_path, self._take()
        if not (in_path and taken and taken.text.endswith("/")):
            await super().action_keep()


# A choice: one of several, by its place.

AROUND_OPTION = 7
"""Cells of the frame, the margins and the bar of a long list."""


def _option(text: str, width: int) -> Content:
    """An option; where it goes on it is set in, so that the next is seen to be another."""
    lines = (set_in(Content(line), width, 2) for line in plain_lines(text).split("\n"))
    return Content("\n").join(chain.from_iterable(lines))


class Choice(ThriftyDialog[int | None]):
    """A short list; the answer is the place of the one chosen, from 0, or None."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "choice", foot("escape,q", "leave", "Leave"), key("j", "down", "Down"), key("k", "up", "Up")
    )

    def __init__(self, title: str, options: Sequence[str], about: str = "", at: int = 0) -> None:
        """Ask; the cursor begins on the option ``at`` that place, or on the first."""
        super().__init__()
        self._at = at
        self._title = title
        self._options = tuple(options)
        self._about = about

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with Vertical(id="choice"):
            yield Static(Content(plain(self._title)), id="choice-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="choice-about")
            width = min(FORM_CELLS, self.app.size.width) - AROUND_OPTION
            yield OptionList(*(Option(_option(text, width)) for text in self._options))
            yield Static(Content("Enter chooses, Esc leaves"), id="choice-keys")

    def on_mount(self) -> None:
        """Begin where it was asked for."""
        self.query_one(OptionList).highlighted = self._at

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_index)

    def on_key(self, event: Key) -> None:
        """A letter goes to the next option that begins with it, unless it moves or leaves."""
        if bound_to(self, event.key):
            return
        shown, letter = self.query_one(OptionList), (event.character or "").casefold()
        begun = [n for n, one in enumerate(self._options) if one.casefold().startswith(letter)]
        if letter.isalnum() and begun:
            now = shown.highlighted or 0
            shown.highlighted = next((place for place in begun if place > now), begun[0])

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
