"""Part 2 narrowed: what a filter shows, and that nothing vanishes from under the hand."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


async def ask(journey: Journey, text: str) -> None:
    """Filter by keys; what stands in the field is typed over."""
    await journey.press("f")
    await journey.paste(text)
    await journey.press("enter")


def table(journey: Journey) -> ActivityTable:
    return journey.app.screen.query_one(ActivityTable)


def shown(journey: Journey) -> list[str]:
    """The refs in view, as the table has them."""
    ref = journey.session.ref_by_id
    return [ref[row.key] for row in table(journey).rows if not row.heading]


async def test_a_filter_narrows_says_so_and_one_key_clears_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g")
        await ask(journey, "@cm !d")
        seen = journey.seen()
        assert "shown 4 of 48: @cm !d" in seen
        assert "Esc all" in seen
        assert shown(journey) == ["S1.01", "S3.05", "S6.04", "S8.05"]
        assert "S2 Mobilisation" not in seen
        await ask(journey, "@cm !d /S3")
        assert shown(journey) == ["S3.05"]
        assert "Agree improvement plan" in seen
        await journey.press("escape")
        assert len(shown(journey)) == 48
        assert "shown" not in journey.seen()
        # The cursor stays where it stood.
        assert journey.session.ref_by_id[table(journey).key] == "S3.05"


@pytest.mark.slow
async def test_what_there_is_not_is_said_beside_the_field_and_the_typing_stays(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        for text, said in (
            ("@cmx", "No role is called"),
            ("/S77", "No one stage is meant"),
            ("%tin", "No tier is called"),
            ("no such words anywhere", "No activity matches."),
        ):
            await ask(journey, text)
            assert said in journey.seen()
            assert text in journey.seen()
            await journey.press("escape")
            assert len(shown(journey)) == 48
        await ask(journey, "/S2")
        await ask(journey, "")
        await journey.press("f", "backspace", "enter")
        assert len(shown(journey)) == 48


@pytest.mark.slow
async def test_what_is_confirmed_or_made_under_a_filter_stays_in_view(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        await ask(journey, "unconfirmed")
        before = shown(journey)
        waiting = [a for a in journey.session.in_order if not (a.confirmed or a.open_point)]
        table(journey).go_to(waiting[0].id)
        await journey.press("space")
        assert journey.session.activity_by_id[waiting[0].id].confirmed
        assert shown(journey) == before
        await journey.press("n")
        await journey.paste("Agree who signs @cm")
        await journey.press("enter", "escape")
        made = next(a for a in journey.session.activities if a.text == "Agree who signs")
        assert journey.session.ref_by_id[made.id] in shown(journey)
        assert table(journey).key == made.id
        await journey.press("x", "u")
        assert journey.session.ref_by_id[made.id] in shown(journey)
        await journey.press("u")
        assert len(shown(journey)) == len(before)
        assert len(journey.on_disk().activities) == 48


@pytest.mark.slow
async def test_confirming_and_stages_keep_to_what_is_in_view(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        waiting = [a for a in journey.session.in_order if not (a.confirmed or a.open_point)]
        await ask(journey, f"any:{waiting[0].lead} {waiting[0].text}")
        await journey.press("space")
        assert journey.session.activity_by_id[waiting[0].id].confirmed
        assert table(journey).key == waiting[0].id
        await ask(journey, "!g")
        stages = {ref.partition(".")[0] for ref in shown(journey)}
        assert len(stages) < 8
        await journey.press("g", *"llllllll")
        assert table(journey).stage == max(stages)
        await journey.press("h")
        assert table(journey).stage == sorted(stages)[-2]


@pytest.mark.slow
async def test_typing_under_a_filter_is_kept_where_the_cursor_stands(tmp_path: Path) -> None:
    async with afternoon(copy_of("cup-of-coffee", tmp_path), size=(60, 20)) as journey:
        await journey.press("2")
        await ask(journey, "kettle")
        assert "shown 1 of 6: kettle" in journey.seen()
        await journey.press("n")
        await journey.paste("Warm the cup")
        await journey.press("enter", "escape")
        assert shown(journey) == ["S1.02", "S1.03"]
        assert [a.text for a in journey.on_disk().in_order][2] == "Warm the cup"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_hostile_text_is_found_and_shown_as_text(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with afternoon(copy_of("brackets", tmp_path), size=size) as journey:
        await journey.press("2")
        for text in ("[PO]", "\\@SUM(A1)", "=1+1", "日本語", "@[PO] sends [red]x[/red] to [/"):
            await ask(journey, text)
            assert table(journey).seen.filter
            assert f": {text}" in journey.seen()
            assert "\x1b" not in journey.seen()
        await ask(journey, "[/ " + "x" * 500)
        assert "No activity matches." in journey.seen()


async def test_an_empty_wall_has_nothing_to_filter(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("2", "f", "escape")
        assert "no stages yet" in journey.seen()
        assert "Filter" not in journey.seen()


@pytest.mark.parametrize(("pressed", "label", "above"), [("slash", "Find", 1), ("f", "Filter", 4)])
async def test_a_search_is_typed_on_the_last_line_and_the_list_stays(
    own_sample: Path, pressed: str, label: str, above: int
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g")
        before = journey.seen().splitlines()
        await journey.press(pressed, *"zzz")
        *rest, last = journey.seen().splitlines()
        assert last.split()[:2] == [label, "zzz"]
        assert last.endswith("Esc leaves")
        assert rest[: -above + 1 or None] == before[:-above]
        await journey.press("enter")
        wrong = journey.seen().splitlines()
        assert any(label in line and "zzz" in line for line in wrong), "the typing stays"
        assert any(said in wrong[-1] for said in ("No activity matches.", "has that text."))
        await journey.press("escape")
        assert journey.seen().splitlines()[-1] == before[-1]
        assert journey.app.focused is table(journey)
        await journey.press(pressed, *"yyy")
        *rest, last = journey.seen().splitlines()
        assert last.split()[:2] == [label, "yyy"]
        assert rest[: -above + 1 or None] == before[:-above], "what was wrong then is not said"
        await journey.press("escape")
        await journey.pilot.resize_terminal(40, 10)
        await journey.press(pressed, *"xxx")
        assert f"{label} xxx" in journey.seen().splitlines()[-1], "on another screen it is laid out"


async def test_on_a_screen_of_few_lines_the_field_is_still_seen(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(40, 10)) as journey:
        await journey.press("2", "f", *"@cm")
        assert "Filter @cm" in journey.seen().splitlines()[-1]
