"""A terminal's screen twice: fed by Textual's own output, and by what the light driver sends.

The terminal is pyte, mended where it differs from those in use: half of a wide character that was
written over becomes blank, clearing colours every cell, and skin tones, joiners and marks that it
would end a text at are left out. It knows no faint, double underline, frame, link or mode 2026:
`tests/tui/test_light.py` holds those to what is sent.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pyte
from pyte.screens import Char
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.app import App
from wcwidth import wcwidth

from offwall.tui.terminal.screen_diff import ScreenDiff, TerminalAbilities


class Terminal(pyte.Screen):
    """A screen with the wrap at its edge off, as Textual has it."""

    def __init__(self, width: int, height: int, *, colours_erased: bool = True) -> None:
        super().__init__(width, height)
        self._colours_erased = colours_erased
        self._stream = pyte.Stream(self)
        self._stream.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        # The pseudo-terminal makes a line feed a new line.
        self._stream.feed(data.replace("\r\n", "\n").replace("\n", "\r\n"))

    def draw(self, data: str) -> None:
        start = self.cursor.x
        super().draw("".join(character for character in data if _known(character)))
        row = self.buffer[self.cursor.y]
        for x in (start - 1, start, self.cursor.x - 1, self.cursor.x):
            if 0 <= x < self.columns and self._halved(row, x):
                row[x] = row[x]._replace(data=" ")

    def _halved(self, row: Mapping[int, Char], x: int) -> bool:
        if row[x].data == "":
            return x == 0 or not _wide(row[x - 1].data)
        return _wide(row[x].data) and (x + 1 == self.columns or row[x + 1].data != "")

    def _erasing(self, erase: str, *arguments: Any, **named: Any) -> None:
        pen = self.cursor.attrs
        if not self._colours_erased:
            self.cursor.attrs = self.default_char
        getattr(super(), erase)(*arguments, **named)
        self.cursor.attrs = pen

    def erase_characters(self, *arguments: Any) -> None:
        self._erasing("erase_characters", *arguments)

    def erase_in_line(self, *arguments: Any, **named: Any) -> None:
        self._erasing("erase_in_line", *arguments, **named)

    def erase_in_display(self, *arguments: Any, **named: Any) -> None:
        # pyte colours only those cells that were written to before.
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y].setdefault(x, self.default_char)
        self._erasing("erase_in_display", *arguments, **named)

    def shows(self, y: int) -> list[Char]:
        """Every cell of a row, as it is seen: of a space mostly its background."""
        return [_as_seen(self.buffer[y][x]) for x in range(self.columns)]


def _known(character: str) -> bool:
    """Whether pyte draws it, or joins it to the character before, as terminals do."""
    tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return not tone and (wcwidth(character) > 0 or unicodedata.combining(character) > 0)


def _wide(text: str) -> bool:
    return bool(text) and wcwidth(text[0]) == 2


def _as_seen(cell: Char) -> Char:
    if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse):
        return Char(" ", bg=cell.bg)
    return cell


class Both:
    """Two terminals of one size, and what each was sent."""

    def __init__(self, width: int, height: int, abilities: TerminalAbilities) -> None:
        self.abilities = abilities
        self.bytes = [0, 0]
        self.begin(width, height)

    def begin(self, width: int, height: int) -> None:
        """Two new terminals."""
        self._wire = ScreenDiff(width, height, self.abilities)
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """The terminals have another size; they lose what they showed."""
        self._wire.resize(width, height)
        self._wire.forget()
        erased = self.abilities.colours_erased
        self._terminals = [Terminal(width, height, colours_erased=erased) for _ in range(2)]

    def forget(self) -> None:
        """Something else wrote to the light one's terminal."""
        self._wire.forget()
        self._terminals[1].feed("\x1b[3;1H\x1b[41mxxxx\n\n\x1b[7m")

    def take(self, data: str) -> None:
        """A frame of Textual's."""
        light = self._wire.take(data) + self._wire.paint()
        for index, sent in enumerate((data, light)):
            self._terminals[index].feed(sent)
            self.bytes[index] += len(sent.encode())

    def compare(self) -> None:
        """Fail where the two differ."""
        own, light = self._terminals
        for y in own.dirty | light.dirty:
            assert light.shows(y) == own.shows(y), f"row {y}"
        own.dirty.clear()
        light.dirty.clear()
        assert (light.cursor.x, light.cursor.y) == (own.cursor.x, own.cursor.y)


@contextmanager
def compared(abilities: TerminalAbilities) -> Iterator[Both]:
    """Every frame that an app makes, with no terminal at all, goes both ways and is compared.

    The first difference is raised at the end: inside the app it would be a fault of the app's.
    """
    both = Both(1, 1, abilities)
    differences: list[AssertionError] = []
    apps: list[App[None]] = []

    def display(app: App[None], screen: object, renderable: object) -> None:
        shown = app._running and not app._batch_count and not differences
        if isinstance(renderable, CompositorUpdate) and shown:
            size = app.screen.outer_size
            if app not in apps:
                # Another app begins on another terminal.
                apps.append(app)
                both.begin(*size)
            elif size != (both._terminals[0].columns, both._terminals[0].lines):
                both.resize(*size)
            place = size.clamp_offset(app.cursor_position)
            drawn = renderable.render_segments(app.console)
            both.take(drawn + Control.move_to(*place).segment.text)
            try:
                both.compare()
            except AssertionError as difference:
                differences.append(difference)

    with patch.object(App, "_display", display):
        yield both
    if differences:
        raise differences[0]
