"""Cells copied out of a spreadsheet, as lines of post-its: the headers say what is what."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from offwall.model.line.grammar import escape
from offwall.model.records import Session, line_of
from offwall.model.tables import ACTIVITIES

if TYPE_CHECKING:
    from offwall.model.workbook.template.header_reading import HeaderWords

SIGNS: Mapping[str, str] = {
    "documents": "+",
    "timescale": "w:",
    "note": "n:",
    "decision": "?",
    "issues": "!",
    "actions": "*",
}
"""The token that each column's words follow in a line."""

PEOPLE: Mapping[str, str] = {
    "lead": "@",
    "accountable": "a:",
    "consulted": "c:",
    "informed": "i:",
}


def lines_of_cells(text: str, session: Session) -> list[str] | None:
    """A line for each row of cells parted by tabs; none where the text is no such table.

    A role that is not known, and a column that means nothing, go into the note.
    """
    if "\t" not in text:
        return None
    from offwall.model.workbook.template.header_reading import HeaderWords

    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        return None
    rows = [row for row in rows if any(map(str.strip, row))]
    words = HeaderWords(session)
    headers = dict(enumerate(rows[0])) if rows else {}
    meant = {at: means for at, (means, _) in words.columns(ACTIVITIES, headers).items()}
    if "activity" not in meant.values() or len(meant) < 2:
        return None
    return [" ".join(_tokens(row, meant, headers, words)) for row in rows[1:]]


def _tokens(
    row: list[str], meant: Mapping[int, str], headers: Mapping[int, str], words: "HeaderWords"
) -> Iterator[str]:
    """The words of an activity, then what the other cells say, each behind its sign."""
    said = {at: line_of(cell) for at, cell in enumerate(row) if line_of(cell)}
    anchor = next(at for at, means in meant.items() if means == "activity")
    yield " ".join(map(escape, (said.get(anchor) or " ".join(said.values())).split()))
    notes = []
    for at, cell in said.items():
        means = meant.get(at, "")
        code = words.role(cell, nearly=False)
        if means in PEOPLE and code:
            yield f"{PEOPLE[means]}{code.partition(':')[2]}"
        elif means in SIGNS and means != "note":
            yield f"{SIGNS[means]}{cell}"
        elif means != "activity":
            notes.append(cell if means == "note" else f"{headers.get(at, '')}: {cell}")
    if notes:
        yield f"n:{'; '.join(notes)}"
