"""The second session: what comes along, what is to be confirmed again, what begins anew."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from offwall.model.actions.next_steps import step_offers, take
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Clock,
    Earlier,
    Improve,
    PartTime,
    Photo,
    Remark,
    Session,
    Stage,
    Topic,
    Word,
    Workshop,
)
from offwall.model.review.second_session import second_session
from offwall.model.store.presets.catalogues import next_steps
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import sessions

DAY = dt.date(2026, 12, 10)
OLD = Session(
    workshop=Workshop("w-1", "Our map", "Sampleshire", date=DAY, purpose="Proportionate"),
    stages=(Stage("S1", "Begin"),),
    words=(Word("register", ("log",)),),
    activities=(
        Activity("a-1", "S1", "Check", sequence_confirmed=True, lead_confirmed=True),
        Activity("a-2", "S1", "Sign", sequence_confirmed=True, open_point="Who?"),
        Activity("a-3", "S1", "Store", improve=Improve.DROP),
    ),
    topics=(Topic("t-1", "tiering", outcome="Three tiers", minutes=41),),
    actions=(
        Action("n-1", "Pilot", due=dt.date(2027, 1, 4), place=1, votes=7),
        Action("n-2", "Ask", status=ActionStatus.DONE, done_on=dt.date(2026, 12, 20)),
    ),
    remarks=(Remark("r-1", "a-1", "Housing has one"),),
    photos=(Photo("f-1", "wall.jpg"),),
    clock=Clock(topic=PartTime(60, 58), plan=PartTime(used=12)),
)


def test_the_record_comes_along_and_the_day_begins_anew() -> None:
    new = second_session(OLD, seed="s", path="../old.toml")
    assert new.earlier == Earlier(
        "w-1", "Our map", DAY, "../old.toml", ("n-2",), ("a-3",), ("n-1", "a-2")
    )
    assert new.workshop == replace(OLD.workshop, id=new.workshop.id, date=None)
    assert new.workshop.id not in ("", "w-1")
    assert (new.stages, new.words, new.actions) == (OLD.stages, OLD.words, OLD.actions)
    assert (new.remarks, new.photos) == (OLD.remarks, ())
    assert new.topics == (replace(OLD.topics[0], minutes=0),)
    assert new.clock == Clock(topic=PartTime(60, 0), plan=PartTime())


def test_confirmed_becomes_was_confirmed() -> None:
    checked, signed, stored = second_session(OLD, seed="s").activities
    assert checked == replace(
        OLD.activities[0],
        sequence_confirmed=False,
        lead_confirmed=False,
        sequence_was_confirmed=True,
        lead_was_confirmed=True,
        was_confirmed_on=DAY,
    )
    assert (signed.sequence_was_confirmed, signed.lead_was_confirmed) == (True, False)
    assert signed.open_point == "Who?"
    assert stored is OLD.activities[2]


def test_a_third_session_knows_what_the_first_confirmed_and_the_second_left() -> None:
    second = second_session(OLD, seed="s")
    later = replace(second, workshop=replace(second.workshop, date=dt.date(2027, 3, 1)))
    third = second_session(later, seed="t")
    assert third.activities[0].was_confirmed_on == DAY
    assert third.earlier is not None
    assert third.earlier.workshop == second.workshop.id


def test_what_was_done_last_time_is_offered_again_as_a_next_step() -> None:
    feedback = next(step for step in next_steps() if "feedback" in step.text.casefold())
    done = Action("n-9", feedback.text, ActionKind.NEXT_STEP, status=ActionStatus.DONE)
    old = replace(OLD, actions=(*OLD.actions, done))
    (before,) = step_offers(old, [feedback], DAY)
    assert before.taken == "n-9"
    new = second_session(old, seed="s")
    (offer,) = step_offers(new, [feedback], DAY)
    assert offer.taken == ""
    taken = take(new, offer, seed="t")
    assert [one.text for one in taken.actions].count(feedback.text) == 2
    assert step_offers(taken, [feedback], DAY)[0].taken == taken.actions[-1].id


def test_another_title_and_council() -> None:
    new = second_session(OLD, seed="s", title="Next", council="Other")
    assert (new.workshop.title, new.workshop.council) == ("Next", "Other")
    assert new.earlier is not None
    assert new.earlier.title == "Our map"


@pytest.mark.slow
@given(sessions())
def test_any_session_has_a_next_one_that_its_file_can_hold(session: Session) -> None:
    new = second_session(session, seed="s", path="old [PO].toml")
    assert loads(dumps(new)) == new
    assert [one.id for one in new.activities] == [one.id for one in session.activities]
    assert not any(one.sequence_confirmed or one.lead_confirmed for one in new.activities)
    assert second_session(session, seed="s", path="old [PO].toml") == new
