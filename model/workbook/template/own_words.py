"""The template's own words for a status or a score: what its lists and coloured rules know."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from offwall.model.tables import ROLE, CellValue
from offwall.model.tables.actions import STATUS_WORDS
from offwall.model.workbook.template.letters import letters_of
from offwall.model.workbook.template.package import XM, main_tag
from offwall.model.workbook.template.read_sheet import ReadBook, bounds, column_of

_SCORES = {"high": (4, 5), "medium": (3,), "low": (1, 2)}
_QUOTED = re.compile(r'^=?"(.*)"$', re.DOTALL)
_EQUALS = re.compile(r'^\$?([A-Z]{1,3}\d+)="([^"]+)"$')
_RANGE = re.compile(r"^=?(?:'((?:[^']|'')+)'|([^'!]+))?!?(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)$")

Words = Mapping[int, tuple[str, ...]]
"""The words that a template's column takes, by column."""


def listed_words(tree: Any, sheet: str, book: ReadBook, row: int) -> Words:
    """The words of the lists that the cells of a row offer, by column."""
    found: dict[int, tuple[str, ...]] = {}
    for rule in _rules(tree, ("dataValidation",)):
        if rule.get("type") != "list":
            continue
        options = _options(_first(rule, ("formula1", "f")), sheet, book)
        for at in _columns(_cells(rule), row) if options else ():
            found[at] = options
    return found


def coloured_words(tree: Any, row: int) -> Words:
    """The words by which coloured rules know the cells of a row, by column."""
    found: dict[int, tuple[str, ...]] = {}
    for block in _rules(tree, ("conditionalFormatting",)):
        places = list(_columns(_cells(block), row))
        said = [one for rule in block for one in _coloured(rule)] if places else []
        for column, word in said:
            for at in [column] if column else places:
                found[at] = (*found.get(at, ()), word)
    return found


def _coloured(rule: Any) -> Iterator[tuple[int, str]]:
    """The words of a rule, each with the column that it looks at; 0 for that of the cell."""
    if rule.get("type") == "containsText" and rule.get("text"):
        yield 0, rule.get("text")
    elif rule.get("type") == "cellIs" and rule.get("operator") == "equal":
        told = _QUOTED.match(_first(rule, ("formula",)))
        yield from [(0, told[1])] if told else []
    elif rule.get("type") == "expression":
        # A row that is coloured by one of its cells.
        told = _EQUALS.match(_first(rule, ("formula",)))
        yield from [(column_of(told[1]), told[2])] if told else []


def _rules(tree: Any, names: tuple[str, ...]) -> Iterator[Any]:
    for child in tree.getroot():
        if child.tag != main_tag("sheetData"):
            yield from (
                one
                for one in child.iter()
                if isinstance(one.tag, str) and one.tag.rpartition("}")[2] in names
            )


def _first(element: Any, names: tuple[str, ...]) -> str:
    for one in element.iter():
        last = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
        if last in names and (one.text or "").strip():
            return str(one.text).strip()
    return ""


def _cells(element: Any) -> str:
    inner = element.findtext(f"{{{XM}}}sqref") or ""
    return element.get("sqref") or inner


def _columns(cells: str, row: int) -> Iterator[int]:
    for block in cells.split():
        left, top, right, bottom = bounds(block)
        if top <= row <= bottom:
            yield from range(left, min(right, left + 500) + 1)


def _options(formula: str, sheet: str, book: ReadBook) -> tuple[str, ...]:
    if told := _QUOTED.match(formula):
        return tuple(filter(None, (one.strip() for one in told[1].split(","))))
    named = next((one for one in book.blocks if one.name == formula.lstrip("=")), None)
    if named is not None:
        sheet, place = named.sheet, (named.left, named.top, named.right, named.bottom)
    elif told := _RANGE.match(formula):
        sheet = (told[1] or told[2] or sheet).replace("''", "'")
        place = bounds(told[3].replace("$", ""))
    else:
        return ()
    held = book.sheet(sheet)
    left, top, right, bottom = place
    rows = range(top, min(bottom, top + 200) + 1) if held else ()
    values = (held.row(row).get(at) for row in rows for at in range(left, right + 1) if held)
    return tuple(str(value) for value in values if value not in (None, ""))


def in_their_words(means: str, value: CellValue, options: Sequence[str]) -> CellValue:
    """The option that says what a value of ours says; the value itself where none does."""
    if value in (None, "") or not options:
        return value
    said = str(value).casefold()
    for fits in _ways(means, value, said):
        if found := next((one for one in options if fits(one.strip().casefold())), ""):
            return int(found) if isinstance(value, int) and found.isdecimal() else found
    return value


def _ways(means: str, value: CellValue, said: str) -> Iterator[Callable[[str], bool]]:
    yield lambda option: option == said
    if means == "status":
        yield lambda option: STATUS_WORDS.get(option, ("",))[0] == said
        yield lambda option: said in STATUS_WORDS.get(option, ())
    if means.startswith(ROLE):
        letters = letters_of(value)
        yield lambda option: letters_of(option) == letters
    if means in ("impact", "effort"):
        yield lambda option: value in _SCORES.get(option, ())
