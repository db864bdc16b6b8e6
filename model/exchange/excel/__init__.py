"""The workbook: what the council keeps of the afternoon, in Excel."""

import datetime as dt
from pathlib import Path

from model.exchange.files import ExportError, write
from model.session import Session

SUFFIX = ".xlsx"


def export(
    session: Session, path: Path, *, force: bool = False, exported_on: dt.date | None = None
) -> Path:
    """Write the session's workbook to ``path`` and return the path written.

    Raises:
        ExportError: where the name does not end in ``.xlsx``, a file is there and ``force`` is
            not given, or it cannot be written.
    """
    # openpyxl takes a tenth of a second to load, and only this needs it.
    from model.exchange.excel.build import build

    if path.suffix.lower() != SUFFIX and not path.is_dir():
        raise ExportError(f"{path}: a workbook's name ends in {SUFFIX}. Name it so.")
    return write(path, build(session, exported_on=exported_on), force=force)


__all__ = ["SUFFIX", "ExportError", "export"]
