"""How far a long command is: one line on standard error that is written over, for people only."""

import os
import sys
from types import TracebackType

from tui.text import plain

ERASE = "\r\x1b[K"
"""To the line's start, and everything on it away."""


class Progress:
    """A line such as ``Reading 120 of 1,000``; nothing where no person looks on."""

    def __init__(self, doing: str, of: int) -> None:
        self._doing, self._of, self._done = doing, of, 0
        self._shown = sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self._write(f"{ERASE}{plain(self._doing)} {self._done:,} of {self._of:,}")

    def clear(self) -> None:
        """Take the line away, so that another can be printed."""
        self._write(ERASE)

    def _write(self, text: str) -> None:
        if self._shown:
            print(text, end="", file=sys.stderr, flush=True)
