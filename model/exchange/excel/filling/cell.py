"""One cell of a sheet's XML, as this package writes it."""

import datetime as dt
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import related, workbook_part
from model.exchange.excel.filling.xml import SPACE, main
from model.exchange.excel.sheet import FIRST_YEAR
from model.exchange.excel.text import cell_text
from model.tables.table import Value

_CELL, _VALUE, _INLINE, _TEXT = map(main, ("c", "v", "is", "t"))


class Dates:
    """Which styles of a workbook show a number as a date, and from which day it counts."""

    def __init__(self, package: Package) -> None:
        book = workbook_part(package)
        found = package.xml(book).getroot().find(main("workbookPr"))
        from_1904 = found is not None and found.get("date1904") in ("1", "true")
        self._epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        self._shown: list[bool] = []
        for part in related(package, book, "styles"):
            self._shown = _date_styles(package.xml(part).getroot())

    def shown_as_date(self, style: str) -> bool:
        """Whether a cell of that style shows a number as a date."""
        number = int(style) if style.isdigit() else 0
        return number < len(self._shown) and self._shown[number]

    def number(self, day: dt.date) -> str:
        """A day as the workbook counts it."""
        number: Any = to_excel(dt.datetime.combine(day, dt.time()), self._epoch)  # type: ignore[no-untyped-call]
        return f"{number:.0f}"


def _date_styles(root: Any) -> list[bool]:
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(main("numFmt"))}
    styles = root.find(main("cellXfs"))
    codes = [one.get("numFmtId", "0") for one in styles] if styles is not None else []
    return [
        is_date_format(own.get(code) or BUILTIN_FORMATS.get(int(code), "General")) for code in codes
    ]


def cell(name: str, style: str, value: Value, dates: Dates) -> Any:
    """A new cell. Text is text, whatever it begins with; what is empty has its style alone."""
    made = etree.Element(_CELL, {"r": name, **({"s": style} if style else {})})
    if isinstance(value, dt.date):
        if value.year >= FIRST_YEAR and dates.shown_as_date(style):
            value = int(dates.number(value))
        else:
            value = f"{value.day} {value:%B %Y}"
    if isinstance(value, int):
        etree.SubElement(made, _VALUE).text = str(value)
    elif value:
        made.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(made, _INLINE), _TEXT)
        text.text = cell_text(value)
        text.set(SPACE, "preserve")
    return made
