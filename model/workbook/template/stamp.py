"""Put our mark into a workbook's properties, and change nothing else of it.

The mark says which snapshot the workbook is compared with when it comes back. A workbook may have
properties of its own, a sensitivity label among them: they stay as they are.
"""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from offwall.model.workbook.template.package import Package, related, xml_bytes
from offwall.model.workbook.write import MARK

PART, RELATIONS, TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that every property belongs to which is nobody's in particular (ECMA-376, 22.3.2.2)."""

_FIRST = 2
"""The number of the first property (the same place)."""

_EMPTY = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'.encode()

_DATE = (1980, 1, 1, 0, 0, 0)
"""A part that is new bears the day on which a zip begins to count: no clock reaches the file."""


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
    _relate(package)
    _declare(package)
    held = BytesIO(package.content())
    entry = ZipInfo(PART, _DATE)
    entry.compress_type = ZIP_DEFLATED
    with ZipFile(held, "a") as out:
        out.writestr(entry, _with_mark(_EMPTY, etree.ElementTree(etree.fromstring(_EMPTY)), mark))
    return held.getvalue(), (TYPES, RELATIONS, PART)


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


def _relate(package: Package) -> None:
    tree = package.xml(RELATIONS)
    root = tree.getroot()
    taken = {one.get("Id") for one in root}
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    tag = f"{{{_PACKAGE}/relationships}}Relationship"
    etree.SubElement(root, tag, Id=f"rId{number}", Type=_KIND, Target=PART)
    package.replace(RELATIONS, xml_bytes(tree, package.read(RELATIONS)))


def _declare(package: Package) -> None:
    tree = package.xml(TYPES)
    tag = f"{{{_PACKAGE}/content-types}}Override"
    etree.SubElement(tree.getroot(), tag, PartName=f"/{PART}", ContentType=_TYPE)
    package.replace(TYPES, xml_bytes(tree, package.read(TYPES)))
