"""A zip that is the same bytes for the same content: no clock reaches the workbook."""

import datetime as dt
from pathlib import Path
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
        entry = ZipInfo(str(zinfo_or_arcname), self._stamp)
        entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, data, *args, **options)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        """Write an entry from a file on disk; openpyxl makes each sheet in one."""
        self.writestr(arcname or filename, Path(filename).read_bytes())
