"""The light driver on a real pseudo-terminal: another size, a suspension, a repaint, a setting."""

import os
import signal
from pathlib import Path

import pytest

from tests.faults.pty_driver import terminal

pytestmark = pytest.mark.slow  # drives the real command in a real terminal

HOME = "Consider a specialist topic"
CLEARED = b"\x1b[2J"


def test_the_screen_is_whole_after_another_size_a_suspension_and_on_demand(
    own_sample: Path,
) -> None:
    with terminal(own_sample) as found:
        found.wait_for(HOME)
        found.send("2")
        found.wait_for("Activity")
        assert len(found.raw) < 9_000
        found.resize(100, 30)
        found.signal(signal.SIGWINCH)
        cleared = found.raw.count(CLEARED)
        found.wait_for(lambda: found.raw.count(CLEARED) > cleared)
        found.wait_for("Activity")
        before = len(found.raw)
        found.send("\x0c")
        found.wait_for(lambda: CLEARED in found.raw[before:])
        found.signal(signal.SIGTSTP)
        found.wait_for(lambda: found.stopped)
        # What it has written reaches this end a moment after it stopped.
        found.wait_for(lambda: b"\x1b[?1049l" in found.raw)
        before = len(found.raw)
        os.kill(found.process.pid, signal.SIGCONT)
        found.wait_for(lambda: CLEARED in found.raw[before:])
        found.wait_for("Activity")
        found.send("\x11")
        assert found.ended() == 0


def test_one_setting_has_all_sent_as_textual_draws_it(own_sample: Path) -> None:
    shown = []
    for setting in ("", "textual"):
        with terminal(own_sample, OFFWALL_DRIVER=setting) as found:
            found.wait_for(HOME)
            found.wait_for("q Leave")
            found.quiet()
            shown.append((found.shown, len(found.raw)))
            found.send("\x11")
            assert found.ended() == 0
    (light, few), (own, many) = shown
    assert light == own
    assert few < many / 2


def test_what_one_key_does_is_drawn_without_a_second_one(own_sample: Path) -> None:
    with terminal(own_sample) as found:
        found.wait_for(HOME)
        found.quiet()
        found.send("p")
        found.wait_for("Park a thought")
        found.quiet()
        for letter in "abc":
            found.send(letter)
            found.quiet()
        assert "abc" in found.shown
        found.send("\x1b")
        found.wait_for(HOME)
        found.send("\x11")
        assert found.ended() == 0
