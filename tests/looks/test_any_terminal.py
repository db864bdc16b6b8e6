"""Few colours, none, no boxes, no drawing at all: what each terminal is shown."""

import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from offwall import model, tui
from offwall.tui.kit.frame import BarKey, fit_keys
from offwall.tui.looks.appearance import ASCII_STAND_INS, AsciiFilter
from offwall.tui.looks.settings import Settings
from offwall.tui.terminal.capabilities import count_colours, draws_boxes
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

SOURCES = [
    path
    for package in (model, tui)
    for folder in package.__path__
    for kind in ("*.py", "*.tcss", "*.toml")
    for path in Path(folder).rglob(kind)
]
BOXES = re.compile("[\u2500-\u259f]")


@pytest.mark.parametrize(
    ("environment", "number"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "screen-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-kitty"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "screen"}, 16),
        ({"TERM": "vt100"}, 0),
        ({"TERM": "linux-m"}, 0),
        ({}, 16),
        ({"TERM": "no-such-terminal"}, 16),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
    ],
)
def test_how_many_colours_a_terminal_has(environment: dict[str, str], number: int) -> None:
    assert count_colours(environment) == number


def test_which_terminals_draw_boxes() -> None:
    assert not any(draws_boxes({"TERM": term}) for term in ("vt100", "VT220"))
    assert all(draws_boxes({"TERM": term}) for term in ("xterm", "linux", "screen", ""))


def test_each_stand_in_takes_the_cell_that_it_stands_in_for() -> None:
    for code, stand_in in ASCII_STAND_INS.items():
        assert stand_in.isascii()
        assert cell_len(chr(code)) == len(stand_in) == 1
        assert not chr(code).isalpha()


def test_letters_and_money_are_no_marks() -> None:
    text = "Café £5m naïve Łódź 職員 "
    line = AsciiFilter().apply([Segment(text, Style(bold=True)), Segment("│ ✓ …")], Color(0, 0, 0))
    assert line == [Segment(text, Style(bold=True)), Segment("| x ~")]


def test_no_emoji_of_ours_and_no_selector_that_asks_for_one() -> None:
    emoji = re.compile("[\u2600-\u26ff\U0001f000-\U0001faff\u200d\u20e3]")
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert "\ufe0f" not in text, path
        assert not emoji.search(text), path
    assert len(SOURCES) > 200


def test_every_mark_of_ours_has_a_stand_in() -> None:
    """Letters and signs of money need none; a list's bullets and hidden signs are never shown."""
    for path in SOURCES:
        # What is only read from people's files and lines is never shown.
        if path.name not in (
            "appearance.py",
            "pasted.py",
            "text.py",
            "read_back.py",
            "words.py",
        ):
            for mark in set(re.findall("[^\x00-\x7f]", path.read_text(encoding="utf-8"))):
                kind = unicodedata.category(mark)
                assert kind[0] == "L" or kind == "Sc" or ord(mark) in ASCII_STAND_INS, (path, mark)


def looks(journey: Journey) -> list[list[tuple[str, Style]]]:
    """The screen as it goes to the terminal, filters and all."""
    return [
        [(part.text, part.style or Style()) for part in strip]
        for strip in journey.app.screen._compositor.render_strips()
    ]


async def dressed(journey: Journey, wanted: Settings, environment: dict[str, str]) -> None:
    journey.app.apply_settings(wanted, environment=environment)
    journey.app.refresh_css(animate=False)
    await journey.settle()


async def test_without_colours_or_boxes_all_is_still_there(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await dressed(journey, Settings(), {"TERM": "vt100"})
        # Home, part 2 with its line, the wall, a dialog: the cursor is seen without a colour.
        for keys in ((), ("2",), ("W",), ("q", "p")):
            if keys:
                await journey.press(*keys)
            shown = looks(journey)
            parts = [part for line in shown for part in line]
            assert all(
                colour is None or colour.is_default
                for _, look in parts
                for colour in (look.color, look.bgcolor)
            ), keys
            assert not BOXES.search("".join(text for text, _ in parts)), keys
            assert any(look.reverse or look.underline for _, look in parts), keys
        assert "|" in journey.seen()


async def test_few_colours_are_the_terminals_own(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await dressed(journey, Settings(theme="textual-light"), {"TERM": "linux"})
        await journey.press("2")
        assert journey.app.theme == "ansi-light"
        numbers = {
            colour.number
            for line in looks(journey)
            for _, look in line
            for colour in (look.color, look.bgcolor)
            if colour and not colour.is_default
        }
        assert numbers
        assert numbers <= set(range(16))


async def test_a_theme_that_nobody_knows_is_said(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        journey.app.apply_settings(Settings(theme="[red]"), environment={"TERM": "xterm"})
        assert journey.app.theme == "ansi-dark"
        assert "There is no theme '[red]'" in journey.app.looks.wrong


def test_a_dumb_terminal_gets_the_names_of_the_plain_commands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_sample: Path
) -> None:
    from offwall.tui.__main__ import main

    class Terminal:
        def isatty(self) -> bool:
            return True

        def __getattr__(self, name: str) -> Any:
            return getattr(sys.__stdin__, name)

    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main([str(own_sample), "--ascii"]) == 2
    assert "add, next, list, check" in capsys.readouterr().err


def keys(*texts: str, needed: tuple[str, ...] = (), able: bool = True) -> list[BarKey]:
    from textual.content import Content

    return [BarKey(Content(text), able, text in needed) for text in texts]


def test_the_key_bar_keeps_the_way_out_and_help() -> None:
    some = keys("n New", "o Open", "q Back", needed=("q Back",))
    some += keys("u Undo", able=False) + keys("? Help", needed=("? Help",))
    assert fit_keys(some, 40).plain == "n New  o Open  q Back  u Undo  ? Help"
    assert fit_keys(some, 36).plain == "n New o Open q Back u Undo ? Help"
    assert fit_keys(some, 28).plain == "n New o Open q Back ? Help"
    assert fit_keys(some, 20).plain == "n New q Back ? Help"
    assert fit_keys(some, 13).plain == "q Back ? Help"
    assert fit_keys(some, 8).plain == "q Back …"


WALK = [(), *((key,) for key in "1230"), ("2", "r"), ("2", "W"), ("2", "c"), ("2", "a"), ("2", "n")]


@pytest.mark.slow
@pytest.mark.parametrize("way", rest_at_night(WALK, gate=(*WALK,)[:4]))
async def test_sixty_columns_and_twenty_lines_are_enough(
    own_sample: Path, way: tuple[str, ...]
) -> None:
    async with afternoon(own_sample, size=(60, 20)) as journey:
        if way:
            await journey.press(*way)
        last = journey.seen().splitlines()[-1]
        assert last.endswith("Leave" if way == ("2", "n") else "? Help")
        assert "…" not in last
