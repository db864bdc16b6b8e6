"""The zip that a workbook is: what nobody changes keeps its very bytes.

Parts that are not replaced are copied as they lie in the file: compressed bytes, order, dates and
all. A part is unpacked only when it is read, and within limits, so that a hostile file costs no
more than an honest one.
"""

import zlib
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from model.exchange.excel.filling.xml import XmlError, parsed
from model.exchange.files import ExportError

LARGEST_FILE = 100 * 2**20
"""Bytes of a workbook that is looked at."""

LARGEST_PART = 100 * 2**20
"""Bytes of one part, unpacked."""

LARGEST_READ = 250 * 2**20
"""Bytes of all parts that are read, unpacked."""

BROKEN = (BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError, ValueError)
"""What the zip reader raises for a file that was cut, or made to mislead."""


class Package:
    """A workbook's parts by name. ``name`` is what sentences call the file."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.replaced: dict[str, bytes] = {}
        self.removed: list[str] = []
        self._content = content
        self._read = 0
        self._allowed: set[str] = set()
        try:
            self._zip = ZipFile(BytesIO(content))
            self._entries = list(self._zip.infolist())
        except BROKEN as error:
            raise ExportError(f"{name} is damaged: it does not open as a workbook.") from error
        self._by_name = {entry.filename.casefold(): entry for entry in self._entries}
        if len(self._by_name) < len(self._entries):
            raise ExportError(f"{name} is damaged: it holds two parts of one name.")

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, in the order of the file."""
        return tuple(entry.filename for entry in self._entries)

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._by_name

    def read(self, part: str) -> bytes:
        """The bytes of a part, as they will be written.

        Raises:
            ExportError: it is not there, cannot be unpacked, or is too large.
        """
        entry = self._by_name.get(part.casefold())
        if entry is None:
            raise ExportError(f"{self.name} is damaged: its part {part} is missing.")
        if entry.filename in self.replaced:
            return self.replaced[entry.filename]
        self._allow(entry)
        try:
            return self._zip.read(entry)
        except BROKEN as error:
            raise ExportError(
                f"{self.name} is damaged: its part {part} cannot be unpacked."
            ) from error

    def _allow(self, entry: ZipInfo) -> None:
        if entry.filename not in self._allowed:
            self._allowed.add(entry.filename)
            self._read += entry.file_size
        if entry.file_size > LARGEST_PART or self._read > LARGEST_READ:
            raise ExportError(
                f"{self.name} is too large: unpacked, it holds more than "
                f"{LARGEST_PART // 2**20} MB. Take out what the template does not need."
            )

    def xml(self, part: str) -> Any:
        """The tree of a part, as lxml has it.

        Raises:
            ExportError: as `read`, and where it is no XML or declares entities.
        """
        try:
            return parsed(self.read(part))
        except XmlError as bad:
            raise ExportError(f"{self.name}: its part {part} {bad}.") from bad

    def replace(self, part: str, content: bytes) -> None:
        """Give a part that is there another content; the same one changes nothing."""
        if content != self.read(part):
            self.replaced[self._by_name[part.casefold()].filename] = content

    def remove(self, part: str) -> None:
        """Leave a part out of the file."""
        self._entries.remove(self._by_name.pop(part.casefold()))
        self.replaced.pop(part, None)
        self.removed.append(part)

    def content(self) -> bytes:
        """The whole file: replaced parts at their old places, under their old dates."""
        held = BytesIO()
        with ZipFile(held, "w", allowZip64=True) as out:
            for entry, raw in self._raw():
                if entry.filename in self.replaced:
                    out.writestr(_like(entry), self.replaced[entry.filename])
                else:
                    _append(out, entry, raw)
            out.comment = self._zip.comment
        return held.getvalue()

    def _raw(self) -> Iterator[tuple[ZipInfo, bytes]]:
        """Each entry with its bytes in the file: header, packed content, and what follows."""
        starts = sorted(entry.header_offset for entry in self._zip.infolist())
        ends = dict(zip(starts, [*starts[1:], self._zip.start_dir], strict=True))
        for entry in sorted(self._entries, key=lambda one: one.header_offset):
            raw = self._content[entry.header_offset : ends[entry.header_offset]]
            if len(raw) < entry.compress_size or len(ends) < len(self._zip.infolist()):
                raise ExportError(f"{self.name} is damaged: its parts lie over each other.")
            yield entry, raw


def _like(entry: ZipInfo) -> ZipInfo:
    """An entry of the same name, date, packing and rights."""
    made = ZipInfo(entry.filename, entry.date_time)
    made.compress_type = entry.compress_type
    made.external_attr, made.create_system = entry.external_attr, entry.create_system
    return made


def _append(out: ZipFile, entry: ZipInfo, raw: bytes) -> None:
    """Put an entry in as it lies in another file; the library knows only packing it anew."""
    moved = copy(entry)
    file: Any = out.fp
    moved.header_offset = out.start_dir
    file.seek(out.start_dir)
    file.write(raw)
    out.filelist.append(moved)
    out.NameToInfo[moved.filename] = moved
    out.start_dir = file.tell()
