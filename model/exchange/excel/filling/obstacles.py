"""What stands in the way of a table that must grow: said before anything is written."""

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from model.exchange.excel.filling.find_tables import Found
from model.exchange.excel.filling.grid import Grid
from model.exchange.excel.filling.growth import LAST_ROW, Growth
from model.exchange.excel.filling.look import bounds
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import SheetPart, related
from model.exchange.excel.filling.ranges import merges
from model.exchange.excel.filling.xml import DRAWING
from model.exchange.files import ExportError


def something_below(grid: Grid, found: Found, last: int) -> bool:
    """Whether anything stands below a body, in its columns."""
    merged = any(
        top > last and left <= found.right and right >= found.left
        for left, top, right, _ in merges(grid.tree)
    )
    return merged or any(
        grid.bears(number, found.left, found.right) for number in grid.numbers if number > last
    )


def check(package: Package, sheet: SheetPart, grid: Grid, growth: Growth) -> None:
    """Refuse what cannot be done without harm.

    Raises:
        ExportError: a sentence that says what is in the way, and what to do.
    """
    where = f"{package.name}, sheet {sheet.name}"
    if growth.new_last > LAST_ROW:
        raise ExportError(f"{where}: a sheet has no room for so many rows. Export without it.")
    for _, top, _, bottom in merges(grid.tree):
        if top < bottom and top <= growth.last and bottom >= growth.first:
            raise ExportError(
                f"{where}: cells are merged over the rows {top} to {bottom} of the table. "
                "Unmerge them in the template."
            )
    if growth.by:
        _check_pictures(package, sheet, growth, where)
    if growth.moved and growth.by:
        _check_moving(package, sheet, growth, where)


def _more_rows(growth: Growth) -> str:
    rows = growth.new_last - growth.first + 1
    return f"Give the template's table {rows} rows, so that nothing below it has to move."


def _check_pictures(package: Package, sheet: SheetPart, growth: Growth, where: str) -> None:
    for part in related(package, sheet.part, "drawing"):
        for row, left, right in _anchors(package.xml(part).getroot()):
            over = row <= growth.new_last and left <= growth.right and right >= growth.left
            if row > growth.last and (growth.moved or over):
                raise ExportError(
                    f"{where}: a picture or a shape stands below the table, in row {row}, and "
                    f"the table needs its place. {_more_rows(growth)}"
                )


def _anchors(root: Any) -> Iterator[tuple[int, int, int]]:
    """Where drawings begin: row, first and last column, from 1."""
    # Whatever holds them: a newer Excel wraps some of its anchors in a choice of its own.
    for start in root.iter(f"{{{DRAWING}}}from"):
        end = start.getparent().find(f"{{{DRAWING}}}to")
        left = int(start.findtext(f"{{{DRAWING}}}col", "0")) + 1
        right = left if end is None else int(end.findtext(f"{{{DRAWING}}}col", "0")) + 1
        yield int(start.findtext(f"{{{DRAWING}}}row", "0")) + 1, left, right


def _check_moving(package: Package, sheet: SheetPart, growth: Growth, where: str) -> None:
    for part in related(package, sheet.part, "table"):
        _, top, _, bottom = bounds(package.xml(part).getroot().get("ref", "A1"))
        beside = bounds(package.xml(part).getroot().get("ref", "A1"))[0] > growth.right
        if beside and top <= growth.last < bottom:
            raise ExportError(
                f"{where}: another table stands beside this one and goes on below it. "
                f"{_more_rows(growth)}"
            )
    if any(bounds(cell)[1] > growth.last for cell in _commented(package, sheet)):
        raise ExportError(
            f"{where}: a comment is on a cell below the table, and would stay behind. "
            f"{_more_rows(growth)}"
        )
    for part, _ in _speaking(package, sheet, lambda top, _: top > growth.last):
        raise ExportError(
            f"{where}: {part} speaks of cells below the table, which would move. "
            f"{_more_rows(growth)}"
        )


def _commented(package: Package, sheet: SheetPart) -> dict[str, None]:
    """The cells of a sheet that bear a comment, threaded or not, each once."""
    parts = [
        part
        for kind in ("comments", "threadedComment")
        for part in related(package, sheet.part, kind)
    ]
    elements = (one for part in parts for one in package.xml(part).iter())
    return {one.get("ref"): None for one in elements if isinstance(one.tag, str) and one.get("ref")}


def comments_in(package: Package, sheet: SheetPart, growth: Growth) -> list[str]:
    """The cells of the old body that bear a comment: it stays, whichever record comes there."""
    cells = ((bounds(cell), cell) for cell in _commented(package, sheet))
    return [
        cell
        for (left, top, _, _), cell in cells
        if growth.first <= top <= growth.last and growth.left <= left <= growth.right
    ]


def fixed_ends(package: Package, sheet: SheetPart, growth: Growth) -> list[str]:
    """The parts whose formulas end with the old body and so miss the new rows, with the cells."""
    if not growth.by:
        return []

    def ends_there(top: int, bottom: int) -> bool:
        return top <= growth.last and bottom == growth.last

    found = dict.fromkeys(
        f"{part} ({cells})" for part, cells in _speaking(package, sheet, ends_there)
    )
    return list(found)


_SPEAKERS = re.compile(r"xl/(worksheets|charts|pivotCache|chartsheets)/[^/]+\.xml", re.IGNORECASE)


def _speaking(package: Package, sheet: SheetPart, wanted: Any) -> Iterator[tuple[str, str]]:
    """Other sheets, charts and pivots that speak of cells of a sheet, and of which."""
    name = escape(sheet.name.replace("'", "''"))
    quoted = re.escape(f"'{name}'").replace("'", "(?:'|&apos;)")
    pattern = re.compile(
        rf"(?:{quoted}|(?<![\w'.]){re.escape(name)})!(\$?[A-Z]{{1,3}}\$?(\d+)(?::\$?[A-Z]{{1,3}}\$?(\d+))?)"
    )
    for part in package.names:
        if not _SPEAKERS.fullmatch(part) or part == sheet.part:
            continue
        for told in pattern.finditer(package.read(part).decode("utf-8", "replace")):
            if wanted(int(told[2]), int(told[3] or told[2])):
                yield part, told[1]
