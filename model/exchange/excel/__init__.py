"""The workbook: what the council keeps of the afternoon, in Excel."""

import datetime as dt
from pathlib import Path

from model.exchange.files import ExportError, write
from model.session import Session

SUFFIX = ".xlsx"

PHOTO_WIDTH = 1600
"""Pixels across of a photo in the workbook: on A3 paper, what a post-it says can be read."""


def export(
    session: Session,
    path: Path,
    *,
    force: bool = False,
    exported_on: dt.date | None = None,
    photos_in: Path | None = None,
    mark: str = "",
) -> Path:
    """Write the session's workbook to ``path`` and return the path written.

    ``photos_in`` is the folder that the photos' paths are relative to; without it they are named
    and not shown. ``mark`` is what `model.exchange.snapshots.keep` answered.

    Raises:
        ExportError: where the name does not end in ``.xlsx``, a file is there and ``force`` is
            not given, or it cannot be written.
    """
    # openpyxl takes a tenth of a second to load, and only this needs it.
    from model.exchange.excel.build import build
    from model.exchange.photos import gather

    if path.suffix.lower() != SUFFIX and not path.is_dir():
        raise ExportError(f"{path}: a workbook's name ends in {SUFFIX}. Name it so.")
    photos = gather(session, photos_in, width=PHOTO_WIDTH) if photos_in else None
    content = build(session, exported_on=exported_on, photos=photos, mark=mark)
    return write(path, content, force=force)


__all__ = ["SUFFIX", "ExportError", "export"]
