"""Who helps with an action, on what day it was done, and the groups that one can be given to."""

import datetime as dt

import pytest

from offwall.model.actions.edit_actions import set_action_status, set_done_on, set_who
from offwall.model.line.actions import parse_action, render_action
from offwall.model.line.vocabulary import GROUPS, Vocabulary
from offwall.model.records.dates import parse_past
from offwall.model.records.session import Action, ActionStatus, Group, Role, Session
from offwall.model.records.text import EditError
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.actions import ACTIONS_SHEET, NEXT_STEPS_SHEET

TODAY = dt.date(2026, 12, 10)  # a Thursday
SESSION = Session(actions=(Action("n", "Share it", owner="pro"),))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", TODAY),
        ("thu", TODAY),
        ("fri", dt.date(2026, 12, 4)),
        ("9/12", dt.date(2026, 12, 9)),
        ("11 Dec", dt.date(2025, 12, 11)),
        ("fri 4 Dec", dt.date(2026, 12, 4)),
        ("2026-12-10", TODAY),
        ("2025-01-02", dt.date(2025, 1, 2)),
        ("12/12/26", dt.date(2026, 12, 12)),
        ("2w", dt.date(2026, 12, 24)),
        ("tomorrow", dt.date(2026, 12, 11)),
        ("soon", None),
        ("31 Feb", None),
    ],
)
def test_a_date_of_something_done_is_the_last_not_the_next(
    said: str, meant: dt.date | None
) -> None:
    assert parse_past(said, TODAY) == meant


def test_every_day_of_the_year_before_is_found_again() -> None:
    for today in (TODAY, dt.date(2028, 2, 29), dt.date(2029, 1, 10)):
        for back in range(365):
            day = today - dt.timedelta(back)
            assert parse_past(f"{day.day}/{day.month}", today) == day


def test_the_calendar_s_first_days_have_no_year_before() -> None:
    assert parse_past("5/1", dt.date(1, 1, 3)) == dt.date(1, 1, 5)


def test_who_helps_is_said_and_taken_away() -> None:
    helped = set_who(SESSION, "n", "helper", "  Raj\tPatel ")
    assert helped.actions[0].helper == "Raj Patel"
    assert loads(dumps(helped)) == helped
    assert set_who(helped, "n", "helper", " ") == SESSION
    with pytest.raises(EditError, match="no longer"):
        set_who(SESSION, "gone", "helper", "Raj")


def test_a_day_makes_it_done_and_none_makes_it_open_again() -> None:
    done = set_done_on(SESSION, "n", "mon", TODAY)
    assert done.actions[0].done_on == dt.date(2026, 12, 7)
    assert done.actions[0].status is ActionStatus.DONE
    assert loads(dumps(done)) == done
    assert set_done_on(done, "n", "", TODAY) == SESSION
    doing = set_action_status(SESSION, "n", ActionStatus.DOING, TODAY)
    assert set_done_on(doing, "n", "", TODAY) == doing
    ranked, columns = (
        ACTIONS_SHEET.of(done).rows[0],
        [column.key for column in ACTIONS_SHEET.of(done).columns],
    )
    assert ranked[columns.index("done_on")] == dt.date(2026, 12, 7)
    assert "done_on" in [column.key for column in NEXT_STEPS_SHEET.of(done).columns]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("tomorrow", "still to come"),
        ("2027-01-01", "still to come"),
        ("2w", "still to come"),
        ("[PO]", r"\[PO\] is no date"),
        ("31/2", "no date"),
        ("\x1b]0;x", "no date"),
        ("9" * 5000, "no date"),
    ],
)
def test_a_day_that_cannot_be_is_a_sentence(said: str, why: str) -> None:
    with pytest.raises(EditError, match=why) as refused:
        set_done_on(SESSION, "n", said, TODAY)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("said", "owner"),
    [
        ("@core", "core group"),
        ("@core group by 29/1", "core group"),
        ("@Participants", "participants"),
        ("@corporate colleagues", "corporate colleagues"),
        ("@senior management", "senior management"),
    ],
)
def test_the_groups_of_the_workshop_can_own_an_action(said: str, owner: str) -> None:
    known = Vocabulary.of(SESSION, TODAY)
    parsed = parse_action(f"Share it {said}", known)
    assert (parsed.note.owner, parsed.note.text, parsed.doubts) == (owner, "Share it", ())
    assert parse_action(render_action(parsed.note, known), known).note == parsed.note


def test_each_group_of_people_has_a_name_as_an_owner() -> None:
    assert len(GROUPS) == len(Group)
    said = {words for others in GROUPS.values() for words in others}
    assert said == {str(group) for group in Group}


def test_a_role_of_that_name_comes_first() -> None:
    session = Session(roles=(Role("core", "Core systems team"),))
    parsed = parse_action("Share it @core", Vocabulary.of(session, TODAY))
    assert parsed.note.owner == "core"
