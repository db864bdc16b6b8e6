"""A list whose columns follow its width: fewer on a narrow screen, wider on a wide one."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.events import Resize

from tui.widgets.record_list import Column, RecordList, Row

WIDE = 110
"""Cells from which columns take their ``wide`` width."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A column by name: its title, its width in cells (0: what the others leave), its width where
    the list is wide, and the cells below which the list leaves it out.
    """

    name: str
    title: str
    width: int = 0
    wide: int = 0
    least: int = 0


class FittedList(RecordList):
    """Subclasses make their rows in `rebuild`, with a cell for each name in `shown`."""

    def __init__(
        self,
        fits: Sequence[Fit],
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        self._fits = tuple(fits)
        self.shown: tuple[str, ...] = tuple(fit.name for fit in fits)
        super().__init__(_columns(self._fits, wide=False), empty=empty, id=id)
        self._wanted = ""

    @property
    def wide(self) -> bool:
        """Whether there is room for names in full."""
        return self.size.width >= WIDE

    def rebuild(self) -> None:
        """Make the rows again."""
        raise NotImplementedError

    def go_to(self, key: str) -> None:
        """Stand on a record, now or as soon as it is there."""
        if any(row.key == key for row in self.rows):
            self.stand_on(key)
        else:
            self._wanted = key

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows; the cursor goes to the record that `go_to` waits for."""
        here = any(row.key == self._wanted for row in rows)
        self.show(rows, cursor=self._wanted if here else None)
        self._wanted = "" if here else self._wanted

    def on_resize(self, event: Resize) -> None:
        """Choose the columns that fit."""
        width = event.size.width
        fits = tuple(fit for fit in self._fits if width >= fit.least)
        columns = _columns(fits, wide=width >= WIDE)
        if columns != self.columns:
            self.columns = columns
            self.shown = tuple(fit.name for fit in fits)
            self.rebuild()
            self.refresh()


def _columns(fits: Sequence[Fit], *, wide: bool) -> tuple[Column, ...]:
    return tuple(Column(fit.title, (wide and fit.wide) or fit.width) for fit in fits)
