"""A council's workbook filled: what changes, what must not, and that every reader opens it."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table as ExcelTable
from python_calamine import CalamineWorkbook

from offwall.model.records.fields import Table
from offwall.model.records.session import Activity, Role, Session, Stage
from offwall.model.store.files import ExportError
from offwall.model.tables.sheet import OWN_COLUMNS
from offwall.model.workbook.template.fill import FillResult, fill_template
from offwall.model.workbook.template.report import describe_changes_to_table
from tests.built_workbooks import session_named
from tests.workbook.templates import (
    as_excel_saves_it,
    by_openpyxl,
    by_xlsxwriter,
    parts_of,
    without,
)

# openpyxl says so of what Excel 2010 added; that it is still there is seen in the parts.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

MAKERS: dict[str, Callable[[], bytes]] = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": lambda: as_excel_saves_it(by_xlsxwriter()),
}


@cache
def filled(maker: str) -> tuple[bytes, FillResult]:
    content = MAKERS[maker]()
    return content, fill_template(content, session_named("contract-management"), "theirs.xlsx")


def sheet_of(content: bytes, name: str) -> Any:
    return load_workbook(BytesIO(content))[name]


MAY_CHANGE = {
    "openpyxl": {
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
        *("xl/tables/table1.xml", "xl/workbook.xml"),
    },
    "xlsxwriter": {
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/tables/table1.xml"),
    },
}


@pytest.mark.parametrize("maker", MAKERS)
def test_only_the_intended_parts_change_and_the_rest_is_the_same_bytes(maker: str) -> None:
    before, done = filled(maker)
    old, new = parts_of(before), parts_of(done.content)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == MAY_CHANGE[maker]
    assert set(done.parts) == MAY_CHANGE[maker]
    one, other = ZipFile(BytesIO(before)), ZipFile(BytesIO(done.content))
    assert other.testzip() is None
    for name in old:
        mine, theirs = one.getinfo(name), other.getinfo(name)
        assert mine.date_time == theirs.date_time
        if name not in MAY_CHANGE[maker]:
            assert packed(before, mine) == packed(done.content, theirs)


def packed(content: bytes, entry: Any) -> bytes:
    """An entry as it lies in the file: header, name and packed bytes."""
    length = 30 + len(entry.filename.encode()) + entry.compress_size
    return content[entry.header_offset : entry.header_offset + length]


@pytest.mark.parametrize("maker", MAKERS)
def test_a_changed_sheet_keeps_every_element_that_is_not_a_cell(maker: str) -> None:
    before, done = filled(maker)
    for name in MAY_CHANGE[maker]:
        old, new = (parts_of(one)[name].decode() for one in (before, done.content))
        assert new.rpartition("?>")[0] == old.rpartition("?>")[0]
        assert outside(new) == outside(old), name


def outside(part: str) -> list[str]:
    """The elements besides the cells, without what says where."""
    text = re.sub(r"<sheetData>.*</sheetData>|<sheetData/>", "<sheetData/>", part, flags=re.DOTALL)
    text = re.sub(r'\s(?:sqref|ref|fullCalcOnLoad|xmlns[:\w]*)="[^"]*"', "", text)
    text = re.sub(r"(sqref>|<definedName[^>]*>)[^<]*", r"\1", text)
    return [" ".join(sorted(one.rstrip("/").split())) for one in re.findall(r"<([^?>]+)>", text)]


@pytest.mark.parametrize("maker", MAKERS)
def test_every_activity_is_there_for_both_readers(maker: str) -> None:
    session, (_, done) = session_named("contract-management"), filled(maker)
    name = next(one.found.sheet for one in done.tables if one.found.kind == "activities")
    book = CalamineWorkbook.from_filelike(BytesIO(done.content))
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    found = done.tables[0].found
    body = rows[found.first - 1 : found.first - 1 + len(session.activities)]
    assert [row[2] for row in body] == [one.text for one in session.in_order]
    assert [row[10] for row in body] == [one.id for one in session.in_order]
    sheet = sheet_of(done.content, name)
    assert [sheet.cell(found.first, place).value for place in (1, 8, 9)] == ["S1.01", "R", "A"]


def test_rules_tables_names_and_the_dimension_cover_the_new_rows() -> None:
    _, done = filled("openpyxl")
    book = load_workbook(BytesIO(done.content))
    sheet = book["Our process"]
    table = sheet.tables["tblProcess"]
    assert (table.ref, table.autoFilter.ref) == ("A4:K53", "A4:K52")
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["H5:J52"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["H5:J52"]
    assert book.defined_names["ProcessRows"].attr_text == "'Our process'!$A$5:$K$52"
    assert sheet.print_area == "'Our process'!$A$1:$K$52"
    assert b'<dimension ref="A1:K55"/>' in parts_of(done.content)["xl/worksheets/sheet1.xml"]


def test_rules_of_newer_excels_cover_them_too() -> None:
    _, done = filled("xlsxwriter")
    part = parts_of(done.content)["xl/worksheets/sheet1.xml"].decode()
    covered = re.findall(r"<xm:sqref>([^<]*)", part)
    assert covered == ["D7:D54", "A7:A54", "P7"]
    assert "<xm:f>Lists!$A$1:$A$4</xm:f>" in part


def test_totals_and_the_text_below_move_down_and_what_is_above_stays() -> None:
    sheet = sheet_of(filled("openpyxl")[1].content, "Our process")
    assert sheet["A1"].value == "Sampleshire: the process"
    assert (sheet["A53"].value, sheet["G53"].value) == ("Total", "=SUBTOTAL(109,tblProcess[Words])")
    assert sheet["A55"].value == "Signed off by the director"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A55:D55"]
    assert sheet["A6"].value == "S1.02"


def test_new_rows_look_like_the_first_and_its_formulas_are_carried_down() -> None:
    sheet = sheet_of(filled("openpyxl")[1].content, "Our process")
    for row in (5, 6, 52):
        assert sheet.cell(row, 3).fill.start_color.rgb == "00FFF2CC"
        assert sheet.cell(row, 3).alignment.wrap_text
        assert sheet.cell(row, 7).value == f"=LEN(C{row})"
        assert sheet.row_dimensions[row].height >= 40
    heights = {sheet.row_dimensions[row].height for row in range(5, 53)}
    assert len(heights) > 3


def test_formulas_are_worked_out_anew_at_the_next_opening() -> None:
    assert b'fullCalcOnLoad="1"' in parts_of(filled("openpyxl")[1].content)["xl/workbook.xml"]


def test_dates_are_dates_where_the_column_shows_them_so() -> None:
    sheet = sheet_of(filled("openpyxl")[1].content, "Action plan")
    session = session_named("contract-management")
    shown = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=4)}
    for action in session.actions:
        assert shown[action.text].date() == action.due
    assert sheet["D9"].number_format == "dd/mm/yyyy"


def a_table(headers: list[str], *rows: list[Any], name: str = "Activities", **more: Any) -> bytes:
    """A workbook of one sheet with one table from its first row, and whatever stands ``below``."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Steps"
    for row in (headers, *(rows or ([None] * len(headers),))):
        sheet.append(row)
    last = chr(64 + len(headers))
    sheet.add_table(ExcelTable(displayName=name, ref=f"A1:{last}{max(len(rows), 1) + 1}"))
    for place, value in more.get("cells", {}).items():
        sheet[place] = value
    for at, other in more.get("sheets", {}).items():
        book.create_sheet(at)["A1"] = other
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def small(*texts: str, **more: Any) -> Session:
    activities = tuple(
        Activity(f"a-{place}", "S1", text, lead="fin", **more) for place, text in enumerate(texts)
    )
    return Session(
        stages=(Stage("S1", "Begin"),), roles=(Role("fin", "Finance"),), activities=activities
    )


def rows_in(done: FillResult) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(done.content))
    return book.get_sheet_by_name("Steps").to_python()


def test_formula_like_and_hostile_text_is_text_and_comes_back_the_same() -> None:
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "[PO]",
        "<b>&amp;",
        "_x0041_",
        " two  ",
        "👩🏽‍💻",
        "a\nb",
    ]
    done = fill_template(a_table(["Activity", "Lead"]), small(*texts), "t.xlsx")
    assert [row[0] for row in rows_in(done)[1:]] == texts
    assert b"<f>" not in parts_of(done.content)["xl/worksheets/sheet1.xml"]


def test_a_councils_own_column_moves_with_its_record_and_is_never_written_over() -> None:
    old = [["Two", "B-2", "a-1"], ["One", "B-1", "a-0"], ["Gone", "B-9", "a-9"]]
    content = a_table(["Activity", "Budget code", "ID"], *old)
    done = fill_template(content, small("One", "Two, reworded", "Three"), "t.xlsx")
    assert rows_in(done)[1:] == [
        ["One", "B-1", "a-0"],
        ["Two, reworded", "B-2", "a-1"],
        ["Three", "", "a-2"],
    ]
    assert (done.tables[0].left_out, done.tables[0].replaced) == (1, 1)


def test_without_an_id_the_words_find_the_record() -> None:
    content = a_table(["Activity", "Budget code", "Lead"], ["Two", "B-2", ""], ["One", "B-1", ""])
    assert [
        row[:2] for row in rows_in(fill_template(content, small("One", "Two"), "t.xlsx"))[1:]
    ] == [*(["One", "B-1"], ["Two", "B-2"])]


def test_own_columns_that_the_session_keeps_are_written_back() -> None:
    session = small("One")
    extra = Table.of({OWN_COLUMNS: {"Budget code": "=B-7"}})
    kept = replace(session, activities=(replace(session.activities[0], extra=extra),))
    done = fill_template(a_table(["Activity", "Budget code", "Lead"]), kept, "t.xlsx")
    assert rows_in(done)[1] == ["One", "=B-7", "Finance"]


def test_fewer_records_than_rows_leave_none_of_the_old_text() -> None:
    content = a_table(["Activity", "Lead"], *(["old", "old"] for _ in range(5)))
    done = fill_template(content, small("New"), "t.xlsx")
    assert rows_in(done) == [["Activity", "Lead"], ["New", "Finance"]]
    table = sheet_of(done.content, "Steps").tables["Activities"]
    assert table.ref == "A1:B2"
    assert (
        "Replaced, as none of these records: 5 rows of the template."
        in describe_changes_to_table(done.tables[0])
    )


def test_an_empty_session_leaves_one_empty_row() -> None:
    done = fill_template(a_table(["Activity", "Lead"], ["old", "old"]), Session(), "t.xlsx")
    assert rows_in(done) == [["Activity", "Lead"]]
    assert sheet_of(done.content, "Steps").tables["Activities"].ref == "A1:B2"


@pytest.mark.parametrize("maker", MAKERS)
def test_filling_what_was_filled_changes_nothing(maker: str) -> None:
    session, (_, done) = session_named("contract-management"), filled(maker)
    again = fill_template(done.content, session, "again.xlsx")
    for name, part in parts_of(done.content).items():
        assert parts_of(again.content)[name] == part, name


def test_a_table_further_down_the_sheet_moves_with_its_reference() -> None:
    content = a_table(["Activity", "Lead"], cells={"A5": "Issue", "B5": "Raised by", "A6": "Slow"})
    book = load_workbook(BytesIO(content))
    book["Steps"].add_table(ExcelTable(displayName="Other", ref="A5:B6"))
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), small(*"abcd"), "t.xlsx")
    sheet = sheet_of(done.content, "Steps")
    assert {one.displayName: one.ref for one in sheet.tables.values()} == {
        "Activities": "A1:B5",
        "Other": "A8:B9",
    }
    assert (sheet["A8"].value, sheet["B8"].value) == ("Issue", "Raised by")


RELATED = (
    '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/calcChain" Target="calcChain.xml"/></Relationships>'
)


def chained(content: bytes, cells: str) -> bytes:
    """The workbook with a chain of calculation, as Excel keeps one."""
    parts = parts_of(content)
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    new = {
        "xl/calcChain.xml": '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main">{cells}</calcChain>',
        rels: parts[rels].decode().replace("</Relationships>", RELATED),
        types: parts[types]
        .decode()
        .replace("</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'),
    }
    return without(content, instead=[(name, part.encode()) for name, part in new.items()])


def test_the_chain_of_calculation_follows_the_formulas() -> None:
    cells = {"A4": "Below", "B4": "=1+1", "D1": "=COUNTA(A2:A2)"}
    content = chained(a_table(["Activity", "Lead"], cells=cells), '<c r="B4" i="1"/><c r="D1"/>')
    done = fill_template(content, small(*"abc"), "t.xlsx")
    new = parts_of(done.content)["xl/calcChain.xml"].decode()
    assert re.findall(r'r="(\w+)"', new) == ["B6", "D1"]
    sheet = sheet_of(done.content, "Steps")
    assert (sheet["B6"].value, sheet["D1"].value) == ("=1+1", "=COUNTA(A2:A4)")


def test_the_chain_forgets_a_formula_that_was_written_over() -> None:
    rows = (["a", "b"], ["=1+1", "c"])
    cells = '<c r="A3" i="1"/><c r="D1"/>'
    content = chained(a_table(["Activity", "Lead"], *rows, cells={"D1": "=1"}), cells)
    new = parts_of(fill_template(content, small(*"abc"), "t.xlsx").content)[
        "xl/calcChain.xml"
    ].decode()
    assert re.findall(r'r="(\w+)"', new) == ["D1"]
    done = fill_template(
        chained(a_table(["Activity", "Lead"], *rows), cells), small(*"abc"), "t.xlsx"
    )
    assert "xl/calcChain.xml" in done.parts
    assert "xl/calcChain.xml" not in parts_of(done.content)
    assert not any(b"calcChain" in part for part in parts_of(done.content).values())
    assert load_workbook(BytesIO(done.content))["Steps"]["A3"].value == "b"


def test_a_formula_of_ones_own_moves_with_its_record_and_speaks_of_its_new_row() -> None:
    rows = (["Two", 7, "a-1"], ["One", "=LEN(A3)", "a-0"])
    done = fill_template(
        a_table(["Activity", "Budget", "ID"], *rows), small("One", "Two"), "t.xlsx"
    )
    sheet = sheet_of(done.content, "Steps")
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["=LEN(A2)", 7]


def refused(content: bytes, session: Session) -> str:
    with pytest.raises(ExportError) as raised:
        fill_template(content, session, "theirs.xlsx")
    said = str(raised.value)
    assert said.startswith("theirs.xlsx")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_what_could_not_move_without_harm_is_refused() -> None:
    session = small(*"abc")
    other = a_table(["Activity", "Lead"], cells={"A4": 1}, sheets={"Sum": "=Steps!A4"})
    assert "sheet2.xml" in refused(other, session)
    merged = load_workbook(BytesIO(a_table(["Activity", "Lead"], ["a", "b"], ["c", "d"])))
    merged["Steps"].merge_cells("A2:A3")
    held = BytesIO()
    merged.save(held)
    assert "merged" in refused(held.getvalue(), session)


def test_a_comment_below_moves_with_its_cell() -> None:
    from openpyxl.comments import Comment

    noted = load_workbook(BytesIO(a_table(["Activity", "Lead"], cells={"A4": "Sum"})))
    noted["Steps"]["A4"].comment = Comment("See", "A")
    held = BytesIO()
    noted.save(held)
    sheet = sheet_of(fill_template(held.getvalue(), small(*"abc"), "t.xlsx").content, "Steps")
    assert (sheet["A6"].value, sheet["A6"].comment.text) == ("Sum", "See")
    assert sheet["A4"].comment is None


def test_a_picture_below_moves_down() -> None:
    from openpyxl.drawing.image import Image as Picture

    from tests.workbook.templates import logo

    book = load_workbook(BytesIO(a_table(["Activity", "Lead"])))
    book["Steps"].add_image(Picture(logo()), "A4")
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), small(*"abcdef"), "t.xlsx").content
    (picture,) = sheet_of(done, "Steps")._images
    assert picture.anchor._from.row + 1 == 4 + 5
    assert len(rows_in(fill_template(held.getvalue(), small(*"ab"), "t.xlsx"))) == 3
    part = "xl/drawings/drawing1.xml"
    wrapped = parts_of(held.getvalue())[part].replace(b"<oneCellAnchor", b"<w><oneCellAnchor")
    wrapped = wrapped.replace(b"</oneCellAnchor>", b"</oneCellAnchor></w>")
    content = without(held.getvalue(), instead=[(part, wrapped)])
    assert b"<w>" in wrapped
    again = fill_template(content, small(*"abcdef"), "t.xlsx").content
    assert b"<row>8</row>" in parts_of(again)[part]


def test_what_ends_with_the_old_last_row_elsewhere_is_told() -> None:
    content = a_table(["Activity", "Lead"], sheets={"Sum": "=COUNTA(Steps!A2:A2)"})
    done = fill_template(content, small(*"abc"), "t.xlsx")
    assert done.tables[0].fixed_ends == ("xl/worksheets/sheet2.xml (A2:A2)",)


def test_dates_get_a_date_format_where_the_template_has_none() -> None:
    session = session_named("contract-management")
    done = fill_template(a_table(["Action", "Owner", "Due"], name="Actions"), session, "t.xlsx")
    assert done.tables[0].dates_as_text == ()
    due = next(one.due for one in session.actions if one.text == rows_in(done)[1][0])
    assert due
    cell = sheet_of(done.content, "Steps")["C2"]
    assert cell.is_date
    assert cell.value.date() == due
    assert cell.number_format == "dd/mm/yy"
    assert dt.date(2026, 1, 1) < due
