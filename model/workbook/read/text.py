"""Read a table from a text file: values parted by commas, semicolons or tabs."""

import csv
from io import StringIO

from offwall.model.store import ExportError
from offwall.model.workbook.read.workbook import CellCounter, Workbook
from offwall.model.workbook.template.read_sheet import book_of_rows

SUFFIXES = (".csv", ".tsv", ".txt")
"""How the names of such files end."""

MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
"""How a text begins that says in which letters it is written."""

SAMPLE = 8_192
"""Characters that are looked at to tell what parts the values."""


def read_text(content: bytes, name: str) -> Workbook:
    """The rows of a text file as one sheet, called as the file is.

    Raises:
        ExportError: it is no text, or too large.
    """
    said = _decoded(content, name)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(said[:SAMPLE], ",;\t|")
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
    known = next((code for mark, code in MARKS if content.startswith(mark)), "")
    for code in (known,) if known else ("utf-8", "cp1252"):
        try:
            said = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in said:
            return said
    raise ExportError(f"{name} is no text that can be read. Save it as CSV in UTF-8.")
