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


@pytest.mark.slow
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
        ("\x1bO", []),
        ("\x1b[", []),
        ("\x1b[é\x1b[1;\r\x1bOé\x1b[1\x18n", ["é", "enter", "é", "n"]),
        ("one\ntwo\r\n\x1b\n", [*"one", "enter", *"two", "enter", "escape", "enter"]),
        ("\x9b1;5A\x8fB\x9d11;?\x9cn\x90q\x07x", ["ctrl+up", "down", "n", "x"]),
        ("\x1b]" + "y" * 300_000 + "\x07n", ["n"]),
        ("\x1b[27;5;13~\x1b[27;2;9~", ["ctrl+enter", "shift+tab"]),
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


def test_each_waits_as_long_as_its_rest_may_be_late() -> None:
    parser = KeyParser()
    assert parser.patience is None
    for held, patience, comes in [
        ("\x1b", input_driver.ALONE, ["escape"]),
        ("\x1b[1;", input_driver.UNFINISHED, []),
        ("\x1bO", input_driver.UNFINISHED, []),
        ("\x1b]11;rgb:1e1e", input_driver.UNFINISHED, []),
        ("\x1b]11;rgb:1e1e\x1b", input_driver.UNFINISHED, []),
        ("\x1b[200~its end is lost", input_driver.PASTE_TIMEOUT, ["paste its end is lost"]),
    ]:
        assert said(parser.feed(held)) == []
        assert parser.patience == patience
        assert said(parser.tick()) == comes
        assert parser.patience is None
        assert said(parser.tick()) == []
    assert said(parser.feed("n")) == ["n"]


def test_the_rest_of_a_reply_whose_escape_was_taken_for_the_key_is_none() -> None:
    parser = KeyParser()
    assert said([*parser.feed("\x1b"), *parser.tick()]) == ["escape"]
    assert said(parser.feed("]11;rgb:1e1e/1e1e/1e1e\x1b\\n")) == ["n"]
    assert said([*parser.feed("\x1b"), *parser.tick()]) == ["escape"]
    assert said(parser.feed("]XP\x1bn")) == ["right_square_bracket", "X", "P", "escape", "n"]


def test_a_string_without_an_end_is_held_in_little_memory() -> None:
    parser = KeyParser()
    for _ in range(100):
        assert said(parser.feed("y" * 4096 if parser.patience else "\x1b]52;c;")) == []
    assert len(parser._held) <= input_driver.LONGEST_STRING
    assert said(parser.feed("\x1b")) == []
    assert said(parser.feed("\\n")) == ["n"]


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
