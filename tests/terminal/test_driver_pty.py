"""The light driver on a real pseudo-terminal: another size, a suspension, a repaint, a setting."""

import base64
import os
import re
import shutil
import signal
import socket
from pathlib import Path

import pytest

from tests.faults.pty_driver import terminal
from tests.faults.random_keys import but_the_heading

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


def test_one_setting_has_all_sent_as_textual_draws_it(own_sample: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = shutil.copy(own_sample, elsewhere)
    stock = {"OFFWALL_DRIVER": "textual", "XDG_STATE_HOME": str(elsewhere)}
    with terminal(own_sample) as light, terminal(copy, **stock) as own:
        for found in (light, own):
            found.wait_for(HOME)
            found.wait_for("q Leave")
        own.wait_for(lambda: not light.read(0) and but_the_heading(light) == but_the_heading(own))
        assert len(light.raw) < len(own.raw) / 2
        for found in (light, own):
            found.send("\x11")
            assert found.ended() == 0


def test_what_one_key_does_is_drawn_without_a_second_one(own_sample: Path) -> None:
    with terminal(own_sample) as found:
        found.wait_for(HOME)
        found.send("p")
        found.wait_for("Park a thought")
        for typed in ("Z", "Zx", "Zxq"):
            assert typed not in found.shown
            found.send(typed[-1])
            found.wait_for(typed)
        found.send("\x1b")
        found.wait_for(HOME)
        found.send("\x11")
        assert found.ended() == 0


def test_a_copy_reaches_the_terminal_and_its_file_is_a_link(own_sample: Path) -> None:
    with terminal(own_sample) as found:
        found.wait_for(HOME)
        found.send("2")
        found.wait_for("Activity")
        found.send('gjvj"')
        found.wait_for(lambda: b"copied.tsv" in found.raw)
        sent = found.raw.split(b"\x1b]52;c;", 1)[1].split(b"\x07", 1)[0]
        rows = base64.b64decode(sent).decode().splitlines()
        assert rows[0].startswith("Mark\tRef\tActivity\tLead")
        assert [row.split("\t")[1] for row in rows[1:]] == ["S1.01", "S1.02"]
        links = re.findall(rb"\x1b\]8;[^;]*;(file://[^\x1b\x07]+)", found.raw)
        assert links
        assert all(link.endswith(b"/copied.tsv") for link in links)
        assert socket.gethostname().encode() in links[0]
        found.send("\x11")
        assert found.ended() == 0
