"""The document as bytes, the same for the same content: no clock reaches the file."""

import datetime as dt
from io import BytesIO
from zipfile import ZipFile

from docx.document import Document

from model.exchange.excel.archive import SteadyZip


def packed(document: Document, date: dt.date) -> bytes:
    """The file. python-docx's own ``save`` would date every entry."""
    saved, steady = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, SteadyZip(steady, date) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return steady.getvalue()
