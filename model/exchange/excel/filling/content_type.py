"""Whether a package is a workbook or a template file, and has macros or none."""

from model.exchange.excel.filling.package import Package

TYPES = "[Content_Types].xml"

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
