"""Text as it is shown: nothing that a terminal would obey, and nothing of the rest changed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.widgets import Input

from offwall.model.records.text import MOST_MARKS, counted, plain, plain_lines, without_controls
from offwall.tui.looks.appearance import CleanLines
from offwall.tui.services.terminal_app import TerminalApp
from tests.journey import afternoon

ANY = st.text(
    st.characters() | st.sampled_from("\x1b\x00\x07\x9b\u202e\u200b\u0301\u0489\ud800[]=")
)
"""Any text at all, surrogates too, with more of what does harm."""

NEVER = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode's kinds that a terminal obeys, hides or cannot be sent."""

KEPT = ("\u0600", "\u0605", "\u06dd", "\u070f", "\u0890", "\u0891", "\u08e2", "\U000110bd")
"""Format characters that have a shape: signs of numbers and verses."""


def harmless(text: str) -> bool:
    return all(
        unicodedata.category(character) not in NEVER or has_shape(character) for character in text
    )


def has_shape(character: str) -> bool:
    return character in KEPT or unicodedata.name(character, "").startswith(
        ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND")
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Score the contract (£5m) – gold, [PO] =1+1 [/b] 🙂 é", None),
        ("Ηλίας مرحبا שלום 契約 हिन्दी ไทย", None),
        ("a\tb\r\nc\u2028d", "a b c d"),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk="),
        ("\x1b[2J\x9b2J\x90\x9c\x00\x7f", "[2J2J"),
        ("ab\u202ecd\u202c\u2066e\u2069\u200b\u200df\ufeff\u00ad", "abcdef"),
        ("x\U000e0041\U000e007f\ufe0fy\u3164z", "xyz"),
        ("a\ud800\udfffb", "ab"),
        ("z" + "\u0301" * 50 + "!", "z" + "\u0301" * MOST_MARKS + "!"),
        ("z" + "\u0489" * 9000, "z" + "\u0489" * MOST_MARKS),
        ("x" * 500, None),
        ("", None),
    ],
)
def test_what_is_shown(text: str, shown: str | None) -> None:
    assert plain(text) == (text if shown is None else shown)


@given(ANY)
def test_nothing_a_terminal_would_obey_is_left(text: str) -> None:
    shown = plain(text)
    assert harmless(shown)
    shown.encode()
    assert plain(shown) == shown
    assert plain_lines(text).split("\n") == [plain(line) for line in plain_lines(text).split("\n")]


@given(ANY)
def test_a_line_is_cleaned_and_keeps_its_width(text: str) -> None:
    cleaned = CleanLines().apply([Segment("| "), Segment(text), Segment(" |")], Color(0, 0, 0))
    assert all(harmless(segment.text) for segment in cleaned)
    assert [cell_len(segment.text) for segment in cleaned] == [2, cell_len(text), 2]


@pytest.mark.parametrize("stock", [False, True], ids=["own", "stock"])
async def test_a_field_is_cleaned_as_stock_textual_still_does_not(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch, stock: bool
) -> None:
    """When the stock one fails, Textual cleans what it shows, and `CleanLines` can go."""
    if stock:
        monkeypatch.setattr(TerminalApp, "get_line_filters", App.get_line_filters)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "p")
        journey.app.screen.query_one("#ask-text", Input).value = "a\x9b2J\u202eb"
        await journey.settle()
        assert ("\x9b" in journey.seen()) is stock
        assert ("\u202e" in journey.seen()) is stock


def test_a_paste_keeps_what_keys_type() -> None:
    assert without_controls("a\tb\r\nc 👩\u200d👧 \u202e") == "a\tb\r\nc 👩\u200d👧 \u202e"
    assert without_controls("\x1b[2J\x00\x7f\x9b\ud800") == "[2J\ufffd"


def test_counting() -> None:
    assert counted(1, "activity", "activities") == "1 activity"
    assert counted(1200, "stage") == "1,200 stages"
