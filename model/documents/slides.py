"""A paper as slides (PowerPoint): each section on one, in the council's own deck where it is given.

A slide has its title, then what the section says in reading order, then the marking; what is no
text says what it shows. `model.documents.extras` says whether python-pptx is there: whoever loads
this asks first.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.text.text import _Paragraph
from pptx.util import Emu

from offwall.model.documents.brief.word_styles import describe, steady_bytes
from offwall.model.documents.paper import LANGUAGE, Heading, Paper, Paragraph, Part, Table, plain
from offwall.model.records.text import on_one_line
from offwall.model.store import ExportError

SLIDES = ".pptx"

SIDES = ("left", "top", "width", "height")

WIDE, HIGH, FOOT, POINT = 12_192_000, 6_858_000, 420_000, 12_700
"""A slide of 16 to 9, its line with the marking, and a point, in English Metric Units."""

ACCENT = (b"4F81BD", b"12436D")
"""The blue of python-pptx's own deck, and one on which white words can be read (WCAG AA)."""

TEXT, LESS, SMALL, CELLS = 24, 18, 12, (18, 16, 14, 12)
"""Points of what a slide says, of that above a table, and the least; of a table, best first."""

AROUND = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)

TITLE, BODY = PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.BODY
LAYOUTS = ({TITLE, PP_PLACEHOLDER.OBJECT}, {TITLE, BODY}, {TITLE})
"""What a layout that serves has to fill in, the best first."""

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension of PowerPoint that names the sections of a deck ([MS-PPTX] 2.2.2)."""


def paper_slides(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as slides; the same paper and template give the same bytes.

    ``template`` is a deck whose looks are taken and whose slides are left out.

    Raises:
        ExportError: the template cannot be read.
    """
    deck = _deck(template)
    # With a title and one place for anything; else one with a title; else the first.
    layouts = list(deck.slide_layouts)
    fit = (one for wanted in LAYOUTS for one in layouts if _places(one) == wanted)
    layout = next(fit, layouts[0])
    for heading, parts in _sections(paper.parts):
        _Slide(deck, layout).fill(paper, heading, parts)
    describe(deck, paper)
    return steady_bytes(deck, paper.date)


def _deck(template: bytes | None) -> Deck:
    """An empty deck: the council's without its slides, else python-pptx's own, made wide."""
    if template is None:
        return _wide(Presentation())
    try:
        deck = Presentation(BytesIO(template))
        _ = deck.slide_layouts[0]
    except (PackageNotFoundError, BadZipFile, LookupError, ValueError, XMLSyntaxError):
        said = "is no PowerPoint file that can be read. Save it as .pptx, or name another."
        raise ExportError(f"The template {said}") from None
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    # Sections name the slides that are gone; PowerPoint would offer to repair the file.
    for ext in deck.part._element.xpath(f"p:extLst/p:ext[@uri='{SECTIONS}']"):
        ext.getparent().remove(ext)
    return deck


def _wide(deck: Deck) -> Deck:
    """The deck with what lies on a slide of 4 to 3 drawn out to one of 16 to 9."""
    share = WIDE / (deck.slide_width or WIDE)
    deck.slide_width, deck.slide_height = Emu(WIDE), Emu(HIGH)
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(*ACCENT)
    for style in deck.slide_master._element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
        style.find("{*}defRPr").set("sz", "3200")
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            # A placeholder of a layout without a place of its own lies where the master's does.
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = (Emu(int(o * share)) for o in (shape.left, shape.width))
    return deck


def _places(layout: SlideLayout) -> set[PP_PLACEHOLDER]:
    """What is to be filled in on a slide of a layout; two of a kind are as good as none."""
    held: Any = layout.placeholders
    kept = [kind for one in held if (kind := one.placeholder_format.type) not in AROUND]
    return set(kept) if len(kept) == len(set(kept)) else set()


def _sections(parts: Sequence[Part]) -> Iterator[tuple[Heading, Sequence[Part]]]:
    starts = [n for n, one in enumerate(parts) if isinstance(one, Heading) and one.level == 1]
    for start, end in pairwise((*starts, len(parts))):
        if isinstance(heading := parts[start], Heading):
            yield heading, parts[start + 1 : end]


class _Slide:
    """One slide, filled from top to bottom."""

    def __init__(self, deck: Deck, layout: SlideLayout) -> None:
        self.slide = deck.slides.add_slide(layout)
        self.layout = layout
        width, height = int(deck.slide_width or WIDE), int(deck.slide_height or HIGH)
        self.body = next((o for o in self.slide.placeholders if o.placeholder_format.idx), None)
        place: tuple[int, ...] = width // 20, height // 4, width - width // 10, height
        if self.body is not None:
            place = tuple(int(getattr(self.body, side)) for side in SIDES)
        self.left, self.top, self.width, tall = place
        self.bottom = min(self.top + tall, height - FOOT)

    def fill(self, paper: Paper, heading: Heading, parts: Sequence[Part]) -> None:
        """Put in the title, the words, then the tables, then the foot."""
        if (title := self.slide.shapes.title) is not None:
            title.text_frame.text = plain(on_one_line(heading.text))
        said: list[Paragraph] = []
        for part in parts:
            if isinstance(part, Heading):
                said.append(Paragraph("", part.text))
            else:
                said += (part,) if isinstance(part, Paragraph) else getattr(part, "items", ())
        shown = [part for part in parts if isinstance(part, Table)]
        self._say(said, alone=not shown)
        for number, part in enumerate(shown):
            height = (self.bottom - self.top) // (len(shown) - number)
            self._table(part, height)
            self.top += height
        self._foot(paper)
        for run in self.slide._element.iter("{*}rPr", "{*}endParaRPr"):
            run.set("lang", LANGUAGE)

    def _say(self, lines: Sequence[Paragraph], *, alone: bool) -> None:
        """The words, as large as they fit; no more than half where a table follows."""
        body = self.body
        if not lines:
            if body is not None:
                body._element.getparent().remove(body._element)
            return
        if body is None:
            body = self._box(self.top, self.width)
        texts, room = [line.lead + line.text for line in lines], self.bottom - self.top

        def needed(size: int) -> int:
            return sum(_rows(text, self.width, size) for text in texts) * size * POINT * 3 // 2

        sizes = range(TEXT if alone else LESS, SMALL, -2)
        size = next((one for one in sizes if needed(one) <= room), SMALL)
        height = room if alone else min(needed(size) + 2 * SMALL * POINT, room // 2)
        for side, value in zip(SIDES, (self.left, self.top, self.width, height), strict=True):
            setattr(body, side, Emu(value))
        frame = body.text_frame
        for number, line in enumerate(lines):
            _write(frame.add_paragraph() if number else frame.paragraphs[0], line, size)
        self.top += height

    def _table(self, part: Table, height: int) -> None:
        shares = [self.width * share // sum(part.widths) for share in part.widths]
        size = next((one for one in CELLS if _height(part, shares, one) <= height), CELLS[-1])
        place = map(Emu, (self.left, self.top, self.width, len(part.rows) * size * POINT))
        frame = self.slide.shapes.add_table(len(part.rows) + 1, len(part.heads), *place)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(part.caption))
        for column, share in zip(frame.table.columns, shares, strict=True):
            column.width = Emu(share)
        for row, said in zip(frame.table.rows, (part.heads, *part.rows), strict=True):
            row.height = Emu(size * POINT * 2)
            for cell, text in zip(row.cells, said, strict=True):
                _write(cell.text_frame.paragraphs[0], Paragraph(text), size)

    def _foot(self, paper: Paper) -> None:
        said = " · ".join(filter(None, (paper.marking, paper.draft)))
        placed: Any = self.layout.placeholders
        held = {one.placeholder_format.type: one for one in placed}
        if number := held.get(PP_PLACEHOLDER.SLIDE_NUMBER):
            copied = deepcopy(number._element)
            copied.nvSpPr.cNvPr.set("id", str(max(o.shape_id for o in self.slide.shapes) + 1))
            self.slide.shapes._spTree.append(copied)
        if said:
            foot = self._box(self.bottom, self.width * 3 // 4)
            _write(foot.text_frame.paragraphs[0], Paragraph(said), SMALL)

    def _box(self, top: int, width: int) -> Any:
        box = self.slide.shapes.add_textbox(*map(Emu, (self.left, top, width, FOOT)))
        box.text_frame.word_wrap = True
        return box


def _write(to: _Paragraph, line: Paragraph, size: int) -> None:
    for text, bold in ((line.lead, True), (line.text, False)):
        if text:
            run = to.add_run()
            run.text = plain(on_one_line(text)) + (" " if bold and line.text else "")
            run.font.size = Emu(size * POINT)
            run.font.bold = True if bold else None


def _rows(text: str, width: int, size: int) -> int:
    """How many lines a text takes, its letters about half as wide as they are high."""
    longest = max(map(len, text.split()), default=0) * size * POINT * 3 // 5
    # A word that is broken counts as many: a smaller size is better.
    return 40 if longest > width else max(1, -(-len(text) * size * POINT // 2 // width))


def _height(table: Table, widths: Sequence[int], size: int) -> int:
    """About how high a table is: no row is lower than two lines."""
    pad = 16 * POINT
    lines = (
        max(_rows(text, width - pad, size) for text, width in zip(row, widths, strict=True))
        for row in (table.heads, *table.rows)
    )
    return sum(max(line * size * POINT * 6 // 5 + pad // 2, 2 * size * POINT) for line in lines)
