"""Who keeps a process up: owner, review date and version on what leaves, and what is due."""

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from offwall.model.actions.date_checks import check_reviews
from offwall.model.actions.facts import Facts, kept_up, with_reviews
from offwall.model.compare.carry_over import changes_since
from offwall.model.documents.brief.papers import map_paper, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.calendar import calendars
from offwall.model.documents.chase import chase_mails, chase_report
from offwall.model.documents.close_down import close_down_list
from offwall.model.documents.diagram.export import drawing_svg
from offwall.model.documents.paper import Bullets, Heading, Paragraph
from offwall.model.records.session import (
    Action,
    ActionKind,
    Activity,
    Board,
    Person,
    Role,
    Session,
    Stage,
    Version,
    Workshop,
)
from offwall.model.records.text import EditError
from offwall.model.review.second_session import second_session
from offwall.model.setup.workshop import WORKSHOP, last_version, record_version
from offwall.model.tables.all_sheets import sheets_of

DAY = dt.date(2027, 2, 1)
NOW = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
BASE = Session(
    workshop=Workshop(id="w-1", process="Contracts [PO]", title="Map", facilitator="A. F"),
    people=(Person("p-1", "Jane Doe", "hos"),),
    roles=(Role("hos", "Head of Service"),),
    stages=(Stage("S1", "One"),),
)
KEPT = replace(
    BASE,
    workshop=replace(BASE.workshop, owner="hos", review_on=DAY),
    versions=(Version("v-1", "1.0", dt.date(2026, 12, 20), "s_version_1-0.toml"),),
)
SAID = (
    "last version 1.0 of 20 December 2026",
    "next review 1 February 2027",
    "process owner Head of Service (Jane Doe)",
)


def calendar(session: Session) -> str:
    return "".join(
        content.decode().replace("\r\n ", "") for _, content in calendars(session, now=NOW)
    )


def test_a_long_owner_is_whole_on_a_page_of_a_draft() -> None:
    role = Role("hos", "Head of Commissioning, Procurement and Contract Management")
    person = Person("p-1", "Aleksandra Featherstonehaugh", "hos")
    draft = replace(KEPT, roles=(role,), people=(person,))
    draft = replace(draft, activities=(Activity("a-1", "S1", "Do it", lead="hos"),))
    *_, page = drawing_svg(draft, paper="A4")
    words = " ".join(ET.fromstring(page).itertext())  # noqa: S314  (our own)
    said = f"process owner {role.name} ({person.name})"
    assert said in " ".join(words.split())


def test_it_stands_on_the_cover_the_map_the_workbook_and_in_the_diaries() -> None:
    assert kept_up(KEPT) == SAID
    for said in SAID:
        assert all(said in report(KEPT, audience, DAY).subtitle for audience in Audience)
        assert said in map_paper(KEPT, DAY).subtitle
        assert said.encode() in drawing_svg(KEPT)[0]
        assert f"{said[0].upper()}{said[1:]}" in calendar(KEPT)
        assert said in str(sheets_of(KEPT)[0].rows)
    assert "SUMMARY:Review the process “Contracts [PO]”" in calendar(KEPT)


def test_what_was_not_said_is_on_nothing() -> None:
    assert kept_up(BASE) == ()
    assert with_reviews(BASE) == BASE
    assert calendars(BASE, now=NOW) == ()
    assert "version" not in report(BASE, Audience.MANAGEMENT, DAY).subtitle
    assert "Kept up" not in [row[1] for row in sheets_of(BASE)[0].rows]
    assert list(check_reviews(BASE, dt.date.max)) == []


@pytest.mark.parametrize(
    ("today", "due"), [(DAY - dt.timedelta(1), 0), (DAY, 1), (DAY + dt.timedelta(400), 1)]
)
def test_it_is_due_for_review_from_its_day_on(today: dt.date, due: int) -> None:
    said = "The process “Contracts [PO]” has been due for review since 1 Feb 2027"
    found = [one.text for one in check_reviews(KEPT, today)]
    assert found == [f"{said}; set the next date in set up (0) when that is done."] * due
    told = [one.text for group in close_down_list(KEPT, today).values() for one in group]
    assert [one for one in told if "due for review" in one] == found
    assert (f"{said}." in chase_report(Facts(with_reviews(KEPT), today)).text) is bool(due)


def test_its_owner_is_reminded_and_a_board_is_reviewed_by_its_chair() -> None:
    board = Board("The Board", chair="p-1", review_on=DAY)
    (mail,) = chase_mails(Facts(with_reviews(replace(KEPT, board=board)), DAY))
    assert mail.to == ("Jane Doe",)
    assert "Review the process “Contracts [PO]”" in mail.text
    assert "Review the terms of The Board" in mail.text
    unnamed = replace(BASE, board=replace(board, name=""))
    (found,) = check_reviews(unnamed, DAY)
    said = "The terms of the board have been due for review since 1 Feb 2027"
    assert found.text == f"{said}; set the next date in governance when that is done."


def test_who_presents_is_in_the_feedback_and_the_pre_brief_for_the_sponsor_alone() -> None:
    shop = replace(
        BASE.workshop, presenter="p-1", presented_at="Cabinet Room", presented_for="20 minutes"
    )
    session = replace(BASE, workshop=replace(shop, pre_brief=("hos", "Cllr =1+1")))
    told = Paragraph("Jane Doe, Cabinet Room, 20 minutes.", "Presenting the findings:")
    assert told in report(session, Audience.PARTICIPANTS, DAY).parts
    assert "Cllr" not in "".join(str(report(session, one, DAY)) for one in Audience)
    brief = Action("n-1", "Brief senior management", ActionKind.NEXT_STEP)
    before = "Pre-brief with Head of Service (Jane Doe) and Cllr =1+1."
    assert before in chase_report(Facts(replace(session, actions=(brief,)), DAY)).text
    assert before not in chase_report(Facts(session, DAY)).text


def test_a_version_is_recorded_once_under_its_name() -> None:
    session = record_version(KEPT, " 2.0 =1+1 ", DAY, "b.toml")
    assert session.versions[1:] == (Version(session.versions[1].id, "2.0 =1+1", DAY, "b.toml"),)
    assert record_version(KEPT, "2.0 =1+1", DAY) == record_version(KEPT, "2.0 =1+1", DAY)
    assert last_version(session) == session.versions[1]
    assert last_version(record_version(session, "old", dt.date(2020, 1, 1))) == session.versions[1]
    assert last_version(BASE) is None
    for wrong in ("", " \n", "1.0", " 1.0 "):
        with pytest.raises(EditError):
            record_version(KEPT, wrong, DAY)


def test_the_brief_says_what_changed_since_the_last_version() -> None:
    now = replace(KEPT, stages=(Stage("S1", "Other [/"),), clock=replace(KEPT.clock))
    parts = report(now, Audience.MANAGEMENT, DAY, version=KEPT).parts
    place = parts.index(Heading("What changed since version 1.0"))
    assert isinstance(parts[place + 2], Bullets)
    assert "was “One”" in str(parts[place + 2])
    assert "What changed since version" not in str(report(KEPT, Audience.MANAGEMENT, DAY))
    same = report(KEPT, Audience.MANAGEMENT, DAY, version=KEPT)
    assert "What changed since version" not in str(same)


def test_minutes_versions_and_who_is_told_are_no_change_nor_is_a_second_session() -> None:
    used = replace(KEPT.clock, plan=replace(KEPT.clock.plan, used=9))
    shop = replace(KEPT.workshop, presenter="p-1", pre_brief=("hos",))
    later = record_version(replace(KEPT, workshop=shop, clock=used), "2.0", DAY)
    assert changes_since(KEPT, later) == ()
    second = second_session(later, seed="x")
    assert second.versions == later.versions
    assert changes_since(KEPT, second) == ()
    (section,) = changes_since(KEPT, replace(second, stages=()))
    assert [one.text for one in section.sentences] == ["Stage S1 “One” was removed."]


def test_it_is_asked_in_a_form_of_its_own_and_a_wrong_date_is_refused() -> None:
    assert [one.name for one in WORKSHOP.form_of("review_on")] == [
        *("owner", "review_on", "presenter", "presented_at", "presented_for", "pre_brief")
    ]
    assert WORKSHOP.form_of("title")[-1].name == "date"
    said = {"owner": "jane doe", "review_on": "1 feb 2028", "pre_brief": "hos; Cllr [PO]; hos"}
    shop = WORKSHOP.change(BASE, said, today=DAY).workshop
    assert (shop.owner, shop.review_on) == ("p-1", dt.date(2028, 2, 1))
    assert shop.pre_brief == ("hos", "Cllr [PO]")
    with pytest.raises(EditError, match="is no date"):
        WORKSHOP.change(BASE, {"review_on": "soonish"}, today=DAY)
