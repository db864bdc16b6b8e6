"""Which cells of a workbook hold our tables: sheet, header row, columns, body; or why none does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from offwall.model.records import Session, line_of
from offwall.model.records.session import Stage
from offwall.model.records.text import on_one_line
from offwall.model.store import ExportError
from offwall.model.tables import ACTIVITIES, RACI, template_kinds
from offwall.model.workbook.template.choice import MappingChoice
from offwall.model.workbook.template.copy_sheet import copied_name
from offwall.model.workbook.template.found_table import HEADERS_WITHIN, FoundBy, FoundTable
from offwall.model.workbook.template.header_reading import PEOPLE, HeaderWords
from offwall.model.workbook.template.read_sheet import NamedBlock, ReadBook, ReadSheet
from offwall.model.workbook.template.sheet_finder import SheetFinder, said_elsewhere
from offwall.model.workbook.template.words import fold_header

# A table is found by the name of an Excel table, else by the name of cells, else by the words of a
# header row; what the session remembers of an earlier time goes before all. Filling a council's
# workbook and reading one that comes back both stand on this.


def tables_and_alike(
    book: ReadBook, session: Session
) -> tuple[tuple[FoundTable, ...], tuple[FoundTable, ...]]:
    """The tables of ours, and what looks like one of them too: that is left alone.

    Several charts or tables of activities that each fit stages of their own are all taken.
    """
    every = tuple(_candidates(book, session, [], every=False))
    best: dict[str, FoundTable] = {}
    for one in sorted(every, key=_rank):
        best.setdefault(one.kind, one)
    single = _apart(best[kind] for kind in template_kinds() if kind in best)
    places = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    found: list[FoundTable] = []
    for one in single:
        others = [two for two in every if two.kind == one.kind and one.kind in (RACI, ACTIVITIES)]
        rest = [two for two in single if two is not one]
        group = [two for two in _apart((one, *others)) if not any(map(two.overlaps, rest))]
        group.sort(key=lambda two: (places[two.sheet], two.header, two.left))
        found += shared_out(session, book, group) or [one]
    kinds = {one.kind for one in found}
    alike: dict[tuple[str, int], FoundTable] = {}
    for one in every:
        if one.kind in kinds and not any(map(one.overlaps, found)):
            alike.setdefault((one.sheet, one.header), one)
    return tuple(found), tuple(alike.values())


def every_table(book: ReadBook, session: Session) -> tuple[tuple[FoundTable, ...], list[str]]:
    """All tables of ours in a workbook, as they stand, and sentences about what is none."""
    told: list[str] = []
    every = _apart(_candidates(book, session, told, every=True))
    places = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    again = said_elsewhere() if {"Read me", "Lists"} <= places.keys() else frozenset()
    copied = [name for name in places if copied_name(name) in places]
    told += (f"{name} was left alone: {copied_name(name)} is its copy." for name in copied)
    found = [one for one in every if one.sheet not in copied]
    best = {one.kind: one for one in sorted(found, key=_rank, reverse=True)}
    kept = [one for one in found if one is best[one.kind] or one.sheet not in again]
    if kept and not again:
        told += _unread(book, kept, {*copied})
    return tuple(sorted(kept, key=lambda one: (places[one.sheet], one.header, one.left))), told


def _unread(book: ReadBook, found: Iterable[FoundTable], known: set[str]) -> Iterator[str]:
    """A sentence about rows below tables, and about sheets but the ``known``, that nobody read."""
    tables = list(found)
    for table in tables:
        sheet = book.sheet(table.sheet)
        if sheet is None or table.turned or table.is_table or table.how is FoundBy.LETTERS:
            continue
        others = [(it.header - 1, it.last) for it in tables if it.sheet == table.sheet]
        below = range(table.last + 1, min(sheet.last_row, table.last + HEADERS_WITHIN) + 1)
        above = range(1, table.header) if table.how is FoundBy.CELLS else range(0)
        for where, numbers in (("above", above), ("below", below)):
            rows = [
                row
                for row in numbers
                if sum(at in sheet.row(row) for at in table.columns) > 1
                and not any(top <= row <= bottom for top, bottom in others)
            ]
            if rows:
                said = rows_stand(rows)
                yield f"{table.sheet}: {said} {where} the table, and nothing of it was read."
    held = known | {table.sheet for table in tables}
    left = [sheet.name for sheet in book.sheets if len(sheet.cells) > 1 and sheet.name not in held]
    if left:
        yield f"No table of ours was found on {', '.join(left)}; nothing there was read."


def rows_stand(rows: Sequence[int]) -> str:
    """Rows as a sentence begins with them: ``rows 4 to 7 stand``."""
    return f"rows {rows[0]} to {rows[-1]} stand" if len(rows) > 1 else f"row {rows[0]} stands"


def nothing_found(name: str, book: ReadBook, session: Session) -> str:
    """Why a workbook holds no table of ours, in a sentence for each reason, and what to do."""
    if not any(sheet.cells for sheet in book.sheets):
        return f"{name}: all its sheets are empty."
    words = HeaderWords(session)
    why = " ".join(filter(None, (_why_nothing(sheet, words) for sheet in book.sheets)))
    advice = (
        "Head one with words such as Activity, Lead and Documents, or say what a column is: "
        "--column “Their header=activity”."
    )
    return f"{name}: no table for activities, RACI, issues or actions was found. {why or advice}"


def _why_nothing(sheet: ReadSheet, words: HeaderWords) -> str:
    """What comes nearest to a table on a sheet, and what it lacks; empty where nothing does."""
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    for number in sorted(row for row in sheet.cells if row <= HEADERS_WITHIN):
        row = {at: one for at, one in sheet.row(number).items() if isinstance(one, str)}
        found = max((words.columns(kind, row) for kind in template_kinds()), key=len)
        if len(found) > best[0]:
            best = len(found), number, {at: said for at, said in row.items() if at not in found}
    known, number, others = best
    if not known or not others:
        return ""
    cells = ", ".join(
        f"{get_column_letter(at)}{number} “{on_one_line(said)}”"
        for at, said in list(others.items())[:SHOWN]
    )
    return (
        f"Sheet {sheet.name}, row {number}: {known} of its headers "
        f"{'is' if known == 1 else 'are'} known, and not {cells}. Say what one is: "
        "--column “Their header=activity”."
    )


SHOWN = 5
"""Headers that a sentence names at most."""


def unfilled_roles(session: Session, table: FoundTable) -> str:
    """A sentence where a chart has no column for any role of the session; empty where it has."""
    if table.turned:
        return (
            f"sheet {table.sheet}: the roles of the RACI stand down and its activities across, "
            "which is read and never filled. Turn it in Excel (Paste special, Transpose)."
        )
    people = {"lead", *PEOPLE} & {*table.columns.values()}
    if table.kind != RACI or table.roles or people or not session.activities:
        return ""
    theirs = [said for at, said in table.headers.items() if table.columns.get(at) != "activity"]
    shown = ", ".join(f"“{on_one_line(said)}”" for said in theirs[:SHOWN])
    code = next(iter(session.role_by_code), "code")
    return (
        f"sheet {table.sheet}, row {table.header}: the RACI would stay empty, as none of its "
        f"columns is a role of the session ({shown}). Say which is which: "
        f"--column “Their header={code}”, or give the roles these names."
    )


def _rank(table: FoundTable) -> tuple[int, int]:
    return table.how, -len(table.columns)


def _apart(tables: Iterable[FoundTable]) -> tuple[FoundTable, ...]:
    """Without what claims cells of one that was found in a better way."""
    kept: list[FoundTable] = []
    for table in sorted(tables, key=_rank):
        if not any(map(table.overlaps, kept)):
            kept.append(table)
    return tuple(sorted(kept, key=lambda each: template_kinds().index(each.kind)))


def _candidates(
    book: ReadBook, session: Session, told: list[str], *, every: bool
) -> Iterator[FoundTable]:
    words, remembered = HeaderWords(session), session.export.tables
    for sheet in book.sheets:
        blocks = [block for block in book.blocks if block.sheet == sheet.name]
        yield from SheetFinder(sheet, blocks, words, remembered, every=every).tables(told)


# Which of several charts takes which stages: by a chart's title, its sheet's name, its rows.

ALIKE = 85
"""How alike a chart's words and a stage's name are, of 100, that are taken for one."""

BY_NUMBER = ALIKE - 1
"""What a number such as that of Phase 2 counts: less than any name."""

ABOVE, MOST = 3, 200
"""Rows above the headers in which a title is looked for, and of the body in which a stage is."""

_NUMBERED = re.compile(r"\b(?:phase|stage|step|part|étape|cyfnod)\s*(\d{1,2})\b")


def shared_out(
    session: Session, book: ReadBook, tables: Sequence[FoundTable]
) -> tuple[FoundTable, ...]:
    """The tables of one kind that each fit stages of their own, with these; none where under two.

    Each stage goes to the table that speaks of it most surely, and to the first of equals.
    """
    words = [tuple(_words(book, table)) for table in tables]
    shares: dict[int, list[str]] = {}
    for number, stage in enumerate(session.stages, 1):
        sure = [max((_fits(said, stage, number) for said in each), default=0) for each in words]
        if sure and max(sure) >= BY_NUMBER:
            shares.setdefault(sure.index(max(sure)), []).append(stage.id)
    if len(shares) < 2:
        return ()
    return tuple(replace(tables[at], stages=tuple(ids)) for at, ids in sorted(shares.items()))


def _words(book: ReadBook, table: FoundTable) -> Iterator[str]:
    """What names the part of the process that a table is of."""
    yield from {*map(fold_header, (table.title, table.sheet, *table.headings.values()))} - {""}
    sheet, column = book.sheet(table.sheet), table.at.get("stage", 0)
    for row in range(max(table.header - ABOVE, 1), min(table.last, table.first + MOST) + 1):
        cells = sheet.row(row) if sheet is not None else {}
        texts = {one for one in cells.values() if isinstance(one, str)}
        if row < table.header and len(texts) == 1:
            yield fold_header(line_of(texts.pop()))
        elif row >= table.first and column in cells:
            yield fold_header(line_of(str(cells[column])))


def _fits(text: str, stage: Stage, number: int) -> float:
    from rapidfuzz import fuzz

    name = fold_header(stage.name)
    if text in (name, fold_header(stage.id)):
        return 101
    alike = fuzz.token_set_ratio(text, name) if min(len(text), len(name)) > 3 else 0
    if alike >= ALIKE:
        return float(alike)
    told = _NUMBERED.search(text)
    return BY_NUMBER if told and int(told[1]) == number else 0


# The part of a workbook that people name.


def narrowed(book: ReadBook, choice: MappingChoice, name: str) -> ReadBook:
    """The book with one sheet, or with one table's cells alone.

    Raises:
        ExportError: there is no such sheet or table.
    """
    sheets, blocks = book.sheets, book.blocks
    if choice.sheet:
        sheets = tuple(
            sheet for sheet in sheets if sheet.name.casefold() == choice.sheet.casefold()
        )
        if not sheets:
            there = ", ".join(sheet.name for sheet in book.sheets)
            raise ExportError(f"{name} has no sheet {choice.sheet}; it has {there}.")
    if choice.table:
        blocks = tuple(one for one in blocks if one.name.casefold() == choice.table.casefold())[:1]
        if not blocks:
            there = ", ".join(one.name for one in book.blocks) or "none with a name"
            raise ExportError(f"{name} has no table {choice.table}; it has {there}.")
        sheets = tuple(
            _within(sheet, blocks[0]) for sheet in sheets if sheet.name == blocks[0].sheet
        )
    names = {sheet.name for sheet in sheets}
    return ReadBook(sheets, tuple(one for one in blocks if one.sheet in names))


def _within(sheet: ReadSheet, block: NamedBlock) -> ReadSheet:
    cells = {
        number: {at: value for at, value in row.items() if block.left <= at <= block.right}
        for number, row in sheet.cells.items()
        if block.top <= number <= block.bottom
    }
    return replace(sheet, cells=cells)
