"""What a report is made of, frozen blocks of plain text, and how it says names, lists and dates."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Session, short_date
from offwall.model.records.text import shorten


class Audience(StrEnum):
    """Whom a report is for."""

    MANAGEMENT = "management"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading: level 1 opens a section, level 2 a part of one."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """A paragraph; ``lead`` are its first words, set in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class BulletsBlock:
    """A list, each item a paragraph."""

    items: tuple[ParagraphBlock, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "BulletsBlock":
        """A list of plain items."""
        return cls(tuple(ParagraphBlock(text) for text in texts))


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with one header row. ``widths`` are shares of the page's width, of any sum.

    ``about`` says in a sentence what the table holds, for who cannot see it.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    about: str


@dataclass(frozen=True, slots=True)
class PicturesBlock:
    """Where the pictures stand, if there are any: small beside each other, or large.

    Large ones begin a page, under what ``wall`` and ``process`` say; where there is no picture of
    the one or the other, its heading is not there. They come last: the process lies on its side.
    """

    large: bool = False
    wall: str = ""
    process: str = ""


@dataclass(frozen=True, slots=True)
class PageBreakBlock:
    """What follows begins a page."""


Block = HeadingBlock | ParagraphBlock | BulletsBlock | TableBlock | PicturesBlock | PageBreakBlock


@dataclass(frozen=True, slots=True)
class ReportContent:
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


def table_block(
    about: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> tuple[Block, ...]:
    """A table from headers with their widths, or nothing at all where there is no row."""
    found = tuple(tuple(row) for row in rows)
    if not found:
        return ()
    headers, widths = zip(*columns, strict=True)
    return (TableBlock(headers, found, widths, about),)


# How a report says things: on one line, short, with plain lists and dates.

CELL = 110
"""Characters of the session's own text in a cell of a table that has to stay short."""

NAME = 60
"""Characters of a name in a report."""

NOBODY = "nobody yet"


def full_date(date: dt.date | None, none: str = "no date yet") -> str:
    """A date in full, such as ``9 February 2027``."""
    return f"{date.day} {date:%B} {date.year}" if date else none


def cell_day(date: dt.date | None) -> str:
    """A date where there is little room, such as ``9 Feb 2027``."""
    return short_date(date) if date else "no date yet"


def labels_of(session: Session) -> dict[str, str]:
    """What roles and people are called, by code and by id."""
    return {
        code: shorten(name, NAME)
        for code, name in owner_labels(session, role_labels(session)).items()
    }


def carriers(session: Session) -> dict[str, str]:
    """What an action's owner is called: a role with its person, where just one person has it."""
    names = labels_of(session)
    for role in session.roles:
        has = [shorten(person.name, NAME) for person in session.people if person.role == role.code]
        if len(has) == 1 and has[0]:
            names[role.code] = f"{names[role.code]} ({has[0]})"
    return names
