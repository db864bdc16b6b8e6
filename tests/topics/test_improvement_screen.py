"""What could improve: the screen with the process twice, the marks, and the way to it."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.records.session import Improve, Session
from offwall.model.review.progress import unfinished
from offwall.tui.kit.messages import Go
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.topics.improvement_screen import ImprovementList
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow  # a tool of part 1, walked at length


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


async def challenge(journey: Journey) -> ImprovementList:
    """Take mapping up from the catalogue, and choose the questions."""
    await journey.press("1", "enter", "j", "enter")
    assert "What could improve" in journey.seen()
    return journey.app.screen.query_one(ImprovementList)


async def undone(journey: Journey, before: Session, times: int) -> None:
    after = journey.session
    await journey.press(*"u" * times)
    assert journey.session == before
    await journey.press(*"U" * times)
    assert journey.session == after


def rows(table: ImprovementList) -> dict[str, tuple[str, ...]]:
    texts = {}
    for row in table.rows:
        if not row.heading:
            texts[row.key] = tuple(c if isinstance(c, str) else c[0] for c in row.cells)
    return texts


async def test_activities_are_marked_and_stand_side_by_side(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        table = await challenge(journey)
        before = journey.session
        first, second, third, fourth = (one.id for one in before.in_order[:4])
        await journey.press("2", "j", "3", "j", "4", "j", "1")
        saved = journey.on_disk().activity_by_id
        marks = [saved[known].improve for known in (first, second, third, fourth)]
        assert marks == [Improve.CHANGE, Improve.DROP, Improve.NEW, Improve.KEEP]
        shown = rows(table)
        text = {known: one.text for known, one in before.activity_by_id.items()}
        assert shown[first][2:] == (text[first], "change", text[first])
        assert shown[second][2:] == (text[second], "drop", "")
        assert shown[third][2:] == ("", "new", text[third])
        assert shown[fourth][2:] == (text[fourth], "keep", text[fourth])
        assert "47 steps" in journey.seen()
        await journey.press("0")
        assert journey.session.activity_by_id[fourth].improve is None
        await undone(journey, before, 5)


async def test_the_map_answers_what_it_can_and_a_note_is_written(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        table = await challenge(journey)
        before = journey.session
        await journey.press("m")
        assert table.key == before.id_by_ref["S1.03"]
        assert "S1.02 to S1.04: from pro to cm and" in journey.seen()
        assert "What would stop the loop?" in journey.seen()
        await journey.press("e", *"[/ one form =1+1", "enter")
        assert journey.on_disk().activity_by_id[table.key].note == "[/ one form =1+1"
        assert "[/ one form" in journey.seen()
        await undone(journey, before, 1)


async def test_on_paper_the_questions_are_asked_of_the_wall(tmp_path: Path) -> None:
    path = copy_of("empty", tmp_path)
    path.write_text(path.read_text() + '\n[[stages]]\nid = "S1"\nname = "Begin"\n')
    async with afternoon(path, size=(60, 20)) as journey:
        await challenge(journey)
        before = journey.session
        assert "Enter notes what could improve there." in journey.seen()
        assert "Is it needed?" in journey.seen()
        assert "0 steps" not in journey.seen()
        await journey.press("2", "e", "m", "0")
        assert journey.session == before


BARE = """
[[roles]]
code = "cm"
name = "Contract Manager"
[[stages]]
id = "S1"
name = "Begin"
[[stages]]
id = "S2"
name = "[/ End"
[[activities]]
id = "a-1"
stage = "S1"
text = "Do"
lead = "cm"
accountable = "cm"
documents = ["Form"]
"""


async def test_mapping_opens_part_2_at_the_first_gap(own_sample: Path, tmp_path: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "enter", "enter")
        assert isinstance(journey.app.screen, RecordScreen)
        lacking = next(one for one in journey.session.in_order if unfinished(one))
        assert journey.app.screen.standing_on() == lacking.id
    path = copy_of("empty", tmp_path)
    path.write_text(path.read_text() + BARE)
    async with afternoon(path) as journey:
        await journey.press("1", "enter", "enter")
        assert journey.app.screen.query_one(ActivityTable).key == "stage:S2"
        await journey.press("n", *"The first @cm", "enter")
        assert journey.session.by_stage["S2"][0].text == "The first"


async def test_a_key_in_part_2_goes_through_the_marks(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        before = journey.session
        known = before.in_order[0].id
        for mark in (*Improve, None):
            await journey.press("i")
            assert journey.session.activity_by_id[known].improve is mark
            assert not mark or f"S1.01: {mark}" in journey.seen()
        await undone(journey, before, 5)
        await journey.press("g", "i")
        stage = journey.session.by_stage["S1"]
        assert {one.improve for one in stage} == {Improve(next(iter(Improve)))}
        await undone(journey, before, 1)


async def test_hostile_text_stands_on_both_sides(tmp_path: Path) -> None:
    for size in ((80, 24), (200, 50)):
        async with afternoon(copy_of("brackets", tmp_path), size=size) as journey:
            journey.app.post_message(Go("challenge"))
            await journey.settle()
            before = journey.session
            first = before.in_order[0].id
            await journey.press("2", "e", "enter", "m", "G", "g", "j")
            assert journey.session.activity_by_id[first].improve is Improve.CHANGE
            assert "[PO] sends" in journey.seen()
            await journey.press("u")
            assert journey.session == before


async def test_the_card_says_which_data_speak_for_a_topic(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "j")
        assert "14 issues not closed, 2 parked" in journey.seen()
        await journey.press("j", "j")
        assert "a board with 2 gates; 13 decisions" in journey.seen()


async def test_before_part_2_it_works_from_the_stages_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text('[[stages]]\nid = "S1"\nname = "Apply [PO]"\n', encoding="utf-8")
    async with afternoon(path) as journey:
        table = await challenge(journey)
        assert "Ask of S1 Apply [PO]" in journey.seen()
        await journey.press("enter", "enter")
        assert "Say in a few words what the issue is." in journey.seen()
        await journey.press(*"Forms come late", "enter")
        (issue,) = journey.on_disk().issues
        assert (issue.text, issue.near) == ("Forms come late", "S1 Apply [PO]")
        assert rows(table)[issue.id][2] == "Forms come late"
        await journey.press("u")
        assert journey.session.issues == ()
