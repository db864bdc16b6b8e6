"""What is pasted or piped at once: bytes as text; lists, chats and cells as the lines meant.

Bullets and numbers, and the names and times of a chat, are no part of a line. Of a table one
column is taken; where it is not clear which, its columns are asked for.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from offwall.model.line.grammar import one_line
from offwall.model.records.text import fold

_MARKS = (
    *((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OF_SEVERAL = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character of several bytes in UTF-8; by chance it is hardly in a text of Windows."""


class TextEncodingError(ValueError):
    """What cannot be read, with its line."""


def decoded(raw: bytes) -> str:
    """The text of the bytes. Raises `TextEncodingError` where they are of no one encoding."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], name)
    half = len(raw) // 2
    if raw and len(raw) % 2 == 0 and max(raw[1::2].count(0), raw[::2].count(0)) > half // 2:
        return _decoded(raw, "utf-16-le" if raw[1::2].count(0) > raw[::2].count(0) else "utf-16-be")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, "utf-8" if _OF_SEVERAL.search(raw) else "cp1252")


def _decoded(raw: bytes, name: str) -> str:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        number = len((raw[: error.start].decode(name, "replace") + ".").splitlines())
        raise TextEncodingError(
            f"Line {number} is not text that can be read: it is neither UTF-8, UTF-16 nor "
            "Windows-1252 throughout. Save it as UTF-8; nothing is kept."
        ) from None
    return text.removeprefix("\ufeff")


_BULLET = re.compile(
    r"(?:(?:[-*–—·]|[0-9]{1,3}[.)])(?: |$)|[•‣◦→▪●○■□►➢➤❖✓✔\u2610\u2611\u2612\uf000-\uf0ff])?"
    r"(?: ?\[[ xX]?\] )?"
)
_MARK = re.compile(
    r"(\(?)((?:[0-9]{1,3}\.)+[0-9]{1,3}|[0-9]{1,3}|[a-z]|[A-Z]|[ivx]+|[IVX]+)([.)]*) (?=\S)"
)
"""A number or letter that is one of a list's only where its neighbour is there too."""
_LISTED = re.compile(r"[\W\uf000-\uf0ff]|o|\[.\]|\(?\w{1,5}[.)]+|[0-9]+(?:\.[0-9]+)+\.?")
"""What a word processor puts before a tab at the front of a list's line."""
_HOLLOW = ("o ", "§ ", "Ø ", "ü ")
"""Bullets of Word's symbol fonts, as letters."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_TIME = r"(?:[\w/., -]*[, ])?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[AaPp]\.?[Mm]\.?)?"
_NAME = r"([A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,3})"
_SAID = re.compile(rf"(?:\[{_TIME}\]|{_TIME} -) ?{_NAME}: (?=\S)")
_HEAD = re.compile(rf"\[{_TIME}\] ?{_NAME}|{_NAME},? \[?{_TIME}\]?")

_TEXTS = frozenset(
    (
        *("text", "content", "contents", "note", "notes", "sticky", "sticky note", "post-it"),
        *("activity", "card", "idea", "description", "task", "title", "comment"),
    )
)
"""How the column of a board's words is headed."""
_ABOUT = re.compile(
    r"(?:bg |background |sticky |note )?(?:id|#|no|number|colou?r|type|kind|shape|author|user|owner"
    r"|area|frame|section|group|cluster|board|date|time|link|url|tags?|votes?|likes|reactions"
    r"|position|width|height|x|y|size|style)|(?:created|updated|modified|last modified)(?: .*)?"
    r"|.* (?:colou?r|x|y|by|at|date|link|url|id|size|style|type|font)"
)
"""What a whiteboard says beside the words, and a map has no use for."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Lines, each with its number in what came, and sentences of what was left out.

    With ``columns`` there is no line yet: `of_column` gives those of the one that is meant.
    """

    lines: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def asks(self) -> str:
        """The columns, each with its number; "" where none is asked for."""
        return ", ".join(f"{number} {name}" for number, name in enumerate(self.columns, 1))

    def of_column(self, text: str) -> "Pasted | None":
        """The lines of the column of that number or name; None where there is none such."""
        names = [name.casefold() for name in self.columns]
        text = text.strip().casefold()
        if text in names:
            return _column(self.rows, names.index(text), self.columns)
        number = int(text) if text.isdecimal() and len(text) < len(self.rows[0]) + 1 else 0
        inside = 1 <= number <= len(names)
        return _column(self.rows, number - 1, self.columns) if inside else None


def read_pasted(text: str) -> Pasted:
    """What was meant by a text of one line or more."""
    if rows := _rows(text):
        return _table(rows)
    lines = {n: line for n, raw in enumerate(text.splitlines(), 1) if (line := one_line(raw))}
    said, told = _without_chat([*lines.values()])
    kept = {n: line for n, line in zip(lines, _without_marks(said), strict=True) if line}
    return Pasted(tuple(kept.values()), tuple(kept), told)


def strip_bullets(line: str) -> str:
    """The line, on one line, without ``-``, ``*``, ``•``, ``1.`` or ``[ ]`` at its front.

    A star followed directly by a word is an action, and ``1.5 days`` is a text.
    """
    said = one_line(line)
    bullet = _BULLET.match(said)
    return said[bullet.end() :].strip() if bullet else said


def _without_marks(lines: Sequence[str]) -> list[str]:
    """Lines without bullets, and without numbers and letters that run on from line to line."""
    marks = [(at, found) for at, line in enumerate(lines) if (found := _MARK.match(line))]
    runs: dict[int, int] = {}
    for (one, a), (other, b) in pairwise(marks):
        alike = (a[1], a[3]) == (b[1], b[3]) and (a[1] or a[3] or "." in a[2])
        if alike and any(_follows(x, y) for x, y in zip(_places(a[2]), _places(b[2]), strict=True)):
            runs |= {one: a.end(), other: b.end()}
    hollow = [at for at, line in enumerate(lines) if line.startswith(_HOLLOW)]
    runs |= dict.fromkeys(hollow if len(hollow) > 1 else (), 2)
    return [strip_bullets(line[runs.get(at, 0) :]) for at, line in enumerate(lines)]


def _places(mark: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The place that a mark says, as a number or letter, and as a Roman number; () for none."""
    if mark[0].isdecimal():
        return tuple(map(int, mark.split("."))), ()
    letter = (ord(mark),) if len(mark) == 1 else ()
    folded = mark.lower()
    return letter, (_ROMAN.index(folded) + 1,) if folded in _ROMAN else ()


def _follows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a place is the next: 1.2 after 1.1 and after 1.1.3, and 1.1.1 after 1.1."""
    ends = [(*one[:at], one[at] + 1) for at in range(len(one))]
    return bool(one) and other in [*ends, (*one, 1)]


def _without_chat(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Lines without who said them and when; one that says only that is empty."""
    for form, whole in ((_SAID, False), (_HEAD, True)):
        match: Callable[[str], re.Match[str] | None] = form.fullmatch if whole else form.match
        found = [match(line) for line in lines]
        marked = sum(map(bool, found))
        if marked > 1 or (marked and not whole and marked == len(lines)):
            names = {name for one in found if one for name in one.groups() if name}
            told = f"The names and times of a chat are left out: {', '.join(sorted(names))}."
            ends = [one.end() if one else 0 for one in found]
            return [line[end:] for line, end in zip(lines, ends, strict=True)], (told,)
    return list(lines), ()


def _rows(text: str) -> list[tuple[str, ...]]:
    """The rows of a table: cells of a spreadsheet, or values with commas and a header."""
    lines = [line for line in text.splitlines() if line.strip()]
    for delimiter in "\t;,":
        if delimiter == "\t" and not any("\t" in line.strip() for line in lines):
            if 0 < len(cells := _read(text, delimiter)) < len(lines) and _broken(cells):
                return cells
            continue
        rows = _read(text, delimiter)
        wide = len(rows[0]) if rows else 0
        heads = [fold(cell) for cell in rows[0]] if len(rows) > 1 else []
        prose = any(cell.startswith(" ") for cell in rows[0]) if rows else False
        headed = not prose and any(head in _TEXTS for head in heads)
        sure = headed and all(head in _TEXTS or _ABOUT.fullmatch(head) for head in heads)
        quoted = len(rows) > 1 and all(line[0] == line[-1] == '"' for line in lines)
        square = wide > 1 and (sure or all(len(row) == wide for row in rows))
        if square and (delimiter == "\t" or headed or quoted):
            listed = all(_LISTED.fullmatch(row[0].strip()) for row in rows)
            return [] if listed else rows
    return []


def _broken(cells: Sequence[tuple[str, ...]]) -> bool:
    """Whether some cell of one column has a break within, and no quotation mark is a line."""
    return all(len(row) == 1 and row[0] == row[0].strip("\r\n") for row in cells)


def _read(text: str, delimiter: str) -> list[tuple[str, ...]]:
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [tuple(row) for row in found if any(map(str.strip, row))]
    except csv.Error:
        return []


def _table(rows: Sequence[tuple[str, ...]]) -> Pasted:
    if len(rows[0]) == 1:
        return _column(rows, 0, ())
    heads = [fold(cell) for cell in rows[0]]
    texts = [at for at, head in enumerate(heads) if head in _TEXTS]
    names = tuple(map(one_line, rows[0]))
    square = all(len(row) == len(names) for row in rows)
    if (
        square
        and len(texts) == 1
        and all(_ABOUT.fullmatch(head) for head in heads if head not in _TEXTS)
    ):
        return _column(rows, texts[0], names)
    return Pasted(columns=names, rows=tuple(rows))


def _column(rows: Sequence[tuple[str, ...]], at: int, names: Sequence[str]) -> Pasted:
    headed = any(name.casefold() in _TEXTS for name in names)
    lines = {
        number: strip_bullets(row[at])
        for number, row in enumerate(rows, 1)
        if number > headed and "".join(row[at : at + 1]).strip()
    }
    others = ", ".join(name for place, name in enumerate(names) if place != at)
    told = (f"Column {names[at]} is taken; left out: {others}.",) if others else ()
    return Pasted(tuple(lines.values()), tuple(lines), told)
