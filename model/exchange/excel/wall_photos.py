"""The photos of the wall under the table of the Map sheet, each on a page of its own."""

from io import BytesIO
from math import ceil

from openpyxl.drawing.fill import Blip
from openpyxl.drawing.geometry import PresetGeometry2D
from openpyxl.drawing.image import Image
from openpyxl.drawing.picture import PictureFrame
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from model.exchange.clean import clean
from model.exchange.excel.text import FORMULA_MARKS, cell_text
from model.exchange.photos import Gathered
from model.exchange.picture import Picture

ROOM = (1440, 960)
"""Pixels that a picture takes on the sheet at most: what an A3 page leaves beside the margins."""

COLUMN = 3
"""Where pictures stand: right of the columns that stay in view."""

ABOUT = "Offwall about"
"""The workbook's style for lines that stand beside a table."""

EMU = 9525
"""What a pixel is in the drawing's own units (ECMA-376, 20.1.2.1, at 96 to the inch)."""

ROW, POINTS = 20, 15.0
"""The height of an empty row: in pixels, and in points."""


def put(sheet: Worksheet, gathered: Gathered) -> None:
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
    cell.style = ABOUT
    cell.value = cell_text(" ".join(text.split())) or None
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
    frame.nvPicPr.cNvPr.descr = clean(picture.alternative)
    frame.blipFill.blip = Blip(embed=f"rId{number}", cstate="print")
    frame.spPr.prstGeom = PresetGeometry2D(prst="rect")
    frame.spPr.ln = None
    return frame
