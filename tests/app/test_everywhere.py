"""Every screen with every sample, hostile text among them: alive, and nothing unseen is sent."""

import re
from itertools import product
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.tui.home import HomeScreen
from tests.journey import afternoon
from tests.nightly import rest_at_night

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

WAYS = {
    "topic": ["1", "j", "enter", "escape", "l", "j", "e", "escape", "l", "j", "e", "escape"],
    "challenge": ["1", "enter", "j", "enter", "?", "escape"],
    "tiering": ["1", *"jj", "enter", *"jljljl", "?", "escape"],
    "governance": ["1", *"jjj", "enter", *"jljl", "?", "escape"],
    "ranking": ["1", "G", "k", "enter", *"jljl", "?", "escape"],
    "record": ["2", "j", "e", "escape", "G", "n", "escape", "?", "escape"],
    "raci": ["2", "g", "j", "r", "j", "l", "G", "escape"],
    "wall": ["2", "g", "j", "W", "l", "j", "enter", "escape", "escape"],
    "checks": ["2", "g", "j", "c", "j", "G"],
    "words": ["2", "g", "j", "y", "j", "G"],
    "plan": ["3", "j", "l", "j", "l", "j", "h"],
    "close down": ["C", "j", "G", "?", "escape"],
    "set up": ["0", *"123456", "j", "e", "escape"],
}


DEEPEST = 4
"""Screens that stand one above another at the most."""

GATE = [("brackets", (80, 24)), ("contract-management", (120, 40))]
"""The hostile sample at the size that the screens are designed for, and the one with everything."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    rest_at_night(product(sample_sessions.NAMES, [(80, 24), (120, 40)]), gate=GATE, names=2),
)
async def test_every_screen_stands_and_shows_text_as_text(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    before = path.read_bytes()
    async with afternoon(path, size=size) as journey:
        opened = journey.session
        for screen, keys in WAYS.items():
            await journey.press(*keys)
            assert not UNSEEN.search(journey.seen()), screen
            for key in ("escape", "q") * DEEPEST:
                if not isinstance(journey.app.screen, HomeScreen):
                    await journey.press(key)  # on the first screen q would leave
        assert journey.app.is_running
        assert journey.session.activities == opened.activities
    if journey.session == opened:
        assert path.read_bytes() == before
