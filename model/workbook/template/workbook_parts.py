"""The parts beside a sheet that follow when a table of it is filled, and what is refused.

Tables, pictures, shapes and comments move with their cells; pivot tables are asked to read anew;
names and the order of calculation follow. What cannot follow is refused before anything is
written, or told. The workbook's properties bear our mark.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import chain
from typing import Any

from lxml import etree

from offwall.model.store import ExportError
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.package import (
    DRAWING,
    TYPES,
    Package,
    SheetPart,
    main_tag,
    relate,
    related,
    rels_of,
    workbook_part,
    xml_bytes,
)
from offwall.model.workbook.template.read_sheet import FORMULA, Block, bounds
from offwall.model.workbook.template.sheet_xml import (
    LAST_ROW,
    SheetGrid,
    TableGrowth,
    cells_named,
    merges,
)
from offwall.model.workbook.write.export import MARK

EXCEL = "{urn:schemas-microsoft-com:office:excel}"
"""The namespace of what Excel notes in a drawing of comments."""


def check_obstacles(
    package: Package, sheet: SheetPart, grid: SheetGrid, growth: TableGrowth, stage: int
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
    if not growth.moved or not growth.by:
        return
    rows = growth.new_last - growth.first + 1
    instead = f"Give the template's table {rows} rows, so that nothing below it has to move."
    for left, top, right, bottom in table_blocks(package, sheet):
        if growth.beside(left, right) and growth.parts(top, bottom):
            raise ExportError(
                f"{where}: another table stands beside this one and goes on below it. {instead}"
            )
    for part, _ in _speaking(package, sheet, lambda top, _: top > growth.last):
        raise ExportError(
            f"{where}: {part} speaks of cells below the table, which would move. {instead} "
            "Or fill a copy of the sheet: --copy-sheet."
        )


def comments_in(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The cells of the old body that bear a comment: it stays, whichever record comes there."""
    found = dict.fromkeys(one.get("ref") for one in _commented(package, sheet))
    return [cells for cells in found if growth.covers(bounds(cells))]


def _commented(package: Package, sheet: SheetPart) -> Iterator[Any]:
    """The comments of a sheet, threaded or not, by their cell in ``ref``."""
    for kind in ("comments", "threadedComment"):
        for part in related(package, sheet.part, kind):
            yield from _with_ref(package.xml(part))


def _with_ref(tree: Any) -> Iterator[Any]:
    return (one for one in tree.iter("*") if one.get("ref"))


def fixed_ends(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The parts whose formulas end with the old body and so miss the new rows, with the cells."""
    if not growth.by:
        return []
    spoken = _speaking(package, sheet, lambda top, bottom: top <= growth.last == bottom)
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


def table_blocks(package: Package, sheet: SheetPart) -> list[Block]:
    """Where the Excel tables of a sheet stand."""
    parts = related(package, sheet.part, "table")
    return [bounds(package.xml(part).getroot().get("ref", "A1")) for part in parts]


def hung_on(package: Package, sheet: SheetPart) -> Iterator[Block]:
    """Where pictures, shapes and comments hang: columns and rows from 1."""
    for part in related(package, sheet.part, "drawing"):
        # Whatever holds them: a newer Excel wraps some of its anchors in a choice of its own.
        for start in package.xml(part).iter(f"{{{DRAWING}}}from"):
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
        ("comments", _move_cells),
        ("threadedComment", _move_cells),
        ("vmlDrawing", _move_boxes),
    ):
        for part in related(package, sheet.part, kind):
            tree = package.xml(part)
            if how(tree.getroot(), growth):
                package.save(part, tree)


def _move_anchors(root: Any, growth: TableGrowth) -> bool:
    """Drawings begin and end in rows that count from 0; one that begins above stays there."""
    starts = root.iter(f"{{{DRAWING}}}from")
    moved = [one.getparent() for one in starts if _corner(one)[1] > growth.last]
    for one in chain.from_iterable(anchor.iter(f"{{{DRAWING}}}row") for anchor in moved):
        one.text = str(growth.row(int(one.text or "0") + 1) - 1)
    return bool(moved)


def _move_cells(root: Any, growth: TableGrowth) -> bool:
    """Comments and tables name their cells."""
    """Comments and tables name their cells."""
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
    for part in related(package, workbook_part(package), "pivotCacheDefinition"):
        tree = package.xml(part)
        for source in tree.iter(main_tag("worksheetSource")):
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


# The Excel tables of a sheet: the one that was filled ends with its body, others move.


def update_tables(
    package: Package, sheet: SheetPart, own: str, growth: TableGrowth, table: FoundTable
) -> None:
    """Let the table that was filled, whose part is ``own``, follow its body, and others move."""
    for part in related(package, sheet.part, "table"):
        tree = package.xml(part)
        if part == own:
            _resize(tree.getroot(), growth.new_last, table)
        if part == own or (growth.moved and _move_cells(tree.getroot(), growth)):
            package.save(part, tree)


def _resize(root: Any, bottom: int, table: FoundTable) -> None:
    """Let a table end with its body at the ``bottom``, and its totals under it."""
    # Excel's mark of a table that has no row yet.
    root.attrib.pop("insertRow", None)
    left, _, right, _ = bounds(root.get("ref", "A1"))
    root.set("ref", cells_named((left, table.header, right, bottom + table.totals)))
    for filtered in root.iterchildren(main_tag("autoFilter")):
        filtered.set("ref", cells_named((left, table.header, right, bottom)))
        # What rows were chosen by goes: they are other rows now, and all of them show.
        for chosen in list(filtered):
            filtered.remove(chosen)
    for order in list(root.iterchildren(main_tag("sortState"))):
        root.remove(order)


# The order in which Excel works formulas out: it may only name cells that have one.


def update_calc_chain(
    package: Package, sheet: SheetPart, grid: SheetGrid, growth: TableGrowth
) -> None:
    """Let the chain follow the formulas of a sheet that moved, and forget those that are gone.

    A formula that the chain does not name is no harm: Excel adds it.
    """
    for part in related(package, workbook_part(package), "calcChain"):
        tree, known = package.xml(part), ""
        root = tree.getroot()
        there = {one.getparent().get("r") for one in grid.tree.iter(FORMULA)}
        for one in list(root):
            # The sheet's id may be left out where it is that of the one before.
            known = one.get("i") or known
            one.set("i", known)
            if known == sheet.id:
                one.set("r", growth.cells(one.get("r", "A1")))
                if one.get("r") not in there:
                    root.remove(one)
        if len(root):
            package.save(part, tree)
        else:
            _drop(package, part)


def _drop(package: Package, part: str) -> None:
    """Take the part out, and what speaks of it: a chain without a cell is none."""
    book = workbook_part(package)
    for holder, key in ((rels_of(book), "Target"), (TYPES, "PartName")):
        tree = package.xml(holder)
        for one in list(tree.getroot()):
            if one.get(key, "").endswith(posixpath.basename(part)):
                tree.getroot().remove(one)
        package.save(holder, tree)
    package.remove(part)


# What filling must tell the workbook as a whole: names that cover a body, and to work out anew.

_AFTER_CALCULATION = frozenset(
    map(
        main_tag,
        (
            *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
            *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
        ),
    )
)
"""What stands behind ``calcPr`` in a workbook (ECMA-376, 18.2.27)."""


def update_workbook_part(
    package: Package, growths: Sequence[TableGrowth], *, calculates: bool
) -> list[str]:
    """Let defined names cover what they covered, and formulas be worked out at the next opening.

    Returns the names that changed.
    """
    part = workbook_part(package)
    tree = package.xml(part)
    changed = []
    for name in tree.iter(main_tag("definedName")):
        new = name.text or ""
        for growth in growths:
            new = growth.formula(new, "")
        if new != (name.text or ""):
            name.text = new
            changed.append(name.get("name", ""))
    if calculates:
        root = tree.getroot()
        found = root.find(main_tag("calcPr"))
        if found is None:
            found = etree.Element(main_tag("calcPr"))
            after = (at for at, one in enumerate(root) if one.tag in _AFTER_CALCULATION)
            root.insert(next(after, len(root)), found)
        found.set("fullCalcOnLoad", "1")
    if changed or calculates:
        package.save(part, tree)
    return changed


# Our mark says which snapshot the workbook is compared with when it comes back. A workbook may have
# properties of its own, a sensitivity label among them: they stay as they are.

PROPERTIES, RELATIONS = "docProps/custom.xml", "_rels/.rels"

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that every property belongs to which is nobody's in particular (ECMA-376, 22.3.2.2)."""

_FIRST = 2
"""The number of the first property (the same place)."""

_EMPTY = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'


def stamp_mark(content: bytes, name: str, mark: str) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with the mark, and the parts that this changes or adds.

    Raises:
        ExportError: the workbook is damaged; ``name`` is what the sentence calls it.
    """
    package = Package(content, name)
    part = next(iter(related(package, "", "custom-properties")), "")
    if part:
        package.replace(part, _with_mark(package.read(part), package.xml(part), mark))
        return package.content(), (part,)
    tree = etree.ElementTree(etree.fromstring(_EMPTY))
    relate(package, "", _KIND, PROPERTIES)
    package.add(PROPERTIES, _with_mark(b"", tree, mark), _TYPE)
    return package.content(), (TYPES, RELATIONS, PROPERTIES)


def _with_mark(before: bytes, tree: Any, mark: str) -> bytes:
    root = tree.getroot()
    for one in [one for one in root if one.get("name") == MARK]:
        root.remove(one)
    taken = [int(one.get("pid")) for one in root if (one.get("pid") or "").isdigit()]
    number = str(max([_FIRST - 1, *taken]) + 1)
    made = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_SET, pid=number, name=MARK)
    etree.SubElement(made, f"{{{_VALUES}}}lpwstr").text = mark
    return xml_bytes(tree, before)
