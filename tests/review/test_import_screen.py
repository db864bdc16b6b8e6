"""What came back, on the screen: accepted by keys, one by one or all, and undone."""

from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.records.session import Role, Session
from offwall.model.store.store import Store
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.proposals import ProposalKind, Proposals
from offwall.tui.review.import_screen import ImportList, ImportScreen
from tests.journey import Journey, afternoon
from tests.workbook.copies import copy, letters, setting, table
from tests.workbook.test_import_proposals import SESSION, TODAY


def came(session: Session) -> Proposals:
    """A change, a role that nobody knew, a clash, a remark, and a row that is gone."""

    def edit(rows: list[dict[str, object]]) -> None:
        rows[1].update(lead="Legal adviser", comment="[/ says [red]who?")
        rows[2].update(timescale="=1+1")
        del rows[3]

    reads = table(session, "activities", edit), table(session, "raci", letters(0, leg="A"))
    return propose_changes([copy(session, *reads)], session, today=TODAY, seed="seed")


def session_file(folder: Path) -> Path:
    path = folder / "s.toml"
    path.write_text("format = 1\n", "utf-8")
    Store.open(path).save(replace(SESSION, roles=(*SESSION.roles, Role("buy", "Buyer"))))
    return path


async def begin(journey: Journey) -> ImportList:
    journey.app.state = replace(journey.app.state, proposals=came(journey.session))
    journey.app._show("importing")
    await journey.settle()
    assert isinstance(journey.app.screen, ImportScreen)
    return journey.app.screen.query_one(ImportList)


async def test_one_by_one_then_all_then_undone(tmp_path: Path) -> None:
    async with afternoon(session_file(tmp_path)) as journey:
        before = journey.session
        shown = await begin(journey)
        assert shown.record is not None
        assert shown.record.kind is ProposalKind.CLASH
        await journey.press("enter", "down", "enter")
        assert journey.session.activity_by_id["a-1"].accountable == "leg"
        assert shown.record.what == "Legal adviser", "the next that waits"
        await journey.press("enter", "down", "enter")
        assert "Legal adviser" in journey.session.role_by_code["leg"].also_called
        await journey.press("A")
        assert journey.session.activity_by_id["a-2"].lead == "leg"
        assert journey.session.activity_by_id["a-3"].timescale == "=1+1"
        assert [one.text for one in journey.session.remarks] == ["[/ says [red]who?"]
        assert "a-4" in journey.session.activity_by_id
        assert "All of it is accepted or left" in journey.seen()
        await journey.press("u", "u", "u")
        assert journey.session == before
        assert "To go: 1 conflict, 1 new, 2 changed, 1 remark." in journey.seen()


async def test_what_is_left_stays_and_what_is_missing_goes_only_when_asked(tmp_path: Path) -> None:
    async with afternoon(session_file(tmp_path), size=(60, 20)) as journey:
        before = journey.session
        shown = await begin(journey)
        await journey.press("x", "x", "x", "x", "x")
        assert journey.session == before
        assert not shown.view.waiting
        await journey.press("G", "enter", "enter")
        assert journey.session == before, "to leave it is the first answer"
        missing = next(
            one for one in shown.view.proposals.found if one.kind is ProposalKind.MISSING
        )
        assert shown.view.settled(missing)


@pytest.mark.slow
async def test_a_missing_row_can_be_removed(tmp_path: Path) -> None:
    async with afternoon(session_file(tmp_path)) as journey:
        await begin(journey)
        await journey.press("G", "enter", "down", "enter")
        assert "a-4" not in journey.session.activity_by_id
        await journey.press("u")
        assert "a-4" in journey.session.activity_by_id


@pytest.mark.slow
async def test_nothing_to_accept_says_what_next(tmp_path: Path) -> None:
    async with afternoon(session_file(tmp_path)) as journey:
        proposals = propose_changes(
            [copy(journey.session, table(journey.session, "activities", setting(0)))],
            journey.session,
            today=TODAY,
            seed="seed",
        )
        journey.app.state = replace(journey.app.state, proposals=proposals)
        journey.app._show("importing")
        await journey.settle()
        assert "There is nothing new in the workbooks." in journey.seen()
        await journey.press("c")
        assert "There is no workbook here to look at." in journey.seen()
        await journey.press("enter", "x", "A", "m", "q")
        assert not isinstance(journey.app.screen, ImportScreen)
