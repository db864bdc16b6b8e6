"""What a workbook's properties say: who saved it last, and what it was exported from."""

from typing import Any

from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import related
from model.exchange.excel.reading.workbook import MARK

CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"


def saved_by(package: Package) -> str:
    """Who saved it last; empty where it does not say."""
    for part in related(package, "", "core-properties"):
        found = package.xml(part).getroot().find(f"{CORE}lastModifiedBy")
        return " ".join((found.text or "").split()) if found is not None else ""
    return ""


def mark_of(package: Package) -> str:
    """Our own property, which names the snapshot of what was exported; empty for none."""
    for part in related(package, "", "custom-properties"):
        for one in package.xml(part).getroot().iter(f"{CUSTOM}property"):
            if one.get("name") == MARK:
                return _said(one)
    return ""


def _said(element: Any) -> str:
    return "".join(element.itertext()).strip()
