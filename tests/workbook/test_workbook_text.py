"""User text in a workbook: never a formula, never broken XML, never cut unsaid."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.xml.functions import fromstring
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Activity, Role, Session, Stage, Workshop
from offwall.model.records.text import xml_safe
from offwall.model.workbook.write.book import build_workbook, page_text
from offwall.model.workbook.write.sheet import CUT, LONGEST_CELL, cell_text

FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1|cmd", "@SUM(A1)", "\t=1", "#N/A", "=", "'=1")


def session_of(*texts: str) -> Session:
    activities = tuple(Activity(f"a-{n}", "S1", text) for n, text in enumerate(texts))
    return Session(stages=(Stage("S1", "Begin"),), activities=activities)


def activities_of(content: bytes) -> list[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [row[2] for row in book.get_sheet_by_name("Activities").to_python()[4:]]


def test_what_looks_like_a_formula_is_text_and_stays_text_when_typed_again() -> None:
    content = build_workbook(session_of(*FORMULAS))
    assert activities_of(content) == list(FORMULAS)
    sheet = load_workbook(BytesIO(content))["Activities"]
    cells = [sheet.cell(5 + place, 3) for place in range(len(FORMULAS))]
    assert {cell.data_type for cell in cells} == {"s"}
    marked = {cell.value for cell in cells if cell.quotePrefix}
    assert marked == {*FORMULAS} - {"#N/A"}
    with ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        tags = {one.tag for name in sheets for one in fromstring(archive.read(name)).iter()}
    assert len(sheets) == 13
    assert not any(tag.endswith("}f") for tag in tags)


def test_roles_and_headings_are_text_too() -> None:
    session = Session(
        workshop=Workshop(title="=1+1", council="\x1b[31mred", marking="=2", facilitator="\x00"),
        stages=(Stage("S1", "=3"),),
        roles=(Role("a", "=4"), Role("b", "x\ny"), Role("c", "_x0041_")),
        activities=(Activity("a-1", "S1", "Do", lead="a"),),
    )
    book = load_workbook(BytesIO(build_workbook(session)))
    headers = [cell.value for cell in book["RACI"][4]]
    assert [one for one in headers if one in ("=4", "x y", "_x005F_x0041_")] == [
        *("=4", "x y", "_x005F_x0041_")
    ]
    named = book["RACI"].cell(4, 1 + headers.index("=4"))
    assert (named.data_type, bool(named.quotePrefix)) == ("s", True)
    assert str(book["RACI"]["A3"].value).startswith("=1+1 · \N{REPLACEMENT CHARACTER}[31mred")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=40))
def test_text_comes_back_as_it_was_said(texts: list[str]) -> None:
    written = [cell_text(text) for text in texts]
    for text, said in zip(written, texts, strict=True):
        fromstring(f"<t>{escaped(text)}</t>")
        assert len(text) >= len(said) - said.count("\r\n")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_hard_texts_come_back() -> None:
    texts = [
        *("👩🏽\u200d💻 e\u0301\u0323", "\u202eעברית", "a\nb", " lead and trail ", "[/", "é" * 500),
        "a\ufffeb\ud800",
    ]
    shown = [*texts[:-1], "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"]
    assert activities_of(build_workbook(session_of(*texts))) == shown


def test_line_breaks_of_every_kind_are_one() -> None:
    assert xml_safe("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_what_looks_like_an_escape_is_not_read_as_one() -> None:
    assert cell_text("_x0041_ and _x41_") == "_x005F_x0041_ and _x41_"
    assert activities_of(build_workbook(session_of("_x0041_"))) == ["_x0041_"]


@pytest.mark.parametrize("text", ["a" * LONGEST_CELL, "👍" * (LONGEST_CELL // 2)])
def test_what_fits_is_not_cut(text: str) -> None:
    assert cell_text(text) == text


@pytest.mark.parametrize("text", ["a" * (LONGEST_CELL + 1), "👍" * LONGEST_CELL])
def test_what_is_too_long_says_that_it_was_cut(text: str) -> None:
    kept = cell_text(text)
    assert kept.endswith(CUT)
    assert text.startswith(kept.removesuffix(CUT))
    assert LONGEST_CELL - 2 <= len(kept.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert activities_of(build_workbook(session_of(text))) == [kept]


@pytest.mark.slow
def test_a_page_header_doubles_its_ampersands_and_stays_within_its_limit() -> None:
    assert page_text("R&D\nand more", 70) == "R&&D and more"
    assert page_text("x" * 80, 10) == "x" * 9 + "…"
    workshop = Workshop(title="&" * 500, marking="&" * 500)
    some = tuple(Activity(f"a-{at}", "S1", "Do") for at in range(1_200))
    held = Session(workshop=workshop, activities=some)
    with ZipFile(BytesIO(build_workbook(held))) as archive:
        root = fromstring(archive.read("xl/worksheets/sheet2.xml"))
    names = ("oddHeader", "oddFooter")
    said = [el.text or "" for el in root.iter() if el.tag.rpartition("}")[2] in names]
    assert len(said) == 2
    assert all("&&&&" in text and len(text) <= 255 for text in said)
