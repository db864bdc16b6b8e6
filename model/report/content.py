"""What a report is made of: frozen blocks of plain text, which Word and Markdown both render."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Whom a report is for."""

    MANAGEMENT = "management"
    PARTICIPANTS = "participants"


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
class Grid:
    """A table with one header row. ``widths`` are shares of the page's width, of any sum.

    ``about`` says in a sentence what the table holds, for who cannot see it.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where the pictures stand, if there are any: small beside each other, or large.

    Large ones begin a page, under what ``wall`` and ``process`` say; where there is no picture of
    the one or the other, its heading is not there. They come last: the process lies on its side.
    """

    large: bool = False
    wall: str = ""
    process: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Bullets | Grid | Pictures | PageBreak


@dataclass(frozen=True, slots=True)
class Content:
    """A report before it is a document.

    ``dated`` is the day it is made. ``marking`` belongs on every page, as ``OFFICIAL``.
    """

    audience: Audience
    title: str
    subtitle: str
    marking: str
    author: str
    subject: str
    dated: dt.date
    blocks: tuple[Block, ...]


def grid(
    about: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> tuple[Block, ...]:
    """A table from headers with their widths, or nothing at all where there is no row."""
    found = tuple(tuple(row) for row in rows)
    if not found:
        return ()
    headers, widths = zip(*columns, strict=True)
    return (Grid(headers, found, widths, about),)
