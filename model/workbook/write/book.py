"""The whole workbook as bytes: every table on a sheet, the photos of the wall under the map."""

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain, groupby
from math import ceil
from pathlib import Path
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.drawing.fill import Blip
from openpyxl.drawing.geometry import PresetGeometry2D
from openpyxl.drawing.image import Image
from openpyxl.drawing.picture import PictureFrame
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from offwall.model.actions.facts import draft_note
from offwall.model.records import Session
from offwall.model.records.session import Workshop
from offwall.model.records.text import cut_short, on_one_line, unturned, xml_safe
from offwall.model.store import Picture
from offwall.model.store.photo_files import PhotoCopies
from offwall.model.tables import FilledSheet
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.tables.sheet import by_record, with_own_columns
from offwall.model.workbook.template.package import SteadyZip
from offwall.model.workbook.write.export import MARK
from offwall.model.workbook.write.sheet import (
    FIRST_ROW,
    FORMULA_MARKS,
    HEADER_ROW,
    SIZE,
    CellStyles,
    cell_text,
    fill_sheet,
    last_row,
    list_name,
    row_texts,
    rows_of,
    turned_columns,
    without_blank_rows,
)

# The printed page of a sheet: what is for paper, at nine points or more where a paper is large
# enough, with the header row and the marking on each.


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
    draft: str,
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
    item.left.text, item.center.text, item.right.text = left or None, centre or None, right or None
    return item


ROOM = (1440, 960)
"""Pixels that a picture takes on the sheet at most: what an A3 page leaves beside the margins."""

COLUMN = 3
"""Where pictures stand: right of the columns that stay in view."""

EMU = 9525
"""What a pixel is in the drawing's own units (ECMA-376, 20.1.2.1, at 96 to the inch)."""

ROW, POINTS = 20, 15.0
"""The height of an empty row: in pixels, and in points."""


def put_wall_photos(sheet: Worksheet, gathered: PhotoCopies) -> None:
    """Put the pictures under what the sheet holds, and say which could not be had."""
    row = sheet.max_row + 2
    for sentence in gathered.sentences:
        _say(sheet, row, sentence)
        row += 1
    for number, picture in enumerate(gathered.pictures, 1):
        sheet.row_breaks.append(Break(id=row - 1))
        _say(sheet, row, picture.caption)
        row = _place(sheet, picture, row + 1, number) + 2


def _say(sheet: Worksheet, row: int, text: str) -> None:
    cell = sheet.cell(row, COLUMN)
    cell.style = "Offwall about"
    cell.value = cell_text(on_one_line(text)) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_MARKS)


def _place(sheet: Worksheet, picture: Picture, row: int, number: int) -> int:
    """Anchor a picture at a row; answers with the last row that it covers."""
    image = Image(BytesIO(picture.data))
    scale = min(1.0, ROOM[0] / image.width, ROOM[1] / image.height)
    width, height = round(image.width * scale), round(image.height * scale)
    image.anchor = OneCellAnchor(
        _from=AnchorMarker(col=COLUMN - 1, row=row - 1),
        ext=XDRPositiveSize2D(width * EMU, height * EMU),
        pic=_frame(picture, number),
    )
    sheet.add_image(image)
    last = row + ceil(height / ROW) - 1
    for covered in range(row, last + 1):
        sheet.row_dimensions[covered].height = POINTS
    return last


def _frame(picture: Picture, number: int) -> PictureFrame:
    """What openpyxl would make, with words for who does not see the picture."""
    frame = PictureFrame()
    frame.nvPicPr.cNvPr.id = number
    frame.nvPicPr.cNvPr.name = f"Photo {number}"
    frame.nvPicPr.cNvPr.descr = xml_safe(picture.alternative)
    frame.blipFill.blip = Blip(embed=f"rId{number}", cstate="print")
    frame.spPr.prstGeom = PresetGeometry2D(prst="rect")
    frame.spPr.ln = None
    return frame


# The default workbook, as bytes: every table of a session on a sheet of its own.

NO_DATE = dt.date(2000, 1, 1)
"""What a workbook is dated when neither it nor the workshop has a date."""


def build_workbook(
    session: Session,
    *,
    exported_on: dt.date | None = None,
    photos: PhotoCopies | None = None,
    mark: str = "",
    sheets: Sequence[FilledSheet] = (),
) -> bytes:
    """The workbook of a session. The same session, date, photos and mark give the same bytes.

    ``mark`` is what the snapshot is known by that the workbook is compared with when it comes back.
    ``sheets`` stand in it in the place of all.
    """
    date = exported_on or session.workshop.date or NO_DATE
    workbook = Workbook()
    styles = CellStyles(workbook)
    first = workbook.worksheets[0]
    found = sheets or sheets_of(session)
    offered = _name_lists(workbook, found[-1]) if found[-1].name == "Lists" else set[str]()
    draft = draft_note(session)
    line = _line(session.workshop, exported_on, draft)
    own = by_record(session)
    rows: list[tuple[int, Iterator[bytes]]] = []
    for table, printed in (with_own_columns(one, own).for_paper() for one in found):
        sheet = workbook.create_sheet(table.title)
        told = without_blank_rows(table)
        sizes = fill_sheet(sheet, told, offered)
        set_up_page(sheet, table, printed, sizes, session.workshop, draft=draft)
        links = set() if rows else _link_sheets(sheet, told, {one.title for one in found[1:]})
        rows.append((last_row(told), row_texts(told, line, sizes[1], styles, links)))
    if photos:
        put_wall_photos(workbook["Map"], photos)
    workbook.remove(first)
    _describe(workbook, session.workshop, date)
    if mark:
        # The stubs know nothing of the properties that openpyxl has known since 3.1.
        untyped: Any = workbook
        untyped.custom_doc_props.append(StringProperty(name=MARK, value=mark))
    return _packed(workbook, date, rows)


def _name_lists(workbook: Workbook, lists: FilledSheet) -> set[str]:
    """Name the cells of each list that has values, and say which those are."""
    offered = set()
    for place, column in enumerate(lists.columns):
        if count := sum(row[place] not in ("", None) for row in lists.rows):
            letter, name = get_column_letter(place + 1), list_name(column.key)
            cells = f"'{lists.title}'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + count - 1}"
            workbook.defined_names[name] = DefinedName(name, attr_text=cells)
            offered.add(column.key)
    return offered


def _link_sheets(sheet: Worksheet, table: FilledSheet, titles: set[str]) -> set[int]:
    """Let the names of the other sheets in Read me lead there; answers with those rows."""
    linked = set()
    for number, (part, name, *_) in enumerate(table.rows, FIRST_ROW):
        if part == "Sheets" and name in titles:
            # Of the cell its link alone is kept: the row is written by `row_texts`.
            cell = sheet.cell(number, 2)
            cell.hyperlink = Hyperlink(ref="", location=f"'{name}'!A1", display=str(name))
            linked.add(number)
    return linked


def _line(workshop: Workshop, exported_on: dt.date | None, draft: str) -> str:
    """The line under a sheet's title: whose it is, how it is marked, how far, and from when."""
    dated = f"exported {exported_on.day} {exported_on:%B %Y}" if exported_on else ""
    parts = (workshop.title, workshop.council, workshop.marking, dated, draft)
    return " · ".join(filter(None, parts))


def _describe(workbook: Workbook, workshop: Workshop, date: dt.date) -> None:
    properties = workbook.properties
    # What a screen reader says first; a file without a title is read out by its name.
    properties.title = xml_safe(unturned(workshop.title or workshop.process)) or "Process map"
    properties.subject = xml_safe(unturned(workshop.process))
    properties.creator = xml_safe(unturned(workshop.facilitator or workshop.council))
    properties.keywords = xml_safe(unturned(workshop.marking))
    properties.language = "en-GB"
    properties.created = properties.modified = dt.datetime.combine(date, dt.time())


class _BookZip(SteadyZip):
    """A zip that puts the rows of each sheet into what openpyxl made of all else."""

    def __init__(self, file: Any, date: dt.date, rows: list[tuple[int, Iterator[bytes]]]) -> None:
        super().__init__(file, date)
        self._rows = {f"xl/worksheets/sheet{number}.xml": one for number, one in enumerate(rows, 1)}

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        """Write a sheet: openpyxl makes each in a file on disk, and writes nothing else so."""
        last, rows = self._rows[arcname]
        before, _, rest = Path(filename).read_bytes().partition(b'<row r="1">')
        _, _, after = rest.partition(b'<row r="%d">' % last)
        with self.open(self._entry(arcname), "w") as target:
            target.writelines(chain([before], rows, [after.partition(b"</row>")[2]]))


def _packed(workbook: Workbook, date: dt.date, rows: list[tuple[int, Iterator[bytes]]]) -> bytes:
    """The file. openpyxl's own ``save`` would write the clock into it."""
    held = BytesIO()
    ExcelWriter(workbook, _BookZip(held, date, rows)).save()
    return held.getvalue()
