"""What the room's own screens are made of: rows that are never cut, one of them large; the line.

A row takes the lines that its words and names need, and is made when it is in view, so that ten
thousand activities cost what ten do; the one where the recorder stands is in the middle.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from offwall.model.records import Session
from offwall.model.records.text import plain
from offwall.tui.kit import Context
from offwall.tui.kit.keys import Here
from offwall.tui.kit.selection import FIND_KEYS, MOVE_KEYS, NOTHING_YET, SelectingWidget

PAGE = 5
"""Rows by which a page moves."""

GAP = 2
"""Cells between two columns, and before the first: there stands the mark of the middle."""

MIDDLE_STYLE = "bold $block-cursor-foreground on $block-cursor-background"


@dataclass(frozen=True, slots=True)
class ShowColumn:
    """A column: its title, and its cells; 0 for what the others leave, under 1 a part of all.

    A column of names, which is a part of all, is as wide as the longest word where that can be. In
    fewer cells than ``least`` it is left out: beside it words would be broken within.
    """

    title: str
    width: float = 0
    least: int = 0

    def cells(self, width: int, word: int) -> int:
        """The cells in a list of so many, with a longest word of so many."""
        if not 0 < self.width < 1:
            return int(self.width)
        return max(round(self.width * width), min(word, width // 4))


class ShowRows(SelectingWidget, Widget, can_focus=True):
    """Rows around the one in the middle; keys put another there.

    A subclass says which keys there are, and what stands in the cells of each; none is a heading.
    """

    DEFAULT_CSS = """
    ShowRows { height: 1fr; padding: 0 1; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*MOVE_KEYS, *FIND_KEYS]
    COLUMNS: ClassVar[Sequence[ShowColumn]] = ()

    @dataclass
    class Moved(Message):
        """Another row is in the middle, by its key."""

        key: str

    banner: reactive[str] = reactive("")

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh
        self._keys: tuple[str, ...] = ()
        self._word = 0

    def keys_now(self) -> Iterable[str]:
        """The keys of all rows and headings, in order."""
        raise NotImplementedError

    def cells(self, key: str) -> Sequence[str]:
        """What stands in the columns of a row; of a heading, one text."""
        raise NotImplementedError

    def large(self, key: str, width: int) -> Iterator[list[str]]:
        """The row in the middle in large letters, the largest way first; none for no such way."""
        yield from ()

    def more(self, key: str) -> str:
        """What is said under the row in the middle."""
        return ""

    @property
    def known_keys(self) -> Sequence[str]:
        """The key of each row."""
        return self._keys

    @property
    def listed(self) -> Sequence[str]:
        """The keys without the headings."""
        return [key for key in self._keys if len(self.cells(key)) > 1]

    @property
    def key(self) -> str:
        """The key of the row in the middle; empty where there is none."""
        return self._keys[self.index] if self._keys else ""

    def texts(self) -> Sequence[str]:
        """What each row says."""
        return [" ".join(cells) for cells, _, _ in self.text_rows()]

    @property
    def titles(self) -> Sequence[str]:
        """The titles of the columns."""
        return [column.title for column in self.COLUMNS]

    def text_rows(self) -> Iterator[tuple[Sequence[str], bool, bool]]:
        """The cells of each row, whether it is a heading, and whether it is in the middle."""
        for key in self._keys:
            cells = self.cells(key)
            if len(cells) > 1:
                cells = (*cells[:-1], self.more(key) or cells[-1])
            yield cells, len(cells) == 1, key == self.key

    def draw_marks(self) -> None:
        """Nothing is selected here."""

    def here(self) -> Here:
        """It has no commands."""
        return Here(self.session, self.fresh, self.key)

    def watch_session(self, before: Session, session: Session) -> None:
        """Show what changed; what stood in the middle stays there."""
        stood, self._keys = self._awaited or self.key, tuple(self.keys_now())
        at = self._keys.index(stood) if stood in self._keys else self.index
        self.index = max(0, min(at, len(self._keys) - 1))
        names = [role.name for role in session.roles] + [person.name for person in session.people]
        self._word = max(map(cell_len, " ".join(names).split()), default=0)
        self._awaited = "" if stood == self.key else self._awaited
        self._moved()

    def jump(self, place: int) -> None:
        """Put a row into the middle."""
        self.index = max(0, min(place, len(self._keys) - 1))
        self._moved()

    def _moved(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self.key))

    def action_page(self, direction: int) -> None:
        """Put one that is a few after or before into the middle."""
        self.jump(self.index + direction * PAGE)

    def render(self) -> RenderResult:
        """The banner, the titles and the rows that fit."""
        width, height = max(1, self.size.width), self.size.height
        if not self._keys:
            return Content("\n" + NOTHING_YET)
        head = [self._row(self.titles, "$text-muted underline")]
        if self.banner:
            text = Content(plain(self.banner)).truncate(width, ellipsis=True, pad=True)
            head = [[text.stylize("$text-warning on $warning-muted")], *head]
        lines = [line for block in head for line in block]
        return Content("\n").join([*lines, *self._around(max(1, height - len(lines)))])

    def _around(self, room: int) -> list[Content]:
        """The lines of the one in the middle, and of as many around it as there is room for."""
        middle = self._middle(self.key, room)[:room]
        before, after = self._keys[: self.index][::-1], self._keys[self.index + 1 :]
        below = self._fill(after, room - len(middle) - (room - len(middle)) // 2)
        above = self._fill(before, room - len(middle) - sum(map(len, below)))
        below = self._fill(after, room - len(middle) - sum(map(len, above)))
        return [line for block in (*above[::-1], middle, *below) for line in block]

    def _fill(self, keys: Sequence[str], room: int) -> list[list[Content]]:
        """The rows of as many keys, from the first, as there is room for."""
        blocks: list[list[Content]] = []
        for key in keys:
            cells = self.cells(key)
            accent = "bold $text-accent"
            block = self._row(cells) if len(cells) > 1 else self._across(cells[0], accent)
            room -= len(block)
            if room < 0:
                break
            blocks.append(block)
        return blocks

    def _middle(self, key: str, room: int) -> list[Content]:
        """The row where the recorder stands, as large as there is room for it all."""
        cells = self.cells(key)
        if len(cells) == 1:
            return self._across(f"▶ {cells[0]}", MIDDLE_STYLE)
        more = self.more(key)
        small = self._row(cells, MIDDLE_STYLE, "▶")
        small += self._across(more, MIDDLE_STYLE, GAP) if more else []
        for drawn in self.large(key, self.size.width - GAP):
            if len(drawn) + len(small) + 2 <= room:
                lines = [self._across(line or " ", MIDDLE_STYLE, GAP)[0] for line in drawn]
                return [*lines, *small]
        return small

    def _across(self, text: str, style: str, indent: int = 0) -> list[Content]:
        """A text from edge to edge, in as many lines as it needs."""
        width = max(1, self.size.width - indent)
        lines = Content(plain(text)).wrap(width)
        before = Content(" " * indent)
        return [(before + line.truncate(width, pad=True)).stylize(style) for line in lines]

    def _row(self, cells: Sequence[str], style: str = "", mark: str = "") -> list[Content]:
        """Cells beside one another, each in as many lines as it needs: nothing is cut."""
        width = max(1, self.size.width - GAP)
        columns = zip(self.COLUMNS, cells, strict=True)
        shown = [both for both in columns if self.size.width >= both[0].least]
        sizes = [column.cells(width, self._word) for column, _ in shown]
        rest = max(8, width - sum(sizes) - GAP * (len(sizes) - 1))
        sizes = [size or rest for size in sizes]
        texts = [
            Content(plain(cell)).wrap(size) if cell else [Content("")]
            for (_, cell), size in zip(shown, sizes, strict=True)
        ]
        lines = []
        for number, parts in enumerate(zip_longest(*texts, fillvalue=Content(""))):
            sized = [part.truncate(size, pad=True) for part, size in zip(parts, sizes, strict=True)]
            before = Content(f"{'' if number else mark:<{GAP}}")
            line = before + Content(" " * GAP).join(sized).truncate(width, pad=True)
            lines.append(line.stylize(style) if style else line)
        return lines


# The line that the recorder is typing, while it is shared: in full, for the room to agree on.

MOST_LINES = 6
"""Lines of it that are shown; the end of a longer one is what is being typed."""

EDGE_CELLS = 6
"""Cells that the edges and the space beside the text take."""


class ShowLine(Widget):
    """A box above the status line; not there while nothing is shared."""

    DEFAULT_CSS = """
    ShowLine {
        height: auto; display: none; margin: 0 1; padding: 0 1;
        border: heavy $warning; border-title-color: $text-warning; border-title-style: bold;
        text-style: bold;
    }
    ShowLine.-shared { display: block; }
    """

    text: reactive[str] = reactive("", layout=True)
    card: reactive[str] = reactive("", layout=True)

    def watch_text(self) -> None:
        """Be there while there is something."""
        self.border_title = "being typed"
        self.set_class(bool(self.text), "-shared")
        self.screen.set_class(bool(self.text), "-typing")

    def render(self) -> RenderResult:
        """The line as typed, with the place where the next letter goes; what it will make."""
        width, height = self.app.size
        lines = Content(plain(self.text) + "▏").wrap(max(8, width - EDGE_CELLS))[-MOST_LINES:]
        card = Content("\n").join(map(Content, map(plain, self.card.split("\n"))))
        made = card.wrap(max(8, width - EDGE_CELLS))[: height // 2 - len(lines)]
        return Content("\n").join([*lines, *(made if self.card else ())])
