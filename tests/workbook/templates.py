"""Councils' workbooks as three programs make them, with what Excel adds that none of them knows."""

import subprocess
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

PROCESS_HEADERS = (
    *("Step no", "Phase", "Process step", "Who", "Key documents", "Budget code", "Words"),
    *("Contract Manager", "hos", "Finance team", "ID"),
)
ACTION_HEADERS = ("Action required", "By whom", "By when", "Progress", "Impact")


def logo() -> BytesIO:
    """A small picture."""
    held = BytesIO()
    Image.new("RGB", (40, 20), (31, 56, 100)).save(held, "PNG")
    held.seek(0)
    return held


def by_openpyxl(*, rows: int = 1) -> bytes:
    """A table with a totals row, a note below it, rules that cover it, a logo and a comment."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Our process"
    sheet["A1"] = "Sampleshire: the process"
    for place, text in enumerate(PROCESS_HEADERS, 1):
        sheet.cell(4, place, text).font = Font(bold=True)
    last = 4 + rows
    for number in range(5, last + 1):
        for place in range(1, len(PROCESS_HEADERS) + 1):
            cell = sheet.cell(number, place)
            cell.fill = PatternFill("solid", start_color="FFF2CC")
            cell.border = Border(bottom=Side(style="thin"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(number, 7, f"=LEN(C{number})")
        sheet.row_dimensions[number].height = 40
    sheet.cell(last + 1, 1, "Total")
    sheet.cell(last + 1, 7, "=SUBTOTAL(109,tblProcess[Words])")
    sheet.cell(last + 3, 1, "Signed off by the director")
    sheet.merge_cells(start_row=last + 3, end_row=last + 3, start_column=1, end_column=4)
    _openpyxl_rules(sheet, last)
    _openpyxl_table(sheet, last)
    sheet.add_image(Picture(logo()), "J1")
    sheet["C4"].comment = Comment("One step a row", "A. Officer")
    book.defined_names["ProcessRows"] = DefinedName(
        "ProcessRows", attr_text=f"'Our process'!$A$5:$K${last}"
    )
    sheet.print_area = f"A1:K{last}"
    _openpyxl_actions(book.create_sheet("Action plan"))
    return _saved(book)


def _openpyxl_rules(sheet: Worksheet, last: int) -> None:
    offered = DataValidation(type="list", formula1='"R,A,C,I"', sqref=f"H5:J{last}")
    sheet.add_data_validation(offered)
    ground = PatternFill("solid", bgColor="C6EFCE")
    rule = CellIsRule(operator="equal", formula=['"R"'], fill=ground)
    sheet.conditional_formatting.add(f"H5:J{last}", rule)


def _openpyxl_table(sheet: Worksheet, last: int) -> None:
    table = Table(displayName="tblProcess", ref=f"A4:K{last + 1}", totalsRowCount=1)
    table._initialise_columns()
    for column, text in zip(table.tableColumns, PROCESS_HEADERS, strict=True):
        assert isinstance(column, TableColumn)
        column.name = text
    table.tableColumns[0].totalsRowLabel = "Total"
    table.tableColumns[6].totalsRowFunction = "sum"
    table.autoFilter.ref = f"A4:K{last}"
    sheet.add_table(table)


def _openpyxl_actions(sheet: Worksheet) -> None:
    sheet["A1"] = "Action plan"
    for place, text in enumerate(ACTION_HEADERS, 2):
        sheet.cell(3, place, text).font = Font(bold=True)
        sheet.cell(4, place).border = Border(bottom=Side(style="thin"))
    sheet["D4"].number_format = "dd/mm/yyyy"


def _saved(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def by_xlsxwriter() -> bytes:
    """A table, a logo, a text box, a header logo, newer rules, a sparkline, a chart, comments."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Process & RACI")
        sheet.write("A1", "Sampleshire")
        sheet.insert_image("M1", "logo.png", {"image_data": logo(), "description": "Our crest"})
        sheet.insert_textbox("M4", "How to use this template")
        sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": logo()})
        sheet.write_comment("A6", "Say it as a verb")
        wrapped = book.add_format({"text_wrap": True, "border": 1})
        for place in range(len(PROCESS_HEADERS)):
            sheet.write_blank(6, place, None, wrapped)
        columns = [{"header": text} for text in PROCESS_HEADERS]
        sheet.add_table(5, 0, 6, 10, {"name": "ProcessMap", "columns": columns})
        sheet.data_validation("H7:J7", {"validate": "list", "source": "=Lists!$A$1:$A$4"})
        sheet.conditional_format("A7:A7", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("H7:J7", {"type": "icon_set", "icon_style": "3_flags"})
        sheet.add_sparkline("P7", {"range": "Lists!B1:B4"})
        lists = book.add_worksheet("Lists")
        lists.write_column("A1", list("RACI"))
        lists.write_column("B1", [1, 2, 3, 4])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Lists!$B$1:$B$4"})
        lists.insert_chart("D2", chart)
        issues = book.add_worksheet("Issue log")
        issues.write_row("A2", ["Issue", "Type", "Raised by", "Status"])
    return held.getvalue()


THREADED = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="A6" dT="2026-11-01T09:00:00.00" personId="{1}" id="{2}">'
    "<text>Is this agreed?</text></threadedComment></ThreadedComments>"
)
PERSONS = (
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person displayName="A. Officer" id="{1}" userId="a" providerId="None"/></personList>'
)
LABEL = (
    '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata">'
    '<clbl:label id="{3}" enabled="1" method="Privileged" siteId="{4}" removed="0"/>'
    "</clbl:labelList>"
)
X14_RULE = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$1:$A$4</xm:f>'
    "</x14:formula1><xm:sqref>D7</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def as_excel_saves_it(content: bytes) -> bytes:
    """The workbook of XlsxWriter with a threaded comment, a label, an x14 rule and a macro part."""
    sheet = "xl/worksheets/sheet1.xml"
    read = {entry.filename: entry for entry in ZipFile(BytesIO(content)).infolist()}
    source = ZipFile(BytesIO(content))
    changed = {
        sheet: _with_x14(source.read(sheet)),
        "xl/worksheets/_rels/sheet1.xml.rels": _related(
            source.read("xl/worksheets/_rels/sheet1.xml.rels"),
            (
                "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
        ),
        "_rels/.rels": _related(
            source.read("_rels/.rels"),
            (
                "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
                "docMetadata/LabelInfo.xml",
            ),
        ),
    }
    added = {
        "xl/threadedComments/threadedComment1.xml": THREADED.encode(),
        "xl/persons/person.xml": PERSONS.encode(),
        "docMetadata/LabelInfo.xml": LABEL.encode(),
    }
    types = source.read("[Content_Types].xml").decode()
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in added
    )
    changed["[Content_Types].xml"] = types.replace("</Types>", f"{overrides}</Types>").encode()
    return zipped({name: changed.get(name) or source.read(name) for name in read} | added)


def _with_x14(sheet: bytes) -> bytes:
    """The newer validation goes among the extensions that are there."""
    text, inner = sheet.decode(), X14_RULE.removeprefix("<extLst>").removesuffix("</extLst>")
    assert "<extLst>" in text
    return text.replace("<extLst>", f"<extLst>{inner}", 1).encode()


def _related(rels: bytes, *more: tuple[str, str]) -> bytes:
    made = "".join(
        f'<Relationship Id="rIdX{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(more)
    )
    return rels.decode().replace("</Relationships>", f"{made}</Relationships>").encode()


def zipped(parts: Mapping[str, bytes], dated: tuple[int, int, int] = (2024, 2, 29)) -> bytes:
    """A zip of parts, all of one date."""
    held = BytesIO()
    with ZipFile(held, "w") as out:
        for name, content in parts.items():
            entry = ZipInfo(name, (*dated, 12, 30, 0))
            entry.compress_type = ZIP_DEFLATED
            out.writestr(entry, content)
    return held.getvalue()


def by_libreoffice(office: str, folder: Path) -> bytes:
    """The template of openpyxl as LibreOffice saves it."""
    source = folder / "theirs.xlsx"
    source.write_bytes(by_openpyxl())
    return converted(office, "xlsx", source, folder / "libre").read_bytes()


def converted(office: str, kind: str, source: Path, out: Path) -> Path:
    """A file as LibreOffice writes it in another format, or in the same one."""
    command = [
        office,
        f"-env:UserInstallation={(out.parent / 'profile').as_uri()}",
        *("--headless", "--convert-to", kind, "--outdir", str(out), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return out / f"{source.stem}.{kind}"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Each part by its name, unpacked."""
    with ZipFile(BytesIO(content)) as held:
        return {entry.filename: held.read(entry) for entry in held.infolist()}


def without(content: bytes, *names: str, instead: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A workbook without some parts, and with others."""
    parts = {name: part for name, part in parts_of(content).items() if name not in names}
    return zipped(parts | dict(instead))
