"""Part 3 in keys: next steps taken over, owners and dates given, photos listed."""

import datetime as dt
from pathlib import Path

import pytest

import sample_sessions
from model.session import Action, ActionKind, Photo
from tests.tui.journey import Journey, afternoon

SIZES = [(60, 20), (80, 24)]


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def last(journey: Journey) -> Action:
    return journey.session.actions[-1]


async def test_the_plan_ends_with_every_action_owned_and_dated(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("3", "l", "enter", "h")
        assert "16 of 17 have an owner and a date" in journey.seen()
        await journey.press("enter")
        assert "Still to give: an owner." in journey.seen()
        assert "owner?" in journey.seen()
        await journey.press("@", *"Amira", "enter")
        await journey.press("w", "ctrl+u", *"29 Jan", "enter")
        taken = last(journey)
        assert taken.owner == next(p.id for p in before.people if p.name == "Amira Khan")
        assert taken.due == dt.date(2027, 1, 29)
        assert "✓ 17 actions to do, owned and dated" in journey.seen()
        await journey.press("enter")
        assert "Every action to be done has an owner, a date." in journey.seen()
        assert journey.on_disk().actions[-1] == taken
        await journey.press("u", "u", "u")
        assert journey.session == before


async def test_what_is_new_in_the_plan_is_a_next_step(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("3", "g", "n", *"Tell [HR] @hos by 29/1", "enter", "enter")
        told = last(journey)
        assert (told.kind, told.text) == (ActionKind.NEXT_STEP, "Tell [HR]")
        assert (told.owner, told.due) == ("hos", dt.date(2027, 1, 29))
        assert "Tell [HR]" in journey.seen()
        await journey.press("e", *["backspace"] * 11, *"2/2", "enter", "s", "K")
        changed = journey.session.actions[-2]
        assert (changed.id, changed.due, changed.status) == (told.id, dt.date(2027, 2, 2), "doing")
        assert journey.on_disk().actions == journey.session.actions
        await journey.press("x")
        assert "Removed: Tell [HR]" in journey.seen()
        assert journey.session.actions == before.actions
        await journey.press(*["u"] * 5)
        assert journey.session == before


async def test_it_opens_on_what_lacks_an_owner_or_a_date(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "G", "@", "ctrl+u", "enter", "q", "3", "x")
        assert journey.session.actions[-1].text != "Keep a photo of the process map with this file"


@pytest.mark.parametrize("size", SIZES)
async def test_the_footer_and_what_is_open_fit(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size) as journey:
        await journey.press("3")
        lines = journey.seen().splitlines()
        assert len(lines) <= size[1]
        assert "16 actions to do, owned and dated" in journey.seen()
        assert "1 due in 4 weeks, on Fri 11 Dec 2026" in " ".join(journey.seen().split())
        if size[0] >= 80:
            assert lines[-1].endswith("? Help")


async def test_a_next_step_is_taken_over_into_the_plan(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("3", "l", "enter")
        taken = last(journey)
        assert taken.kind is ActionKind.NEXT_STEP
        assert taken.text.startswith("Complete the mapping and the RACI: ")
        assert taken.due == dt.date(2027, 1, 7)
        assert f"In the plan: {taken.text[:50]}" in journey.seen()
        await journey.press("space")
        assert last(journey).text.startswith("Settle: ")
        assert journey.session.role_by_code[last(journey).owner]
        assert journey.on_disk().actions == journey.session.actions
        assert "✓ Complete the mapping" in journey.seen()
        both = journey.session
        await journey.press("g", "enter", "space")
        assert journey.session == both
        await journey.press("u", "u")
        assert journey.session == before


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


async def test_a_photo_is_listed_changed_moved_and_removed(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("3", "h")
        assert "No photo of the wall yet. Press n" in journey.seen()
        await journey.press("n", "enter")
        assert "Name the file of the photo, or who took it" in journey.seen()
        await journey.press("tab", *"[PO]", "tab", *"Jane", "enter")
        listed = journey.session.photos[0]
        assert (listed.path, listed.caption, listed.taken_by) == ("", "[PO]", "Jane")
        assert "to be filed" in journey.seen()
        assert "[PO]" in journey.seen()
        await journey.press("e", *"w 1.jpg", "enter")
        assert journey.session.photos[0].path == "w 1.jpg"
        await journey.press("n", *"w 1.jpg", "enter")
        assert "on the list already" in journey.seen()
        await journey.press("backspace", "enter")
        await journey.press("K")
        assert [photo.path for photo in journey.session.photos] == ["w 1.jp", "w 1.jpg"]
        assert journey.on_disk().photos == journey.session.photos
        await journey.press("x")
        assert [photo.path for photo in journey.session.photos] == ["w 1.jpg"]
        assert "Removed photo w 1.jp" in journey.seen()
        await journey.press(*["u"] * 5)
        assert journey.session.photos == ()


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


async def test_with_nothing_to_act_on_no_key_does_anything(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        before = journey.session
        await journey.press("3", "h", "x", "J", "K", "e", "enter", "h", "h", "x", "J", "s", "@")
        await journey.press("escape", "escape")
        assert journey.session == before


async def test_a_photo_to_be_filed_is_offered_to_who_took_it(tmp_path: Path) -> None:
    path = copy_of("empty", tmp_path)
    async with afternoon(path) as journey:
        await journey.press("3", "h", "n", "tab", "tab", *"Jane", "enter", "h", "G", "enter")
        assert last(journey).text == "Keep a photo of the process map with this file"
        assert last(journey).owner == "Jane"
        assert journey.on_disk().photos == (Photo(journey.session.photos[0].id, taken_by="Jane"),)


async def test_who_has_nothing_and_what_is_overdue_is_said(own_sample: Path) -> None:
    text = own_sample.read_text(encoding="utf-8")
    own_sample.write_text(text.replace('owner = "fin"', 'owner = "leg"'), encoding="utf-8")
    async with afternoon(own_sample, today=dt.date(2027, 1, 12)) as journey:
        await journey.press("3")
        said = " ".join(journey.seen().split())
        assert "core group without an action: Owen Price" in said
        assert "2 overdue, 6 due in 4 weeks, first on Fri 15 Jan 2027" in said
        await journey.press("G", "s", "s")
        assert "1 overdue" in " ".join(journey.seen().split())
        assert journey.on_disk().actions[-1].done_on == dt.date(2027, 1, 12)
