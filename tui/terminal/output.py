"""Writes to the terminal on a thread of its own, and never makes the editor wait for the line.

Textual queues thirty writes and then stands still until the line takes them: no key is handled
and nothing is kept meanwhile. Here what a stalled line does not take is left out, and the whole
screen is drawn again once it flows.
"""

import os
import select
import threading
from collections.abc import Callable

MOST = 1 << 18
"""Characters that may wait; a full screen of 80x24 needs 30,000, one of 500x200 what it needs."""

BEHIND = 1 << 13
"""Characters that may wait before frames are left out by those who know what the last one shows."""


class Output:
    """A queue of text to one terminal. ``flows`` is called when a line that stalled flows again."""

    def __init__(self, fileno: int, flows: Callable[[], object]) -> None:
        self._fileno = fileno
        self._flows = flows
        self._condition = threading.Condition()
        self._waiting: list[str] = []
        self._size = 0
        self._left_out = False
        self._stopping = False
        self._gone = False
        # A daemon, because a write to a stalled line never returns.
        self._thread = threading.Thread(target=self._work, name="terminal", daemon=True)
        self._thread.start()

    def write(self, text: str, *, needed: bool = False) -> None:
        """Have text written; what is not ``needed`` may be left out while the line stalls."""
        with self._condition:
            if self._size > MOST and not needed:
                self._left_out = True
                return
            self._waiting.append(text)
            self._size += len(text)
            self._condition.notify()

    def stalls(self) -> bool:
        """Whether the line is behind, so that a frame is better left out; `flows` says when not."""
        with self._condition:
            behind = self._size > BEHIND
            self._left_out = self._left_out or behind
            return behind

    def stop(self, patience: float) -> None:
        """Write what waits and stop, at the latest after ``patience`` seconds."""
        with self._condition:
            self._stopping = True
            self._condition.notify()
        self._thread.join(patience)

    def _work(self) -> None:
        while text := self._next():
            self._send(text.encode(errors="replace"))
            with self._condition:
                self._size -= len(text)
                flows = self._left_out and not self._waiting
                self._left_out = self._left_out and not flows
            if flows:
                self._flows()

    def _next(self) -> str:
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._stopping)
            text = "".join(self._waiting)
            self._waiting.clear()
            return text

    def _send(self, data: bytes) -> None:
        """Write all of it; a terminal that is gone takes nothing any more."""
        while data and not self._gone:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                # Somebody who shares this terminal made it so.
                select.select([], [self._fileno], [], 1.0)
            except OSError:
                self._gone = True
