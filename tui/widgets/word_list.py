"""The words screen's list: one key makes one of two names, or says everywhere what was agreed."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message

from model.said_twice import Twice, said_twice
from model.session import Role, Word
from tui.widgets.fitted_list import Fit
from tui.widgets.record_list import RecordList
from tui.widgets.word_deeds import WordDeeds
from tui.widgets.word_rows import AGREED, Line, Thing, key_of, lines

FITS = (
    Fit("kind", "", 8, least=72),
    Fit("say", "Say"),
    Fit("not", "Not"),
    Fit("where", "Still said", 18, wide=36),
)

NEEDS: dict[str, type | tuple[type, ...]] = {
    "merge": Twice,
    "swap": Twice,
    "leave": Twice,
    "say": Word,
    "remove": Word,
    "shift": Word,
    "edit": (Word, Role),
}
"""What an action needs under the cursor."""


class WordList(WordDeeds):
    """Pairs of names, then agreed words, then the other names of roles."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter",
            "merge",
            "Merge",
            id="words.merge",
            tooltip="Make one of the two names; the first is kept",
        ),
        Binding(
            "space",
            "say",
            "Say everywhere",
            id="words.say",
            tooltip="Put the agreed word wherever a text says what not to say",
        ),
        Binding("enter,e", "edit", "Edit", id="words.edit", tooltip="Change what was agreed"),
        Binding("s", "swap", "Swap", id="words.swap", tooltip="Keep the other name of the two"),
        Binding(
            "i,x", "leave", "Leave both", id="words.leave", tooltip="They are not the same thing"
        ),
        Binding("n", "new", "New word", id="words.new", tooltip="Agree on a word"),
        Binding("N", "new(True)", "New word before", show=False, id="words.new-before"),
        Binding("x", "remove", "Remove", id="words.remove", tooltip="Remove it; u brings it back"),
        Binding("J", "shift(1)", "Move down", show=False, id="words.down"),
        Binding("K", "shift(-1)", "Move up", show=False, id="words.up"),
        Binding(
            "I",
            "offer",
            "Offer again",
            show=False,
            id="words.offer",
            tooltip="Offer the pairs again that were left as they are",
        ),
    ]

    class Told(Message):
        """What the row under the cursor says in full."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(FITS, id="words")
        self._lines: dict[str, Line] = {}
        self._swapped: set[str] = set()
        self._able: tuple[type, bool] = (type(None), False)

    @property
    def thing(self) -> Thing:
        """What the row under the cursor stands for; nothing on a heading."""
        line = self._lines.get(self.key)
        return line.thing if line else None

    def watch_session(self) -> None:
        """Show what is said twice now, and where words not to say still stand."""
        self.rebuild()

    def _on_resize(self, event: Resize) -> None:
        self._top = 0  # the list began before it had a size: what fits above the cursor is shown

    def rebuild(self) -> None:
        """Make the rows."""
        pairs = [self._as_asked(pair) for pair in said_twice(self.session)]
        offered = [pair for pair in pairs if key_of(pair) not in self.left]
        made = lines(self.session, offered, len(pairs) - len(offered))
        self._lines = {line.key: line for line in made}
        self.put([line.row(self.shown) for line in self._lines.values()])
        self.tell()

    def _as_asked(self, pair: Twice) -> Twice:
        if key_of(pair) in self._swapped:
            return replace(pair, keep=pair.gone, gone=pair.keep)
        return pair

    def begin(self) -> None:
        """Stand on the first row that can be acted on, or where the first word would come."""
        things = (key for key, line in self._lines.items() if line.thing is not None)
        self.stand_on(next(things, AGREED))
        self.tell()

    def tell(self) -> None:
        """Say in full what the cursor stands on; the footer follows where the keys differ."""
        line = self._lines.get(self.key)
        self.post_message(self.Told(line.about if line else ""))
        able = (type(self.thing), bool(self.left))
        if able != self._able:
            self._able = able
            self.refresh_bindings()

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The cursor stands on another row."""
        event.stop()
        self.tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key does what the row is for; what has no sense on such a row is not shown."""
        thing = self.thing
        if action == "offer":
            return bool(self.left) or None
        if action == "swap" and isinstance(thing, Twice) and thing.firm:
            return None
        if action not in NEEDS or isinstance(thing, NEEDS[action]):
            return True
        return None if thing is None and action in ("merge", "edit") else False

    def action_swap(self) -> None:
        """Keep the other name of the two."""
        if isinstance(self.thing, Twice):
            self._swapped ^= {self.key}
            self.rebuild()
