"""A second sheet like a council's own, with all that hangs on it: the one that is filled.

Tables, drawings, charts and comments are copied, pictures shared; a pivot table stays where it is.
"""

import posixpath
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lxml import etree

from offwall.model.store import ExportError
from offwall.model.workbook.template.package import (
    REL,
    TYPES,
    Package,
    SheetPart,
    defined_names,
    main_tag,
    relate,
    relations,
    rels_of,
    sheets,
    workbook_part,
    xml_bytes,
)

LONGEST_NAME = 31
"""Characters of a sheet's name at most."""

FILLED = " (filled)"
"""What the name of a copy ends with."""

COPIED = frozenset({"table", "drawing", "comments", "vmlDrawing", "threadedComment", "chart"})
"""Parts that belong to one sheet alone."""

SHARED = frozenset({"image", "printerSettings", "chartStyle", "chartColorStyle", "hyperlink"})
"""Parts that two sheets may have together."""

FORMULAS = (
    *("{*}f", "{*}formula", "{*}formula1", "{*}formula2"),
    *("{*}calculatedColumnFormula", "{*}totalsRowFormula"),
)
"""The elements that hold a formula, in whatever namespace."""


def copied_name(name: str) -> str:
    """What the filled copy of a sheet is called."""
    return f"{name[: LONGEST_NAME - len(FILLED)]}{FILLED}"


@dataclass
class _Copy:
    """A copy while it is made: the sheet's two names, and what its tables are called in it."""

    package: Package
    sheet: SheetPart
    name: str
    tables: dict[str, str] = field(default_factory=dict)

    def reword(self, tree: Any) -> Any:
        """Let the formulas of a copied part speak of the copy."""
        for one in tree.iter(*FORMULAS):
            if one.text:
                one.text = self.text(one.text)
        return tree

    def text(self, formula: str) -> str:
        """A formula of the sheet, with its own cells and tables in place of the other's."""
        for old in (_quoted(self.sheet.name), self.sheet.name):
            formula = re.sub(
                rf"(?<![\w'\]]){re.escape(old)}!", lambda _: f"{_quoted(self.name)}!", formula
            )
        for table, new in self.tables.items():
            formula = re.sub(rf"\b{re.escape(table)}(?=\[)", new, formula)
        return formula


def copy_sheet(package: Package, sheet: SheetPart) -> tuple[str, dict[str, str]]:
    """Put a copy of a sheet behind the others: its name, and its tables' new names by the old.

    Raises:
        ExportError: it has buttons or other things that no sheet shares, or was copied before.
    """
    copy = _Copy(package, sheet, copied_name(sheet.name))
    if any(one.name.casefold() == copy.name.casefold() for one in sheets(package)):
        raise ExportError(
            f"{package.name} has a sheet {copy.name} already. Take it out, or give it another name."
        )
    part = _copied(copy, sheet.part)
    tree = package.xml(part)
    # It is not chosen together with the other, and no macro knows it.
    for tag, key in (("sheetView", "tabSelected"), ("sheetPr", "codeName")):
        for one in tree.iter(main_tag(tag)):
            one.attrib.pop(key, None)
    package.save(part, copy.reword(tree))
    book = workbook_part(package)
    target = posixpath.relpath(part, posixpath.dirname(book))
    _list(copy, relate(package, book, f"{REL}/worksheet", target))
    return copy.name, copy.tables


def _copied(copy: _Copy, part: str) -> str:
    """Copy a part and what belongs to it alone; the new one's name."""
    package = copy.package
    stem, dot, suffix = part.rpartition(".")
    names = (f"{stem.rstrip('0123456789')}{number}{dot}{suffix}" for number in count(2))
    new = next(name for name in names if name not in package)
    # The type of its content is empty where its suffix says it.
    types = {one.get("PartName"): one.get("ContentType") for one in package.xml(TYPES).getroot()}
    package.add(new, package.read(part), types.get(f"/{part}") or "")
    if rels_of(part) not in package:
        return new
    tree = package.xml(rels_of(part))
    known = {one.id: one for one in relations(package, part)}
    for one in list(tree.getroot()):
        relation = known.get(one.get("Id", ""))
        if relation is None or relation.kind in SHARED:
            continue
        if relation.kind == "pivotTable":
            tree.getroot().remove(one)
        elif relation.kind not in COPIED:
            raise ExportError(
                f"{package.name}, sheet {copy.sheet.name}: its {relation.kind} cannot be copied. "
                "Copy the sheet in Excel, and fill that: --sheet."
            )
        else:
            target = _copied(copy, relation.target)
            one.set("Target", posixpath.relpath(target, posixpath.dirname(part)))
            if relation.kind == "table":
                _table(copy, target)
            elif relation.kind == "chart":
                package.save(target, copy.reword(package.xml(target)))
    package.add(rels_of(new), xml_bytes(tree, package.read(rels_of(part))))
    return new


def _table(copy: _Copy, part: str) -> None:
    """Give a copied table a number and a name that no other has."""
    package, tree = copy.package, copy.package.xml(part)
    others = [
        package.xml(name).getroot()
        for name in package.names
        if name != part and re.fullmatch(r"xl/tables/[^/]+\.xml", name, re.IGNORECASE)
    ]
    taken = {one.get("displayName", "").casefold() for one in others}
    taken |= {one.get("name", "").casefold() for one in defined_names(package)}
    root = tree.getroot()
    old = root.get("displayName", "")
    names = (f"{old}_{number}" for number in count(2))
    copy.tables[old] = new = next(name for name in names if name.casefold() not in taken)
    for key in ("name", "displayName"):
        root.set(key, new)
    root.set("id", str(max(int(one.get("id", "0")) for one in (root, *others)) + 1))
    package.save(part, copy.reword(tree))


def _list(copy: _Copy, relation: str) -> None:
    """Name the copy in the workbook, with the names that are the sheet's own: print areas."""
    package = copy.package
    book = workbook_part(package)
    tree = package.xml(book)
    held = tree.getroot().find(main_tag("sheets"))
    number = max(int(one.get("sheetId", "0")) for one in held) + 1
    made = etree.SubElement(held, main_tag("sheet"), name=copy.name, sheetId=str(number))
    made.set(f"{{{REL}}}id", relation)
    for one in list(tree.getroot().iter(main_tag("definedName"))):
        if one.get("localSheetId") == str(copy.sheet.place):
            new = etree.SubElement(one.getparent(), one.tag, dict(one.attrib))
            new.set("localSheetId", str(len(held) - 1))
            new.text = copy.text(one.text or "")
    package.save(book, tree)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
