"""One activity's card, by itself: all that is known of it, however long."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.screen import ModalScreen

from model.session import Session
from tui.widgets.activity_card import ActivityCard


class CardScreen(ModalScreen[None]):
    """A card held up over what one was looking at."""

    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Close", id="card.close"),
        Binding("j,down", "scroll('down')", "Down", show=False, id="card.down"),
        Binding("k,up", "scroll('up')", "Up", show=False, id="card.up"),
        Binding("pagedown", "scroll('page_down')", "Page down", show=False, id="card.page-down"),
        Binding("pageup", "scroll('page_up')", "Page up", show=False, id="card.page-up"),
        Binding("g,home", "scroll('home')", "To the start", show=False, id="card.first"),
        Binding("G,end", "scroll('end')", "To the end", show=False, id="card.last"),
    ]

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)

    def __init__(self, session: Session, activity: str) -> None:
        super().__init__()
        self.set_reactive(CardScreen.session, session)
        self._activity = activity

    def compose(self) -> ComposeResult:
        """The card, and how to put it down."""
        with VerticalScroll(id="card", can_focus=False) as frame:
            frame.border_subtitle = "Esc closes"
            yield ActivityCard(id="card-whole").data_bind(CardScreen.session)

    def on_mount(self) -> None:
        """Show the activity."""
        card = self.query_one(ActivityCard)
        card.look_at(self._activity)
        # It says more where it is tall, so its height is found only once it has a height.
        self.call_after_refresh(card.refresh, layout=True)

    def action_scroll(self, how: str) -> None:
        """Scroll at once: a scroll that glides costs a screen a frame on a slow line."""
        frame = self.query_one("#card", VerticalScroll)
        scroll: dict[str, Callable[..., None]] = {
            "down": frame.scroll_down,
            "up": frame.scroll_up,
            "page_down": frame.scroll_page_down,
            "page_up": frame.scroll_page_up,
            "home": frame.scroll_home,
            "end": frame.scroll_end,
        }
        scroll[how](animate=False)
