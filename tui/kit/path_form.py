"""A form that asks for a file: Tab completes its name."""

from collections.abc import Awaitable, Callable, Sequence
from os.path import commonprefix
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from offwall.tui.kit.form import Field, Form, FormCheck
from offwall.tui.kit.keys import foot, keys
from offwall.tui.kit.text import counted

PathCompleter = Callable[[str], Awaitable[Sequence[str]]]
"""What the beginning of a path may become, each in full; answers soon whatever the disk does."""

PATH_FIELD = "path"
"""The name of the field that takes the path."""

MOST_NAMED = 4
"""Names that are said where several begin so."""


class _PathSuggester(Suggester):
    """Shows the first that the path may become; the right arrow takes it."""

    def __init__(self, complete: PathCompleter) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The first match that goes on as what was typed does."""
        found = await self._complete(value) if value else ()
        return next((path for path in found if path.startswith(value)), None)


class PathForm(Form):
    """Fields of which the one named ``path`` takes a file."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "form", foot("tab", "complete", "Complete", tooltip="Complete the name")
    )

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: FormCheck,
        complete: PathCompleter,
        about: str = "",
    ) -> None:
        """Ask; ``complete`` says what the beginning of a path may become."""
        super().__init__(title, fields, check, about)
        self._complete = complete
        self._offered: Sequence[str] = ()

    def on_mount(self) -> None:
        """Say which key does what here."""
        keys = "Tab completes the file, Down next field, Enter keeps, Esc leaves"
        self.query_one("#form-keys", Static).update(Content(keys))

    def _input(self, field: Field) -> Input:
        entry = super()._input(field)
        if field.name == PATH_FIELD:
            entry.suggester = _PathSuggester(self._complete)
        return entry

    async def action_complete(self) -> None:
        """Complete the path as far as is sure, or go through what it may be; or leave the field."""
        entry = self.query_one(f"#ask-{PATH_FIELD}", Input)
        if not (entry.has_focus and entry.value and await self._completed(entry)):
            self.focus_next()

    async def _completed(self, entry: Input) -> bool:
        typed = entry.value
        if typed in self._offered and len(self._offered) > 1:
            self._put(entry, self._offered[(self._offered.index(typed) + 1) % len(self._offered)])
            return True
        self._offered = await self._complete(typed)
        # Letter by letter is what completing means.
        sure = commonprefix(list(self._offered))  # noqa: RUF071
        if len(sure) < len(typed):
            sure = self._offered[0] if self._offered else typed
        if sure != typed:
            self._put(entry, sure)
        elif len(self._offered) > 1:
            self._put(entry, self._offered[0])
        else:
            return False
        return True

    def _put(self, entry: Input, path: str) -> None:
        entry.value = path
        entry.cursor_position = len(path)

    def _help(self) -> None:
        entry = self.query_one(f"#ask-{PATH_FIELD}", Input)
        several = len(self._offered) > 1 and entry.value and entry.has_focus
        if several and any(path.startswith(entry.value) for path in self._offered):
            self._say(_candidate_names(self._offered))
        else:
            super()._help()


def _candidate_names(paths: Sequence[str]) -> str:
    names = [path.rstrip("/").rpartition("/")[2] for path in paths[:MOST_NAMED]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {counted(more, 'other')}" if more else "")
