"""The workbook for people who hear it read, do not tell colours apart, or print it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Activity, Session, Word, Workshop
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.workbook.write.book import build_workbook
from tests.workbook.test_workbook import contrast, every_session

TEXT_ON_GROUND = 4.5
"""The contrast that WCAG 2.2 asks for, level AA."""


def ground_of(cell: Any) -> str:
    filled = cell.fill.fill_type == "solid"
    return str(cell.fill.start_color.rgb)[2:] if filled else "FFFFFF"


@pytest.mark.slow
@every_session
def test_every_text_stands_out_from_its_ground(
    name: str, workbook_of: Callable[[str], Workbook]
) -> None:
    looks = {
        (str(cell.font.color.rgb)[2:], ground_of(cell))
        for sheet in workbook_of(name)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert len(looks) >= 3
    for ink, ground in looks:
        assert contrast(ink, ground) >= TEXT_ON_GROUND


@pytest.mark.slow
def test_a_colour_never_says_what_no_word_says(workbook_of: Callable[[str], Workbook]) -> None:
    coloured = 0
    for sheet in workbook_of("contract-management"):
        for found in sheet.conditional_formatting:
            for rule in found.rules:
                # A rule colours the very cells that hold its letter or word, and no others.
                assert (rule.type, rule.operator) == ("cellIs", "equal")
                assert rule.formula[0].strip('"').strip()
                coloured += 1
    assert coloured > 20


@pytest.mark.slow
@every_session
def test_no_row_inside_a_table_is_blank(name: str, workbook_of: Callable[[str], Workbook]) -> None:
    for sheet in workbook_of(name):
        (table,) = sheet.tables.values()
        _, top, _, bottom = range_boundaries(table.ref)
        rows = list(sheet.iter_rows(min_row=top, max_row=bottom, values_only=True))
        if len(rows) > 2:
            assert all(any(value is not None for value in row) for row in rows), sheet.title


@pytest.mark.slow
def test_a_record_that_says_nothing_leaves_no_gap() -> None:
    session = Session(words=(Word("say this"), Word(""), Word("and this")))
    sheet = load_workbook(BytesIO(build_workbook(session)))["Words"]
    assert [cell.value for cell in sheet["A"][4:]] == ["say this", "and this"]
    assert sheet.tables["Words"].ref == "A4:C6"
    silent = Session(words=(Word(""),), activities=(Activity("a-1", "S1", "Do"),))
    assert load_workbook(BytesIO(build_workbook(silent)))["Words"]["A4"].value == "Say"


@pytest.mark.parametrize(
    ("workshop", "title"),
    [
        (Workshop(), "Process map"),
        (Workshop(process="Procurement"), "Procurement"),
        (Workshop(title="Our map", process="Procurement"), "Our map"),
        (Workshop(title="=1+1\x07"), "=1+1\N{REPLACEMENT CHARACTER}"),
    ],
)
@pytest.mark.slow
def test_the_document_has_a_title_and_a_language(workshop: Workshop, title: str) -> None:
    held = load_workbook(BytesIO(build_workbook(Session(workshop=workshop)))).properties
    assert (held.title, held.language) == (title, "en-GB")


def test_every_sheet_says_what_it_is_before_its_table(
    content_of: Callable[[str], bytes], session_of: Callable[[str], Session]
) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(content_of("contract-management")))
    for table in sheets_of(session_of("contract-management")):
        first, second, *_ = book.get_sheet_by_name(table.title).to_python(skip_empty_area=False)
        assert (first[0], second[0]) == (
            table.title,
            f"{table.about} An empty cell means none.",
        )


def test_each_way_to_begin_a_formula_is_text_and_comes_back() -> None:
    texts = [f"{mark}1+1" for mark in ("=", "+", "-", "@", "\t")]
    content = build_workbook(Session(words=tuple(Word(text, (text,)) for text in texts)))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_name("Words").to_python()[4:]
    assert [row[:2] for row in rows] == [[text, text] for text in texts]
    for (cell,) in load_workbook(BytesIO(content))["Words"]["A5:A9"]:
        assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)
