"""One cell of a sheet's XML, as this package writes it."""

import datetime as dt
from typing import Any

from lxml import etree

from model.exchange.excel.filling.looks import Looks
from model.exchange.excel.filling.xml import SPACE, main
from model.exchange.excel.sheet import FIRST_YEAR
from model.exchange.excel.text import cell_text
from model.tables.table import Value

_CELL, _VALUE, _INLINE, _TEXT = map(main, ("c", "v", "is", "t"))


def cell(name: str, style: str, value: Value, looks: Looks) -> Any:
    """A new cell. Text is text, whatever it begins with; what is empty has its style alone."""
    made = etree.Element(_CELL, {"r": name, **({"s": style} if style else {})})
    if isinstance(value, dt.date):
        if value.year >= FIRST_YEAR and looks.of(style).is_date:
            value = looks.number(value)
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
