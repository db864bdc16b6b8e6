"""What stood in the body before it is filled: the council's own cells, and whose they are."""

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.aliases import ANCHORS
from model.exchange.excel.filling.find_tables import Found
from model.exchange.excel.filling.formulas import Formula, formula_at
from model.exchange.excel.filling.grid import Grid, formula_of, is_filled
from model.exchange.excel.filling.look import value_of
from model.exchange.excel.filling.values import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """An own cell as it was; a formula is written anew for the row where it comes to stand."""

    cell: Any
    formula: Formula | None = None

    def placed(self, name: str) -> Any:
        """The cell for another place."""
        if self.formula is not None:
            return self.formula.cell(name, self.cell.get("s", ""))
        return self.cell


def _kept(grid: Grid, cell: Any, name: str) -> Kept:
    element = formula_of(cell)
    formula = None if element is None else formula_at(grid, element, name)
    return Kept(deepcopy(cell), formula)


class Before:
    """The filled cells of the council's own columns, found again by id, else by words."""

    def __init__(
        self, grid: Grid, found: Found, last: int, own: Collection[int], strings: list[str]
    ) -> None:
        self._rows: dict[int, dict[int, Kept]] = {}
        self._known: set[int] = set()
        self._by_id: dict[str, int] = {}
        self._by_words: dict[str, int] = {}
        at = found.at
        for number in grid.between(found.first, last):
            cells = grid.cells(number)
            for index, key in ((self._by_id, "id"), (self._by_words, ANCHORS[found.kind])):
                if at.get(key) in cells and (said := value_of(cells[at[key]], strings)):
                    index.setdefault(str(said), number)
            kept = {
                at: _kept(grid, cells[at], f"{get_column_letter(at)}{number}")
                for at in own
                if at in cells and is_filled(cells[at])
            }
            if kept:
                self._rows[number] = kept

    def take(self, record: Record) -> dict[int, Kept]:
        """The own cells of the row that held a record, by column; each row is given once."""
        number = self._by_id.get(record.id) or self._by_words.get(record.words) or 0
        self._known.add(number)
        return self._rows.pop(number, {})

    @property
    def strangers(self) -> int:
        """How many rows held something that is none of the records that were asked for."""
        return len({*self._by_id.values(), *self._by_words.values()} - self._known)

    @property
    def left(self) -> tuple[int, ...]:
        """The rows whose own cells nobody took."""
        return tuple(self._rows)
