"""What filling must tell the workbook as a whole: names that cover a body, and to work out anew."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import workbook_part
from model.exchange.excel.filling.xml import main, written

_AFTER_CALCULATION = frozenset(
    map(
        main,
        (
            *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
            *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
        ),
    )
)
"""What stands behind ``calcPr`` in a workbook (ECMA-376, 18.2.27)."""


def update(package: Package, growths: Sequence[Growth], *, calculates: bool) -> list[str]:
    """Let defined names cover what they covered, and formulas be worked out at the next opening.

    Returns the names that changed.
    """
    part = workbook_part(package)
    tree = package.xml(part)
    changed = []
    for name in tree.getroot().iter(main("definedName")):
        new = name.text or ""
        for growth in growths:
            new = growth.formula(new, "")
        if new != (name.text or ""):
            name.text = new
            changed.append(name.get("name", ""))
    if calculates:
        _calculate(tree.getroot())
    if changed or calculates:
        package.replace(part, written(tree, package.read(part)))
    return changed


def _calculate(root: Any) -> None:
    """Ask for all formulas to be worked out when the file is opened: their cells have changed."""
    found = root.find(main("calcPr"))
    if found is None:
        found = etree.Element(main("calcPr"))
        places = [at for at, one in enumerate(root) if one.tag in _AFTER_CALCULATION]
        root.insert(places[0] if places else len(root), found)
    found.set("fullCalcOnLoad", "1")
