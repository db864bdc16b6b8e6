"""A council's own workbook: its tables found, filled without loss, and read again.

`find_tables` says which cells of a workbook hold our tables; reading a workbook that comes back
stands on it as filling does. `read_book` makes what it looks at from an Excel file, and
`book_of_rows` from the rows of any other reader.
"""

from pathlib import Path

from model.exchange.excel.filling.book import Block, Book, Sheet, book_of_rows
from model.exchange.excel.filling.check_template import opened
from model.exchange.excel.filling.content_type import MACROS
from model.exchange.excel.filling.find_tables import Found, How, find_tables
from model.exchange.excel.filling.look import look_at
from model.exchange.excel.filling.package import LARGEST_FILE
from model.exchange.excel.filling.remember import remember
from model.exchange.excel.filling.template import Filled, TableFilled, fill
from model.exchange.files import ExportError, read, write
from model.own_columns import OWN_COLUMNS, own_columns
from model.session import Session


def read_content(path: Path) -> bytes:
    """The bytes of a workbook.

    Raises:
        ExportError: it is not there, is no file, is too large or may not be read.
    """
    return read(path, LARGEST_FILE, "a workbook")


def read_book(content: bytes, name: str) -> Book:
    """The cells and named blocks of an Excel workbook; dates are numbers, as the file has them.

    Raises:
        ExportError: it is something else, locked, damaged or too large.
    """
    return look_at(opened(content, name))


def fill_file(session: Session, template: Path) -> Filled:
    """Fill a council's workbook, in memory.

    Raises:
        ExportError: it cannot be filled, or not without harm: a sentence, and what to do.
    """
    return fill(read_content(template), session, template.name)


def write_filled(filled: Filled, path: Path, *, force: bool = False) -> Path:
    """Write what was filled and return the path written.

    Raises:
        ExportError: as `model.exchange.files.write`, and where the name ends in another suffix.
    """
    if path.suffix.lower() != filled.suffix and not path.is_dir():
        why = "has macros" if filled.suffix == MACROS else "has no macros"
        raise ExportError(
            f"{path}: the template {why}, so the workbook's name ends in {filled.suffix}. "
            "Name it so."
        )
    return write(path, filled.content, force=force)


__all__ = [
    "OWN_COLUMNS",
    "Block",
    "Book",
    "ExportError",
    "Filled",
    "Found",
    "How",
    "Sheet",
    "TableFilled",
    "book_of_rows",
    "fill_file",
    "find_tables",
    "own_columns",
    "read_book",
    "read_content",
    "remember",
    "write_filled",
]
