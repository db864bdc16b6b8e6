"""The lists that columns offer their values from."""

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from typing import Any

from offwall.model.actions.ranking import rung_name
from offwall.model.process import role_labels
from offwall.model.process.post_it import MEANINGS
from offwall.model.records import (
    ActionKind,
    ActionStatus,
    Group,
    Improve,
    IssueCode,
    IssueStatus,
    Session,
    Treatment,
)
from offwall.model.records.session import Rag, Rhythm
from offwall.model.tables.sheet import NO, YES, Cell, CellKind, CellValue, FilledSheet, stated

ACTIVITY_STATUS = ("confirmed", "sequence only", "lead only", "to confirm")
"""What the group agreed of an activity: its place in the sequence, and its lead."""

LETTERS = ("R", "A", "RA", "C", "I")
"""What a cell of the RACI may hold: responsible, accountable, both, consulted, informed."""

CODE_MEANS = {code: words.lower() for code, words in MEANINGS.items()}
"""The letter on the wall, in words."""


def _owners(session: Session) -> Iterable[str]:
    people = (person.name for person in session.people if person.name)
    return dict.fromkeys([*role_labels(session).values(), *people])


def _carriers(session: Session) -> Iterable[str]:
    owners = (*role_labels(session), *(person.id for person in session.people))
    return dict.fromkeys(filter(None, map(stated(session).called, owners)))


def _documents(session: Session) -> Iterable[str]:
    named = (name for one in session.in_order for name in one.documents)
    return dict.fromkeys(filter(None, (*(one.name for one in session.documents), *named)))


LISTS: Mapping[str, tuple[str, Callable[[Session], Iterable[CellValue]]]] = {
    "roles": ("Roles", lambda session: role_labels(session).values()),
    "role_codes": ("Role codes", role_labels),
    "letters": ("RACI letters", lambda session: LETTERS),
    "activity_status": ("Activity status", lambda session: ACTIVITY_STATUS),
    "improve": ("Improve", lambda session: Improve),
    "codes": ("Issue codes", lambda session: IssueCode),
    "issue_status": ("Issue status", lambda session: IssueStatus),
    "action_status": ("Action status", lambda session: ActionStatus),
    "approvals": ("Approvals", lambda session: filter(None, map(rung_name, session.approvals))),
    "scores": ("Impact and effort", lambda session: (1, 2, 3, 4, 5)),
    "owners": ("Owners", _owners),
    "carriers": ("Owners by role and name", _carriers),
    "kinds": ("Improvement or next step", lambda session: ActionKind),
    "rags": ("RAG", lambda session: Rag),
    "documents": ("Documents", _documents),
    "groups": ("Groups", lambda session: Group),
    "tiers": ("Tiers", lambda session: (tier.code for tier in session.tiers if tier.code)),
    "treatments": ("How a tier treats it", lambda session: Treatment),
    "rhythms": ("Rhythms", lambda session: Rhythm),
    "yes_no": ("Yes or no", lambda session: (YES, NO)),
}
"""Each list's header and its values, by its key; no value is empty."""


def lists_sheet(session: Session) -> FilledSheet:
    """Every list side by side; a role's code stands beside its name."""
    kinds = {"scores": CellKind.INT}
    return FilledSheet(
        name="Lists",
        title="Lists",
        about="What the dropdowns on the other sheets offer. Add to a list in the app, not here.",
        columns=tuple(
            Cell[Any](key, header, width=18, kind=kinds.get(key, CellKind.TEXT))
            for key, (header, _) in LISTS.items()
        ),
        rows=tuple(zip_longest(*(make(session) for _, make in LISTS.values()), fillvalue="")),
    )
