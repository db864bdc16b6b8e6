"""Part 2: journeys in keys; what comes of them is looked for in the session and in the file."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import Activity, Session
from offwall.tui.kit.frame import KeyBar
from tests.journey import Journey, afternoon


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    path = tmp_path / "coffee.toml"
    path.write_bytes(sample_sessions.path("cup-of-coffee").read_bytes())
    return path


def last(session: Session) -> Activity:
    return session.activities[-1]


async def to_the_end(journey: Journey) -> None:
    await journey.press("2", "G")


@pytest.mark.slow
async def test_a_new_post_it_is_in_the_file_after_one_burst(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        keys = [*"2Gn", *"Hold kick-off meeting @cm a:hos", "enter", "escape", "q"]
        await journey.press(*keys)
        made = last(journey.on_disk())
        assert (made.text, made.lead, made.accountable) == ("Hold kick-off meeting", "cm", "hos")
        assert made.stage == "S8"
        assert journey.session.ref_by_id[made.id] == "S8.07"


async def test_enter_keeps_and_opens_the_next_with_stage_and_lead_carried(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        before = last(journey.session)
        await journey.press("n")
        await journey.paste("Rinse the pot")
        assert f"Lead {journey.session.role_by_code[before.lead].name}" in journey.seen()
        await journey.press("enter")
        await journey.paste("Wipe the table @?")
        await journey.press("enter", "enter")
        rinse, wipe = journey.session.activities[-2:]
        assert (rinse.text, rinse.stage, rinse.lead) == ("Rinse the pot", before.stage, before.lead)
        assert (wipe.text, wipe.lead) == ("Wipe the table", "")
        assert not rinse.lead_confirmed


async def test_a_line_that_begins_with_a_token_adds_to_the_one_under_the_cursor(
    coffee: Path,
) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        activity = last(journey.session)
        await journey.press("+")
        await journey.paste("Cleaning rota !t takes an hour")
        assert "adds to" in journey.seen()
        await journey.press("enter")
        assert last(journey.session).documents == (*activity.documents, "Cleaning rota")
        assert journey.session.issues[-1].activity == activity.id
        await journey.press("u")
        assert last(journey.session) == activity


async def test_editing_keeps_what_the_line_does_not_show(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j", "j")
        before = journey.session.activities[2]
        await journey.press("e", "end")
        await journey.paste(" +Register of tiers")
        await journey.press("enter")
        after = journey.session.activities[2]
        assert after.documents == (*before.documents, "Register of tiers")
        assert (after.routes, after.tiers, after.decided_by) == (
            before.routes,
            before.tiers,
            before.decided_by,
        )
        assert len(journey.session.activities) == 48


@pytest.mark.slow
async def test_a_ref_may_be_short_and_the_preview_says_it_whole(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("Ask again ?Agreed >yes=2.3 >no=1")
        for answer, place in (("yes", "S2.03"), ("no", "S1.01")):
            assert f"{answer} -> {place}" in journey.seen()
        await journey.press("enter")
        made, order = journey.session.in_order[1], journey.session.id_by_ref
        assert [route.to for route in made.routes] == [order["S2.03"], order["S1.01"]]


async def test_a_new_role_is_made_on_the_spot(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        await journey.press("n")
        await journey.paste("Audit the beans @qqq")
        assert "no role" in journey.seen()
        await journey.press("enter")
        assert journey.session.role_by_code["qqq"]
        assert last(journey.session).lead == "qqq"


async def test_tab_completes_a_role(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G", "n")
        await journey.paste("Sign @hea")
        await journey.press("tab")
        await journey.press("enter")
        assert last(journey.session).lead == "hos"


async def test_confirming_walks_to_the_next_unconfirmed(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        waiting = [a.id for a in journey.session.in_order if not (a.confirmed or a.open_point)]
        assert len(waiting) > 1
        await journey.press("2", "space", "space")
        confirmed = [journey.session.activity_by_id[known].confirmed for known in waiting]
        assert confirmed[:2] == [True, True]
        await journey.press("u")
        assert not journey.session.activity_by_id[waiting[1]].confirmed


async def test_an_open_point_leaves_the_lead_open(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "g", "j", "o")
        await journey.paste("Who pays for the beans?")
        await journey.press("enter")
        activity = journey.session.in_order[0]
        assert activity.open_point == "Who pays for the beans?"
        assert activity.sequence_confirmed
        assert not activity.lead_confirmed


async def test_moving_keeps_the_cursor_on_the_activity(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        first = journey.session.in_order[0]
        await journey.press("J", "L", "M")
        assert journey.session.ref_by_id[first.id] == "S2.01"
        await journey.paste("S1.01")
        await journey.press("enter", "x")
        assert first.id not in journey.session.activity_by_id
        assert "Removed S1.01" in journey.seen()
        await journey.press("u", "u", "u", "u")
        assert journey.session.in_order[0] == first
        await journey.press("U")
        assert journey.session.ref_by_id[first.id] == "S1.02"


async def test_what_cannot_be_done_is_said_and_nothing_changes(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "g", "j", "K")
        assert "already the first" in journey.seen()
        assert journey.app.state.said[1]


@pytest.mark.slow
async def test_leaving_the_line_keeps_the_draft(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        await journey.press("n")
        await journey.paste("Half a thou")
        await journey.press("escape", "n", "right")
        await journey.paste("ght")
        await journey.press("enter")
        assert last(journey.session).text == "Half a thought"


async def test_pasting_lines_makes_post_its_after_a_count_and_one_undo_takes_them_back(
    coffee: Path,
) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("2", "G", "n")
        await journey.paste("- Fill the kettle\n- Boil it @zzz\n+ Tea bags\n1. Pour")
        assert "4 lines pasted: 3 post-its" in journey.seen() or "pasted" in journey.seen()
        assert journey.session == before
        await journey.press("enter", "escape")
        texts = [activity.text for activity in journey.session.activities[-3:]]
        assert "Pour" in texts
        await journey.press("u")
        assert journey.session == before


async def test_find_stands_on_the_next_that_says_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "/")
        await journey.paste("INDEXATION")
        await journey.press("enter", "x")
        assert "indexation" not in " ".join(a.text for a in journey.session.activities)
        await journey.press("/")  # what is typed now replaces what was looked for before
        await journey.paste("KPI data")
        await journey.press("enter", "x")
        assert len(journey.session.activities) == 46


async def test_an_empty_session_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path) as journey:
        assert "Press 0" in journey.seen()
        await journey.press("2", "n", "e", "x", "space", "J", "o")
        assert "no stages yet" in journey.seen()
        assert journey.session.activities == ()


async def test_hostile_text_is_shown_as_text(brackets: Path, tmp_path: Path) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size=(120, 40)) as journey:
        await journey.press("2")
        for _ in journey.session.activities:
            await journey.press("j", "e", "enter")
        seen = journey.seen()
        assert "[PO]" in seen
        assert "\x1b" not in seen
        assert len(journey.session.activities) == len(journey.on_disk().activities)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_size_shows_table_and_card(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size=size) as journey:
        await journey.press("2", "g", "j")
        assert "S1.01" in journey.seen()
        assert "Handover checklist" in journey.seen()


async def test_a_long_paste_is_kept_when_one_leaves_right_behind_enter(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "G", "n")
        await journey.paste("\n".join(f"Pour cup {number}" for number in range(300)))
        await journey.press("enter", "ctrl+q")
        await journey.app.workers.wait_for_complete()
    assert store.read_session(coffee).activities[-1].text == "Pour cup 299"


@pytest.mark.slow
async def test_a_draft_stands_chosen_typing_replaces_it_and_undo_finds_it(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await to_the_end(journey)
        await journey.press("n", *"Half a thought", "escape", "n", *"Other", "enter", "enter")
        assert last(journey.session).text == "Other"
        await journey.press("u")
        assert journey.session == before
        await journey.press("u")
        assert "The line that was begun is back" in journey.seen()
        await journey.press("G", "n", "right", "!", "enter")
        assert last(journey.session).text == "Half a thought!"


async def test_a_sign_without_a_value_cancels_the_lead_that_would_be_carried(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        assert last(journey.session).lead
        await journey.press("n", *"Rinse the pot @")
        assert "“@” has nothing behind it" in " ".join(journey.seen().split())
        await journey.press("enter")
        assert (last(journey.session).text, last(journey.session).lead) == ("Rinse the pot", "")


async def test_an_edited_line_that_is_emptied_leaves_the_activity_and_says_so(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        before = journey.session
        await journey.press("e", "end", "ctrl+u", "enter")
        ref = before.ref_by_id[last(before).id]
        assert f"{ref} stays as it was; x takes it off the wall." in journey.seen()
        assert journey.session == before


async def test_a_sign_that_is_only_begun_adds_and_is_no_doubt_yet(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        ref = journey.session.ref_by_id[last(journey.session).id]
        await journey.press("@")
        assert f"adds to {ref} " in journey.seen()
        assert "nothing behind it" not in journey.seen()


async def test_words_behind_a_role_make_a_post_it_also_where_the_line_adds(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        before = last(journey.session)
        role = journey.session.roles[0]
        await journey.press("@", *f"{role.name} to rinse the pot", "enter")
        assert journey.session.activities[-2] == before
        made = last(journey.session)
        assert (made.text, made.lead) == ("to rinse the pot", role.code)


async def test_an_open_point_that_space_settles_goes_to_the_note(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "g", "j", "o", *"Who has the key?", "enter", "g", "j", "space")
        first = journey.session.in_order[0]
        assert first.open_point == ""
        assert first.note.endswith("Settled: Who has the key?")
        assert "Settled, in its note: Who has the key?" in journey.seen()


async def test_leaving_with_a_line_begun_is_said_first(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        await journey.press("n", *"Half", "ctrl+q")
        assert "A line is begun: Enter keeps it." in journey.seen()
        await journey.press("enter")
        assert last(journey.session).text == "Half"


async def test_a_target_that_is_matched_is_said(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        await journey.press("n")
        await journey.paste("Look again ?Hot >no=wait a while")
        await journey.press("enter")
        await journey.paste("Wait a while")
        await journey.press("enter")
        assert " no now leads to " in journey.seen()


async def test_a_table_that_is_pasted_asks_for_its_column(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = len(journey.session.activities)
        await to_the_end(journey)
        await journey.press("n")
        await journey.paste("Rinse the pot\tWaiter\nWipe the table\tGuest")
        assert "A table, with the columns 1 Rinse the pot, 2 Waiter" in journey.seen()
        await journey.press("enter", "1", "enter")
        assert "2 lines pasted: 2 post-its" in journey.seen()
        await journey.press("enter")
        texts = [activity.text for activity in journey.session.activities[before:]]
        assert texts == ["Rinse the pot", "Wipe the table"]


async def test_what_is_pasted_keeps_its_joiners(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await to_the_end(journey)
        await journey.press("n")
        await journey.paste("Ask 👩🏽\u200d💻 and می\u200cخواهم ☎\ufe0f")
        await journey.press("enter")
        assert last(journey.session).text == "Ask 👩🏽\u200d💻 and می\u200cخواهم ☎\ufe0f"


@pytest.mark.slow
async def test_the_footer_of_part_2_has_eight_keys_on_every_width(own_sample: Path) -> None:
    for width in (60, 120, 200):
        async with afternoon(own_sample, size=(width, 40)) as journey:
            await journey.press("2", "g", "j")
            shown = {
                active.binding.action
                for active in journey.app.screen.active_bindings.values()
                if active.binding.show
            }
            assert len(shown) == 8
            assert journey.seen().splitlines()[-1].rstrip().endswith("? Help")


async def test_the_footer_dims_on_a_heading_what_does_nothing_there(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "g")
        for key, able in (("j", True), ("k", False), ("j", True)):
            await journey.press(key)
            bar = journey.app.screen.query_one(KeyBar)
            shown = {one.text.plain: one.able for one in bar._keys}
            assert shown["space Confirm"] is able
