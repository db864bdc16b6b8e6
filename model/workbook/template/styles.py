"""How a value is written into a template's cell: its style, its XML, the height of its row."""

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from offwall.model.tables import CellValue
from offwall.model.workbook.template.package import SPACE, Package, main_tag, related, workbook_part
from offwall.model.workbook.write.sheet import FIRST_YEAR, HIGHEST, cell_text, lines_needed

USUAL_DATE = "14"
"""The number of the format that shows a day as the reader's own settings do (18.8.30)."""

NARROW_DATE, FIRST_OWN = "dd/mm/yy", 164
"""How a day is shown in a narrow column, and the first number of a workbook's own formats."""

LEAST_ROOM, FULL_ROOM = 8.0, 11.0
"""Digits that a day needs, with a year of two digits and with one of four."""

USUAL_SIZE = 11.0
"""Points of a workbook's usual font; a column's width counts its digits."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a style shows what is in a cell; ``size`` is the font's, in points.

    What is ``turned`` is written upwards or aslant.
    """

    is_date: bool = False
    wraps: bool = False
    size: float = USUAL_SIZE
    turned: bool = False


class TemplateStyles:
    """The styles of a workbook by number, and the day from which it counts."""

    def __init__(self, package: Package) -> None:
        book = workbook_part(package)
        found = package.xml(book).getroot().find(main_tag("workbookPr"))
        from_1904 = found is not None and found.get("date1904") in ("1", "true")
        self._package, self._part = package, ""
        self._tree: Any = None
        self._dated: dict[tuple[str, bool], str] = {}
        self._epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        self._looks: list[CellLook] = []
        for part in related(package, book, "styles"):
            self._part, self._tree = part, package.xml(part)
            self._looks = _looks(self._tree.getroot())

    def of(self, style: str) -> CellLook:
        """The look of a cell's style; a cell without one has the first."""
        number = int(style) if style.isdigit() else 0
        return self._looks[number] if number < len(self._looks) else CellLook()

    def for_day(self, value: dt.date, style: str, room: float) -> str:
        """The style of a cell for a day; one that shows no date has one like it.

        ``room`` is how many digits the cell is wide: of a date that has none only signs are seen.
        """
        if self.of(style).is_date or value.year < FIRST_YEAR or room < LEAST_ROOM:
            return style
        key = (style, room < FULL_ROOM)
        if key not in self._dated:
            self._dated[key] = self._with_date(*key) or style
        return self._dated[key]

    def shows(self, value: dt.date, style: str) -> bool:
        """Whether a style shows a day as a date."""
        return value.year >= FIRST_YEAR and self.of(style).is_date

    def _with_date(self, style: str, short: bool) -> str:
        """A style like another that shows dates; empty where the workbook has no styles."""
        holder = None if self._tree is None else self._tree.getroot().find(main_tag("cellXfs"))
        number = int(style) if style.isdigit() else 0
        if holder is None or number >= len(holder):
            return ""
        made = deepcopy(holder[number])
        made.set("numFmtId", self._short_format() if short else USUAL_DATE)
        made.set("applyNumberFormat", "1")
        holder.append(made)
        holder.set("count", str(len(holder)))
        self._looks.append(replace(self.of(style), is_date=True))
        self._package.save(self._part, self._tree)
        return str(len(holder) - 1)

    def _short_format(self) -> str:
        """The number of the format for days in narrow columns, which is put to the others."""
        root = self._tree.getroot()
        holder = root.find(main_tag("numFmts"))
        if holder is None:
            holder = etree.Element(main_tag("numFmts"))
            root.insert(0, holder)
        known: dict[str, str] = {one.get("formatCode"): one.get("numFmtId", "0") for one in holder}
        if NARROW_DATE in known:
            return known[NARROW_DATE]
        number = str(max([FIRST_OWN - 1, *map(int, known.values())]) + 1)
        etree.SubElement(holder, main_tag("numFmt"), numFmtId=number, formatCode=NARROW_DATE)
        holder.set("count", str(len(holder)))
        return number

    def number(self, day: dt.date) -> int:
        """A day as the workbook counts it."""
        counted: Any = to_excel(dt.datetime.combine(day, dt.time()), self._epoch)  # type: ignore[no-untyped-call]
        return int(counted)


def _looks(root: Any) -> list[CellLook]:
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(main_tag("numFmt"))}
    sizes = [
        font.find(main_tag("sz"))
        for font in root.iterfind(f"{main_tag('fonts')}/{main_tag('font')}")
    ]
    fonts = [USUAL_SIZE if one is None else float(one.get("val", USUAL_SIZE)) for one in sizes]
    found = []
    for style in root.iterfind(f"{main_tag('cellXfs')}/{main_tag('xf')}"):
        code, font = style.get("numFmtId", "0"), int(style.get("fontId", "0"))
        aligned = style.find(main_tag("alignment"))
        found.append(
            CellLook(
                is_date_format(own.get(code) or BUILTIN_FORMATS.get(int(code), "General")),
                aligned is not None and aligned.get("wrapText") in ("1", "true"),
                fonts[font] if font < len(fonts) else USUAL_SIZE,
                aligned is not None and aligned.get("textRotation", "0") != "0",
            )
        )
    return found


# One cell of a sheet's XML, as this package writes it.

_CELL, _VALUE, _INLINE, _TEXT = map(main_tag, ("c", "v", "is", "t"))


def new_cell(row: Any, name: str, style: str, value: CellValue, looks: TemplateStyles) -> Any:
    """A new cell of a row. Text is text, whatever it begins with; an empty one has its style."""
    made = etree.SubElement(row, _CELL, {"r": name, "s": style} if style else {"r": name})
    if isinstance(value, dt.date):
        plain = f"{value.day} {value:%B %Y}"
        value = looks.number(value) if looks.shows(value, style) else plain
    if isinstance(value, int):
        etree.SubElement(made, _VALUE).text = str(value)
    elif value:
        made.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(made, _INLINE), _TEXT)
        text.text = cell_text(value)
        text.set(SPACE, "preserve")
    return made


# How high a row must be for what was written in it: a first guess, as nobody measured it yet.
#
# A row keeps at least the height that the template gave it. Excel measures anew when somebody edits
# the row; without the guess, other programs would show the first line alone.

USUAL_WIDTH = 8.43
"""Digits that a column is wide where a sheet does not say (ECMA-376, 18.3.1.81)."""

BETWEEN = 0.71
"""Digits that the edges of a column take, which merged columns have once (18.3.1.13)."""

LETTER = 1.1
"""Letters of a wide cell's text to a digit's width: a digit is wider than most."""

UPWARDS = 0.6
"""A letter's width by its size, as a text that is written upwards needs it."""

LINE_BY_SIZE = 1.32
"""A line's height by the size of its letters."""


class RowHeights:
    """The widths of a sheet's columns, and the heights that its texts need.

    ``across`` are the cells of a row that are merged, by their first column: the last one.
    """

    def __init__(
        self, tree: Any, looks: TemplateStyles, across: Mapping[int, int] | None = None
    ) -> None:
        self._looks, self._across = looks, across or {}
        root = tree.getroot()
        usual = root.find(main_tag("sheetFormatPr"))
        said = usual.get("defaultColWidth") if usual is not None else None
        self._usual = float(said) if said else USUAL_WIDTH
        self._widths: dict[int, float] = {}
        self._spans = [
            (
                int(one.get("min", "1")),
                int(one.get("max", "1")),
                float(one.get("width", USUAL_WIDTH)),
            )
            for one in root.iterfind(f"{main_tag('cols')}/{main_tag('col')}")
        ]

    def width(self, place: int) -> float:
        """Digits that a cell is wide, with those that are merged with it."""
        if place not in self._widths:
            last = self._across.get(place, place)
            held = (self._of_column(at) + BETWEEN for at in range(place, last + 1))
            self._widths[place] = self._of_column(place) if last == place else sum(held) * LETTER
        return self._widths[place]

    def _of_column(self, place: int) -> float:
        return next((wide for low, high, wide in self._spans if low <= place <= high), self._usual)

    def needed(self, cells: Iterable[tuple[int, str, CellValue]]) -> float:
        """Points that a row needs for cells of a column, a style and a value; 0 for one line."""
        most = 0.0
        for place, style, value in cells:
            look = self._looks.of(style)
            if look.turned and isinstance(value, str):
                most = max(most, len(value) * look.size * UPWARDS)
            elif look.wraps and isinstance(value, str):
                count = lines_needed(value, self.width(place) * USUAL_SIZE / look.size)
                if count > 1:
                    most = max(most, count * look.size * LINE_BY_SIZE + 2)
        return min(most, HIGHEST)


def raise_row(row: Any, height: float) -> None:
    """Let a row be that high, where it is not higher already."""
    if height > float(row.get("ht", "0")):
        row.set("ht", f"{height:.2f}")
