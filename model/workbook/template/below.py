"""What hangs on cells below a table that grows: pictures, shapes, comments move with their cells;
pivot tables over the filled cells are asked to read them anew.
"""

import re
from collections.abc import Iterator
from typing import Any

from offwall.model.workbook.template.package import (
    DRAWING,
    Package,
    SheetPart,
    main_tag,
    related,
    relations,
    workbook_part,
    xml_bytes,
)
from offwall.model.workbook.template.read_sheet import bounds
from offwall.model.workbook.template.sheet_xml import TableGrowth

EXCEL = "{urn:schemas-microsoft-com:office:excel}"
"""The namespace of what Excel notes in a drawing of comments."""


def hangs_below(package: Package, sheet: SheetPart, needed: range) -> bool:
    """Whether a picture, a shape or a comment hangs on rows that a table needs."""
    rows = [
        int(one.text or "0") + 1
        for part in related(package, sheet.part, "drawing")
        for one in package.xml(part).getroot().iterfind(f".//{{{DRAWING}}}from/{{{DRAWING}}}row")
    ]
    rows += [
        bounds(one.get("ref"))[1]
        for part in related(package, sheet.part, "comments")
        for one in package.xml(part).getroot().iter(main_tag("comment"))
        if one.get("ref")
    ]
    return any(row in needed for row in rows)


def move_below(package: Package, sheet: SheetPart, growth: TableGrowth) -> None:
    """Let pictures, shapes and comments follow the cells that moved down."""
    if not growth.by or not growth.moved:
        return
    for part in related(package, sheet.part, "drawing"):
        _move(package, part, growth, _anchored)
    for kind in ("comments", "threadedComment"):
        for part in related(package, sheet.part, kind):
            _move(package, part, growth, _commented)
    for part in related(package, sheet.part, "vmlDrawing"):
        _move(package, part, growth, _boxes)


def _move(package: Package, part: str, growth: TableGrowth, how: Any) -> None:
    tree = package.xml(part)
    if how(tree.getroot(), growth):
        package.replace(part, xml_bytes(tree, package.read(part)))


def _anchored(root: Any, growth: TableGrowth) -> bool:
    """Drawings begin and end in rows that count from 0; one that begins above stays there."""
    moved = False
    for start in root.iter(f"{{{DRAWING}}}from"):
        row = start.find(f"{{{DRAWING}}}row")
        if row is None or int(row.text or "0") + 1 <= growth.last:
            continue
        for one in start.getparent().iter(f"{{{DRAWING}}}row"):
            one.text = str(growth.row(int(one.text or "0") + 1) - 1)
        moved = True
    return moved


def _commented(root: Any, growth: TableGrowth) -> bool:
    moved = False
    for one in root.iter():
        ref = one.get("ref") if isinstance(one.tag, str) else None
        if ref and bounds(ref)[1] > growth.last:
            one.set("ref", growth.cells(ref))
            moved = True
    return moved


def _boxes(root: Any, growth: TableGrowth) -> bool:
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


def refresh_pivots(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """Let pivot tables over the filled cells take in the new rows, and be read anew on opening.

    Returns the parts that were changed.
    """
    found = []
    for part in _caches(package):
        tree = package.xml(part)
        for source in tree.getroot().iter(main_tag("worksheetSource")):
            ref = source.get("ref")
            if source.get("sheet") != sheet.name or not ref:
                continue
            left, top, right, bottom = bounds(ref)
            beside = right < growth.left or left > growth.right
            if beside or top > growth.new_last or bottom < growth.first - 1:
                continue
            source.set("ref", growth.cells(ref))
            tree.getroot().set("refreshOnLoad", "1")
            package.replace(part, xml_bytes(tree, package.read(part)))
            found.append(part)
    return found


def _caches(package: Package) -> Iterator[str]:
    for one in relations(package, workbook_part(package)):
        if one.kind == "pivotCacheDefinition" and one.target in package:
            yield one.target
