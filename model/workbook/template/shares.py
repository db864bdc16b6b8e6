"""Which of several charts takes which stages: by a chart's title, its sheet's name, its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from offwall.model.records import Session, line_of
from offwall.model.records.session import Stage
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.header_words import fold_header
from offwall.model.workbook.template.read_sheet import ReadBook

ALIKE = 85
"""How alike a chart's words and a stage's name are, of 100, that are taken for one."""

BY_NUMBER = ALIKE - 1
"""What a number such as that of Phase 2 counts: less than any name."""

ABOVE, MOST = 3, 200
"""Rows above the headers in which a title is looked for, and of the body in which a stage is."""

_NUMBERED = re.compile(r"\b(?:phase|stage|step|part|étape|cyfnod)\s*(\d{1,2})\b")


def shared_out(
    session: Session, book: ReadBook, found: Sequence[FoundTable]
) -> tuple[FoundTable, ...]:
    """The tables of one kind that each fit stages of their own, with these; none where under two.

    Each stage goes to the table that speaks of it most surely, and to the first of equals.
    """
    words = [tuple(_words(book, one)) for one in found]
    shares: dict[int, list[str]] = {}
    for number, stage in enumerate(session.stages, 1):
        sure = [max((_fits(said, stage, number) for said in each), default=0) for each in words]
        if sure and max(sure) >= BY_NUMBER:
            shares.setdefault(sure.index(max(sure)), []).append(stage.id)
    if len(shares) < 2:
        return ()
    return tuple(replace(found[at], stages=tuple(ids)) for at, ids in sorted(shares.items()))


def _words(book: ReadBook, found: FoundTable) -> Iterator[str]:
    """What names the part of the process that a table is of."""
    yield from {*map(fold_header, (found.title, found.sheet, *found.headings.values()))} - {""}
    sheet, column = book.sheet(found.sheet), found.at.get("stage", 0)
    for row in range(max(found.header - ABOVE, 1), min(found.last, found.first + MOST) + 1):
        cells = sheet.row(row) if sheet is not None else {}
        texts = {one for one in cells.values() if isinstance(one, str)}
        if row < found.header and len(texts) == 1:
            yield fold_header(line_of(texts.pop()))
        elif row >= found.first and column in cells:
            yield fold_header(line_of(str(cells[column])))


def _fits(said: str, stage: Stage, number: int) -> float:
    from rapidfuzz import fuzz

    name = fold_header(stage.name)
    if said in (name, fold_header(stage.id)):
        return 101
    alike = fuzz.token_set_ratio(said, name) if min(len(said), len(name)) > 3 else 0
    if alike >= ALIKE:
        return float(alike)
    told = _NUMBERED.search(said)
    return BY_NUMBER if told and int(told[1]) == number else 0
