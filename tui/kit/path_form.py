"""A form that asks for a file: what it may be is listed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual.widgets import Input

from offwall.tui.kit.form import Field, Form, FormCheck

PathCompleter = Callable[[str], Awaitable[Sequence[str]]]
"""What the beginning of a path may become, each in full; answers soon whatever the disk does."""

PATH_FIELD = "path"
"""The name of the field that takes the path."""


class PathForm(Form):
    """Fields of which the one named ``path`` takes a file: what it may become is listed."""

    CSS_PATH = "form.tcss"

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
