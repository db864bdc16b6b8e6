"""Roles that a workbook's RACI has a column for and the session does not know.

A column whose every cell is empty or letters of the RACI, under a header that means nothing else,
is a role's: without this, a chart of a council that never used Offwall has no people in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from model.edits.roles import free_code
from model.exchange.excel.filling import Book, Sheet
from model.exchange.excel.filling.aliases import folded, without_aside, words_of
from model.exchange.excel.filling.find_tables import LOOKED_AT
from model.importing.cells import line
from model.importing.letters import letters_of
from model.importing.naming import LONGEST
from model.session import Role, Session
from model.table_kinds import ACTIVITIES, RACI
from model.tables.names import role_labels

LEAST = 2
"""Letters that a column must hold at least, where the session has no role of its name."""


def with_roles_of(book: Book, session: Session) -> Session:
    """The session with a role for each column of letters that it has none for."""
    for sheet in book.sheets:
        for header in _header_rows(sheet):
            for said in _lettered(sheet, header, session):
                role = Role(free_code(session, said), said)
                session = replace(session, roles=(*session.roles, role))
    return session


def _header_rows(sheet: Sheet) -> Iterator[int]:
    """Rows that head a table of activities, as far down as tables are looked for."""
    words = words_of(RACI)
    for number in sorted(row for row in sheet.cells if row <= LOOKED_AT):
        said = [value for value in sheet.row(number).values() if isinstance(value, str)]
        if len(said) > 2 and any(words.get(folded(one)) == "activity" for one in said):
            yield number


def _lettered(sheet: Sheet, header: int, session: Session) -> Iterator[str]:
    known = {folded(label) for label in role_labels(session).values()}
    for role in session.roles:
        known |= {folded(word) for word in (role.code, role.name, *role.also_called)}
    for place, value in sheet.row(header).items():
        said = line(value)
        if not isinstance(value, str) or len(said) > LONGEST or folded(said) in known:
            continue
        if _means(said) or not _letters_under(sheet.cells, header, place):
            continue
        known.add(folded(said))
        yield said


def _means(said: str) -> str:
    """What a header means besides; a letter alone heads a column of names, not of letters."""
    words = words_of(ACTIVITIES)
    return words.get(folded(said)) or words.get(folded(without_aside(said)), "")


def _letters_under(cells: Mapping[int, Mapping[int, Any]], header: int, place: int) -> bool:
    found = 0
    number = header + 1
    while number in cells:
        letters = letters_of(cells[number].get(place))
        if letters is None:
            return False
        found += bool(letters)
        number += 1
    return found >= LEAST
