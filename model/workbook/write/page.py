"""The printed page of a sheet: what is for paper, at nine points or more where a paper is large
enough, with the header row and the marking on each.
"""

from itertools import groupby
from math import ceil
from typing import Literal, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from offwall.model.records.session import Workshop
from offwall.model.records.text import cut_short, on_one_line, xml_safe
from offwall.model.tables import FilledSheet
from offwall.model.workbook.write.sheet import FIRST_ROW, HEADER_ROW, SIZE, rows_of, turned_columns


def page_text(text: str, most: int) -> str:
    """A text on one line for a page's header, where an ampersand begins a code unless doubled."""
    return cut_short(on_one_line(xml_safe(text)), most).replace("&", "&&")


class _Paper(NamedTuple):
    """A paper by its number in ECMA-376, 18.3.1.63; its sides in points."""

    number: int
    short: float
    long: float


A4, A3 = _Paper(9, 595, 842), _Paper(8, 842, 1191)

Way = Literal["landscape", "portrait"]

LEAST = 9.0
"""Points of the printed text at least, where a paper is large enough."""

ONE_PAGE_LEAST = 6.5
"""Points of the printed text at least for a chart to be put on one page."""

CHARACTER = 5.6
"""Points that a character of a column's width takes on paper, at most."""

LAST_ROW = 1_048_576
"""The last row of a sheet (Excel's specifications and limits)."""

SIDE, TOP = 0.3, 0.75
"""Inches of the margins left and right, above and below."""

ABOVE = 70.0
"""Points of the lines above a table."""

MARKING_MOST, TITLE_MOST, DRAFT_MOST = 45, 50, 57
"""Characters kept of each: a page's header takes 255 with its codes, ampersands twice."""


def set_up_page(
    sheet: Worksheet,
    table: FilledSheet,
    printed: int,
    sizes: tuple[list[float], list[float]],
    workshop: Workshop,
    *,
    draft: str = "",
) -> None:
    """Set the page of a sheet, with the marking at the top and the foot.

    ``printed`` is how many of the first columns are for paper, ``sizes`` what `fill_sheet`
    answered, and ``draft`` what every page says while the record is a draft.
    """
    wide, heights = sum(sizes[0][:printed]) * CHARACTER, sizes[1]
    # Whole columns, so that rows which people add print as well.
    sheet.print_area = f"A1:{get_column_letter(printed)}{LAST_ROW}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    margins = sheet.page_margins
    margins.left = margins.right = SIDE
    margins.top = margins.bottom = TOP
    if turned_columns(table):
        _fit_chart(sheet, wide, ABOVE + sum(heights))
    elif any(column.key == "lane" for column in table.columns):
        _keep_strips(sheet, table, wide, heights)
    else:
        paper = A4 if LEAST * wide <= SIZE * _room(A4.long, SIDE) else A3
        across = ceil(LEAST * wide / SIZE / _room(paper.long, SIDE))
        _fit(sheet, paper, "landscape", 0, across)
        if across > 1:
            sheet.print_title_cols = f"A:{get_column_letter(table.pinned)}"
    marking = page_text(workshop.marking, MARKING_MOST)
    title, note = page_text(workshop.title, TITLE_MOST), page_text(draft, DRAFT_MOST)
    sheet.oddHeader = _across(title, marking, note)
    sheet.oddFooter = _across("&A", marking, "Page &P of &N")


def _room(side: float, margin: float) -> float:
    return side - 2 * 72 * margin


def _fit(sheet: Worksheet, paper: _Paper, way: Way, high: int, across: int = 1) -> None:
    """So many pages ``across`` and ``high``; as many as it takes for 0."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = paper.number, way
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fit_chart(sheet: Worksheet, wide: float, high: float) -> None:
    """Put a chart on one A3, whichever way it is larger; on several where nobody could read it."""
    sides: dict[Way, tuple[float, float]] = {
        "landscape": (A3.long, A3.short),
        "portrait": (A3.short, A3.long),
    }
    scales = {
        way: min(_room(across, SIDE) / wide, _room(down, TOP) / high)
        for way, (across, down) in sides.items()
    }
    best = max(scales, key=lambda way: scales[way])
    whole = scales[best] * SIZE >= ONE_PAGE_LEAST
    _fit(sheet, A3, best if whole else "landscape", int(whole))


def _keep_strips(sheet: Worksheet, table: FilledSheet, wide: float, heights: list[float]) -> None:
    """Break pages between strips alone: a program that fits pages itself breaks them anywhere."""
    scale = min(1.0, _room(A3.long, SIDE) / wide)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A3.number, "landscape"
    sheet.page_setup.scale = int(100 * scale)
    room, used = _room(A3.short, TOP) / scale * 0.95, ABOVE + heights[0]
    rows = zip(rows_of(table), heights[1:], strict=False)
    number = FIRST_ROW
    for _, strip in groupby(rows, key=lambda row: row[0][0]):
        high = [height for _, height in strip]
        if used + sum(high) > room and number > FIRST_ROW:
            sheet.row_breaks.append(Break(id=number - 1))
            used = heights[0]
        used += sum(high)
        number += len(high)


def _across(left: str, centre: str, right: str = "") -> HeaderFooterItem:
    item = HeaderFooterItem()
    for part, text in ((item.left, left), (item.center, centre), (item.right, right)):
        part.text = text or None
    return item
