"""The order in which Excel works formulas out: it may only name cells that have one."""

import posixpath
from collections.abc import Iterator
from typing import Any

from model.exchange.excel.filling.grid import Grid
from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.look import FORMULA
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import SheetPart, related, workbook_part
from model.exchange.excel.filling.xml import written


def follow(package: Package, sheet: SheetPart, grid: Grid, growth: Growth) -> None:
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
            package.replace(part, written(tree, package.read(part)))
        else:
            _drop(package, part)


def _with_sheets(root: Any) -> Iterator[tuple[Any, str]]:
    current = ""
    for one in root:
        current = one.get("i") or current
        yield one, current


def _moved(name: str, growth: Growth) -> str:
    letters = name.rstrip("0123456789")
    return f"{letters}{growth.row(int(name[len(letters) :]))}"


def _drop(package: Package, part: str) -> None:
    """Take the part out, and what speaks of it: a chain without a cell is none."""
    book = workbook_part(package)
    folder, file = posixpath.split(book)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    for holder, key in ((rels, "Target"), ("[Content_Types].xml", "PartName")):
        tree = package.xml(holder)
        for one in list(tree.getroot()):
            if one.get(key, "").endswith(posixpath.basename(part)):
                tree.getroot().remove(one)
        package.replace(holder, written(tree, package.read(holder)))
    package.remove(part)
