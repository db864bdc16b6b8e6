"""The program ends in the middle of typing: what was shown as kept is found again, once."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.damage import dropped, end_while_typing, hung_up, killed, terminated
from tests.faults.pty_driver import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

DRAFT = 0.5
"""Seconds of typing that may be lost."""

BUSY = 2.0
"""What a machine that is busy with something else may make of it."""


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 25))]
)
def test_kill_9_at_any_moment_loses_nothing_that_was_kept(own_sample: Path, seed: int) -> None:
    found = end_while_typing(own_sample, seed, killed)
    assert (found.missing, found.doubled) == (0, 0)
    assert found.lost <= DRAFT + BUSY


@pytest.mark.parametrize(
    ("end", "seed"),
    [
        (terminated, 0),
        *(
            pytest.param(end, seed, marks=pytest.mark.slow)
            for end in (terminated, hung_up, dropped)
            for seed in range(1, 5)
        ),
    ],
)
def test_an_end_in_good_order_keeps_the_line_too(
    own_sample: Path, end: Callable[[Terminal], object], seed: int
) -> None:
    found = end_while_typing(own_sample, seed, end)
    assert (found.missing, found.doubled, found.lost) == (0, 0, 0.0)
    assert found.restored or end is dropped
