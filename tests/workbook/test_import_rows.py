"""Rows that came back and the records that they are of: the corners of which is which."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from offwall.model.records.session import Activity, Issue, IssueCode, Session
from offwall.model.tables.read_back import UnreadableCell
from offwall.model.workbook.import_.copied_rows import is_sorted_otherwise, match_rows
from offwall.model.workbook.import_.proposals import ProposalKind
from tests.workbook.copies import copy, letters, setting, table
from tests.workbook.test_import_proposals import SESSION, all_of, one, proposed

Rows = list[dict[str, Any]]
TWO = replace(SESSION, issues=(*SESSION.issues, Issue("i-2", "Too slow", IssueCode.TIME, "a-1")))


def of(session: Session, edit: Any, kind: str = "activities") -> Session:
    """The session with all that a copy of it proposes."""
    return all_of(proposed(copy(session, table(session, kind, edit)), now=session), session)


def test_of_the_same_words_in_one_stage_the_first_row_is_the_first_record() -> None:
    twice = replace(
        SESSION, activities=(Activity("a-1", "S1", "Tell them"), Activity("a-2", "S1", "Tell them"))
    )

    def edit(rows: Rows) -> None:
        for row, note in zip(rows, ("one", "two"), strict=True):
            row.update(id=None, ref=None, note=note)

    assert [each.note for each in of(twice, edit).activities] == ["one", "two"]


def test_the_same_words_under_a_stage_that_nobody_knows_are_still_that_record() -> None:
    edit = setting(2, id=None, ref=None, stage="Elsewhere", note="moved")
    new = of(SESSION, edit).activity_by_id["a-3"]
    assert (new.note, new.stage) == ("moved", "S3")


def test_of_two_rows_that_come_near_one_record_the_nearer_is_it() -> None:
    texts = ("Pay the invoices on", "Pay the invoices")
    near = [{"id": None, "ref": None, "activity": said} for said in texts]
    read = table(SESSION, "activities", lambda rows: rows.__setitem__(slice(3, None), near))
    found = match_rows(read)
    assert {at: known.id for at, known in found.items() if at[1] >= 8} == {("", 9): "a-4"}


def test_a_code_is_an_issues_only_where_it_is_plain_which() -> None:
    assert of(SESSION, setting(0, codes="T")).issues[0].code is IssueCode.TIME
    for session, codes in ((SESSION, "D; T"), (TWO, "T"), (SESSION, "")):
        found = proposed(
            copy(session, table(session, "activities", setting(0, codes=codes))), now=session
        )
        assert found.found == ()
        assert bool(found.told) is bool(codes)


def test_words_that_two_sheets_edit_alike_are_an_edit_and_otherwise_a_question() -> None:
    def both(first: str, second: str) -> Any:
        edits = setting(0, activity=first), setting(0, activity=second)
        kinds = ("activities", "raci")
        tables = (table(SESSION, kind, edit) for kind, edit in zip(kinds, edits, strict=True))
        return proposed(copy(SESSION, *tables))

    assert all_of(both("Draft the plan", "Draft the  plan")).activities[0].text == "Draft the plan"
    asked = one(both("Draft the plan", "Write a plan"), ProposalKind.CLASH)
    assert [reading.says for reading in asked.readings] == [
        "“Draft the plan”, as on Activities",
        "“Write a plan”, as on RACI",
    ]


def test_people_that_two_sheets_edit_differently_are_the_racis() -> None:
    edits = (
        table(SESSION, "activities", setting(0, others="a:leg")),
        table(SESSION, "raci", letters(0, hos="", fin="A")),
    )
    assert all_of(proposed(copy(SESSION, *edits))).activities[0].accountable == "fin"


def test_more_rows_moved_than_by_hand_were_sorted() -> None:
    many = replace(
        SESSION, activities=tuple(Activity(f"a-{n}", "S1", f"Do {n * 7 % 11}") for n in range(11))
    )
    before = [each.id for each in many.activities]
    shuffled = [before[place * 4 % 11] for place in range(11)]
    read = table(many, "activities")
    assert is_sorted_otherwise(read, before, shuffled) is True
    assert is_sorted_otherwise(read, before, [*before[1:], before[0]]) is False
    assert is_sorted_otherwise(read, before, before) is False


def test_answers_that_decisions_change_keep_those_that_it_does_not() -> None:
    def edit(rows: Rows) -> None:
        rows.insert(0, {**rows[0], "answer": "Perhaps", "leads_to": "S2.01"})

    routes = of(SESSION, edit, "decisions").activities[0].routes
    assert [(each.answer, each.to or each.to_words) for each in routes] == [
        ("Yes", "a-2"),
        ("No", "start again"),
        ("Perhaps", "a-3"),
    ]


def test_a_new_activity_without_a_neighbour_of_its_stage_goes_to_that_stages_end() -> None:
    def edit(rows: Rows) -> None:
        rows.append({"activity": "Plan again", "stage": "Plan"})

    texts = [each.text for each in of(SESSION, edit).activities]
    assert texts[:4] == ["Write the plan", "Agree the plan", "Plan again", "Hold the review"]


def test_what_came_into_the_session_since_is_not_brought_again() -> None:
    def edit(rows: Rows) -> None:
        rows.insert(2, {"activity": "Publish it", "stage": "Plan"})

    here = Activity("a-9", "S1", "Publish it")
    since = replace(SESSION, activities=(*SESSION.activities, here))
    assert proposed(copy(SESSION, table(SESSION, "activities", edit)), now=since).found == ()
    elsewhere = replace(SESSION, activities=(*SESSION.activities, replace(here, stage="S2")))
    found = proposed(copy(SESSION, table(SESSION, "activities", edit)), now=elsewhere)
    assert [(each.kind, each.what) for each in found.found] == [(ProposalKind.NEW, "Publish it")]


def test_an_issue_on_two_sheets_is_brought_once() -> None:
    tables = (
        table(SESSION, "activities", setting(1, issues="Too slow")),
        table(SESSION, "issues", lambda rows: rows.append({"issue": "Too slow"})),
    )
    new = all_of(proposed(copy(SESSION, *tables)))
    assert [(each.text, each.activity) for each in new.issues[1:]] == [("Too slow", "a-2")]


@pytest.mark.parametrize("own", [(), ("Cost code",)])
def test_a_date_in_words_stays_in_a_column_of_its_own(own: tuple[str, ...]) -> None:
    cells = {"due": "when the board has met", **dict.fromkeys(own, "4711")}
    read = table(SESSION, "actions", setting(0, **cells), own=own)
    new = all_of(proposed(copy(SESSION, read))).actions[0]
    assert new.due == dt.date(2027, 1, 29)
    said = dict(new.extra.items)
    assert "when the board has met" in str(said)
    assert ("4711" in str(said)) is bool(own)


@pytest.mark.parametrize(
    ("kind", "row", "on", "text"),
    [
        ("roles", 1, "", "Roles, Finance: Who pays?"),
        ("words", 0, "", "Words, contract register: Who pays?"),
        ("documents", 0, "", "Documents, Form A: Who pays?"),
        ("people", 0, "", "People, Jane Doe: Who pays?"),
        ("issues", 0, "i-1", "Who pays?"),
        ("actions", 0, "n-1", "Who pays?"),
        ("decisions", 0, "a-1", "Who pays?"),
    ],
)
def test_a_comment_on_a_row_of_any_sheet_comes_back_as_a_remark(
    kind: str, row: int, on: str, text: str
) -> None:
    remarks = of(SESSION, setting(row, comment="Who pays?"), kind).remarks
    assert [(each.on, each.text, each.by) for each in remarks] == [(on, text, "Jane Doe")]


def test_what_cannot_be_read_in_a_list_of_an_activity_is_said_once_and_left_alone() -> None:
    for name in ("codes", "issues", "actions"):
        edit = setting(0, **{name: UnreadableCell("is an error of the spreadsheet (#REF!)")})
        found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
        assert found.found == ()
        assert len(found.told) == 1, name
        assert "#REF!" in found.told[0]


def test_a_document_that_a_file_names_with_a_tab_is_taken_into_the_register() -> None:
    named = replace(SESSION.activities[0], documents=("Risk\tlog",))
    odd = replace(SESSION, activities=(named, *SESSION.activities[1:]), documents=())
    assert of(odd, setting(0, where="Intranet"), "documents").documents[0].where == "Intranet"
