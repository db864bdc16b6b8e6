"""The mails: what each took on, by when and with whom; what came of it for all."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.close_down import OpenSection, close_down_list
from offwall.model.documents.mails import (
    corporate_mail,
    greeting,
    owner_mails,
    participants_mail,
    roles_without_people,
    senior_mail,
)
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Group,
    Person,
    Role,
    Session,
    Workshop,
)

TODAY = dt.date(2026, 12, 10)
SAMPLE = store.read_session(sample_sessions.path("contract-management"))

JANE = Person("p-1", "Jane Doe", "cm", group=Group.CORE)
SAM = Person("p-2", "Sam Poe", "cm")
LEE = Person("p-3", "Lee Roe", group=Group.SENIOR)
BASE = Session(
    workshop=Workshop(title="Map", process="Contracts", date=TODAY, facilitator="A. Facilitator"),
    people=(JANE, SAM, LEE),
    roles=(Role("cm", "Contract Manager"), Role("fin", "Finance")),
)


def with_actions(*actions: Action) -> Session:
    numbered = (replace(action, id=f"n-{n}") for n, action in enumerate(actions))
    return replace(BASE, actions=tuple(numbered))


DIARIES = {"p-1": "calendar-Jane-Doe.ics", "cm": "calendar-Contract-Manager.ics"}


def mails(*actions: Action, diaries: dict[str, str] | None = None) -> dict[str, str]:
    session = with_actions(*actions)
    return {mail.name: mail.text for mail in owner_mails(session, TODAY, diaries)}


def test_what_by_when_with_whom_and_by_whose_leave() -> None:
    due = dt.date(2027, 1, 29)
    tell = Action("", "Tell HR", owner="p-1", helper="p-3", due=due, approval="director")
    found = mails(tell, diaries={"p-1": "calendar-Jane-Doe.ics"})
    assert found == {
        "Jane Doe": (
            "Subject: Contracts, workshop of 10 December 2026: what you took on\n"
            "To: Jane Doe\n"
            "Attach: calendar-Jane-Doe.ics\n\n"
            "Dear Jane,\n\n"
            "Thank you for taking part in the workshop on “Contracts” on 10 December 2026."
            " Here is what you took on:\n\n"
            "- Tell HR\n"
            "  By 29 Jan 2027; with Lee Roe. Approval: Director.\n\n"
            "Open the attached calendar file to add these dates to your diary."
            " If I have noted something wrongly, or a date does not suit you, please tell me.\n\n"
            "A. Facilitator\n"
        ),
        "Lee Roe": found["Lee Roe"],
    }
    assert "You help with this:\n\n- Tell HR\n  By 29 Jan 2027; with Jane Doe." in found["Lee Roe"]


def test_an_action_of_a_role_is_everybody_s_who_has_it() -> None:
    found = mails(Action("", "Tell HR", owner="cm"))
    assert list(found) == ["Jane Doe", "Sam Poe"]
    assert "  No date yet; with Sam Poe; as Contract Manager." in found["Jane Doe"]
    assert "  No date yet; with Jane Doe; as Contract Manager." in found["Sam Poe"]
    assert "please tell me by when you can do it" in found["Sam Poe"]
    assert "diary" not in found["Sam Poe"]


def test_the_calendars_of_the_person_and_of_the_role_go_with_the_mail() -> None:
    due = dt.date(2027, 1, 29)
    own, role = Action("", "Own", owner="p-1", due=due), Action("", "Role", owner="cm", due=due)
    found = mails(own, role, diaries=DIARIES)
    assert "Attach: calendar-Jane-Doe.ics, calendar-Contract-Manager.ics" in found["Jane Doe"]
    assert "Attach: calendar-Contract-Manager.ics\n" in found["Sam Poe"]


def test_a_group_gets_a_mail_and_a_role_that_nobody_has_is_told_to_the_facilitator() -> None:
    actions = Action("", "Pay", owner="fin"), Action("", "Map the rest", owner="core group")
    found = mails(*actions)
    assert list(found) == ["core group"]
    assert "Dear core group," in found["core group"]
    assert "Thank you" not in found["core group"]
    session = with_actions(*actions)
    assert {key: len(told) for key, told in roles_without_people(session).items()} == {"fin": 1}
    listed = close_down_list(session, TODAY)[OpenSection.PLAN]
    assert "“Finance” owns 1 action and nobody on the list of people has that role" in " ".join(
        one.text for one in listed
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Amira Khan", "Dear Amira,"),
        ("A. Facilitator", "Dear A. Facilitator,"),
        ("Dr Jane Poe", "Dear Dr Poe,"),
        ("Cllr Smith", "Dear Cllr Smith,"),
        ("core group", "Dear core group,"),
        ("Cher", "Dear Cher,"),
        ("Mary Jane Poe", "Dear Mary,"),
        ("", "Dear all,"),
    ],
)
def test_people_are_greeted_as_they_would_be(name: str, said: str) -> None:
    assert greeting(name) == said


def test_who_was_not_there_is_not_thanked_for_it() -> None:
    text = mails(Action("", "Sign", owner="p-3"))["Lee Roe"]
    assert "A group of colleagues held a workshop on “Contracts” on 10 December 2026." in text
    assert "Thank you" not in text


def test_what_is_done_or_dropped_is_nobody_s_and_what_is_late_says_so() -> None:
    done = Action("", "Old", owner="p-1", status=ActionStatus.DONE)
    late = Action("", "Late", owner="p-1", due=dt.date(2026, 12, 1), status=ActionStatus.DOING)
    assert mails(done) == {}
    said = "By 1 Dec 2026; this date has gone by; already begun."
    assert said in mails(done, late)["Jane Doe"]


def test_who_helps_himself_is_told_once() -> None:
    text = mails(Action("", "Tell HR", owner="p-1", helper="cm"))["Jane Doe"]
    assert text.count("Tell HR") == 1


def test_each_action_of_the_sample_is_in_a_mail_and_nobody_s_is_empty() -> None:
    found = owner_mails(SAMPLE, TODAY)
    assert [mail.name for mail in found][:3] == ["Amira Khan", "Tom Ellery", "Ruth Adeyemi"]
    for action in SAMPLE.actions:
        assert any(action.text in mail.text for mail in found)
    assert all(mail.text.startswith("OFFICIAL\nSubject: ") for mail in found)


def test_the_soonest_comes_first() -> None:
    found = mails(
        Action("", "Later", owner="p-1", due=dt.date(2027, 3, 1)),
        Action("", "Some day", owner="p-1"),
        Action("", "Sooner", owner="p-1", due=dt.date(2027, 1, 4)),
    )
    lines = [line for line in found["Jane Doe"].splitlines() if line.startswith("- ")]
    assert lines == ["- Sooner", "- Later", "- Some day"]


def test_an_owner_is_told_when_papers_are_due_and_why() -> None:
    (found,) = [one for one in owner_mails(SAMPLE, TODAY) if one.name == "Marian Cole"]
    assert (
        "By 31 Mar 2027; Senior management team decides on 10 Feb 2027; papers due 3 Feb 2027"
    ) in found.text
    assert "Approval: Corporate leadership team." in found.text
    assert "Why: Contract Assurance Board not yet established" in found.text


def test_the_mail_to_those_who_took_part_says_what_came_of_it_and_what_comes_next() -> None:
    text = participants_mail(SAMPLE, TODAY, ["a.xlsx", "b.docx"]).text
    assert "what we agreed and what happens next\n" in text
    assert "To: Amira Khan, Tom Ellery" in text
    head = text.split("Dear all,")[0]
    assert not [name for name in ("Helen Frost", "Dev Patel", "Marian Cole") if name in head]
    assert "48 activities, 13 decisions" in text
    assert (
        "Brief senior management: Senior Responsible Officer (Marian Cole). By 10 Feb 2027." in text
    )
    assert "Cabinet on 9 February 2027" in text
    assert "Attached: a.xlsx and b.docx." in text


def test_corporate_colleagues_and_senior_managers_have_a_text_of_their_own() -> None:
    corporate = corporate_mail(SAMPLE, TODAY, ["b.docx"])
    senior = senior_mail(SAMPLE, ["brief.docx"], Audience.LEADERSHIP)
    assert corporate is not None
    assert senior is not None
    assert (corporate.to, senior.to) == (("Helen Frost", "Dev Patel"), ("Marian Cole",))
    for mail in (corporate, senior):
        assert "Thank you" not in mail.text
        assert "A group of colleagues held a workshop on “Contract management”" in mail.text
    asked = "The brief asks you to approve 4 changes, support 1 change and note 5 changes."
    assert asked in senior.text
    assert "Draft: 3 of 48 activities are not yet confirmed." in senior.text
    assert corporate_mail(BASE, TODAY, []) is None
    assert senior_mail(Session(), [], Audience.DIRECTOR) is None


def test_with_nothing_recorded_it_is_still_a_mail() -> None:
    text = participants_mail(Session(), TODAY, []).text
    assert text.startswith(
        "Subject: Process map: what we recorded and what happens next\n\nDear all,"
    )
    assert "The next steps are still to be agreed." in text
    assert text.endswith("\n\nThe facilitator\n")
    assert "None" not in text


def test_where_no_next_step_is_named_the_actions_are_what_happens_next() -> None:
    improving = replace(SAMPLE.actions[0], kind=ActionKind.IMPROVEMENT, text="Ask the schools")
    text = participants_mail(replace(SAMPLE, actions=(improving,)), TODAY, []).text
    assert "What happens next:" in text
    assert "- Ask the schools: " in text
    assert "still to be agreed" not in text


def test_hostile_text_is_text_and_long_text_is_cut() -> None:
    words = "\u202e\x1b[2J[PO]\r\nSubject: =1+1 " + "x" * 3000
    step = Action("", words, ActionKind.NEXT_STEP, owner=words)
    session = replace(
        with_actions(step),
        workshop=replace(BASE.workshop, title=words, process=words, marking=words),
        people=(replace(JANE, name=words, role=""),),
    )
    (mail,) = owner_mails(session, TODAY)
    for text in (mail.text, participants_mail(session, TODAY, ["\x1b[2J.xlsx"]).text):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not [line for line in text.splitlines() if line.startswith("Subject: =")]
        assert all(len(line) < 1200 for line in text.splitlines())
