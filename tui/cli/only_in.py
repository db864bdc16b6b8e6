"""``offwall --only-in FOLDER``: the run is held in one folder, for people who come by ssh.

Its own environment, a state folder for each login, Python's audit hook, and where the kernel has
Landlock (Linux 5.13), the kernel itself, which no library and no race gets by.
"""

import ctypes
import mimetypes
import os
import pwd
import struct
import sys
import zoneinfo
from collections.abc import Sequence
from pathlib import Path

from offwall.model.store.disk import STATE_STEM, Bounds, held_folder, hold
from offwall.tui.cli.parser import ONLY_IN
from offwall.tui.cli.say import CommandError, hint

KEPT = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE", "SSH_CONNECTION", "SSH_TTY", "TMUX")
"""What is taken over from the environment: how the terminal is, and nothing that names a path."""

SYSTEM = (
    *("/usr", "/lib", "/lib64", "/proc/self", "/etc/ld.so.cache", "/etc/localtime"),
    *("/etc/terminfo", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf"),
)
"""What the kernel lets a program read to run at all: libraries, terminals, names, the time."""

WEAKLY = "Offwall holds itself in this folder; the kernel, which has no Landlock, does not."


def hold_in(arguments: Sequence[str]) -> list[str]:
    """Hold this run in the folder that the first words name, for good; the words after them.

    Raises `CommandError` and OSError; nothing is held then, and nothing may be done.
    """
    first, *rest = arguments
    _, equals, named = first.partition("=")
    if not equals:
        named, rest = "".join(rest[:1]), rest[1:]
    if not named:
        raise CommandError(f"{ONLY_IN} takes the name of a folder; see offwall --help.")
    if held_folder():
        raise CommandError("one folder is held already, and it is the only one for this run.")
    folder = Path(named).resolve()
    if not folder.is_dir():
        raise CommandError(f"{named} is no folder, so there is nothing to be held in; make it.")
    login = pwd.getpwuid(os.geteuid()).pw_name
    os.umask(0o007)
    os.chdir(folder)
    state = _own_state(folder / f"{STATE_STEM}{login}")
    _clear_environment(folder, state, login)
    # What is imported is the program's own, whatever lies in the folder; nor are tables read that
    # other programs brought.
    found = [os.path.realpath(one) for one in sys.path if one]
    sys.path[:] = [one for one in found if not Path(one).is_relative_to(folder)]
    mimetypes.knownfiles.clear()
    # The folder without Python has its modules in the program itself.
    program = (*sys.path, str(Path(__file__).parents[2]), sys.executable)
    if not _held_by_kernel(folder, (*program, *SYSTEM)):
        hint(WEAKLY)
    hold(Bounds(folder, state.name, (*program, *zoneinfo.TZPATH)))
    return rest


def _own_state(state: Path) -> Path:
    """The login's own folder, made where it is not there; one that another made is refused."""
    state.mkdir(mode=0o700, exist_ok=True)
    found = state.lstat()
    if state.is_symlink() or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise CommandError(
            f"{state.name} is not this login's alone, so nothing was opened; have it removed."
        )
    (state / "tmp").mkdir(mode=0o700, exist_ok=True)
    return state


def _clear_environment(folder: Path, state: Path, login: str) -> None:
    kept = {name: said for name, said in os.environ.items() if name in KEPT or name[:3] == "LC_"}
    own = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    os.environ.clear()
    os.environ.update(kept | dict.fromkeys(own, str(state)))
    os.environ.update(HOME=str(folder), TMPDIR=str(state / "tmp"), LOGNAME=login, USER=login)


# Landlock, as the kernel's documentation has it (userspace-api/landlock.rst).

CREATE, ADD, RESTRICT = 444, 445, 446
"""The numbers of its three system calls, on every machine but Alpha."""

NO_NEW_PRIVS = 38
WRITE, READ, LIST = 1 << 1, 1 << 2, 1 << 3
RIGHTS = {1: 13, 2: 14}
"""How many rights over files each version knows, of which the first is to start one; 15 later."""


def has_landlock() -> int:
    """Which version the kernel has; none where it is 0 or less."""
    version: int = ctypes.CDLL(None).syscall(CREATE, None, 0, 1)
    return version


def _held_by_kernel(folder: Path, readable: Sequence[str]) -> bool:
    """Have the kernel refuse every other path, every program, and TCP where it knows how to."""
    if (version := has_landlock()) < 1:
        return False
    libc = ctypes.CDLL(None)
    rights = (1 << RIGHTS.get(version, 15)) - 1
    asked = struct.pack("QQ", rights, 3 if version >= 4 else 0)[: 16 if version >= 4 else 8]
    rules = libc.syscall(CREATE, asked, len(asked), 0)
    may = {**dict.fromkeys(readable, READ | LIST), str(folder): rights - 1}
    for path in map(Path, (*may, "/dev")):
        if path.exists():
            right = may.get(str(path), READ | WRITE | LIST)
            handle = os.open(path, os.O_PATH)
            allowed = right if path.is_dir() else right & ~LIST
            libc.syscall(ADD, rules, 1, struct.pack("=Qi", allowed, handle), 0)
            os.close(handle)
    libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.syscall(RESTRICT, rules, 0) == 0)
