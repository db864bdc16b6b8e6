"""While a post-it is typed its line goes on in its block; the card says what Enter will make."""

from pathlib import Path

import pytest

from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon

LONG = (
    "Check that the insurance certificates are current and file them with the legal team "
    "@cm c:ins,leg ?Are they valid >yes >no=S2.04 +Insurance certificate"
)


def said(journey: Journey) -> str:
    return " ".join(journey.seen().split())


@pytest.mark.parametrize(("size", "rows"), [((60, 20), 1), ((80, 24), 2), ((120, 40), 3)])
async def test_the_line_has_a_block_of_a_fixed_height(
    own_sample: Path, size: tuple[int, int], rows: int
) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("2", "g", "j", "n")
        field = journey.app.screen.query_one(LineInput)
        for letters in ("C", LONG[1:]):
            await journey.paste(letters)
            assert field.size.height == rows
        assert field.region.contains_point(journey.app.cursor_position)
        assert journey.app.cursor_position == field.cursor_screen_offset


@pytest.mark.slow
async def test_a_long_line_is_read_whole_and_the_cursor_goes_about_in_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        text = LONG.partition(" >yes")[0]
        await journey.paste(text)
        field = journey.app.screen.query_one(LineInput)
        x, y, width, _ = field.content_region
        lines = [line[x : x + width] for line in journey.seen().splitlines()[y : y + 2]]
        assert " ".join(" ".join(lines).split()) == text
        await journey.press("home")
        assert journey.app.cursor_position == (x, y)
        await journey.press("end", "left")
        assert journey.app.cursor_position == (x + len(lines[1].rstrip()) - 1, y + 1)
        await journey.pilot.click(LineInput, offset=(4, 1))
        assert field.value[: field.cursor_position].endswith(lines[1][:4])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_card_names_people_and_where_an_answer_leads(
    own_sample: Path, size: tuple[int, int]
) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("Check it c:ins,leg ?Are they valid >no=S2.04 +Insurance certificates")
        now = said(journey)
        first = journey.session.in_order[0]
        names = {role.code: role.name for role in journey.session.roles}
        assert "S1.02 Check it" in now
        assert f"Lead {names[first.lead]}" in now, "carried over"
        assert f"Consulted {names['ins']}" in now
        assert "no -> S2.04" in now
        assert journey.session.activity_by_id[journey.session.id_by_ref["S2.04"]].text[:8] in now
        await journey.press("enter")
        made = journey.session.in_order[1]
        assert (made.text, made.lead, made.consulted) == ("Check it", first.lead, ("ins", "leg"))


@pytest.mark.slow
async def test_the_card_says_what_an_edit_and_an_addition_make(own_sample: Path) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("+Zebra form")
        card = journey.app.screen.query_one("#card-beside", ActivityCard)
        assert "Zebra form" in " ".join(str(card.render()).split())
        assert "Zebra form" not in " ".join(journey.session.in_order[0].documents)
        await journey.press("escape")
        assert "Zebra form" not in " ".join(str(card.render()).split())
        await journey.press("e")
        await journey.paste(" again")
        assert f"{journey.session.in_order[0].text} again" in " ".join(str(card.render()).split())


async def test_words_that_settle_an_open_target_say_so_before_enter(own_sample: Path) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("Ask them ?Agreed >no=send out the zebra form")
        await journey.press("enter")
        await journey.paste("Send out the zebra form")
        assert "S1.02 no now leads to S1.03." in said(journey)
        assert not journey.session.in_order[1].routes[0].to
        await journey.press("enter")
        made = journey.session.in_order
        assert made[1].routes[0].to == made[2].id


async def test_a_line_of_several_or_of_no_activity_is_said_in_words(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("^Ask Housing about zebras")
        assert "stands alone parked Ask Housing about zebras" in said(journey)
        await journey.press("escape", "g", "j", "v", "j", "@", *"cm")
        assert "adds to 2 activities" in said(journey)
        assert isinstance(journey.app.focused, LineInput)


@pytest.mark.parametrize(
    ("size", "named"), [((60, 20), False), ((80, 24), True), ((120, 40), True), ((200, 50), True)]
)
async def test_leads_stand_by_name_where_there_is_room_and_codes_have_a_legend(
    own_sample: Path, size: tuple[int, int], named: bool
) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("2", "g", "j")
        table = journey.app.screen.query_one(ActivityTable)
        names = {role.code: role.name for role in journey.session.roles}
        lead = journey.session.in_order[0].lead
        cells = dict(zip(table.shown, table.rows[1].cells, strict=True))
        assert cells["lead"][0] == (names[lead] if named else lead)
        code = next(iter(names))
        assert (f"{code} {names[code]}" in journey.seen().splitlines()[1]) is not named
        assert ("documents" in table.shown) is (size[0] >= 160)


@pytest.mark.slow
async def test_no_wording_is_cut_that_has_room_in_two_lines(own_sample: Path) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        await journey.press("2", "g")
        shown = ""
        for _ in range(6):
            lines = journey.seen().splitlines()[2:38]
            shown += "".join(line.partition("│")[0] + "\n" for line in lines)
            await journey.press("pagedown")
        assert "…" not in shown


async def test_a_line_that_is_long_ends_one_cell_before_the_screen_does(own_sample: Path) -> None:
    async with afternoon(own_sample, (60, 20)) as journey:
        await journey.press("2", "g", "j", "enter")
        line = next(line for line in journey.seen().splitlines() if line.startswith(" Edit"))
        assert len(line.rstrip()) <= 59
