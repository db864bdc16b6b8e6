"""The rows under a header row that are the table's: where its body begins and ends."""

from collections.abc import Callable, Mapping
from typing import Any

from model.exchange.excel.filling.aliases import folded
from model.exchange.excel.filling.book import Block, Sheet

TOTALS = ("total", "totals", "sum", "grand total", "sub total", "subtotal", "count")
"""How a row begins that adds up the rows above it."""


def body_under(
    sheet: Sheet, header: int, columns: tuple[int, ...], anchor: int, block: Block | None
) -> tuple[int, int]:
    """The first and the last row of a body; the last is above the first where it is empty.

    An Excel table says itself where it ends; rows that somebody typed right below it, in two of
    its columns and the ``anchor`` among them, are taken in. Without one, the body goes on to the
    first row that is blank or adds up.
    """
    first = header + 1
    if block is None or block.bottom <= header:
        return first, _run(sheet, first, columns, bool)
    last = block.bottom - block.totals
    if block.totals or not block.is_table:
        return first, last
    more = _run(sheet, last + 1, columns, lambda row: len(row) > 1 and anchor in row)
    return first, max(last, more)


def _run(
    sheet: Sheet, start: int, columns: tuple[int, ...], counts: Callable[[Mapping[int, Any]], bool]
) -> int:
    """The last of the rows from ``start`` that count, one after the other."""
    number = start
    while True:
        row = {at: value for at, value in sheet.row(number).items() if at in columns}
        if not counts(row) or adds_up(sheet.row(number)):
            return number - 1
        number += 1


def adds_up(row: Mapping[int, Any]) -> bool:
    """Whether a row is one of totals."""
    begins = row[min(row)] if row else None
    return isinstance(begins, str) and folded(begins) in TOTALS
