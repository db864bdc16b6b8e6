"""Many sessions as tidy tables: the same columns always, and counts that agree with the session."""

import re
from collections import Counter

import pytest
from hypothesis import given

from offwall import sample_sessions
from offwall.model.process.raci import role_loads as loads_of
from offwall.model.records.session import Activity, Session, Workshop
from offwall.model.store.toml.load import loads
from offwall.model.tables.sheet import FilledSheet
from offwall.model.workbook.gather.tidy_tables import OF, empty_tables, is_session, tidy_tables
from tests.strategies import sessions


def _sample() -> Session:
    return loads(sample_sessions.path("contract-management").read_text("utf-8"))


def _named(session: Session) -> dict[str, FilledSheet]:
    return {table.name: table for table in tidy_tables(session, "councils/a.toml")}


def test_every_row_says_whose_it_is() -> None:
    session = _sample()
    whose = ("councils/a.toml", session.workshop.council, session.workshop.date)
    for table in tidy_tables(session, "councils/a.toml"):
        assert table.columns[: len(OF)] == OF
        assert table.rows
        assert {row[: len(OF)] for row in table.rows} == {whose}


def test_the_long_raci_has_a_row_for_every_letter_of_every_role() -> None:
    session = _sample()
    found: Counter[tuple[object, object]] = Counter(
        (row["role_code"], row["letter"]) for row in _named(session)["RACI"].records()
    )
    for code, load in loads_of(session).items():
        counted = tuple(found[code, letter] for letter in "RACI")
        assert counted == (load.responsible, load.accountable, load.consulted, load.informed)
    leads = [row for row in _named(session)["RACI"].records() if row["lead"] == "yes"]
    assert len(leads) == sum(bool(one.lead) for one in session.activities)


def test_actions_hold_improvements_ranked_and_then_next_steps() -> None:
    session = _sample()
    rows = _named(session)["Actions"].records()
    assert {row["id"] for row in rows} == {one.id for one in session.actions}
    kinds = {one.id: one.kind for one in session.actions}
    assert all(row["kind"] == kinds[str(row["id"])] for row in rows)
    ranks = [row["rank"] for row in rows if row["kind"] == "improvement"]
    assert ranks == list(range(1, len(ranks) + 1))
    assert {row["rank"] for row in rows if row["kind"] == "next step"} == {None}


def test_an_issue_says_the_stage_of_its_activity() -> None:
    session = _sample()
    names = {one.id: session.stage_by_id[one.stage].name for one in session.activities}
    by_id = {one.id: one for one in session.issues}
    for row in _named(session)["Issues"].records():
        assert row["stage"] == names.get(by_id[str(row["id"])].activity, "")


def test_the_session_is_counted_in_one_row() -> None:
    session = _sample()
    (row,) = _named(session)["Sessions"].records()
    assert row["activities"] == len(session.activities)
    assert row["confirmed"] == sum(one.confirmed for one in session.activities)
    assert row["issues"] == row["issues_open"] == len(session.issues)
    assert row["workshop"] == session.workshop.id


@pytest.mark.slow
@given(sessions())
def test_any_session_has_the_same_columns_and_rows_as_wide(session: Session) -> None:
    assert [table.columns for table in tidy_tables(session, "x")] == [
        table.columns for table in empty_tables()
    ]
    for table in tidy_tables(session, "x"):
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_columns_are_names_that_a_query_can_use_without_quotes() -> None:
    words_of_sql = {
        "where",
        "order",
        "group",
        "limit",
        "select",
        "from",
        "by",
        "desc",
        "all",
        "end",
    }
    for table in empty_tables():
        keys = [column.key for column in table.columns]
        assert len({key.lower() for key in keys}) == len(keys)
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z_]*", key) for key in keys)
        assert not words_of_sql & {key.lower() for key in keys}
        headers = [column.header.casefold() for column in table.columns]
        assert len(set(headers)) == len(headers)


def test_toml_of_another_kind_is_no_session() -> None:
    assert not is_session(loads('[project]\nname = "x"\n[tool.ruff]\nline-length = 100\n'))
    assert not is_session(loads('[[tiers]]\ncode = "gold"\nname = "Gold"\n'))
    assert not is_session(loads("[workshop]\nsomething_else = 1\n"))
    assert is_session(Session(workshop=Workshop(id="w-3m8rf5ja")))
    assert is_session(Session(activities=(Activity("a-1", "S1", "Do it"),)))
    assert is_session(_sample())
