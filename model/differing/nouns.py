"""What the fields of records are called in a sentence, and which hold a name to look up."""

from collections.abc import Mapping

WHO = {
    "activities": (*("lead", "also", "accountable", "consulted", "informed", "decided_by"),),
    "stages": ("accountable",),
    "people": ("role",),
    "board": ("chair", "members"),
    "actions": ("owner", "helper"),
    "documents": ("owner",),
}
"""Fields that hold the codes of roles, or the ids of people."""

WHERE = {
    "activities": ("then", "stage"),
    "issues": ("activity",),
    "actions": ("activity", "issue"),
    "topics": ("issue",),
    "board": ("gates",),
    "remarks": ("on",),
}
"""Fields that hold the ids of other records."""

UNQUOTED = (
    *("by", "raised_by", "taken_by", "team", "facilitator", "recorder", "council", "marking"),
    *("approval", "needs"),
)
"""Fields whose words are names, which read better without quotes."""

NOUNS: Mapping[str, str] = {
    "text": "words",
    "also_called": "other names",
    "then": "what comes next",
    "also": "also responsible",
    "decided_by": "who decides",
    "limit": "limit of the decision",
    "routes": "answers",
    "improve": "mark",
    "open_point": "open point",
    "raised_by": "raised by",
    "source": "where it comes from",
    "near": "where on the wall",
    "due": "target date",
    "needs": "who must agree",
    "place": "place in the ranking",
    "done_on": "done on",
    "value_from": "pounds from",
    "risk_from": "risk score from",
    "papers_by": "papers due",
    "sees": "what it sees",
    "meets": "when it meets",
    "must_not": "what it must not become",
    "avoid": "what not to say",
    "where": "where it is kept",
    "on": "what it is about",
    "path": "file",
    "taken_by": "taken by",
    "sha256": "picture itself",
    "used": "minutes used",
    "planned": "minutes planned",
    "minutes": "minutes used",
    "voters": "people who vote",
    "dots": "dots each",
    "approvals": "ladder of approval",
    "agenda_days": "days from agenda to meeting",
    "forward_plan_days": "days in the forward plan",
    "closed": "days closed",
    "extra": "what else the file says of it",
}
"""The fields whose noun is not their own name."""

SILENT: Mapping[str, tuple[str, ...]] = {
    "workshop": ("id",),
    "activities": (
        *("stage", "sequence_confirmed", "lead_confirmed", "sequence_was_confirmed"),
        *("lead_was_confirmed", "was_confirmed_on"),
    ),
}
"""Fields that no clause of their own is said of: the place and what is confirmed are said apart."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "activities": ("lead", "decision", "improve", "open_point"),
    "actions": ("owner", "due"),
    "issues": ("activity", "raised_by"),
    "remarks": ("by",),
    "meetings": ("date",),
    "people": ("team",),
}
"""What is said of a record that is new besides its name."""


def noun(field: str) -> str:
    """What a field is called in a sentence."""
    return NOUNS.get(field, field.replace("_", " "))
