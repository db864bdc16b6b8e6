"""The live line: what is being typed, shown to the room while the recorder shares it.

It lies in a small hidden file beside the session, so that whoever may read the session may read it:
another login, or a computer at the same share. It is there only while it is shared, and is written
again every other second, so that one which a program left behind is known by its silence.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from offwall.model.store import disk, os_reason
from offwall.tui.services.lock_file import (
    HIGHEST_PID,
    Opener,
    lock_note_path,
    lock_notes,
    write_lock_note,
)
from offwall.tui.terminal.worker import DONE, Turn, Worker

SUFFIX = ".offwall-line"

LINE_PAUSE_SECONDS = 0.5
"""Seconds between two writes at least: it is shown at most twice a second."""

HEARTBEAT_SECONDS = 2.0
"""Seconds between two writes at most, while there is a line."""

SILENT_SECONDS = 6.0
"""Seconds after which a line that is not written again is no longer being typed."""

LONGEST = 4000
"""Letters of it that are shared: its end, where the typing is."""

BYTES = 16 * LONGEST
"""Bytes of it that are read."""


class LiveLineWriter:
    """Writes the line on a thread of its own: no disk or share holds up a key."""

    def __init__(self, path: Path, opener: Opener, tell: Callable[[str], object]) -> None:
        """``tell`` takes a sentence where the line cannot be shown; it runs on the thread."""
        self._path = path
        self._opener = opener
        self._note = lock_note_path(path, opener, SUFFIX)
        self._new = self._note.with_name(f"{self._note.name}-new")
        self._tell = tell
        self._text = self._shown = ""
        self._beat = 0
        self.worker = Worker[str](
            "shared line",
            self._write,
            self._faulty,
            retry=Turn(rest=LINE_PAUSE_SECONDS, again=HEARTBEAT_SECONDS, owes=True),
            first=lambda: remove_stale_lines(path, opener),
            last=self._remove,
        )
        self.worker.start()

    def say(self, text: str) -> None:
        """Show this line; none where it is empty."""
        if text != self._text:
            self._text = text
            self.worker.put(text)

    def _write(self, jobs: list[str]) -> Turn:
        if self.worker.closing:
            return DONE
        self._shown = jobs[-1] if jobs else self._shown
        self._beat += 1
        said = {"line": self._shown[-LONGEST:], "beat": self._beat}
        said |= {"host": self._opener.host, "pid": self._opener.pid}
        if self._shown:
            # Renamed into its place: who reads meanwhile has the old one or the new, whole.
            write_lock_note(self._path, self._new, json.dumps(said).encode())
            self._new.replace(self._note)
        else:
            self._note.unlink(missing_ok=True)
        beat = HEARTBEAT_SECONDS - LINE_PAUSE_SECONDS if self._shown else None
        return Turn(rest=LINE_PAUSE_SECONDS, again=beat)

    def _faulty(self, fault: Exception) -> None:
        why = os_reason(fault) if isinstance(fault, OSError) else type(fault).__name__
        self._tell(f"The line cannot be shown beside the session ({why}).")

    def _remove(self) -> None:
        for left in (self._new, self._note):
            with suppress(OSError):
                left.unlink(missing_ok=True)


class LiveLineReader:
    """Reads the line that is shared beside a session, whoever types it."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._target = path.resolve()
        self._clock = clock
        # What lies there before the first look may have been left behind: it has to speak first.
        self._heard = {
            note: (_read(note), -SILENT_SECONDS) for note in lock_notes(self._target, SUFFIX)
        }

    def now(self) -> str:
        """The line that was typed last; empty where none is shared."""
        heard: dict[Path, tuple[bytes, float]] = {}
        for note in lock_notes(self._target, SUFFIX):
            data, before = _read(note), self._heard.get(note)
            if before is None or (data and data != before[0]):
                heard[note] = (data, self._clock())
            else:
                heard[note] = before
        self._heard = heard
        alive = [(at, data) for data, at in heard.values() if self._clock() - at < SILENT_SECONDS]
        return _line(max(alive)[1]) if alive else ""


def remove_stale_lines(path: Path, opener: Opener) -> None:
    """Take away what programs on this computer left beside a session when they were ended."""
    for note in lock_notes(path.resolve(), SUFFIX):
        said = disk.small_json(note, BYTES)
        if not isinstance(said, dict) or said.get("host") != opener.host:
            continue
        pid = said.get("pid")
        # A number that no program can have is as good as one that is no more.
        alive = type(pid) is int and 0 < pid <= HIGHEST_PID and disk.is_process_running(pid)
        if not alive:
            with suppress(OSError):
                note.unlink()


def _read(note: Path) -> bytes:
    """The line that a note holds; nothing where it is none of ours, or is being written."""
    said = disk.small_json(note, BYTES)
    return json.dumps(said).encode() if isinstance(said, dict) else b""


def _line(data: bytes) -> str:
    line = json.loads(data).get("line") if data else ""
    return line if isinstance(line, str) else ""
