"""The lock file beside a session, which says who has it open. It is for people, not for safety.

Each program that has the file open leaves a note of its own, touches it every minute, and takes it
away when it ends. A note that is silent for long by the clock of its own disk, or whose program on
this computer is no more, says nothing. A note also tells which versions of the file its writer read
and wrote, in order: so others know what was taken away by somebody who had seen it.
"""

import datetime as dt
import json
import os
import platform
import re
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from offwall.model.records.dates import short_date
from offwall.model.store import disk
from offwall.tui.kit.context import at_host, this_person

LOCK_SUFFIX = ".offwall-open"
BEING_WRITTEN = "-new"
STALE_SECONDS = 60 * 60
"""Seconds after which a note that nobody touches is one that was left behind."""

HEARTBEAT_SECONDS = 60.0
"""Seconds between two touches of a note; a laptop that sleeps may leave some out."""

WRITING_SECONDS = 0.3
"""Seconds that somebody may take between saying what he writes and having written it."""

MOST_NOTE_BYTES = 4096
"""Bytes of a note that are read."""

HIGHEST_PID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Opener:
    """Who has a session open: the user, the computer, the program's number, and since when.

    ``seen`` are the digests of the versions of the file that it read and wrote, the latest last.
    """

    who: str
    host: str
    pid: int
    since: str
    seen: tuple[str, ...] = ()

    def __str__(self) -> str:
        since = self.since
        with suppress(ValueError):
            at = dt.datetime.fromisoformat(since)
            since = f"{short_date(at)}, {at:%H:%M}"
        return f"{at_host(self.who, self.host)}, since {since}"


def this_opener(since: str) -> Opener:
    """Who this is."""
    return Opener(*this_person(), os.getpid(), since)


_OURS: set[Path] = set()
"""The notes of this program: it may have two sessions open, or one of them twice."""


def create_lock_note(path: Path, opener: Opener) -> Path | None:
    """Say beside a session that it is open; None where that cannot be said.

    Who may read the session may read the note.
    """
    note = lock_note_path(path, opener)
    number = 1
    while note in _OURS:
        number += 1
        note = lock_note_path(path, opener, f".{number}{LOCK_SUFFIX}")
    try:
        write_lock_note(path, note, json.dumps(asdict(opener)).encode())
    except (OSError, ValueError):
        return None
    _OURS.add(note)
    return note


def remove_lock_note(note: Path) -> None:
    """Take a note away, as the session is left."""
    _OURS.discard(note)
    for left in (BEING_WRITTEN, ""):
        with suppress(OSError):
            note.with_name(note.name + left).unlink(missing_ok=True)


def tell_seen(path: Path, note: Path, opener: Opener, seen: Sequence[str]) -> None:
    """Have others know which versions were seen here; where it cannot be said, it is not.

    Called by the file's thread: the note may have been taken away, as the session was left.
    """
    if note not in _OURS:
        return
    with suppress(OSError, ValueError):
        said = json.dumps(asdict(replace(opener, seen=tuple(seen)))).encode()
        write_lock_note(path, note, said)


def seen_by_writer(path: Path, digest: str, own: Path | None = None) -> list[str]:
    """Which versions somebody had seen who wrote this one last, the latest first.

    With them come those that others had seen who wrote these. ``own`` is our note, which is no
    evidence. Who says what he wrote says it before the file has it, so one who is just writing the
    next one is given the time for it.
    """
    notes = [_read_note(note).seen for note in lock_notes(path.resolve()) if note != own]
    found = next(([*seen[-2::-1]] for seen in notes if seen[-1:] == (digest,)), [])
    if not found and any(seen[-2:-1] == (digest,) for seen in notes):
        time.sleep(WRITING_SECONDS)
    for one in found:
        # Where one came again, it is the first time that counts: so too little is believed.
        before = (seen[: seen.index(one)] for seen in notes if one in seen)
        found += dict.fromkeys(each for seen in before for each in seen[::-1] if each not in found)
    return found


def who_said(path: Path, digest: str, own: Path | None = None) -> tuple[str, str]:
    """Who saves, and who has that version besides, as a conflict names them: they wrote it.

    By computer, too, where a user is called as the other is; empty where nobody says so.
    """
    notes = [_read_note(note) for note in lock_notes(path.resolve()) if note != own]
    others = {(one.who, one.host) for one in notes if digest in one.seen}
    who, host = this_person()
    if who in {name for name, _ in others}:
        return at_host(who, host), " or ".join(sorted(at_host(*one) for one in others))
    return who, " or ".join(sorted({name for name, _ in others}))


def lock_note_path(path: Path, opener: Opener, suffix: str = LOCK_SUFFIX) -> Path:
    """What a note of that program is called, beside a session."""
    target = path.resolve()
    host = re.sub(r"[^A-Za-z0-9]+", "-", opener.host)[:40]
    return target.with_name(f".{target.name}.{host}-{opener.pid}{suffix}")


def write_lock_note(path: Path, note: Path, data: bytes) -> None:
    """Write a note anew; who may read the session may read it. Raises `OSError`.

    Renamed into its place: who reads meanwhile has the old one or the new, whole.
    """
    mode = stat.S_IMODE(path.stat().st_mode) & 0o666
    new = note.with_name(note.name + BEING_WRITTEN)
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    new.replace(note)


def other_openers(path: Path) -> list[Opener]:
    """Who else has a session open, by the notes beside it; notes left behind are taken away."""
    target = path.resolve()
    remove_half_written(target)
    found = []
    for note in lock_notes(target):
        with suppress(OSError):
            opener = _read_note(note)
            if _is_stale(note, opener):
                note.unlink()
            elif opener.pid != os.getpid() or opener.host != platform.node():
                found.append(opener)
    return found


def who_is_there(path: Path, known: Mapping[Path, str]) -> dict[Path, str]:
    """Who has left each note beside a session; nothing for ours.

    What is ``known`` of a note is not read again. By computer, too, where a user is called as we.
    """
    name, here = this_person()
    found = {}
    for note in lock_notes(path.resolve()):
        if (who := known.get(note)) is None:
            opener = _read_note(note)
            who = at_host(opener.who, opener.host) if opener.who == name else opener.who
            who = "" if (opener.pid, opener.host) == (os.getpid(), here) else who
        found[note] = who
    return found


def lock_notes(target: Path, suffix: str = LOCK_SUFFIX) -> Iterator[Path]:
    """The notes of one kind that lie beside a session, by its resolved path."""
    with suppress(OSError):
        for entry in sorted(target.parent.iterdir()):
            if entry.name.startswith(f".{target.name}.") and entry.name.endswith(suffix):
                yield entry


def remove_half_written(target: Path, suffix: str = LOCK_SUFFIX) -> None:
    """Take away what programs left that ended while they wrote a note: none takes so long."""
    for left in lock_notes(target, suffix + BEING_WRITTEN):
        with suppress(OSError):
            if _is_old(left):
                left.unlink()


def _read_note(note: Path) -> Opener:
    """What a note says; where that is odd, somebody unknown is there since the note is."""
    said = disk.small_json(note, MOST_NOTE_BYTES)
    nobody = Opener("somebody", "", 0, _since(note))
    if not isinstance(said, dict):
        return nobody
    who, host, pid, at = (said.get(name) for name in ("who", "host", "pid", "since"))
    if not (isinstance(who, str) and isinstance(host, str) and isinstance(at, str)):
        return nobody
    if type(pid) is not int or not 0 < pid <= HIGHEST_PID:
        return nobody
    seen = said.get("seen")
    digests = seen if isinstance(seen, list) else []
    return Opener(who, host, pid, at, tuple(one for one in digests if isinstance(one, str)))


def _since(note: Path) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(note.lstat().st_mtime))
    except (OSError, ValueError, OverflowError):
        return "some time ago"


def _is_stale(note: Path, opener: Opener) -> bool:
    if opener.host == platform.node():
        return not disk.is_process_running(opener.pid)
    return _is_old(note)


def _is_old(note: Path) -> bool:
    return _now_there(note) - note.lstat().st_mtime > STALE_SECONDS


def _now_there(note: Path) -> float:
    """The time by the clock of the disk or share on which a note lies; 0 where it tells none."""
    try:
        handle, name = tempfile.mkstemp(prefix=".offwall-", suffix=".tmp", dir=note.parent)
        os.close(handle)
        probe = Path(name)
        try:
            return probe.stat().st_mtime
        finally:
            probe.unlink()
    except OSError:
        return 0.0
