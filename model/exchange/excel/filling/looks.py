"""What a template's styles do to a value: shown as a date or not, wrapped or not, how large."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import related, workbook_part
from model.exchange.excel.filling.xml import main

USUAL_SIZE = 11.0
"""Points of a workbook's usual font; a column's width counts its digits."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a style shows what is in a cell; ``size`` is the font's, in points."""

    is_date: bool = False
    wraps: bool = False
    size: float = USUAL_SIZE


class Looks:
    """The styles of a workbook by number, and the day from which it counts."""

    def __init__(self, package: Package) -> None:
        book = workbook_part(package)
        found = package.xml(book).getroot().find(main("workbookPr"))
        from_1904 = found is not None and found.get("date1904") in ("1", "true")
        self._epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        self._looks: list[Look] = []
        for part in related(package, book, "styles"):
            self._looks = _looks(package.xml(part).getroot())

    def of(self, style: str) -> Look:
        """The look of a cell's style; a cell without one has the first."""
        number = int(style) if style.isdigit() else 0
        return self._looks[number] if number < len(self._looks) else Look()

    def number(self, day: dt.date) -> int:
        """A day as the workbook counts it."""
        counted: Any = to_excel(dt.datetime.combine(day, dt.time()), self._epoch)  # type: ignore[no-untyped-call]
        return int(counted)


def _looks(root: Any) -> list[Look]:
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(main("numFmt"))}
    fonts = [_size(one) for one in root.iterfind(f"{main('fonts')}/{main('font')}")]
    found = []
    for style in root.iterfind(f"{main('cellXfs')}/{main('xf')}"):
        code, font = style.get("numFmtId", "0"), int(style.get("fontId", "0"))
        aligned = style.find(main("alignment"))
        found.append(
            Look(
                is_date_format(own.get(code) or BUILTIN_FORMATS.get(int(code), "General")),
                aligned is not None and aligned.get("wrapText") in ("1", "true"),
                fonts[font] if font < len(fonts) else USUAL_SIZE,
            )
        )
    return found


def _size(font: Any) -> float:
    found = font.find(main("sz"))
    return float(found.get("val", USUAL_SIZE)) if found is not None else USUAL_SIZE
