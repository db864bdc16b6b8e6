"""Going anywhere by one key and a few letters: to parts, records, screens and commands."""

from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.records import Activity, Session, Stage
from offwall.model.records.session import Besides, Workshop
from offwall.tui.kit.record_list import RecordList
from offwall.tui.review.go_to import Destination, Finder, destinations
from tests.journey import Journey, afternoon


def standing(journey: Journey) -> str:
    """The row that the cursor stands on."""
    found = journey.app.focused
    assert isinstance(found, RecordList)
    return found.key


@pytest.mark.slow
async def test_from_part_2_to_3_and_back_are_four_keys_and_one_stands_where_one_stood(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", *"jjjj")
        stood = standing(journey)
        await journey.press(",", "3")
        assert "3 Next steps" in journey.seen()
        await journey.press(",", "2")
        assert "2 Review and record" in journey.seen()
        assert standing(journey) == stood
        await journey.press("q")
        assert "Set up" in journey.seen()  # from wherever it was gone to, q goes home


@pytest.mark.slow
async def test_any_activity_is_five_keys_away_from_anywhere(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        wanted = next(one for one in journey.session.activities if "lessons" in one.text.lower())
        await journey.press("3", ",", *"les", "enter")
        assert standing(journey) == wanted.id
        await journey.press(",", *"s2.03", "enter")
        assert standing(journey) == journey.session.id_by_ref["S2.03"]


@pytest.mark.slow
async def test_each_kind_of_record_is_stood_on(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        session = journey.session
        for typed, screen, key in (
            (session.roles[1].name, "Set up", session.roles[1].code),
            (session.issues[0].text, "1 Consider", session.issues[0].id),
            (session.actions[0].text, "3 Next steps", session.actions[0].id),
        ):
            await journey.press(",", *typed.lower(), "enter")
            assert screen in journey.seen()
            assert standing(journey) == key, typed


@pytest.mark.slow
async def test_screens_and_commands_are_found_and_what_is_not_there_is_said(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press(",", *"rank the", "enter")
        assert "1 Rank the actions" in journey.seen()
        await journey.press(",", *"park", "enter")
        assert "Park a thought" in journey.seen()
        await journey.press("escape", ",", *"zzqqy", "enter")
        assert "Nothing has that name" in journey.seen()
        await journey.press("escape")
        assert "1 Rank the actions" in journey.seen()


@pytest.mark.slow
async def test_a_comma_in_a_field_is_a_comma(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n", *"Ring, then write", "enter")
        assert "Ring, then write" in [one.text for one in journey.session.activities]


def places() -> list[Destination]:
    stage = Stage("S1", "Plan the work")
    texts = ("Ask for a quote", "Review the invoice", "Invoice the tenant", "Void the order")
    wall = tuple(Activity(f"a-{n}", "S1", text) for n, text in enumerate(texts))
    return [*destinations(Session(stages=(stage,), activities=wall))]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("inv", "Invoice the tenant"),  # what begins so
        ("voi", "Void the order"),  # before what only holds it: in-voi-ce
        ("s1.02", "Review the invoice"),
        ("s102", "Review the invoice"),
        ("quote ask", "Ask for a quote"),  # words in any order
        ("revew the invoise", "Review the invoice"),  # slips
        ("S1", "Plan the work"),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    assert Finder(places()).find(typed)[0].name == first


def test_nothing_like_it_is_nothing_and_no_letter_shows_the_screens() -> None:
    assert Finder(places()).find("zzqqy") == []
    assert {one.kind for one in Finder(places()).find(" ")} == {"screen"}


def test_screens_stand_by_part_and_what_is_off_is_not_there() -> None:
    bare = Session()
    names = [one.name for one in destinations(bare) if one.kind == "screen"]
    assert names == sorted(names)
    assert "2 RACI" in names
    assert "2 What the law asks" not in names
    asked = replace(bare, workshop=Workshop(also_record=(Besides.REQUIREMENTS,)))
    assert "2 What the law asks" in [one.name for one in destinations(asked)]
