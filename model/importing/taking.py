"""A copy read as edits of the session that it was exported from."""

import datetime as dt

from model.importing.copy import Copy
from model.importing.draft import Draft, Shared
from model.importing.others import take_actions, take_issues, take_list
from model.importing.wall import Wall
from model.session import Session
from model.table_kinds import (
    ACTIONS,
    ACTIVITIES,
    DECISIONS,
    DOCUMENTS,
    ISSUES,
    NEXT_STEPS,
    PEOPLE,
    RACI,
    ROLES,
    WORDS,
)


def edited(copy: Copy, now: Session, shared: Shared, *, today: dt.date, seed: str) -> Draft:
    """What people made of the session in a workbook; ``now`` is what became of it meanwhile."""
    draft = Draft(copy, now, today, seed, shared)
    tables = {read.kind: read for read in copy.tables}
    for kind in (ROLES, PEOPLE, WORDS):
        if kind in tables:
            take_list(draft, tables[kind])
    if {ACTIVITIES, RACI, DECISIONS} & tables.keys():
        Wall(draft, tables).take()
    if ISSUES in tables:
        take_issues(draft, tables[ISSUES])
    for kind in (ACTIONS, NEXT_STEPS):
        if kind in tables:
            take_actions(draft, tables[kind])
    if DOCUMENTS in tables:
        take_list(draft, tables[DOCUMENTS])
    return draft
