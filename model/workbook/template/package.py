"""The zip that a workbook is, its XML and its parts: what nobody changes keeps its very bytes.

Raises `ExportError` for what is damaged or too large.
"""

import datetime as dt
import posixpath
import re
import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from offwall.model.store import ExportError

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


# lxml keeps what the standard library's reader loses: prefixes, what a newer Excel marked as
# ignorable, the order of attributes.

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CAREFULLY: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""How lxml reads: it expands no entity and fetches nothing."""

MOST_MARKS = 2_000_000
"""Pointed brackets of a part: our own workbook of 10,000 activities has 1,000,000. With what is
noted of it, each costs 300 bytes of memory, however short."""

_PROLOG = re.compile(rb"\A(\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")


def xml_bytes(tree: Any, before: bytes) -> bytes:
    """The tree as bytes in UTF-8, under the declaration that the part had ``before``."""
    body: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
    if before.startswith(b"<") and not before.startswith(b"<?xml"):
        return body
    prolog = _PROLOG.match(before)
    usual = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kept = prolog is not None and b"utf-8" in prolog[0].lower()
    return (prolog[0] if prolog and kept else usual) + body


def main_tag(tag: str) -> str:
    """A tag of SpreadsheetML with its namespace."""
    return f"{{{MAIN}}}{tag}"


# Parts that are not replaced are copied as they lie in the file: compressed bytes, order, dates and
# all. A part is unpacked only when it is read, and within limits, so that a hostile file costs no
# more than an honest one.

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
        self.is_strict = False
        self._allowed: set[str] = set()
        try:
            self._zip = ZipFile(BytesIO(content))
            self._entries = list(self._zip.infolist())
        except BROKEN as error:
            raise ExportError(f"{name} is damaged: it does not open as a workbook.") from error
        # Some programs part folders as Windows does, which no standard allows and Excel reads.
        self._by_name = {_slashed(entry.filename).casefold(): entry for entry in self._entries}
        if len(self._by_name) < len(self._entries):
            raise ExportError(f"{name} is damaged: it holds two parts of one name.")

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, in the order of the file."""
        return tuple(_slashed(entry.filename) for entry in self._entries)

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
        if entry.filename not in self._allowed:
            self._allowed.add(entry.filename)
            self._read += entry.file_size
        if entry.file_size > LARGEST_PART or self._read > LARGEST_READ:
            raise ExportError(
                f"{self.name} is too large: unpacked, it holds more than "
                f"{LARGEST_PART // 2**20} MB. Take out what the template does not need."
            )
        try:
            content = self._zip.read(entry)
        except BROKEN as error:
            raise ExportError(
                f"{self.name} is damaged: its part {part} cannot be unpacked."
            ) from error
        return _of_strict(content) if self.is_strict else content

    def xml(self, part: str) -> Any:
        """The tree of a part, as lxml has it.

        Raises:
            ExportError: as `read`, and where it is no XML or declares entities.
        """
        self.check_marks(part)
        parser = etree.XMLParser(**CAREFULLY, strip_cdata=False)
        try:
            tree = etree.fromstring(self.read(part), parser).getroottree()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ExportError(self._not_xml(part)) from error
        self._refuse_doctype(tree, part)
        return tree

    def elements(
        self, part: str, *tags: str, events: Sequence[str] = ("end",)
    ) -> Iterator[tuple[str, Any]]:
        """The elements of a part that have these tags, one after the other, as they are read.

        Raises:
            ExportError: as `xml`.
        """
        read = etree.iterparse(BytesIO(self.read(part)), events=events, tag=tags, **CAREFULLY)
        try:
            for event, element in read:
                self._refuse_doctype(element.getroottree(), part)
                yield event, element
            self._refuse_doctype(read.root.getroottree(), part)
        except etree.XMLSyntaxError as error:
            raise ExportError(self._not_xml(part)) from error

    def _not_xml(self, part: str) -> str:
        return f"{self.name} is damaged: its part {part} is not well-formed XML."

    def _refuse_doctype(self, tree: Any, part: str) -> None:
        if tree.docinfo.doctype:
            raise ExportError(
                f"{self.name}: its part {part} declares a document type, which no workbook needs; "
                "it was not read."
            )

    def check_marks(self, part: str) -> None:
        """Refuse a part with too many elements, before any is made. Raises `ExportError`."""
        if self.read(part).count(b"<") > MOST_MARKS:
            raise ExportError(
                f"{self.name}: its part {part} holds too many elements to be a template."
            )

    def replace(self, part: str, content: bytes) -> None:
        """Give a part that is there another content; the same one changes nothing."""
        if content != self.read(part):
            self.replaced[self._by_name[part.casefold()].filename] = content

    def save(self, part: str, tree: Any) -> None:
        """Give a part the tree that was made of it, under the declaration that it had."""
        self.replace(part, xml_bytes(tree, self.read(part)))

    def add(self, part: str, content: bytes, kind: str = "") -> None:
        """Put in a part that is not there; ``kind`` is the type of its content."""
        # It bears the day on which a zip begins to count: no clock reaches the file.
        entry = ZipInfo(part)
        entry.compress_type, entry.header_offset = ZIP_DEFLATED, len(self._content)
        self._entries.append(entry)
        self._by_name[part.casefold()] = entry
        self.replaced[part] = content
        if kind:
            tree = self.xml(TYPES)
            tag = f"{{{_PACKAGE}/content-types}}Override"
            etree.SubElement(tree.getroot(), tag, PartName=f"/{part}", ContentType=kind)
            self.save(TYPES, tree)

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
                    like = ZipInfo(entry.filename, entry.date_time)
                    for key in ("compress_type", "external_attr", "create_system"):
                        setattr(like, key, getattr(entry, key))
                    out.writestr(like, self.replaced[entry.filename])
                else:
                    _append(out, entry, raw)
            out.comment = self._zip.comment
        return held.getvalue()

    def _raw(self) -> Iterator[tuple[ZipInfo, bytes]]:
        """Each entry with its bytes in the file: header, packed content, and what follows."""
        starts = sorted(entry.header_offset for entry in self._zip.infolist())
        ends = dict(zip(starts, [*starts[1:], self._zip.start_dir], strict=True))
        for entry in sorted(self._entries, key=lambda one: one.header_offset):
            if entry.header_offset == len(self._content):
                yield entry, b""
                continue
            raw = self._content[entry.header_offset : ends[entry.header_offset]]
            if len(raw) < entry.compress_size or len(ends) < len(self._zip.infolist()):
                raise ExportError(f"{self.name} is damaged: its parts lie over each other.")
            yield entry, raw


_STRICT, _USUAL = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"


def _of_strict(content: bytes) -> bytes:
    """A part of Strict Open XML with the names of the usual kind."""
    for word in (b"spreadsheetml/main", b"officeDocument/relationships", b"drawingml/main"):
        folder, _, last = word.partition(b"/")
        content = content.replace(_STRICT + word, _USUAL + folder + b"/2006/" + last)
    return content


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


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


# Where things are in a workbook's package: its sheets, their tables, what they are related to.


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part has to do with another: the kind is the last word of its type."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part, its place among all sheets from 0, and its id."""

    name: str
    part: str
    place: int
    id: str


def rels_of(part: str) -> str:
    """The part that says what a part is related to; ``""`` is the package itself."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relate(package: Package, part: str, kind: str, target: str) -> str:
    """Relate a part to another and return the relation's id; ``kind`` is its whole type."""
    rels = rels_of(part)
    tree = package.xml(rels)
    taken = {one.get("Id") for one in tree.getroot()}
    new = next(one for number in count(len(taken) + 1) if (one := f"rId{number}") not in taken)
    tag = f"{{{_PACKAGE}/relationships}}Relationship"
    etree.SubElement(tree.getroot(), tag, Id=new, Type=kind, Target=target)
    package.save(rels, tree)
    return new


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """What a part is related to inside the package; ``""`` asks of the package itself."""
    folder, rels = posixpath.dirname(part), rels_of(part)
    if rels not in package:
        return ()
    found = []
    for one in package.xml(rels).iterfind("*"):
        if one.get("TargetMode") != "External":
            target = _slashed(unquote(one.get("Target", "")))
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = one.get("Type", "").rpartition("/")[2]
            found.append(Relation(one.get("Id", ""), kind, posixpath.normpath(path)))
    return tuple(found)


def workbook_part(package: Package) -> str:
    """The part that lists the sheets. Raises `ExportError` where there is none."""
    found = [one.target for one in relations(package, "") if one.kind == "officeDocument"]
    if not found:
        raise ExportError(f"{package.name} is not an Excel workbook. Save it as .xlsx.")
    return found[0]


def related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    """The parts of a kind that a part is related to, as far as they are there."""
    return tuple(
        one.target for one in relations(package, part) if one.kind == kind and one.target in package
    )


def table_part(package: Package, sheet: SheetPart, name: str) -> str:
    """The part of a sheet's table of a name; empty where it has none."""
    for part in related(package, sheet.part, "table"):
        if package.xml(part).getroot().get("displayName") == name:
            return part
    return ""


def sheets(package: Package) -> tuple[SheetPart, ...]:
    """The worksheets in order; charts, dialogs and sheets of old macros are none."""
    book = workbook_part(package)
    known = {one.id: one.target for one in relations(package, book) if one.kind == "worksheet"}
    return tuple(
        SheetPart(one.get("name", ""), part, place, one.get("sheetId", ""))
        for place, one in enumerate(package.xml(book).iter(main_tag("sheet")))
        if (part := known.get(one.get(f"{{{REL}}}id", ""), "")) in package
    )


def defined_names(package: Package) -> list[Any]:
    """The elements of the workbook's defined names."""
    return list(package.xml(workbook_part(package)).iter(main_tag("definedName")))
