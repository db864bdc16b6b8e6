"""The one folder: once `hold` was called, every path is asked for here, and none leads out of it.

What Python opens, lists, makes, renames or removes is told to an audit hook before it is done, so
that no place in the code can forget to ask; a path that somebody names is asked for by `within`
too, so that nothing is said of what lies outside, not even that it is there. The hook stays until
the program ends.
"""

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

STATE_STEM = ".state-of-"
"""How the folders begin that hold what belongs to one login; no other login's is looked into."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DEVICES = ("/dev/null", "/dev/tty", "/dev/urandom")
"""What a program at a terminal opens, and no file."""

LISTS = ("os.listdir", "os.scandir")
ONE = "chdir chmod chown mkdir remove rmdir truncate utime listxattr getxattr setxattr removexattr"
PATHS = {f"os.{name}": 1 for name in ONE.split()} | {"os.rename": 2, "os.link": 2}
PATHS |= dict.fromkeys(LISTS, 1)
"""The events of Python's audit table that begin with paths, and with how many."""

REFUSED = {
    f"os.{one}" for one in ["exec", "fork", "forkpty", "posix_spawn", "spawn", "system", "symlink"]
}
REFUSED |= {f"socket.{one}" for one in ["bind", "connect", "sendto", "sendmsg", "getaddrinfo"]}
REFUSED |= {"socket.gethostbyname", "subprocess.Popen", "pty.spawn", "webbrowser.open"}
REFUSED |= {"sqlite3.connect", "ctypes.dlopen", "os.symlink"}
"""The events that start a program, open a connection, or lead out by another way."""

OUTSIDE = "it lies outside the one folder that is open here, so name one in it"
ALONE = "no program is started and no connection opened where one folder is all that is open"


class OutsideError(PermissionError):
    """A path that leads out of the one folder; what it says stands within a sentence."""


class Bounds:
    """A folder that is all there is, and the ``program`` folders that may be read to run at all."""

    def __init__(self, folder: Path, own: str, program: Iterable[str]) -> None:
        """``own`` names the folder in it that holds what belongs to this login."""
        self.folder, self._own = Path(os.path.realpath(folder)), own
        both = (name for one in program for name in (one, os.path.realpath(one)))
        self._program = tuple({name.rstrip("/") + "/" for name in both if name})

    def check(self, path: str | Path) -> None:
        """Raise `OutsideError` where the path leads out, by links too, or is none."""
        try:
            way = Path(os.path.realpath(path)).relative_to(self.folder).parts
        except ValueError:
            way = (STATE_STEM,)
        if way and way[0].startswith(STATE_STEM) and way[0] != self._own:
            raise OutsideError(None, OUTSIDE, str(path))

    def hear(self, event: str, words: tuple[Any, ...]) -> None:
        """Python's audit hook. Raises `OutsideError`, and PermissionError for what is refused."""
        if event in REFUSED:
            raise PermissionError(errno.EPERM, ALONE)
        reads = event in LISTS or (event == "open" and not words[2] & WRITES)
        for path in words[: 1 if event == "open" else PATHS.get(event, 0)]:
            if isinstance(path, (str, bytes)):
                name = os.fsdecode(path)
                if name not in DEVICES and not (reads and self._runs(name)):
                    self.check(name)

    def _runs(self, name: str) -> bool:
        """Whether it is a part of the program: a module, or the data beside it."""
        name = os.path.realpath(name) if ".." in name else name
        return f"{name}/".startswith(self._program)


_HELD: list[Bounds] = []


def hold(bounds: Bounds) -> None:
    """Hold this program in these bounds, until it ends."""
    _HELD.append(bounds)
    sys.addaudithook(bounds.hear)


def within(path: Path) -> Path:
    """The path, where it may be looked at. Raises `OutsideError`."""
    for bounds in _HELD:
        bounds.check(path)
    return path


def held_folder() -> Path | None:
    """The folder that is all there is; None where no folder is held."""
    return _HELD[0].folder if _HELD else None


def apart(what: str) -> None:
    """Raise PermissionError where a folder is held, as ``what`` would need more than that."""
    if _HELD:
        raise PermissionError(errno.EPERM, f"{what} is not to be had: {ALONE}")


def session_mode() -> int:
    """The mode of a new session file: its owner's alone, or in the one folder its group's too."""
    return 0o660 if _HELD else 0o600
