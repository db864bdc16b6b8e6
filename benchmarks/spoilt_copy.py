"""A copy of the checkout in which modules are spoilt, one at a time, and tests run.

The checkout is never touched, so several may run side by side. Each run is a child of a process
that has loaded what is not Offwall's, which saves a second or two each time.
"""

import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = (".git", ".venv", "build", ".hypothesis", "__pycache__", ".*_cache")
PACKAGES = {"model": "model", "tui": "tui", "sample_sessions": "sample_sessions"}
"""The packages within ``offwall``, and the folders that they lie in."""

MOST_MEMORY = 6 * 2**30
"""Bytes that a run may take: a loop that never ends must not take the machine with it."""

PATIENCE = 15
"""Seconds that a test waits for what never comes true."""

FAILED, ENDLESS = 1, 124
"""What a run ends with where a test failed, and where it took too long; 0 is that all passed."""


class Copy:
    """A copy of the checkout; ``seconds`` is how long a run may take."""

    def __init__(self, root: Path, seconds: float = 900) -> None:
        self.root = root
        self.seconds = seconds

    def tried(self, tests: Sequence[str], file: str = "", text: str = "") -> int:
        """Run the tests, up to the first that fails, with a text in the place of a file's."""
        path = self.root / file
        right = path.read_text("utf-8") if file else ""
        try:
            if file:
                self._put(path, text)
            return self._ended(self._begun(tests))
        finally:
            if file:
                self._put(path, right)

    def _put(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        # Two texts of one length within one second are one to the interpreter.
        Path(cache_from_source(str(path))).unlink(missing_ok=True)

    def _begun(self, tests: Sequence[str]) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 70
        try:
            code = self._run(tests)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _run(self, tests: Sequence[str]) -> int:
        import pytest

        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        with (self.root / "said.txt").open("wb") as said:
            for stream in (1, 2):
                os.dup2(said.fileno(), stream)
        os.chdir(self.root)
        os.environ |= {"PYTHONPATH": str(self.root), "OFFWALL_PATIENCE": str(PATIENCE)}
        sys.path[:] = [str(self.root), *(one for one in sys.path if Path(one or ".") != ROOT)]
        for name in [one for one in sys.modules if one.partition(".")[0] == "benchmarks"]:
            del sys.modules[name]
        words = ["-q", "-x", "--tb=short", "-p", "no:cacheprovider", "-m", "not night"]
        # What was loaded before shows less of why it failed, and is warned of.
        words += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        return int(pytest.main([*words, *tests]))

    def _ended(self, pid: int) -> int:
        until = time.monotonic() + self.seconds
        pause = 0.01
        try:
            while time.monotonic() < until:
                if (ended := os.waitpid(pid, os.WNOHANG))[0]:
                    return abs(os.waitstatus_to_exitcode(ended[1]))
                time.sleep(pause)
                pause = min(0.2, pause * 1.2)
        except BaseException:
            os.kill(pid, signal.SIGKILL)
            raise
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return ENDLESS

    @property
    def said(self) -> str:
        """The last of what the last run printed."""
        return (self.root / "said.txt").read_text("utf-8", "replace")[-3000:]


@contextmanager
def copied() -> Iterator[Copy]:
    """A copy of the checkout as it is now, in which ``offwall`` is the copy's own."""
    _load()
    with tempfile.TemporaryDirectory(prefix="offwall-spoilt-") as folder:
        root = Path(folder) / "copy"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        package = root / "offwall"
        package.mkdir()
        for one in (root / "tui" / "package").iterdir():
            (package / one.name).symlink_to(one)
        for name, where in PACKAGES.items():
            (package / name).symlink_to(root / where)
        yield Copy(root)


def _load() -> None:
    """Load what every run needs and nobody spoils."""
    import lxml.etree  # noqa: F401
    import openpyxl  # noqa: F401
    import pytest  # noqa: F401
    import textual.app  # noqa: F401
    from hypothesis.internal.conjecture import engine

    # That it fails is all that is asked: nobody reads the smallest example.
    engine.MAX_SHRINKING_SECONDS = 0
