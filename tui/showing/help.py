"""Help for the room: the keys alone, as nothing is typed there."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.screens import help as help_screen


class ShowHelp(help_screen.HelpScreen):
    """What can be looked at here, in words."""

    CSS_PATH = str(Path(help_screen.__file__).with_suffix(".tcss"))

    def compose(self) -> ComposeResult:
        """The keys, and how to put it away."""
        with VerticalScroll(id="help"):
            yield Static("Keys here", classes="help-title")
            yield Static(self._table(self._keys, 16))
            yield Static("Nothing that is pressed here changes the session.", classes="help-title")
            yield Static("Esc closes", classes="help-title")
