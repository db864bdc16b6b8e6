"""Files that cannot be filled: a sentence, no output, and no more memory than an honest one."""

import tracemalloc
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.files import ExportError
from offwall.model.workbook.template import package as packages
from offwall.model.workbook.template.fill import OLE, fill_template, read_content
from tests.workbook.templates import by_openpyxl, by_xlsxwriter, parts_of, without, zipped

SESSION = Session(stages=(Stage("S1", "Begin"),), activities=(Activity("a-1", "S1", "Do it"),))
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refused(content: bytes) -> str:
    with pytest.raises(ExportError) as raised:
        fill_template(content, SESSION, "theirs.xlsx")
    said = str(raised.value)
    assert said.startswith("theirs.xlsx")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def changed(part: str, content: bytes) -> bytes:
    return without(by_openpyxl(), instead=[(part, content)])


def with_part(part: str, old: bytes, new: bytes) -> bytes:
    before = parts_of(by_openpyxl())[part]
    assert old in before
    return changed(part, before.replace(old, new))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Activity,Lead\n", "not an Excel workbook"),
        (b"\xff\xfe" + b"x" * 100, "not an Excel workbook"),
        (OLE + b"\0" * 600, ".xls"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged"),
        (by_openpyxl()[:-200], "damaged"),
        (zipped({"word/document.xml": b"<x/>"}), "Word"),
        (zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
        (zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
        (zipped({"readme.txt": b"x"}), "not an Excel workbook"),
        (without(by_openpyxl(), instead=[("_xmlsignatures/sig1.xml", b"<x/>")]), "signature"),
        (without(by_openpyxl(), BOOK), "missing"),
        (changed(SHEET, b"<worksheet"), "well-formed"),
        (changed(SHEET, BOMB + b"<x>&c;</x>"), "document type"),
        (changed(SHEET, OUTSIDE + b"<x>&a;</x>"), "document type"),
        (
            without(by_xlsxwriter(), instead=[("xl/sharedStrings.xml", BOMB + b"<x y='&c;'/>")]),
            "document type",
        ),
    ],
)
def test_each_gets_a_sentence_that_says_what_it_is(content: bytes, words: str) -> None:
    assert words in refused(content)


def test_strict_open_xml_is_told_from_the_usual() -> None:
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    said = refused(with_part(BOOK, usual, b"http://purl.oclc.org/ooxml/spreadsheetml/main"))
    assert "Strict" in said


def test_a_workbook_without_a_table_of_ours_says_what_to_do() -> None:
    held, book = BytesIO(), Workbook()
    book.save(held)
    assert "all its sheets are empty" in refused(held.getvalue())
    book.worksheets[0].append(["Activity", "Colour", "Weight"])
    held = BytesIO()
    book.save(held)
    said = refused(held.getvalue())
    assert "1 of its headers is known" in said
    assert "B1 “Colour”" in said
    assert "--column" in said


@pytest.mark.slow
def test_a_part_that_unpacks_to_more_than_it_may_is_not_unpacked() -> None:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=9) as out:
        for name, part in parts_of(by_openpyxl()).items():
            if name != SHEET:
                out.writestr(name, part)
        with out.open(SHEET, "w", force_zip64=True) as sheet:
            for _ in range(packages.LARGEST_PART // 2**20 + 1):
                sheet.write(b" " * 2**20)
    content = held.getvalue()
    assert len(content) < 2**20
    tracemalloc.start()
    assert "too large" in refused(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 2**20


def test_many_elements_are_counted_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from offwall.model.workbook.template import package

    monkeypatch.setattr(package, "MOST_MARKS", 1000)
    assert "too many elements" in refused(changed(SHEET, b"<x>" + b"<c/>" * 1001 + b"</x>"))


def test_a_file_larger_than_100_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(packages.LARGEST_FILE + 1)
    with pytest.raises(ExportError, match="larger than 100 MB"):
        fill_template(read_content(path), SESSION, path.name)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "no.xlsx", "is not there"), (tmp_path, "is a folder")):
        with pytest.raises(ExportError, match=words):
            read_content(path)


def test_parts_that_lie_over_each_other_are_refused() -> None:
    content = by_openpyxl()
    central = content.rindex(b"PK\x01\x02")
    # The last entry now points to where the first one lies.
    twisted = content[: central + 42] + b"\0\0\0\0" + content[central + 46 :]
    assert "damaged" in refused(twisted)


def test_a_workbook_with_macros_is_filled_and_keeps_them() -> None:
    parts = parts_of(by_openpyxl())
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert types != parts["[Content_Types].xml"]
    macros = bytes(range(256)) * 40
    content = zipped(parts | {"[Content_Types].xml": types, "xl/vbaProject.bin": macros})
    done = parts_of(fill_template(content, SESSION, "theirs.xlsm").content)
    assert done["xl/vbaProject.bin"] == macros
    assert done["[Content_Types].xml"] == types
    assert b"Do it" in done[SHEET]


def test_a_template_file_becomes_a_workbook() -> None:
    parts = parts_of(by_openpyxl())
    types = "[Content_Types].xml"
    for kind, suffix in (
        (b"vnd.openxmlformats-officedocument.spreadsheetml.template.main", ".xlsx"),
        (b"vnd.ms-excel.template.macroEnabled.main", ".xlsm"),
    ):
        usual = b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
        content = zipped(parts | {types: parts[types].replace(usual, kind)})
        done = fill_template(content, SESSION, "theirs.xltx")
        assert done.suffix == suffix
        assert kind.replace(b"template", b"sheet") in parts_of(done.content)[types]
        assert kind not in parts_of(done.content)[types]


def test_a_sheet_of_old_macros_is_not_looked_at() -> None:
    parts = parts_of(by_openpyxl())
    rels = parts["xl/_rels/workbook.xml.rels"]
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    first = rels.index(kind)
    old = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    twisted = rels[:first] + old + rels[first + len(kind) :]
    done = fill_template(zipped(parts | {"xl/_rels/workbook.xml.rels": twisted}), SESSION, "t.xlsm")
    assert {one.found.kind for one in done.tables} == {"actions"}
    assert parts_of(done.content)[SHEET] == parts[SHEET]
