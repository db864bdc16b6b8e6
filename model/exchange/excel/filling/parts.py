"""Where things are in a workbook's package: its sheets, their tables, what they are related to."""

import posixpath
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.xml import REL, main
from model.exchange.files import ExportError


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part has to do with another: the kind is the last word of its type."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part, its place among all sheets from 0, and its id."""

    name: str
    part: str
    place: int
    id: str


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """What a part is related to inside the package; ``""`` asks of the package itself."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    if rels not in package:
        return ()
    found = []
    for one in package.xml(rels).getroot():
        if isinstance(one.tag, str) and one.get("TargetMode") != "External":
            target = unquote(one.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = one.get("Type", "").rpartition("/")[2]
            found.append(Relation(one.get("Id", ""), kind, posixpath.normpath(path)))
    return tuple(found)


def workbook_part(package: Package) -> str:
    """The part that lists the sheets. Raises `ExportError` where there is none."""
    found = [one.target for one in relations(package, "") if one.kind == "officeDocument"]
    if not found:
        raise ExportError(f"{package.name} is not an Excel workbook. Save it as .xlsx.")
    return found[0]


def related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    """The parts of a kind that a part is related to, as far as they are there."""
    return tuple(
        one.target for one in relations(package, part) if one.kind == kind and one.target in package
    )


def sheets(package: Package) -> tuple[SheetPart, ...]:
    """The worksheets in order; charts, dialogs and sheets of old macros are none."""
    book = workbook_part(package)
    known = {one.id: one for one in relations(package, book)}
    found = []
    for place, one in enumerate(package.xml(book).getroot().iter(main("sheet"))):
        relation = known.get(one.get(f"{{{REL}}}id", ""))
        if relation is not None and relation.kind == "worksheet" and relation.target in package:
            found.append(
                SheetPart(one.get("name", ""), relation.target, place, one.get("sheetId", ""))
            )
    return tuple(found)


def defined_names(package: Package) -> list[Any]:
    """The elements of the workbook's defined names."""
    return list(package.xml(workbook_part(package)).getroot().iter(main("definedName")))
