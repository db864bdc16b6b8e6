"""The council's own columns come back in the default workbook, where their records stand."""

from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from offwall.model.records.fields import Table
from offwall.model.records.session import Action, ActionKind, Activity, Issue, Session, Stage
from offwall.model.tables.sheet import OWN_COLUMNS
from offwall.model.workbook.template.find_tables import tables_and_alike
from offwall.model.workbook.template.read_sheet import book_of_rows
from offwall.model.workbook.write.book import build_workbook


def kept(**columns: str) -> Table:
    return Table.of({OWN_COLUMNS: columns, "unknown": 1})


SESSION = Session(
    stages=(Stage("S1", "Begin"),),
    activities=(
        Activity("a-1", "S1", "One", extra=kept(Budget="=B-1", Ref="their ref")),
        Activity("a-2", "S1", "Two"),
        Activity("a-3", "S1", "Three", extra=kept(Budget="B-3", Ward="North\x07")),
    ),
    issues=(Issue("i-1", "Slow", extra=kept(Cost="9")),),
    actions=(
        Action("n-1", "Pilot", extra=kept(Ward="West")),
        Action("n-2", "Tell", kind=ActionKind.NEXT_STEP, extra=kept(Ward="East")),
    ),
)


def test_they_stand_before_the_comment_on_their_own_rows() -> None:
    content = build_workbook(SESSION)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    head, *rows = book.get_sheet_by_name("Activities").to_python()[3:]
    # A header that is ours already gets its own name added, as a role's would.
    assert head[-5:] == ["Budget", "Ref (Ref)", "Ward", "Your comment", "ID"]
    assert [row[-5:] for row in rows] == [
        ["=B-1", "their ref", "", "", "a-1"],
        ["", "", "", "", "a-2"],
        ["B-3", "", "North\N{REPLACEMENT CHARACTER}", "", "a-3"],
    ]
    for name, header, value in (
        ("Issues", "Cost", "9"),
        ("Action plan", "Ward", "West"),
    ):
        head, row, *_ = book.get_sheet_by_name(name).to_python()[3:]
        assert (head[-3], row[-3]) == (header, value)
    sheet = load_workbook(BytesIO(content))["Activities"]
    assert sheet.tables["Activities"].ref == "A4:W7"


def test_they_are_found_as_the_councils_own_when_the_workbook_comes_back() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(build_workbook(SESSION)))
    rows = book.get_sheet_by_name("Activities").to_python(skip_empty_area=False)
    (found,), _ = tables_and_alike(book_of_rows({"Activities": rows}), SESSION)
    assert set(found.own.values()) >= {"Budget", "Ward"}
    _, ours, own = next(found.rows(book_of_rows({"Activities": rows}).sheets[0]))
    assert (ours["id"], own["Budget"]) == ("a-1", "=B-1")


def test_a_session_without_any_has_none() -> None:
    sheet = load_workbook(BytesIO(build_workbook(Session())))["Activities"]
    assert sheet.tables["Activities"].ref == "A4:T5"
