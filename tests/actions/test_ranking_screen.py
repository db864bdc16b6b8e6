"""Part 1's ranking: journeys in keys; what comes of them is in the session and in the file."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions.ranking import Band, band, rank
from offwall.model.records.session import Session, Voting
from offwall.tui.actions.ranking_screen import RankingMap, RankingTable
from offwall.tui.kit.messages import Go
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

pytestmark = pytest.mark.slow  # a tool of part 1, walked at length

TO_RANKING = ("1", "G", "k", "enter")
TEN = (
    "Share the checklist 5/1 =team",
    "Pilot the scorecard 4/2 =director",
    "Turn on expiry alerts 4/2 =team",
    "Publish the templates 4/2",
    "Train the managers 3/3",
    "Write exit plans 4/4",
    "Terms of reference 5/4 =cabinet or committee",
    "Change the Scheme of Delegation 4/2 =full council",
    "Map supplier set-up 4/2 =head of service",
    "Nobody scored this [PO] =1+1",
)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    return path


@pytest.fixture
def ten(empty: Path, tmp_path: Path) -> Path:
    """Ten actions, typed as people call them out, none voted for."""
    from offwall.model.actions.edit_actions import add_action
    from offwall.model.line.actions import parse_action
    from offwall.model.line.vocabulary import Vocabulary

    session = store.read_session(empty)
    known = Vocabulary.of(session, dt.date(2026, 12, 10))
    for number, line in enumerate(TEN):
        session = add_action(session, parse_action(line, known).note, seed=f"ten {number}")
    path = tmp_path / "ten.toml"
    store.create_session(path, session)
    return path


def words(journey: Journey) -> str:
    """All that is shown, wherever a line ends."""
    return " ".join(journey.seen().split())


def ranked(session: Session) -> list[str]:
    return [action.text for action in rank(session)]


def votes(session: Session) -> list[int]:
    return [action.votes for action in session.actions]


def listed(journey: Journey) -> list[str]:
    """The texts in the list, as it shows them."""
    texts = {action.id: action.text for action in journey.session.actions}
    return [texts[row.key] for row in journey.app.screen.query_one(RankingTable).rows]


async def test_actions_are_called_out_scored_and_approved_from_nothing(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press(*TO_RANKING)
        assert "1 Rank the actions" in journey.seen()
        assert "No action yet. Press n and type the first" in journey.seen()
        await journey.press("W")
        assert "The map comes after scoring" in journey.seen()
        await journey.press("W", "d", *"15=JKxDX-", "enter", "escape")
        assert journey.session.actions == ()
        await journey.press("n", *"Amend standing orders")
        assert "usually Full Council: add =Full Council" in journey.seen()
        await journey.press("enter", *"Share [/ it 4/2", "enter", "escape")
        assert ranked(journey.session) == ["Share [/ it", "Amend standing orders"]
        await journey.press("G")
        assert "Usually Full Council: it changes the council's own rules" in journey.seen()
        await journey.press("5", "1")
        amended = journey.session.actions[0]
        assert (amended.impact, amended.effort) == (5, 1)
        assert ranked(journey.session)[0] == "Amend standing orders"
        await journey.press("=", "f", "enter")  # a letter goes to the option that begins with it
        amended = journey.session.actions[0]
        assert amended.approval == "Full Council"
        assert band(amended, journey.session.approvals) is Band.SIGNIFICANT
        assert ranked(journey.session)[-1] == "Amend standing orders"
        assert "No meeting is listed for Full Council" in journey.seen()
        assert journey.on_disk() == journey.session


async def test_ten_are_voted_for_and_ranked_and_the_plan_and_the_workbook_follow(
    ten: Path, tmp_path: Path
) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "d")
        assert "Dot votes" in journey.seen()
        await journey.press(*"12", "tab", *"3", "enter")
        assert "0 of 36 votes, 36 left (12 people, 3 dots each)" in journey.seen()
        # By number, so that nothing moves while votes come in.
        assert listed(journey) == [action.text for action in journey.session.actions]
        await journey.press(*"3 7", "enter", *"2x2,3", "enter", *"9x2", "enter", *"4", "enter")
        await journey.press(*"4x2", "enter", *"-4", "enter")
        assert votes(journey.session) == [0, 2, 2, 2, 0, 0, 1, 0, 2, 0]
        assert "9 of 36 votes, 27 left" in journey.seen()
        assert listed(journey) == [action.text for action in journey.session.actions]
        await journey.press("escape")
        expected = [
            "Pilot the scorecard",
            "Turn on expiry alerts",
            "Publish the templates",
            "Map supplier set-up",
            "Share the checklist",
            "Train the managers",
            "Write exit plans",
            "Terms of reference",
            "Change the Scheme of Delegation",
            "Nobody scored this [PO] =1+1",
        ]
        assert ranked(journey.session) == listed(journey) == expected
        assert journey.on_disk() == journey.session
        await journey.press("g", "j")
        assert "Behind 1: the same score, noted later." in words(journey)
        await journey.press("q", "q", "3")
        places = [journey.seen().index(text[:20]) for text in expected]
        assert places == sorted(places)
        await journey.press("q", "E", "j", "enter")
        await journey.app.workers.wait_for_complete()
        (workbook,) = tmp_path.glob("*.xlsx")
        sheet = load_workbook(workbook)["Action plan"]
        assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)] == expected


async def test_every_vote_and_setting_is_undone(ten: Path) -> None:
    async with afternoon(ten) as journey:
        before = journey.session
        await journey.press(*TO_RANKING)
        opened = journey.session
        # Nobody is on the list of people: the form asks for both, and may be left.
        await journey.press("d", "enter")
        assert "Say both" in journey.seen()
        await journey.press("escape")
        assert "By number: 0 votes given" in journey.seen()
        await journey.press("escape")
        assert journey.session == opened
        await journey.press("Q", *"2", "tab", *"2", "enter", "d", *"1 2", "enter", "escape")
        assert journey.session.voting == Voting(2, 2)
        await journey.press("X")
        assert votes(journey.session) == [0] * 10
        after = journey.session
        await journey.press(*"uuu")
        assert journey.session == opened
        await journey.press("u")
        assert journey.session == before
        await journey.press(*"UUUU")
        assert journey.session == after == journey.on_disk()


NO_VOTES = {
    "-1": "Share the checklist has 0 votes: -1 is no number of votes.",
    "1e9": "1e9 is no number of the list. Type one from 1 to 10.",
    "0": "0 is no number of the list.",
    "11": "11 is no number of the list.",
    "1x0": "1x0 is no number of the list.",
    "[PO]": "[PO] is no number of the list.",
    "9" * 40: "9 is no number of the list.",
    "1x7": "The dots left are 6, and these are 7.",
    "3 3 3 3 3 3 3": "The dots left are 6, and these are 7.",
}


async def test_what_is_no_vote_is_said_beside_the_field_and_stays_there(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "Q", *"2", "tab", *"3", "enter", "d")
        before = journey.session
        for said, sentence in NO_VOTES.items():
            await journey.press(*said, "enter")
            assert sentence in words(journey)
            assert said in journey.seen()
            assert journey.session == before
            await journey.press("home", *["delete"] * len(said))


async def test_dots_that_cannot_be_are_said_beside_the_field(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "Q", *"-1", "enter")
        assert "-1 is no number of people. Type one from 1 to 500." in words(journey)
        await journey.press("backspace", "backspace", *"12", "tab", *"1e9", "enter")
        assert "1e9 is no number of dots. Type one from 1 to 50." in words(journey)
        await journey.press(*["backspace"] * 3, "enter")
        assert "Say both: how many people vote, and how many dots each has." in words(journey)
        assert journey.session.voting == Voting()


async def test_leaving_the_question_of_dots_goes_on_to_the_votes_as_it_says(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "d")
        assert "Esc goes on to the votes, and counts no dots." in journey.seen()
        await journey.press("escape")
        assert "Votes for" in journey.seen()


async def test_a_date_in_the_past_is_said_beside_the_field(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "w", *"1 Jan 2020", "enter")
        assert "Wed 1 Jan 2020 is in the past. Give a date from today on." in journey.seen()
        await journey.press("escape")
        assert all(action.due is None for action in journey.session.actions)


async def test_the_group_s_own_move_is_kept_and_shown(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING)
        first, second = ranked(journey.session)[:2]
        await journey.press("J")
        assert ranked(journey.session)[:2] == [second, first]
        assert "2*" in journey.seen()
        assert "The group moved it to place 2." in words(journey)
        assert "Behind 1: the group moved this one here." in words(journey)
        await journey.press("minus")
        assert ranked(journey.session)[:2] == [first, second]


async def test_the_map_has_every_scored_action_in_its_cell(ten: Path) -> None:
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "W")
        grid = journey.app.screen.query_one(RankingMap).render().plain.splitlines()
        numbers = {action.id: place for place, action in enumerate(rank(journey.session), 1)}
        for action in journey.session.actions:
            if action.impact and action.effort:
                letter = band(action, journey.session.approvals)[0].upper()
                mark = f"{numbers[action.id]}{letter}"
                row = 2 * (5 - action.impact)
                cell = [line[3:].split("│")[action.effort - 1] for line in grid[row : row + 2]]
                assert mark in " ".join(cell).split(), (mark, cell)
        counts = Counter(band(one, journey.session.approvals) for one in journey.session.actions)
        assert f"Q quick win {counts[Band.QUICK_WIN]:>6}" in journey.seen()
        assert f"? unscored  {counts[Band.UNSCORED]:>6}" in journey.seen()
        assert "impact ↑   effort →" in journey.seen()


async def test_many_in_one_cell_are_counted(ten: Path) -> None:
    session = store.read_session(ten)
    many = [replace(session.actions[0], id=f"n-{place}") for place in range(30)]
    ten.unlink()
    store.create_session(ten, replace(session, actions=tuple(many)))
    async with afternoon(ten) as journey:
        await journey.press(*TO_RANKING, "W")
        top = journey.app.screen.query_one(RankingMap).render().plain.splitlines()[:2]
        shown = " ".join(line[3:].split("│")[0] for line in top).split()
        rest = int(shown.pop().removeprefix("+"))
        assert len(shown) + rest == 30
        await journey.press("d", "escape")
        await journey.press("c", "escape", "G", "Q", "escape")
        assert journey.app.is_running


async def test_what_an_action_for_cabinet_must_reach_is_said(own_sample: Path) -> None:
    text, by = own_sample.read_text("utf-8"), 'approval = "{}"'.format
    cabinet = text.replace(by("corporate leadership team"), by("cabinet or committee"))
    own_sample.write_text(cabinet, "utf-8")
    async with afternoon(own_sample) as journey:
        await journey.press(*TO_RANKING, "G", "k")
        seen = words(journey)
        assert "Must reach Cabinet on Tue 9 Feb 2027: papers due Tue 26 Jan 2027." in seen
        assert "on the forward plan by Mon 11 Jan 2027." in seen
        await journey.press("w", *"1 Feb", "enter")
        assert "No meeting reaches Mon 1 Feb 2027; the next is Cabinet on Tue 9 Feb" in words(
            journey
        )
        await journey.press("q", "q", "3", *"jjjjjjjjj")
        assert "No meeting reaches Mon 1 Feb 2027" in words(journey)


@pytest.mark.parametrize("size", rest_at_night([(60, 20), (120, 40), (200, 50)]))
async def test_hostile_text_is_shown_as_it_is_at_any_size(
    brackets: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size=size) as journey:
        opened = journey.session
        journey.app.post_message(Go("ranking", opened.actions[0].id))
        await journey.settle()
        await journey.press("W", "d", "escape", "escape", "W")
        assert "[PO] sends [red]x[/red] to [/" in journey.seen()
        await journey.press("c", "1", "escape", "G", "g")
        assert journey.app.is_running
        assert journey.session.actions == opened.actions
