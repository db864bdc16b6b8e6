"""The line above the footer: what just happened, or what could not be done and why."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.text import plain


class StatusLine(Widget):
    """Shows what the App last said."""

    DEFAULT_CSS = """
    StatusLine { height: auto; min-height: 1; max-height: 3; padding: 0 1; color: $text-muted; }
    StatusLine.-wrong { color: $text-error; }
    """

    def on_mount(self) -> None:
        """Follow what is said."""
        self.watch(self.app, "said", self._say)

    def _say(self, said: tuple[str, bool]) -> None:
        self.set_class(said[1], "-wrong")
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """The sentence as it is, never as markup."""
        text, _ = getattr(self.app, "said", ("", False))
        return Content(plain(text))
