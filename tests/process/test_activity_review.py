"""The review: confirm, leave open, count, walk what is still to fill, mend; at a pace."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.review.progress import StageCount, unfinished
from offwall.tui.kit.context import Context
from offwall.tui.process.activity_table import ActivityTable, stage_counts
from offwall.tui.process.record_screen import ReviewProgress, to_go_text, wall_counts
from tests.journey import Journey, afternoon

TWO = dt.datetime(2026, 12, 10, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def plain_wall(tmp_path: Path) -> Path:
    """Six activities, nothing confirmed; the second has nobody, the last no accountable."""
    path = tmp_path / "wall.toml"
    activities = [
        f'[[activities]]\nid = "a-{n}"\nstage = "S1"\ntext = "Step {n}"\nlead = "cm"\n'
        'accountable = "hos"\ndocuments = ["Form"]\n'
        for n in range(1, 7)
    ]
    activities[1] = '[[activities]]\nid = "a-2"\nstage = "S1"\ntext = "[PO] step"\n'
    activities[5] = activities[5].replace('accountable = "hos"\n', 'decision = "Ready?"\n')
    head = 'format = 1\n[[stages]]\nid = "S1"\nname = "Begin"\n'
    roles = '[[roles]]\ncode = "cm"\nname = "Manager"\n[[roles]]\ncode = "hos"\nname = "Head"\n'
    path.write_text(head + roles + "".join(activities), encoding="utf-8")
    return path


class Watch:
    """A clock that stands until it is moved on."""

    def __init__(self, journey: Journey) -> None:
        self.now = TWO
        journey.app.fresh = replace(journey.app.fresh, now=lambda: self.now)

    def wait(self, minutes: float) -> None:
        self.now += dt.timedelta(minutes=minutes)


def table(journey: Journey) -> ActivityTable:
    return journey.app.screen.query_one(ActivityTable)


def to_go(journey: Journey) -> str:
    return journey.app.screen.query_one(ReviewProgress).right


async def test_the_counts_stand_in_the_stage_s_heading_and_below_the_table(
    plain_wall: Path,
) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "g")
        assert "S1 Begin once: 6 activities, 2 to fill" in " ".join(journey.seen().split())
        await journey.press("j", "space", "space", "o")
        await journey.paste("Who answers?")
        await journey.press("enter")
        # The second has no lead: its place is confirmed, and it is still to go.
        assert "S1 Begin once: 3 of 6 discussed, 1 confirmed, 1 open, 3 to fill" in " ".join(
            journey.seen().split()
        )
        assert "1 of 6 confirmed, 1 open, 3 to fill" in journey.seen()
        assert "4 to go" in journey.seen()
        await journey.press("u")
        assert "2 of 6 discussed, 1 confirmed, 2 to fill" in journey.seen()


async def test_the_pace_says_when_it_will_be_done_and_a_break_stops_its_clock(
    plain_wall: Path,
) -> None:
    async with afternoon(plain_wall) as journey:
        watch = Watch(journey)
        await journey.press("2", "g", "j", "space")
        watch.wait(2)
        await journey.press("j", "space")
        assert to_go(journey) == "4 to go"
        watch.wait(4)
        await journey.press("space")
        # Three left at three minutes each, from six minutes past two.
        assert to_go(journey) == "3 to go, at this pace done by 14:15"
        assert "at this pace done by 14:15" in journey.seen()
        watch.wait(40)
        await journey.press("space")
        assert to_go(journey) == "2 to go, at this pace done by 14:52"
        await journey.press("u")
        assert to_go(journey).startswith("3 to go")


@pytest.mark.slow
async def test_the_last_to_confirm_says_that_it_is(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "g", "m", *"@cm", "enter", "g", "j")
        await journey.press(*("space" for _ in range(6)))
        assert all(each.confirmed for each in journey.session.activities)
        assert "Confirmed S1.06. That was the last to confirm." in journey.seen()
        assert "6 of 6 confirmed" in journey.seen()
        assert "all reviewed" in journey.seen()


async def test_the_pace_is_kept_while_one_looks_elsewhere(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        watch = Watch(journey)
        await journey.press("2", "g", "j", "space")
        for _ in range(2):
            watch.wait(2)
            await journey.press("c", "q", "j", "space")
        assert "at this pace" in to_go(journey)


async def test_m_walks_what_is_still_to_fill_and_says_what(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "g", "m")
        assert table(journey).key == "a-2"
        assert "To fill at S1.02: no lead, no accountable." in journey.seen()
        assert "m goes on (2 in all)" in journey.seen()
        await journey.press("m")
        assert table(journey).key == "a-6"
        assert "no accountable" in journey.app.state.said[0]
        await journey.press("m")
        assert table(journey).key == "a-2"
        before = journey.session
        await journey.press(";")
        await journey.paste("@cm a:hos +Form")
        await journey.press("enter", "escape", "m", "m")
        assert table(journey).key == "a-6"
        assert journey.session != before
        assert "(1 in all)" in journey.app.state.said[0]


@pytest.mark.slow
async def test_a_dot_begins_the_line_of_an_open_target_with_its_answer(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "G", ";")
        await journey.paste("a:hos >not yet=mobilisation plan >yes")
        await journey.press("enter", "G", ".")
        await journey.paste("S1.01")
        await journey.press("enter")
        last = journey.session.activities[-1]
        assert [(route.answer, route.to) for route in last.routes] == [
            ("not yet", "a-1"),
            ("yes", ""),
        ]
        await journey.press("g", "j", ";")
        await journey.paste(">=mobilisation plan")
        await journey.press("enter", ".")
        await journey.paste("S1.03")
        await journey.press("enter")
        assert journey.session.activities[0].then == "a-3"


async def test_m_on_a_heading_goes_on_from_there(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "l", "l", "m")
        found = table(journey).record
        assert found
        assert found.stage >= "S3"


@pytest.mark.slow
async def test_an_open_point_is_walked_by_m_and_offered_in_part_3(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "g", "j", "o")
        await journey.paste("Procurement, or [the head]?")
        await journey.press("enter", "G", "m")
        found = journey.session.activities[0]
        assert (found.sequence_confirmed, found.lead_confirmed) == (True, False)
        assert table(journey).key == "a-1"
        assert "open point" in journey.app.state.said[0]
        await journey.press("q", "3", "l")
        assert "Settle: Procurement, or [the head]?" in journey.seen()


@pytest.mark.slow
async def test_where_nothing_is_left_to_fill_m_says_so(plain_wall: Path) -> None:
    async with afternoon(plain_wall) as journey:
        await journey.press("2", "g", "m", ";")
        await journey.paste("@cm a:hos +Form")
        await journey.press("enter", "escape", "m", ";")
        await journey.paste("a:hos")
        await journey.press("enter", "escape")
        assert not any(unfinished(each) for each in journey.session.activities)
        stood = table(journey).key
        await journey.press("m")
        assert journey.app.state.said[0] == "Nothing is left to fill."
        assert table(journey).key == stood


async def test_a_dot_mends_or_begins_the_line_and_undo_takes_it_back(wrong_role: Path) -> None:
    async with afternoon(wrong_role) as journey:
        await journey.press("2", "g", "j", ".")
        assert journey.session.role_by_code["xyz"]
        assert "Made the role Xyz (xyz)" in journey.seen()
        await journey.press("u")
        assert "xyz" not in journey.session.role_by_code
        await journey.press("U", ".")
        # What is left only people know: the line is open with its sign.
        await journey.paste("hos")
        await journey.press("enter")
        assert journey.session.activities[0].accountable == "hos"
        before = journey.session
        await journey.press("escape", ".")
        assert journey.session is before
        assert table(journey).check_action("run", ("activity.mend",)) is None
        await journey.press("g", ".")
        assert journey.session is before


@pytest.fixture
def wrong_role(tmp_path: Path) -> Path:
    path = tmp_path / "role.toml"
    path.write_text(
        'format = 1\n[[stages]]\nid = "S1"\nname = "Begin"\n[[roles]]\ncode = "hos"\nname = "H"\n'
        '[[activities]]\nid = "a-1"\nstage = "S1"\ntext = "Step"\nlead = "xyz"\n',
        encoding="utf-8",
    )
    return path


async def test_the_card_says_what_is_wrong(wrong_role: Path) -> None:
    async with afternoon(wrong_role, size=(120, 40)) as journey:
        await journey.press("2", "g", "j")
        assert "To fill      no accountable" in journey.seen()
        assert "names “xyz” (lead)" in journey.seen()
    async with afternoon(wrong_role, size=(60, 20)) as journey:
        await journey.press("2", "g", "j")
        assert "To fill no accountable" in journey.seen()


async def test_hostile_text_is_reviewed_as_text(brackets: Path, tmp_path: Path) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size=(60, 20)) as journey:
        await journey.press("2", *("m" for _ in journey.session.activities))
        await journey.press("g", *("j", "."), "escape", *("space" for _ in range(40)))
        assert to_go(journey) == "all reviewed"
        assert journey.on_disk() == journey.session


async def test_the_empty_sample_has_nothing_to_review(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path) as journey:
        await journey.press("2", "m")
        assert journey.app.state.said[0] == "Nothing is left to fill."
        await journey.press(".")
        assert journey.app.state.said[0] == "Nothing is found here that a key or a line could mend."
        await journey.press("space")
        assert journey.app.state.said[0] == "Move to an activity first."
        assert to_go(journey) == ""


@pytest.fixture
def counts() -> StageCount:
    return StageCount(1_234, 1_200, 1_100, 20, 300, 114)


def test_the_counts_in_words(counts: StageCount) -> None:
    assert stage_counts(counts) == "1,200 of 1,234 discussed, 1,100 confirmed, 20 open, 300 to fill"
    assert stage_counts(StageCount()) == "0 activities"
    assert stage_counts(StageCount(1, 1, 1)) == "1 discussed, 1 confirmed"
    assert wall_counts(counts, 78) == "1,100 of 1,234 confirmed, 20 open, 300 to fill"
    assert wall_counts(counts, 110) == stage_counts(counts)


def test_when_it_will_be_done_in_words(counts: StageCount) -> None:
    tomorrow = TWO + dt.timedelta(hours=20)
    assert to_go_text(counts, None, TWO) == "114 to go"
    assert to_go_text(counts, tomorrow, TWO) == (
        "114 to go, at this pace done by 10:00 on Fri 11 Dec 2026"
    )
    assert to_go_text(StageCount(), None, TWO) == "all reviewed"


def test_the_time_is_this_computer_s_own() -> None:
    now = Context().now()
    assert now.tzinfo
    assert abs(dt.datetime.now(dt.UTC) - now) < dt.timedelta(minutes=1)
