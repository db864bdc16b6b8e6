"""The form: asks for a few words, or for several at once; what is wrong is said beside the field.

Answers are text by field name. A field is one compact row, and no paste loses its later lines.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.text import counted, plain, plain_lines


class FormInput(Input):
    """Textual's `Input` keeps only the first line of a paste; here the lines become one."""

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
    ``says`` puts what is typed in words as one types, such as the weekday of a date.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[str] = ()
    chosen: bool = False
    says: Callable[[str], str] | None = None


class Form(ModalScreen[Answers | None]):
    """A few fields. Enter keeps all of them, Esc none; what is wrong is said and nothing lost."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "form",
        foot("escape", "leave", "Leave"),
        foot("enter", "keep", "Keep"),
        foot("down,tab", "next", "Next field", "app.focus_next"),
        key("up,shift+tab", "before", "Field before", "app.focus_previous"),
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

    def on_mount(self) -> None:
        """Put the cursor where it is wanted."""
        if self._at:
            self.query_one(f"#ask-{self._at}", Input).focus()

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with Vertical(id="form"):
            yield Static(Content(plain(self._title)), id="form-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="form-about")
            for field in self._fields:
                with Horizontal(classes="form-row"):
                    yield Static(Content(plain(field.label)), classes="form-label")
                    yield self._input(field)
            yield Static(id="form-hint")
            yield Static(id="form-wrong")
            keys = "Enter keeps, Esc leaves"
            if len(self._fields) > 1:
                keys = "Tab next field, " + keys
            yield Static(Content(keys), id="form-keys")

    def _input(self, field: Field) -> Input:
        suggester = SuggestFromList(field.choices, case_sensitive=False) if field.choices else None
        entry = FormInput(
            field.value,
            id=f"ask-{field.name}",
            compact=True,
            select_on_focus=field.chosen,
            suggester=suggester,
        )
        entry.cursor_blink = False
        return entry

    def on_descendant_focus(self) -> None:
        """Show what helps with the field that the cursor is in."""
        self._help()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the words typed mean."""
        event.stop()
        self._help()

    def _help(self) -> None:
        named = {f"ask-{field.name}": field for field in self._fields}
        field = named.get((self.focused and self.focused.id) or "")
        said = field.says(self._value(field)) if field and field.says else ""
        self._say("  ".join(text for text in (said, field.hint if field else "") if text))

    def on_form_input_joined(self, event: FormInput.Joined) -> None:
        """Say what became of a paste of several lines."""
        event.stop()
        self._say(f"{counted(event.lines, 'line')} pasted, joined into one.")

    def _say(self, hint: str) -> None:
        if hint != self._hint:  # a key that changes nothing of it lays nothing out
            self._hint = hint
            self.query_one("#form-hint", Static).update(Content(plain(hint)))

    def _value(self, field: Field) -> str:
        return self.query_one(f"#ask-{field.name}", Input).value

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field keeps the whole form."""
        event.stop()
        await self.action_keep()

    async def action_keep(self) -> None:
        """Try the answers; keep them, or say what is wrong and stay."""
        answers = {field.name: self._value(field) for field in self._fields}
        wrong = self._check(answers)
        if isawaitable(wrong):
            wrong = await wrong
        if wrong:
            self.query_one("#form-wrong", Static).update(Content(plain(wrong)))
        else:
            self.dismiss(answers)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
