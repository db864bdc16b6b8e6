"""The part that describes an Excel table: where it lies, and its filter."""

from typing import Any

from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.look import bounds
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.xml import main, written


def resize(package: Package, part: str, growth: Growth, header: int, totals: int) -> None:
    """Let the table that was filled end with its body, and its totals under it."""
    tree = package.xml(part)
    root = tree.getroot()
    # Excel's mark of a table that has no row yet.
    root.attrib.pop("insertRow", None)
    bottom = growth.new_last
    left, _, right, _ = bounds(root.get("ref", "A1"))
    root.set("ref", _cells(left, header, right, bottom + totals))
    for found in root.iterchildren(main("autoFilter")):
        found.set("ref", _cells(left, header, right, bottom))
        _forget(found)
    for found in list(root.iterchildren(main("sortState"))):
        root.remove(found)
    _save(package, part, tree)


def _cells(left: int, top: int, right: int, bottom: int) -> str:
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _forget(filtered: Any) -> None:
    """Take out what rows were chosen by: they are other rows now, and all of them show."""
    for chosen in list(filtered):
        filtered.remove(chosen)


def follow(package: Package, part: str, growth: Growth) -> None:
    """Let a table that lies below move with its cells."""
    tree = package.xml(part)
    changed = False
    for element in tree.getroot().iter():
        ref = element.get("ref") if isinstance(element.tag, str) else None
        if ref and bounds(ref)[1] > growth.last:
            element.set("ref", growth.cells(ref))
            changed = True
    if changed:
        _save(package, part, tree)


def _save(package: Package, part: str, tree: Any) -> None:
    package.replace(part, written(tree, package.read(part)))
