"""What one of the things is called that the process handles, and whether it has a value."""

from dataclasses import replace

import pytest

from offwall.model.records import Activity, EditError, Improve, Issue, IssueCode, Session
from offwall.model.records.fields import ActivityId, TierCode
from offwall.model.records.session import Besides, Tier, Workshop
from offwall.model.review import findings
from offwall.model.setup.workshop import WORKSHOP, Thing, thing_of
from offwall.model.store.presets.catalogues import preset


def _named(**said: object) -> Thing:
    return thing_of(replace(Session(), workshop=replace(Workshop(), **said)))


def test_a_thing_that_nobody_named_is_a_case_without_a_value() -> None:
    assert thing_of(Session()) == Thing("case", "cases", money=False)


@pytest.mark.parametrize(
    ("one", "many"), [("application", "applications"), ("enquiry", "enquiries"), ("stay", "stays")]
)
def test_several_are_called_as_english_makes_it(one: str, many: str) -> None:
    assert _named(thing=one).many == many


def test_several_may_be_called_otherwise() -> None:
    assert _named(thing="child", things="children").many == "children"


def test_a_text_names_the_thing_and_speaks_of_value_where_there_is_one() -> None:
    text = "{A thing} is one of many {things}.{value: Does VAT count?} {Things} {other} {}"
    assert _named(thing="application").named(text) == (
        "An application is one of many applications. Applications {other} {}"
    )
    assert _named(thing="contract", money=True).named(text) == (
        "A contract is one of many contracts. Does VAT count? Contracts {other} {}"
    )


def test_a_name_with_a_slot_in_it_is_not_read_again() -> None:
    assert _named(thing="{things}").named("{thing}") == "{things}"


def test_a_tier_that_begins_at_a_value_tells_that_there_is_money() -> None:
    valued = replace(Session(), tiers=(Tier(TierCode("gold"), "Gold", 0),))
    assert thing_of(valued).money


def test_presets_bring_what_they_handle_and_blank_is_neutral() -> None:
    assert thing_of(preset("contract-management")).one == "contract"
    assert thing_of(preset("procurement")).one == "procurement"
    assert thing_of(preset("blank")) == Thing("case", "cases", money=False)


def test_it_is_said_in_set_up_and_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    named = WORKSHOP.change(Session(), {"thing": "application", "money": "y"})
    assert (named.workshop.thing, named.workshop.money) == ("application", True)
    assert not WORKSHOP.change(named, {"money": "no"}).workshop.money
    with pytest.raises(EditError, match="perhaps"):
        WORKSHOP.change(named, {"money": "perhaps"})


def test_what_is_recorded_besides_is_off_until_it_is_ticked_or_there() -> None:
    bare = Session(activities=(Activity("a-1", "S1", "Do"),))
    assert not any(bare.records(what) for what in Besides)
    ticked = WORKSHOP.change(bare, {"timescales": "yes"})
    assert ticked.workshop.also_record == ("timescales",)
    assert [what for what in Besides if ticked.records(what)] == [Besides.TIMESCALES]
    assert WORKSHOP.change(ticked, {"timescales": "no"}) == bare
    there = Session(activities=(Activity("a-1", "S1", "Do", improve=Improve.KEEP),))
    assert there.records(Besides.MARKS)
    with pytest.raises(EditError, match="There are marks already"):
        WORKSHOP.change(there, {"marks": "no"})


def test_a_time_risk_asks_for_a_timescale_only_where_those_are_recorded() -> None:
    risk = Issue("i-1", "Late", IssueCode.TIME, activity=ActivityId("a-1"))
    bare = Session(activities=(Activity("a-1", "S1", "Do"),), issues=(risk,))
    assert "time risk" not in {one.kind for one in findings(bare)}
    ticked = WORKSHOP.change(bare, {"timescales": "yes"})
    assert "time risk" in {one.kind for one in findings(ticked)}
