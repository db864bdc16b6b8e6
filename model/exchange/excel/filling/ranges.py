"""What a sheet says of its cells outside of them: rules, merges, links, filters, its own size."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.grid import Grid
from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.look import bounds
from model.exchange.excel.filling.xml import XM, main

_FORMULAS = frozenset({main("formula"), main("formula1"), main("formula2"), f"{{{XM}}}f"})
_LISTS = f"{{{XM}}}sqref"
_WITH_REF = frozenset(map(main, ("hyperlink", "autoFilter", "sortState", "sortCondition")))
_OF_THE_VIEW = main("sheetViews")
_MERGES, _MERGE = main("mergeCells"), main("mergeCell")


def grow(grid: Grid, growth: Growth) -> None:
    """Let rules, merges, links and filters cover and follow what they covered before."""
    if not growth.by:
        return
    for element in _outside(grid.tree):
        if element.get("sqref"):
            element.set("sqref", growth.list_of_cells(element.get("sqref")))
        if element.tag in _WITH_REF and element.get("ref"):
            element.set("ref", growth.cells(element.get("ref")))
        if element.tag == _LISTS and element.text:
            element.text = growth.list_of_cells(element.text)
        if element.tag in _FORMULAS and element.text:
            element.text = growth.formula(element.text, grid.sheet)
    _breaks(grid.tree, growth)
    _merge(grid.tree, growth)


def _outside(tree: Any) -> Iterator[Any]:
    """The elements of a sheet besides its cells and its view, in the extensions too."""
    for child in tree.getroot():
        if child.tag not in (main("sheetData"), _OF_THE_VIEW, main("dimension")):
            yield from (one for one in child.iter() if isinstance(one.tag, str))


def _breaks(tree: Any, growth: Growth) -> None:
    """Page breaks stand before a row; they follow it."""
    for breaks in tree.getroot().iterchildren(main("rowBreaks")):
        for one in breaks:
            if (said := one.get("id", "")).isdigit():
                # A break's number is that of the row above it.
                one.set("id", str(growth.row(int(said) + 1) - 1))


def merges(tree: Any) -> list[tuple[int, int, int, int]]:
    """The merged cells of a sheet: first column, first row, last column, last row."""
    return [bounds(one.get("ref", "A1")) for one in tree.getroot().iter(_MERGE)]


def _merge(tree: Any, growth: Growth) -> None:
    """Move merges below, and give new rows those that the body's first row has."""
    for holder in tree.getroot().iterchildren(_MERGES):
        for one in list(holder):
            left, top, right, bottom = bounds(one.get("ref", "A1"))
            if top > growth.last and growth.moved:
                one.set("ref", growth.cells(one.get("ref")))
            elif top == bottom == growth.first and growth.left <= left <= growth.right:
                for row in range(growth.last + 1, growth.new_last + 1):
                    new = deepcopy(one)
                    span = f"{get_column_letter(left)}{row}:{get_column_letter(right)}{row}"
                    new.set("ref", span)
                    holder.append(new)
        holder.set("count", str(len(holder)))


def measure(grid: Grid) -> None:
    """Let the sheet's dimension take in the cells that were added."""
    element = grid.tree.getroot().find(main("dimension"))
    filled = [number for number in grid.numbers if grid.cells(number)]
    if element is None or not filled:
        return
    left, top, right, bottom = bounds(element.get("ref", "A1"))
    columns = [place for number in filled for place in grid.cells(number)]
    left, right = min(left, *columns), max(right, *columns)
    top, bottom = min(top, filled[0]), max(bottom, filled[-1])
    ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    element.set("ref", ref if ":" in element.get("ref", "") or left < right else element.get("ref"))
