"""Where the keys go is always seen: whatever can have the focus looks otherwise when it has it."""

from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color

from offwall.tui.looks.contrast import contrast
from offwall.tui.looks.settings import Settings
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

DRAWN = 3.0
"""WCAG 2.2, 1.4.11: what shows the focus has three times the luminance of what is beside it."""

WAYS: dict[str, tuple[str, ...]] = {
    "home": (),
    "record": ("2",),
    "the line": ("2", "n"),
}
MORE: dict[str, tuple[str, ...]] = {
    "topic": ("1",),
    "raci": ("2", "r"),
    "wall": ("2", "W"),
    "plan": ("3",),
    "a form": ("p",),
    "issues": ("1", "l"),
    "ranking": ("1", "l", "l"),
    "tiering": ("1", "j", "j", "enter"),
    "governance": ("1", "j", "j", "j", "enter"),
    "checks": ("2", "c"),
    "words": ("2", "y"),
    "walk": ("2", "W"),
    "a choice": ("2", "d"),
    "next steps": ("3", "l"),
    "photos": ("3", "l", "l"),
    "set up": ("0",),
    "stages": ("0", "l"),
    "a row of the form": ("0", "e", "tab"),
    "an action": ("3", "n"),
}

Cells = list[tuple[str, Style]]


def cells(journey: Journey) -> Cells:
    return [
        (character, part.style or Style())
        for strip in journey.app.screen._compositor.render_strips()
        for part in strip
        for character in part.text
    ]


def stands_out(style: Style, beside: Style) -> bool:
    """Whether it is seen: by a look that needs no colour, or by how light its ground is."""
    looks = {(bool(one.reverse), bool(one.underline)) for one in (style, beside)}
    if len(looks) == 2:
        return True
    colours = [one.bgcolor for one in (style, beside)]
    if any(colour is None or colour.triplet is None for colour in colours):
        return False
    return contrast(*(Color.from_rich_color(colour) for colour in colours)) >= DRAWN


async def look(path: Path, environment: dict[str, str], ways: dict[str, tuple[str, ...]]) -> None:
    async with afternoon(path) as journey:
        journey.app.apply_settings(Settings(), environment=environment)
        journey.app.refresh_css(animate=False)
        for name, way in ways.items():
            if way:
                await journey.press(*way)
            with_it = cells(journey)
            focused = journey.app.screen.focused
            assert focused is not None, name
            journey.app.screen.set_focus(None)
            await journey.settle()
            without = cells(journey)
            assert any(
                stands_out(style, before)
                for (_, style), (_, before) in zip(with_it, without, strict=True)
                if style != before
            ), name
            journey.app.screen.set_focus(focused)
            while len(journey.app.screen_stack) > 2:
                await journey.press("escape")
                if len(journey.app.screen_stack) > 2:
                    await journey.press("q")


TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
SIXTEEN = {"TERM": "linux"}
NONE = {"TERM": "vt100"}


@pytest.mark.slow
async def test_where_the_keys_go_is_seen(own_sample: Path) -> None:
    await look(own_sample, NONE, WAYS)


@pytest.mark.slow
@pytest.mark.parametrize("environment", rest_at_night([NONE, TRUE]), ids=["none", "colours"])
async def test_where_the_keys_go_is_seen_everywhere(
    own_sample: Path, environment: dict[str, str]
) -> None:
    await look(own_sample, environment, WAYS | MORE)


@pytest.mark.parametrize("environment", [TRUE, SIXTEEN, NONE], ids=["colours", "sixteen", "none"])
async def test_what_enter_takes_is_seen_in_a_list_under_a_field(
    own_sample: Path, environment: dict[str, str]
) -> None:
    async with afternoon(own_sample) as journey:
        journey.app.apply_settings(Settings(), environment=environment)
        journey.app.refresh_css(animate=False)
        for way in (",", ":"):
            await journey.press(way)
            await journey.settle()
            before = cells(journey)
            await journey.press("down")
            pairs = zip(cells(journey), before, strict=True)
            looks = [(style, was) for (_, style), (_, was) in pairs if style != was]
            assert any(stands_out(style, was) for style, was in looks), way
            await journey.press("escape")


async def test_the_frame_with_the_keys_has_a_heavy_top(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("3")
        for beside, heavy in (("Load", "Plan"), ("Plan", "Load")):
            top = next(row for row in journey.seen().splitlines() if "╭─ " in row)
            assert f"╭─ {beside} ─" in top
            assert f"┏━ {heavy} ━" in top
            await journey.press("tab")


async def test_the_field_with_the_keys_has_the_bold_label(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("p")
        labels = journey.app.screen.query(".form-label")
        for strong in (0, 1):
            bold = [bool(one.visual_style.bold) for one in labels]
            assert bold == [place == strong for place in range(len(labels))]
            await journey.press("tab")
