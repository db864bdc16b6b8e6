"""The mails: what each took on, by when and with whom; what came of it for all."""

import datetime as dt
from dataclasses import replace

from offwall import sample_sessions
from offwall.model import store
from offwall.model.documents.mails import owner_mails, participants_mail
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
    tell = Action("", "Tell HR", owner="p-1", helper="fin", due=due, approval="director")
    found = mails(tell, diaries={"p-1": "calendar-Jane-Doe.ics"})
    assert found == {
        "Jane Doe": (
            "Subject: What you took on: Map\n"
            "Attach: calendar-Jane-Doe.ics\n\n"
            "Dear Jane Doe,\n\n"
            "Thank you for working on the process “Contracts” on 10 December 2026."
            " I noted what you took on:\n\n"
            "- Tell HR\n"
            "  By Fri 29 Jan 2027, with Finance. Approval: director.\n\n"
            "What comes with this mail puts the dates into your diary."
            " If I noted something wrongly, or a date does not suit you, please tell me.\n\n"
            "A. Facilitator\n"
        ),
        "Finance": found["Finance"],
    }
    helped = "I noted that you help with this:\n\n- Tell HR\n  By Fri 29 Jan 2027, with Jane Doe."
    assert helped in found["Finance"]


def test_an_action_of_a_role_is_everybody_s_who_has_it() -> None:
    found = mails(Action("", "Tell HR", owner="cm"))
    assert list(found) == ["Jane Doe", "Sam Poe"]
    assert "  No date yet, with Sam Poe, as Contract Manager." in found["Jane Doe"]
    assert "  No date yet, with Jane Doe, as Contract Manager." in found["Sam Poe"]
    assert "please tell me by when you can do it" in found["Sam Poe"]
    assert "diary" not in found["Sam Poe"]


def test_the_calendars_of_the_person_and_of_the_role_go_with_the_mail() -> None:
    due = dt.date(2027, 1, 29)
    own, role = Action("", "Own", owner="p-1", due=due), Action("", "Role", owner="cm", due=due)
    found = mails(own, role, diaries=DIARIES)
    assert "Attach: calendar-Jane-Doe.ics, calendar-Contract-Manager.ics" in found["Jane Doe"]
    assert "Attach: calendar-Contract-Manager.ics\n" in found["Sam Poe"]


def test_a_role_that_nobody_has_and_a_group_get_a_mail_of_their_own() -> None:
    found = mails(Action("", "Pay", owner="fin"), Action("", "Map the rest", owner="core group"))
    assert list(found) == ["Finance", "core group"]
    assert "Dear core group," in found["core group"]
    assert "as " not in found["Finance"].splitlines()[6]


def test_who_was_not_there_is_not_thanked_for_it() -> None:
    text = mails(Action("", "Sign", owner="p-3"))["Lee Roe"]
    assert "A group of colleagues worked on the process “Contracts”" in text
    assert "Thank you" not in text


def test_what_is_done_or_dropped_is_nobody_s_and_what_is_late_says_so() -> None:
    done = Action("", "Old", owner="p-1", status=ActionStatus.DONE)
    late = Action("", "Late", owner="p-1", due=dt.date(2026, 12, 1), status=ActionStatus.DOING)
    assert mails(done) == {}
    assert "By Tue 1 Dec 2026 (that has gone by), already begun." in mails(done, late)["Jane Doe"]


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


def test_the_mail_to_all_says_what_came_of_it_and_what_comes_next() -> None:
    text = participants_mail(SAMPLE, ["a.xlsx", "b.docx"])
    assert "To: Amira Khan, Tom Ellery" in text
    assert "Copy to: Helen Frost, Dev Patel" in text
    assert "Marian Cole" not in text.split("Dear all,")[0]
    assert "48 activities, 13 decisions" in text
    assert ": Senior Responsible Officer (Marian Cole), by Wed 10 Feb 2027" in text
    assert "Cabinet on 9 February 2027" in text
    assert "With this mail come: a.xlsx and b.docx." in text


def test_with_nothing_recorded_it_is_still_a_mail() -> None:
    text = participants_mail(Session(), [])
    assert text.startswith("Subject: What came of our workshop: Process map\n\nDear all,\n\n")
    assert "The next steps are to be agreed." in text
    assert text.endswith("\n\nThe facilitator\n")
    assert "None" not in text


def test_hostile_text_is_text_and_long_text_is_cut() -> None:
    words = "\x1b[2J[PO]\r\nSubject: =1+1 " + "x" * 3000
    step = Action("", words, ActionKind.NEXT_STEP, owner=words)
    session = replace(
        with_actions(step),
        workshop=replace(BASE.workshop, title=words, process=words, marking=words),
        people=(replace(JANE, name=words, role=""),),
    )
    (mail,) = owner_mails(session, TODAY)
    for text in (mail.text, participants_mail(session, ["\x1b[2J.xlsx"])):
        assert "\x1b" not in text
        assert not [line for line in text.splitlines() if line.startswith("Subject: =")]
        assert all(len(line) < 1200 for line in text.splitlines())
