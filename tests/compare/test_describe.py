"""What changed between two sessions, in sentences: nothing is left out, and a move is a move."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from offwall.model.compare.describe import (
    AfternoonPart,
    ChangeSection,
    describe_changes,
    describe_record,
)
from offwall.model.records import END
from offwall.model.records.changes import diff
from offwall.model.records.fields import Table
from offwall.model.records.session import (
    Action,
    ActionStatus,
    Activity,
    Board,
    Clock,
    Export,
    Fitted,
    Improve,
    Issue,
    PartTime,
    Remark,
    Role,
    Route,
    Session,
    Stage,
    Treatment,
    Workshop,
)
from tests.strategies import sessions

WALL = Session(
    stages=(Stage("S1", "Set-up"), Stage("S2", "Monitor")),
    roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service")),
    activities=(
        Activity("a-1", "S1", "Check the insurance", lead="cm"),
        Activity("a-2", "S1", "Hand over"),
        Activity("a-3", "S1", "Sign"),
        Activity("a-4", "S2", "Score"),
    ),
    issues=(Issue("i-1", "No rule"), Issue("i-2", "Expires unnoticed", activity="a-1")),
    actions=(Action("n-1", "Pilot the scorecard", owner="cm", due=dt.date(2027, 1, 29)),),
)


def said(old: Session, new: Session) -> dict[str, list[str]]:
    return {
        one.heading: [line.text for line in one.sentences] for one in describe_changes(old, new)
    }


def with_activity(session: Session, key: str, **values: Any) -> Session:
    return replace(
        session,
        activities=tuple(
            replace(one, **values) if one.id == key else one for one in session.activities
        ),
    )


def test_nothing_changed_says_nothing() -> None:
    assert describe_changes(WALL, WALL) == ()


def test_the_fields_of_an_activity_are_told_in_the_words_of_the_wall() -> None:
    new = with_activity(
        WALL,
        "a-1",
        text="Check the certificates",
        lead="hos",
        accountable="hos",
        consulted=("cm",),
        decision="Valid?",
        routes=(Route("Yes", "a-3"), Route("No", to_words="chase"), Route("Never", "end")),
        improve=Improve.CHANGE,
        tiers=(("bronze", Treatment.NO),),
    )
    assert said(WALL, new) == {
        "Part 2, S1 Set-up": [
            "S1.01 “Check the certificates”: was “Check the insurance”;"
            " lead now Head of Service (was Contract Manager);"
            " accountable: Head of Service; consulted: Contract Manager added;"
            " decision: “Valid?”;"
            " answers: “Yes” to S1.03, “No” to “chase”, “Never” to the end added;"
            " mark: change; tiers: bronze now no (was not said)."
        ]
    }
    assert "no lead now (was Contract Manager)" in str(
        said(WALL, with_activity(WALL, "a-1", lead=""))
    )


def test_a_move_is_told_once_and_pushes_nobody_about() -> None:
    first, *others = WALL.activities
    down = replace(WALL, activities=(*others[:2], first, others[2]))
    assert said(WALL, down) == {
        "Part 2, S1 Set-up": ["S1.03 “Check the insurance” (was S1.01) was moved."]
    }
    across = with_activity(WALL, "a-3", stage="S2")
    (section,) = describe_changes(WALL, across)
    assert (section.part, section.stage) == (AfternoonPart.RECORD, "S2")
    assert [(one.key, one.ref, one.was) for one in section.sentences] == [("a-3", "S2.01", "S1.03")]
    assert section.sentences[0].text == "S2.01 “Sign” (was S1.03) was moved."


def test_an_activity_that_another_pushed_down_says_where_it_was_only_if_it_changed() -> None:
    new = replace(WALL, activities=(Activity("a-0", "S1", "Greet"), *WALL.activities))
    assert said(WALL, new) == {"Part 2, S1 Set-up": ["S1.01 “Greet” is new."]}
    new = with_activity(new, "a-2", lead="cm")
    assert said(WALL, new)["Part 2, S1 Set-up"][1:] == [
        "S1.03 “Hand over” (was S1.02): lead: Contract Manager."
    ]


def test_a_stage_that_was_moved_takes_its_activities_along() -> None:
    new = replace(WALL, stages=WALL.stages[::-1])
    assert said(WALL, new) == {"Set-up": ["Stage S2 “Monitor” was moved."]}
    mixed = replace(WALL, activities=WALL.activities[3:] + WALL.activities[:3])
    assert describe_changes(WALL, mixed) == ()


def test_a_stage_that_went_is_told_with_what_stood_there() -> None:
    new = replace(WALL, stages=WALL.stages[:1], activities=WALL.activities[:3])
    assert said(WALL, new) == {
        "Set-up": ["Stage S2 “Monitor” was removed."],
        "Part 2, S2 Monitor": ["“Score” (was S2.01) was removed."],
    }


def test_what_was_confirmed_is_one_sentence_a_stage() -> None:
    every = tuple(
        replace(one, sequence_confirmed=True, lead_confirmed=True) for one in WALL.activities
    )
    new = replace(WALL, activities=every)
    assert said(WALL, new) == {
        "Part 2, S1 Set-up": ["Confirmed: S1.01 to S1.03."],
        "Part 2, S2 Monitor": ["Confirmed: S2.01."],
    }
    assert said(new, with_activity(new, "a-2", lead_confirmed=False)) == {
        "Part 2, S1 Set-up": ["Place confirmed, lead still to confirm: S1.02."]
    }
    again = said(new, with_activity(WALL, "a-2", sequence_confirmed=True, lead_confirmed=True))
    assert again["Part 2, S1 Set-up"] == ["To be confirmed again: S1.01, S1.03."]


def test_each_part_of_the_afternoon_has_its_own() -> None:
    new = replace(
        WALL,
        workshop=Workshop(id="w-other", title="Contracts", date=dt.date(2026, 12, 10)),
        board=Board("Assurance board", chair="hos"),
        issues=(*WALL.issues, Issue("i-3", "Late", activity="a-4", raised_by="Jane")),
        actions=(replace(WALL.actions[0], status=ActionStatus.DONE, due=dt.date(2027, 2, 1)),),
        remarks=(Remark("r-1", "a-4", "Housing has one", "J. Doe"), Remark("r-2", "", "Thanks")),
        clock=Clock(topic=PartTime(60, 41), plan=PartTime(used=9)),
    )
    assert said(WALL, new) == {
        "Set-up": ["Workshop: title: “Contracts”; date: Thu 10 Dec 2026."],
        "Part 1: topics, issues and tiers": [
            "Board “Assurance board” is new.",
            "Time: minutes planned: 60; minutes used now 41 (was 0).",
        ],
        "Part 2, S2 Monitor": [
            "Issue “Late” is new: activity S2.01; raised by Jane.",
            "Remark “Housing has one” is new: by J. Doe.",
        ],
        "Part 3: actions, remarks and photos": [
            "Action “Pilot the scorecard”: target date now Mon 1 Feb 2027 (was Fri 29 Jan 2027);"
            " status now done (was open).",
            "Remark “Thanks” is new.",
            "Time: minutes used now 9 (was 0).",
        ],
    }


def test_of_a_long_text_what_differs_is_quoted() -> None:
    old = with_activity(WALL, "a-1", note="begin " + "x" * 300 + " one " + "y" * 300)
    new = with_activity(WALL, "a-1", note="begin " + "x" * 300 + " two " + "y" * 300)
    ((line,),) = said(old, new).values()
    assert "one" in line
    assert "two" in line
    assert len(line) < 300


def test_hostile_text_is_data_on_one_line() -> None:
    text = "=1+1 [PO] [/ \u202e العربية 🙂\nsecond line"
    ((line,),) = said(WALL, with_activity(WALL, "a-2", note=text)).values()
    assert "“=1+1 [PO] [/ \u202e العربية 🙂 second line”" in line


def test_what_offwall_does_not_know_is_told_without_a_word_of_it() -> None:
    new = replace(WALL, extra=Table.of({"later": {"version": [1, 2]}}))
    new = with_activity(new, "a-2", extra=Table.of({"colour": "red"}))
    assert said(WALL, new) == {
        "Set-up": ["What else the file says was changed."],
        "Part 2, S1 Set-up": ["S1.02 “Hand over”: what else the file says of it was changed."],
    }


def test_a_new_activity_is_told_with_all_its_people_its_ways_and_papers() -> None:
    added = Activity(
        *("a-9", "S2", "Sign off", "cm"),
        accountable="hos",
        consulted=("cm",),
        decision="Right?",
        routes=(Route("yes", END), Route("no", to_words="ask again")),
        documents=("Form", "Log"),
        timescale="5wd",
    )
    assert said(WALL, replace(WALL, activities=(*WALL.activities, added))) == {
        "Part 2, S2 Monitor": [
            "S2.02 “Sign off” is new: lead Contract Manager; accountable Head of Service; "
            "consulted Contract Manager; decision “Right?”; "
            "answers “yes” to the end, “no” to “ask again”; "
            "documents “Form”, “Log”; timescale “5wd”."
        ]
    }


def test_what_is_remembered_of_a_councils_workbook_is_told_by_its_sheet() -> None:
    new = replace(WALL, export=Export(tables=(Fitted("raci", "Who does what"),)))
    assert said(WALL, new) == {"Set-up": ["Export: tables: “Who does what” added."]}


def test_about_one_activity() -> None:
    new = replace(WALL, activities=(Activity("a-0", "S1", "Greet"), *WALL.activities))
    new = with_activity(new, "a-2", lead="cm", sequence_confirmed=True, lead_confirmed=True)
    assert describe_record(WALL, new, "a-2") == "was S1.02; lead: Contract Manager; confirmed"
    assert (describe_record(WALL, new, "a-4"), describe_record(WALL, new, "a-0")) == ("", "new")
    later = replace(new, actions=(replace(WALL.actions[0], owner="hos"),))
    assert describe_record(WALL, later, "n-1", "actions") == (
        "owner now Head of Service (was Contract Manager)"
    )
    assert (describe_record(new, WALL, "a-0"), describe_record(WALL, WALL, "a-nowhere")) == (
        "removed",
        "",
    )


def _told(found: tuple[ChangeSection, ...]) -> set[tuple[str, str]]:
    return {(one.collection, one.key) for section in found for one in section.sentences}


@pytest.mark.slow  # two sessions of any kind are drawn for each example
@given(sessions(), sessions())
def test_no_record_that_came_or_went_is_left_out(old: Session, new: Session) -> None:
    told = _told(describe_changes(old, new))
    whole = [change for change in diff(old, new) if change.field == ""]
    for change in whole:
        if change.collection not in ("format", "earlier"):
            assert (change.collection, change.key) in told
