"""One activity's card, by itself: all that is known of it, however long."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from model.session import Session
from tui.widgets.activity_card import ActivityCard


class CardScreen(ModalScreen[None]):
    """A card held up over what one was looking at."""

    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Close", id="card.close"),
        Binding("j", "scroll(1)", "Down", show=False, id="card.down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="card.up"),
    ]

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)

    def __init__(self, session: Session, activity: str) -> None:
        super().__init__()
        self.set_reactive(CardScreen.session, session)
        self._activity = activity

    def compose(self) -> ComposeResult:
        """The card, and how to put it down."""
        with Vertical(id="card"):
            with VerticalScroll(id="card-text"):
                yield ActivityCard(id="card-whole").data_bind(CardScreen.session)
            yield Static(Content("Esc closes"), id="card-keys")

    def on_mount(self) -> None:
        """Show the activity; the text scrolls."""
        self.query_one("#card-text").focus()
        card = self.query_one(ActivityCard)
        card.look_at(self._activity)
        # It says more where it is tall, so its height is found only once it has a height.
        self.call_after_refresh(card.refresh, layout=True)

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#card-text").scroll_relative(y=lines, animate=False)
