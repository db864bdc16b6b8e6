"""Part 3 in keys: next steps taken over, owners and dates given, photos listed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import Action, ActionKind, HandedOut, Photo
from offwall.model.records.text import excerpt
from tests.journey import Journey, afternoon

SIZES = [(60, 20), (80, 24)]


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def last(journey: Journey) -> Action:
    return journey.session.actions[-1]


@pytest.mark.slow
async def test_the_plan_ends_with_every_action_owned_and_dated(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("3", "n", *"Tell HR", "enter", "enter", "g")
        assert "16 of 17 have an owner and a date" in journey.seen()
        await journey.press("m")
        assert "Still to give: an owner, a date." in journey.seen()
        assert "owner?" in journey.seen()
        await journey.press("@", *"Amira", "enter")
        await journey.press("w", "ctrl+u", *"29 Jan", "enter")
        taken = last(journey)
        assert taken.owner == next(p.id for p in before.people if p.name == "Amira Khan")
        assert taken.due == dt.date(2027, 1, 29)
        assert "✓ 17 actions to do, owned and dated" in journey.seen()
        await journey.press("m")
        assert "Every action to be done has an owner, a date." in journey.seen()
        assert journey.on_disk().actions[-1] == taken
        await journey.press("u", "u", "u")
        assert journey.session == before


@pytest.mark.slow
async def test_who_helps_when_it_was_done_and_a_bank_holiday_are_said(own_sample: Path) -> None:
    async with afternoon(own_sample, (80, 40)) as journey:
        before = journey.session
        await journey.press("3", "G", "w", *"3/5")
        assert "Mon 3 May 2027, a bank holiday in England and Wales: " in journey.seen()
        await journey.press("enter")
        assert "Mon 3 May 2027 !" in journey.seen()
        assert "Mon 3 May 2027 is a bank holiday in England and Wales: " in journey.seen()
        await journey.press("+", *"core")
        assert "core group: a group of 4 people." in journey.seen()
        await journey.press("enter", "+", *"Amira", "enter")
        assert "Helper: Amira Khan." in " ".join(journey.seen().split())
        await journey.press("|", *"mon", "enter")
        filed = last(journey)
        assert filed.helper == next(p.id for p in before.people if p.name == "Amira Khan")
        assert (filed.done_on, filed.status) == (dt.date(2026, 12, 7), "done")
        assert "Done on Mon 7 Dec 2026." in " ".join(journey.seen().split())
        assert journey.on_disk().actions[-1] == filed
        await journey.press(*"uuuu")
        assert journey.session == before


@pytest.mark.slow
async def test_the_nation_whose_bank_holidays_count_is_set_up(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("0", "/", *"Bank holidays", "enter")
        assert "Bank holidays: " in journey.seen()
        await journey.press("e", *"Atlantis", "enter")
        assert "Atlantis does not say which bank holidays." in journey.seen()
        await journey.press("ctrl+u", *"Scot", "enter", "q", "3", "G", "w", *"30/11", "enter")
        assert journey.on_disk().workshop.holidays == "Scotland"
        assert "is a bank holiday in Scotland: Saint Andrew's Day" in journey.seen()


@pytest.mark.parametrize(
    "size",
    [(60, 20), *(pytest.param(size, marks=pytest.mark.slow) for size in ((80, 24), (120, 40)))],
)
async def test_a_bar_leads_to_its_actions(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("3", "l", "l")
        seen = journey.seen()
        assert "9 people were there: an even share is 1.8 each." in " ".join(seen.split())
        lines = [line.strip(" │") for line in seen.splitlines()]
        bars = {" ".join(line.split("█")[0].split()): line.count("█") for line in lines}
        assert bars["Ruth Adeyemi (pro) 5 over share"] > bars["Tom Ellery (hos) 2"] > 0
        assert bars["Callum Reid (ig) 0 none yet"] == 0
        await journey.press("j", "j", "j", "enter")
        assert "Pilot the tiering scorecard on 20 contracts" in journey.seen()
        await journey.press("j", "enter", "s")
        changed = [one.text for one in journey.session.actions if one.status == "doing"]
        assert changed == ["Pilot the tiering scorecard on 20 contracts"]
        await journey.press("l", "l", "G", "enter", "s")
        changed = [one.text for one in journey.session.actions if one.status == "doing"]
        assert changed[-1] == "Write exit plans for every gold contract"


async def test_what_leads_nowhere_is_dimmed(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("3", "l", "l", "enter", "j", "enter")
        assert "No action to be done yet. h leads back to the plan" in journey.seen()
        assert journey.session.actions == ()


@pytest.mark.slow
async def test_what_is_new_in_the_plan_is_a_next_step(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("3", "g", "n", *"Tell [HR] @hos by 29/1", "enter", "enter")
        told = last(journey)
        assert (told.kind, told.text) == (ActionKind.NEXT_STEP, "Tell [HR]")
        assert (told.owner, told.due) == ("hos", dt.date(2027, 1, 29))
        assert "Tell [HR]" in journey.seen()
        await journey.press("e", "end", *["backspace"] * 11, *"2/2", "enter", "s", "K")
        changed = journey.session.actions[-2]
        assert (changed.id, changed.due, changed.status) == (told.id, dt.date(2027, 2, 2), "doing")
        assert journey.on_disk().actions == journey.session.actions
        await journey.press("x")
        assert "Removed: Tell [HR]" in journey.seen()
        assert journey.session.actions == before.actions
        await journey.press(*["u"] * 5)
        assert journey.session == before


@pytest.mark.slow
async def test_it_opens_on_what_lacks_an_owner_or_a_date(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "G", "@", "ctrl+u", "enter", "q", "3", "x")
        assert (
            journey.session.actions[-1].text != "File the photo of the process map with the record"
        )


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_the_footer_and_what_is_open_fit(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("3")
        lines = journey.seen().splitlines()
        assert len(lines) <= size[1]
        assert "16 actions to do, owned and dated" in journey.seen()
        assert "1 due within 4 weeks, on Fri 11 Dec 2026" in " ".join(journey.seen().split())
        if size[0] >= 80:
            assert lines[-1].endswith("? Help")


@pytest.mark.slow
async def test_a_next_step_is_taken_over_into_the_plan(own_sample: Path) -> None:
    async with afternoon(own_sample, (80, 40)) as journey:
        before = journey.session
        await journey.press("3", "l", "enter")
        taken = last(journey)
        assert taken.kind is ActionKind.NEXT_STEP
        assert taken.text.startswith("Settle: ")
        assert taken.due == dt.date(2027, 1, 7)
        assert f"In the plan: {excerpt(taken.text)}" in " ".join(journey.seen().split())
        assert journey.session.role_by_code[taken.owner]
        await journey.press("space")
        assert last(journey).text.startswith("Resolve parked issue: ")
        assert journey.on_disk().actions == journey.session.actions
        assert "✓ Complete the rest of the mapping" in journey.seen()
        both = journey.session
        await journey.press("g", "enter", "space")
        assert journey.session == both
        await journey.press("u", "u")
        assert journey.session == before


@pytest.mark.slow
async def test_an_empty_session_is_offered_the_toolkit_s_seven(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("3")
        assert "No action yet" in journey.seen()
        await journey.press("l", *["enter"] * 7)
        assert len(journey.session.actions) == 7
        assert not any(action.owner for action in journey.session.actions)
        assert "0 of 7 have an owner and a date" in journey.seen()
        assert len(journey.on_disk().actions) == 7
        await journey.press(*["u"] * 7)
        assert journey.session.actions == ()


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_hostile_words_are_shown_as_words(tmp_path: Path, size: tuple[int, int]) -> None:
    async with afternoon(copy_of("brackets", tmp_path), size) as journey:
        await journey.press("3", *"jjjjjjjjjjjjjj", "l", *"gjjj")
        assert "Settle: [PO] sends [red]x[/red] to [/" in journey.seen()
        await journey.press("enter")
        assert last(journey).text == "Settle: [PO] sends [red]x[/red] to [/"
        await journey.press("l", *"jjjjjjjj", "e", "escape")
        assert journey.session.photos
        await journey.press("x", "u")
        assert journey.on_disk() == journey.session


@pytest.mark.slow
async def test_with_nothing_to_act_on_no_key_does_anything(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        before = journey.session
        await journey.press("3", "h", "x", "J", "K", "e", "enter", "h", "h", "x", "J", "s", "@")
        await journey.press("escape", "escape")
        assert journey.session == before


@pytest.mark.slow
async def test_a_photo_to_be_filed_is_offered_to_who_took_it(tmp_path: Path) -> None:
    path = copy_of("empty", tmp_path)
    async with afternoon(path) as journey:
        await journey.press("3", "h", "n", "tab", "tab", *"Jane", "enter", "h", "h", "G", "enter")
        assert last(journey).text == "File the photo of the process map with the record"
        assert last(journey).owner == "Jane"
        assert journey.on_disk().photos == (Photo(journey.session.photos[0].id, taken_by="Jane"),)


@pytest.mark.slow
async def test_who_has_nothing_and_what_is_overdue_is_said(own_sample: Path) -> None:
    text = own_sample.read_text(encoding="utf-8")
    own_sample.write_text(text.replace('owner = "fin"', 'owner = "leg"'), encoding="utf-8")
    async with afternoon(own_sample, today=dt.date(2027, 1, 12)) as journey:
        await journey.press("3")
        said = " ".join(journey.seen().split())
        assert "Ruth Adeyemi 5" in said
        assert "Owen Price none" in said
        assert "2 overdue, 6 due within 4 weeks, first on Fri 15 Jan 2027" in said
        await journey.press("G", "s", "s")
        assert "1 overdue" in " ".join(journey.seen().split())
        assert journey.on_disk().actions[-1].done_on == dt.date(2027, 1, 12)


@pytest.mark.slow
async def test_dates_and_scores_are_taken_as_they_were_meant(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "n", *"Send 3/4 of the invoices by 29 Jan 2030", "enter")
        assert (last(journey).text, last(journey).impact) == ("Send 3/4 of the invoices", None)
        assert last(journey).due == dt.date(2030, 1, 29)
        await journey.press(*"Cut agency spend by 5m")
        assert "“by 5m” stays as text" in " ".join(journey.seen().split())
        await journey.press("enter")
        assert (last(journey).text, last(journey).due) == ("Cut agency spend by 5m", None)
        await journey.press(*"Chase it =cabinet", "enter", "escape", "q")
        assert last(journey).text == "Chase it =cabinet"


@pytest.mark.slow
async def test_a_draft_of_the_plan_stands_chosen_and_undo_finds_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "n", *"Half", "escape", "n", *"X", "escape", "u", "n")
        assert "Half" in journey.seen()
        assert "XHalf" not in journey.seen()


@pytest.mark.slow
async def test_an_action_is_given_to_who_has_none_by_a_key_on_them(own_sample: Path) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        before = journey.session
        await journey.press("3", "n", *"Tell HR", "enter", "escape")
        await journey.press("tab", *"/Callum", "enter")
        await journey.press("@")
        assert "Give to Callum Reid" in journey.seen()
        await journey.press("enter")
        given = last(journey)
        callum = next(one for one in before.people if one.name == "Callum Reid")
        assert (given.text, given.owner) == ("Tell HR", callum.id)
        assert journey.on_disk().actions[-1] == given
        await journey.press("u", "u")
        assert journey.session == before


@pytest.mark.slow
async def test_the_plan_and_the_load_stand_side_by_side_where_there_is_room(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        await journey.press("3")
        rows = [line for line in journey.seen().splitlines() if "Adopt one handover" in line]
        assert "Amira Khan" in rows[0] or "Tom Ellery" in rows[0]
        assert "over share" not in journey.seen()
        none = next(line for line in journey.seen().splitlines() if "Callum Reid" in line)
        assert "none" in none
        await journey.press("P")
        assert "Callum Reid" not in journey.seen()


def out(path: Path, *parts: HandedOut) -> Path:
    """The session with parts handed out."""
    file = store.Store.open(path)
    file.save(replace(file.session, handed_out=parts))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_parts_that_are_out_stand_on_the_plan_and_come_back(
    own_sample: Path, size: tuple[int, int]
) -> None:
    first = HandedOut("h-1", "Ann [PO]", ("S1", "S2"), dt.date(2026, 12, 11))
    out(own_sample, HandedOut("h-2", "Bo", ("S3",), dt.date(2026, 12, 12)), first)
    async with afternoon(own_sample, size) as journey:
        await journey.press("3")
        said = " ".join(journey.seen().split())
        assert "2 parts are out: Ann [PO] since 11 Dec 2026 and 1 more" in said
        await journey.press("P")
        assert "Ann [PO]" not in journey.seen()
        await journey.press("P", "h", "j", "n")
        assert "Handover and set-up" in " ".join(journey.seen().split())
        await journey.press("e", "tab", "tab", *"soonish", "enter")
        assert "is no date" in journey.seen()
        await journey.press("ctrl+u", *"14 dec", "enter")
        assert journey.on_disk().handed_out[1] == replace(first, back=dt.date(2026, 12, 14))
        assert "1 part is out: Bo since 12 Dec 2026" in " ".join(journey.seen().split())
        await journey.press("u")
        assert journey.session.handed_out[1] == first


@pytest.mark.slow
async def test_where_no_part_is_out_nothing_speaks_of_parts(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3")
        assert "out" not in journey.seen().splitlines()[1]
        assert "is out" not in journey.seen()
