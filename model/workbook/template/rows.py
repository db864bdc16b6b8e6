"""Fill the body of one table, a row a record, and keep the council's own cells with their
records; a value is said in the words that the template's lists and coloured rules know.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import ActionKind, Session
from offwall.model.tables import ACTIONS, NEXT_STEPS, ROLE, CellValue, Facts, sheet_of
from offwall.model.tables.actions import STATUS_WORDS
from offwall.model.tables.sheet import by_record
from offwall.model.workbook.import_.copied_rows import ExportedRow
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.package import XM, main_tag
from offwall.model.workbook.template.read_sheet import (
    FORMULA,
    VALUE,
    ReadBook,
    bounds,
    column_of,
    value_of,
)
from offwall.model.workbook.template.sheet_xml import (
    Formula,
    SheetGrid,
    formulas_in,
    is_filled,
    merge_rows,
    merged_across,
)
from offwall.model.workbook.template.styles import RowHeights, TemplateStyles, new_cell, raise_row
from offwall.model.workbook.template.words import letters_of


def row_values(
    session: Session,
    kind: str,
    keys: Collection[str] | None = None,
    *,
    with_next_steps: bool = False,
) -> list[ExportedRow]:
    """The rows of a table of a kind, in the order of the wall or the ranking.

    ``keys`` are the columns that are wanted, without which all are worked out.
    ``with_next_steps`` leaves the next steps behind the actions, where a workbook has one table
    for both.
    """
    at, sheet = Facts(session), sheet_of(kind)
    found = sheet.every_value(at, keys)
    if kind == ACTIONS and not with_next_steps:
        apart = {action.id for action in session.actions if action.kind is ActionKind.NEXT_STEP}
        found = [row for row in found if row["id"] not in apart]
    own = by_record(session)
    ids = [str(row[sheet.known_by]) for row in found]
    return [
        ExportedRow(known, str(row[sheet.anchor] or ""), row, own.get(known, {}))
        for known, row in zip(ids, found, strict=True)
    ]


def rows_of_kinds(
    session: Session, kinds: Mapping[str, Collection[str] | None]
) -> dict[str, list[ExportedRow]]:
    """The rows of each kind of table that a workbook has, with the columns that are wanted of each.

    Next steps without a table of their own follow the actions.
    """
    together = NEXT_STEPS not in kinds
    return {
        kind: row_values(session, kind, keys, with_next_steps=together)
        for kind, keys in kinds.items()
    }


def rows_for(session: Session, table: FoundTable, rows: Sequence[ExportedRow]) -> list[ExportedRow]:
    """The rows that a table takes of those of its kind: its stages' alone, under their headings."""
    stage_of: dict[str, str] = {activity.id: activity.stage for activity in session.activities}
    kept = [row for row in rows if not table.stages or stage_of.get(row.id) in table.stages]
    if not table.headings or table.at.get("stage"):
        return kept
    names: dict[str, str] = {stage.id: stage.name for stage in session.stages}
    made: list[ExportedRow] = []
    for stage, group in groupby(kept, key=lambda row: stage_of.get(row.id, "")):
        made += [ExportedRow("", names.get(stage, stage), {}, {}, heads=True), *group]
    return made


def model_row(table: FoundTable, last: int) -> int:
    """The first row of a body that is a record's: others look like it."""
    apart = {*table.headings, *table.skipped}
    rows = range(table.first, last + 1)
    return next((row for row in rows if row not in apart), table.first)


# A row looks as the template's first one. A council's own columns are never written over: a formula
# in them is carried down, and what people wrote in them moves with its record.

NOT_WRITTEN = frozenset({"comment"})
"""Columns of ours that others write in."""

BY_HAND = frozenset({"rag", "success_measure", "last_update"})
"""Columns of ours that stay the council's own while the session says nothing in them."""


_Kept = dict[int, tuple[Any, Formula | None]]
"""Own cells as they were, by column; a formula is written anew for the row where it goes."""


@dataclass(frozen=True, slots=True)
class _Model:
    """A row of the template that others look like: cells, attributes, what is merged across."""

    cells: Mapping[int, Any]
    row: Mapping[str, str]
    spans: Collection[tuple[int, int]]


class TableBody:
    """The body of a table in a sheet's grid, from its first row to ``last``.

    ``calculated`` are the formulas that the table itself has for whole columns.
    """

    def __init__(
        self,
        grid: SheetGrid,
        table: FoundTable,
        last: int,
        looks: TemplateStyles,
        *,
        calculated: Mapping[int, Formula],
        book: ReadBook,
    ) -> None:
        self._grid, self._found, self._last, self._looks = grid, table, last, looks
        self._places = {at: get_column_letter(at) for at in range(table.left, table.right + 1)}
        self.model = model_row(table, last)
        self._like = self._model_of(self.model)
        heads = table.headings and not table.at.get("stage")
        self.heads = self._model_of(min(table.headings)) if heads else None
        self._heights = RowHeights(grid.tree, looks, dict(self._like.spans))
        self._listed = _listed_words(grid.tree, table.sheet, book, self.model)
        self._words = _coloured_words(grid.tree, self.model) | self._listed
        self.unlisted: dict[str, set[str]] = {}
        self.formulas = {**calculated, **formulas_in(grid, self.model, self._places)}
        self.written = {
            place: means
            for place, means in table.columns.items()
            if means not in NOT_WRITTEN and place not in self.formulas
        }
        self.dates_as_text: set[str] = set()
        self.left_out = self.replaced = 0

    def _model_of(self, number: int) -> "_Model":
        cells = {at: one for at, one in self._grid.cells(number).items() if at in self._places}
        row = self._grid.row(number)
        across = merged_across(self._grid.tree, number, self._places)
        return _Model(cells, dict(row.attrib) if row is not None else {}, across)

    def fill(self, records: Sequence[ExportedRow], strings: list[str]) -> None:
        """Write the records from the first row on, and empty the rows that are left over."""
        self.written = {
            at: means
            for at, means in self.written.items()
            if means not in BY_HAND or any(self._of(record, at, means) for record in records)
        }
        own = [at for at in self._places if at not in self.written and at not in self.formulas]
        taken = self._taken(records, own, strings)
        spans = {}
        first = self._found.first
        for number, (record, kept) in enumerate(zip(records, taken, strict=True), first):
            if self.heads and record.heads:
                self._head(number, record.words, self.heads)
                spans[number] = self.heads.spans
            else:
                self._write(number, self._values(record), kept)
                spans[number] = self._like.spans
        for number in self._grid.between(first + len(records), self._found.last):
            self._write(number, {}, {})
        if self.heads:
            last = max(self._last, first + len(records) - 1)
            merge_rows(self._grid, first, last, self._places.keys(), spans)

    def _taken(
        self, records: Sequence[ExportedRow], own: Collection[int], strings: list[str]
    ) -> list[_Kept]:
        """The own cells of the row that held each record, found again by id, else by words.

        Each row is given once. Those that no record took are counted, and those that held
        something that is none of the records.
        """
        rows: dict[int, _Kept] = {}
        strangers: set[int] = set()
        by_id: dict[str, int] = {}
        by_words: dict[str, int] = {}
        at = self._found.at
        for number in self._grid.between(self._found.first, self._last):
            if number in self._found.headings:
                continue
            cells = self._grid.cells(number)
            for index, key in ((by_id, "id"), (by_words, sheet_of(self._found.kind).anchor)):
                if at.get(key) in cells and (said := value_of(cells[at[key]], strings)):
                    index.setdefault(str(said), number)
                    strangers.add(number)
            filled = [place for place in own if place in cells and is_filled(cells[place])]
            formulas = formulas_in(self._grid, number, filled)
            if filled:
                rows[number] = {at: (deepcopy(cells[at]), formulas.get(at)) for at in filled}
        taken = []
        for record in records:
            number = by_id.get(record.id) or by_words.get(record.words) or 0
            strangers.discard(number)
            taken.append(rows.pop(number, {}))
        self.left_out, self.replaced = len(rows), len(strangers)
        return taken

    def _head(self, number: int, words: str, like: "_Model") -> None:
        """Write a row that heads a stage, in the looks of the template's first one."""
        at = next((at for at, one in sorted(like.cells.items()) if is_filled(one)), 0)
        cells, row = {**self._grid.cells(number)}, self._grid.ready(number, like.row)
        for place, letters in self._places.items():
            style = like.cells[place].get("s", "") if place in like.cells else ""
            name = f"{letters}{number}"
            cells[place] = new_cell(row, name, style, words if place == at else "", self._looks)
        self._grid.put(number, cells, like.row)

    def _values(self, record: ExportedRow) -> dict[int, CellValue]:
        """What is written where: our columns, and the own ones that the session keeps."""
        own = {at: record.own[said] for at, said in self._found.own.items() if said in record.own}
        return own | {
            at: self._in_words(at, means, self._of(record, at, means))
            for at, means in self.written.items()
        }

    def _of(self, record: ExportedRow, at: int, means: str) -> CellValue:
        """A value of ours; of what people fill in by hand also what the council's column kept."""
        value = record.values.get(means)
        if means in BY_HAND and value in ("", None):
            return record.own.get(self._found.headers.get(at, ""), value)
        return value

    def _in_words(self, at: int, means: str, value: CellValue) -> CellValue:
        """A value in the words of the template's list; one that has none is noted."""
        found = in_their_words(means, value, self._words.get(at, ()))
        listed = self._listed.get(at, ())
        if listed and found not in (None, "") and str(found) not in listed:
            self.unlisted.setdefault(self._found.headers.get(at, ""), set()).add(str(found))
        return found

    def _write(self, number: int, values: Mapping[int, CellValue], kept: _Kept) -> None:
        cells, row = dict(self._grid.cells(number)), self._grid.ready(number, self._like.row)
        shown = []
        for place, letters in self._places.items():
            old, value = cells.get(place), values.get(place)
            # The style is a template's row's own, else the first row's.
            like = old
            if number > self._last or old is None or self.heads:
                like = self._like.cells.get(place)
            style = like.get("s", "") if like is not None else ""
            name = f"{letters}{number}"
            if place in self.formulas:
                cells[place] = self._calculated(name, place, old, style)
            elif place in kept:
                cell, formula = kept[place]
                cells[place] = formula.cell(name, cell.get("s", "")) if formula else cell
                cells[place].set("r", name)
            elif old is not None or style or value not in ("", None):
                if isinstance(value, dt.date):
                    style = self._looks.for_day(value, style, self._heights.width(place))
                    if not self._looks.shows(value, style):
                        self.dates_as_text.add(self._found.headers.get(place, ""))
                cells[place] = new_cell(row, name, style, value, self._looks)
                shown.append((place, style, value))
        raise_row(self._grid.put(number, cells), self._heights.needed(shown))

    def _calculated(self, name: str, place: int, old: Any | None, style: str) -> Any:
        """A cell of a calculated column, its last result taken out: it was another row's."""
        if old is None or old.find(FORMULA) is None:
            return self.formulas[place].cell(name, style)
        for value in old.findall(VALUE):
            old.remove(value)
        old.attrib.pop("t", None)
        return old


# The template's own words for a status or a score: what its lists and coloured rules know.

_SCORES = {"high": (4, 5), "medium": (3,), "low": (1, 2)}
_QUOTED = re.compile(r'^=?"(.*)"$', re.DOTALL)
_EQUALS = re.compile(r'^\$?([A-Z]{1,3}\d+)="([^"]+)"$')
_RANGE = re.compile(r"^=?(?:'((?:[^']|'')+)'|([^'!]+))?!?(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)$")

Words = dict[int, tuple[str, ...]]
"""The words that a template's column takes, by column."""


def _listed_words(tree: Any, sheet: str, book: ReadBook, row: int) -> Words:
    """The words of the lists that the cells of a row offer, by column."""
    found: Words = {}
    for rule in _rules(tree, "dataValidation"):
        if rule.get("type") == "list":
            options = _options(_first(rule, "formula1", "f"), sheet, book)
            found |= dict.fromkeys(_columns(rule, row) if options else (), options)
    return found


def _coloured_words(tree: Any, row: int) -> Words:
    """The words by which coloured rules know the cells of a row, by column."""
    found: Words = {}
    for block in _rules(tree, "conditionalFormatting"):
        places = list(_columns(block, row))
        said = [one for rule in block for one in _coloured(rule)] if places else []
        for column, word in said:
            for at in [column] if column else places:
                found[at] = (*found.get(at, ()), word)
    return found


def _coloured(rule: Any) -> Iterator[tuple[int, str]]:
    """The words of a rule, each with the column that it looks at; 0 for that of the cell."""
    kind, formula = rule.get("type"), _first(rule, "formula")
    if kind == "containsText" and rule.get("text"):
        yield 0, rule.get("text")
    elif kind == "cellIs" and rule.get("operator") == "equal" and (told := _QUOTED.match(formula)):
        yield 0, told[1]
    elif kind == "expression" and (told := _EQUALS.match(formula)):
        # A row that is coloured by one of its cells.
        yield column_of(told[1]), told[2]


def _rules(tree: Any, name: str) -> Iterator[Any]:
    for child in tree.getroot():
        if child.tag != main_tag("sheetData"):
            yield from child.iter(f"{{*}}{name}")


def _first(element: Any, *names: str) -> str:
    """The first text of an element of these names, in whatever namespace."""
    said = (one.text or "" for one in element.iter(*(f"{{*}}{name}" for name in names)))
    return next(filter(None, map(str.strip, said)), "")


def _columns(element: Any, row: int) -> Iterator[int]:
    cells = element.get("sqref") or element.findtext(f"{{{XM}}}sqref") or ""
    for left, top, right, bottom in map(bounds, cells.split()):
        if top <= row <= bottom:
            yield from range(left, min(right, left + 500) + 1)


def _options(formula: str, sheet: str, book: ReadBook) -> tuple[str, ...]:
    if told := _QUOTED.match(formula):
        return tuple(filter(None, map(str.strip, told[1].split(","))))
    named = next((one for one in book.blocks if one.name == formula.lstrip("=")), None)
    if named is not None:
        sheet, place = named.sheet, (named.left, named.top, named.right, named.bottom)
    elif told := _RANGE.match(formula):
        sheet = (told[1] or told[2] or sheet).replace("''", "'")
        place = bounds(told[3].replace("$", ""))
    else:
        return ()
    if (held := book.sheet(sheet)) is None:
        return ()
    left, top, right, bottom = place
    rows = range(top, min(bottom, top + 200) + 1)
    values = (held.row(row).get(at) for row in rows for at in range(left, right + 1))
    return tuple(str(value) for value in values if value not in (None, ""))


def in_their_words(means: str, value: CellValue, options: Sequence[str]) -> CellValue:
    """The option that says what a value of ours says; the value itself where none does."""
    if value in (None, "") or not options:
        return value
    for fits in _ways(means, value, str(value).casefold()):
        if found := next((option for option in options if fits(option.strip().casefold())), ""):
            return int(found) if isinstance(value, int) and found.isdecimal() else found
    return value


def _ways(means: str, value: CellValue, text: str) -> Iterator[Callable[[str], bool]]:
    yield lambda option: option == text
    if means == "status":
        yield lambda option: STATUS_WORDS.get(option, ("",))[0] == text
        yield lambda option: text in STATUS_WORDS.get(option, ())
    if means.startswith(ROLE):
        letters = letters_of(value)
        yield lambda option: letters_of(option) == letters
    if means in ("impact", "effort"):
        yield lambda option: value in _SCORES.get(option, ())
