"""One sheet: its cells, styles, sizes and printed page. Text is never a formula and never cut
unsaid.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from offwall.model.records.session import Workshop
from offwall.model.records.text import cut_short, on_one_line, xml_safe
from offwall.model.tables import Cell, CellValue, FilledSheet, SheetRow

LONGEST_CELL = 32_767
"""Characters of a cell, in UTF-16 units (Excel's specifications and limits)."""

CUT = " … (cut: see the session file)"

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "'")
"""What a typed cell would be taken for something else by; such a cell is marked as text."""

# In a workbook `_x0041_` stands for the letter A (ECMA-376, ST_Xstring); text that happens to look
# like that is told apart by writing its first underscore so.
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """A text as a cell holds it; one too long ends in words that say that it was cut."""
    return _fitted(_ESCAPE_LIKE.sub("_x005F_", xml_safe(text)))


def _fitted(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST_CELL:
        return text
    # A pair cut in half is dropped by the decoder.
    kept = units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def page_text(text: str, most: int) -> str:
    """A text on one line for a page's header, where an ampersand begins a code unless doubled."""
    return cut_short(on_one_line(xml_safe(text)), most).replace("&", "&&")


# The looks: a few named styles, made once, and the colours that stand beside letters and words.
#
# Colours follow the words, by conditional formatting, so that they stay true when people edit.
# Every
# pair of text and ground has a contrast of 7 to 1 or more (WCAG 2.2, AAA asks for 7, AA for 4.5).

INK, WHITE, NAVY, RULE = "1A1A1A", "FFFFFF", "1F3864", "BFBFBF"

FONT = "Arial"
"""A font without serifs that every office has; a workbook falls back by itself where not."""

DATE_FORMAT = "dd mmm yyyy"

FILLS: Mapping[str, Mapping[str, str]] = {
    "letters": {"R": "CFE2F3", "RA": "B4C7E7", "A": "FCE4B6", "C": "DDEBD0", "I": "E7E6E6"},
    "improve": {"change": "FCE4B6", "drop": "F8D7DA", "new": "DDEBD0", "keep": "E7E6E6"},
    "activity_status": {
        "confirmed": "DDEBD0",
        "sequence only": "FCE4B6",
        "lead only": "FCE4B6",
        "to confirm": "F8D7DA",
    },
    "codes": {"D": "CFE2F3", "G": "E6D5F0", "T": "FCE4B6", "R": "F8D7DA"},
    "action_status": {"open": "FCE4B6", "doing": "CFE2F3", "done": "DDEBD0", "dropped": "E7E6E6"},
    "issue_status": {"open": "FCE4B6", "explored": "CFE2F3", "closed": "DDEBD0"},
    "band": {
        "quick win": "DDEBD0",
        "plan": "CFE2F3",
        "significant change": "FCE4B6",
        "unscored": "E7E6E6",
    },
    "lane": {
        "activity": "FFF2B3",
        "people": "CFE2F3",
        "decision": "F8D7DA",
        "documents": "DDEBD0",
        "photo": "E7E6E6",
    },
}
"""The ground of a cell by the list that its column offers, or by the column's key."""

_EDGE = Side(style="thin", color=RULE)
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", start_color=NAVY)


def _named(name: str, *, head: bool = False, **align: Any) -> NamedStyle:
    """A style of a table's cell."""
    return NamedStyle(
        f"Offwall {name}",
        font=Font(name=FONT, size=10, bold=head, color=WHITE if head else INK),
        fill=_HEAD if head else PatternFill(),
        border=_BOX,
        alignment=Alignment(**{"vertical": "top", "wrap_text": True, **align}),
    )


def _loose(name: str, size: int, colour: str, *, bold: bool = False) -> NamedStyle:
    """A style of the lines above a table."""
    return NamedStyle(f"Offwall {name}", font=Font(name=FONT, size=size, bold=bold, color=colour))


def _all() -> dict[str, NamedStyle]:
    date = _named("date", horizontal="left")
    date.number_format = DATE_FORMAT
    whole = _named("whole number", horizontal="right", indent=1)
    whole.number_format = "#,##0"
    return {
        "title": _loose("title", 16, NAVY, bold=True),
        "about": _loose("about", 10, INK),
        "header": _named("header", head=True, vertical="center"),
        "upright": _named("upright header", head=True, horizontal="center", text_rotation=90),
        "text": _named("text"),
        "letter": _named("letter", horizontal="center"),
        "int": whole,
        "date": date,
    }


QUOTED = "quoted"
"""The look of text that a spreadsheet might take for a formula if it were typed again."""


class CellStyles:
    """Adds the named styles to a workbook and hands out each as the array that a cell bears.

    Styling cell by cell is most of the time that a workbook takes; a ready array costs a copy.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._arrays: dict[str, StyleArray] = {}
        for key, style in _all().items():
            workbook.add_named_style(style)
            self._arrays[key] = StyleArray(style.as_tuple())
            quoted = StyleArray(style.as_tuple())
            quoted.quotePrefix = 1
            self._arrays[f"{key} {QUOTED}"] = quoted

    def array(self, key: str, *, quoted: bool = False) -> StyleArray:
        """The style by its key."""
        return self._arrays[f"{key} {QUOTED}" if quoted else key]


# How wide columns are and how high rows: enough for the text, in every program that opens it.

LINE_HEIGHT = 13.0
"""Points that a line of the body takes."""

HIGHEST = 409.0
"""Points that a row can be (Excel's specifications and limits)."""

TURNED_WIDTH = 5.5
"""Characters that a column with an upright header is wide."""

TURNED = (60.0, 200.0)
"""Points that a row of upright headers is high, at least and at most."""

BUTTON = 3
"""Characters of a header's width that its filter button covers."""


class _Row(RowDimension):
    """A row whose height is a first guess: Excel measures it anew when somebody edits it.

    openpyxl marks every height as the user's own, and such a row would never grow.
    """

    @property
    def customHeight(self) -> bool:  # noqa: N802
        """Whether the height is the user's own."""
        return False


def size_sheet(sheet: Worksheet, table: FilledSheet, header_row: int, turned: set[int]) -> None:
    """Set the columns' widths and the rows' heights.

    ``turned`` are the places, from 0, of the columns whose headers stand upright.
    """
    widths = [
        TURNED_WIDTH if place in turned else column.width
        for place, column in enumerate(table.columns)
    ]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _set(sheet, header_row, _header_height(table, turned))
    for number, row in enumerate(table.rows, header_row + 1):
        _set(sheet, number, _height(row, widths))


def _set(sheet: Worksheet, number: int, height: float) -> None:
    sheet.row_dimensions[number] = _Row(sheet, index=number, ht=height)


def _header_height(table: FilledSheet, turned: set[int]) -> float:
    low, high = TURNED
    flat = [
        LINE_HEIGHT * lines_needed(column.header, column.width - BUTTON) + 4
        for place, column in enumerate(table.columns)
        if place not in turned
    ]
    upright = [25 + 5.6 * len(table.columns[place].header) for place in turned]
    return max([*flat, *(min(max(low, height), high) for height in upright)])


def _height(row: SheetRow, widths: list[float]) -> float:
    texts = zip(row, widths, strict=True)
    most = max(
        (lines_needed(text, width) for text, width in texts if isinstance(text, str)), default=1
    )
    return min(LINE_HEIGHT * most + 2, HIGHEST)


def lines_needed(text: str, width: float) -> int:
    """The lines that a text takes in a cell of a width, in characters: a guess, rather too many."""
    if len(text) <= width // 2:
        return 1 + text.count("\n")
    room = max(width - 1, 1)
    return sum(max(ceil(_wide(part) / room), 1) for part in text.split("\n"))


def _wide(text: str) -> int:
    """How wide a text is: characters of East Asia and most pictures take two places."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


# One table on one sheet: title, what it is, one header row, the rows, and the dropdowns.

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

FIRST_YEAR = 1900
"""Excel counts days from here; an earlier date is written as text."""

UPRIGHT_FROM = 6
"""Columns of letters from which their headers stand upright, so that the page stays readable."""


def fill_sheet(
    sheet: Worksheet, table: FilledSheet, line: str, styles: CellStyles, offered: set[str]
) -> None:
    """Write a table on an empty sheet. ``line`` stands under the title and what it is.

    ``offered`` names the lists that have values and so can be a dropdown.
    """
    table = replace(table, rows=tuple(row for row in table.rows if _says_anything(row)))
    writer = _SheetWriter(sheet, styles)
    for text, look in ((table.title, "title"), (table.about, "about"), (line, "about")):
        writer.append([(text, look)])
    turned = _turned(table)
    heads = ["upright" if place in turned else "header" for place in range(len(table.columns))]
    looks = [_look(column) for column in table.columns]
    writer.append(zip((column.header for column in table.columns), heads, strict=True))
    for row in _rows(table):
        writer.append(zip(row, looks, strict=True))
    size_sheet(sheet, table, HEADER_ROW, turned)
    _frame(sheet, table)
    for place, column in enumerate(table.columns, 1):
        _offer(sheet, column, _cells(table, place), offered)
        _colour(sheet, column, _cells(table, place))


class _SheetWriter:
    def __init__(self, sheet: Worksheet, styles: CellStyles) -> None:
        self._sheet, self._styles = sheet, styles

    def append(self, values: Iterator[tuple[CellValue, str]] | list[tuple[CellValue, str]]) -> None:
        self._sheet.append([self._cell(value, look) for value, look in values])

    def _cell(self, value: CellValue, look: str) -> ExcelCell:
        if isinstance(value, dt.date) and value.year < FIRST_YEAR:
            value = value.isoformat()
        text = isinstance(value, str)
        quoted = text and str(value).startswith(FORMULA_MARKS)
        style = self._styles.array(look, quoted=quoted)
        cell = ExcelCell(self._sheet, row=1, column=1, style_array=style)
        if text:
            cell.value = cell_text(str(value)) or None
            # openpyxl takes "=1+1" for a formula and "#N/A" for an error: it is what was said.
            if cell.value is not None:
                cell.data_type = "s"
        else:
            cell.value = value
        return cell


def _says_anything(row: tuple[CellValue, ...]) -> bool:
    """Whether a row is not blank: a blank one would end the table for whoever hears it read."""
    return any(value not in ("", None) for value in row)


def _rows(table: FilledSheet) -> tuple[tuple[CellValue, ...], ...]:
    """The rows; a table in a workbook needs one at least, so an empty one gets an empty row."""
    return table.rows or ((None,) * len(table.columns),)


def _letter(column: Cell[Any]) -> bool:
    return column.choices == "letters"


def _turned(table: FilledSheet) -> set[int]:
    """The places of the columns whose headers stand upright: many columns of letters."""
    found = {place for place, column in enumerate(table.columns) if _letter(column)}
    return found if len(found) >= UPRIGHT_FROM else set()


def _look(column: Cell[Any]) -> str:
    return "letter" if _letter(column) or column.choices == "codes" else str(column.kind)


def _last(table: FilledSheet) -> int:
    return HEADER_ROW + len(_rows(table))


def _cells(table: FilledSheet, place: int) -> str:
    letter = get_column_letter(place)
    return f"{letter}{FIRST_ROW}:{letter}{_last(table)}"


def _frame(sheet: Worksheet, table: FilledSheet) -> None:
    last = get_column_letter(len(table.columns))
    block = ExcelTable(displayName=table.name, ref=f"A{HEADER_ROW}:{last}{_last(table)}")
    block.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(block)
    sheet.freeze_panes = f"{get_column_letter(table.pinned + 1)}{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False


def _offer(sheet: Worksheet, column: Cell[Any], cells: str, offered: set[str]) -> None:
    """A dropdown that warns of other values and lets them stand: people know better."""
    if column.choices not in offered:
        return
    rule = DataValidation(
        type="list", formula1=f"={list_name(column.choices)}", allow_blank=True, sqref=cells
    )
    rule.errorStyle = "warning"
    rule.errorTitle = "Not in the list"
    rule.error = "This is not in the list. Keep it all the same?"
    sheet.add_data_validation(rule)


def list_name(key: str) -> str:
    """The workbook's name for the values of a list."""
    return f"list_{key}"


def _colour(sheet: Worksheet, column: Cell[Any], cells: str) -> None:
    for word, colour in FILLS.get(column.choices or column.key, {}).items():
        ground = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        rule = Rule("cellIs", operator="equal", formula=[f'"{word}"'], dxf=ground)
        sheet.conditional_formatting.add(cells, rule)


# The printed page: A3 landscape, one page wide, the header row and the marking on each.

A3 = 8
"""The paper's number in ECMA-376, 18.3.1.63."""

MARKING_MOST, TITLE_MOST = 55, 65
"""Characters kept of each: a page's header takes 255 with its codes, ampersands twice."""


def set_up_page(sheet: Worksheet, workshop: Workshop) -> None:
    """Set the page of a sheet, with the marking at the top and the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    marking = page_text(workshop.marking, MARKING_MOST)
    sheet.oddHeader = _across(page_text(workshop.title, TITLE_MOST), marking)
    sheet.oddFooter = _across("&A", marking, "Page &P of &N")


def _across(left: str, centre: str, right: str = "") -> HeaderFooterItem:
    item = HeaderFooterItem()
    for part, text in ((item.left, left), (item.center, centre), (item.right, right)):
        part.text = text or None
    return item
