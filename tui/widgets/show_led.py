"""What the views for the room share: their cursor is led, until somebody moves it."""

from textual.message import Message
from textual.widget import Widget


class Looked(Message):
    """Somebody looks at something else, by a key or with the mouse."""


class Led(Widget):
    """A view whose cursor is led to what was kept last, and says when somebody moves it."""

    _leading = False

    @property
    def key(self) -> str:
        """What the record under the cursor is known by; empty where there is none."""
        raise NotImplementedError

    def lead(self, key: str) -> None:
        """Stand on a record that nobody here has chosen."""
        self._leading = True
        self.stand_on(key)
        self._leading = False

    def stand_on(self, key: str) -> None:
        """Stand on a record."""
        raise NotImplementedError

    def moved(self) -> None:
        """Tell of a move, where it was somebody's own."""
        if not self._leading:
            self.post_message(Looked())
