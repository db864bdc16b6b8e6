"""Which cells of a council's workbook hold our tables."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Alias, Export, Role, Session
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.workbook.template.find_tables import tables_and_alike
from offwall.model.workbook.template.found_table import FoundBy, FoundTable, remember_tables
from offwall.model.workbook.template.read_sheet import NamedBlock, book_of_rows
from offwall.model.workbook.template.words import kind_named
from tests.strategies import texts

ROLES = (
    Role("cm", "Contract Manager", ("Contracts Manager",)),
    Role("fin", "Finance"),
    Role("leg", "Legal", ("Solicitor",)),
    Role("leg2", "Legal team", ("Solicitor",)),
)
SESSION = Session(roles=ROLES)


def found_in(
    rows: list[list[Any]], *blocks: NamedBlock, session: Session = SESSION
) -> tuple[FoundTable, ...]:
    return tables_and_alike(book_of_rows({"Sheet": rows}, blocks), session)[0]


def the_one(rows: list[list[Any]], *blocks: NamedBlock, session: Session = SESSION) -> FoundTable:
    (found,) = found_in(rows, *blocks, session=session)
    return found


def test_a_header_row_is_known_by_its_words_wherever_it_stands() -> None:
    rows = [
        ["Sampleshire"],
        ["Activity list for the workshop of 10 December"],
        [],
        ["", "Step", "Who leads?", "Documents & templates", "Budget code"],
        ["", "Score it", "CM", "Scorecard", "X1"],
        ["", "Publish it", "", "", ""],
        [],
        ["Signed off by the director"],
    ]
    found = the_one(rows)
    assert (found.kind, found.how, found.header) == ("activities", FoundBy.HEADERS, 4)
    assert (found.first, found.last, found.left, found.right) == (5, 6, 2, 5)
    assert found.at == {"activity": 2, "lead": 3, "documents": 4}
    assert found.own == {5: "Budget code"}


def test_a_row_of_totals_and_a_blank_row_end_the_body() -> None:
    head = ["Action required", "By whom", "By when"]
    assert the_one([head, ["Do", "x", "y"], ["Total", "", "1"], ["no", "", ""]]).last == 2
    assert the_one([head]).last == 1
    assert the_one([head, ["Do", "x", "y"], [], ["no", "", ""]]).last == 2


def test_a_table_says_itself_where_it_ends_and_rows_typed_below_it_are_taken_in() -> None:
    head, row = ["Action", "Owner", "ID"], ["Do", "x", "n-1"]
    table = NamedBlock("tblActionPlan", "Sheet", 1, 1, 3, 3)
    assert the_one([head, row, row], table).last == 3
    assert the_one([head, row, row, row, row], table).last == 5
    assert the_one([head, row, row, ["Note: see above"]], table).last == 3
    totals = replace(table, bottom=4, totals=1)
    assert the_one([head, row, row, ["Total", "", 2], row], totals).last == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("tblActionPlan", "actions"), ("Table_RACI", "raci"), ("RACI_2", "raci")),
        *(("NextSteps", "next_steps"), ("tblIssues", "issues"), ("Activities", "activities")),
        *(("Table1", ""), ("tbl", ""), ("Suppliers", "")),
    ],
)
def test_names_of_tables(name: str, kind: str) -> None:
    assert kind_named(name) == kind


def test_a_name_counts_for_more_than_words_and_a_table_for_more_than_a_name() -> None:
    head = ["Action", "Owner", "Due", "Status"]
    rows = [head, ["a", "b", "c", "d"], [], head, ["e", "f", "g", "h"], [], head, ["i", "", "", ""]]
    cells = NamedBlock("ActionLog", "Sheet", 1, 4, 4, 5, is_table=False)
    assert (the_one(rows, cells).header, the_one(rows, cells).how) == (4, FoundBy.NAME)
    table = NamedBlock("Actions", "Sheet", 1, 7, 4, 8)
    assert (the_one(rows, cells, table).header, the_one(rows, table).how) == (7, FoundBy.TABLE_NAME)


def test_roles_are_columns_by_code_name_and_what_else_they_are_called() -> None:
    found = the_one([["Activity", "contracts manager", "FIN", "Solicitor", "Legal (leg)", "Stage"]])
    assert found.kind == "raci"
    # Two roles are called solicitor: that word stands for neither.
    assert found.roles == {"cm": 2, "fin": 3, "leg": 5}
    assert found.own == {4: "Solicitor"}


def test_people_in_columns_of_names_are_a_raci_too() -> None:
    found = the_one([["Process step", "Responsible", "Accountable", "Consulted", "Informed"]])
    assert found.kind == "raci"
    assert {"responsible", "accountable", "consulted", "informed"} <= set(found.at)


def test_issues_and_actions_are_told_apart() -> None:
    rows = [
        ["Issue", "Type", "Raised by", "Action", "Status"],
        ["x", "G", "y", "z", "open"],
        [],
        ["Issue", "Action", "Owner", "Due date", "Status"],
    ]
    assert [(one.kind, one.header) for one in found_in(rows)] == [("issues", 1), ("actions", 4)]


def test_a_council_adds_words_of_its_own_and_keeps_a_column_to_itself() -> None:
    rows = [["Deed", "Captain", "Notes", "Documents"]]
    assert not found_in(rows)
    aliases = (
        Alias("activity", ("Deed",)),
        Alias("lead", ("captain",)),
        Alias("leave", ("Notes",)),
    )
    found = the_one(rows, session=replace(SESSION, export=Export(aliases)))
    assert found.at == {"activity": 1, "lead": 2, "documents": 4}


def test_what_was_found_is_remembered_in_the_file_and_goes_before_all() -> None:
    rows = [["Activity", "Lead", "Note", "Stage"], ["a", "b", "c", "d"], [], ["Step", *"xyz"]]
    session = remember_tables(SESSION, found_in(rows))
    session = loads(dumps(session))
    assert the_one(rows, session=session).how is FoundBy.REMEMBERED
    # Somebody corrects the file: the column Note holds the documents.
    (table,) = session.export.tables
    columns = tuple(
        replace(one, means="documents") if one.header == "Note" else one for one in table.columns
    )
    corrected = replace(session, export=Export(tables=(replace(table, columns=columns),)))
    assert the_one(rows, session=corrected).at["documents"] == 3
    assert remember_tables(corrected, found_in(rows, session=corrected)) == corrected


def test_a_meaning_that_we_do_not_know_is_passed_over() -> None:
    export = Export((Alias("nonsense", ("Lead",)), Alias("role:gone", ("Stage",))))
    found = the_one([["Activity", "Lead", "Stage"]], session=replace(SESSION, export=export))
    assert found.at == {"activity": 1, "lead": 2, "stage": 3}


@pytest.mark.slow
def test_our_own_workbook_is_found_whole(
    session_of: Callable[[str], Session], content_of: Callable[[str], bytes]
) -> None:
    session = session_of("contract-management")
    book = CalamineWorkbook.from_filelike(BytesIO(content_of("contract-management")))
    rows = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    found = {one.kind: one for one in tables_and_alike(book_of_rows(rows), session)[0]}
    assert [one.sheet for one in found.values()] == [
        *("Activities", "RACI", "Issues", "Action plan")
    ]
    assert not any(one.own for one in found.values())
    assert found["raci"].roles.keys() == session.role_by_code.keys()
    first = next(found["activities"].rows(book_of_rows(rows).sheets[1]))
    assert first[0] == 5
    assert first[1]["id"] == session.in_order[0].id
    assert not first[2]


@given(st.lists(st.lists(st.one_of(texts, st.integers(), st.none()), max_size=6), max_size=8))
def test_no_sheet_is_too_odd_to_look_at(rows: list[list[Any]]) -> None:
    for one in found_in([["Activity", "Lead", "Stage"], *rows]):
        assert one.header < one.first <= one.last + 1 <= len(rows) + 2
