"""Charts and plans in the looks that councils give them: titles, keys, colours, notes, footers."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin", color="7F7F7F")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
DARK, PALE, GREY = (PatternFill("solid", start_color=one) for one in ("1F3864", "DDEBF7", "D9D9D9"))


def put(sheet: Worksheet, row: int, values: Sequence[Any], left: int = 1, **looks: Any) -> None:
    """Write a row of cells with borders, and with these looks."""
    for at, value in enumerate(values, left):
        cell = sheet.cell(row, at, value)
        cell.border = GRID
        for key, one in ({"alignment": Alignment(wrap_text=True, vertical="top")} | looks).items():
            setattr(cell, key, one)


def heads(sheet: Worksheet, row: int, values: Sequence[Any], left: int = 1) -> None:
    """Write a row of headers, white on dark."""
    turned = Alignment(wrap_text=True, vertical="center", horizontal="center")
    put(sheet, row, values, left, fill=DARK, font=Font(bold=True, color="FFFFFF"), alignment=turned)


def chart_of_few_roles(roles: Sequence[str] = ("Contract Manager", "Finance", "Legal")) -> Workbook:
    """A chart with a title across, coloured letters, a row that counts, a print area and a key."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "RACI"
    width = len(roles) + 2
    last = get_column_letter(width)
    sheet["A1"] = "Sampleshire County Council: who does what"
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True, size=16), PALE
    sheet.merge_cells(f"A1:{last}1")
    heads(sheet, 3, ("Ref", "Activity", *roles))
    for row in range(4, 10):
        put(sheet, row, [None] * width)
        for at in range(3, width + 1):
            sheet.cell(row, at).alignment = Alignment(horizontal="center", vertical="center")
    put(
        sheet,
        10,
        [
            "Letters",
            None,
            *(
                f"=COUNTA({get_column_letter(at)}4:{get_column_letter(at)}9)"
                for at in range(3, width + 1)
            ),
        ],
        fill=GREY,
    )
    sheet["A12"] = "R = Responsible, A = Accountable, C = Consulted, I = Informed"
    for letter, colour in (("R", "C6EFCE"), ("A", "FFC7CE")):
        rule = CellIsRule(
            operator="equal", formula=[f'"{letter}"'], fill=PatternFill("solid", bgColor=colour)
        )
        sheet.conditional_formatting.add(f"C4:{last}9", rule)
    offered = DataValidation(type="list", formula1='"R,A,C,I,R/A"', sqref=f"C4:{last}9")
    sheet.add_data_validation(offered)
    sheet.column_dimensions["B"].width = 44
    for at in range(3, width + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 13
    sheet.print_area = f"A1:{last}12"
    sheet.auto_filter.ref = f"A3:{last}9"
    return book


def chart_with_phases() -> Workbook:
    """A chart whose stages are rows merged across, with example activities under them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "RACI matrix"
    heads(sheet, 1, ("Task", "Role 1", "Role 2", "Role 3", "Role 4", "Role 5", "Role 6"))
    row = 2
    for phase, tasks in (("Phase 1: Start", ("Kick off", "Plan")), ("Phase 2: Run", ("Do it",))):
        put(sheet, row, [phase, *[None] * 6], fill=PALE, font=Font(bold=True))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
        for at, task in enumerate(tasks, row + 1):
            put(sheet, at, [task, "R", "A", "C", "I", None, "I"])
        row += len(tasks) + 1
    sheet.cell(row + 1, 1, "Approved by: ____________   Date: ____________")
    sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=1, end_column=7)
    sheet.column_dimensions["A"].width = 50
    return book


def charts_of_stages(*stages: str, on_sheets: bool = False, left: int = 1) -> Workbook:
    """A chart for each stage: one below the other under its name, or on a sheet of that name."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "RACI"
    row = 1
    for number, stage in enumerate(stages):
        if on_sheets:
            sheet = book.create_sheet(stage[:31]) if number else sheet
            sheet.title, row = stage[:31], 1
        else:
            sheet.cell(row, left, stage).font = Font(bold=True, size=13)
            row += 1
        heads(sheet, row, ("Activity", "Contract Manager", "Finance", "Legal", "Procurement"), left)
        for at, task in enumerate(("Example one", "Example two"), row + 1):
            put(sheet, at, (task, "R", "A", "C", "I"), left)
        row += 5
        sheet.column_dimensions[get_column_letter(left)].width = 48
    return book


def plan_form() -> Workbook:
    """An action plan as a form: merged cells, lists, a coloured status, signatures below."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Action plan"
    sheet["A1"] = "Improvement action plan"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:I1")
    heads(
        sheet, 3, ("No", "Action", None, None, "Owner", "Target date", "Status", "Priority", "RAG")
    )
    sheet.merge_cells("B3:D3")
    for row in (4, 5, 6):
        put(sheet, row, [None] * 9)
        sheet.merge_cells(f"B{row}:D{row}")
    put(sheet, 8, ("Signed off by", None, None, None, "Date", None), fill=GREY)
    sheet.merge_cells("A8:D8")
    sheet["B4"].comment = Comment("One action a row", "A. Officer")
    for options, at in (
        ("Not started,In progress,Complete,Cancelled", "G"),
        ("High,Medium,Low", "H"),
    ):
        offered = DataValidation(type="list", formula1=f'"{options}"', sqref=f"{at}4:{at}6")
        sheet.add_data_validation(offered)
    green = PatternFill("solid", bgColor="C6EFCE")
    sheet.conditional_formatting.add("G4:G6", FormulaRule(formula=['$G4="Complete"'], fill=green))
    for at, width in zip("ABCDEFGHI", (5, 16, 16, 16, 22, 14, 13, 10, 7), strict=True):
        sheet.column_dimensions[at].width = width
    return book


def chart_in_a_table() -> Workbook:
    """A chart that is an Excel table, with a pane that is frozen and room beside it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Matrix"
    headers = ("Phase", "Task", "Contract Manager", "Finance", "Notes")
    for row in ((), headers, ("Before", "Old task", "R", "A", "kept")):
        sheet.append(row)
    sheet.add_table(Table(displayName="tblRaci", ref="A2:E3"))
    return book
