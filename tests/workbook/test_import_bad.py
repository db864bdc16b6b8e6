"""Workbooks that are no good: each gets a sentence, costs little, and changes nothing."""

import datetime as dt
import os
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from offwall.model.records.session import Action, Activity, Role, Session, Stage
from offwall.model.store.files import ExportError
from offwall.model.tables.read_back import UnreadableCell
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.copied_rows import EditedCopy
from offwall.model.workbook.read import ods as ods_reading
from offwall.model.workbook.read import workbook as limits
from offwall.model.workbook.read import xlsx as xlsx_reading
from offwall.model.workbook.read.edited_copy import copy_from, read_workbook
from offwall.model.workbook.template.fill import fill_template
from tests.workbook.templates import parts_of, without, zipped

SESSION = Session(
    stages=(Stage("S1", "Plan"),),
    roles=(Role("fin", "Finance"),),
    activities=(Activity("a-1", "S1", "Write the plan", "fin"), Activity("a-2", "S1", "Agree it")),
    actions=(Action("n-1", "Make a form", due=dt.date(2027, 1, 29)),),
)

TODAY = dt.date(2026, 12, 10)
ROWS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + b"<row/>" * 9
    + b"</sheetData></worksheet>"
)
HEADERS = ["Stage", "Activity", "Lead", "Documents", "Note", "ID"]
SHEET = "xl/worksheets/sheet1.xml"

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""

LAUGHING = (
    LAUGHS
    + b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>"""
)


def workbook(edit: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """A small workbook with a table of activities."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        HEADERS,
        ["Plan", "Write the plan", "Finance", None, None, "a-1"],
        ["Plan", "Agree it", None, None, None, "a-2"],
    ):
        sheet.append(row)
    edit(book)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def ods(table: str, *, before: str = "", manifest: str = "<manifest/>") -> bytes:
    """A small OpenDocument spreadsheet around a table's XML."""
    names = {
        "office": "office",
        "table": "table",
        "text": "text",
        "meta": "meta",
    }
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in names.items()
    )
    content = (
        f"<?xml version='1.0'?>{before}<office:document-content {spaces} "
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Day 1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        out.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def row(*cells: str, more: str = "") -> str:
    said = "".join(
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row {more}>{said}</table:table-row>"


def came(
    content: bytes, folder: Path, name: str = "a.xlsx", now: Session | None = SESSION
) -> EditedCopy:
    path = folder / name
    path.write_bytes(content)
    return copy_from(path.name, read_workbook(path), now, lambda mark: None)


def refused(content: bytes, folder: Path, name: str = "bad [red].xlsx") -> str:
    with pytest.raises(ExportError) as found:
        came(content, folder, name)
    said = str(found.value)
    assert said.endswith(".")
    assert "Error" not in said
    assert name in said
    return said


def bomb(size: int) -> bytes:
    """A workbook whose sheet unpacks to that many bytes, told as they are."""
    parts = parts_of(workbook())
    return zipped({**parts, SHEET: b"<a>" + b" " * size})


def lying(size: int) -> bytes:
    """A workbook whose sheet unpacks to more than the zip says."""
    content = bytearray(bomb(size))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.find(mark)
        while place >= 0:
            length = content[place + (28 if at == 24 else 26)]
            start = place + (46 if at == 24 else 30)
            if bytes(content[start : start + length]) == SHEET.encode():
                content[place + at : place + at + 4] = struct.pack("<I", 500)
            place = content.find(mark, place + 4)
    return bytes(content)


def _nothing_of_ours() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Price"])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"Stage,Activity\nPlan,Write\n", "not an Excel workbook"),
    "half a zip": (lambda: workbook()[:2_000], "is damaged"),
    "before 2007": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "(.xls)"),
    "locked": (
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "EncryptedPackage".encode("utf-16-le")
        ),
        "locked with a password",
    ),
    "a document": (lambda: zipped({"word/document.xml": b"<w/>"}), "a Word document"),
    "no workbook": (lambda: zipped({"hello.txt": b"hello"}), "not an Excel workbook"),
    "a bomb": (lambda: bomb(101 * 2**20), "is too large"),
    "a bomb that lies": (lambda: lying(2**20), "is damaged"),
    "entities": (
        lambda: without(workbook(), instead=[(SHEET, LAUGHING)]),
        "document type",
    ),
    "entities of the workbook": (
        lambda: without(
            workbook(), instead=[("xl/workbook.xml", LAUGHS + b"<workbook>&c;</workbook>")]
        ),
        "document type",
    ),
    "a broken sheet": (
        lambda: without(workbook(), instead=[(SHEET, b"<worksheet><sheetData>")]),
        "not well-formed",
    ),
    "nothing of ours": (_nothing_of_ours, "no table for activities"),
    "ods with entities": (
        lambda: ods("", before='<!DOCTYPE x [<!ENTITY a "ha">]>'),
        "document type",
    ),
    "ods that is locked": (
        lambda: ods("", manifest="<manifest><encryption-data/></manifest>"),
        "locked with a password",
    ),
    "ods that unfolds": (
        lambda: ods(
            row(
                '<table:table-cell office:value-type="string" '
                'table:number-columns-repeated="1900"><text:p>x</text:p></table:table-cell>',
                more='table:number-rows-repeated="99999"',
            )
        ),
        "filled cells",
    ),
    "ods that is too long": (
        lambda: ods(row("x", more='table:number-rows-repeated="1048576"')),
        "100,000 rows",
    ),
    "ods that is too wide": (
        lambda: ods(
            row(
                '<table:table-cell table:number-columns-repeated="16000"/>',
                "x",
            )
        ),
        "2,000 columns",
    ),
    "ods of one long run of spaces": (
        lambda: ods(
            row(
                '<table:table-cell office:value-type="string">'
                '<text:p><text:s text:c="999999999"/></text:p></table:table-cell>',
            )
        ),
        "letters and spaces",
    ),
    "ods of runs of spaces beyond counting": (
        lambda: ods(
            row(
                '<table:table-cell office:value-type="string">'
                '<text:p>a<text:span><text:s text:c="99999999999"/></text:span></text:p>'
                "</table:table-cell>",
            )
        ),
        "letters and spaces",
    ),
    "ods of a text repeated": (
        lambda: ods(
            row(
                '<table:table-cell office:value-type="string" '
                f'table:number-columns-repeated="100"><text:p>{"x" * 1000}</text:p>'
                "</table:table-cell>",
                more='table:number-rows-repeated="999"',
            )
        ),
        "letters and spaces",
    ),
    "ods that is broken": (lambda: ods("<table:table-row>"), "not well-formed"),
}


SLOW = {"a bomb": pytest.mark.slow}
"""What takes a while to make; it is refused at once."""


@pytest.mark.parametrize("kind", [pytest.param(one, marks=SLOW.get(one, ())) for one in BAD])
def test_a_bad_workbook_gets_a_sentence(kind: str, tmp_path: Path) -> None:
    make, words = BAD[kind]
    assert words in refused(make(), tmp_path)


def test_what_is_no_file_gets_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "not there.xlsx", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(ExportError):
            read_workbook(path)
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(workbook())
    locked.chmod(0)
    if os.geteuid():
        with pytest.raises(ExportError, match="could not be read"):
            read_workbook(locked)


def test_more_cells_than_people_write_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 12)
    assert "more than 12 filled cells" in refused(workbook(), tmp_path)
    monkeypatch.setattr(limits, "MOST_CELLS", 15)
    came(workbook(), tmp_path)


def test_more_rows_than_a_sheet_can_have_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_reading, "MOST_ROWS", 2)
    content = without(workbook(), instead=[(SHEET, ROWS)])
    assert "has more rows than Excel knows" in refused(content, tmp_path)


def test_more_rows_and_letters_than_a_session_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_reading, "MOST_FILLED", 2)
    assert "fills more than 2 rows" in refused(workbook(), tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MOST_LETTERS", 40)
    assert "letters and spaces in its cells" in refused(workbook(), tmp_path)
    with pytest.raises(ExportError, match="more than 40 letters"):
        fill_template(workbook(), Session(), "theirs.xlsx")


@pytest.mark.slow
def test_every_part_may_be_broken_and_nothing_falls_over(tmp_path: Path) -> None:
    """Each part cut short, emptied, or another's: it reads, or it is refused in a sentence."""

    def with_table(book: Workbook) -> None:
        book.worksheets[0].add_table(Table(displayName="Activities", ref="A1:F3"))

    whole = workbook(with_table)
    parts = parts_of(whole)
    for name, content in parts.items():
        for other in (b"", content[: len(content) // 2], b"<a/>", parts["docProps/core.xml"]):
            broken = without(whole, instead=[(name, other)])
            with suppress(ExportError):
                came(broken, tmp_path)


@pytest.mark.slow
def test_a_workbook_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = workbook()
    for end in range(0, len(whole), 7):
        assert refused(whole[:end], tmp_path)


def test_cells_that_hold_no_value_are_told_and_left_alone(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["C2"] = "#REF!"
        sheet["C2"].data_type = "e"
        sheet["E3"] = "=NEVER(1)"

    copied = came(workbook(edit), tmp_path)
    assert copied.tables[0].rows[0].cells["lead"] == UnreadableCell("is an error (#REF!)")
    found = propose_changes([copied], SESSION, today=TODAY, seed="s")
    assert found.found == ()
    said = [one for one in found.told if "left alone" in one]
    assert [one.partition(": ")[2] for one in said] == [
        "Sheet, row 2: lead is an error (#REF!); it was left alone.",
        "Sheet, row 3: note is a formula that was not worked out; it was left alone.",
    ]


def test_text_that_looks_like_an_error_or_a_formula_is_text(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        for cell, said in (("E2", "#REF!"), ("E3", "=1+1")):
            book.worksheets[0][cell] = said
            book.worksheets[0][cell].data_type = "s"

    found = propose_changes([came(workbook(edit), tmp_path)], SESSION, today=TODAY, seed="s")
    assert [one.says for one in found.found] == ["note: “#REF!”", "note: “=1+1”"]


def test_hidden_and_filtered_rows_are_read_like_others(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.auto_filter.ref = "A1:F3"
        sheet.auto_filter.add_filter_column(1, ["Agree it"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["F"].hidden = True
        sheet["E2"] = "hidden"

    found = propose_changes([came(workbook(edit), tmp_path)], SESSION, today=TODAY, seed="s")
    assert [(one.key, one.says) for one in found.found] == [("a-1", "note: “hidden”")]
    told = "\n".join(found.told)
    assert "row 2 is hidden and was read" in told
    assert "column F is hidden and was read" in told
    assert "a filter is set; the rows that it hides were read too" in told


def test_merged_cells_say_the_same_all_the_way_down(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(["Close", "Close it", "Finance", "Form A", None, None])
        sheet.append([None, None, None, "Form B", None, None])
        sheet.append([None, "Archive it", None, None, None, None])
        sheet.merge_cells("A4:A6")
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("A8:F40")

    content = workbook(edit)
    endless = parts_of(content)[SHEET].replace(b"A8:F40", b"A8:XFD1048576")
    copied = came(without(content, instead=[(SHEET, endless)]), tmp_path)
    stages = [row.cells.get("stage") for row in copied.tables[0].rows]
    assert stages == ["Plan", "Plan", "Close", "Close"]
    assert "goes on with the row above" in copied.said[-1]


def test_dates_are_dates_however_they_are_kept(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Action", "Owner", "Target date", "ID"])
    sheet.append(["Make a form", None, dt.date(2027, 3, 1), "n-1"])
    for epoch in (dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)):  # noqa: DTZ001
        book.epoch = epoch
        held = BytesIO()
        book.save(held)
        copied = came(held.getvalue(), tmp_path)
        assert copied.tables[0].rows[0].cells["due"] == dt.date(2027, 3, 1)


def test_an_open_document_tells_errors_comments_and_merges(tmp_path: Path) -> None:
    annotated = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
        "<office:annotation><dc:creator>Bob</dc:creator><text:p>Why?</text:p></office:annotation>"
        "<text:p>Plan</text:p></table:table-cell>"
    )
    error = (
        '<table:table-cell table:formula="of:=[.A0]" office:value-type="string" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    )
    table = (
        row("Stage", "Activity", "Lead", "Documents")
        + row(annotated, "Write the plan", error, "Form A")
        + row("<table:covered-table-cell/>", "Agree it", "Finance", "Form B")
    )
    copied = came(ods(table), tmp_path, "a.ods")
    first, second = copied.tables[0].rows
    assert first.cells["stage"] == second.cells["stage"] == "Plan"
    assert first.cells["lead"] == UnreadableCell("is an error (#REF!)")
    assert second.cells["lead"] == "Finance"
    assert [(one.row, one.by, one.text) for one in copied.comments] == [(2, "Bob", "Why?")]
    assert ods_reading.MOST_ROWS == 100_000


def test_threads_and_notes_that_stand_for_them(tmp_path: Path) -> None:
    """A thread is told once, by its own author; the note for older programs is not told again."""
    threads = b"""<?xml version="1.0"?><ThreadedComments
        xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
        <threadedComment ref="B2" dT="2026-12-10T09:00:00Z" personId="{1}" id="{A}">
        <text>Who says?</text></threadedComment>
        <threadedComment ref="B2" personId="{2}" id="{B}" parentId="{A}"><text>I do</text>
        </threadedComment></ThreadedComments>"""
    people = b"""<?xml version="1.0"?><personList
        xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
        <person displayName="Ann" id="{1}"/><person displayName="Bob" id="{2}"/></personList>"""

    def edit(book: Workbook) -> None:
        from openpyxl.comments import Comment

        sheet = book.worksheets[0]
        sheet["B2"].comment = Comment("[Threaded comment]\n\nComment:\n    Who says?", "tc={A}")
        sheet["B3"].comment = Comment("[Threaded comment]\n\nComment:\n    Lost thread", "tc={C}")

    content = workbook(edit)
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    book_rels = "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.microsoft.com/office/2017/10/relationships/"
    parts = parts_of(content)
    more = {
        rels: b'<Relationship Id="rIdT" Type="' + kind + b'threadedComment" '
        b'Target="../threadedComments/threadedComment1.xml"/>',
        book_rels: b'<Relationship Id="rIdP" Type="' + kind + b'person" '
        b'Target="persons/person.xml"/>',
    }
    for name, said in more.items():
        parts[name] = parts[name].replace(b"</Relationships>", said + b"</Relationships>")
    parts |= {
        "xl/threadedComments/threadedComment1.xml": threads,
        "xl/persons/person.xml": people,
    }
    copied = came(zipped(parts), tmp_path)
    assert [(one.cell, one.by, one.text) for one in copied.comments] == [
        ("B2", "Ann", "Who says?"),
        ("B2", "Bob", "I do"),
        ("B3", "", "Lost thread"),
    ]
