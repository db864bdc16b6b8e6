"""The RACI grid: journeys in keys; what comes of them is looked for in the session and the file."""

from pathlib import Path

import pytest

from docs.gallery import admissions
from offwall import sample_sessions
from offwall.model.process.raci import RaciPart, raci_columns, raci_letters
from offwall.model.records.session import Activity
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.process.raci_screen import RaciScreen
from offwall.tui.process.record_screen import RecordScreen
from tests.journey import Journey, afternoon


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def grid(journey: Journey) -> RaciGrid:
    return journey.app.screen.query_one(RaciGrid)


def first(journey: Journey) -> Activity:
    return journey.session.in_order[0]


async def to_first(journey: Journey) -> None:
    await journey.press(*"2gjr")


async def to_role(journey: Journey, code: str) -> None:
    to = raci_columns(journey.session).index(code) - raci_columns(journey.session).index(
        grid(journey).role
    )
    await journey.press(*("l" * to or "h" * -to))
    assert grid(journey).role == code


@pytest.mark.slow
async def test_each_letter_is_a_key_and_each_is_taken_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_first(journey)
        before = first(journey)
        assert (before.lead, before.accountable) == ("pro", "hos")
        await to_role(journey, "ig")
        for key in "cirRa":
            await journey.press(key)
        assert raci_letters(first(journey))["ig"] == "RA"
        assert first(journey).lead == first(journey).accountable == "ig"
        assert {"pro", "hos"}.isdisjoint(raci_letters(first(journey)))
        assert journey.on_disk().in_order[0] == first(journey)
        await journey.press("-")
        assert "ig" not in raci_letters(first(journey))
        assert "Cleared RA of Information Governance at S1.01; nobody leads" in journey.seen()
        await journey.press(*"uuu")
        assert raci_letters(first(journey))["ig"] == "r"
        await journey.press("u")
        assert raci_letters(first(journey))["ig"] == "I"
        await journey.press("u")
        assert raci_letters(first(journey))["ig"] == RaciPart.CONSULTED
        await journey.press("u")
        assert first(journey) == before
        assert journey.on_disk().in_order[0] == before
        await journey.press("U")
        assert raci_letters(first(journey))["ig"] == "C"


async def test_moving_a_letter_says_who_has_it_no_longer(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_first(journey)
        await to_role(journey, "fin")
        await journey.press("R")
        assert "Finance leads S1.01, no longer Procurement" in journey.seen()
        await journey.press("a")
        assert "Finance is accountable for S1.01, no longer Head of Service" in journey.seen()
        await journey.press("c")
        assert "Finance is consulted on S1.01; nobody leads or is accountable" in journey.seen()
        assert "S1.01 has no lead; say who does it." in journey.seen()
        assert "S1.01 has nobody accountable" in journey.seen()
        assert "! S1.01" in journey.seen()
        await journey.press("c")
        assert "It is so already" in journey.seen()
        assert journey.app.state.said[1]


@pytest.mark.slow
async def test_the_words_follow_the_cell(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_first(journey)
        assert "Nothing is wrong with this row." in journey.seen()
        assert f"S1.01 {first(journey).text}" in journey.seen()
        await to_role(journey, "hos")
        carried = sum("A" in raci_letters(a).get("hos", "") for a in journey.session.activities)
        assert "Head of Service (hos): accountable here; carries R " in journey.seen()
        assert f"A {carried}, " in journey.seen()
        assert "too many A? push down" in journey.seen()
        await journey.press("G", "right", "left")
        assert journey.session.ref_by_id[grid(journey).key] == "S8.06"
        assert "S8.06" in journey.seen()
        await journey.press("g")
        assert "S1 Handover and set-up" in journey.seen()


@pytest.mark.slow
async def test_it_opens_where_the_table_stands_and_esc_and_q_go_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G", "r")
        assert journey.session.ref_by_id[grid(journey).key] == "S8.06"
        await journey.press("/", *"escalation routes", "enter")
        assert journey.session.ref_by_id[grid(journey).key] == "S1.06"
        assert isinstance(journey.app.screen, RaciScreen)
        await journey.press("p", *"Who covers leave?", "enter")
        assert journey.session.issues[-1].activity == grid(journey).key
        await journey.press("escape")
        assert isinstance(journey.app.screen, RecordScreen)
        await journey.press("g", "r")
        assert grid(journey).key == "stage:S1"
        await journey.press("q")
        assert isinstance(journey.app.screen, RecordScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50), (220, 50)])
async def test_every_size_shows_the_cell_and_its_words(
    own_sample: Path, size: tuple[int, int]
) -> None:
    async with afternoon(own_sample, size=size) as journey:
        await to_first(journey)
        # What each role carries stands beside the grid only where the grid has all roles.
        by_name, framed = size[0] >= 200, size[0] >= 220
        assert ("What each role carries" in journey.seen()) == framed
        last = "Team" if by_name else "cli"
        assert (last in journey.seen().split("\n")[2 + framed]) == (size[0] >= 80)
        await journey.press(*"l" * 20)
        seen = journey.seen().split("\n")
        shown = [line.strip(" │").split("│")[0].rstrip() for line in seen if line.strip()]
        legend, title, _, row = shown[1 + framed : 5 + framed]
        assert legend.endswith("Client" if by_name else "cli Client Team")
        assert "Ref" in title
        assert title.endswith(last)
        assert "S1.01" in row
        assert "Client Team (cli): no part here" in journey.seen()
        await journey.press("i")
        row = journey.seen().split("\n")[4 + framed].strip(" │").split("│")[0].rstrip()
        assert row.endswith("I")
        assert row.rindex("I") == title.rindex(last)
        for said in ("R Lead", "a Accountable", "c Consult", "i Inform", "q Back"):
            assert said in journey.seen()
        for said in ("r Also", "- Clear"):
            assert (said in journey.seen()) == (size[0] >= 80)


async def test_roles_stand_by_name_where_the_activities_can_still_be_read(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(200, 50)) as journey:
        await to_first(journey)
        assert f"S1.01  {first(journey).text}" in journey.seen()
    async with afternoon(own_sample, size=(160, 50)) as journey:
        await to_first(journey)
        assert "pro Procurement" in journey.seen()


async def test_what_each_role_carries_has_room_for_their_names(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(220, 50)) as journey:
        await to_first(journey)
        carried = [line.rpartition("│ │")[2] for line in journey.seen().split("\n")]
        assert any("Senior Responsible Officer " in line for line in carried)


async def test_few_roles_stand_by_name_above_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "admissions.toml"
    path.write_text(dumps(admissions()), "utf-8")
    async with afternoon(path, size=(80, 24)) as journey:
        await journey.press("2", "r")
        upper, lower = journey.seen().split("\n")[1:3]
        assert upper.split() == ["Admissions", "Head", "of", "Legal"]
        assert lower.split()[2:] == ["Officer", "Service", "School", "Services"]
        assert upper.index("Admissions") == lower.index("Officer")


async def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    async with afternoon(copy_of("brackets", tmp_path)) as journey:
        await to_first(journey)
        seen = ""
        for code in raci_columns(journey.session):
            await to_role(journey, code)
            assert f"({code}): " in journey.seen()
            seen += journey.seen()
        for _ in journey.session.in_order:
            await journey.press("j", *"iar.")
            seen += journey.seen()
        assert "[PO] sends [red]x[/red] to [/ (r3): " in seen
        assert "=1+1 (r4): " in seen
        assert "\x1b" not in seen
        assert journey.on_disk() == journey.session


@pytest.mark.slow
async def test_without_roles_or_activities_it_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text(
        'format = 1\n[[stages]]\nid = "S1"\nname = "Begin"\n'
        '[[activities]]\nid = "a-1"\nstage = "S1"\ntext = "Do it"\n',
        "utf-8",
    )
    for there, said in ((path, "There are no roles yet."), (copy_of("empty", tmp_path), "yet.")):
        async with afternoon(there, size=(60, 20)) as journey:
            before = journey.session
            await journey.press(*"2grhjklGg", *"Rraci.", "enter")
            assert said in journey.seen()
            assert "Press q to go back, then" in journey.seen()
            assert journey.session == before
            await journey.press("escape")
            assert isinstance(journey.app.screen, RecordScreen)


async def test_a_letter_redraws_one_row_and_a_move_redraws_two(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with afternoon(own_sample) as journey:
        await to_first(journey)
        await journey.press("i")
        drawn: list[int] = []
        real = RaciGrid.render_line

        def render_line(self: RaciGrid, y: int) -> object:
            drawn.append(y)
            return real(self, y)

        monkeypatch.setattr(RaciGrid, "render_line", render_line)
        for key, lines in (("c", {3, 4, 5}), ("j", {3, 4, 5, 6, 7}), ("l", {0, 1, 6, 7})):
            drawn.clear()
            await journey.press(key)
            assert set(drawn) == lines


@pytest.mark.slow
async def test_a_click_stands_on_a_cell(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_first(journey)
        lines = journey.seen().split("\n")
        x, y = lines[2].index("board"), next(n for n, said in enumerate(lines) if "S1.03" in said)
        await journey.pilot.click(RaciGrid, offset=(x, y - 1))
        await journey.settle()
        assert (grid(journey).role, grid(journey).key) == ("board", journey.session.in_order[2].id)
        await journey.pilot.click(RaciGrid, offset=(20, 3))
        await journey.settle()
        assert (grid(journey).role, grid(journey).key) == ("board", first(journey).id)
