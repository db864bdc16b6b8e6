"""The default workbook, read back by a program that did not write it and by the one that did."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Session
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.workbook.write.book import build_workbook
from tests.strategies import EXAMPLES, sessions

SHEETS = [
    *("Read me", "Activities", "RACI", "Action plan", "Stages", "Decisions", "Documents"),
    *("Issues", "Roles", "People", "Map", "Visio", "Lists"),
]
"""Those that every session has."""

EXPLORED = ["Topic", "Tiers", "Board", "Hours", "Passing on", "Words"]
"""Those that it has where there is anything in them."""

every_session = pytest.mark.parametrize(
    "name", ["contract-management", "cup-of-coffee", "empty", "brackets", "nothing"]
)


def rows_of(content: bytes, sheet: str) -> list[list[Any]]:
    """What calamine reads from the header row on."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[3:]


@pytest.mark.slow
@every_session
def test_every_sheet_is_there_in_order(
    name: str, workbook_of: Callable[[str], Workbook], content_of: Callable[[str], bytes]
) -> None:
    found = workbook_of(name).sheetnames
    assert [one for one in found if one not in EXPLORED] == SHEETS
    assert CalamineWorkbook.from_filelike(BytesIO(content_of(name))).sheet_names == found
    for sheet in workbook_of(name):
        if sheet.title in EXPLORED:
            assert sheet["A5"].value or sheet["B5"].value


@pytest.mark.slow
@every_session
def test_a_sheet_is_a_title_a_sentence_and_one_table(
    name: str, workbook_of: Callable[[str], Workbook]
) -> None:
    for sheet in workbook_of(name):
        assert sheet["A1"].value == sheet.title
        assert str(sheet["A2"].value).endswith(".")
        (table,) = sheet.tables.values()
        left, top, right, bottom = range_boundaries(table.ref)
        assert (left, top) == (1, 4)
        assert (right, bottom) == (sheet.max_column, sheet.max_row)
        assert bottom > top
        assert not sheet.merged_cells.ranges
        headers = [str(cell.value) for cell in sheet[top]]
        assert headers == [column.name for column in table.tableColumns]
        assert len({text.casefold() for text in headers}) == len(headers)
        # Only where people sort and fill in are there filters and frozen panes.
        assert bool(sheet.freeze_panes) == bool(table.autoFilter) == (headers[-1] == "ID")


@pytest.mark.slow
@every_session
def test_no_cell_is_a_formula_and_no_two_tables_share_a_name(
    name: str, workbook_of: Callable[[str], Workbook]
) -> None:
    book = workbook_of(name)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    names = [known for sheet in book for known in sheet.tables] + list(book.defined_names)
    assert len({known.casefold() for known in names}) == len(names)
    assert not any(" " in known for known in names)


@pytest.mark.slow
@every_session
def test_what_is_read_back_is_what_the_tables_hold(
    name: str, content_of: Callable[[str], bytes], session_of: Callable[[str], Session]
) -> None:
    for filled in sheets_of(session_of(name)):
        table, _ = filled.for_paper()
        found = rows_of(content_of(name), table.title)[1:]
        wanted = table.rows or ((None,) * len(table.columns),)
        assert len(found) in (len(table.rows), len(wanted))
        for said, kept in zip(found, wanted, strict=False):
            assert [value or "" for value in said] == [value or "" for value in kept]


def test_the_sample_has_48_activities_and_the_same_48_in_the_raci(
    content_of: Callable[[str], bytes],
) -> None:
    content = content_of("contract-management")
    header, *raci = rows_of(content, "RACI")
    _, *activities = rows_of(content, "Activities")
    assert len(activities) == len(raci) == 48
    for one, other in zip(activities, raci, strict=True):
        assert one[:4] == other[:4]
        assert one[-1] == other[-1]
        assert str(other[header.index(other[3])]).startswith("R")


@pytest.mark.slow
@every_session
def test_every_page_has_its_header_row_and_is_read_at_nine_points(
    name: str, workbook_of: Callable[[str], Workbook]
) -> None:
    for sheet in workbook_of(name):
        page = sheet.page_setup
        assert sheet.print_title_rows == "$4:$4"
        assert page.paperSize in (8, 9)
        if sheet.title not in ("RACI", "Map"):
            assert (page.orientation, page.fitToHeight) == ("landscape", 0)
            assert printed_points(sheet) >= 9


def printed_points(sheet: Worksheet) -> float:
    """The size of the text on paper, reckoned from the columns of the print area."""
    left, _, right, bottom = range_boundaries(str(sheet.print_area).split("!")[1].replace("$", ""))
    assert bottom == 1_048_576
    widths = [sheet.column_dimensions[get_column_letter(at)].width for at in range(left, right + 1)]
    paper = {8: 420.0, 9: 297.0}[sheet.page_setup.paperSize] - 2 * 25.4 * sheet.page_margins.left
    # A character of a width is seven pixels of a 96th of an inch.
    wide = sum(widths) * 7 / 96 * 25.4 / sheet.page_setup.fitToWidth
    return float(min(paper / wide, 1) * sheet["A5"].font.sz)


def test_an_action_plan_prints_on_a4_and_a_raci_on_one_a3(
    workbook_of: Callable[[str], Workbook],
) -> None:
    book = workbook_of("contract-management")
    plan, raci = book["Action plan"], book["RACI"]
    assert (plan.page_setup.paperSize, plan.page_setup.fitToWidth) == (9, 1)
    left, _, right, _ = range_boundaries(str(plan.print_area).split("!")[1].replace("$", ""))
    assert [plan.cell(4, at).value for at in range(left, right + 1)] == [
        *("Ref", "Action", "Why", "Owner (role and name)", "By when", "Approval"),
        *("Meeting and papers", "Status", "RAG", "Success measure", "Last update"),
    ]
    page = raci.page_setup
    assert (page.paperSize, page.fitToWidth, page.fitToHeight) == (8, 1, 1)
    strips = [cell.value for cell in book["Map"]["A"][4:]]
    for found in book["Map"].row_breaks.brk:
        assert strips[found.id - 4] != strips[found.id - 5], "a strip goes on over the page"
    assert not book["Map"].sheet_properties.pageSetUpPr.fitToPage


@every_session
@pytest.mark.slow
def test_no_header_is_broken_within_a_word(
    name: str, workbook_of: Callable[[str], Workbook]
) -> None:
    for sheet in workbook_of(name):
        for cell in sheet[4]:
            width = sheet.column_dimensions[cell.column_letter].width
            if not cell.alignment.textRotation:
                assert max(map(len, str(cell.value).split())) < max(width, 30)


def test_a_draft_is_said_on_every_page_and_marked_where_it_is(
    workbook_of: Callable[[str], Workbook],
) -> None:
    said = "Draft: 3 of 48 activities are not yet confirmed"
    book = workbook_of("contract-management")
    for sheet in book:
        assert sheet.oddHeader.right.text == said
        assert said in str(sheet["A3"].value)
    for name, column in (("RACI", "P"), ("Activities", "P")):
        waiting = [cell.value for cell in book[name][column][4:] if cell.value != "confirmed"]
        assert waiting == ["to confirm"] * 3
    notes = [str(cell.value) for row in book["Map"].iter_rows(min_row=5) for cell in row]
    assert sum(one.endswith("(to confirm)") for one in notes) == 3
    drawn = [str(cell.value) for cell in book["Visio"]["B"]]
    assert sum(one.endswith("(to confirm)") for one in drawn) == 3


def test_the_first_cell_is_a_heading_and_read_me_leads_to_each_sheet(
    workbook_of: Callable[[str], Workbook],
) -> None:
    book = workbook_of("contract-management")
    assert {sheet["A1"].style for sheet in book} == {"Heading 1"}
    links = {cell.value: cell.hyperlink for cell in book["Read me"]["B"] if cell.hyperlink}
    assert [*links] == book.sheetnames[1:]
    assert all(link.location == f"'{name}'!A1" for name, link in links.items())


def test_dates_are_dates(workbook_of: Callable[[str], Workbook]) -> None:
    sheet = workbook_of("contract-management")["Action plan"]
    place = next(cell.column for cell in sheet[4] if cell.value == "By when")
    due = [sheet.cell(row, place) for row in range(5, sheet.max_row + 1)]
    assert all(isinstance(cell.value, dt.datetime) for cell in due)
    assert {cell.number_format for cell in due} == {"dd mmm yyyy"}


def test_dropdowns_take_their_values_from_named_lists(
    workbook_of: Callable[[str], Workbook],
) -> None:
    book = workbook_of("contract-management")
    roles = book.defined_names["list_roles"]
    ((sheet, cells),) = roles.destinations
    names = [cell.value for (cell,) in book[sheet][cells]]
    assert names[:2] == ["Contract Manager", "Head of Service"]
    assert len(names) == 11
    offered = {rule.formula1 for rule in book["RACI"].data_validations.dataValidation}
    assert offered == {"=list_roles", "=list_letters", "=list_activity_status"}
    named = {
        str(rule.formula1).lstrip("=")
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert named <= set(book.defined_names)


def test_the_file_says_whose_it_is_and_how_it_is_marked(
    workbook_of: Callable[[str], Workbook], session_of: Callable[[str], Session]
) -> None:
    book, workshop = workbook_of("contract-management"), session_of("contract-management").workshop
    held = book.properties
    assert (held.title, held.creator, held.keywords) == (
        workshop.title,
        workshop.facilitator,
        workshop.marking,
    )
    assert held.language == "en-GB"
    for sheet in book:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == workshop.marking


def test_the_same_session_gives_the_same_bytes_and_the_clock_is_not_asked(
    session_of: Callable[[str], Session],
) -> None:
    session, day = session_of("cup-of-coffee"), dt.date(2026, 12, 11)
    content = build_workbook(session, exported_on=day)
    assert content == build_workbook(session, exported_on=day)
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 12, 11)}
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
    book = load_workbook(BytesIO(content))
    assert book.properties.modified == dt.datetime(2026, 12, 11)  # noqa: DTZ001
    assert "exported 11 December 2026" in str(book["RACI"]["A3"].value)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_can_be_read_and_stands_beside_its_word(
    workbook_of: Callable[[str], Workbook],
) -> None:
    for sheet in workbook_of("contract-management"):
        head = sheet["A4"]
        assert contrast(head.font.color.rgb[2:], head.fill.start_color.rgb[2:]) >= 7
        ink = sheet["A5"].font.color.rgb[2:]
        for found in sheet.conditional_formatting:
            for rule in found.rules:
                assert contrast(ink, rule.dxf.fill.bgColor.rgb[2:]) >= 7
                assert rule.formula[0].strip('"')


@settings(max_examples=max(EXAMPLES // 12, 1))
@given(sessions())
def test_any_session_makes_a_workbook_that_can_be_read(session: Session) -> None:
    content = build_workbook(session)
    found = load_workbook(BytesIO(content)).sheetnames
    assert [one for one in found if one not in EXPLORED] == SHEETS
    assert len(rows_of(content, "Activities")) - 1 in (len(session.activities), 1)
