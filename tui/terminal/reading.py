"""Reads the terminal on a thread of its own: any bytes at all, until the line is gone."""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from functools import partial
from time import monotonic
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.ended import Ended
from tui.terminal.parsing import KeyParser

AT_ONCE = 1 << 16
"""Bytes read in one go; a terminal hands over 4,096 at most, a pipe more."""

TOGETHER = 0.002
"""Seconds between two signals of which Python heard at once: it tells the lower number first,
and so of a stop and the going on after it in the wrong order."""

NOT_YET = -1
"""In the place of a pipe's end while nothing is read."""


class Reading(LinuxDriver):
    """The input half of the driver.

    Textual's own reader ends the App at one byte that is not UTF-8, spins on a terminal that is
    gone, reads Esc and a key together as something else, and looks ten times a second whether to
    stop. Here it sleeps until something comes, and a pipe that is closed at our end stops it.
    """

    _gone = False
    """Whether the other end of the line is gone, and with it all that could be read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._our_end = self._its_end = NOT_YET
        self._to_stop = False
        self._continued = 0.0

    def start_application_mode(self) -> None:
        """Begin, or come back after a suspension."""
        if self._our_end == NOT_YET:
            self._its_end, self._our_end = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """Read no more; the reader ends at once."""
        if self._our_end != NOT_YET:
            os.close(self._our_end)
            self._our_end = NOT_YET
        super().disable_input()

    @property
    def reads(self) -> bool:
        """Whether the terminal is being read."""
        return self._key_thread is not None and self._key_thread.is_alive()

    def run_input_thread(self) -> None:
        """Read, decode, and send on, until input is no longer wanted."""
        closed = self._its_end
        parser = KeyParser(self._debug)
        # What is no UTF-8 is shown as such, and can be taken back.
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        try:
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(closed, selectors.EVENT_READ)
                while True:
                    ready = {key.fd for key, _ in selector.select(parser.patience)}
                    if closed in ready:
                        return
                    if self.fileno in ready:
                        data = self._read()
                        if not data:
                            self._gone = True
                            self.send_message(Ended(signal.SIGHUP))
                            return
                        self._pass_on(parser.feed(text) if (text := decode(data)) else ())
                    self._pass_on(parser.tick())
        finally:
            os.close(closed)

    def _pass_on(self, messages: Any) -> None:
        for message in messages:
            self.process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        if monotonic() - self._continued < TOGETHER:
            # Nobody knows which came last; a stop too few does no harm, one too many is for ever.
            return
        self._to_stop = True
        # In the loop, and not wherever the signal came in: perhaps half way through a frame.
        self._loop.call_soon_threadsafe(self._stop)

    def _sigcont_application(self, *_: object) -> None:
        self._to_stop = False
        self._loop.call_soon_threadsafe(self._go_on)
        # Last, so that nothing stands between this and the signal that was heard with it.
        self._continued = monotonic()

    def _stop(self) -> None:
        """Give the terminal back and stop, unless going on was asked for meanwhile.

        Who asks to go on before we have stopped has asked for the last time: a stop after that
        would be for ever.
        """
        # Nothing stands between the last look and the stop, where Python would hear of a signal.
        stop = partial(os.kill, os.getpid(), signal.SIGSTOP)
        if self._auto_restart and self.reads:
            self.suspend_application_mode()
            self._must_signal_resume = True
        if self._to_stop:
            stop()

    def _go_on(self) -> None:
        """Go on after a stop: begin anew, also where the stop came without a word (SIGSTOP).

        Textual begins a second time over the first: two threads read, and what the terminal was
        like before is forgotten.
        """
        # A line that drops has the system tell us to go on, too; there is nothing to begin then.
        if self._gone or not self._auto_restart:
            return
        if self.reads:
            self.suspend_application_mode()
        self.resume_application_mode()

    def _read(self) -> bytes:
        """What has come; nothing where the other end is gone."""
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError:
            return b""
