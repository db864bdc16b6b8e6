"""A workbook in words: what each column and row was taken for and why, what filling does, and what
has no place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from offwall.model.process import LIST_SEPARATOR, role_labels
from offwall.model.process.raci import raci_columns as role_codes
from offwall.model.records import Session, line_of
from offwall.model.records.session import Fitted, Heading
from offwall.model.records.text import counted, on_one_line
from offwall.model.tables import (
    ACTIONS,
    ACTIVITIES,
    NEXT_STEPS,
    RACI,
    ROLE,
    Facts,
    sheet_of,
    template_kinds,
)
from offwall.model.tables.read_back import cell_as_line
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.find_tables import every_table, rows_stand, tables_and_alike
from offwall.model.workbook.template.found_table import (
    HEADERS_WITHIN,
    FoundBy,
    FoundTable,
    blank_header,
)
from offwall.model.workbook.template.header_reading import HeaderWords
from offwall.model.workbook.template.read_sheet import ReadBook, ReadSheet
from offwall.model.workbook.template.rows import NOT_WRITTEN, row_values
from offwall.model.workbook.template.words import ASIDE, NEAR, PARTS, letters_of, sort_of

if TYPE_CHECKING:
    from offwall.model.workbook.template.fill import FillResult, TableResult

HOW = {
    FoundBy.REMEMBERED: "as the session remembers it",
    FoundBy.TABLE_NAME: "by the table's name",
    FoundBy.NAME: "by the name of its cells",
    FoundBy.LETTERS: "by the letters in its cells",
    FoundBy.CELLS: "by what stands in its cells",
}


def how_found(table: FoundTable) -> str:
    """By what a table was found, in words."""
    return HOW.get(table.how, "by its headers")


def mapping_lines(book: ReadBook, session: Session, tables: Iterable[FoundTable]) -> Iterator[str]:
    """Which table was found where and why, then each of its columns, then its rows."""
    words = HeaderWords(session)
    for table in tables:
        if (sheet := book.sheet(table.sheet)) is None:
            continue
        yield _title(table)
        for line in _columns(sheet, table, words):
            why = f" ({line.why})" if line.why else ""
            yield f"    {line.where} {line.said or '(no header)'}: {line.means}{why}"
        way = "column" if table.turned else "row"
        for number, said in sorted(table.headings.items()):
            yield f"    {way} {number}: stage “{said}”"
        yield f"    {summary_of(table, sheet)}"


def _title(table: FoundTable) -> str:
    way = "column" if table.turned else "row"
    where = get_column_letter(table.header) if table.turned else str(table.header)
    kind = table.kind.replace("_", " ")
    return f"{kind}: sheet {table.sheet}, headers in {way} {where} ({how_found(table)})"


def _meant(means: str) -> str:
    if means.startswith(BY_NAME):
        return "RACI of a new role"
    if means.startswith(ROLE):
        return f"RACI of {means.removeprefix(ROLE)}"
    return means.replace("_", " ") if means else "kept as it is"


def summary_of(table: FoundTable, sheet: ReadSheet) -> str:
    """How many rows and columns of a table are read, and which are not."""
    if table.turned:
        return f"{len(table.columns):,} columns, turned"
    numbers = [row for row in range(table.first, table.last + 1) if sheet.row(row)]
    read = [number for number, _, _ in table.rows(sheet)]
    said = [f"{len(read):,} of {len(numbers) - len(table.headings):,} rows"]
    roles = sum(means.startswith((ROLE, BY_NAME)) for means in table.columns.values())
    beside = {
        at: sort_of(sheet, at, table.first, table.last)
        for at in sorted({at for row in numbers for at in sheet.row(row)})
        if at not in table.columns and table.left <= at <= table.right
    }
    if roles:
        # Each column beside holds something.
        cells = ([row[at] for row in map(sheet.row, numbers) if at in row] for at in beside)
        lettered = sum(all(map(letters_of, values)) for values in cells)
        said.append(f"{roles} of {roles + lettered} role columns")
    for at, sort in beside.items():
        header = on_one_line(table.headers.get(at, "")) or "(no header)"
        what = f" ({sort})" if sort else ""
        taken = "kept as it is" if at in table.headers else "left alone"
        said.append(f"{get_column_letter(at)} {header} {taken}{what}")
    blank = next((row for row in range(table.first, table.last) if not sheet.row(row)), 0)
    below = [row for row in read if blank and row > blank]
    if below:
        were = "were" if len(below) > 1 else "was"
        said.append(f"{rows_stand(below)} below a blank row and {were} read")
    return "; ".join(said)


# What people see on the screen, to correct it.

ROWS_SHOWN = 60
"""Rows of a sheet that are shown."""

SAMPLES = 3
"""Cells of a column that are shown."""

WHY = {NEAR: "nearly its header", PARTS: "a part of its header", ASIDE: "its header"}


@dataclass(frozen=True, slots=True)
class MappedLine:
    """A column or a row: where it stands, its words, what it was taken for, and why.

    ``header`` is what is remembered of it: of a column its header, of a row its words. ``table``
    is the place of the table that a row stands in or below, -1 for none, and ``known`` whether it
    can be said to be a record of it.
    """

    where: str
    said: str
    means: str
    why: str
    header: str
    samples: str = ""
    table: int = -1
    known: bool = False


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table, found or not, as the session would remember it; ``kind`` is empty for none."""

    kind: str
    title: str
    fitted: Fitted
    columns: tuple[MappedLine, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """A sheet: its tables, its first rows, and the headers of a row if it were to head one."""

    file: str
    name: str
    tables: tuple[MappedTable, ...]
    rows: tuple[MappedLine, ...]


def mapped_sheets(book: ReadBook, session: Session, file: str, *, every: bool) -> list[MappedSheet]:
    """What stands on each sheet and what it was taken for; ``every`` is for reading."""
    found, _ = every_table(book, session) if every else tables_and_alike(book, session)
    words = HeaderWords(session)
    sheets = []
    for sheet in book.sheets:
        here = [one for one in found if one.sheet == sheet.name]
        tables = []
        for one in here:
            columns = tuple(_columns(sheet, one, words))
            summary = summary_of(one, sheet)
            tables.append(MappedTable(one.kind, _title(one), one.remembered(), columns, summary))
        rows = islice(sorted(sheet.cells), ROWS_SHOWN)
        lines = tuple(_row_line(sheet, number, here) for number in rows)
        sheets.append(MappedSheet(file, sheet.name, tuple(tables or [_no_table(sheet)]), lines))
    return sheets


def _columns(sheet: ReadSheet, table: FoundTable, words: HeaderWords) -> Iterator[MappedLine]:
    places = set(table.headers)
    if not table.turned:
        body = (sheet.row(row) for row in range(table.first, table.last + 1))
        places |= {at for row in body for at in row if table.left - 1 <= at <= table.right + 1}
    seen = {""}
    for at in sorted(places):
        means, said = table.columns.get(at, ""), on_one_line(table.headers.get(at, ""))
        yield MappedLine(
            str(at) if table.turned else get_column_letter(at),
            said,
            _meant(means),
            _why(table, said, means, words),
            blank_header(at) if said in seen else said,
            "" if table.turned else _samples(sheet, at, table.first, table.last),
        )
        seen.add(said)


def _why(table: FoundTable, text: str, means: str, words: HeaderWords) -> str:
    """Why a column was taken for what it is."""
    was = next((each.means for each in table.remembered().columns if each.header == text), "")
    if table.how is FoundBy.REMEMBERED and was:
        return "what was said"
    found, sure = words.meaning(table.kind, text)
    if means and found == means:
        return WHY.get(sure, "its header")
    if means.startswith((ROLE, BY_NAME)):
        return "the letters under it"
    return "what stands under it" if means else ""


def _samples(sheet: ReadSheet, at: int, first: int, last: int) -> str:
    values = (sheet.row(row).get(at) for row in range(first, last + 1))
    said = dict.fromkeys(cell_as_line(one) for one in values if one not in ("", None))
    return " · ".join(islice(filter(None, said), SAMPLES))


def _row_line(sheet: ReadSheet, number: int, tables: Sequence[FoundTable]) -> MappedLine:
    """What a row was taken for, in the table that it stands in."""
    cells = sheet.row(number)
    said = " · ".join(filter(None, (cell_as_line(cells[at]) for at in sorted(cells))))
    above = [at for at, one in enumerate(tables) if not one.turned and one.header <= number]
    means, why = "not read", ""
    if not above:
        words = cell_as_line(cells[min(cells)])
        return MappedLine(str(number), words, means, why, words, said)
    table = tables[above[-1]]
    if number == table.header:
        means = "headers"
    elif number in table.headings:
        means = "stage"
    elif number in table.skipped:
        means, why = "left out", table.skipped[number]
    elif table.first <= number <= table.last:
        plain = table.kind.removesuffix("s").replace("_", " ")
        means = "activity" if table.kind in (ACTIVITIES, RACI) else plain
    words, known = table.row_words(sheet, number), number >= table.first
    return MappedLine(str(number), words, means, why, words, said, above[-1], known)


def headers_at(sheet: ReadSheet, number: int) -> tuple[Heading, ...]:
    """The headers of a row, if it were to head a table."""
    row = sheet.row(number)
    return tuple(
        Heading(line_of(str(row[at])) if at in row else blank_header(at))
        for at in sorted({*row, *sheet.row(number + 1)})
    )


def _no_table(sheet: ReadSheet) -> MappedTable:
    """What a sheet holds where no table was found: the fullest row is taken to head it."""
    rows = {
        number: sum(isinstance(one, str) for one in row.values())
        for number, row in sheet.cells.items()
        if number <= HEADERS_WITHIN
    }
    top = max(rows, key=lambda number: (rows[number], -number), default=0)
    headings = headers_at(sheet, top)
    columns = []
    for one, at in zip(headings, sorted({*sheet.row(top), *sheet.row(top + 1)}), strict=True):
        said = line_of(str(sheet.row(top).get(at, "")))
        samples = _samples(sheet, at, top + 1, min(sheet.last_row, top + HEADERS_WITHIN))
        line = MappedLine(get_column_letter(at), said, "not read", "", one.header, samples)
        columns.append(line)
    title = f"no table was found; row {top} may be its headers" if top else "the sheet is empty"
    return MappedTable("", title, Fitted("", sheet.name, "", headings), tuple(columns))


# A workbook that was filled.


def describe_mapping(session: Session, table: "TableResult") -> list[tuple[str, str]]:
    """Each header of a table and what it is filled with, in the order of the columns."""
    found = table.found
    # A role's column is called by its code too.
    ours = {
        key: f"{one.header} ({key.removeprefix(ROLE)})" if key.startswith(ROLE) else one.header
        for key, one in sheet_of(found.kind).every_column(Facts(session)).items()
    }
    told = []
    for at, said in sorted(found.headers.items()):
        means = found.columns.get(at, "")
        if said in table.calculated:
            told.append((said, "(calculated by the template)"))
        elif not means or means in NOT_WRITTEN:
            told.append((said, "(left as it is)"))
        else:
            told.append((said, ours.get(means, means)))
    return told


def describe_table(table: "TableResult") -> str:
    """Which table it is, where it is, and by what it was found."""
    found = table.found
    name = f", {'table' if found.is_table else 'cells'} {found.name}" if found.name else ""
    return (
        f"{sheet_of(found.kind).title}: sheet {found.sheet}{name}, headers in row {found.header} "
        f"({how_found(found)})"
    )


def describe_changes_to_table(table: "TableResult", copies: str = "--copy-sheet") -> Iterator[str]:
    """What filling does to a table and around it; ``copies`` is what has a copy filled."""
    growth, of = table.growth, table.found.copy_of
    had = growth.last - growth.first + 1
    under = f" under {counted(table.headings, 'heading')} of stages" if table.headings else ""
    yield f"{counted(table.rows, 'row')} written{under}; the template has {counted(had, 'row')}."
    if of:
        yield f"This sheet is a filled copy; {of[0]} is left as it was."
    if table.replaced:
        replaced = counted(table.replaced, "row")
        yield f"Replaced, as none of these records: {replaced} of the template."
    if growth.by and growth.moved:
        yield f"What stands below moves down by {counted(growth.by, 'row')}."
    if table.left_out:
        yield (
            f"{counted(table.left_out, 'row')} of the template belong to no record: what stands "
            "in the council's own columns there is left out."
        )
    for begins, said in (
        ("Columns put to the right, for roles that had none", table.widened),
        ("Formulas of the template are carried down", table.calculated),
        ("No date format there, so dates are text", table.dates_as_text),
        *(("Not in the template's list for that column", (one,)) for one in table.unlisted),
        ("Comments stay on their cells, whatever comes there", table.comments),
        ("Merged cells were parted, for a record each", table.apart),
    ):
        if said:
            yield f"{begins}: {LIST_SEPARATOR.join(said)}."
    if table.pivots:
        yield "Pivot tables over these cells are read anew when the workbook is opened."
    for place in table.fixed_ends:
        yield f"{place} ends with the template's last row and does not take in the new rows."
    if not of and (table.comments or table.apart or table.fixed_ends):
        yield f"To leave this sheet as it is, fill a copy of it: {copies}."


def describe_filled(filled: "FillResult", copies: str) -> Iterator[str]:
    """What filling does to the workbook, table by table, but for what each column is taken for."""
    for table in filled.tables:
        yield f"{describe_table(table)}:"
        yield from describe_changes_to_table(table, copies)
    yield from describe_other_changes(filled)


def describe_other_changes(filled: "FillResult") -> Iterator[str]:
    """What changes in the workbook besides the tables, and what does not."""
    for one in filled.alike:
        yield (
            f"Left alone, though it looks like {sheet_of(one.kind).title} too: sheet {one.sheet}, "
            f"headers in row {one.header}."
        )
    # Excel's own names are the print area and its like; some of them nobody knows.
    shown = (
        name.removeprefix("_xlnm.").replace("_", " ") if name.startswith("_xlnm.") else name
        for name in filled.names
        if not name.startswith("_xlnm._")
    )
    if names := LIST_SEPARATOR.join(dict.fromkeys(shown)):
        yield f"Names that now cover the new rows: {names}."
    if filled.calculates:
        yield "Formulas are worked out anew when the workbook is opened."
    yield (
        "All other parts of the file stay as they are; these change: "
        f"{LIST_SEPARATOR.join(filled.parts)}."
    )


def without_place(session: Session, filled: "FillResult") -> Iterator[str]:
    """What the session holds and the workbook has no place for."""
    found: dict[str, list[FoundTable]] = {}
    for table in filled.tables:
        found.setdefault(table.found.kind, []).append(table.found)
    kinds = [kind for kind in template_kinds() if kind not in (ACTIVITIES, RACI)]
    process = [one for kind in (ACTIVITIES, RACI) for one in found.get(kind, ())]
    yield from _stages_unplaced(session, process)
    for kind, places in ((ACTIVITIES, process), *((kind, found.get(kind, [])) for kind in kinds)):
        if places:
            yield from _unplaced(session, kind, places)
        elif rows := len(row_values(session, kind)):
            if kind == NEXT_STEPS and ACTIONS in found:
                yield "Next steps have no table of their own: they follow the actions."
            else:
                title = sheet_of(kind).title
                yield f"{title}: no table was found, so {_are(rows)} not in the workbook."
    if process:
        yield from _roles_unplaced(session, process)


def _are(rows: int) -> str:
    return f"{counted(rows, 'row')} {'is' if rows == 1 else 'are'}"


def _placed(places: Sequence[FoundTable]) -> set[str]:
    return {means for one in places for means in one.columns.values()}


def _counts(missing: Mapping[str, int]) -> str:
    return LIST_SEPARATOR.join(f"{name} ({count})" for name, count in missing.items() if count)


def _stages_unplaced(session: Session, places: Sequence[FoundTable]) -> Iterator[str]:
    """The stages for which there is no chart, where each chart has its own."""
    if not places or not all(one.stages for one in places):
        return
    taken = {stage for one in places for stage in one.stages}
    for stage in session.stages:
        rows = sum(activity.stage == stage.id for activity in session.activities)
        if rows and stage.id not in taken:
            yield f"{stage.name}: no chart was found for it, so {_are(rows)} not in the workbook."


def _unplaced(session: Session, kind: str, places: Sequence[FoundTable]) -> Iterator[str]:
    rows, placed = row_values(session, kind), _placed(places)
    if placed & {"carrier", "owner_name"}:
        placed.add("owner")
    if "responsible" in placed or any(one.roles for one in places):
        placed.add("lead")
    if all(one.headings or one.stages for one in places):
        placed.add("stage")
    missing = {
        one.header: sum(row.values.get(key) not in ("", None) for row in rows)
        for key, one in sheet_of(kind).described.items()
        if one.typed and key not in placed
    }
    if told := _counts(missing):
        yield f"{sheet_of(kind).title}: no column for {told}."


def _roles_unplaced(session: Session, places: Sequence[FoundTable]) -> Iterator[str]:
    placed = _placed(places)
    if "others" in placed or {"accountable", "consulted", "informed"} <= placed:
        return
    labels, rows = role_labels(session), row_values(session, RACI)
    missing = {
        labels[code]: sum(bool(row.values.get(f"{ROLE}{code}")) for row in rows)
        for code in role_codes(session)
        if f"{ROLE}{code}" not in placed
    }
    if told := _counts(missing):
        yield f"RACI: no column for the roles {told}."
