"""A table in Word: a header row that repeats, widths that hold, and a description."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from model.exchange.brief.pages import text_width
from model.exchange.brief.styles import Styles
from model.exchange.clean import clean
from model.report.content import Grid

TWIP = 635
"""English metric units in a twentieth of a point, which is what tables are measured in."""

LINE, SHADE = "A6A6A6", "E3EAF2"

SIDES = ("top", "bottom", "insideH")


def add_table(document: Document, styles: Styles, grid: Grid) -> None:
    """Add a table to the end of the document.

    It is written as XML at once: cell by cell python-docx takes seconds for a long RACI.
    """
    widths = _widths(grid, text_width(document) // TWIP)
    table = parse_xml("".join(_table(grid, widths, styles.cell)))
    document.element.body.insert_element_before(table, "w:sectPr")


def _widths(grid: Grid, whole: int) -> list[int]:
    total = sum(grid.widths) or 1
    return [whole * width // total for width in grid.widths]


def _table(grid: Grid, widths: list[int], style: str) -> Iterator[str]:
    borders = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="{LINE}"/>' for s in SIDES)
    about = quoteattr(clean(grid.about))
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
    yield '<w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:val="0020"/>'
    yield f"<w:tblDescription w:val={about}/></w:tblPr><w:tblGrid>"
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from _row(grid.headers, widths, style, header=True)
    for row in grid.rows:
        yield from _row(row, widths, style)
    yield "</w:tbl>"


def _row(
    texts: tuple[str, ...], widths: list[int], style: str, *, header: bool = False
) -> Iterator[str]:
    yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if header else ""
    bold = "<w:rPr><w:b/></w:rPr>" if header else ""
    layout = f"<w:pPr><w:pStyle w:val={quoteattr(style)}/></w:pPr>"
    for text, width in zip(texts, widths, strict=True):
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p>{layout}'
        yield f'<w:r>{bold}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p></w:tc>'
    yield "</w:tr>"
