"""The line above the footer: what just happened, or what could not be done and why."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.text import plain


class StatusLine(Widget):
    """Shows what the App last said; what is wrong with the file stays until it is mended."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $text-muted; }
    StatusLine.-wrong { color: $text-error; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Follow what is said."""
        self.watch(self.app, "said", self._say)
        self.watch(self.app, "trouble", self._say)

    def _said(self) -> tuple[str, bool]:
        trouble = getattr(self.app, "trouble", "")
        return (trouble, True) if trouble else getattr(self.app, "said", ("", False))

    def _say(self) -> None:
        text, wrong = self._said()
        self.set_class(wrong, "-wrong")
        # A long sentence takes the lines it needs; a short one never moves the screen.
        room = max(1, self.app.size.width - 2)
        lines = Content(plain(text)).wrap(room) if len(text) > room else ()
        self.styles.height = max(1, min(3, len(lines)))
        self.refresh()

    def render(self) -> RenderResult:
        """The sentence as it is, never as markup."""
        return Content(plain(self._said()[0]))
