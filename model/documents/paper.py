"""A paper before it has a format: what it says and in which order, as frozen parts of plain text.

What a paper says is decided where it is built; a writer (Word, Markdown, PDF, slides, mail) knows
how a part looks in its format and holds no sentence of its own.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offwall.model.records.text import unturned, xml_safe

LANGUAGE = "en-GB"
"""What every paper is in, as Word and screen readers name it (BCP 47)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 opens a section, level 2 a part of one."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` are its first words, set in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, each item a paragraph."""

    items: tuple[Paragraph, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Bullets":
        """A list of plain items."""
        return cls(tuple(Paragraph(text) for text in texts))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. ``widths`` are shares of the page's width, of any sum.

    ``caption`` says in a sentence what the table holds, for who cannot see it.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, PNG or JPEG, and the same as ``svg`` where it is a drawing.

    ``alt`` is said instead of it, ``caption`` printed under it. ``link`` is the way to its file
    from a document that cannot hold it.
    """

    data: bytes
    alt: str
    caption: str = ""
    link: str = ""
    svg: bytes = b""

    @property
    def unreadable(self) -> str:
        """What stands in its place where it cannot be read."""
        return f"(This picture could not be read: {self.alt})"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page; with ``turned``, it and all after it lie on the long side."""

    turned: bool = False


Part = Heading | Paragraph | Bullets | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    ``marking``, such as ``OFFICIAL``, and ``draft``, a sentence where it is one, belong on every
    page. ``date`` is the day it is made.
    """

    title: str
    subtitle: str
    council: str
    marking: str
    date: dt.date
    parts: tuple[Part, ...]
    author: str = ""
    subject: str = ""
    draft: str = ""


def plain(text: str) -> str:
    """The text as any document can bear it."""
    return xml_safe(unturned(text))


def table(
    caption: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> tuple[Part, ...]:
    """A table from heads with their widths, or nothing at all where there is no row."""
    found = tuple(tuple(row) for row in rows)
    if not found:
        return ()
    heads, widths = zip(*columns, strict=True)
    return (Table(heads, found, widths, caption),)
