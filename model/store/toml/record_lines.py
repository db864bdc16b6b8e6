"""Which lines of a session file hold which record and which key.

tomllib says what a file holds, not where. This reads the same text once more, for its places
alone: on text that is not TOML it tells as much as stands before the mistake.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from offwall.model.store.toml.read import Path

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


def map_lines(text: str) -> LineMap:
    """Find the places of a file's records and keys."""
    scanner = _Scanner(text.removeprefix("\ufeff"))
    # IndexError: the text ended within a value. The others: a key or a nesting beyond reading.
    with suppress(IndexError, tomllib.TOMLDecodeError, RecursionError):
        scanner.run()
    found = (replace(block, last=scanner.lasts[n]) for n, block in enumerate(scanner.blocks))
    blocks = tuple(_joined(list(found), text.count("\n") + 1))
    return LineMap(scanner.lines, blocks, scanner.stray or scanner.begun, tuple(scanner.roots))


def _joined(blocks: list[RecordBlock], last: int) -> Iterator[RecordBlock]:
    """The blocks with their ends; neighbours of one record become one."""
    groups = [RecordBlock((), 1, 1, 1)] if not blocks or blocks[0].start > 1 else []
    for block in blocks:
        if not groups or groups[-1].path != block.path:
            groups.append(block)
        else:
            groups[-1] = replace(groups[-1], last=block.last)
    ends = [block.start - 1 for block in groups[1:]] + [last]
    for block, end in zip(groups, ends, strict=True):
        yield replace(block, end=end)


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield Token(kind, match[0], line)
        line += match[0].count("\n")


class _Scanner:
    """One walk over the words of a file, statement by statement."""

    def __init__(self, text: str) -> None:
        words = list(_tokens(text + "\n"))
        # A quote on its own begins a text that does not end: nothing after it can be trusted.
        stray = [place for place, word in enumerate(words) if word.text in ('"', "'")]
        self.tokens = words[: stray[0]] if stray else words
        self.stray = words[stray[0]].line if stray else None
        self.position = 0
        self.lines: dict[Path, int] = {}
        self.blocks: list[RecordBlock] = []
        self.lasts = defaultdict[int, int](int)  # the last line of each block's statements
        self.roots: list[RecordBlock] = []
        self.last: dict[Path, int] = {}  # the place of each list's last item
        self.table: Path = ()
        self.begun: int | None = None  # the line of a statement that has not ended

    def run(self) -> None:
        """Walk the file; ends with an IndexError where the words end."""
        comment = None
        while True:
            token = self.peek()
            if token.kind == "comment":
                comment = comment or token.line
                self.end_line()
            elif token.kind == "newline":
                comment = None
                self.take()
            else:
                self.begun = token.line
                path = self.statement(comment or token.line)
                last = self.end_line()
                self.lasts[len(self.blocks) - 1] = last
                if not self.table:
                    self.roots.append(
                        RecordBlock(path[:1], comment or token.line, token.line, last, last)
                    )
                comment = self.begun = None

    def peek(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def end_line(self) -> int:
        while (token := self.take()).kind != "newline":
            pass
        return token.line

    def statement(self, start: int) -> Path:
        line = self.peek().line
        if self.peek().text == "[":
            self.table = self.header()
            for length in range(1, len(self.table) + 1):
                self.lines.setdefault(self.table[:length], line)
            self.blocks.append(RecordBlock(self.record(), start, line, line))
            return self.table
        if not self.blocks:
            self.blocks.append(RecordBlock((), start, line, line))
        return self.pair(self.table)

    def record(self) -> Path:
        return self.table[:2] if self.table[:1] in self.last else self.table[:1]

    def header(self) -> Path:
        self.take()
        several = self.peek().text == "["
        if several:
            self.take()
        *outer, name = self.keys("]")
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
                found.append(tomllib.loads(f"key = {token.text}")["key"])
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
