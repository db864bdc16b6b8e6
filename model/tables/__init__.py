"""Rows derived from a session, for screens, workbook and plain commands alike.

A function a table; `tables` makes them all in the order of the workbook.
"""

from model.session import Session
from model.tables.documents import documents
from model.tables.governance import board, topics
from model.tables.improving import actions, issues, next_steps
from model.tables.lists import lists
from model.tables.process import activities, decisions
from model.tables.raci import raci
from model.tables.read_me import read_me
from model.tables.table import Column, Kind, Row, Table, Value
from model.tables.tiers import tiers
from model.tables.visio import visio
from model.tables.wall import wall
from model.tables.who import people, roles, words

__all__ = [
    "Column",
    "Kind",
    "Row",
    "Table",
    "Value",
    "actions",
    "activities",
    "board",
    "decisions",
    "documents",
    "issues",
    "lists",
    "next_steps",
    "people",
    "raci",
    "read_me",
    "roles",
    "tables",
    "tiers",
    "topics",
    "visio",
    "wall",
    "words",
]

_AFTER_READ_ME = (
    activities,
    raci,
    decisions,
    documents,
    issues,
    actions,
    next_steps,
    topics,
    tiers,
    board,
    roles,
    people,
    words,
    wall,
    visio,
    lists,
)


def tables(session: Session) -> tuple[Table, ...]:
    """Every table, in the order of the workbook's sheets: *Read me* first, *Lists* last."""
    others = tuple(make(session) for make in _AFTER_READ_ME)
    return (read_me(session, others), *others)
