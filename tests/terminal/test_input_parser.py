"""What the terminal sends becomes keys, pastes and reports, however it is cut into pieces."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseDown, Paste, Resize
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from offwall.tui.terminal import input_driver
from offwall.tui.terminal.input_driver import KeyParser


def said(messages: Iterable[Message]) -> list[str]:
    """Keys by their names, pastes by their text, all else by its kind."""
    return [
        message.key
        if isinstance(message, Key)
        else f"paste {message.text}"
        if isinstance(message, Paste)
        else type(message).__name__
        for message in messages
    ]


def read(*pieces: str, parser: XTermParser | None = None) -> list[str]:
    found = parser or KeyParser()
    messages = [message for piece in pieces for message in found.feed(piece)]
    return said([*messages, *found.feed("")])


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("abc\r", ["a", "b", "c", "enter"]),
        ("\x1bn", ["escape", "n"]),
        ("x\x1b1ab", ["x", "escape", "1", "a", "b"]),
        ("\x1b\x1b\x1b", ["escape"] * 3),
        ("\x1b\x7f\x1b\t\x1b\r", ["escape", "backspace", "escape", "tab", "escape", "enter"]),
        ("\x1b[A\x1bOB\x1b[1;5C\x1b[Z", ["up", "down", "ctrl+right", "shift+tab"]),
        ("\x1b\x1b[B", ["escape", "down"]),
        ("\x1b[27u\x1b[110u", ["escape", "n"]),
        ("\x1b[[A\x1bOP", ["f1", "f1"]),
        ("\x1bO", ["escape", "O"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
        ("\x1b[é", ["escape", "left_square_bracket", "é"]),
        ("\x1bé\x1b🙂", ["escape", "é", "escape", "slightly_smiling_face"]),
        ("\x1b[?1;2cn", ["n"]),
        ("\x1b[99999999999;1un", ["n"]),
        ("\x1b[" + "9" * 5000 + "un", ["n"]),
        ("\x1b[200~two\rlines\x1b[201~n", ["paste two\rlines", "n"]),
        ("\x1b[200~a\x1bnb\x1b[Ac\x1b[201~n", ["paste a\x1bnb\x1b[Ac", "n"]),
        ("\x1b[200~\x1b[201~n", ["paste ", "n"]),
        ("\x1b[200~never ended", ["paste never ended"]),
        ("\x1b[?2026;2$y\x1b[<0;3;4M\x1b[48;24;80;0;0t", ["sync", "mouse", "size"]),
    ],
)
def test_what_is_sent_is_what_was_meant(sent: str, keys: list[str]) -> None:
    names = {
        "sync": TerminalSupportsSynchronizedOutput.__name__,
        "mouse": MouseDown.__name__,
        "size": Resize.__name__,
    }
    expected = [names.get(key, key) for key in keys]
    assert read(sent) == expected
    assert read(*sent) == expected


PASTE = "\x1b[200~p\x1b[201~"
UNITS = [
    "a",
    "n",
    "[",
    "O",
    "1",
    "é",
    "🙂",
    "\r",
    "\x7f",
    "\x1b[A",
    "\x1bOB",
    "\x1b[200~p\x1b[201~",
]


@given(st.data(), st.lists(st.sampled_from([*UNITS, "\x1b"]), max_size=40))
def test_pieces_make_no_difference(data: st.DataObject, units: list[str]) -> None:
    sent = "".join(units)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=5)))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert read(*filter(None, pieces)) == read(*filter(None, [sent]))


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b[O<;0123456789~um\x00\x9b")))
def test_no_text_at_all_ends_it_or_takes_the_keys_behind(sent: str) -> None:
    parser = KeyParser()
    list(parser.feed("\x1b[200~" + sent.replace("\x1b", "") + "\x1b[201~")) if sent else None
    list(parser.feed(sent + "z\x1b[201~"))
    assert said(parser.feed("q"))[-1] in ("q", "paste q")


def test_an_escape_waits_for_what_may_follow_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(input_driver, "monotonic", lambda: now[0])
    parser = KeyParser()
    assert said(parser.feed("\x1b")) == []
    now[0] += 0.01
    assert said(parser.tick()) == []
    assert said(parser.feed("[A")) == ["up"]
    list(parser.feed("\x1b"))
    now[0] += 1
    assert said(parser.tick()) == ["escape"]
    assert said(parser.tick()) == []
    list(parser.feed("\x1b[200~the line stalls"))
    now[0] += 1
    assert said(parser.tick()) == []
    assert said(parser.feed(" and flows\x1b[201~")) == ["paste the line stalls and flows"]
    list(parser.feed("\x1b[200~its end is lost"))
    now[0] += input_driver.PASTE_TIMEOUT
    assert said(parser.tick()) == ["paste its end is lost"]


def test_a_paste_of_a_megabyte_is_read_at_once() -> None:
    text = "A long line of text\r" * 50_000
    sent = f"\x1b[200~{text}\x1b[201~n"
    pieces = [sent[at : at + 4096] for at in range(0, len(sent), 4096)]
    assert read(*pieces) == [f"paste {text}", "n"]


def test_the_stock_parser_still_takes_escape_and_a_key_for_something_else() -> None:
    """When this fails, Textual parts Esc from the next key and tui/terminal/input_driver.py can
    go.
    """
    assert read("\x1bn", parser=XTermParser()) != ["escape", "n"]
    assert read("\x1b1", parser=XTermParser()) != ["escape", "1"]


def test_the_stock_parser_still_spills_a_paste_with_an_escape() -> None:
    """When this fails, Textual keeps a paste together whatever is in it."""
    spilt = read("\x1b[200~a\x1bnb" + "c" * 40 + "\x1b[201~", parser=XTermParser())
    assert spilt != ["paste a\x1bnb" + "c" * 40]
