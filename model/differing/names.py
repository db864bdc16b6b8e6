"""What the records of one session are called where a sentence names them."""

from collections.abc import Mapping
from typing import Any

from model.changes import COLLECTIONS, HEADINGS, keyed
from model.checks.finding import LONGEST, quoted
from model.session import END, Session
from model.tables.names import owners, role_labels
from model.toml.load import SINGULAR

NAMED_BY = ("text", "name", "title", "say", "body", "caption", "path")
"""By which of its fields a record is called: the first that says something."""

POINTED_AT = ("issues", "actions", "people", "photos")
"""Collections besides the activities whose ids other records hold."""


class Names:
    """The names of one session's records, each found once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._who = owners(session, role_labels(session))
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
    return found if len(found) <= LONGEST else found[: LONGEST - 1].rstrip() + "…"
