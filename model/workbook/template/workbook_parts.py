"""The parts beside a sheet that follow when it is filled: its tables, the order of calculation,
defined names; and the workbook's properties, which bear our mark.
"""

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from offwall.model.workbook.template.package import (
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
from offwall.model.workbook.template.read_sheet import FORMULA, bounds
from offwall.model.workbook.template.sheet_xml import SheetGrid, TableGrowth, cells_named
from offwall.model.workbook.write.export import MARK


def resize_table_part(
    package: Package, part: str, growth: TableGrowth, header: int, totals: int
) -> None:
    """Let the table that was filled end with its body, and its totals under it."""
    tree = package.xml(part)
    root = tree.getroot()
    # Excel's mark of a table that has no row yet.
    root.attrib.pop("insertRow", None)
    bottom = growth.new_last
    left, _, right, _ = bounds(root.get("ref", "A1"))
    root.set("ref", cells_named((left, header, right, bottom + totals)))
    for found in root.iterchildren(main_tag("autoFilter")):
        found.set("ref", cells_named((left, header, right, bottom)))
        _forget(found)
    for found in list(root.iterchildren(main_tag("sortState"))):
        root.remove(found)
    package.save(part, tree)


def _forget(filtered: Any) -> None:
    """Take out what rows were chosen by: they are other rows now, and all of them show."""
    for chosen in list(filtered):
        filtered.remove(chosen)


def move_table_part(package: Package, part: str, growth: TableGrowth) -> None:
    """Let a table that lies below move with its cells."""
    tree = package.xml(part)
    changed = False
    for element in tree.getroot().iter():
        ref = element.get("ref") if isinstance(element.tag, str) else None
        if ref and bounds(ref)[1] > growth.last:
            element.set("ref", growth.cells(ref))
            changed = True
    if changed:
        package.save(part, tree)


# The order in which Excel works formulas out: it may only name cells that have one.


def update_calc_chain(
    package: Package, sheet: SheetPart, grid: SheetGrid, growth: TableGrowth
) -> None:
    """Let the chain follow the formulas of a sheet that moved, and forget those that are gone.

    A formula that the chain does not name is no harm: Excel adds it.
    """
    for part in related(package, workbook_part(package), "calcChain"):
        tree = package.xml(part)
        root = tree.getroot()
        there = {one.getparent().get("r") for one in grid.tree.getroot().iter(FORMULA)}
        for one, known in list(_with_sheets(root)):
            # The sheet's id may be left out where it is that of the one before.
            one.set("i", known)
            if known == sheet.id:
                one.set("r", _moved(one.get("r", "A1"), growth))
                if one.get("r") not in there:
                    root.remove(one)
        if len(root):
            package.save(part, tree)
        else:
            _drop(package, part)


def _with_sheets(root: Any) -> Iterator[tuple[Any, str]]:
    current = ""
    for one in root:
        current = one.get("i") or current
        yield one, current


def _moved(name: str, growth: TableGrowth) -> str:
    letters = name.rstrip("0123456789")
    return f"{letters}{growth.row(int(name[len(letters) :]))}"


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
    for name in tree.getroot().iter(main_tag("definedName")):
        new = name.text or ""
        for growth in growths:
            new = growth.formula(new, "")
        if new != (name.text or ""):
            name.text = new
            changed.append(name.get("name", ""))
    if calculates:
        _calculate(tree.getroot())
    if changed or calculates:
        package.save(part, tree)
    return changed


def _calculate(root: Any) -> None:
    """Ask for all formulas to be worked out when the file is opened: their cells have changed."""
    found = root.find(main_tag("calcPr"))
    if found is None:
        found = etree.Element(main_tag("calcPr"))
        places = [at for at, one in enumerate(root) if one.tag in _AFTER_CALCULATION]
        root.insert(places[0] if places else len(root), found)
    found.set("fullCalcOnLoad", "1")


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

_EMPTY = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'.encode()


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
    package.add(PROPERTIES, _with_mark(_EMPTY, tree, mark), _TYPE)
    return package.content(), (TYPES, RELATIONS, PROPERTIES)


def _with_mark(before: bytes, tree: Any, mark: str) -> bytes:
    root = tree.getroot()
    found = [one for one in root if one.get("name") == MARK]
    for one in found:
        root.remove(one)
    taken = [int(one.get("pid")) for one in root if (one.get("pid") or "").isdigit()]
    number = str(max([_FIRST - 1, *taken]) + 1)
    made = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_SET, pid=number, name=MARK)
    etree.SubElement(made, f"{{{_VALUES}}}lpwstr").text = mark
    return xml_bytes(tree, before if before is not _EMPTY else b"")
