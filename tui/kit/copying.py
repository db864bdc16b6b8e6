"""Rows as text that a spreadsheet takes: tab-separated, with headers, and no formula in it."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offwall.tui.kit.messages import ServiceMessage
from offwall.tui.kit.text import plain

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a spreadsheet takes the rest of a cell for a formula after."""


@dataclass
class CopyWanted(ServiceMessage):
    """A text is to be copied; ``what`` says in words what it is, such as ``3 rows``.

    ``table`` says that it is rows for a spreadsheet.
    """

    text: str
    what: str
    table: bool = False


def as_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their titles, as lines of cells parted by tabs."""
    made = io.StringIO()
    writer = csv.writer(made, dialect="excel-tab", lineterminator="\n")
    writer.writerow([_as_cell(title) or "Mark" for title in titles])
    writer.writerows([_as_cell(cell) for cell in row] for row in rows)
    return made.getvalue()


def _as_cell(text: str) -> str:
    """The text on one line; an apostrophe before what would be a formula makes it text."""
    said = " ".join(plain(text).split())
    return f"'{said}" if said.startswith(FORMULA_SIGNS) else said
