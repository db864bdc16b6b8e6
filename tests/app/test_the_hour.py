"""Part 1 as one hour with the sample: an issue, tiers, the board, the ranking, and what follows."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from offwall.model.actions.ranking import rank
from offwall.model.records.session import IssueStatus, Treatment
from offwall.tui.actions.action_table import ActionTable
from offwall.tui.kit.messages import Go
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow  # an hour takes long


async def go(journey: Journey, screen: str) -> None:
    journey.app.post_message(Go(screen))
    await journey.settle()


async def a_parked_issue_becomes_two_actions(journey: Journey) -> None:
    place, parked = next((n, one) for n, one in enumerate(journey.session.issues) if one.parked)
    await journey.press("1", "l", *"j" * place, "enter", *"No rule", "enter")
    await journey.press("*", *"Agree the rule @pro", "enter")
    await journey.press(*"Tell every service", "enter", "enter")
    await journey.press("o", *"A rule by May", "enter", "enter", "q")
    assert [action.issue for action in journey.session.actions[-2:]] == [parked.id, parked.id]
    assert journey.session.issues[place].status is IssueStatus.CLOSED


async def the_bronze_process_is_shown(journey: Journey) -> None:
    assert len(journey.session.tiers) == 3
    await go(journey, "tiering")
    await journey.press("2", "l", "l", "x", "q")
    assert (journey.session.tiers[-1].code, Treatment.NO) in journey.session.stages[0].tiers
    await go(journey, "record")
    await journey.press("t", "t", "t")
    assert "Bronze: " in journey.seen()
    assert "S1.01" not in journey.seen()
    await journey.press("escape", "q")


async def ten_are_voted_for(journey: Journey) -> None:
    await go(journey, "ranking")
    await journey.press("d", *"12", "tab", *"3", "enter")
    await journey.press(*"1 2 3 4 5 6 7 8 9 10", "enter", "escape", "q")
    assert sum(action.votes for action in journey.session.actions) == 10


async def test_an_hour_with_the_sample_flows_into_part_3_and_the_workbook(
    own_sample: Path, tmp_path: Path
) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await a_parked_issue_becomes_two_actions(journey)
        await the_bronze_process_is_shown(journey)
        await go(journey, "governance")
        await journey.press("n", *"S3.06", "enter", "n", *"Award report", "enter", "escape", "q")
        board = journey.session.board
        assert board is not None
        assert {journey.session.id_by_ref["S3.06"], "Award report"} <= set(board.gates)
        await ten_are_voted_for(journey)
        expected = [action.text for action in rank(journey.session)]
        await journey.press("3")
        shown = journey.app.screen.query_one(ActionTable).listed
        by_id = {action.id: action.text for action in journey.session.actions}
        assert [by_id[key] for key in shown][: len(expected)] == expected
        assert journey.on_disk() == journey.session
        await journey.press("q", "E", "j", "enter")
        await journey.app.workers.wait_for_complete()
    (workbook,) = tmp_path.glob("*.xlsx")
    sheet = load_workbook(workbook)["Action plan"]
    written = [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert written[: len(expected)] == expected
