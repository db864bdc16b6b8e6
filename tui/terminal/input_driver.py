"""The driver's input half: a thread reads bytes, a parser cuts them into keys, pastes and reports.

Textual reads Esc and the key after it in one go as Alt and that key, as a symbol, or as nothing;
an Esc inside a paste spills the paste into keys; a report that it does not know swallows the keys
behind it, or is typed. No key of Offwall is held with Alt, so here Esc and a key are two keys, of
which the first is `Escaped`: what that means is seen where they come in.

Sequences are those of ECMA-48, section 5.4, with the two odd ones that terminals still send, and
the strings of section 5.6. Nothing of a sequence is ever a key, be it cut, spoiled or unknown.
"""

import os
import re
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.message import Message

from offwall.tui.terminal.signals import EndRequested
from offwall.tui.terminal.textual_private import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    ESC,
    Escaped,
    SequenceParser,
)

ALONE = 0.075
"""Seconds without a byte after which Esc is the Esc key: 50 ms, and what the reader may be late."""

UNFINISHED = 0.5
"""Seconds without a byte after which a sequence that never ended is dropped."""

PASTE_TIMEOUT = 10.0
"""Seconds without a byte after which a paste that never ended is taken as it is."""

LONGEST_SEQUENCE = 32
"""Characters of the longest sequence that the framework knows; it takes a longer one for keys."""

LONGEST_STRING = 1 << 12
"""Characters held of a string, such as a clipboard's: it is dropped, and only its end matters."""

_BEGINS = re.compile("[\x1b\x8f\x90\x98\x9b\x9d-\x9f]")
_CSI, _SS3 = r"(?:\x1b\[|\x9b)", r"(?:\x1bO|\x8f)"
_SEQUENCE = re.compile(
    rf"{_CSI}(?:M.{{3}}"  # a mouse that knows no better
    r"|\[[A-E]"  # F1 to F5 of the Linux console
    r"|(?![\[M])[0-?]*[ -/]*[@-~])"
    rf"|{_SS3}[0-9;]*[@-~]",
    re.DOTALL,
)
_STRING = re.compile(
    r"(?:\x1b[\]P_^X]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c]*"
    r"(?:(?P<ended>[\x07\x18\x1a\x9c]|\x1b\\)|(?=\x1b[^\\])|(?P<open>\x1b?\Z))"
)
"""An OSC, DCS, APC, PM or SOS up to ST or BEL; what cancels it, and an Esc that begins anew."""

_BEGUN = re.compile(rf"\x1b\Z|{_CSI}(?:M.{{0,2}}|\[|[0-?]*[ -/]*)\Z|{_SS3}[0-9;]*\Z", re.DOTALL)
_SPOILED = re.compile(rf"(?:{_CSI}[0-?]*[ -/]*|{_SS3}[0-9;]*)[\x18\x1a]?")
_XTERM_KEY = re.compile(r"\x1b\[27;(\d+);(\d+)~")


class KeyParser(SequenceParser):
    """Reads keys, pastes and reports, in order, however the line cut them into pieces."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""
        self._before = ""  # the last character that was read off

    def feed(self, data: str) -> Iterable[Message]:
        """The messages that are complete with ``data``; empty data is the end."""
        if not data:
            return [*self._take(final=True), *super().feed("")]
        if self._before == ESC and not self._held:
            # Where the Esc of a reply came alone: no hand types its rest, with its end, in one go.
            late = _STRING.match(ESC + data)
            data = data[late.end() - 1 :] if late and late["ended"] else data
        self._held += data
        return self._take(final=False)

    @property
    def patience(self) -> float | None:
        """Seconds to wait for more of what is held, from now; None where nothing is held."""
        if self._held.startswith(BRACKETED_PASTE_START):
            return PASTE_TIMEOUT
        return {"": None, ESC: ALONE}.get(self._held, UNFINISHED)

    def tick(self) -> Iterable[Message]:
        """What was held, where `patience` has passed and nothing more has come."""
        return self._take(final=True)

    def _take(self, *, final: bool) -> list[Message]:
        """Read off what is held as far as it is complete, or all of it."""
        messages: list[Message] = []
        at = 0
        while at < len(self._held):
            end = _unit_end(self._held, at)
            if end is None and not final:
                break
            start, at = at, end or len(self._held)
            messages += self._read(self._held[start:at])
            self._before = self._held[at - 1]
        self._held = self._held[at:]
        if len(self._held) > LONGEST_STRING and _STRING.match(self._held):
            self._held = self._held[:2] + self._held[-1]
        return messages

    def _read(self, unit: str) -> Iterable[Message]:
        """What one unit means."""
        if unit == ESC:
            return [Key("escape", ESC)]
        if unit.startswith(BRACKETED_PASTE_START):
            text = unit.removeprefix(BRACKETED_PASTE_START).removesuffix(BRACKETED_PASTE_END)
            return [Paste(text)]
        if _STRING.match(unit):
            return []
        if _SPOILED.match(unit):
            return self._sequence(unit)
        if unit.startswith(ESC):
            return [Escaped("escape", ESC), *self._typed(unit[1:])]
        # One Enter may be two characters, and come in two pieces.
        return self._typed(unit.removeprefix("\n") if self._before == "\r" else unit)

    def _typed(self, text: str) -> Iterable[Message]:
        """Characters as keys; a line feed is Enter."""
        return super().feed(text.replace("\r\n", "\r").replace("\n", "\r")) if text else ()

    def _sequence(self, sequence: str) -> list[Message]:
        """What a sequence means; one that is not known, or out of range, is nothing."""
        known = sequence.replace("\x9b", "\x1b[").replace("\x8f", "\x1bO")
        if key := _XTERM_KEY.fullmatch(known):
            # Textual reads the number of the key in this form as the text that it types.
            known = f"{ESC}[{key[2]};{key[1]}u"
        messages: list[Message] = []
        with suppress(ValueError, OverflowError):
            messages += super().feed(known) if len(known) <= LONGEST_SEQUENCE else ()
        self.forget_sequence()
        return messages


def _unit_end(text: str, at: int) -> int | None:
    """Where the unit that begins at a place ends; None while more may belong to it."""
    if not _BEGINS.match(text, at):
        found = _BEGINS.search(text, at)
        return found.start() if found else len(text)
    if text.startswith(BRACKETED_PASTE_START, at):
        end = text.find(BRACKETED_PASTE_END, at)
        return None if end < 0 else end + len(BRACKETED_PASTE_END)
    if string := _STRING.match(text, at):
        return string.end() if string["open"] is None else None
    if _BEGUN.match(text, at):
        return None
    if match := _SEQUENCE.match(text, at) or _SPOILED.match(text, at):
        return match.end()
    # A key behind an Esc belongs to it; what begins with an Esc of its own does not.
    return at + (1 if _BEGINS.match(text, at + 1) else 2)


# Reads the terminal on a thread of its own: any bytes at all, until the line is gone.

READ_BYTES = 1 << 16
"""Bytes read in one go; a terminal hands over 4,096 at most, a pipe more."""

SIGNAL_GAP = 0.002
"""Seconds between two signals of which Python heard at once: it tells the lower number first,
and so of a stop and the going on after it in the wrong order."""

NO_PIPE = -1
"""In the place of a pipe's end while nothing is read."""


class InputDriver(LinuxDriver):
    """Sleeps until something comes, and a pipe that is closed at our end stops it.

    Textual's own reader ends the App at one byte that is not UTF-8, spins on a terminal that is
    gone, and looks ten times a second whether to stop.
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
                    else:
                        # Only now: the rest may have come while what was before it was handed on.
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
        """Give the terminal back and stop, unless going on was asked for meanwhile: who asks before
        we have stopped has asked for the last time, and a stop after that would be for ever.
        """
        # Nothing stands between the last look and the stop, where Python would hear of a signal.
        stop = partial(os.kill, os.getpid(), signal.SIGSTOP)
        if self._auto_restart and self.reads:
            self.suspend_application_mode()
            self._must_signal_resume = True
        if self._to_stop:
            stop()

    def _go_on(self) -> None:
        """Begin anew after a stop, also where it came without a word (SIGSTOP). Textual begins over
        the first: two threads read, and what the terminal was like before is forgotten.
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
