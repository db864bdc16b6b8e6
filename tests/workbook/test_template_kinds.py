"""Templates as councils make them: their lists, merged cells, own columns; and odd packages."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from offwall.model.records import Session
from offwall.model.store import ExportError
from offwall.model.workbook.read.edited_copy import read_workbook
from offwall.model.workbook.template.choice import MappingChoice, with_columns
from offwall.model.workbook.template.fill import NothingToFillError, fill_template
from offwall.model.workbook.template.report import describe_changes_to_table
from tests.built_workbooks import session_named
from tests.workbook.charts import HEAD, ROWS, book_of, bytes_of
from tests.workbook.council_charts import plan_form
from tests.workbook.templates import parts_of, zipped

SESSION = session_named("contract-management")
ACTIONS = [*SESSION.actions]


def filled(book: Workbook, session: Session = SESSION) -> tuple[Any, str]:
    """The first sheet of a filled workbook, and what is said of its tables."""
    done = fill_template(bytes_of(book), session, "theirs.xlsx")
    said = "\n".join(line for one in done.tables for line in describe_changes_to_table(one))
    return load_workbook(BytesIO(done.content)).worksheets[0], said


def listed(options: str) -> Workbook:
    book = book_of([("No", "Action", "Owner", "Target date", "Status", "Impact")], "Action plan")
    offered = DataValidation(type="list", formula1=f'"{options}"', sqref="E2:E30")
    book.worksheets[0].add_data_validation(offered)
    return book


def test_a_template_s_list_gives_the_words_for_a_status() -> None:
    sheet, said = filled(listed("Not started,In progress,Complete,Cancelled"))
    used = {sheet.cell(row, 5).value for row in range(2, 2 + len(ACTIONS))}
    assert used <= {"Not started", "In progress", "Complete", "Cancelled"}
    assert "Not in the template's list" not in said
    sheet, said = filled(listed("Red,Green"))
    assert "Not in the template's list for that column: Status: " in said


def test_a_list_of_levels_takes_a_score() -> None:
    book = book_of([("Action", "Owner", "Impact", "Due date")], "Action plan")
    offered = DataValidation(type="list", formula1='"High,Medium,Low"', sqref="C2:C30")
    book.worksheets[0].add_data_validation(offered)
    sheet, said = filled(book)
    scores = {one.text: one.impact for one in ACTIONS}
    levels = {4: "High", 5: "High", 3: "Medium", 2: "Low", 1: "Low"}
    for row in range(2, 2 + len(ACTIONS)):
        text = sheet.cell(row, 1).value
        if scores.get(text):
            assert sheet.cell(row, 3).value == levels[scores[text]]
    assert "list" not in said


def test_coloured_rules_give_the_words_too() -> None:
    fill = PatternFill("solid", bgColor="C6EFCE")
    for rule in (
        CellIsRule(operator="equal", formula=['"Not started"'], fill=fill),
        FormulaRule(formula=['$D2="Not started"'], fill=fill),
        Rule("containsText", operator="containsText", text="Not started", formula=["TRUE"]),
    ):
        book = book_of([("Action", "Owner", "Due date", "Status"), ()], "Action plan")
        book.worksheets[0].conditional_formatting.add(
            "A2:D9" if rule.formula[0][0] == "$" else "D2:D9", rule
        )
        sheet, said = filled(book)
        assert sheet["D2"].value == "Not started"
        assert sheet["A2"].value == ACTIONS[0].text
        assert "list" not in said


def test_a_plan_keeps_its_own_columns_and_gets_dates() -> None:
    done = fill_template(bytes_of(plan_form()), SESSION, "theirs.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(done.content)).get_sheet_by_index(0).to_python()
    by_text = {one.text: one for one in ACTIONS}
    head = ["No", "Action", "", "", "Owner", "Target date", "Status", "Priority", "RAG"]
    assert rows[2] == head
    assert [row[5] for row in rows[3:13]] == [by_text[row[1]].due for row in rows[3:13]]
    assert {row[6] for row in rows[3:19]} == {"Not started"}
    assert {row[8] for row in rows[3:19]} == {""}
    assert [row for row in rows if row[0] == "Signed off by"] == [
        ["Signed off by", "", "", "", "Date", "", "", "", ""]
    ]
    own = book_of([("ID", "Task", "Who leads", "Documents used", "Cost")], "Steps")
    own.worksheets[0].append(("7", SESSION.in_order[2].text, None, None, 900))
    sheet, _ = filled(own)
    assert (sheet["A4"].value, sheet["E4"].value) == ("7", 900)
    assert [sheet["D2"].value, sheet["E2"].value] == [
        "; ".join(SESSION.in_order[0].documents) or None,
        None,
    ]


@pytest.mark.slow
def test_headers_merged_down_and_across() -> None:
    down = book_of([("Ref", "Activity", "Lead"), ()], "Steps", ["A1:A2", "B1:B2", "C1:C2"])
    sheet, _ = filled(down)
    assert sheet["B3"].value == SESSION.in_order[0].text
    assert "A1:A2" in sheet.merged_cells
    rows = [("No", "Action", None, None, "Owner", None, "Due date"), ()]
    merges = ["B1:D1", "E1:F1", "B2:D2", "E2:F2"]
    across = book_of(rows, "Action plan", merges)
    across.worksheets[0]["B2"].alignment = Alignment(wrap_text=True)
    sheet, _ = filled(across)
    assert {"B5:D5", "E5:F5"} <= {str(one) for one in sheet.merged_cells.ranges}
    single = book_of([("No", "Action", "Owner", "Due date"), ()], "Action plan")
    single.worksheets[0]["B2"].alignment = Alignment(wrap_text=True)
    narrow, _ = filled(single)
    heights = [sheet.row_dimensions[row].height or 15 for row in range(2, 10)]
    others = [narrow.row_dimensions[row].height or 15 for row in range(2, 10)]
    assert sum(heights) < sum(others) / 2


def test_tables_side_by_side_are_filled_each() -> None:
    book = book_of([("Issue", "Type", "Raised by", None, "Action", "Owner", "Due date")], "Log")
    sheet, _ = filled(book)
    issues = {one.text for one in SESSION.issues}
    actions = {one.text for one in ACTIONS}
    assert {sheet.cell(row, 1).value for row in range(2, 2 + len(issues))} == issues
    assert actions <= {sheet.cell(row, 5).value for row in range(2, 3 + len(ACTIONS) * 2)}


def test_a_council_s_own_numbers_and_rows_of_the_same_words() -> None:
    book = book_of([("ID", "Task", "Lead", "Duration"), ("1", "Old", "Old role", "1 day")], "Plan")
    sheet, _ = filled(book)
    assert not str(sheet["A2"].value).startswith("a-")
    assert sheet["B2"].value == SESSION.in_order[0].text
    rows = [("Ref", "Activity", "Lead"), *((at, "(enter a step)", "x") for at in range(8))]
    assert "none of these records: 8 rows of the template" in filled(book_of(rows, "Steps"))[1]


def test_rows_of_stages_in_a_filled_chart_head_the_session_s_stages() -> None:
    rows = [HEAD, ("Before",), *ROWS[:2], ("After",), ROWS[2]]
    sheet, said = filled(book_of(rows, merges=["A2:D2", "A5:D5"]))
    texts = [sheet["A2"].value, sheet["A3"].value]
    assert texts == [SESSION.stages[0].name, SESSION.in_order[0].text]
    assert len(sheet.merged_cells.ranges) == len(SESSION.stages)
    assert "48 rows written under 8 headings of stages" in said


def test_a_stage_merged_over_its_rows_is_said_in_each() -> None:
    head = ("Phase", "Task", "Contract Manager", "Finance")
    rows = [head, ("Before", *ROWS[0][:3]), (None, *ROWS[1][:3]), ("After", *ROWS[2][:3])]
    sheet, said = filled(book_of(rows, merges=["A2:A3"]))
    assert not sheet.merged_cells.ranges
    stages = [SESSION.stage_by_id[one.stage].name for one in SESSION.in_order]
    assert [sheet.cell(row, 1).value for row in range(2, 2 + len(stages))] == stages
    assert "A2:A3" in said


def test_a_chart_of_roles_that_nobody_has_is_not_left_empty() -> None:
    book = book_of([("Task", "Tester", "Sponsor", "Coder"), ("Do it", "R", "A", "C"), ROWS[0]])
    with pytest.raises(NothingToFillError, match="“Tester”, “Sponsor”, “Coder”"):
        fill_template(bytes_of(book), SESSION, "theirs.xlsx")
    session = with_columns(SESSION, MappingChoice(("Tester=cm", "Sponsor=hos", "Coder=pro")))
    sheet, _ = filled(book, session)
    assert sheet["A2"].value == SESSION.in_order[0].text
    assert "R" in {cell.value for cell in sheet[2]}
    roles = [("Role", *(row[0] for row in ROWS)), ("Legal", *"RAC"), ("Finance", *"ARI")]
    with pytest.raises(NothingToFillError, match="Transpose"):
        fill_template(bytes_of(book_of(roles)), SESSION, "theirs.xlsx")


def with_pivot(content: bytes) -> bytes:
    """The workbook with a pivot's cache over the first three rows, as Excel notes it."""
    parts = parts_of(content)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = (
        f'<pivotCacheDefinition {main}><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:D2" sheet="Action plan"/></cacheSource></pivotCacheDefinition>'
    ).encode()
    rels = "xl/_rels/workbook.xml.rels"
    kind = (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheDefinition"
    )
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdP" Type="{kind}" '
        'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'.encode(),
    )
    return zipped(parts)


def test_a_pivot_over_the_cells_takes_the_new_rows_and_is_read_anew() -> None:
    rows = [("Action", "Owner", "Due date", "Status"), ("Old", "x", None, "open")]
    content = with_pivot(bytes_of(book_of(rows, "Action plan")))
    done = fill_template(content, SESSION, "theirs.xlsx")
    cache = parts_of(done.content)["xl/pivotCache/pivotCacheDefinition1.xml"].decode()
    number = done.tables[0].rows
    assert f'ref="A1:D{number + 1}"' in cache
    assert 'refreshOnLoad="1"' in cache
    assert any("Pivot" in line for line in describe_changes_to_table(done.tables[0]))


def test_a_formula_that_stretches_keeps_no_old_result() -> None:
    rows = [("Activity", "Lead", "Documents"), *("abc", "abc"), ("Total", "=COUNTA(A2:A3)")]
    parts = parts_of(bytes_of(book_of(rows, "Steps")))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v></v>", b"<v>1</v>").replace(b"<v />", b"<v>1</v>")
    assert b"<v>1</v>" in parts[sheet]
    done = parts_of(fill_template(zipped(parts), SESSION, "theirs.xlsx").content)[sheet]
    formula = re.search(rb"<f>COUNTA\(A2:A\d+\)</f>(<v>)?", done)
    assert formula
    assert formula[1] is None


def slashed(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("/", "\\"): part for name, part in parts.items()}


def targets(parts: dict[str, bytes]) -> dict[str, bytes]:
    rels = "xl/_rels/workbook.xml.rels"
    changed = re.sub(rb"worksheets/(sheet\d)", rb"worksheets\\\1", parts[rels])
    assert b"worksheets\\" in changed
    return parts | {rels: changed}


STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"officeDocument/relationships",
    ),
)


def strict(parts: dict[str, bytes]) -> dict[str, bytes]:
    found = {}
    for name, part in parts.items():
        for usual, word in STRICT:
            part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + word)  # noqa: PLW2901
        found[name] = part
    return found


@pytest.mark.parametrize("change", [slashed, targets, strict])
def test_odd_packages_are_read(
    tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(zipped(change(parts_of(bytes_of(book_of([HEAD, *ROWS]))))))
    (sheet,) = read_workbook(path).book.sheets
    assert sheet.row(2) == dict(enumerate(ROWS[0], 1))
    if change is strict:
        with pytest.raises(ExportError, match="Strict"):
            fill_template(path.read_bytes(), SESSION, "odd.xlsx")


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("xltx", b"openxmlformats-officedocument.spreadsheetml.template.main"),
        ("xlsm", b"ms-excel.sheet.macroEnabled.main"),
        ("xltm", b"ms-excel.template.macroEnabled.main"),
    ],
)
def test_templates_and_workbooks_with_macros_are_read(
    tmp_path: Path, suffix: str, kind: bytes
) -> None:
    parts = parts_of(bytes_of(book_of([HEAD, *ROWS])))
    usual = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
    assert usual in parts["[Content_Types].xml"]
    types = parts["[Content_Types].xml"].replace(usual, kind)
    path = tmp_path / f"theirs.{suffix}"
    path.write_bytes(zipped(parts | {"[Content_Types].xml": types}))
    (sheet,) = read_workbook(path).book.sheets
    assert sheet.row(2) == dict(enumerate(ROWS[0], 1))
