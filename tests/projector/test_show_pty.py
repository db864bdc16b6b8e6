"""Recorder and room on two real terminals; and what the room's command opens, asked of Python."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from offwall.tui.services.live_line import SUFFIX
from offwall.tui.services.lock_file import Opener, lock_note_path
from tests.faults.pty_driver import terminal

pytestmark = pytest.mark.slow  # drives the real command in two real terminals

WATCHED = """
import os, sys
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.chown", "os.link",
    "os.symlink", "os.truncate", "os.utime", "os.setxattr", "shutil.move", "socket.connect"}
done = []
def hook(event, found):
    if event == "open" and found[2] & WRITES and not str(found[0]).startswith("/dev/"):
        done.append(f"open {found[0]!r}")
    elif event in CHANGES:
        done.append(f"{event} {found!r}")
sys.addaudithook(hook)
from offwall.tui.__main__ import main
status = main()
os.write(2, "\\n".join([*done, "end"]).encode())
sys.exit(status)
"""
"""Offwall, and at its end on standard error all that it opened for writing or changed on a disk."""


def test_the_room_sees_what_is_kept_and_what_is_typed_while_it_is_shared(own_sample: Path) -> None:
    with terminal(own_sample) as recorder, terminal("show", own_sample) as shown:
        recorder.wait_for("Consider a specialist topic")
        shown.wait_for("Next steps and action plan")
        recorder.send("2")
        recorder.wait_for("Activity")
        shown.wait_for("45 of 48 confirmed")
        recorder.send("nAgree who signs @cm")
        recorder.wait_for("Agree who signs")
        # Somebody else's line, which is shared, comes to the room; this one does not.
        theirs = lock_note_path(own_sample, Opener("jane", "elsewhere", 1, ""), SUFFIX)
        theirs.write_text(json.dumps({"line": "Theirs", "beat": 1}))
        shown.wait_for("Theirs")
        theirs.unlink()
        shown.wait_for(lambda: "Theirs" not in shown.shown)
        assert b"signs" not in shown.raw
        before = len(shown.raw)
        recorder.send("\r")
        recorder.wait_for("kept 1")
        shown.wait_for("Agree who signs")
        shown.wait_for("45 of 49 confirmed")
        shown.wait_for("▶ S5.06")
        assert len(shown.raw) - before < 4 * 1_400
        recorder.send("\x1b")
        recorder.quiet()
        recorder.send("Vn")
        recorder.wait_for("New, shown")
        recorder.send("Ask Jane")
        shown.wait_for("being typed")
        shown.wait_for("Ask Jane")
        recorder.signal(9)
        recorder.process.wait()
        # A line of a program that was ended is not shown for long, whatever lies there.
        shown.wait_for(lambda: "Ask Jane" not in shown.shown)
        shown.send("q")
        assert shown.ended() == 0
        assert shown.given_back


def test_it_opens_nothing_for_writing_and_makes_nothing(own_sample: Path) -> None:
    def there() -> list[tuple[str, int]]:
        found = [*own_sample.parent.rglob("*"), *Path(os.environ["HOME"]).rglob("*")]
        return sorted((str(path), path.stat().st_mtime_ns) for path in found)

    before = there()
    with (
        tempfile.TemporaryFile() as said,
        terminal("show", own_sample, program=WATCHED, stderr=said) as shown,
    ):
        shown.wait_for("45 of 48 confirmed")
        for mode in "rw312":
            shown.send(f"{mode}jjkG")
            shown.quiet()
        shown.send(":theme")
        shown.wait_for("Theme")
        shown.send("\r")
        shown.quiet()
        shown.send("\x1b[B\r")
        shown.quiet()
        shown.send("\x11")
        assert shown.ended() == 0
        said.seek(0)
        assert said.read().decode() == "end"
    assert there() == before
