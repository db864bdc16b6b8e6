"""The field of a form: one compact row, and no paste loses its later lines."""

from textual.events import Paste
from textual.message import Message
from textual.widgets import Input


class Entry(Input):
    """Textual's `Input` keeps only the first line of a paste; here the lines become one."""

    class Joined(Message):
        """Several lines were pasted, and are one now."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        self.replace(" ".join(lines), *self.selection)
        if len(lines) > 1:
            self.post_message(self.Joined(len(lines)))
