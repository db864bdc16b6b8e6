"""A text in lines of so many cells: set in behind a label, one part after the other, cut. Knows no
widget.
"""

import re
from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from offwall.model.records.text import plain

LABEL_CELLS = 13
"""Cells of a label and the gap behind it."""


def hung(label: str, said: str, width: int, look: str = "", *, cells: int = LABEL_CELLS) -> Content:
    """A label and what it says in ``width`` cells; the later lines begin where the first does."""
    head = Content.styled(plain(label), "$text-muted").truncate(cells, pad=True)
    return _hung(head, Content.styled(plain(said), look), width)


def _hung(head: Content, said: Content, width: int) -> Content:
    lines = said.wrap(max(8, width - head.cell_length)) or [Content("")]
    later = (line.pad_left(head.cell_length) for line in lines[1:])
    return Content("\n").join([head + lines[0], *later])


def set_in(said: Content, width: int, by: int) -> list[Content]:
    """The lines of a text in ``width`` cells, the later ones set in by some."""
    lines = said.wrap(max(2, width))
    if len(lines) < 2 or not by:
        return lines
    rest = said[len(lines[0].plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [lines[0], *(line.pad_left(by) for line in rest.wrap(max(2, width - by)))]


HEAD_WORDS = 3
"""Words that are a label and a beginning of what it says."""


def flowing(parts: Iterable[Content], gap: str, width: int) -> Content:
    """Parts one after the other; one begins a line rather than end one with its label."""
    lines = [Content("")]
    for part in parts:
        begun = " ".join(part.plain.split(" ")[:HEAD_WORDS])
        used = lines[-1].cell_length
        if used and used + len(gap) + cell_len(begun) > width:
            lines.append(part)
        else:
            lines[-1] = lines[-1] + gap + part if used else part
        lines[-1:] = lines[-1].wrap(max(1, width)) or [Content("")]
    return Content("\n").join(lines)


HEAD = re.compile(r" *[-·•✓] | {2,}|(?:[^ ]+ ){1,3} +")
"""What a line begins with that its later lines are set in by: a bullet, blanks, or a label and
a gap.
"""

LONGEST_HEAD = 18


def hanging(said: Content, width: int) -> Content:
    """Lines as they are wrapped in ``width`` cells, set in behind what each begins with."""
    lines = []
    for line in said.split("\n"):
        found = HEAD.match(line.plain)
        place = found.end() if found and found.end() <= LONGEST_HEAD else 0
        hangs = place and line.cell_length > width
        lines.append(_hung(line[:place], line[place:], width) if hangs else line)
    return Content("\n").join(lines)


def within(said: Content, width: int, height: int) -> Content:
    """The lines that have room in so many cells; an ellipsis says that there is more."""
    lines = said.wrap(max(1, width))
    if len(lines) <= height or not height:
        return said
    last = lines[height - 1].rstrip(" .").truncate(max(1, width - 1)).rstrip() + "…"
    return Content("\n").join([*lines[: height - 1], last])
