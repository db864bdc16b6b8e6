"""Which lines of a session file hold which record and which key.

tomllib says what a file holds, not where. This reads the same text once more, for its places
alone: on text that is not TOML it tells as much as stands before the mistake.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from offwall.model.store.toml.record_tables import Path, parse_toml

TOKEN = re.compile(
    r'''
      (?P<space>[^\S\n]+)
    | (?P<comment>\#[^\n]*)
    | (?P<newline>\n)
    | (?P<string> """ [^"\\]* (?: (?: \\. | "{1,2}(?!") ) [^"\\]* )* "{3,5}
                | \'\'\' [^']* (?: '{1,2}(?!') [^']* )* '{3,5}
                | " [^"\\\n]* (?: \\. [^"\\\n]* )* "
                | ' [^'\n]* ' )
    | (?P<bare>[^\s\[\]{}=,.\#"']+)
    | (?P<mark>.)
    ''',
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A word of the file, and the line on which it begins."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class RecordBlock:
    """Lines that belong to one record, or to what stands before the first (an empty path).

    ``path`` is such as ``("activities", 3)`` or ``("workshop",)``; ``line`` is that of the header;
    ``start`` that of the comments right above it; ``end`` the last line before the next block, and
    ``last`` the last that is neither blank nor a comment. Lines count from 1. A record whose parts
    stand apart has several blocks.
    """

    path: Path
    start: int
    line: int
    end: int
    last: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LineMap:
    """Where everything stands: each value's line, and the block of each record.

    ``roots`` are the statements before the first header, each a block under its first key.
    ``unclosed`` is the line of a quote, a bracket or a key that nothing ends, else None.
    """

    lines: Mapping[Path, int]
    blocks: tuple[RecordBlock, ...]
    unclosed: int | None
    roots: tuple[RecordBlock, ...] = ()

    def line(self, path: Path) -> int | None:
        """The line of a value, else of the nearest thing that holds it; None for the whole file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def record_at(self, line: int) -> Path:
        """The record to which a line belongs; empty before the first header."""
        return next((block.path for block in reversed(self.blocks) if block.start <= line), ())


def map_lines(text: str, *, keys: bool = True) -> LineMap:
    """Find the places of a file's records and keys.

    Without ``keys``, of the keys it tells only which records have an ``id``: a fifth of the time.
    """
    scanner = _Scanner(text.removeprefix("\ufeff"), keys=keys)
    # IndexError: the text ended within a value. The others: a key or a nesting beyond reading.
    with suppress(IndexError, ValueError, RecursionError):
        scanner.run()
    # The headers with their ends; neighbours of one record become one.
    found: list[_Begun] = []
    for begun in scanner.begun_blocks:
        if not found and begun.start > 1:
            found.append(_Begun((), 1, 1))
        if found and found[-1].path == begun.path:
            found[-1].last = begun.last
        else:
            found.append(begun)
    found = found or [_Begun((), 1, 1)]
    ends = [*(begun.start - 1 for begun in found[1:]), text.count("\n") + 1]
    blocks = tuple(
        RecordBlock(begun.path, begun.start, begun.line, end, begun.last)
        for begun, end in zip(found, ends, strict=True)
    )
    return LineMap(scanner.lines, blocks, scanner.stray or scanner.begun, tuple(scanner.roots))


@dataclass(slots=True)
class _Begun:
    """A header, or what stands before the first, and the last line that was read below it."""

    path: Path
    start: int
    line: int
    last: int = 0


_TEXT = r'''"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'''
_BARE = r"""[^\s\[\]{}=,.\#"']++"""
_ITEMS = rf"\[ (?: [^\S\n]*+\n[^\S\n]*+ (?:{_TEXT}|{_BARE}) , )*+ \s*+ \]"
_VALUE = rf"[ ]=[ ] (?: {_TEXT} | {_BARE} | (?P<items> {_ITEMS} ) )"
_BLANK = r"(?P<blank>(?:[^\S\n]*+\n)*+)"
PLAIN = re.compile(
    rf"""
      (?: \[ (?P<several>\[)?+ (?P<table>[\w-]++(?:\.[\w-]++)*+) \] (?(several)\])
        | (?P<key>[\w-]++) {_VALUE}
      ) [^\S\n]*+\n {_BLANK}
    """,
    re.VERBOSE,
)
"""A statement as most are, and all that Offwall writes: it is taken in one go, not word by word."""

PLAIN_KEYS = re.compile(rf"((?: [\w-]++ {_VALUE} [^\S\n]*+\n )*) {_BLANK}", re.VERBOSE)
"""All such statements up to the first that is another, or to a blank line.

The first Pythons of 3.11 lose their way where a group that repeats possessively has a named one.
"""


class _Scanner:
    """One walk over a file, statement by statement."""

    def __init__(self, text: str, *, keys: bool) -> None:
        self.text, self.tells_keys = text + "\n", keys
        self.at, self.line_here = 0, 1  # up to where words were taken, and the line there
        self.ahead: Token | None = None
        self.stray: int | None = None
        self.lines: dict[Path, int] = {}
        self.begun_blocks: list[_Begun] = []
        self.roots: list[RecordBlock] = []
        self.last: dict[Path, int] = {}  # the place of each list's last item
        self.table: Path = ()
        self.begun: int | None = None  # the line of a statement that has not ended

    def run(self) -> None:
        """Walk the file; ends with an IndexError where the words end."""
        comment = None
        while True:
            line = self.line_here
            if plain := PLAIN.match(self.text, self.at):
                path, last = self.plain(plain, comment or line)
            elif self.peek().kind == "comment":
                comment = comment or line
                self.end_line()
                continue
            elif self.peek().kind == "newline":
                comment = None
                self.take()
                continue
            else:
                self.begun = line
                path = self.statement(comment or line)
                last = self.end_line()
            self.begun_blocks[-1].last = last
            if not self.table:
                self.roots.append(RecordBlock(path[:1], comment or line, line, last, last))
            comment = self.begun = None

    def peek(self) -> Token:
        while self.ahead is None:
            found = TOKEN.match(self.text, self.at)
            if found is None:
                raise IndexError
            kind, text, line = found.lastgroup or "", found[0], self.line_here
            if text in ('"', "'"):
                # It begins a text that does not end: nothing after it can be trusted.
                self.stray = line
                raise IndexError
            self.at = found.end()
            self.line_here += text.count("\n")
            if kind != "space":
                self.ahead = Token(kind, text, line)
        return self.ahead

    def take(self) -> Token:
        token, self.ahead = self.peek(), None
        return token

    def end_line(self) -> int:
        while (token := self.take()).kind != "newline":
            pass
        return token.line

    def plain(self, found: re.Match[str], start: int) -> tuple[Path, int]:
        """A statement as `PLAIN` has it: what it is about, and its last line."""
        several, table, key, items, blank = found.groups()
        line, self.at = self.line_here, found.end()
        listed = items.count("\n") if items else 0
        self.line_here += 1 + listed + blank.count("\n")
        if table:
            path = self.opened(self.header(table.split("."), bool(several)), start, line)
            return path, line if self.tells_keys else self.rest_of_table(line)
        self.begin(start, line)
        path = (*self.table, key)
        self.lines.setdefault(path, line)
        for place in range(listed - 1):
            self.lines[(*path, place)] = line + 1 + place
        return path, line + listed

    def rest_of_table(self, last: int) -> int:
        """Take the plain statements below a header; the answer is the line of the last."""
        found = PLAIN_KEYS.match(self.text, self.at)
        if found is None or not found[1]:
            return last
        if found[1].startswith("id = ") or "\nid = " in found[1]:
            self.lines[(*self.table, "id")] = self.line_here
        self.at = found.end()
        self.line_here += found[1].count("\n")
        last = self.line_here - 1
        self.line_here += found["blank"].count("\n")
        return last

    def statement(self, start: int) -> Path:
        line = self.peek().line
        if self.peek().text != "[":
            self.begin(start, line)
            return self.pair(self.table)
        self.take()
        several = self.peek().text == "["
        if several:
            self.take()
        return self.opened(self.header(self.keys("]"), several), start, line)

    def begin(self, start: int, line: int) -> None:
        if not self.begun_blocks:
            self.begun_blocks.append(_Begun((), start, line))

    def opened(self, table: Path, start: int, line: int) -> Path:
        self.table = table
        for length in range(1, len(table) + 1):
            self.lines.setdefault(table[:length], line)
        record = table[: 2 if table[:1] in self.last else 1]
        self.begun_blocks.append(_Begun(record, start, line))
        return table

    def header(self, names: list[str], several: bool) -> Path:
        *outer, name = names
        path: Path = ()
        for key in outer:
            path += (key,)
            if path in self.last:
                path += (self.last[path],)
        path += (name,)
        if several:
            self.last[path] = self.last.get(path, -1) + 1
            path += (self.last[path],)
        return path

    def keys(self, stop: str) -> list[str]:
        """The parts of a key, up to and with the mark that ends it."""
        found = []
        while (token := self.take()).text != stop:
            if token.kind == "string":
                found.append(parse_toml(f"key = {token.text}")["key"])
            elif token.kind == "bare":
                found.append(token.text)
        return found or [""]

    def pair(self, path: Path) -> Path:
        line = self.peek().line
        for key in self.keys("="):
            path += (key,)
            self.lines.setdefault(path, line)
        self.value(path)
        return path

    def value(self, path: Path) -> None:
        first = self.take()
        if first.text == "[":
            self.array(path)
        elif first.text == "{":
            self.inline_table(path)
        elif first.kind == "bare":
            while self.peek().kind == "bare" or self.peek().text == ".":
                self.take()

    def array(self, path: Path) -> None:
        place = 0
        while (token := self.after_blanks()).text != "]":
            if token.text == ",":
                self.take()
                place += 1
            else:
                self.lines[(*path, place)] = token.line
                self.value((*path, place))
        self.take()

    def inline_table(self, path: Path) -> None:
        while (token := self.after_blanks()).text != "}":
            if token.text == ",":
                self.take()
            else:
                self.pair(path)
        self.take()

    def after_blanks(self) -> Token:
        while self.peek().kind in ("newline", "comment"):
            self.take()
        return self.peek()
