"""What speaks of a table's cells, or hangs on cells below it, while the table grows.

Pictures, shapes and comments move with their cells; pivot tables are asked to read anew; what
cannot follow is refused before anything is written, or told.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from offwall.model.store import ExportError
from offwall.model.workbook.template.package import (
    DRAWING,
    Package,
    SheetPart,
    main_tag,
    related,
    relations,
    workbook_part,
)
from offwall.model.workbook.template.read_sheet import Block, bounds
from offwall.model.workbook.template.sheet_xml import LAST_ROW, SheetGrid, TableGrowth, merges

EXCEL = "{urn:schemas-microsoft-com:office:excel}"
"""The namespace of what Excel notes in a drawing of comments."""

COPY_IT = "Or fill a copy of the sheet: --copy-sheet."
"""The second way, where a sheet itself cannot be filled without harm."""


def check_obstacles(
    package: Package, sheet: SheetPart, grid: SheetGrid, growth: TableGrowth, stage: int = 0
) -> None:
    """Refuse what cannot be done without harm; ``stage`` is the column of stages.

    Raises:
        ExportError: a sentence that says what is in the way, and what to do.
    """
    where = f"{package.name}, sheet {sheet.name}"
    if growth.new_last > LAST_ROW:
        raise ExportError(f"{where}: a sheet has no room for so many rows. Export without it.")
    for left, top, right, bottom in merges(grid.tree):
        over = top < bottom and top <= growth.last and bottom >= growth.first
        # A stage that is merged over its rows is parted, and said in each.
        stays = growth.first <= top and bottom <= growth.last and left == right == stage
        harms = growth.parts(top, bottom) or not growth.beside(left, right)
        if over and harms and not stays:
            raise ExportError(
                f"{where}: cells are merged over the rows {top} to {bottom} of the table. "
                "Unmerge them in the template."
            )
    if growth.moved and growth.by:
        _check_moving(package, sheet, growth, where)


def _check_moving(package: Package, sheet: SheetPart, growth: TableGrowth, where: str) -> None:
    rows = growth.new_last - growth.first + 1
    instead = f"Give the template's table {rows} rows, so that nothing below it has to move."
    for part in related(package, sheet.part, "table"):
        left, top, right, bottom = bounds(package.xml(part).getroot().get("ref", "A1"))
        if growth.beside(left, right) and growth.parts(top, bottom):
            raise ExportError(
                f"{where}: another table stands beside this one and goes on below it. {instead}"
            )
    for part, _ in _speaking(package, sheet, lambda top, _: top > growth.last):
        raise ExportError(
            f"{where}: {part} speaks of cells below the table, which would move. {instead} "
            f"{COPY_IT}"
        )


def comments_in(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The cells of the old body that bear a comment: it stays, whichever record comes there."""
    found = dict.fromkeys(one.get("ref") for one in _commented(package, sheet))
    return [cells for cells in found if growth.covers(bounds(cells))]


def _commented(package: Package, sheet: SheetPart) -> Iterator[Any]:
    """The comments of a sheet, threaded or not, by their cell in ``ref``."""
    for kind in ("comments", "threadedComment"):
        for part in related(package, sheet.part, kind):
            yield from _with_ref(package.xml(part).getroot())


def _with_ref(root: Any) -> Iterator[Any]:
    return (one for one in root.iter() if isinstance(one.tag, str) and one.get("ref"))


def fixed_ends(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The parts whose formulas end with the old body and so miss the new rows, with the cells."""

    def ends_there(top: int, bottom: int) -> bool:
        return top <= growth.last and bottom == growth.last

    spoken = _speaking(package, sheet, ends_there) if growth.by else ()
    return list(dict.fromkeys(f"{part} ({cells})" for part, cells in spoken))


_SPEAKERS = re.compile(r"xl/(worksheets|charts|chartsheets)/[^/]+\.xml", re.IGNORECASE)


def _speaking(
    package: Package, sheet: SheetPart, wanted: Callable[[int, int], bool]
) -> Iterator[tuple[str, str]]:
    """Other sheets and charts that speak of cells of a sheet, and of which."""
    name = escape(sheet.name.replace("'", "''"), quote=False)
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


# Pictures, shapes and comments follow the cells that they hang on.


def hung_on(package: Package, sheet: SheetPart) -> Iterator[Block]:
    """Where pictures, shapes and comments hang: columns and rows from 1."""
    for part in related(package, sheet.part, "drawing"):
        # Whatever holds them: a newer Excel wraps some of its anchors in a choice of its own.
        for start in package.xml(part).getroot().iter(f"{{{DRAWING}}}from"):
            end = start.getparent().find(f"{{{DRAWING}}}to")
            yield (*_corner(start), *_corner(start if end is None else end))
    for one in _commented(package, sheet):
        yield bounds(one.get("ref"))


def _corner(marker: Any) -> tuple[int, int]:
    at, row = (int(marker.findtext(f"{{{DRAWING}}}{one}", "0")) for one in ("col", "row"))
    return at + 1, row + 1


def move_below(package: Package, sheet: SheetPart, growth: TableGrowth) -> None:
    """Let pictures, shapes and comments follow the cells that moved down."""
    if not growth.by or not growth.moved:
        return
    for kind, how in (
        ("drawing", _move_anchors),
        ("comments", _move_comments),
        ("threadedComment", _move_comments),
        ("vmlDrawing", _move_boxes),
    ):
        for part in related(package, sheet.part, kind):
            tree = package.xml(part)
            if how(tree.getroot(), growth):
                package.save(part, tree)


def _move_anchors(root: Any, growth: TableGrowth) -> bool:
    """Drawings begin and end in rows that count from 0; one that begins above stays there."""
    moved = False
    for start in root.iter(f"{{{DRAWING}}}from"):
        if _corner(start)[1] <= growth.last:
            continue
        for one in start.getparent().iter(f"{{{DRAWING}}}row"):
            one.text = str(growth.row(int(one.text or "0") + 1) - 1)
        moved = True
    return moved


def _move_comments(root: Any, growth: TableGrowth) -> bool:
    moved = [one for one in _with_ref(root) if bounds(one.get("ref"))[1] > growth.last]
    for one in moved:
        one.set("ref", growth.cells(one.get("ref")))
    return bool(moved)


def _move_boxes(root: Any, growth: TableGrowth) -> bool:
    """The boxes in which comments show: their cell's row, and where they lie."""
    moved = False
    for note in root.iter(f"{EXCEL}ClientData"):
        row, lies = note.find(f"{EXCEL}Row"), note.find(f"{EXCEL}Anchor")
        if row is None or int(row.text or "0") + 1 <= growth.last:
            continue
        row.text = str(int(row.text or "0") + growth.by)
        ends = re.findall(r"-?\d+", (lies.text or "") if lies is not None else "")
        if lies is not None and len(ends) == 8:
            for at in (2, 6):
                ends[at] = str(int(ends[at]) + growth.by)
            lies.text = ", ".join(ends)
        moved = True
    return moved


def refresh_pivots(package: Package, sheet: SheetPart, growth: TableGrowth, name: str) -> list[str]:
    """Let pivot tables over the filled cells take in the new rows, and be read anew on opening.

    ``name`` is that of the table that was filled. Returns the parts that were changed.
    """
    found = []
    caches = (one for one in relations(package, workbook_part(package)))
    for part in (one.target for one in caches if one.kind == "pivotCacheDefinition"):
        tree = package.xml(part) if part in package else None
        for source in () if tree is None else tree.iter(main_tag("worksheetSource")):
            ref = source.get("ref") if source.get("sheet") == sheet.name else None
            named = bool(name) and source.get("name") == name
            if not named and not (ref and growth.touches(bounds(ref))):
                continue
            if ref:
                source.set("ref", growth.cells(ref))
            source.getroottree().getroot().set("refreshOnLoad", "1")
            package.save(part, tree)
            found.append(part)
    return found
