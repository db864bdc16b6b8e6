"""The lists that columns offer their values from."""

from itertools import zip_longest
from typing import Any

from offwall.model.process import role_labels
from offwall.model.records import (
    ActionStatus,
    Group,
    Improve,
    IssueCode,
    IssueStatus,
    Session,
    Treatment,
)
from offwall.model.records.session import Rhythm
from offwall.model.tables.sheet import Cell, CellKind, CellValue, FilledSheet

ACTIVITY_STATUS = ("confirmed", "sequence only", "lead only", "to confirm")
"""What the group agreed of an activity: its place in the sequence, and its lead."""

LETTERS = ("R", "A", "RA", "C", "I")
"""What a cell of the RACI may hold: responsible, accountable, both, consulted, informed."""

YES, NO = "yes", "no"

CODE_MEANS = {
    IssueCode.DOCUMENTATION: "gap in documentation",
    IssueCode.GOVERNANCE: "gap in governance",
    IssueCode.TIME: "time risk",
    IssueCode.RISK: "risk in the current process",
}
"""The letter on the wall, in words."""

HEADERS = {
    "roles": "Roles",
    "role_codes": "Role codes",
    "letters": "RACI letters",
    "activity_status": "Activity status",
    "improve": "Improve",
    "codes": "Issue codes",
    "issue_status": "Issue status",
    "action_status": "Action status",
    "approvals": "Approvals",
    "scores": "Impact and effort",
    "owners": "Owners",
    "groups": "Groups",
    "tiers": "Tiers",
    "treatments": "How a tier treats it",
    "rhythms": "Rhythms",
    "yes_no": "Yes or no",
}


def choices(session: Session) -> dict[str, tuple[CellValue, ...]]:
    """Each list's values, by its key; none of them is empty."""
    labels = role_labels(session)
    people = [person.name for person in session.people if person.name]
    return {
        "roles": tuple(labels.values()),
        "role_codes": tuple(labels),
        "letters": LETTERS,
        "activity_status": ACTIVITY_STATUS,
        "improve": tuple(Improve),
        "codes": tuple(IssueCode),
        "issue_status": tuple(IssueStatus),
        "action_status": tuple(ActionStatus),
        "approvals": tuple(filter(None, session.approvals)),
        "scores": (1, 2, 3, 4, 5),
        "owners": tuple(dict.fromkeys([*labels.values(), *people])),
        "groups": tuple(Group),
        "tiers": tuple(tier.code for tier in session.tiers if tier.code),
        "treatments": tuple(Treatment),
        "rhythms": tuple(Rhythm),
        "yes_no": (YES, NO),
    }


def lists_sheet(session: Session) -> FilledSheet:
    """Every list side by side; a role's code stands beside its name."""
    found = choices(session)
    columns = tuple(
        Cell[Any](key, header, width=18, kind=CellKind.INT if key == "scores" else CellKind.TEXT)
        for key, header in HEADERS.items()
    )
    values = (found[column.key] for column in columns)
    return FilledSheet(
        name="Lists",
        title="Lists",
        about="What the dropdowns on the other sheets offer. Add to a list in the app, not here.",
        columns=columns,
        rows=tuple(zip_longest(*values, fillvalue="")),
    )
