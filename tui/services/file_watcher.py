"""Watches the session file for changes by somebody else: vim, git, or a second recorder.

Shares tell nobody when a file on them changes, so it is looked at once a second, on a thread of
its own: first at what the system knows of it, and at its bytes where that differs.
"""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from random import Random

from offwall.model.store import StoreError, bytes_of
from offwall.tui.terminal.worker import Turn, Worker

POLL_SECONDS = 1.0
"""Seconds between two looks."""

SETTLE_SECONDS = 0.15
"""Seconds that a file must stay as it is: who writes in place has written half of it meanwhile."""

BYTES_EVERY_LOOKS = 10
"""After how many looks the bytes are read anyway: two writes may fall into one tick of a clock."""


class FileWatcher:
    """Calls ``changed`` on its own thread whenever the file holds something else than before.

    ``beside`` is called at every look, to see what else lies in its folder. Whatever is odd there
    is told to ``report``, and looked at again.
    """

    def __init__(
        self,
        path: Path,
        changed: Callable[[], object],
        every: float,
        report: Callable[[Exception], object],
        beside: Callable[[], object] = lambda: None,
    ) -> None:
        self._path = path
        self._changed = changed
        self._beside = beside
        self._every = every
        # The first look finds a change: what was written between opening and now is one.
        self._known: tuple[int, ...] = ()
        self._digest = b"nothing yet"
        self._looks = 0
        # A source of its own: the program's is nobody's to move from another thread.
        self._draw = Random()  # noqa: S311
        again = self._again()
        self.worker = Worker[None]("watch", self._turn, report, begin=again, retry=again)
        self.worker.start()

    def _again(self) -> Turn:
        # Never in step with the others: three who always look in one order would go on for ever.
        return Turn(again=self._every * self._draw.uniform(0.8, 1.2))

    def _turn(self, _: object) -> Turn:
        if self._look() and not self.worker.closing:
            self._changed()
        self._beside()
        return self._again()

    def _look(self) -> bool:
        """Whether the file has changed since the last look, and is whole again."""
        self._looks += 1
        found = self._stat()
        # A file that is gone may be about to come back: many programs write that way.
        if not found or (found == self._known and self._looks % BYTES_EVERY_LOOKS):
            return False
        if self.worker.pause(SETTLE_SECONDS) or self._stat() != found:
            return False
        known, self._known = self._known, found
        before, self._digest = self._digest, self._read()
        # The bytes of the last look may be an older version that was put over one of ours since.
        return found != known or self._digest != before

    def _stat(self) -> tuple[int, ...]:
        try:
            found = self._path.stat()
        except (OSError, ValueError):
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev

    def _read(self) -> bytes:
        try:
            return blake2b(bytes_of(self._path)).digest()
        except StoreError:
            return b""
