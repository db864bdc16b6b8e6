"""The driver's input half: a thread reads bytes, a parser cuts them into keys, pastes and reports.

Textual reads Esc and the key after it in one go as Alt and that key, as a symbol, or as nothing;
an Esc inside a paste spills the paste into keys; a report that it does not know swallows the keys
behind it. No key of Offwall is held with Alt, so an Esc that begins no sequence is the Esc key.

Sequences are those of ECMA-48, section 5.4, with the two odd ones that terminals still send.
"""

import os
import re
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from functools import partial
from time import monotonic
from typing import Any

from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.message import Message

from offwall.tui.terminal.signals import EndRequested

# What the terminal sends, cut into keys, pastes and reports before the framework reads them.
#
# Textual reads Esc and the key after it in one go as Alt and that key, as a symbol, or as nothing;
# an Esc inside a paste spills the paste into keys; a report that it does not know swallows the keys
# behind it. No key of Offwall is held with Alt, so an Esc that begins no sequence is the Esc key.
#
# Sequences are those of ECMA-48, section 5.4, with the two odd ones that terminals still send.

ESC = "\x1b"
PASTE_TIMEOUT = 10.0
"""Seconds without a byte after which a paste that never ended is taken as it is."""

LONGEST_SEQUENCE = 32
"""Characters of the longest sequence that the framework knows; it takes a longer one for keys."""

_SS3 = "".join({keys[2] for keys in ANSI_SEQUENCES_KEYS if re.fullmatch(r"\x1bO.", keys)})
_SEQUENCE = re.compile(
    r"\x1b(?:\[M.{3}"  # a mouse that knows no better
    r"|\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"
    rf"|O[{_SS3}])",
    re.DOTALL,
)
_BEGUN = re.compile(r"\x1b(?:\[M.{0,2}|\[\[|\[[0-?]*[ -/]*|O)?\Z", re.DOTALL)


class KeyParser(XTermParser):
    """Reads keys, pastes and reports, in order, however the line cut them into pieces."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""
        self._held_since = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """The messages that are complete with ``data``; empty data is the end."""
        if not data:
            return [*self._take(final=True), *super().feed("")]
        self._held += data
        self._held_since = monotonic()
        return self._take(final=False)

    @property
    def patience(self) -> float | None:
        """Seconds that what is held may still wait for more; None where nothing is held."""
        if not self._held:
            return None
        paste = self._held.startswith(BRACKETED_PASTE_START)
        longest = PASTE_TIMEOUT if paste else constants.ESCAPE_DELAY
        return max(0.0, self._held_since + longest - monotonic())

    def tick(self) -> Iterable[Message]:
        """What waited for more that did not come."""
        return self._take(final=True) if self.patience == 0 else []

    def _take(self, *, final: bool) -> list[Message]:
        """Read off what is held as far as it is complete, or all of it."""
        messages: list[Message] = []
        at = 0
        while at < len(self._held):
            end = _unit_end(self._held, at)
            if end is None and not final:
                break
            start, at = at, end or _forced_end(self._held, at)
            messages += self._read(self._held[start:at])
        self._held = self._held[at:]
        return messages

    def _read(self, unit: str) -> Iterable[Message]:
        """What one unit means."""
        if unit == ESC:
            return [Key("escape", ESC)]
        if unit.startswith(BRACKETED_PASTE_START):
            text = unit.removeprefix(BRACKETED_PASTE_START).removesuffix(BRACKETED_PASTE_END)
            return [Paste(text)]
        if unit.startswith(ESC):
            return self._sequence(unit)
        return super().feed(unit)

    def _sequence(self, sequence: str) -> list[Message]:
        """What a sequence means; one that is not known, or out of range, is nothing."""
        try:
            messages = list(super().feed(sequence)) if len(sequence) <= LONGEST_SEQUENCE else []
        except (ValueError, OverflowError):
            messages = []
            self._begin_again()
        if self._awaiting.timeout is not None:
            self._begin_again()
        return messages

    def _begin_again(self) -> None:
        """Forget a sequence that is still open, so that it takes no key behind it."""
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None


def _unit_end(text: str, at: int) -> int | None:
    """Where the unit that begins at a place ends; None while more may belong to it."""
    if text[at] != ESC:
        found = text.find(ESC, at)
        return len(text) if found < 0 else found
    if text.startswith(BRACKETED_PASTE_START, at):
        found = text.find(BRACKETED_PASTE_END, at)
        return None if found < 0 else found + len(BRACKETED_PASTE_END)
    if match := _SEQUENCE.match(text, at):
        return match.end()
    return None if _BEGUN.match(text, at) else at + 1


def _forced_end(text: str, at: int) -> int:
    """Where a unit ends that nothing more will complete: a paste takes all, the rest is Esc."""
    return len(text) if text.startswith(BRACKETED_PASTE_START, at) else at + 1


# Reads the terminal on a thread of its own: any bytes at all, until the line is gone.

READ_BYTES = 1 << 16
"""Bytes read in one go; a terminal hands over 4,096 at most, a pipe more."""

SIGNAL_GAP = 0.002
"""Seconds between two signals of which Python heard at once: it tells the lower number first,
and so of a stop and the going on after it in the wrong order."""

NO_PIPE = -1
"""In the place of a pipe's end while nothing is read."""


class InputDriver(LinuxDriver):
    """The input half of the driver.

    Textual's own reader ends the App at one byte that is not UTF-8, spins on a terminal that is
    gone, reads Esc and a key together as something else, and looks ten times a second whether to
    stop. Here it sleeps until something comes, and a pipe that is closed at our end stops it.
    """

    _gone = False
    """Whether the other end of the line is gone, and with it all that could be read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._our_end = self._its_end = NO_PIPE
        self._to_stop = False
        self._continued = 0.0

    def start_application_mode(self) -> None:
        """Begin, or come back after a suspension."""
        if self._our_end == NO_PIPE:
            self._its_end, self._our_end = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """Read no more; the reader ends at once."""
        if self._our_end != NO_PIPE:
            os.close(self._our_end)
            self._our_end = NO_PIPE
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
                            self.send_message(EndRequested(signal.SIGHUP))
                            return
                        self._pass_on(parser.feed(text) if (text := decode(data)) else ())
                    self._pass_on(parser.tick())
        finally:
            os.close(closed)

    def _pass_on(self, messages: Any) -> None:
        for message in messages:
            self.process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        if monotonic() - self._continued < SIGNAL_GAP:
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
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""
