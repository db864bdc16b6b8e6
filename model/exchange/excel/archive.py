"""A zip that is the same bytes for the same content: no clock reaches the workbook."""

import datetime as dt
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""The years that a zip can write."""


class SteadyZip(ZipFile):
    """A zip whose every entry bears the one date that it was given."""

    def __init__(self, file: Any, date: dt.date) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        year = min(max(date.year, FIRST_YEAR), LAST_YEAR)
        self._stamp = (year, date.month, date.day, 0, 0, 0)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **options: Any) -> None:
        """Write an entry from text or bytes."""
        super().writestr(self._entry(zinfo_or_arcname), data, *args, **options)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        """Write an entry from a file on disk; openpyxl makes each sheet in one."""
        path = Path(filename)
        entry = self._entry(arcname or filename)
        entry.file_size = path.stat().st_size
        with path.open("rb") as source, self.open(entry, "w") as target:
            copyfileobj(source, target, 1 << 20)

    def _entry(self, name: Any) -> ZipInfo:
        entry = ZipInfo(str(name), self._stamp)
        entry.compress_type = ZIP_DEFLATED
        return entry
