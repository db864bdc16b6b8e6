"""Charts, plans and logs as councils have them, as workbooks; and the session that one starts."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import Workbook

from offwall.model.records import Session
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.proposals import accept_proposals
from offwall.model.workbook.read.edited_copy import copy_from, read_workbook
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice

TODAY = dt.date(2026, 11, 29)

HEAD = ("Activity", "Contract Manager", "Finance", "Legal")
ROWS = (
    ("Check cover", "R", "C", "A"),
    ("Chase premium", "R", "A", "I"),
    ("File papers", "R", "C", "I"),
)
TEXTS = ["Check cover", "Chase premium", "File papers"]

Rows = Sequence[Sequence[Any]]


def book_of(rows: Rows, title: str = "RACI", merges: Sequence[str] = ()) -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merges:
        sheet.merge_cells(cells)
    return book


def bytes_of(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


class Started:
    """The session that a workbook starts, what was told, and people by name."""

    def __init__(self, folder: Path, book: Workbook, how: str = "xlsx", *columns: str) -> None:
        path = folder / f"theirs.{how}"
        path.write_bytes(as_ods(book) if how == "ods" else bytes_of(book))
        choice = MappingChoice(columns) if columns else AS_IT_IS
        copy = copy_from(path.name, read_workbook(path), None, lambda mark: None, choice)
        found = propose_changes([copy], Session(), today=TODAY, seed="s")
        ids = [one.id for one in found.found if one.unasked]
        self.session = accept_proposals(Session(), found, ids, {})
        self.told, self.mapping = "\n".join(found.told), "\n".join(found.mapping)
        self._names = {role.code: role.name for role in self.session.roles}

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.session.activities]

    @property
    def roles(self) -> list[str]:
        return [one.name for one in self.session.roles]

    @property
    def stages(self) -> list[str]:
        return [one.name for one in self.session.stages]

    def who(self, text: str, field: str, nth: int = 0) -> str | list[str]:
        """Who leads the nth activity of a text, or is something else to it, by name."""
        one = [each for each in self.session.activities if each.text == text][nth]
        said = getattr(one, field)
        if isinstance(said, tuple):
            return [self._names.get(code, code) for code in said]
        return self._names.get(said, said)


def as_ods(book: Workbook) -> bytes:
    """The values of a workbook as an OpenDocument spreadsheet; its looks are lost."""
    tables = "".join(
        f'<table:table table:name="{escape(sheet.title)}">{_rows(sheet)}</table:table>'
        for sheet in book.worksheets
    )
    names = {
        "office": "office",
        "table": "table",
        "text": "text",
    }
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{said}:1.0"'
        for key, said in names.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    held = BytesIO()
    with ZipFile(held, "w") as out:
        out.writestr("mimetype", kind)
        out.writestr("content.xml", content)
        out.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def _rows(sheet: Any) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"
        for row in sheet.iter_rows(values_only=True)
    )


def _cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )
