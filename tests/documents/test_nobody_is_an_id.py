"""Somebody who was removed is not called by an id, in no table and in no paper."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall.model.actions.facts import Facts
from offwall.model.documents.calendar import calendars
from offwall.model.documents.mails import owner_mails
from offwall.model.records.session import (
    Action,
    Activity,
    Board,
    Document,
    Issue,
    Person,
    Photo,
    Role,
    Session,
    Stage,
)
from offwall.model.records.uses import GONE, pointers, role_name
from offwall.model.review.checks import findings
from offwall.model.review.fixes import FixFinder
from offwall.model.tables.all_sheets import sheets_of

LOST, OTHER = "p-6k2dr8ct", "p-7k2dr8ct"
DAY = dt.date(2026, 11, 29)
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
EVERYWHERE = Session(
    stages=(Stage("S1", "Begin", accountable=LOST),),
    roles=(Role("cm", "Contract Manager"),),
    people=(Person("p-1", "Ann Lee", role=LOST),),
    activities=(
        Activity(
            *("a-1", "S1", "Check"),
            lead=LOST,
            also=(OTHER,),
            accountable=LOST,
            consulted=(LOST,),
            informed=(OTHER,),
            decision="Ready?",
            decided_by=LOST,
        ),
    ),
    issues=(Issue("i-1", "No log", raised_by=LOST),),
    board=Board("Board", chair=LOST, members=(LOST, OTHER, "cm")),
    actions=(
        Action("n-1", "Pilot", owner=LOST, helper=OTHER, due=DAY),
        Action("n-2", "Write", owner="p-1", helper=LOST, due=DAY),
        Action("n-3", "Tell", owner="the finance team", due=DAY),
    ),
    documents=(Document("Log", owner=LOST),),
    photos=(Photo("f-1", caption="Wall", taken_by=LOST),),
)
"""Each pointer to a person or a role holds the id of nobody."""


CODES = ("code", "id", "others", "role_codes")
"""Columns of keys, and the one that says people as they are typed, by code."""


def test_each_pointer_to_somebody_is_tried() -> None:
    held = {(one.collection, one.field) for one in pointers(EVERYWHERE) if one.value == LOST}
    held |= {(one.collection, one.field) for one in pointers(EVERYWHERE) if one.value == OTHER}
    assert {place[0] for place in held} == {
        *("stages", "people", "activities", "issues", "board", "actions", "documents", "photos")
    }


def test_no_table_of_the_workbook_calls_anybody_by_an_id() -> None:
    for sheet in sheets_of(EVERYWHERE):
        texts = [column.header for column in sheet.columns]
        texts += [
            str(cell)
            for row in sheet.rows
            for column, cell in zip(sheet.columns, row, strict=True)
            if column.key not in CODES
        ]
        assert not [text for text in texts if LOST in text or OTHER in text], sheet.name


def test_no_paper_does_and_nobody_gets_a_mail_that_is_to_nobody() -> None:
    mails = owner_mails(EVERYWHERE, DAY)
    assert [mail.name for mail in mails] == ["Ann Lee", "the finance team"]
    assert GONE in mails[0].text
    said = [*(mail.text for mail in mails), *map(Facts(EVERYWHERE, DAY).who, EVERYWHERE.actions)]
    for name, content in calendars(EVERYWHERE, now=NOW):
        said += [name, content.decode().replace("\r\n ", "")]
    said.append(role_name(EVERYWHERE, LOST))
    assert not [text for text in said if LOST in text or OTHER in text]


def test_each_is_a_finding_that_says_who_names_whom() -> None:
    texts = [one.text for one in findings(EVERYWHERE) if one.kind == "lost pointer"]
    assert texts == [
        f"Person “Ann Lee” names {GONE} (role); choose another.",
        f"Issue “No log” names {GONE} (raised by); choose another.",
        f"Board “Board” names {GONE} (chair); choose another.",
        f"Board “Board” names {GONE} (members); choose another.",
        f"Board “Board” names {GONE} (members); choose another.",
        f"Action “Pilot” names {GONE} (owner); choose another.",
        f"Action “Pilot” names {GONE} (helper); choose another.",
        f"Action “Write” names {GONE} (helper); choose another.",
        f"Document “Log” names {GONE} (owner); choose another.",
        f"Photo “Wall” names {GONE} (taken by); choose another.",
    ]


@pytest.mark.parametrize(
    ("session", "number"),
    [
        (replace(EVERYWHERE, people=(Person("p-1", "Ann", role="nope"),)), 1),
        (replace(EVERYWHERE, people=(Person("p-1", "Ann", role="cm"),)), 0),
        (replace(EVERYWHERE, people=(Person(LOST, "Ann"), Person(OTHER, "Bo"))), 0),
    ],
)
def test_a_role_that_is_none_is_found_and_one_that_is_there_is_not(
    session: Session, number: int
) -> None:
    found = [one for one in findings(session) if one.about == "people.role"]
    assert len(found) == number


@pytest.mark.parametrize("words", ["the finance team", "Ann Lee", "p-6k2dr8c", "P-6K2DR8CT"])
def test_words_are_nobodys_id(words: str) -> None:
    session = Session(
        actions=(Action("n-1", "Pilot", owner=words, helper=words),),
        issues=(Issue("i-1", "No log", raised_by=words),),
        photos=(Photo("f-1", taken_by=words),),
    )
    assert not [one for one in findings(session) if one.kind == "lost pointer"]


def test_one_key_lets_go_of_an_owner_who_is_gone() -> None:
    session = replace(EVERYWHERE, actions=EVERYWHERE.actions[:1], issues=(), photos=())
    for about in ("actions.owner", "actions.helper", "people.role", "documents.owner"):
        [finding] = [one for one in findings(session) if one.about == about]
        mending = FixFinder(session).of(finding)
        assert mending is not None
        session = mending.change(session)
        assert not [one for one in findings(session) if one.about == about]
