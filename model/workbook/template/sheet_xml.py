"""A sheet's XML as a table in it grows: rows, formulas, and the ranges that speak of cells."""

import re
from collections.abc import Container, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any

from lxml import etree
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string, get_column_letter

from offwall.model.workbook.template.package import XM, Package, main_tag
from offwall.model.workbook.template.read_sheet import (
    CELL,
    FORMULA,
    INLINE,
    ROW,
    VALUE,
    Block,
    bounds,
    cells_of,
    rows_of,
)

LAST_ROW = 1_048_576
"""Rows of a sheet (Excel's specifications and limits)."""

NONE: Mapping[str, str] = MappingProxyType({})

_CELLS = re.compile(r"^(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?$")
_ROWS = re.compile(r"^(\$?)(\d+):(\$?)(\d+)$")


@dataclass(frozen=True, slots=True)
class TableGrowth:
    """A body from ``first`` to ``last`` that now goes to ``new_last``, in columns of a sheet.

    ``moved`` says that all that stood below it moves down by as many rows as it grew.
    """

    sheet: str
    first: int
    last: int
    new_last: int
    left: int
    right: int
    moved: bool = False

    @property
    def by(self) -> int:
        """By how many rows it grows; a body that shrinks moves nothing."""
        return max(self.new_last - self.last, 0)

    def beside(self, left: int, right: int) -> bool:
        """Whether columns stand beside the table's."""
        return right < self.left or left > self.right

    def parts(self, top: int, bottom: int) -> bool:
        """Whether rows would be parted by those that come in."""
        return self.moved and top <= self.last < bottom

    def covers(self, block: Block) -> bool:
        """Whether cells begin within the body as it was."""
        left, top, _, _ = block
        return self.first <= top <= self.last and self.left <= left <= self.right

    def touches(self, block: Block) -> bool:
        """Whether cells are among those of the table, its header row too."""
        left, top, right, bottom = block
        rows = top <= self.new_last and bottom >= self.first - 1
        return rows and not self.beside(left, right)

    def row(self, number: int) -> int:
        """Where a row comes to lie."""
        return number + self.by if self.moved and number > self.last else number

    def rows(self, top: int, bottom: int) -> tuple[int, int]:
        """Where rows come to lie; those that cover the body to its end cover the new one too."""
        if not self.by or bottom >= LAST_ROW:
            return self.row(top), min(self.row(bottom), LAST_ROW)
        if top > self.last or (bottom > self.last and self.moved):
            return self.row(top), self.row(bottom)
        if top <= self.first and bottom >= self.last:
            return top, max(bottom, self.new_last)
        return top, bottom

    def cells(self, text: str) -> str:
        """Cells such as ``$B$5:$B$20`` as they lie afterwards; other text stays as it is."""
        if told := _CELLS.match(text):
            return self._block(told)
        if told := _ROWS.match(text):
            top, bottom = self.rows(int(told[2]), int(told[4]))
            return f"{told[1]}{top}:{told[3]}{bottom}"
        return text

    def _block(self, told: re.Match[str]) -> str:
        top = int(told[4])
        if told[8] is None:
            return f"{told[1]}{told[2]}{told[3]}{self.row(top)}"
        bottom = int(told[8])
        beside = self.beside(*sorted(map(column_index_from_string, told.group(2, 6))))
        if beside and (max(top, bottom) <= self.last or not self.moved):
            top, bottom = self.row(top), self.row(bottom)
        else:
            top, bottom = self.rows(top, bottom)
        return f"{told[1]}{told[2]}{told[3]}{top}:{told[5]}{told[6]}{told[7]}{bottom}"

    def list_of_cells(self, text: str) -> str:
        """A list with spaces between, as rules have it. A lone cell that was the body grows too."""
        return " ".join(self._grown(one) for one in text.split())

    def _grown(self, one: str) -> str:
        told = _CELLS.match(one)
        if told and told[8] is None and int(told[4]) == self.first == self.last and self.by:
            column = column_index_from_string(told[2])
            if not self.beside(column, column):
                return f"{one}:{told[1]}{told[2]}{told[3]}{self.new_last}"
        return self.cells(one)

    def formula(self, text: str, sheet: str) -> str:
        """A formula that stands on ``sheet``, with the cells of ours that it speaks of."""
        if not self.by:
            return text
        try:
            tokens = Tokenizer(f"={text}").items
        except (TokenizerError, IndexError):
            return text
        return "".join(self._token(token, sheet) for token in tokens)

    def _token(self, token: Token, sheet: str) -> str:
        value = str(token.value)
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return value
        before, mark, cells = value.rpartition("!")
        named = before.strip("'").replace("''", "'") if mark else sheet
        return f"{before}{mark}{self.cells(cells)}" if named == self.sheet else value


# The rows of a sheet's XML: looked up by number, moved down, put in, written anew.


class SheetGrid:
    """The cells of one sheet, by row and column from 1."""

    def __init__(self, tree: Any, sheet: str) -> None:
        self.tree, self.sheet = tree, sheet
        self._data = tree.getroot().find(main_tag("sheetData"))
        self._rows = dict(rows_of(tree))
        self._cells: dict[int, dict[int, Any]] = {}

    def row(self, number: int) -> Any | None:
        """The element of a row, if it is there."""
        return self._rows.get(number)

    def cells(self, number: int) -> dict[int, Any]:
        """The cells of a row by column."""
        if number not in self._cells:
            row = self._rows.get(number)
            self._cells[number] = {} if row is None else dict(cells_of(row))
        return self._cells[number]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows that are there."""
        return sorted(self._rows)

    def between(self, first: int, last: int) -> list[int]:
        """The numbers of the rows that are there: a table may claim a million."""
        return [number for number in self.numbers if first <= number <= last]

    def grow(self, growth: TableGrowth) -> None:
        """Move what is below down, and let the sheet's formulas speak of the new places."""
        if growth.moved:
            for number in [one for one in reversed(self.numbers) if one > growth.last]:
                to = growth.row(number)
                for place, cell in self.cells(number).items():
                    cell.set("r", f"{get_column_letter(place)}{to}")
                del self._cells[number]
                self._rows[to] = self._rows.pop(number)
                self._rows[to].set("r", str(to))
        for formula in self._data.iter(FORMULA) if growth.by else ():
            if formula.text:
                before, formula.text = formula.text, growth.formula(formula.text, self.sheet)
                if formula.text != before:
                    # What was worked out over fewer rows is no longer right.
                    _forget_value(formula.getparent())
            if formula.get("ref"):
                formula.set("ref", growth.cells(formula.get("ref")))

    def put(self, number: int, cells: Mapping[int, Any], like: Mapping[str, str] = NONE) -> Any:
        """Write the cells of a row and return it; a new one has the attributes ``like``."""
        row = self.ready(number, like)
        held = [cells[place] for place in sorted(cells)]
        held += [one for one in row if one.tag != CELL]
        if list(row) != held:
            row[:] = held
        row.attrib.pop("spans", None)
        row.attrib.pop("hidden", None)
        self._cells[number] = dict(cells)
        return row

    def ready(self, number: int, like: Mapping[str, str] = NONE) -> Any:
        """A row to write in, whether it was there or not."""
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = etree.SubElement(self._data, ROW, {**like, "r": str(number)})
            before = next((at for at in range(number - 1, 0, -1) if at in self._rows), 0)
            if not before:
                self._data.insert(0, row)
            elif row.getprevious() is not self._rows[before]:
                self._rows[before].addnext(row)
        return row


def _forget_value(cell: Any) -> None:
    for value in cell.findall(VALUE):
        cell.remove(value)
    if cell.get("t") in ("str", "b", "e"):
        del cell.attrib["t"]


def is_filled(cell: Any) -> bool:
    """Whether a cell has a value or a formula."""
    return any(one.tag in (VALUE, FORMULA, INLINE) for one in cell)


# The formulas of a template's calculated columns, and what each becomes in another row.


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in the cell ``at``."""

    text: str
    at: str
    is_array: bool = False

    def cell(self, name: str, style: str) -> Any:
        """A new cell with this formula, for its own row; nobody has worked it out yet."""
        made = etree.Element(CELL, {"r": name, **({"s": style} if style else {})})
        array = {"t": "array", "ref": name} if self.is_array else {}
        formula = etree.SubElement(made, FORMULA, array)
        try:
            moved = Translator(f"={self.text}", self.at).translate_formula(name)
            formula.text = str(moved).removeprefix("=")
        except TranslatorError:
            formula.text = self.text
        return made


def formulas_in(grid: SheetGrid, number: int, places: Iterable[int]) -> dict[int, Formula]:
    """The formulas of a row, by column."""
    cells = grid.cells(number)
    found = {place: cells[place].find(FORMULA) for place in places if place in cells}
    return {
        place: formula_at(grid, element, f"{get_column_letter(place)}{number}")
        for place, element in found.items()
        if element is not None
    }


def formula_at(grid: SheetGrid, element: Any, name: str) -> Formula:
    """A cell's formula; one that shares another's stands in that other's cell."""
    if element.get("t") == "shared" and not element.text:
        for other in grid.tree.getroot().iter(FORMULA):
            if other.get("si") == element.get("si") and other.text:
                return Formula(other.text, other.getparent().get("r", name))
    return Formula(element.text or "", name, element.get("t") == "array")


def of_table(package: Package, part: str, left: int, row: int) -> Mapping[int, Formula]:
    """The formulas that a table has for whole columns, by column; it begins in column ``left``."""
    columns = package.xml(part).iterfind(f"{main_tag('tableColumns')}/{main_tag('tableColumn')}")
    return {
        place: Formula(text, f"{get_column_letter(place)}{row}")
        for place, column in enumerate(columns, left)
        if (text := column.findtext(main_tag("calculatedColumnFormula")))
    }


# What a sheet says of its cells outside of them: rules, merges, links, filters, its own size.

_FORMULAS = frozenset(
    {main_tag("formula"), main_tag("formula1"), main_tag("formula2"), f"{{{XM}}}f"}
)
LISTS = f"{{{XM}}}sqref"
WITH_REF = frozenset(map(main_tag, ("hyperlink", "autoFilter", "sortState", "sortCondition")))
_NO_RANGES = frozenset(map(main_tag, ("sheetData", "sheetViews", "dimension")))

MERGES, _MERGE = main_tag("mergeCells"), main_tag("mergeCell")


def grow_ranges(grid: SheetGrid, growth: TableGrowth, model: int) -> None:
    """Let rules, merges, links and filters cover and follow what they covered before."""
    if not growth.by:
        return
    # The view apart, in the extensions too.
    held = (child for child in grid.tree.getroot() if child.tag not in _NO_RANGES)
    for element in chain.from_iterable(child.iter("*") for child in held):
        if element.get("sqref"):
            element.set("sqref", growth.list_of_cells(element.get("sqref")))
        if element.tag in WITH_REF and element.get("ref"):
            element.set("ref", growth.cells(element.get("ref")))
        if element.tag == LISTS and element.text:
            element.text = growth.list_of_cells(element.text)
        if element.tag in _FORMULAS and element.text:
            element.text = growth.formula(element.text, grid.sheet)
    _breaks(grid.tree, growth)
    _merge(grid.tree, growth, model)


def _breaks(tree: Any, growth: TableGrowth) -> None:
    """Page breaks stand before a row; they follow it."""
    for one in tree.iterfind(f"{main_tag('rowBreaks')}/*"):
        if (said := one.get("id", "")).isdigit():
            # A break's number is that of the row above it.
            one.set("id", str(growth.row(int(said) + 1) - 1))


def cells_named(block: Block) -> str:
    """Cells as text, such as ``A4:H20``."""
    left, top, right, bottom = block
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def merges(tree: Any) -> list[Block]:
    """The merged cells of a sheet: first column, first row, last column, last row."""
    return [bounds(one.get("ref", "A1")) for one in tree.iter(_MERGE)]


def merged_across(tree: Any, row: int, places: Container[int]) -> list[tuple[int, int]]:
    """The first and the last column of the cells of one row that are merged."""
    return [
        (left, right)
        for left, top, right, bottom in merges(tree)
        if top == bottom == row and left in places
    ]


def part_merges(grid: SheetGrid, growth: TableGrowth, model: int, stage: int) -> list[str]:
    """Take apart cells of a body that are merged otherwise than in its model row.

    A record in them would not be seen. Returns them; the model's merges come into those rows.
    Over several rows only the column of a ``stage`` is merged.
    """
    parted = []
    for holder in grid.tree.iterfind(MERGES):
        like = sorted(merged_across(grid.tree, model, range(growth.left, growth.right + 1)))
        for one in list(holder):
            left, top, right, bottom = bounds(one.get("ref", "A1"))
            apart = growth.first > top or bottom > growth.last or (left, right) in like
            if apart or growth.beside(left, right):
                continue
            parted.append(one.get("ref"))
            holder.remove(one)
            for start, end in like if left != stage else ():
                etree.SubElement(holder, _MERGE, ref=cells_named((start, top, end, top)))
        _count(holder)
    return sorted(parted, key=lambda cells: bounds(cells)[1])


def merge_rows(
    grid: SheetGrid,
    first: int,
    last: int,
    places: Container[int],
    spans: Mapping[int, Iterable[tuple[int, int]]],
) -> None:
    """Merge across, in some rows, what ``spans`` says of each and nothing else."""
    for holder in grid.tree.iterfind(MERGES):
        for one in list(holder):
            left, top, _, _ = bounds(one.get("ref", "A1"))
            if left in places and first <= top <= last:
                holder.remove(one)
        for row, held in spans.items():
            for left, right in held:
                etree.SubElement(holder, _MERGE, ref=cells_named((left, row, right, row)))
        _count(holder)


def _count(holder: Any) -> None:
    """Let what holds merges say how many; without any it goes."""
    holder.set("count", str(len(holder)))
    if not len(holder):
        holder.getparent().remove(holder)


def _merge(tree: Any, growth: TableGrowth, model: int) -> None:
    """Move merges below, and give new rows those that the body's model row has."""
    for holder in tree.iterfind(MERGES):
        for one in list(holder):
            left, top, right, bottom = bounds(one.get("ref", "A1"))
            if top > growth.last and growth.moved:
                one.set("ref", growth.cells(one.get("ref")))
            elif top == bottom == model and growth.left <= left <= growth.right:
                for row in range(growth.last + 1, growth.new_last + 1):
                    new = deepcopy(one)
                    new.set("ref", cells_named((left, row, right, row)))
                    holder.append(new)
        holder.set("count", str(len(holder)))


def update_dimension(grid: SheetGrid) -> None:
    """Let the sheet's dimension take in the cells that were added."""
    element = grid.tree.find(main_tag("dimension"))
    filled = [number for number in grid.numbers if grid.cells(number)]
    if element is None or not filled:
        return
    left, top, right, bottom = bounds(element.get("ref", "A1"))
    columns = [place for number in filled for place in grid.cells(number)]
    left, right = min(left, *columns), max(right, *columns)
    if ":" in element.get("ref", "") or left < right:
        top, bottom = min(top, filled[0]), max(bottom, filled[-1])
        element.set("ref", cells_named((left, top, right, bottom)))
