"""The program ends in the middle of typing: what was shown as kept is found again, once."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.damage import (
    Typing,
    dropped,
    end_while_typing,
    hung_up,
    killed,
    reopened,
    terminated,
)
from tests.faults.pty_driver import Terminal, terminal

pytestmark = [
    pytest.mark.slow,  # drives the real command in a real terminal
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

LEAST = 20_000
"""Bytes that a file may have: fewer than the sample's, more than a few lines of a journal."""


@pytest.mark.parametrize(
    "seed",
    [
        *range(3),
        *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 5)),
        *(pytest.param(seed, marks=pytest.mark.night) for seed in range(5, 40)),
    ],
)
def test_kill_9_at_any_moment_loses_nothing_that_was_kept(own_sample: Path, seed: int) -> None:
    found = end_while_typing(own_sample, seed, killed)
    assert (found.missing, found.doubled) == (0, 0)


@pytest.mark.parametrize("seed", range(2))
def test_kill_9_takes_nothing_from_who_paused_for_a_moment(own_sample: Path, seed: int) -> None:
    found = end_while_typing(own_sample, seed, killed, rests=True)
    assert (found.missing, found.doubled, found.lost) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("end", "seed"),
    [
        (terminated, 0),
        *(pytest.param(end, 1, marks=pytest.mark.slow) for end in (hung_up, dropped)),
        *(
            pytest.param(end, seed, marks=pytest.mark.night)
            for end in (terminated, hung_up, dropped)
            for seed in range(2, 9)
        ),
    ],
)
def test_an_end_in_good_order_keeps_the_line_too(
    own_sample: Path, end: Callable[[Terminal], object], seed: int
) -> None:
    found = end_while_typing(own_sample, seed, end)
    assert (found.missing, found.doubled, found.lost) == (0, 0, 0.0)
    assert found.restored or end is dropped


@pytest.mark.slow
def test_a_file_that_may_not_grow_is_said_and_heals(own_sample: Path) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("needs prlimit")
    before = own_sample.read_bytes()
    with terminal(own_sample) as line:
        typing = Typing(line, 1)
        # The journal is far shorter than the session, and goes on.
        what = (line.process.pid, resource.RLIMIT_FSIZE)
        _, most = limits = resource.prlimit(*what)
        resource.prlimit(*what, (LEAST, most))
        line.send("".join(f"{text}\r" for text in typing.texts[:3]))
        line.wait_for("was not saved (file too large)")
        line.wait_for("kept 3")
        assert own_sample.read_bytes() == before
        resource.prlimit(*what, limits)
        line.wait_for(lambda: typing.texts[2].encode() in own_sample.read_bytes())
        line.wait_for(lambda: "was not saved" not in line.shown)
    texts = [activity.text for activity in reopened(own_sample).in_order]
    assert texts[-3:] == typing.texts[:3]
