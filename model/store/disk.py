"""What is asked of a disk: within the one folder; and by the file, the journal and the copies that
it be durable, private, one at a time.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Once `hold` was called, every path is asked for here, and none leads out of the one folder. What
# Python opens, lists, makes, renames or removes is told to an audit hook before it is done, so that
# no place in the code can forget to ask; a path that somebody names is asked for by `within` too,
# so that nothing is said of what lies outside, not even that it is there. The hook stays until the
# program ends.

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
REFUSED |= {"sqlite3.connect", "ctypes.dlopen"}
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


NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
"""What systems and shares answer that cannot make a folder durable on its own."""


def sync(handle: int) -> None:
    """Return when what was written is on the disk itself.

    On macOS a plain fsync leaves it in the drive's own memory, so F_FULLFSYNC is asked for first
    (Apple's manual page of fsync(2)). Raises OSError.
    """
    if sys.platform == "darwin":
        # A share may not know it; the plain one is then all there is.
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make a name that was put into a folder durable, where the system can. Raises OSError."""
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise


def write(handle: int, data: bytes, *, durable: bool = True) -> None:
    """Write all of it, make it ``durable`` and close the file. Raises OSError."""
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if durable:
            sync(file.fileno())


def make_private(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Make a new file, its owner's alone unless ``mode`` says otherwise. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        write(handle, data)
        sync_folder(path.parent)
    except OSError:
        # Half a file would only be in the way of the next try.
        path.unlink(missing_ok=True)
        raise


def replace_private(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put a private file in the place of another, whole at every moment. Raises OSError.

    Without ``durable`` it outlives the program at once, and the computer a few seconds later.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write(handle, data, durable=durable)
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and its name durable. Raises OSError."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def try_lock(handle: int) -> bool | None:
    """Whether this file is now ours alone; the system lets go of it when the program ends.

    None where the system, such as a home folder on a share, knows no locks.
    """
    try:
        if sys.platform == "win32":
            # The byte far behind the end is nobody's text, and may be locked all the same.
            os.lseek(handle, 2**30, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        # Windows says so of a locked byte.
        return False if error.errno in (errno.EACCES, errno.EDEADLK) else None
    return True


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


def small_json(path: Path, most: int = 65_536) -> Any:
    """What a small file beside a session or in the state folder says; None where it is odd.

    Odd is whatever we would not have written: a link, a pipe, more than ``most`` bytes, no JSON,
    JSON that is nested or counts without an end. Anybody may have put it there.
    """
    import json

    with contextlib.suppress(OSError, ValueError, RecursionError):
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as file:
                data = file.read(most + 1)
            return json.loads(data) if len(data) <= most else None
    return None


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Have no other Offwall put a file in the place of this one meanwhile, where the system can."""
    if sys.platform == "win32" or not path.exists():
        yield
        return
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        # A share may know no locks; what is left then is the look at the file just before.
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def os_reason(error: OSError | ValueError) -> str:
    """What the system says is wrong, to stand within a sentence."""
    return str(getattr(error, "strerror", None) or error).lower()
