"""One sheet: its cells, styles, and sizes. Text is never a formula and never cut unsaid."""

import datetime as dt
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from itertools import chain
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from offwall.model.records.text import xml_safe
from offwall.model.tables import Cell, CellValue, FilledSheet, SheetRow
from offwall.model.tables.sheet import ID

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
    text = _ESCAPE_LIKE.sub("_x005F_", xml_safe(text))
    if 2 * len(text) <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST_CELL:
        return text
    # A pair cut in half is dropped by the decoder.
    kept = units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


# The looks: a few named styles, made once, and the colours that stand beside letters and words.
#
# Colours follow the words, by conditional formatting, so that they stay true when people edit.
# Every pair of text and ground has a contrast of 7 to 1 or more (WCAG 2.2, AAA asks for 7, AA for
# 4.5).

INK, WHITE, NAVY, RULE, LINK = "1A1A1A", "FFFFFF", "1F3864", "BFBFBF", "003078"

FONT = "Arial"
"""A font without serifs that every office has; a workbook falls back by itself where not."""

SIZE = 12
"""Points of the text (the Analysis Function's checklist for spreadsheets)."""

WIDER = SIZE / 10
"""Columns are described for letters of ten points."""

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
    "action_status": {"doing": "CFE2F3", "done": "DDEBD0", "dropped": "E7E6E6"},
    "rags": {"red": "F8D7DA", "amber": "FCE4B6", "green": "DDEBD0"},
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


def _named(name: str, *, head: bool = False, **align: Any) -> NamedStyle:
    """A style of a table's cell."""
    edge = Side(style="thin", color=RULE)
    return NamedStyle(
        f"Offwall {name}",
        font=Font(name=FONT, size=SIZE, bold=head, color=WHITE if head else INK),
        fill=PatternFill("solid", start_color=NAVY) if head else PatternFill(),
        border=Border(left=edge, right=edge, top=edge, bottom=edge),
        alignment=Alignment(**{"vertical": "top", "wrap_text": True, **align}),
    )


def _loose(name: str, size: int, colour: str, **font: Any) -> NamedStyle:
    """A style of the lines above a table."""
    return NamedStyle(name, font=Font(name=FONT, size=size, color=colour, **font))


def _all() -> dict[str, NamedStyle]:
    date = _named("date", horizontal="left")
    date.number_format = DATE_FORMAT
    whole = _named("whole number", horizontal="right", indent=1)
    whole.number_format = "#,##0"
    title = _loose("Heading 1", 16, NAVY, bold=True)
    # The number of the style that Excel itself calls Heading 1 (ECMA-376, 18.8.7).
    title.builtinId = 16
    link = _named("link")
    link.font = Font(name=FONT, size=SIZE, color=LINK, underline="single")
    return {
        "title": title,
        "about": _loose("Offwall about", SIZE, INK),
        "link": link,
        "header": _named("header", head=True, vertical="bottom"),
        "upright": _named(
            "upright header", head=True, vertical="bottom", horizontal="center", text_rotation=90
        ),
        "text": _named("text"),
        "letter": _named("letter", horizontal="center"),
        "int": whole,
        "date": date,
    }


MOST_CELLS = 20_000
"""Cells whose XML is kept for the next that says the same."""


class CellStyles:
    """Adds the named styles to a workbook, and makes the cells that bear them."""

    def __init__(self, workbook: Workbook) -> None:
        # Widths count the digits of the workbook's own font: one that every computer has.
        # The stubs know neither this nor how a table names its columns.
        untyped: Any = workbook
        untyped._fonts = IndexedList([Font(name=FONT, size=10)])  # noqa: SLF001
        self._ids = untyped._cell_styles  # noqa: SLF001
        self._arrays: dict[str, StyleArray] = {}
        self.cell = lru_cache(MOST_CELLS)(self._cell)
        for key, style in _all().items():
            workbook.add_named_style(style)
            self._arrays[key] = StyleArray(style.as_tuple())
            # Of text that a spreadsheet might take for a formula if it were typed again.
            quoted = self._arrays[f"{key} quoted"] = StyleArray(style.as_tuple())
            quoted.quotePrefix = 1

    def _cell(self, value: CellValue, look: str) -> str:
        """A cell in XML from behind its place to its end. Most cells say what another did."""
        if isinstance(value, dt.date) and value.year < FIRST_YEAR:
            value = value.isoformat()
        text = cell_text(value) if isinstance(value, str) else ""
        quoted = isinstance(value, str) and value.startswith(FORMULA_MARKS)
        style = self._ids.add(self._arrays[f"{look} quoted" if quoted else look])
        if text:
            space = ' xml:space="preserve"' if text != text.strip() else ""
            return f' s="{style}" t="inlineStr"><is><t{space}>{escape(text, quote=False)}</t></is>'
        number: Any = value
        if isinstance(value, dt.date):
            number = int(to_excel(value))  # type: ignore[no-untyped-call]
        return f' s="{style}" t="n">' + (f"<v>{number}</v>" if number not in ("", None) else "")


# How wide columns are and how high rows: enough for the text, in every program that opens it.

LINE_HEIGHT = 15.0
"""Points that a line of the body takes."""

HIGHEST = 409.0
"""Points that a row can be (Excel's specifications and limits)."""

TURNED_WIDTH = 5.0
"""Characters that a column with an upright header is wide."""

TURNED = (60.0, 200.0)
"""Points that a row of upright headers is high, at least and at most."""

BUTTON = 2
"""Characters of a header's width that its filter button covers."""


def size_sheet(sheet: Worksheet, table: FilledSheet) -> tuple[list[float], list[float]]:
    """Set the columns' widths; answers with them and the heights of the rows, from the header's on.

    Excel measures a row anew when somebody edits it: no height is marked as the user's own.
    """
    turned, button = turned_columns(table), BUTTON if is_sorted(table) else 0
    widths = [
        WIDER
        * (TURNED_WIDTH if place in turned else max(column.width, _longest_word(column, button)))
        for place, column in enumerate(table.columns)
    ]
    heights = [_header_height(table, turned, widths, button)]
    heights += [_height(row, widths) for row in table.rows]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return widths, heights


def _longest_word(column: Cell[Any], button: int) -> float:
    """Characters of a header's longest word, bold, beside its button; a longer one is broken."""
    return min(1.1 * max(map(len, column.header.split()), default=0) + 1 + button, 30)


def _header_height(table: FilledSheet, turned: set[int], widths: list[float], button: int) -> float:
    low, high = TURNED
    flat = [
        LINE_HEIGHT * lines_needed(column.header, (widths[place] / WIDER) - button) + 4
        for place, column in enumerate(table.columns)
        if place not in turned
    ]
    upright = [12 + 6.2 * len(table.columns[place].header) for place in turned]
    return max([*flat, *(min(max(low, height), high) for height in upright)])


def _height(row: SheetRow, widths: list[float]) -> float:
    texts = zip(row, widths, strict=True)
    lines = (lines_needed(text, width / WIDER) for text, width in texts if isinstance(text, str))
    return min(LINE_HEIGHT * max(lines, default=1) + 2, HIGHEST)


@lru_cache(MOST_CELLS)
def lines_needed(text: str, width: float) -> int:
    """The lines that a text takes in a cell of a width, in characters: a guess, rather too many."""
    if len(text) <= width // 2:
        return 1 + text.count("\n")
    return sum(_lines(part, max(width - 1, 1)) for part in text.split("\n"))


def _lines(part: str, room: float) -> int:
    """The lines of a paragraph, broken between its words and within those that are too long."""
    if _wide(part) <= room:
        return 1
    lines, used = 1, 0.0
    for word in part.split(" "):
        wide = _wide(word)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += ceil(wide / room) - 1 if wide > room else 0
        used += wide + 0.55
    return lines


_NARROW = {ord(mark): None for mark in " ijltfrI.,;:'|!()[]-/"}
_BROAD = {ord(mark): None for mark in "mwMWABCDEFGHJKLNOPQRSTUVXYZ@%&"}


@lru_cache(MOST_CELLS)
def _wide(text: str) -> float:
    """How wide a text is, in digits of Arial: East Asia's and most pictures take two places."""
    if text.isascii():
        narrow = len(text) - len(text.translate(_NARROW))
        broad = len(text) - len(text.translate(_BROAD))
        return len(text) - 0.45 * narrow + 0.35 * broad
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


# One table on one sheet: title, what it is, one header row, the rows, and the dropdowns.

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

FIRST_YEAR = 1900
"""Excel counts days from here; an earlier date is written as text."""

UPRIGHT_FROM = 6
"""Columns of letters from which their headers stand upright, so that the page stays readable."""

EMPTY = "An empty cell means none."
"""What blank cells mean, as the checklist for spreadsheets asks to be told."""


def fill_sheet(
    sheet: Worksheet, table: FilledSheet, offered: set[str]
) -> tuple[list[float], list[float]]:
    """Make the sheet of a table, all but its rows, which `row_texts` makes.

    ``offered`` names the lists that have values and so can be a dropdown. Answers with the widths
    of the columns and the heights of the rows from the header's on.
    """
    # The rows take the place of all that is there from the first to the last.
    sheet.cell(1, 1)
    sheet.cell(last_row(table), len(table.columns))
    sizes = size_sheet(sheet, table)
    _frame(sheet, table)
    for place, column in enumerate(table.columns, 1):
        _offer(sheet, column, _cells(table, place), offered)
        _colour(sheet, column, _cells(table, place))
    return sizes


def row_texts(
    table: FilledSheet, line: str, heights: list[float], styles: CellStyles, links: Container[int]
) -> Iterator[bytes]:
    """All rows of a sheet as XML, of the very form that openpyxl gives its cells.

    A cell as an object takes four times as long, and all of them most of the memory. ``line``
    stands under the title and what the table is. ``heights`` are those of `fill_sheet`; in the rows
    whose numbers are in ``links`` the second cell is a link.
    """
    letters = [get_column_letter(place) for place in range(1, len(table.columns) + 1)]
    turned, looks = turned_columns(table), [_look(column) for column in table.columns]
    heads = ["upright" if place in turned else "header" for place in range(len(table.columns))]
    linked = [*looks[:1], "link", *looks[2:]]
    above: list[tuple[SheetRow, list[str]]] = [
        ((table.title,), ["title"]),
        ((f"{table.about} {EMPTY}",), ["about"]),
        ((line,), ["about"]),
        (tuple(column.header for column in table.columns), heads),
    ]
    below = (
        (row, linked if number in links else looks)
        for number, row in enumerate(rows_of(table), FIRST_ROW)
    )
    high = chain([""] * (HEADER_ROW - 1), (f' ht="{height:.16g}"' for height in heights), [""])
    rows = zip(chain(above, below), high, strict=False)
    for number, ((row, told), height) in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{letter}{number}"{styles.cell(value, look)}</c>'
            for letter, value, look in zip(letters, row, told, strict=False)
        )
        yield f'<row r="{number}"{height}>{cells}</row>'.encode("ascii", "xmlcharrefreplace")


def without_blank_rows(table: FilledSheet) -> FilledSheet:
    """The table without blank rows: one would end it for whoever hears it read."""
    rows = (row for row in table.rows if any(value not in ("", None) for value in row))
    return replace(table, rows=tuple(rows))


def rows_of(table: FilledSheet) -> tuple[tuple[CellValue, ...], ...]:
    """The rows; a table in a workbook needs one at least, so an empty one gets an empty row."""
    return table.rows or ((None,) * len(table.columns),)


def _letter(column: Cell[Any]) -> bool:
    return column.choices == "letters"


def turned_columns(table: FilledSheet) -> set[int]:
    """The places of the columns whose headers stand upright: many columns of letters."""
    found = {place for place, column in enumerate(table.columns) if _letter(column)}
    return found if len(found) >= UPRIGHT_FROM else set()


def is_sorted(table: FilledSheet) -> bool:
    """Whether people sort, filter and fill in a sheet: its rows are records that come back."""
    return table.columns[-1].key == ID.key


def _look(column: Cell[Any]) -> str:
    return "letter" if _letter(column) or column.choices == "codes" else str(column.kind)


def last_row(table: FilledSheet) -> int:
    """The number of the last row of a table."""
    return HEADER_ROW + len(rows_of(table))


def _cells(table: FilledSheet, place: int) -> str:
    letter = get_column_letter(place)
    return f"{letter}{FIRST_ROW}:{letter}{last_row(table)}"


def _frame(sheet: Worksheet, table: FilledSheet) -> None:
    last = get_column_letter(len(table.columns))
    block: Any = ExcelTable(displayName=table.name, ref=f"A{HEADER_ROW}:{last}{last_row(table)}")
    # openpyxl would make a cell of each in the table, to read these few.
    block._initialise_columns()  # noqa: SLF001
    for column, told in zip(block.tableColumns, table.columns, strict=True):
        column.name = cell_text(told.header)
    if not is_sorted(table):
        block.autoFilter = None
    block.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(block)
    if is_sorted(table):
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
