"""What two people said differently at once, and nobody has settled yet."""

from collections.abc import Iterator

from model.changes import COLLECTIONS, keyed
from model.checks.finding import Finding, notice, quoted
from model.session import Clash, Session

KIND = "two said"
"""The kind of these findings."""

NAMES = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


SINGLE = {"people": "Person", "activities": "Activity"}
"""What one record is called, where that is not the collection's name without its ending."""


def clashing(session: Session) -> Iterator[Finding]:
    """A notice for each field of which two people said different things."""
    for clash in session.clashes:
        field = "something" if clash.field == "extra" else f"the {clash.field.replace('_', ' ')}"
        text = f"{_named(session, clash)}: two said different things of {field}; settle it."
        yield notice(KIND, clash.record, text, clash.field)


def _named(session: Session, clash: Clash) -> str:
    """How a finding calls what a clash is about; a heading, or all of the file, by its name."""
    if clash.record in session.ref_by_id:
        return session.ref_by_id[clash.record]
    kind = clash.collection.removesuffix("s").capitalize()
    if clash.collection not in COLLECTIONS:
        return "The file" if clash.collection == "extra" else f"The {clash.collection}"
    record = keyed(clash.collection, getattr(session, clash.collection)).get(clash.record)
    name = next(filter(None, (getattr(record, each, "") for each in NAMES)), clash.record)
    return f"{SINGLE.get(clash.collection, kind)} {quoted(str(name))}"
