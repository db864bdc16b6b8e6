"""Templates as they are in the wild: prefixes, shared formulas, empty tables, and damage."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as Picture
from openpyxl.worksheet.table import Table as ExcelTable
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Action, ActionKind, Activity, Issue, Role, Session, Stage
from offwall.model.store.files import ExportError
from offwall.model.tables import ACTIONS, NEXT_STEPS, template_kinds
from offwall.model.workbook.template import report
from offwall.model.workbook.template.fill import FillResult, fill_template, write_filled
from offwall.model.workbook.template.package import main_tag
from offwall.model.workbook.template.read_sheet import FORMULA
from offwall.model.workbook.template.rows import row_values
from offwall.model.workbook.template.sheet_xml import (
    SheetGrid,
    TableGrowth,
    formulas_in,
    grow_ranges,
    update_dimension,
)
from offwall.model.workbook.template.words import words_of
from tests.workbook.templates import by_openpyxl, by_xlsxwriter, logo, parts_of, without

SESSION = Session(
    stages=(Stage("S1", "Begin"),),
    roles=(Role("fin", "Finance"), Role("leg", "Legal"), Role("cm", "Contract Manager")),
    activities=tuple(
        Activity(
            *(f"a-{n}", "S1", f"Do {n}"),
            lead="fin",
            also=("cm",) if n else (),
            accountable="leg",
            informed=("cm", "leg"),
        )
        for n in range(4)
    ),
    issues=(Issue("i-1", "Nobody knows"),),
    actions=(
        Action("n-1", "Pilot it"),
        Action("n-2", "Tell the board", kind=ActionKind.NEXT_STEP),
    ),
)
SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"


def a_table(*headers: str, name: str = "Table1") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(headers))
    sheet.append([None] * len(headers))
    sheet.add_table(ExcelTable(displayName=name, ref=f"A1:{chr(64 + len(headers))}2"))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def changed(content: bytes, part: str, *replaced: tuple[str, str]) -> bytes:
    text = parts_of(content)[part].decode()
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    return without(content, instead=[(part, text.encode())])


def body_of(done: FillResult) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(done.content))
    return book.get_sheet_by_index(0).to_python()[1:]


def test_what_a_newer_excel_marked_as_ignorable_keeps_its_prefix() -> None:
    content = by_xlsxwriter()
    assert re.search(r'<row r="7"[^>]* x14ac:dyDescent="0.25"', parts_of(content)[SHEET].decode())
    part = parts_of(fill_template(content, SESSION, "t.xlsx").content)[SHEET].decode()
    assert re.search(r'<row r="10"[^>]* x14ac:dyDescent="0.25"', part)
    assert part.count("xmlns:x14ac") == 1
    assert 'mc:Ignorable="x14ac"' in part
    assert not re.search(r"<ns\d|xmlns:ns", part)


def test_a_workbook_whose_main_namespace_has_a_prefix_is_filled_with_it() -> None:
    content = a_table("Activity", "Lead")
    part = parts_of(content)[SHEET].decode().replace("xmlns=", "xmlns:x=", 1)
    part = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", part)
    done = fill_template(without(content, instead=[(SHEET, part.encode())]), SESSION, "t.xlsx")
    assert [row[0] for row in body_of(done)] == ["Do 0", "Do 1", "Do 2", "Do 3"]
    new = parts_of(done.content)[SHEET].decode()
    assert not re.search(r"<(?!/?x:)", new)


def test_a_column_that_the_table_calculates_is_calculated_in_each_row() -> None:
    content = changed(
        a_table("Activity", "Lead", "Both"),
        TABLE,
        (
            'name="Both"/>',
            'name="Both"><calculatedColumnFormula>[@Activity]&amp;C2</calculatedColumnFormula>'
            "</tableColumn>",
        ),
        ("<table ", '<table insertRow="1" '),
    )
    done = fill_template(content, SESSION, "t.xlsx")
    sheet = load_workbook(BytesIO(done.content)).worksheets[0]
    assert [sheet.cell(row, 3).value for row in (2, 5)] == ["=[@Activity]&C2", "=[@Activity]&C5"]
    assert "insertRow" not in parts_of(done.content)[TABLE].decode()


def test_shared_and_array_formulas_are_carried_down() -> None:
    shared = '<c r="C2"><f t="shared" ref="C2:C2" si="0">LEN(A2)</f><v>9</v></c>'
    array = '<c r="D2"><f t="array" ref="D2">SUM(LEN(A2:B2))</f><v>9</v></c>'
    content = a_table("Activity", "Lead", "Letters", "Both")
    part = parts_of(content)[SHEET].decode()
    cells = '<row r="2"><c r="A2"/><c r="B2"/>' + shared + array + "</row></sheetData>"
    part = re.sub(r'(<row r="2".*?</row>|<row r="2"[^>]*/>)?</sheetData>', cells, part)
    done = fill_template(without(content, instead=[(SHEET, part.encode())]), SESSION, "t.xlsx")
    new = parts_of(done.content)[SHEET].decode()
    assert '<c r="C5"><f>LEN(A5)</f></c>' in new
    assert '<c r="D5"><f t="array" ref="D5">SUM(LEN(A5:B5))</f></c>' in new
    assert "<v>9</v>" not in new


def test_people_by_name_in_four_columns() -> None:
    done = fill_template(a_table("Step", "R", "A", "C", "I"), SESSION, "t.xlsx")
    assert body_of(done)[1] == [
        *("Do 1", "Finance; Contract Manager", "Legal", "", "Contract Manager; Legal")
    ]
    lines = [line for line in report.without_place(SESSION, done) if "column" in line]
    assert lines == ["Activities: no column for Stage (4)."]


def test_next_steps_follow_the_actions_where_they_have_no_table_and_it_is_told() -> None:
    done = fill_template(a_table("Action", "Owner", name="Actions"), SESSION, "t.xlsx")
    assert [row[0] for row in body_of(done)] == ["Pilot it", "Tell the board"]
    lines = list(report.without_place(SESSION, done))
    assert "Next steps have no table of their own: they follow the actions." in lines
    assert "Activities: no table was found, so 4 rows are not in the workbook." in lines


@pytest.mark.parametrize("kind", template_kinds())
def test_every_word_for_a_column_stands_for_one_that_can_be_filled(kind: str) -> None:
    (row, *_) = row_values(SESSION, kind)
    known = (
        {*row.values, *row_values(SESSION, ACTIONS)[0].values} if kind == NEXT_STEPS else row.values
    )
    assert set(words_of(kind).values()) <= set(known)


def test_what_has_no_column_is_counted() -> None:
    lines = list(
        report.without_place(
            SESSION, fill_template(a_table("Activity", "Stage"), SESSION, "t.xlsx")
        )
    )
    assert lines[0] == "Activities: no column for Lead (responsible) (4)."
    assert lines[-1] == (
        "RACI: no column for the roles Finance (4); Legal (4); Contract Manager (4)."
    )


def test_a_second_table_of_a_kind_is_left_alone_and_told() -> None:
    book = load_workbook(BytesIO(a_table("Activity", "Lead", "Stage")))
    other = book.create_sheet("Another")
    other.append(["Activity", "Lead", "Stage"])
    other.append(["Theirs", "They", "Then"])
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), SESSION, "t.xlsx")
    assert [(one.sheet, one.header) for one in done.alike] == [("Another", 1)]
    lines = list(report.describe_other_changes(done))
    assert lines[0] == (
        "Left alone, though it looks like Activities too: sheet Another, headers in row 1."
    )
    assert load_workbook(BytesIO(done.content))["Another"]["A2"].value == "Theirs"


def test_comments_in_the_body_stay_and_it_is_told() -> None:
    book = load_workbook(BytesIO(a_table("Activity", "Lead")))
    from openpyxl.comments import Comment

    book.worksheets[0]["A2"].comment = Comment("Whose?", "A")
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), SESSION, "t.xlsx")
    assert done.tables[0].comments == ("A2",)
    assert any(
        line.startswith("Comments stay")
        for line in report.describe_changes_to_table(done.tables[0])
    )


def test_empty_rows_that_are_ready_are_used_and_keep_their_looks() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Activity", "Lead", "Stage"])
    for row in range(2, 12):
        for place in (1, 2, 3):
            sheet.cell(row, place).number_format = "@"
    sheet["A13"] = "Signed"
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), SESSION, "t.xlsx")
    assert (done.tables[0].growth.last, done.tables[0].growth.moved) == (11, False)
    new = load_workbook(BytesIO(done.content)).worksheets[0]
    assert new["A13"].value == "Signed"
    assert (new["A5"].value, new["A6"].value) == ("Do 3", None)


GROWTH = TableGrowth("My sheet", first=5, last=6, new_last=9, left=1, right=4, moved=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *(("SUM(A5:A6)", "SUM(A5:A9)"), ("SUM($A$4:$A$6)", "SUM($A$4:$A$9)")),
        *(("A7+A5", "A10+A5"), ("SUM(A6:A8)", "SUM(A6:A11)"), ("SUM(A:A)", "SUM(A:A)")),
        *(("SUM(5:6)", "SUM(5:9)"), ("'My sheet'!B7", "'My sheet'!B10"), ("Other!B7", "Other!B7")),
        *(('"A7"&A7', '"A7"&A10'), ("T[Lead]", "T[Lead]"), ("SUM(Z5:Z6)", "SUM(Z5:Z6)")),
        ("IF(A7>1,LOG10(A8),Name)", "IF(A10>1,LOG10(A11),Name)"),
    ],
)
def test_formulas_speak_of_where_the_cells_have_moved(before: str, after: str) -> None:
    assert GROWTH.formula(before, "My sheet") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'Jane''s sheet'!B7+1", "'Jane''s sheet'!B10+1"),
        ("SUM('Jane''s sheet'!B5:B6)", "SUM('Jane''s sheet'!B5:B9)"),
        ("'Janes sheet'!B7", "'Janes sheet'!B7"),
        ("B7", "B7"),
    ],
)
def test_a_sheet_may_have_an_apostrophe_in_its_name(before: str, after: str) -> None:
    growth = TableGrowth("Jane's sheet", first=5, last=6, new_last=9, left=1, right=4, moved=True)
    assert growth.formula(before, "Another") == after


def test_a_formula_that_speaks_of_a_sheet_with_an_apostrophe_is_told() -> None:
    book = load_workbook(BytesIO(a_table("Activity", "Lead")))
    book.worksheets[0].title = "Jane's <sheet>"
    book.create_sheet("Counts")["A1"] = "=COUNTA('Jane''s <sheet>'!$A$1:$A$2)"
    book.create_sheet("Others")["A1"] = "=COUNTA('Janes <sheet>'!$A$1:$A$2)"
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), SESSION, "t.xlsx")
    (told,) = done.tables
    assert told.fixed_ends == ("xl/worksheets/sheet2.xml ($A$1:$A$2)",)
    assert done.calculates


def test_page_breaks_follow_the_row_that_they_stand_before() -> None:
    # A break bears the number of the row above it; rows 5 and 6 become 5 to 9.
    grid = a_grid('<rowBreaks><brk id="4"/><brk id="5"/><brk id="6"/><brk id="7"/></rowBreaks>')
    grow_ranges(grid, GROWTH, GROWTH.first)
    breaks = [one.get("id") for one in grid.tree.getroot().iter(main_tag("brk"))]
    assert breaks == ["4", "5", "9", "10"]


def test_a_formula_that_shares_anothers_is_that_ones_and_no_others() -> None:
    grid = a_grid(
        "",
        '<row r="5"><c r="A5"><f t="shared" ref="A5:A6" si="0">LEN(C5)</f></c>'
        '<c r="B5"><f t="shared" ref="B5:B6" si="1">SUM(E5)</f></c></row>'
        '<row r="6"><c r="A6"><f t="shared" si="0"/></c><c r="B6"><f t="shared" si="1"/></c></row>',
    )
    found = formulas_in(grid, 6, (1, 2, 3))
    assert set(found) == {1, 2}
    texts = [found[at].cell(name, "").findtext(FORMULA) for at, name in ((1, "A9"), (2, "B9"))]
    assert texts == ["LEN(C9)", "SUM(E9)"]


def test_new_rows_are_merged_as_the_first_row_is() -> None:
    spans = ("A5:B5", "C6:D6", "E5:F5", "A8:B8")
    told = "".join(f'<mergeCell ref="{span}"/>' for span in spans)
    grid = a_grid(f'<mergeCells count="4">{told}</mergeCells>')
    growth = TableGrowth("My sheet", first=5, last=5, new_last=7, left=1, right=4, moved=True)
    grow_ranges(grid, growth, growth.first)
    (holder,) = grid.tree.getroot().iter(main_tag("mergeCells"))
    found = [one.get("ref") for one in holder]
    assert sorted(found) == ["A10:B10", "A5:B5", "A6:B6", "A7:B7", "C8:D8", "E5:F5"]
    assert holder.get("count") == "6"


def test_a_sheets_dimension_takes_in_all_its_cells() -> None:
    cells = '<row r="2"><c r="B2"/></row><row r="6"/><row r="7"><c r="E7"/></row>'
    for before, after in (("C3:D4", "B2:E7"), ("A1:Z9", "A1:Z9"), ("D4", "B2:E7")):
        grid = a_grid(f'<dimension ref="{before}"/>', cells)
        update_dimension(grid)
        assert grid.tree.getroot().find(main_tag("dimension")).get("ref") == after


@pytest.mark.parametrize(
    ("row", "moved"), [(1, False), (2, False), (4, True), (5, True), (6, False), (7, False)]
)
def test_only_a_picture_on_rows_that_are_needed_moves(row: int, *, moved: bool) -> None:
    # The table's one row, 2, becomes rows 2 to 5.
    book = load_workbook(BytesIO(a_table("Activity", "Lead")))
    book.worksheets[0].add_image(Picture(logo()), f"A{row}")
    held = BytesIO()
    book.save(held)
    done = fill_template(held.getvalue(), SESSION, "t.xlsx")
    (told,) = done.tables
    assert (told.growth.new_last, told.growth.moved) == (5, moved)
    anchor = parts_of(done.content)["xl/drawings/drawing1.xml"].decode()
    assert f"row>{row - 1 + 3 * moved}</" in anchor


def test_what_is_filled_is_written_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    done = fill_template(a_table("Activity", "Lead"), SESSION, "t.xlsx")
    assert (done.suffix, done.calculates) == (".xlsx", False)
    assert write_filled(done, tmp_path / "T.XLSX").read_bytes() == done.content
    with pytest.raises(ExportError, match=r"has no macros, so .* ends in \.xlsx"):
        write_filled(done, tmp_path / "t.xlsm")
    with pytest.raises(ExportError, match="already there"):
        write_filled(done, tmp_path / "T.XLSX")
    assert not (tmp_path / "t.xlsm").exists()


def a_grid(outside: str, rows: str = "") -> SheetGrid:
    """A sheet with some rows, and with something behind its cells."""
    space = main_tag("x").partition("}")[0].strip("{")
    text = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{outside}</worksheet>'
    return SheetGrid(etree.ElementTree(etree.fromstring(text)), "My sheet")


def test_rules_cover_the_new_rows_and_follow_what_moved() -> None:
    assert GROWTH.list_of_cells("A5:D6 A7 A1:A4 Z5:Z6 B5") == "A5:D9 A10 A1:A4 Z5:Z6 B5"
    one_row = TableGrowth("S", 5, 5, 9, 1, 4)
    assert one_row.list_of_cells("B5 Z5 B6") == "B5:B9 Z5 B6"


@pytest.mark.slow
def test_a_table_that_claims_the_whole_sheet_costs_no_more_than_what_is_there() -> None:
    content = changed(
        a_table("Activity", "Lead"),
        TABLE,
        *(('ref="A1:B2"', 'ref="A1:XFD1048576"'), ('ref="A1:B2"', 'ref="A1:XFD1048576"')),
    )
    done = fill_template(content, SESSION, "t.xlsx")
    assert len(body_of(done)) == 4
    assert 'ref="A1:XFD5"' in parts_of(done.content)[TABLE].decode()


@pytest.mark.parametrize("name", ["A0", "", "1", "ZZZZ9", "A-1", "Ä1"])
def test_a_cell_without_a_place_is_a_sentence_or_left_out(name: str) -> None:
    content = changed(a_table("Activity", "Lead"), SHEET, ('r="B1"', f'r="{name}"'))
    try:
        said = f"{len(fill_template(content, SESSION, 't.xlsx').tables)} filled."
    except ExportError as refused:
        said = str(refused)
    assert said.endswith(".")


PARTS = (SHEET, TABLE, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")


@given(
    st.sampled_from(PARTS), st.integers(0), st.sampled_from([b"", b"0", b"Z", b'"', b"-9", b"<"])
)
def test_damage_is_a_sentence_or_a_workbook(part: str, where: int, put: bytes) -> None:
    content = THEIRS
    before = parts_of(content)[part]
    at = where % len(before)
    damaged = before[:at] + put + before[at + 1 :]
    try:
        done = fill_template(without(content, instead=[(part, damaged)]), SESSION, "t.xlsx")
        said = f"{len(done.tables)} filled."
    except ExportError as refused:
        said = str(refused)
    assert said.endswith(".")
    assert not said.startswith("0")


THEIRS = by_openpyxl()


@pytest.mark.parametrize(
    ("block", "covers", "touches", "parts"),
    [
        # Rows 5 and 6 of columns 1 to 4 become rows 5 to 9; row 4 has the headers.
        ((1, 5, 4, 6), True, True, False),
        ((2, 6, 2, 6), True, True, False),
        ((1, 4, 4, 4), False, True, False),
        ((1, 3, 4, 3), False, False, False),
        ((1, 9, 4, 12), False, True, False),
        ((1, 10, 4, 12), False, False, False),
        ((5, 5, 7, 6), False, False, False),
        ((4, 5, 7, 7), True, True, True),
        ((1, 6, 1, 7), True, True, True),
        ((1, 7, 1, 8), False, True, False),
    ],
)
def test_where_cells_lie_to_a_table_that_grows(
    block: tuple[int, int, int, int], *, covers: bool, touches: bool, parts: bool
) -> None:
    assert GROWTH.covers(block) is covers
    assert GROWTH.touches(block) is touches
    assert GROWTH.parts(block[1], block[3]) is parts
