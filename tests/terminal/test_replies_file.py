"""The table of what terminals send is well formed, and no kind of reply is missing."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

REPLIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("replies.toml").read_text(encoding="utf-8")
)["replies"]
TERMINALS = {
    *("kitty", "xterm", "tmux", "screen", "PuTTY", "Windows Terminal", "mosh", "iTerm2"),
    *("VTE", "foot", "WezTerm", "Linux console"),
}
WHAT = {"osc", "dcs", "apc", "pm", "sos", "report", "csi", "several", "key", "paste"}


def test_there_are_enough_of_each_terminal_and_kind() -> None:
    assert len({(one["name"], one["terminal"]) for one in REPLIES}) == len(REPLIES) >= 45
    assert {one["terminal"] for one in REPLIES} == TERMINALS
    assert {one["what"] for one in REPLIES} == WHAT


@pytest.mark.parametrize("one", REPLIES, ids=lambda one: f"{one['terminal']}: {one['name']}")
def test_a_reply_says_what_comes_and_which_keys_it_makes(one: dict[str, Any]) -> None:
    known = {"name", "terminal", "what", "bytes", "parts", "wait", "keys", "paste", "source", "why"}
    assert not set(one) - known
    assert ("bytes" in one) != ("parts" in one)
    assert "parts" not in one or "wait" in one
    sent = one["bytes"] if "bytes" in one else "".join(one["parts"])
    assert sent.encode("latin-1")
    assert all(isinstance(key, str) and key for key in one["keys"])
    assert one["source"]
