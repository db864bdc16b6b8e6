"""Charts of few columns, of stages, several on a sheet; and copies of sheets: filled, read back."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Picture
from python_calamine import CalamineWorkbook

from offwall.model.process import role_labels
from offwall.model.store import ExportError
from offwall.model.tables import ROLE
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.read.edited_copy import copy_from, read_workbook
from offwall.model.workbook.template.choice import MappingChoice, with_columns
from offwall.model.workbook.template.fill import FillResult, fill_template
from offwall.model.workbook.template.found_table import remember_tables
from offwall.model.workbook.template.report import (
    describe_changes_to_table,
    describe_other_changes,
    without_place,
)
from offwall.model.workbook.template.rows import row_values
from offwall.model.workbook.template.words import letters_of
from tests.built_workbooks import session_named
from tests.workbook.charts import TODAY, book_of, bytes_of
from tests.workbook.council_charts import (
    chart_in_a_table,
    chart_of_few_roles,
    chart_with_phases,
    charts_of_stages,
    plan_form,
)
from tests.workbook.templates import logo, parts_of, zipped

SESSION = session_named("contract-management")
STAGES = [stage.name for stage in SESSION.stages]
LABELS = role_labels(SESSION)
COPY = MappingChoice(copy_sheet=True)


def fill(book: Workbook, choice: MappingChoice = MappingChoice()) -> tuple[FillResult, str]:  # noqa: B008
    """What was filled, and what is said of it."""
    done = fill_template(bytes_of(book), SESSION, "theirs.xlsx", choice)
    lines = [line for one in done.tables for line in describe_changes_to_table(one)]
    lines += [*without_place(SESSION, done), *describe_other_changes(done)]
    return done, "\n".join(lines)


def rows_of(done: FillResult, sheet: str) -> list[list[Any]]:
    """The rows of a sheet as a third program reads them."""
    book = CalamineWorkbook.from_filelike(BytesIO(done.content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def charted(rows: list[list[Any]], anchor: int) -> Iterator[tuple[str, dict[str, frozenset[str]]]]:
    """Each activity that charts say, with each role's letters; headers are rows with a role."""
    roles: dict[int, str] = {}
    for row in rows:
        if "Contract Manager" in row:
            roles = {at: said for at, said in enumerate(row) if said in LABELS.values()}
        elif roles and row[anchor] and any(letters_of(row[at]) for at in roles):
            letters = {said: letters_of(row[at]) for at, said in roles.items()}
            yield row[anchor], {said: one for said, one in letters.items() if one}


def ours(stages: list[str] | None = None) -> list[tuple[str, dict[str, frozenset[str]]]]:
    """Each activity of some stages with each role's letters, as the session has them."""
    of = {one.id: SESSION.stage_by_id[one.stage].name for one in SESSION.activities}
    return [
        (
            row.words,
            {
                label: frozenset(str(row.values[f"{ROLE}{code}"]))
                for code, label in LABELS.items()
                if row.values.get(f"{ROLE}{code}")
            },
        )
        for row in row_values(SESSION, "raci")
        if stages is None or of[row.id] in stages
    ]


def test_roles_without_a_column_get_one_that_looks_like_the_last() -> None:
    done, said = fill(chart_of_few_roles())
    assert list(charted(rows_of(done, "RACI"), 1)) == ours()
    sheet = load_workbook(BytesIO(done.content))["RACI"]
    assert [cell.value for cell in sheet[3]][2:6] == [
        *("Contract Manager", "Finance", "Legal", "Head of Service")
    ]
    assert sheet["M3"].fill.start_color.rgb == sheet["E3"].fill.start_color.rgb
    assert (sheet["M20"].border.left.style, sheet["M20"].alignment.horizontal) == ("thin", "center")
    assert sheet["F52"].value == "=COUNTA(F4:F51)"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:M1"}
    assert {str(one.sqref) for one in sheet.conditional_formatting} == {"C4:M51"}
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C4:M51"]
    assert (sheet.print_area, sheet.auto_filter.ref) == ("'RACI'!$A$1:$M$54", "A3:M51")
    assert sheet.column_dimensions["M"].width >= 13
    assert sheet.row_dimensions[3].height > 30
    assert "Columns put to the right, for roles that had none: Head of Service; Senior" in said
    assert "no column for the roles" not in said
    assert "Not in the template's list" not in said


@pytest.mark.slow
def test_a_role_gets_no_column_over_what_stands_beside() -> None:
    book = chart_of_few_roles()
    book["RACI"]["H5"] = "Key: R is who does it"
    done, said = fill(book)
    assert done.tables[0].widened == ("Head of Service",)
    assert "RACI: no column for the roles Senior Responsible Officer (5); Procurement (36)" in said
    sheet = load_workbook(BytesIO(done.content))["RACI"]
    assert (sheet["F3"].value, sheet["G3"].value) == ("Head of Service", None)
    assert sheet["H5"].value == "Key: R is who does it"
    book["RACI"]["G5"] = "Close"
    assert fill(book)[0].tables[0].widened == ()
    pictured = chart_of_few_roles()
    pictured["RACI"].add_image(Picture(logo()), "G4")
    assert fill(pictured)[0].tables[0].widened == ()
    merged = chart_of_few_roles()
    merged["RACI"].merge_cells("D4:E4")
    assert fill(merged)[0].tables[0].widened == ()


def test_an_excel_table_gets_columns_with_its_headers() -> None:
    done, _ = fill(chart_in_a_table())
    table = load_workbook(BytesIO(done.content))["Matrix"].tables["tblRaci"]
    names = [one.name for one in table.tableColumns]
    assert table.ref == f"A2:{chr(64 + len(names))}50"
    assert names[:6] == ["Phase", "Task", "Contract Manager", "Finance", "Notes", "Head of Service"]
    assert len({one.id for one in table.tableColumns}) == len(names) == 14
    assert [row for row in rows_of(done, "Matrix") if row[1] == "Task"] == [names]
    assert list(charted(rows_of(done, "Matrix"), 1)) == ours()


def test_stages_keep_their_rows_and_placeholders_are_named() -> None:
    done, said = fill(chart_with_phases())
    rows = rows_of(done, "RACI matrix")
    assert rows[0][1:7] == [*LABELS.values()][:6]
    assert list(charted(rows, 0)) == ours()
    sheet = load_workbook(BytesIO(done.content))["RACI matrix"]
    headings = [row for row in range(2, 58) if f"A{row}:L{row}" in sheet.merged_cells]
    assert [sheet.cell(row, 1).value for row in headings] == STAGES
    assert all(sheet.cell(row, 1).font.bold for row in headings)
    assert not sheet["A3"].font.bold
    assert sheet["A59"].value.startswith("Approved by")
    assert "A59:G59" in sheet.merged_cells
    assert "48 rows written under 8 headings of stages; the template has 5 rows." in said
    assert "Activities: no column for Stage" not in said


def read_again(done: FillResult, tmp_path: Path, **export: Any) -> Any:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(done.content)
    session = remember_tables(SESSION, (one.found for one in done.tables))
    copy = copy_from(path.name, read_workbook(path), session, lambda mark: None, MappingChoice())
    return propose_changes([copy], session, today=TODAY, seed="s")


@pytest.mark.slow
@pytest.mark.parametrize(
    "book",
    [
        chart_with_phases(),
        chart_of_few_roles(),
        charts_of_stages(*STAGES, on_sheets=True),
        charts_of_stages(*STAGES),
    ],
    ids=["phases", "few", "sheets", "stacked"],
)
def test_what_was_filled_comes_back_unchanged(book: Workbook, tmp_path: Path) -> None:
    done, _ = fill(book)
    assert [one.what for one in read_again(done, tmp_path).found] == []


@pytest.mark.parametrize("left", [1, 3])
def test_charts_of_stages_take_their_stage_s_activities(left: int) -> None:
    done, said = fill(charts_of_stages(*STAGES[:3], left=left))
    assert list(charted(rows_of(done, "RACI"), left - 1)) == ours(STAGES[:3])
    assert [len(one.found.stages) for one in done.tables] == [1, 1, 1]
    assert "Payment and finance: no chart was found for it, so 6 rows are not in the" in said
    sheet = load_workbook(BytesIO(done.content))["RACI"]
    titles = [cell.value for row in sheet.iter_rows() for cell in row if cell.value in STAGES]
    assert titles == STAGES[:3]


@pytest.mark.slow
def test_charts_on_sheets_of_their_own_and_by_number() -> None:
    done, said = fill(charts_of_stages(*STAGES, on_sheets=True))
    for stage in STAGES:
        assert list(charted(rows_of(done, stage[:31]), 0)) == ours([stage])
    assert "no chart was found" not in said
    done, said = fill(charts_of_stages("Phase 1", "Phase 2", "Appendix"))
    assert list(charted(rows_of(done, "RACI"), 0))[:12] == ours(STAGES[:2])
    assert "Left alone, though it looks like RACI too: sheet RACI, headers in row 14." in said


def test_charts_that_name_no_stage_are_left_but_the_first() -> None:
    done, said = fill(charts_of_stages("One team", "Another team"))
    assert list(charted(rows_of(done, "RACI"), 0))[:48] == ours()
    assert "Left alone, though it looks like RACI too" in said


def test_a_copy_of_a_sheet_is_filled_and_theirs_is_as_it_was() -> None:
    book = plan_form()
    book["Action plan"].add_image(Picture(logo()), "K1")
    chart = BarChart()
    chart.add_data(Reference(book["Action plan"], min_col=1, min_row=3, max_row=6))
    book["Action plan"].add_chart(chart, "L4")
    book["Action plan"].print_area = "A1:I8"
    book.create_sheet("Summary")["A1"] = "='Action plan'!A8"
    before = bytes_of(book)
    with pytest.raises(ExportError, match="--copy-sheet"):
        fill_template(before, SESSION, "theirs.xlsx")
    done = fill_template(before, SESSION, "theirs.xlsx", COPY)
    old, new = parts_of(before), parts_of(done.content)
    assert {name for name in old if old[name] != new[name]} == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
    }
    made = load_workbook(BytesIO(done.content))
    assert made.sheetnames == ["Action plan", "Summary", "Action plan (filled)"]
    sheet = made["Action plan (filled)"]
    assert [sheet.cell(4, at).value for at in (2, 5)] == [SESSION.actions[0].text, "Procurement"]
    assert made["Action plan"]["B4"].value is None
    assert (len(sheet._images), len(sheet._charts)) == (1, 1)
    assert sheet["B4"].comment.text == "One action a row"
    assert sheet.print_area == "'Action plan (filled)'!$A$1:$I$21"
    assert not sheet.sheet_view.tabSelected
    (drawn,) = (name for name in new.keys() - old.keys() if "charts/" in name)
    assert b"'Action plan (filled)'!" in new[drawn]


def test_a_copied_table_has_a_name_of_its_own_and_formulas_that_speak_of_it() -> None:
    book = chart_in_a_table()
    book["Matrix"]["P1"] = "=COUNTA(tblRaci[Task])+Matrix!A2"
    done, said = fill(book, COPY)
    made = load_workbook(BytesIO(done.content))
    assert made["Matrix"].tables["tblRaci"].ref == "A2:E3"
    sheet = made["Matrix (filled)"]
    assert [*sheet.tables] == ["tblRaci_2"]
    assert sheet["P1"].value == "=COUNTA(tblRaci_2[Task])+'Matrix (filled)'!A2"
    assert list(charted(rows_of(done, "Matrix (filled)"), 1)) == ours()
    assert "This sheet is a filled copy; Matrix is left as it was." in said


def test_a_copy_is_remembered_and_read_alone(tmp_path: Path) -> None:
    done, _ = fill(chart_in_a_table(), COPY)
    session = remember_tables(with_columns(SESSION, COPY), (one.found for one in done.tables))
    assert session.export.copy_sheet
    assert [(one.sheet, one.name) for one in session.export.tables] == [("Matrix", "tblRaci")]
    again = fill_template(bytes_of(chart_in_a_table()), session, "theirs.xlsx")
    assert again.tables[0].found.sheet == "Matrix (filled)"
    plain = with_columns(session, MappingChoice(copy_sheet=False))
    assert not plain.export.copy_sheet
    found = read_again(done, tmp_path)
    assert found.found == ()
    assert "Matrix was left alone: Matrix (filled) is its copy." in " ".join(found.told)
    assert "No table of ours" not in " ".join(found.told)
    with pytest.raises(ExportError, match="has a sheet Matrix"):
        fill_template(done.content, session, "theirs.xlsx")


def test_a_sheet_with_what_no_sheet_shares_is_not_copied() -> None:
    parts = parts_of(bytes_of(plan_form()))
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp"
    button = b'<Relationship Id="rId9" Type="%b" Target="/xl/ctrlProps/c1.xml"/>' % kind
    parts[rels] = parts[rels].replace(b"</Relationships>", button + b"</Relationships>")
    parts["xl/ctrlProps/c1.xml"] = b"<x/>"
    with pytest.raises(ExportError, match=r"its ctrlProp cannot be copied\. Copy the sheet in"):
        fill_template(zipped(parts), SESSION, "theirs.xlsx", COPY)


def test_what_is_merged_beside_a_table_is_no_obstacle() -> None:
    book = book_of([("Action", "Owner", "Due date", None, "Note")], "Action plan", ["E1:E9"])
    assert "16 rows written" in fill(book)[1]
    sheet = book["Action plan"]
    sheet["A4"] = "Signed"
    with pytest.raises(ExportError, match="merged over the rows 1 to 9"):
        fill(book)
