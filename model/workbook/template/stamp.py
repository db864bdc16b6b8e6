"""Put our mark into a workbook's properties, and change nothing else of it.

The mark says which snapshot the workbook is compared with when it comes back. A workbook may have
properties of its own, a sensitivity label among them: they stay as they are.
"""

from typing import Any

from lxml import etree

from offwall.model.workbook.template.package import TYPES, Package, relate, related, xml_bytes
from offwall.model.workbook.write.export import MARK

PART, RELATIONS = "docProps/custom.xml", "_rels/.rels"

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
    relate(package, "", _KIND, PART)
    package.add(PART, _with_mark(_EMPTY, tree, mark), _TYPE)
    return package.content(), (TYPES, RELATIONS, PART)


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
