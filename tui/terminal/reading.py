"""Reads the terminal on a thread of its own: any bytes at all, until the line is gone."""

import os
import selectors
import signal
from codecs import getincrementaldecoder

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.ended import Ended
from tui.terminal.parsing import KeyParser

AT_ONCE = 1 << 16
"""Bytes read in one go; a terminal hands over 4,096 at most, a pipe more."""

LOOK = 0.1
"""Seconds between two looks at what waits for more, and at whether to stop."""


class Reading(LinuxDriver):
    """The input half of the driver.

    Textual's own reader ends the App at one byte that is not UTF-8, spins on a terminal that is
    gone, and reads Esc and a key together as something else.
    """

    def run_input_thread(self) -> None:
        """Read, decode, and send on, until input is no longer wanted."""
        parser = KeyParser(self._debug)
        # What is no UTF-8 is shown as such, and can be taken back.
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(LOOK):
                    data = self._read()
                    if not data:
                        self.send_message(Ended(signal.SIGHUP))
                        return
                    if text := decode(data):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        # In the loop, and not wherever the signal came in: perhaps half way through a frame.
        self._loop.call_soon_threadsafe(super()._sigtstp_application)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Go on after a stop: begin anew, also where the stop came without a word (SIGSTOP).

        Textual begins a second time over the first: two threads read, and what the terminal was
        like before is forgotten.
        """
        if self._auto_restart and self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
        super()._sigcont_application()

    def _read(self) -> bytes:
        """What has come; nothing where the other end is gone."""
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError:
            return b""
