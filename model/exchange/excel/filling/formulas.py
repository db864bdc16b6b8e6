"""The formulas of a template's calculated columns, and what each becomes in another row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.grid import Grid, formula_of
from model.exchange.excel.filling.look import CELL, FORMULA
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.xml import main


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in the cell ``at``."""

    text: str
    at: str
    is_array: bool = False

    def cell(self, name: str, style: str) -> Any:
        """A new cell with this formula, for its own row; nobody has worked it out yet."""
        made = etree.Element(CELL, {"r": name, **({"s": style} if style else {})})
        formula = etree.SubElement(made, FORMULA)
        formula.text = self._in(name)
        if self.is_array:
            formula.set("t", "array")
            formula.set("ref", name)
        return made

    def _in(self, name: str) -> str:
        try:
            moved = Translator(f"={self.text}", self.at).translate_formula(name)
        except TranslatorError:
            return self.text
        return str(moved).removeprefix("=")


def formulas_in(grid: Grid, number: int, places: Iterable[int]) -> dict[int, Formula]:
    """The formulas of a row, by column."""
    found = {}
    cells = grid.cells(number)
    for place in places:
        element = formula_of(cells[place]) if place in cells else None
        if element is not None:
            name = f"{get_column_letter(place)}{number}"
            found[place] = formula_at(grid, element, name)
    return found


def formula_at(grid: Grid, element: Any, name: str) -> Formula:
    """A cell's formula; one that shares another's stands in that other's cell."""
    if element.get("t") == "shared" and not element.text:
        for other in grid.tree.getroot().iter(FORMULA):
            if other.get("si") == element.get("si") and other.text:
                return Formula(other.text, other.getparent().get("r", name))
    return Formula(element.text or "", name, element.get("t") == "array")


def of_table(package: Package, part: str, left: int, row: int) -> Mapping[int, Formula]:
    """The formulas that a table has for whole columns, by column; it begins in column ``left``."""
    columns = package.xml(part).getroot().iterfind(f"{main('tableColumns')}/{main('tableColumn')}")
    found = {}
    for place, column in enumerate(columns, left):
        text = column.findtext(main("calculatedColumnFormula"))
        if text:
            found[place] = Formula(text, f"{get_column_letter(place)}{row}")
    return found
