"""What the law asks, in keys: ticked in set-up, taken in, made, named, left out."""

from pathlib import Path

from offwall.model.review.requirements import REQUIREMENTS
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store import read_session
from offwall.model.store.toml.record_tables import dumps
from tests.journey import Journey, afternoon


def tick(path: Path) -> None:
    path.write_text(dumps(WORKSHOP.change(read_session(path), {"requirements": "yes"})))


async def to_the_list(journey: Journey) -> None:
    await journey.press("2", "right_parenthesis")


async def test_the_key_is_nowhere_until_set_up_ticks_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "right_parenthesis")
        assert "What the law asks" not in journey.seen()
        assert "The law" not in journey.seen()
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        assert "The law" not in journey.seen()  # not in the footer: help and Commands name it
        await journey.press("right_parenthesis")
        assert "What the law asks" in journey.seen()
        assert "I lists those of public" in journey.seen()


async def test_on_a_small_screen_its_heading_says_how_many_have_an_activity(
    own_sample: Path,
) -> None:
    tick(own_sample)
    async with afternoon(own_sample, (60, 20)) as journey:
        await to_the_list(journey)
        await journey.press("I")
        banner, legend = journey.seen().splitlines()[1:3]
        assert banner.split("  ")[0].strip() == "6 of 16 requirements have an activity"
        assert legend.strip().startswith("Contracts under the Public Contracts")


async def test_a_requirement_is_taken_in_made_named_and_left_out(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        had = len(journey.session.activities)
        await to_the_list(journey)
        await journey.press("I")
        assert len(journey.session.requirements) == 16
        assert "6 of 16 requirements have an activity" in journey.seen()
        assert "no legal advice" in journey.seen()
        assert "not read at its source" in journey.seen()
        await journey.press("full_stop", "down", "enter")  # in the second stage
        assert len(journey.session.activities) == had + 1
        kpis = journey.session.requirements[0]
        made = journey.session.activity_by_id[kpis.activity]
        assert (made.text, made.stage) == (kpis.text, journey.session.stages[1].id)
        assert "7 of 16" in journey.seen()
        await journey.press("j", "space", "enter")  # what its words tell is offered
        notice = journey.session.requirements[1]
        assert journey.session.ref_by_id[notice.activity] == "S1.04"
        await journey.press("x")
        await journey.type("All of ours are [older]")
        await journey.press("enter")
        assert journey.session.requirements[1].outside == "All of ours are [older]"
        assert "6 of 15" in journey.seen()
        assert "outside: All of ours" in journey.seen()
        await journey.press("space", "enter")  # it is one of the process again
        assert journey.session.requirements[1].outside == ""
        await journey.press("u", "u")
        assert journey.session.requirements[1].outside == ""
        assert "7 of 16" in journey.seen()
        await journey.press("u", "u")
        assert len(journey.session.activities) == had


async def test_an_activity_that_is_not_there_is_said_and_nothing_changes(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        await to_the_list(journey)
        await journey.press("I", "space")
        before = journey.session
        await journey.type("S9.99")
        await journey.press("enter")
        assert "No activity is meant by" in journey.seen()
        await journey.press("escape")
        assert journey.session is before


async def test_the_line_in_checks_leads_there_and_back_leads_to_the_activity(
    own_sample: Path,
) -> None:
    tick(own_sample)
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "c", "slash")
        await journey.type("of the law")
        await journey.press("enter", "enter")
        assert "I lists those of public" in journey.seen()
        await journey.press("I", "j")
        one = journey.session.requirements[1]
        assert one.text in journey.seen()
        assert REQUIREMENTS.name(journey.session, one) == one.text


async def test_a_council_takes_in_its_own_pack(own_sample: Path, tmp_path: Path) -> None:
    tick(own_sample)
    (tmp_path / "own").mkdir()
    own = '[[requirements]]\nid = "ours"\ntext = "Ask the mayor"\n'
    (tmp_path / "own" / "requirements.toml").write_text(own)
    async with afternoon(own_sample, presets=tmp_path / "own") as journey:
        await to_the_list(journey)
        await journey.press("I")
        assert len(journey.session.requirements) == 17
        assert journey.session.requirements[-1].text == "Ask the mayor"
