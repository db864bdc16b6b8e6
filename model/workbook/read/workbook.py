"""A workbook as it was read: its cells, comments and marks; and a text of values, read as one."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO

from offwall.model.store import ExportError
from offwall.model.workbook.import_.copied_rows import CellComment
from offwall.model.workbook.template.read_sheet import ReadBook, book_of_rows

MOST_CELLS = 1_500_000
"""Cells with something in them that are read: 10,000 activities take 700,000."""

MOST_LETTERS = 50_000_000
"""Letters and spaces of all cells that are read, the repeated ones each time."""

Places = frozenset[tuple[int, int]]
"""Rows and columns, from 1."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a reader found.

    Cells hold text, numbers, dates, or an `UnreadableCell`. By sheet, ``merged`` are the cells that
    say what the one above them in a merged block says, ``formulas`` those that are worked out.
    """

    book: ReadBook
    by: str = ""
    mark: str = ""
    comments: tuple[CellComment, ...] = ()
    merged: Mapping[str, Places] = field(default_factory=dict)
    formulas: Mapping[str, Places] = field(default_factory=dict)


class CellCounter:
    """Counts cells, and refuses a workbook that has more than anybody wrote."""

    def __init__(self, name: str) -> None:
        self._name, self._left, self._letters = name, MOST_CELLS, MOST_LETTERS

    def count(self, cells: int, letters: int = 0) -> None:
        """Count some more, and their letters and spaces. Raises `ExportError` for too many."""
        self._left -= cells
        self._letters -= letters
        if self._left < 0:
            raise ExportError(
                f"{self._name} has more than {MOST_CELLS:,} filled cells. "
                "Take out the sheets that are not needed."
            )
        if self._letters < 0:
            raise ExportError(
                f"{self._name} has more than {MOST_LETTERS:,} letters and spaces in its cells. "
                "Take out the text, or the runs of spaces, that is not needed."
            )


def filled_down(
    cells: dict[int, dict[int, object]], merges: Iterable[tuple[int, int, int, int]]
) -> Places:
    """Write what stands at the top of a merged block into the cells below it, and say into which.

    Each merge is its first column and row, and its last ones. Only the first column of a block is
    filled: what is merged across is a heading.
    """
    last_row, found = max(cells, default=0), set()
    for left, top, _, bottom in merges:
        value = cells.get(top, {}).get(left)
        if value in ("", None):
            continue
        for row in range(top + 1, min(bottom, last_row) + 1):
            if row in cells and left not in cells[row]:
                cells[row][left] = value
                found.add((row, left))
    return frozenset(found)


# A text of values, parted by commas, semicolons or tabs.

SUFFIXES = (".csv", ".tsv", ".txt")
"""How the names of such files end."""


def read_text(content: bytes, name: str) -> Workbook:
    """Its rows as one sheet, called as the file is. Raises `ExportError`: no text, or too large."""
    said = _decoded(content, name)
    try:
        # The beginning tells what parts the values.
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(said[:8_192], ",;\t|")
    except csv.Error:
        dialect = "excel-tab" if "\t" in said else "excel"
    counter = CellCounter(name)
    rows = []
    try:
        for row in csv.reader(StringIO(said, newline=""), dialect):
            counter.count(sum(map(bool, row)))
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise ExportError(f"{name} is no table of values: {error}.") from error
    return Workbook(book_of_rows({name.rpartition(".")[0] or name: rows}))


def _decoded(content: bytes, name: str) -> str:
    # How a text begins that says in which letters it is written.
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    known = next((code for mark, code in marks.items() if content.startswith(mark)), "")
    for code in (known,) if known else ("utf-8", "cp1252"):
        try:
            said = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in said:
            return said
    raise ExportError(f"{name} is no text that can be read. Save it as CSV in UTF-8.")
