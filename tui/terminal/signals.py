"""Signals that ask the editor to end: the hang-up of a dropped line, and kill.

The editor ends as if left, so that all is kept and the terminal is as it was; where it cannot, the
process ends all the same before whoever asked loses patience and sends what cannot be refused.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from textual.message import Message

SIGNAL_NAMES = ("SIGHUP", "SIGTERM", "SIGINT")
"""SIGINT comes from outside only: in a terminal that draws, Ctrl+C is a key."""

TERMINAL = 0
"""Standard input, which is the terminal where the editor runs."""

END_SECONDS = 2.5
"""Seconds that ending in good order may take."""

SIGNAL_EXIT_BASE = 128
"""Shells add this to a signal's number for the exit status of what it ended."""


@contextmanager
def handling_signals(end: Callable[[int], None]) -> Iterator[None]:
    """Call ``end`` with the number of a signal that asks for the end, and see that it comes.

    A signal that was ignored at the start (``nohup``) stays so.
    """
    terminal = _terminal_modes()

    def asked(number: int, _: FrameType | None) -> None:
        watch = threading.Timer(END_SECONDS, _exit_at_once, (number, terminal))
        watch.daemon = True
        watch.start()
        end(number)

    wanted = [getattr(signal, name) for name in SIGNAL_NAMES if hasattr(signal, name)]
    heard = [number for number in wanted if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, asked) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit_at_once(number: int, terminal: list[Any] | None) -> None:
    """End without another word; what was counted as kept is on the disk."""
    if terminal is not None:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(TERMINAL, termios.TCSANOW, terminal)
    os._exit(SIGNAL_EXIT_BASE + number)


def _terminal_modes() -> list[Any] | None:
    """How the terminal was before anything was drawn; None where there is none to put back."""
    try:
        import termios
    except ImportError:  # Windows, whose console looks after itself
        return None
    try:
        return termios.tcgetattr(TERMINAL)
    except termios.error:
        return None


@dataclass
class EndRequested(Message):
    """The line is gone, or a signal asks for the end; ``number`` is the signal's."""

    number: int
