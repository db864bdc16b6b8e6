"""Whether a file is a workbook that can be filled, a template or one with macros; else a
sentence says what it is.
"""

from offwall.model.store import ExportError
from offwall.model.workbook.template.package import (
    LARGEST_FILE,
    MAIN,
    TYPES,
    Package,
    workbook_part,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an Excel file before 2007 begins, and one that is locked with a password."""

LOCKED = "EncryptedPackage".encode("utf-16-le")

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

OTHERS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
}


def open_template(content: bytes, name: str) -> Package:
    """The package of a workbook that can be filled.

    Raises:
        ExportError: it is something else, locked, signed, damaged or too large.
    """
    package = open_workbook(content, name)
    if package.is_strict:
        raise ExportError(
            f"{package.name} is a Strict Open XML workbook, which is read and never filled. "
            "Save it in Excel as the usual Excel Workbook (.xlsx)."
        )
    if any(part.startswith("_xmlsignatures/") for part in package.names):
        raise ExportError(
            f"{name} bears a digital signature, which filling would break. Give a copy without it."
        )
    return package


def open_workbook(content: bytes, name: str) -> Package:
    """The package of a workbook that can be read.

    Raises:
        ExportError: it is something else, locked, damaged or too large.
    """
    if len(content) > LARGEST_FILE:
        raise ExportError(
            f"{name} is larger than {LARGEST_FILE // 2**20} MB. Take out what is not needed."
        )
    _check_start(content, name)
    package = Package(content, name)
    for part, what in OTHERS.items():
        if part in package:
            raise ExportError(f"{name} is {what}. Save it as an Excel workbook (.xlsx).")
    _check_root(package)
    return package


def _check_start(content: bytes, name: str) -> None:
    if content.startswith(OLE):
        if LOCKED in content:
            raise ExportError(
                f"{name} is locked with a password. Save a copy without one in Excel."
            )
        raise ExportError(f"{name} is in Excel's format before 2007 (.xls). Save it as .xlsx.")
    if not content.startswith(b"PK"):
        empty = "empty" if not content else "not an Excel workbook"
        raise ExportError(f"{name} is {empty}. Give a workbook that ends in .xlsx.")


def _check_root(package: Package) -> None:
    tag = package.xml(workbook_part(package)).getroot().tag
    if tag == f"{{{STRICT}}}workbook":
        package.is_strict = True
    elif tag != f"{{{MAIN}}}workbook":
        raise ExportError(f"{package.name} is not an Excel workbook. Save it as .xlsx.")


# Whether a package is a workbook or a template file, and has macros or none.

PLAIN, MACROS = ".xlsx", ".xlsm"

TEMPLATES = (
    (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ),
    (
        b"application/vnd.ms-excel.template.macroEnabled.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ),
)
"""What Excel's template files (.xltx, .xltm) are, and what a workbook made from each is."""


def make_workbook(package: Package) -> None:
    """Let a template file be a workbook: Excel opens no .xlsx that says that it is a template."""
    types = package.read(TYPES)
    for template, workbook in TEMPLATES:
        types = types.replace(template, workbook)
    package.replace(TYPES, types)


def suffix_of(package: Package) -> str:
    """How the workbook's name must end, so that Excel opens it."""
    return MACROS if b"macroEnabled.main+xml" in package.read(TYPES) else PLAIN
