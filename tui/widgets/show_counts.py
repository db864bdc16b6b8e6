"""How far it has come, for the room: a bar and its figures, larger where there is room."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from model.plan import lacks, live
from model.progress import Counting
from model.session import Session
from tui.widgets.session_widget import SessionWidget
from tui.widgets.show_letters import large

HIGH = 36
"""Lines of screen from which the counts are drawn in large letters."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is done of all there is, in words, and what else there is to say."""

    done: int = 0
    everything: int = 0
    said: str = ""
    rest: tuple[str, ...] = ()


class Review:
    """How far the review has come; a stage in which nothing changed is not counted again."""

    def __init__(self) -> None:
        self._counting = Counting()

    def __call__(self, session: Session) -> Figures:
        """The figures now."""
        found = self._counting.total(session)
        pairs = ((found.open, "open"), (found.to_fill, "still to fill"))
        rest = tuple(f"{number:,} {words}" for number, words in pairs if number)
        return Figures(found.confirmed, found.activities, "confirmed", rest)


def planned(session: Session) -> Figures:
    """How many of the actions to be done have an owner and a date."""
    found = live(session.actions)
    ready = sum(not lacks(action) for action in found)
    return Figures(ready, len(found), "with owner and date")


class ShowCounts(SessionWidget, Widget):
    """What is done, as a bar and in figures."""

    DEFAULT_CSS = """
    ShowCounts { height: 2; padding: 0 1; }
    ShowCounts.-high { height: 5; padding: 1 1 0 1; }
    ShowCounts.-none { display: none; }
    """

    found: reactive[Figures] = reactive(Figures())

    def __init__(self, counted: Callable[[Session], Figures]) -> None:
        super().__init__()
        self._counted = counted

    def watch_session(self) -> None:
        """Count again; it is drawn again only where that differs."""
        self.found = self._counted(self.session)
        self.set_class(not self.found.everything, "-none")

    def on_resize(self) -> None:
        """Large figures need lines."""
        self.set_class(self.app.size.height >= HIGH, "-high")

    def render(self) -> RenderResult:
        """The bar, and the figures."""
        found, width = self.found, max(1, self.size.width)
        if not found.everything:
            return Content("")
        figures = f"{found.done:,} of {found.everything:,}"
        drawn = large(figures, width // 2) if self.has_class("-high") else []
        if not drawn:
            said = "   ".join((f"{figures} {found.said}", *found.rest))
            return Content.assemble(_bar(found, width), "\n", (said, "bold"))
        words = (found.said, *found.rest, "", "")
        lines = [
            Content.assemble((line, "bold $text-success"), "   ", (word, "bold"))
            for line, word in zip(drawn, words, strict=False)
        ]
        return Content("\n").join([_bar(found, width), *lines])


def _bar(found: Figures, width: int) -> Content:
    """As much of a line as is done."""
    done = found.done * width // found.everything
    return Content.assemble(("━" * done, "$text-success"), ("─" * (width - done), "$text-muted"))
