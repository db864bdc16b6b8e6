"""What may be meant by what is typed: a list under it, in the line and in every field alike.

It is drawn over lines that are there anyway, from where the word begins: no letter lays a screen
out, and the words being typed are never under it. Nothing is chosen until a letter is typed.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from offwall.model.records.text import Candidate, fold, plain, ranked

if TYPE_CHECKING:
    from offwall.model.line.complete import Completion

_NARROWEST, _MARK, _NO_MARK = 24, "› ", "  "
AS_TYPED = "as it is typed"
LOOKS = """
    & > .completion--row { background: $surface-lighten-2; color: $text; }
    & > .completion--chosen {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
"""
"""What a widget under the list needs in its style sheet."""
LOOK_NAMES = {"completion--row", "completion--chosen"}


Named: TypeAlias = "Candidate | Completion"
"""A row of the list: what is put in, and what it says."""


class CompletionList:
    """The rows offered, and which of them is chosen; drawn line by line over what is there.

    ``room`` is how many lines there are for it, ``left`` the cell at which it begins.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.left = 0
        self._rows: Sequence[Named] = ()
        self._at = -1
        self._top = 0

    def offer(self, rows: Sequence[Named], *, at: int = -1, left: int = 0) -> None:
        """Offer these rows; the one at that place is chosen, none at -1."""
        self._rows, self.left = rows, left
        self._at, self._top = (at if at < len(rows) else -1), 0
        self._scroll()

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def chosen(self) -> "Named | None":
        """The row that is chosen."""
        return self._rows[self._at] if self._at >= 0 else None

    def move(self, by: int) -> None:
        """Choose the row after or before, round to the other end."""
        first = 0 if by > 0 else -1
        if self._rows:
            self._at = (self._at + by if self._at >= 0 else first) % len(self._rows)
            self._scroll()

    def _scroll(self) -> None:
        full = self._lines
        self._top = min(self._top, max(self._at, 0))
        self._top = max(self._top, self._at - full + 1, 0)

    @property
    def _lines(self) -> int:
        """Lines for rows: the last is kept to say how many more there are."""
        return self.room if len(self._rows) <= self.room else self.room - 1

    def _said(self) -> list[str]:
        lines = self._rows[self._top : self._top + self._lines]
        said = [
            (_MARK if self._top + number == self._at else _NO_MARK) + plain(row.label)
            for number, row in enumerate(lines)
        ]
        if more := len(self._rows) - len(lines):
            said.append(f"{_NO_MARK}and {more:,} more")
        return said

    def over(self, strip: Strip, y: int, look: Callable[[str], Style]) -> Strip:
        """The line ``y`` of what lies under the list, with the list's own line over it."""
        said = self._said()
        if not 0 <= y < len(said):
            return strip
        room = strip.cell_length
        width = min(room, max(_NARROWEST, *map(cell_len, said)) + 1)
        left = max(0, min(self.left, room - width))
        chosen = self._at >= 0 and y == self._at - self._top
        style = look("completion--chosen" if chosen else "completion--row")
        text = said[y]
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1).rstrip() + "…"
        row = Strip([Segment(set_cell_size(text, width), style)], width)
        return Strip.join([strip.crop(0, left), row, strip.crop(left + width, room)])


class FieldCompletions(Widget):
    """The list of a form: lines of its own under the fields, as many whatever is offered."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_NAMES
    DEFAULT_CSS = "FieldCompletions { height: 5; width: 1fr; " + LOOKS + "}"

    def __init__(self, room: int) -> None:
        super().__init__(id="form-completions")
        self.styles.height = room
        self.list = CompletionList(room)

    def offer(
        self, text: str, candidates: Sequence[Candidate], *, typed: bool, fixed: bool
    ) -> None:
        """Offer what the words of a field may mean.

        Until a letter is ``typed`` it is all of them and none is chosen, but where the answer is
        one of a ``fixed`` few the one that stands there. Else the likeliest is chosen, and the
        last row keeps what is typed.
        """
        standing = next((n for n, one in enumerate(candidates) if one.text == text), -1)
        if not typed or not text.strip():
            self.list.offer(candidates, at=standing if fixed else -1)
        else:
            rows = ranked(text, candidates)
            meant = any(fold(row.text) == fold(text) for row in rows)
            if rows and not meant and not fixed:
                rows.append(Candidate(text, f"{text.strip()}, {AS_TYPED}"))
            self.list.offer(rows, at=0)
        self.refresh()

    def move(self, by: int) -> None:
        """Choose the row after or before."""
        self.list.move(by)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the list, or nothing."""
        blank = Strip.blank(self.size.width, self.rich_style)
        return self.list.over(blank, y, self.get_component_rich_style)


def as_candidates(choices: Sequence[str | Candidate]) -> tuple[Candidate, ...]:
    """What a field offers, each text once."""
    made = (one if isinstance(one, Candidate) else Candidate(one, one) for one in choices)
    return tuple({one.text: one for one in made}.values())
