"""What records and fields are called where a sentence names them."""

from collections.abc import Mapping
from typing import Any

from offwall.model.process import owner_labels, role_labels
from offwall.model.records import END, Session
from offwall.model.records.changes import COLLECTIONS, HEADINGS, MADE_IDS, keyed_in
from offwall.model.records.fields import is_id, record_info, singular
from offwall.model.records.text import on_one_line, quoted
from offwall.model.records.uses import NOT_THERE


class RecordLabels:
    """The names of one session's records, each found once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._who = owner_labels(session, role_labels(session))
        self._records: dict[str, dict[str, Any]] = {
            name: keyed_in(session, name) for name in COLLECTIONS
        }
        self._pointed: Mapping[str, Any] = {
            key: record
            for name, records in self._records.items()
            for key, record in records.items()
            if name in MADE_IDS
        }

    def record(self, collection: str, key: str) -> Any:
        """A record by what it is known by, or the value of a heading; None where there is none."""
        if collection in HEADINGS:
            return getattr(self.session, collection)
        return self._records[collection].get(key)

    def who(self, code: str) -> str:
        """A role or a person by name; a group by its own words."""
        return on_one_line(self._who.get(code) or code)

    def where(self, pointer: str) -> str:
        """What a pointer means: an activity's place, a record's words, the end, else its words."""
        if pointer == END:
            return "the end"
        if ref := self.session.ref_by_id.get(pointer):
            return ref
        found = self._pointed.get(pointer)
        if not found:
            return NOT_THERE if is_id(pointer) else quoted(pointer)
        return quoted(name_of(found) or pointer)

    def label(self, collection: str, record: Any) -> str:
        """How a sentence begins that is about a record: ``Action “Pilot the scorecard”``."""
        kind = singular(collection).replace("_", " ").capitalize()
        begin = f"{kind} {record.id}" if collection == "stages" else kind
        name = "" if collection == "workshop" else name_of(record)
        return f"{begin} {quoted(name)}" if name else begin


def name_of(record: Any) -> str:
    """The words that a record is called by; empty where it has none."""
    info = record_info(record.__class__)
    return info.name_of(record) if info else ""


# Which fields a sentence leaves out, and which it says of a record that is new.

SILENT: Mapping[str, tuple[str, ...]] = {
    "workshop": ("id",),
    "activities": (
        *("stage", "sequence_confirmed", "lead_confirmed", "sequence_was_confirmed"),
        *("lead_was_confirmed", "was_confirmed_on"),
    ),
}
"""Fields that no clause of their own is said of: the place and what is confirmed are said apart."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "activities": (
        *("lead", "also", "accountable", "consulted", "informed", "decision", "routes"),
        *("documents", "timescale", "improve", "open_point"),
    ),
    "actions": ("owner", "due"),
    "issues": ("activity", "raised_by"),
    "remarks": ("by",),
    "meetings": ("date",),
    "people": ("team",),
}
"""What is said of a record that is new besides its name."""
