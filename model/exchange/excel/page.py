"""The printed page: A3 landscape, one page wide, the header row and the marking on each."""

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from model.exchange.excel.sheet import HEADER_ROW
from model.exchange.excel.text import page_text
from model.session import Workshop

A3 = 8
"""The paper's number in ECMA-376, 18.3.1.63."""

MARKING_MOST, TITLE_MOST = 55, 65
"""Characters kept of each: a page's header takes 255 with its codes, ampersands twice."""


def set_up(sheet: Worksheet, workshop: Workshop) -> None:
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
