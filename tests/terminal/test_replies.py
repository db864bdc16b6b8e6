"""What terminals send by themselves is no key and changes nothing, whole or cut, at any screen."""

import tomllib
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import AppFocus, Key, Paste
from textual.message import Message

from offwall.tui.terminal.input_driver import KeyParser
from tests.journey import afternoon

REPLIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("replies.toml").read_text(encoding="utf-8")
)["replies"]
SILENT = [one for one in REPLIES if not one["keys"] and "paste" not in one]
BEHIND = "z"
"""A key behind each reply, which must come as itself."""


def name(one: dict[str, Any]) -> str:
    return f"{one['terminal']}: {one['name']}"


def read(parts: Iterable[str], *, wait: bool) -> Iterator[Message]:
    """What the parser makes of parts of bytes, and of the key behind them when all is over."""
    parser, decode = KeyParser(), getincrementaldecoder("utf-8")(errors="replace").decode
    for place, part in enumerate(parts):
        if place and wait:
            yield from parser.tick()
        if text := decode(part.encode("latin-1")):
            yield from parser.feed(text)
    yield from parser.tick()
    yield from parser.feed(BEHIND)


def made(parts: Iterable[str], *, wait: bool) -> list[str]:
    """The keys by their names, and pastes."""
    return [
        one.key if isinstance(one, Key) else f"paste {one.text}"
        for one in read(parts, wait=wait)
        if isinstance(one, Key | Paste)
    ]


def expected(one: dict[str, Any]) -> list[str]:
    return [*one["keys"], *([f"paste {one['paste']}"] if "paste" in one else []), BEHIND]


@pytest.mark.parametrize("one", REPLIES, ids=name)
def test_a_reply_makes_the_keys_it_should(one: dict[str, Any]) -> None:
    parts = one.get("parts") or [one["bytes"]]
    assert made(parts, wait=one.get("wait", False)) == expected(one)


@pytest.mark.night
@pytest.mark.parametrize("one", [one for one in REPLIES if "bytes" in one], ids=name)
def test_a_reply_cut_anywhere_makes_the_same_keys(one: dict[str, Any]) -> None:
    sent = one["bytes"]
    for at in range(1, len(sent)):
        assert made([sent[:at], sent[at:]], wait=False) == expected(one), at
    assert made(sent, wait=False) == expected(one)


@pytest.mark.night
@pytest.mark.parametrize("one", SILENT, ids=name)
def test_a_reply_cut_for_good_types_nothing(one: dict[str, Any]) -> None:
    sent = "".join(one.get("parts") or [one["bytes"]])
    for at in range(2, len(sent)):
        # One that breaks off just behind an Esc of its own is that key.
        assert set(made([sent[:at]], wait=False)[:-1]) <= {"escape"}, at


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    [["2"], ["2", "n", *"Check the budget "], ["2", "p", *"A thought"], ["3"], ["2", "r"], []],
    ids=["list", "line", "dialog", "plan", "grid", "home"],
)
async def test_no_reply_changes_anything_at_a_screen(own_sample: Path, keys: list[str]) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press(*keys)
        await journey.settle()
        before = (journey.session, journey.seen(), journey.app.focused)
        for one in SILENT:
            parts = one.get("parts") or [one["bytes"]]
            *messages, _ = read(parts, wait=one.get("wait", False))
            for message in messages:
                journey.app.post_message(message)
        # The last report of the focus said that it is lost, and nobody has typed since.
        journey.app.post_message(AppFocus())
        await journey.settle()
        assert (journey.session, journey.seen(), journey.app.focused) == before
