"""The workbook as a file with our mark, and the snapshot that what comes back is compared with."""

import datetime as dt
import re
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from offwall.model.records import Session
from offwall.model.records.session import HandedOut
from offwall.model.store import ExportError, StoreError, backups, bytes_of, disk, write_output
from offwall.model.store.session_file import session_of
from offwall.model.store.toml.load import SessionFileError
from offwall.model.store.toml.record_tables import dumps

MARK = "Offwall export"
"""The name of the workbook's property that says which snapshot it was exported from."""


PART = "/"
"""What stands in it between the snapshot and the id of the part that was handed out."""

# The workbook: what the council keeps of the afternoon, in Excel.

SUFFIX = ".xlsx"

PHOTO_WIDTH = 1600
"""Pixels across of a photo in the workbook: on A3 paper, what a post-it says can be read."""


def export_workbook(
    session: Session,
    path: Path,
    *,
    force: bool = False,
    exported_on: dt.date | None = None,
    photos_in: Path | None = None,
    mark: str = "",
    part: HandedOut | None = None,
) -> Path:
    """Write the session's workbook, or a ``part`` that is handed out; return the path written.

    ``photos_in`` is the folder that the photos' paths are relative to; without it they are named
    and not shown. ``mark`` is what `keep_snapshot` answered. Raises `ExportError` where the name
    does not end in ``.xlsx``, a file is there without ``force``, or it cannot be written.
    """
    # openpyxl takes a tenth of a second to load, and only this needs it.
    from offwall.model.store.photo_files import copy_photos
    from offwall.model.tables.all_sheets import part_sheets
    from offwall.model.workbook.write.book import build_workbook

    if path.suffix.lower() != SUFFIX and not path.is_dir():
        raise ExportError(f"{path}: a workbook's name ends in {SUFFIX}. Name it so.")
    photos = copy_photos(session, photos_in, width=PHOTO_WIDTH) if photos_in else None
    sheets = part_sheets(session, part) if part else ()
    mark = f"{mark}{PART}{part.id}" if part else mark
    content = build_workbook(
        session, exported_on=exported_on, photos=photos, mark=mark, sheets=sheets
    )
    return write_output(path, content, force=force)


# What was exported is kept, so that what comes back can be compared with it.
#
# A snapshot is the session as it was, in the state folder and for its owner alone; its name is made
# of its content, and the workbook bears that name as a property. `offwall forget` removes it.

SNAPSHOT_STEM = "export-"
SNAPSHOT_SUFFIX = ".toml"

MOST_SNAPSHOTS = 60
"""Snapshots kept of a session; of more the oldest go."""


def keep_snapshot(state_dir: Path, session: Session, path: Path) -> str:
    """Keep what is exported of the session at ``path``, and return the mark that it is known by.

    ``state_dir`` is the user's state folder. Where nothing can be kept, the mark is empty: the
    workbook then leaves all the same, and comes back compared with the session as it is.
    """
    try:
        data = dumps(session).encode("utf-8")
        mark = blake2b(data, digest_size=16).hexdigest()
        folder = backups.state_folder(state_dir, session.workshop.id, path)
        backups.make_state_folder(folder, path)
        disk.replace_private(folder / f"{SNAPSHOT_STEM}{mark}{SNAPSHOT_SUFFIX}", data)
        kept = folder.glob(f"{SNAPSHOT_STEM}*{SNAPSHOT_SUFFIX}")
        for old in sorted(kept, key=lambda one: one.stat().st_mtime_ns)[:-MOST_SNAPSHOTS]:
            old.unlink(missing_ok=True)
    except (OSError, SessionFileError, ValueError, RecursionError):
        return ""
    return mark


def find_snapshot(state_dir: Path, mark: str) -> Session | None:
    """The session that was exported under a mark, whichever file it was of; None without one."""
    if not re.fullmatch(r"[0-9a-f]{32}", mark):
        return None
    name = f"{SNAPSHOT_STEM}{mark}{SNAPSHOT_SUFFIX}"
    for path in sorted((state_dir / backups.SESSIONS).glob(f"*/{name}")):
        with suppress(StoreError):
            data = bytes_of(path)
            if blake2b(data, digest_size=16).hexdigest() == mark:
                return session_of(path, data)
    return None
