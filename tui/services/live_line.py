"""What the room is told: where the recorder stands and, while it is shared, the line being typed.

It lies in a small hidden file beside the session, so that whoever may read the session may read it:
another login, or a computer at the same share. It is there while the session is open. A line is
written again every other second, so that one which a program left behind is known by its silence.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from offwall.model.store import disk, os_reason
from offwall.tui.kit.context import Standing
from offwall.tui.services.lock_file import (
    BEING_WRITTEN,
    HIGHEST_PID,
    Opener,
    lock_note_path,
    lock_notes,
    remove_half_written,
    this_opener,
    write_lock_note,
)
from offwall.tui.terminal.worker import DONE, Turn, Worker

SUFFIX = ".offwall-line"

LINE_PAUSE_SECONDS = 0.25
"""Seconds between two writes at least: it is told at most four times a second."""

HEARTBEAT_SECONDS = 2.0
"""Seconds between two writes at most, while there is a line."""

SILENT_SECONDS = 6.0
"""Seconds after which a line that is not written again is no longer being typed."""

LOYAL_SECONDS = 20.0
"""Seconds for which the room stays with one recorder while another moves."""

LONGEST = 4000
"""Letters of the line that are shared: its end, where the typing is; and of any other word."""

BYTES = 16 * LONGEST
"""Bytes that are read."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the room is told: where the recorder stands; the line, and the card of what it will
    make, while it is shared.

    ``private`` says that who carries how much is hidden, ``held`` that the room keeps what it has.
    """

    at: Standing = field(default_factory=Standing)
    line: str = ""
    card: str = ""
    private: bool = False
    held: bool = False


class LiveLineWriter:
    """Writes on a thread of its own: no disk or share holds up a key."""

    def __init__(self, path: Path, opener: Opener, tell: Callable[[str], object]) -> None:
        """``tell`` takes a sentence where the room cannot be told; it runs on the thread."""
        self._path = path
        self._opener = opener
        self._note = lock_note_path(path, opener, SUFFIX)
        self._tell = tell
        self._told = self._written = Told()
        self._beat = 0
        self.worker = Worker[Told](
            "room",
            self._write,
            self._faulty,
            retry=Turn(rest=LINE_PAUSE_SECONDS, again=HEARTBEAT_SECONDS, owes=True),
            first=lambda: remove_stale_lines(path, opener),
            last=self._remove,
        )
        self.worker.start()

    def say(self, told: Told) -> None:
        """Tell the room this."""
        if told != self._told:
            self._told = told
            self.worker.put(told)

    def _write(self, jobs: list[Told]) -> Turn:
        if self.worker.closing:
            return DONE
        self._written = told = jobs[-1] if jobs else self._written
        self._beat += 1
        said = asdict(told) | {"line": told.line[-LONGEST:], "card": told.card[:LONGEST]}
        said |= {"beat": self._beat, "host": self._opener.host, "pid": self._opener.pid}
        write_lock_note(self._path, self._note, json.dumps(said).encode())
        beat = HEARTBEAT_SECONDS - LINE_PAUSE_SECONDS if told.line else None
        return Turn(rest=LINE_PAUSE_SECONDS, again=beat)

    def _faulty(self, fault: Exception) -> None:
        why = os_reason(fault) if isinstance(fault, OSError) else type(fault).__name__
        self._tell(
            f"The room cannot be told where you are ({why}, beside the session): offwall show"
            " follows what is kept."
        )

    def _remove(self) -> None:
        for left in (BEING_WRITTEN, ""):
            with suppress(OSError):
                self._note.with_name(self._note.name + left).unlink(missing_ok=True)


class LiveLineReader:
    """Reads what the room is told beside a session, by whoever has it open."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._target = path.resolve()
        self._clock = clock
        self._host = this_opener("").host
        self._followed = Path()
        # A line that lies there before the first look may have been left behind: it has to speak
        # first. Of places the newest counts.
        lying = sorted(lock_notes(self._target, SUFFIX), key=_written_at)
        self._heard = {
            note: (_read(note), n - SILENT_SECONDS - len(lying)) for n, note in enumerate(lying)
        }

    def now(self) -> Told | None:
        """What is told now; nothing where nobody tells anything. Of several lines the last one."""
        heard: dict[Path, tuple[bytes, float]] = {}
        for note in lock_notes(self._target, SUFFIX):
            data, before = _read(note), self._heard.get(note)
            heard[note] = before if before and data in (b"", before[0]) else (data, self._clock())
        self._heard = heard
        found = {
            note: (at, told)
            for note, (data, at) in heard.items()
            if data and (told := self._told(json.loads(data)))
        }
        if not found:
            return None
        recent = (at for at, told in found.values() if told.line)
        spoken = max(recent, default=-SILENT_SECONDS)
        alive = self._clock() - spoken < SILENT_SECONDS
        typed = next(told for at, told in found.values() if at == spoken) if alive else Told()
        return replace(found[self._follow(found)][1], line=typed.line, card=typed.card)

    def _follow(self, found: Mapping[Path, tuple[float, Told]]) -> Path:
        """Whom to follow: who moved last, but nobody is left who moved not long before."""
        newest = max(found, key=lambda note: found[note][0])
        stays = self._followed in found and (
            found[newest][0] - found[self._followed][0] < LOYAL_SECONDS
        )
        self._followed = self._followed if stays else newest
        return self._followed

    def _told(self, said: Mapping[str, Any]) -> Told | None:
        """What a note says; nothing where its program is no more."""
        pid = said.get("pid")
        if said.get("host") == self._host and not _is_alive(pid):
            return None
        at = said.get("at")
        known = at if isinstance(at, dict) else {}
        screen, section, row = (_text(known.get(name)) for name in ("screen", "section", "row"))
        view = known.get("view")
        words = tuple(map(_text, view if isinstance(view, list) else ()))
        place = Standing(screen, section, row, words)
        line, card = _text(said.get("line")), _text(said.get("card"))
        return Told(place, line, card, said.get("private") is True, said.get("held") is True)


def _written_at(note: Path) -> float:
    try:
        return note.lstat().st_mtime
    except OSError:
        return 0.0


def _is_alive(pid: object) -> bool:
    # A number that no program can have is as good as one that is no more.
    return type(pid) is int and 0 < pid <= HIGHEST_PID and disk.is_process_running(pid)


def _text(said: object) -> str:
    return said[:LONGEST] if isinstance(said, str) else ""


def remove_stale_lines(path: Path, opener: Opener) -> None:
    """Take away what programs on this computer left beside a session when they were ended."""
    remove_half_written(path.resolve(), SUFFIX)
    for note in lock_notes(path.resolve(), SUFFIX):
        said = disk.small_json(note, BYTES)
        if not isinstance(said, dict) or said.get("host") != opener.host:
            continue
        if not _is_alive(said.get("pid")):
            with suppress(OSError):
                note.unlink()


def _read(note: Path) -> bytes:
    """What a note holds; nothing where it is none of ours, or is being written."""
    said = disk.small_json(note, BYTES)
    return json.dumps(said).encode() if isinstance(said, dict) else b""
