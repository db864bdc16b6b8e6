"""Several records at once: what one command comes to for each, and journeys that select."""

from pathlib import Path

import pytest

from offwall.model.process.activities import move_to_ref, move_together
from offwall.model.process.join_activities import join_together
from offwall.model.records import Activity, EditError, Session, Stage, the_activity, updated
from offwall.tui.actions.action_table import ActionTable
from offwall.tui.kit.form import Field
from offwall.tui.kit.keys import Choose, Outcome, Question, Same, ask_one
from offwall.tui.kit.selection import changed_together, for_each
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.topics.issues import IssueTable
from tests.journey import Journey, afternoon

NOUN = ("activity", "activities")
SOME = ("a-1", "a-2", "a-3")
WALL = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "Go on")),
    activities=(
        *(Activity(known, "S1", known.upper(), lead="cm") for known in SOME),
        Activity("a-4", "S2", "Sign"),
    ),
)


def led_by(session: Session, known: str, lead: str) -> Session:
    found = the_activity(session, known)
    if found.lead == lead:
        raise EditError("It is so already.")
    return updated(session, "activities", found, lead=lead)


def leads(session: Session) -> list[str]:
    return [one.lead for one in session.activities]


# What one outcome comes to for several.


def test_a_change_is_made_to_each_in_one_step_and_said_with_its_number() -> None:
    same = Same("Led by hos", lambda s, known: led_by(s, known, "hos"))
    made = for_each(Outcome("S1.01", lambda s: s, same=same), SOME, NOUN, WALL)
    assert made.label == "Led by hos: 3 activities"
    assert made.change is not None
    assert leads(made.change(WALL)) == ["hos", "hos", "hos", ""]
    assert made.change(made.change(WALL) and WALL) == made.change(WALL)
    assert not made.say


def test_what_is_so_already_stays_and_is_said_and_nothing_to_do_is_refused() -> None:
    one = led_by(WALL, "a-2", "hos")
    same = Same("Led by hos", lambda s, known: led_by(s, known, "hos"))
    made = for_each(Outcome("", lambda s: s, same=same), SOME, NOUN, one)
    assert made.say == "Led by hos: 3 activities. 1 of 3 stay as they are: It is so already."
    assert made.change is not None
    assert leads(made.change(one)) == ["hos", "hos", "hos", ""]
    with pytest.raises(EditError, match="It is so already"):
        changed_together(made.change(one), same, SOME)


def test_what_asks_says_the_number_first_and_leaving_does_nothing() -> None:
    same = Same("Removed", lambda s, known: led_by(s, known, ""), asks="Remove")
    asked = for_each(Outcome("", lambda s: s, same=same), SOME, NOUN, WALL).ask
    assert isinstance(asked, Choose)
    assert asked.title == "Remove 3 activities?"
    assert asked.answered(1) == Outcome()
    assert asked.answered(0).label == "Removed: 3 activities"
    alone = Outcome("Removed A-1", lambda s: s, same=same)
    assert for_each(alone, ("a-1",), NOUN, WALL) == alone


def test_a_question_is_asked_once_and_its_answer_is_for_each() -> None:
    def keep(said: str) -> Outcome:
        same = Same(f"Led by {said}", lambda s, known: led_by(s, known, said))
        return Outcome("", lambda s: s, same=same)

    asked = for_each(ask_one("A-1", Field("who", "Who"), keep), SOME, NOUN, WALL).ask
    assert isinstance(asked, Question)
    assert asked.title == "For 3 activities, one answer"
    made = asked.answered({"who": "pro"})
    assert made.change is not None
    assert leads(made.change(WALL)) == ["pro", "pro", "pro", ""]


def test_several_move_together_and_stay_in_their_order() -> None:
    moved = move_together(WALL, ("a-1", "a-3"), lambda s, known: move_to_ref(s, known, "S2.01"))
    assert [one.id for one in moved.by_stage["S2"]] == ["a-1", "a-3", "a-4"]
    assert [one.id for one in moved.by_stage["S1"]] == ["a-2"]
    with pytest.raises(EditError):
        move_together(WALL, ("a-1", "a-3"), lambda s, known: move_to_ref(s, known, "S9.01"))


def test_only_neighbours_are_joined_and_the_first_keeps_its_words() -> None:
    joined = join_together(WALL, SOME)
    assert [one.id for one in joined.activities] == ["a-1", "a-4"]
    assert joined.activities[0].text == "A-1"
    assert "A-3" in joined.activities[0].note
    for apart in (("a-1", "a-3"), ("a-3", "a-4"), ("a-2", "a-1")):
        with pytest.raises(EditError, match="one below the other"):
            join_together(WALL, apart)


# Journeys.


def marked(journey: Journey, kind: type = ActivityTable) -> list[str]:
    refs = journey.session.ref_by_id
    return [refs[known] for known in journey.app.screen.query_one(kind).marked]


def stage(journey: Journey, name: str) -> tuple[Activity, ...]:
    return journey.session.by_stage[name]


async def test_v_begins_a_range_ends_it_and_takes_one_out(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "v", "j", "j")
        assert marked(journey) == ["S1.01", "S1.02", "S1.03"]
        assert "3 selected: v ends, Esc clears" in journey.seen()
        await journey.press("k")
        assert marked(journey) == ["S1.01", "S1.02"]
        await journey.press("v", "j", "j", "v", "v")
        assert marked(journey) == ["S1.01", "S1.02", "S1.04"]
        await journey.press("k", "k", "v")
        assert marked(journey) == ["S1.01", "S1.04"]
        assert "2 selected: Esc clears" in journey.seen()
        lines = journey.seen().splitlines()
        rows = {line[3:8]: line[2] for line in lines if line[3:5] == "S1"}
        assert (rows["S1.01"], rows["S1.02"], rows["S1.04"]) == ("*", " ", "*")
        await journey.press("escape")
        assert marked(journey) == []
        assert "selected" not in journey.seen()


@pytest.mark.slow
async def test_what_is_selected_outlives_a_filter_and_not_its_record(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "v", "j", "v", "f", *"/S2", "enter")
        assert "2 selected, 2 not shown" in journey.seen()
        number = len(stage(journey, "S2"))
        await journey.press("F")
        assert len(marked(journey)) == number + 2
        await journey.press("F", "escape", "escape", "g", "j")
        assert marked(journey) == []
        await journey.press("v", "j", "v", "x", "down", "enter")
        assert len(marked(journey)) == 2
        await journey.press("x", "enter")
        assert marked(journey) == []
        assert "Removed: 2 activities" in journey.seen()


async def test_signs_set_all_that_are_selected_in_one_step(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "g", "j", "v", "j", "j", "@", *"fin a:hos +KPI form")
        assert "adds to 3 activities" in journey.seen()
        await journey.press("enter")
        for one in stage(journey, "S1")[:3]:
            assert (one.lead, one.accountable) == ("fin", "hos")
            assert "KPI form" in one.documents
        assert stage(journey, "S1")[3:] == before.by_stage["S1"][3:]
        await journey.press("i")
        assert len({one.improve for one in stage(journey, "S1")[:3]}) == 1
        assert "Keep: 3 activities" in journey.seen()
        await journey.press("u", "u")
        assert journey.session.activities == before.activities


@pytest.mark.slow
async def test_what_cannot_be_the_same_for_each_is_refused_and_stays_typed(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "v", "j")
        before = journey.session
        for typed in ("?Is it right", "Words of its own", "*chase @fin", "!r late"):
            await journey.press(";", *typed, "enter")
            assert journey.session is before
            assert "Several are selected" in journey.seen()
            assert journey.app.focused is not None
            assert journey.app.focused.value == typed  # type: ignore[attr-defined]
            await journey.press(*["backspace"] * len(typed), "escape")


async def test_space_confirms_one_whatever_is_selected(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G", "k", "k", "v", "j", "j", "v")
        before = {one.id for one in journey.session.activities if one.confirmed}
        await journey.press("space")
        after = {one.id for one in journey.session.activities if one.confirmed}
        assert len(before ^ after) == 1


async def test_a_heading_takes_signs_for_its_stage_and_no_removal(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", ";", *"a:fin", "enter")
        assert {one.accountable for one in stage(journey, "S1")} == {"fin"}
        before = journey.session
        await journey.press("x")
        assert journey.session is before
        assert "Move to an activity first" in journey.seen()
        await journey.press("v")
        assert len(marked(journey)) == len(stage(journey, "S1"))


async def test_a_change_is_made_again_on_another_row(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "'")
        assert "can be made again" in journey.seen()
        await journey.press("@", *"leg", "enter", "j", "'", "j", "'")
        assert [one.lead for one in stage(journey, "S1")[:3]] == ["leg"] * 3
        await journey.press("u")
        assert [one.lead for one in stage(journey, "S1")[:2]] == ["leg"] * 2
        assert stage(journey, "S1")[2].lead != "leg"


@pytest.mark.slow
async def test_several_are_moved_and_joined_after_the_number_is_said(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        first, second = (one.id for one in stage(journey, "S1")[:2])
        await journey.press("2", "g", "j", "v", "j", "v", "M", *"S2", "enter")
        assert "Move 2 activities?" in journey.seen()
        await journey.press("enter")
        assert [one.id for one in stage(journey, "S2")[-2:]] == [first, second]
        await journey.press("&")
        assert "Join 2 activities?" in journey.seen()
        await journey.press("enter")
        assert stage(journey, "S2")[-1].id == first
        assert second not in journey.session.activity_by_id
        await journey.press("u", "u")
        assert [one.id for one in stage(journey, "S1")[:2]] == [first, second]


async def test_a_stage_and_a_column_of_the_raci_are_filled_by_two_keys(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "l", "j", "j", "r")
        grid = journey.app.screen.query_one(RaciGrid)
        role, number = grid.role, len(stage(journey, "S2"))
        await journey.press("[", "a")
        assert {one.accountable for one in stage(journey, "S2")} == {role}
        assert f"is accountable for: {number} activities" in journey.seen()
        assert " of 6 stay as they are" in journey.seen()
        await journey.press("F", "R")
        assert {one.lead for one in journey.session.activities} == {role}
        await journey.press("u", "escape", "g", "]", "j", "v", "j", "j", "R")
        assert [one.lead for one in stage(journey, "S2")[:3]] == [role] * 3


@pytest.mark.slow
async def test_owner_date_status_and_approval_are_set_for_several_actions(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3")
        table = journey.app.screen.query_one(ActionTable)
        while table.key not in table.listed:
            await journey.press("j")
        await journey.press("v", "j", "v")
        some = table.marked
        assert len(some) == 2

        def chosen() -> list[object]:
            found = {one.id: one for one in journey.session.actions}
            return [found[known] for known in some]

        before = journey.session
        await journey.press("w", *"29/1", "enter", "=", "enter")
        assert len({(one.due, one.approval) for one in chosen()}) == 1  # type: ignore[attr-defined]
        await journey.press("s")
        assert len({one.status for one in chosen()}) == 1  # type: ignore[attr-defined]
        await journey.press("w", *"never", "enter")
        assert "no date" in journey.seen()
        await journey.press("escape", "u", "u", "u")
        assert journey.session.actions == before.actions
        await journey.press("x")
        assert "Remove 2 actions?" in journey.seen()
        await journey.press("enter")
        assert not set(some) & {one.id for one in journey.session.actions}


def test_records_without_a_change_to_share_are_left_alone() -> None:
    plain = Outcome("Only this", lambda s: s)
    assert for_each(plain, SOME, NOUN, WALL) is plain


@pytest.mark.slow
async def test_several_issues_are_closed_and_parked_and_space_takes_one(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l")
        table = journey.app.screen.query_one(IssueTable)
        await journey.press("g", "v", "j", "v")
        some = table.marked
        before = journey.session.issues

        def chosen() -> list[tuple[object, bool]]:
            return [(one.status, one.parked) for one in journey.session.issues if one.id in some]

        await journey.press("s", "^")
        assert len(chosen()) == 2
        assert len(set(chosen())) == 1
        await journey.press("u", "u")
        assert journey.session.issues == before
        await journey.press("space")
        assert sum(one not in before for one in journey.session.issues) == 1


async def test_the_same_lead_for_six_and_one_accountable_for_a_stage_take_few_keys(
    own_sample: Path,
) -> None:
    six, seven = ("r", "v", *"jjjjj", "R"), ("r", "h", "[", "a")
    assert (len(six), len(seven)) == (8, 4)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        lead = stage(journey, "S1")[0].lead
        await journey.press(*six)
        assert [one.lead for one in stage(journey, "S1")[:6]] == [lead] * 6
        await journey.press("escape", "escape", *seven)
        role = journey.app.screen.query_one(RaciGrid).role
        assert role != lead
        assert {one.accountable for one in stage(journey, "S1")} == {role}
