"""What records and fields are called where a sentence names them."""

from collections.abc import Mapping
from typing import Any

from offwall.model.process import owner_labels, role_labels
from offwall.model.records import END, Session, keyed
from offwall.model.records.changes import COLLECTIONS, HEADINGS
from offwall.model.review.finding import LONGEST_QUOTE, quoted
from offwall.model.store.toml.load import SINGULAR

NAMED_BY = ("text", "name", "title", "say", "body", "caption", "path")
"""By which of its fields a record is called: the first that says something."""

POINTED_AT = ("issues", "actions", "people", "photos")
"""Collections besides the activities whose ids other records hold."""


class RecordLabels:
    """The names of one session's records, each found once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._who = owner_labels(session, role_labels(session))
        self._pointed: Mapping[str, Any] = {
            record.id: record for name in POINTED_AT for record in getattr(session, name)
        }
        self._records = {name: keyed(name, getattr(session, name)) for name in COLLECTIONS}

    def record(self, collection: str, key: str) -> Any:
        """A record by what it is known by, or the value of a heading; None where there is none."""
        if collection in HEADINGS:
            return getattr(self.session, collection)
        return self._records[collection].get(key)

    def who(self, code: str) -> str:
        """A role or a person by name; a group by its own words."""
        return line(self._who.get(code) or code)

    def where(self, pointer: str) -> str:
        """What a pointer means: an activity's place, a record's words, the end, else its words."""
        if pointer == END:
            return "the end"
        if ref := self.session.ref_by_id.get(pointer):
            return ref
        found = self._pointed.get(pointer)
        return quoted(name_of(found) or pointer) if found else quoted(pointer)

    def label(self, collection: str, record: Any) -> str:
        """How a sentence begins that is about a record: ``Action “Pilot the scorecard”``."""
        kind = SINGULAR.get(collection, collection).replace("_", " ").capitalize()
        begin = f"{kind} {record.id}" if collection == "stages" else kind
        name = "" if collection == "workshop" else name_of(record)
        return f"{begin} {quoted(name)}" if name else begin


def name_of(record: Any) -> str:
    """The words that a record is called by; empty where it has none."""
    return next(filter(None, (line(str(getattr(record, name, ""))) for name in NAMED_BY)), "")


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def short(text: str) -> str:
    """The text on one line, the beginning of a long one."""
    found = line(text)
    return found if len(found) <= LONGEST_QUOTE else found[: LONGEST_QUOTE - 1].rstrip() + "…"


# What the fields of records are called in a sentence, and which hold a name to look up.

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

FIELD_NOUNS: Mapping[str, str] = {
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
    return FIELD_NOUNS.get(field, field.replace("_", " "))
