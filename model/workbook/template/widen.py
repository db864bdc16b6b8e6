"""Columns of a chart for roles that have none, to the right of it, where the sheet has room.

They look like the last role's column, and what covered that to the table's end covers them too.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter

from offwall.model.tables import RACI, ROLE
from offwall.model.workbook.import_.copied_rows import ExportedRow
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.header_reading import PEOPLE, PLACEHOLDER
from offwall.model.workbook.template.package import (
    Package,
    SheetPart,
    main_tag,
    table_part,
    workbook_part,
)
from offwall.model.workbook.template.read_sheet import FORMULA, bounds
from offwall.model.workbook.template.sheet_xml import (
    LISTS,
    MERGES,
    WITH_REF,
    SheetGrid,
    cells_named,
    formula_at,
    is_filled,
    merges,
)
from offwall.model.workbook.template.styles import RowHeights, TemplateStyles, new_cell, raise_row
from offwall.model.workbook.template.workbook_parts import hung_on, table_blocks

LAST_COLUMN = 16_384
"""Columns of a sheet (Excel's specifications and limits)."""

LONGEST_LINE = 30
"""Characters at most of a header that does not wrap, for which its column is made wide."""

ROUND_A_WORD = 2
"""Digits that a header's longest word has beside it in its column."""

UNDER = 2
"""Rows right below a body whose formulas are carried over: what counts the letters."""

_BLOCK = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+):(\$?)([A-Z]{1,3})(\$?)(\d+)")


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that is being filled: its part, its cells, and the workbook's styles."""

    package: Package
    part: SheetPart
    grid: SheetGrid
    looks: TemplateStyles

    def table_of(self, table: FoundTable) -> str:
        """The part of the Excel table that a table is; empty for another."""
        return table_part(self.package, self.part, table.name) if table.is_table else ""


@dataclass(frozen=True, slots=True)
class Widening:
    """New columns beside a table: its header row, its last row, its old and its new end.

    ``like`` is the column that they look like.
    """

    grid: SheetGrid
    header: int
    last: int
    left: int
    like: int
    right: int
    new_right: int

    @property
    def places(self) -> range:
        """The new columns."""
        return range(self.right + 1, self.new_right + 1)

    def text(self, cells: str) -> str:
        """Cells that cover the table's end among its rows or above, as wide as it is now."""

        def wider(told: re.Match[str]) -> str:
            left, top, right, _ = bounds(told[0].replace("$", ""))
            ends = self.right <= right <= self.new_right and left <= self.like
            end = get_column_letter(self.new_right) if ends and top <= self.last else told[6]
            return f"{told[1]}{told[2]}{told[3]}{told[4]}:{told[5]}{end}{told[7]}{told[8]}"

        return _BLOCK.sub(wider, cells)

    def rules(self, cells: str) -> str:
        """The cells of a rule: those of the column that is copied, in the new ones too."""
        found = []
        for one in cells.split():
            left, top, right, bottom = bounds(one)
            inside = left <= self.like <= right and self.header < bottom and top <= self.last
            wider = self.text(one)
            found.append(wider)
            if inside and wider == one and right < self.new_right:
                found.append(cells_named((self.right + 1, top, self.new_right, bottom)))
        return " ".join(found)


def with_roles(
    sheet: OpenSheet,
    table: FoundTable,
    last: int,
    labels: Mapping[str, str],
    records: Sequence[ExportedRow],
) -> tuple[FoundTable, tuple[str, ...]]:
    """The chart with a column for each role that has letters; which ones are new.

    ``last`` is the row with which its body ends.
    """
    if table.kind != RACI or {*PEOPLE[1:], "others"} & {*table.columns.values()}:
        return table, ()
    named = _name_roles(sheet, table, labels)
    # Charts that share the activities have the same columns, so that each can be read alike.
    without = {
        code: label
        for code, label in labels.items()
        if code not in table.roles and any(record.values.get(f"{ROLE}{code}") for record in records)
    }
    wider = _widened(sheet, named, without, last)
    return wider, tuple(without[code] for code in wider.roles if code in without)


def _widened(
    sheet: OpenSheet, table: FoundTable, labels: Mapping[str, str], last: int
) -> FoundTable:
    """The table with columns for the roles of ``labels``, as many as there is room for."""
    grid = sheet.grid
    if not table.roles or not labels:
        return table
    like = max(table.roles.values())
    rows = range(table.header, max(last, table.last) + table.totals + 1)
    room = _room(sheet, table, rows, len(labels))
    if not room or any(
        left <= like <= right and left < right and (left > table.left or right != table.right)
        for left, top, right, bottom in merges(grid.tree)
        if top <= rows[-1] and bottom >= rows[0]
    ):
        return table
    new = Widening(grid, table.header, rows[-1], table.left, like, table.right, table.right + room)
    named = dict(zip(new.places, labels.items(), strict=False))
    heads = {at: label for at, (_, label) in named.items()}
    _put_cells(new, sheet.looks, heads, table.totals)
    _widths(sheet, table.header, heads, like)
    _ranges(new)
    _names(sheet, new)
    if part := sheet.table_of(table):
        _table(sheet.package, part, new, list(heads.values()))
    return replace(
        table,
        right=new.new_right,
        columns={**table.columns, **{at: f"{ROLE}{code}" for at, (code, _) in named.items()}},
        headers={**table.headers, **heads},
    )


def _room(sheet: OpenSheet, table: FoundTable, rows: range, wanted: int) -> int:
    """How many columns are free beside a table; what follows keeps an empty one between."""
    grid, package = sheet.grid, sheet.package
    taken = {
        at
        for number in grid.between(rows[0], rows[-1])
        for at, cell in grid.cells(number).items()
        if is_filled(cell)
    }
    blocks = (*hung_on(package, sheet.part), *table_blocks(package, sheet.part), *merges(grid.tree))
    for left, top, right, bottom in blocks:
        if top <= rows[-1] and bottom >= rows[0]:
            taken |= set(range(left, min(right, LAST_COLUMN) + 1))
    beyond = min((at for at in taken if at > table.right), default=LAST_COLUMN)
    return min(max(beyond - table.right - 2, 0), wanted)


def _put_cells(new: Widening, looks: TemplateStyles, heads: Mapping[int, str], totals: int) -> None:
    """The headers, and cells in the looks of the column beside; formulas below are carried over."""
    grid, under = new.grid, range(new.last - totals + 1, new.last + UNDER + 1)
    # What is merged to the table's end is coloured by its first cell.
    spans = {
        row: left
        for left, top, right, bottom in merges(grid.tree)
        if left <= new.like and left < right == new.right
        for row in range(top, min(bottom, new.last) + 1)
    }
    for number in grid.between(1, new.last + UNDER):
        cells = dict(grid.cells(number))
        model = cells.get(spans.get(number, new.like))
        formula = model.find(FORMULA) if model is not None and number in under else None
        if model is None or not (number >= new.header or number in spans):
            continue
        if number > new.last and formula is None:
            break
        for at in new.places:
            name, style = f"{get_column_letter(at)}{number}", model.get("s", "")
            if formula is not None:
                like = f"{get_column_letter(new.like)}{number}"
                cells[at] = formula_at(grid, formula, like).cell(name, style)
            else:
                said = heads[at] if number == new.header else ""
                cells[at] = new_cell(grid.ready(number), name, style, said, looks)
        grid.put(number, cells)


def _widths(sheet: OpenSheet, header: int, heads: Mapping[int, str], like: int) -> None:
    """Let columns be as wide as the one ``like`` them, and as their headers' longest words.

    The header row is as high as its texts need.
    """
    root, cells = sheet.grid.tree.getroot(), sheet.grid.cells(header)
    holder = root.find(main_tag("cols"))
    if holder is None:
        holder = etree.Element(main_tag("cols"))
        root.find(main_tag("sheetData")).addprevious(holder)
    for at, said in heads.items():
        spans = {(int(one.get("min", "1")), int(one.get("max", "1"))): one for one in holder}
        low, high = next((span for span in spans if span[0] <= (like or at) <= span[1]), (0, 0))
        made = _span(spans.get((low, high)), at, at)
        look = sheet.looks.of(cells[at].get("s", ""))
        word = max(map(len, said.split() if look.wraps else [said[:LONGEST_LINE]])) + ROUND_A_WORD
        usual = RowHeights(sheet.grid.tree, sheet.looks).width(like or at)
        wide = usual if look.turned else max(usual, word)
        made.set("width", f"{wide:g}")
        made.set("customWidth", "1")
        for (low, high), one in spans.items():
            if low <= at <= high:
                holder.remove(one)
                holder.extend(_span(one, low, at - 1) for _ in range(low < at))
                holder.extend(_span(one, at + 1, high) for _ in range(at < high))
        holder.append(made)
        holder[:] = sorted(holder, key=lambda one: int(one.get("min")))
    heights = RowHeights(sheet.grid.tree, sheet.looks)
    shown = [(at, cells[at].get("s", ""), said) for at, said in heads.items()]
    raise_row(sheet.grid.row(header), heights.needed(shown))


def _span(like: Any, low: int, high: int) -> Any:
    made = etree.Element(main_tag("col")) if like is None else deepcopy(like)
    made.set("min", str(low))
    made.set("max", str(high))
    return made


def _ranges(new: Widening) -> None:
    """Let rules, merges above, a header merged down and filters take in the new columns."""
    for one in new.grid.tree.iter("*"):
        if one.get("sqref") and one.tag != main_tag("selection"):
            one.set("sqref", new.rules(one.get("sqref")))
        if one.tag in WITH_REF and one.get("ref"):
            one.set("ref", new.text(one.get("ref")))
        if one.tag == LISTS and one.text:
            one.text = new.rules(one.text)
    for holder in new.grid.tree.iterfind(MERGES):
        for one in list(holder):
            left, top, right, bottom = bounds(one.get("ref", "A1"))
            if left <= new.left and right == new.right:
                one.set("ref", new.text(one.get("ref")))
            elif left == right == new.like and top <= new.header <= bottom:
                for at in new.places:
                    made = deepcopy(one)
                    made.set("ref", cells_named((at, top, at, bottom)))
                    holder.append(made)
        holder.set("count", str(len(holder)))


def _names(sheet: OpenSheet, new: Widening) -> None:
    """Let names that cover the table to its end, the print area too, take in the new columns."""
    part, changed = workbook_part(sheet.package), False
    tree = sheet.package.xml(part)
    for one in tree.iter(main_tag("definedName")):
        before = one.text or ""
        named = before.rpartition("!")[0].strip("'").replace("''", "'") == sheet.part.name
        if named and new.text(before) != before:
            one.text, changed = new.text(before), True
    if changed:
        sheet.package.save(part, tree)


def _table(package: Package, part: str, new: Widening, headers: Sequence[str]) -> None:
    """Give an Excel table the new columns."""
    tree = package.xml(part)
    root = tree.getroot()
    for one in (root, *root.iterchildren(main_tag("autoFilter"))):
        one.set("ref", new.text(one.get("ref", "")))
    holder = root.find(main_tag("tableColumns"))
    like = holder[new.like - bounds(root.get("ref", "A1"))[0]]
    first = max(int(one.get("id", "0")) for one in holder) + 1
    for number, header in enumerate(headers, first):
        made = deepcopy(like)
        made.set("name", header)
        made.set("id", str(number))
        made.attrib.pop("totalsRowLabel", None)
        holder.append(made)
    holder.set("count", str(len(holder)))
    package.save(part, tree)


def _name_roles(sheet: OpenSheet, table: FoundTable, labels: Mapping[str, str]) -> FoundTable:
    """Write the roles over the columns that stood in for some, such as ``Role 1``."""
    named = {
        at: labels[code]
        for code, at in table.roles.items()
        if code in labels and PLACEHOLDER.fullmatch(table.headers.get(at, ""))
    }
    if not named:
        return table
    grid, package, looks = sheet.grid, sheet.package, sheet.looks
    cells = dict(grid.cells(table.header))
    for at, label in named.items():
        name = f"{get_column_letter(at)}{table.header}"
        style = cells[at].get("s", "") if at in cells else ""
        cells[at] = new_cell(grid.ready(table.header), name, style, label, looks)
    grid.put(table.header, cells)
    _widths(sheet, table.header, named, 0)
    if part := sheet.table_of(table):
        tree = package.xml(part)
        left = bounds(tree.getroot().get("ref", "A1"))[0]
        for at, label in named.items():
            tree.find(main_tag("tableColumns"))[at - left].set("name", label)
        package.save(part, tree)
    return replace(table, headers={**table.headers, **named})
