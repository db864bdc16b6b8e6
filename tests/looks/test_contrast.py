"""Every theme that is offered can be read: WCAG 2.2, level AA, by the theme and on the screens."""

import os
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import Color
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES

from offwall import sample_sessions
from offwall.tui.app import OffwallApp
from offwall.tui.looks.appearance import PROJECTOR
from offwall.tui.looks.contrast import (
    COLOURED,
    GROUNDS,
    INK,
    INK_ON_COLOURED,
    LANES_256,
    LINES,
    TRACKS,
    ColourMapping,
    colour_256,
    contrast,
    readable_theme,
    theme_16,
    true_colour,
)
from offwall.tui.looks.settings import Settings
from tests.journey import Journey, afternoon

OFFERED = BUILTIN_THEMES | {PROJECTOR.name: PROJECTOR}
THEMES = [name for name, theme in OFFERED.items() if not theme.ansi]
AA_TEXT, AA_DRAWN, AAA = 4.5, 3.0, 7.0

VGA = ["000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa"]
VGA += ["555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"]
XTERM = ["000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5"]
XTERM += ["7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff"]
NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
NAMES += [f"bright_{name}" for name in NAMES]


def test_contrast_is_what_wcag_says() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(black, white) == contrast(white, black) == 21
    assert contrast(white, white) == 1
    assert round(contrast(Color.parse("#767676"), white), 2) == 4.54  # W3C's own example
    assert round(contrast(Color.parse("#777777"), white), 2) == 4.48


def mended(name: str, seen: ColourMapping) -> dict[str, str]:
    theme = OFFERED[name]
    variables = theme.to_color_system().generate() | theme.variables
    if seen is colour_256:
        variables |= LANES_256[theme.dark]
    return readable_theme(variables, dark=theme.dark, seen=seen)


@pytest.mark.parametrize("seen", [true_colour, colour_256])
@pytest.mark.parametrize("name", THEMES)
def test_each_ink_on_each_ground(name: str, seen: ColourMapping) -> None:
    found = {key: Color.parse(value) for key, value in mended(name, seen).items() if key in ALL}
    for ground in GROUNDS:
        for ink in INK:
            assert contrast(seen(found[ink]), seen(found[ground])) >= AA_TEXT, (ink, ground)
    for ground in GROUNDS + TRACKS:
        for line in LINES:
            assert contrast(seen(found[line]), seen(found[ground])) >= AA_DRAWN, (line, ground)
    for ground in COLOURED:
        for ink in INK_ON_COLOURED:
            assert contrast(seen(found[ink]), seen(found[ground])) >= AA_TEXT, (ink, ground)
    assert len({seen(found[ground]) for ground in COLOURED}) == len(COLOURED)
    cursor = seen(found["block-cursor-background"])
    assert contrast(seen(found["block-cursor-foreground"]), cursor) >= AA_TEXT


ALL = {*GROUNDS, *TRACKS, *COLOURED, *INK, *LINES, "block-cursor-foreground"}


def test_the_projector_s_own_colours_are_level_aaa_and_are_not_mended() -> None:
    said = PROJECTOR.variables
    found = mended("projector", true_colour)
    assert {name: found[name].upper() for name in said if name in ALL} == {
        name: colour.upper() for name, colour in said.items() if name in ALL
    }
    for ink in ("text", "text-muted", "text-primary", "text-accent", "text-warning", "text-error"):
        for ground in ("background", "surface", "panel"):
            assert contrast(Color.parse(found[ink]), Color.parse(found[ground])) >= AAA, (
                ink,
                ground,
            )


def test_what_needs_no_mending_is_left() -> None:
    theme = BUILTIN_THEMES["textual-dark"]
    before = theme.to_color_system().generate() | theme.variables
    after = mended("textual-dark", true_colour)
    assert after["background"] == before["background"]
    assert after["text-accent"] == before["text-accent"]
    assert after["block-cursor-background"] != "#000000"


@pytest.mark.parametrize("palette", [VGA, XTERM])
@pytest.mark.parametrize("dark", [True, False])
def test_the_terminals_own_colours_stand_out_from_its_ground(
    palette: list[str], dark: bool
) -> None:
    found = theme_16({}, dark=dark)
    ground = Color.parse("#000000" if dark else "#ffffff")
    shown = dict(zip(NAMES, palette, strict=True))
    for name, said in found.items():
        if name.startswith("text-") and said != "ansi_default":
            colour = Color.parse(f"#{shown[said.removeprefix('ansi_')]}")
            assert contrast(colour, ground) >= AA_TEXT, (name, said)


def unread(journey: Journey, system: ColorSystem) -> set[tuple[str, str]]:
    """The words on the screen that do not stand out; what cannot be done now may be fainter.

    Where something is asked, what lies under the question is not looked at: it is dimmed.
    """
    screen = journey.app.screen
    asks = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    faint = Color.parse(journey.app.theme_variables["text-disabled"]).rich_color
    found = set()
    for strip in screen._compositor.render_strips()[asks.y : asks.bottom]:
        for part in strip.crop(asks.x, asks.right):
            if any(map(str.isalnum, part.text)) and ratio(part, system) < (
                AA_DRAWN if part.style and part.style.color == faint else AA_TEXT
            ):
                found.add((part.text.strip(), str(part.style)))
    return found


def ratio(part: Segment, system: ColorSystem) -> float:
    assert part.style
    assert part.style.color
    assert part.style.bgcolor
    assert not part.style.dim
    ink, ground = (
        Color.from_rich_color(colour.downgrade(system))  # as it is sent
        for colour in (part.style.color, part.style.bgcolor)
    )
    return contrast(ink, ground)


Way = tuple[str, ...]

WAYS: list[Way] = [(), ("2", "n", "x")]
MORE: list[Way] = [
    ("1", "l", "l"),
    ("2",),
    ("2", "W"),
    ("3",),
    ("0",),
    ("1",),
    ("1", "j", "j", "enter"),
    ("2", "r"),
    ("2", "c"),
    ("2", "y"),
    ("2", "W"),
    ("3", "l"),
]


async def look(path: Path, themes: list[str], ways: list[Way], term: dict[str, str]) -> None:
    system = ColorSystem.TRUECOLOR if "COLORTERM" in term else ColorSystem.EIGHT_BIT
    async with afternoon(path) as journey:
        for way in ways:
            if way:
                await journey.press(*way)
            for theme in themes:
                journey.app.apply_settings(Settings(theme=theme), environment=term)
                journey.app.refresh_css(animate=False)
                await journey.settle()
                assert not unread(journey, system), (theme, way)
            while len(journey.app.screen_stack) > 2:
                await journey.press("escape")
                if len(journey.app.screen_stack) > 2:
                    await journey.press("q")


SSH = {"TERM": "xterm-256color"}
TRUE = SSH | {"COLORTERM": "truecolor"}


@pytest.mark.slow
async def test_what_an_empty_list_says_can_be_read_on_a_light_ground(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    ways: list[Way] = [("2",), ("3", "l", "l", "l"), ("0", "l", "l", "l")]
    await look(path, ["textual-light", "projector", "textual-dark"], ways, TRUE)


@pytest.mark.slow
async def test_every_word_on_the_screens_can_be_read(own_sample: Path) -> None:
    await look(own_sample, ["textual-dark", "textual-light"], WAYS, SSH)


@pytest.mark.night
@pytest.mark.parametrize("term", [SSH, TRUE], ids=["256", "true"])
async def test_every_word_in_every_theme(own_sample: Path, term: dict[str, str]) -> None:
    await look(own_sample, THEMES, WAYS + MORE, term)


def test_the_palette_offers_these_themes_and_the_terminals_own(own_sample: Path) -> None:
    app = OffwallApp(own_sample)
    try:
        assert set(app.available_themes) == {*THEMES, "ansi-dark", "ansi-light"}
    finally:
        app.services.close()
    assert os.environ.get("TEXTUAL_THEME") is None
