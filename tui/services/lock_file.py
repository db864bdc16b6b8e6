"""The lock file beside a session, which says who has it open. It is for people, not for safety.

Each program that has the file open leaves a note of its own, and takes it away when it ends. A note
that is older than a day, or whose program on this computer is no more, says nothing.
"""

import getpass
import json
import os
import platform
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

LOCK_SUFFIX = ".offwall-open"
STALE_SECONDS = 24 * 60 * 60
"""Seconds after which a note is one that was left behind."""

MOST_NOTE_BYTES = 4096
"""Bytes of a note that are read."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Who has a session open: the user, the computer, the program's number, and since when."""

    who: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        at = f" at {self.host}" if self.host else ""
        return f"{self.who}{at}, since {self.since.replace('T', ' ')}"


def this_opener(since: str) -> Opener:
    """Who this is."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "somebody"
    return Opener(who, platform.node(), os.getpid(), since)


def create_lock_note(path: Path, opener: Opener) -> Path | None:
    """Say beside a session that it is open; None where that cannot be said.

    Who may read the session may read the note.
    """
    note = lock_note_path(path, opener)
    try:
        write_lock_note(path, note, json.dumps(asdict(opener)).encode())
    except (OSError, ValueError):
        return None
    return note


def lock_note_path(path: Path, opener: Opener, suffix: str = LOCK_SUFFIX) -> Path:
    """What a note of that program is called, beside a session."""
    target = path.resolve()
    host = re.sub(r"[^A-Za-z0-9]+", "-", opener.host)[:40]
    return target.with_name(f".{target.name}.{host}-{opener.pid}{suffix}")


def write_lock_note(path: Path, note: Path, data: bytes) -> None:
    """Write a note anew; who may read the session may read it. Raises `OSError`."""
    mode = stat.S_IMODE(path.stat().st_mode) & 0o666
    note.unlink(missing_ok=True)
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def other_openers(path: Path) -> list[Opener]:
    """Who else has a session open, by the notes beside it; notes left behind are taken away."""
    target = path.resolve()
    found = []
    for note in lock_notes(target):
        with suppress(OSError):
            opener = _read_note(note)
            if _is_stale(note, opener):
                note.unlink()
            elif opener.pid != os.getpid() or opener.host != platform.node():
                found.append(opener)
    return found


def lock_notes(target: Path, suffix: str = LOCK_SUFFIX) -> Iterator[Path]:
    """The notes of one kind that lie beside a session, by its resolved path."""
    with suppress(OSError):
        for entry in sorted(target.parent.iterdir()):
            if entry.name.startswith(f".{target.name}.") and entry.name.endswith(suffix):
                yield entry


def _read_note(note: Path) -> Opener:
    """What a note says; where it cannot be read, its owner and its age do."""
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(note.lstat().st_mtime))
    try:
        if not stat.S_ISREG(note.lstat().st_mode):
            raise ValueError
        with note.open("rb") as file:
            said = json.loads(file.read(MOST_NOTE_BYTES))
        return Opener(str(said["who"]), str(said["host"]), int(said["pid"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Opener("somebody", "", 0, since)


def _is_stale(note: Path, opener: Opener) -> bool:
    if time.time() - note.lstat().st_mtime > STALE_SECONDS:
        return True
    return opener.host == platform.node() and not is_process_running(opener.pid)


def is_process_running(pid: int) -> bool:
    """Whether there is a program of that number; where it cannot be asked, there may be."""
    # To ask by a signal would end the other program on Windows.
    if os.name == "nt" or pid <= 0:
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
