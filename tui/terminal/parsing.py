"""What the terminal sends, cut into keys, pastes and reports before the framework reads them.

Textual reads Esc and the key after it in one go as Alt and that key, as a symbol, or as nothing;
an Esc inside a paste spills the paste into keys; a report that it does not know swallows the keys
behind it. No key of Offwall is held with Alt, so an Esc that begins no sequence is the Esc key.

Sequences are those of ECMA-48, section 5.4, with the two odd ones that terminals still send.
"""

import re
from collections.abc import Iterable
from time import monotonic

from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.events import Key, Paste
from textual.message import Message

ESC = "\x1b"
PASTE_PATIENCE = 10.0
"""Seconds without a byte after which a paste that never ended is taken as it is."""

LONGEST = 32
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
        longest = PASTE_PATIENCE if paste else constants.ESCAPE_DELAY
        return max(0.0, self._held_since + longest - monotonic())

    def tick(self) -> Iterable[Message]:
        """What waited for more that did not come."""
        return self._take(final=True) if self.patience == 0 else []

    def _take(self, *, final: bool) -> list[Message]:
        """Read off what is held as far as it is complete, or all of it."""
        messages: list[Message] = []
        at = 0
        while at < len(self._held):
            end = _end(self._held, at)
            if end is None and not final:
                break
            start, at = at, end or _forced(self._held, at)
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
            messages = list(super().feed(sequence)) if len(sequence) <= LONGEST else []
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


def _end(text: str, at: int) -> int | None:
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


def _forced(text: str, at: int) -> int:
    """Where a unit ends that nothing more will complete: a paste takes all, the rest is Esc."""
    return len(text) if text.startswith(BRACKETED_PASTE_START, at) else at + 1
