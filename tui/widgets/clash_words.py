"""What two people said differently, in words: for the card, the list and the status line."""

from model.clashes import about, holder, kept_value, said
from model.session import Clash, Session
from tui.text import plain

SINGLE = {"people": "person", "activities": "activity", "extra": "the file"}
"""What one record is called, where that is not the collection's name without its ending."""

NAMES = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


def on_activity(session: Session, activity: str) -> list[str]:
    """A line for each value that somebody else gave an activity, and the keys that settle it."""
    found = about(session, "activities", activity)
    keys = " (T takes it, D drops it)"
    return [f"≠ {clash.field}: {value(clash)}{keys}" for clash in found]


def value(clash: Clash) -> str:
    """The other value on one line."""
    return plain(said(clash)) or "(taken away)"


def ours(session: Session, clash: Clash) -> str:
    """The value that stands in the record, on one line."""
    return plain(kept_value(session, clash)) or "(nothing)"


def where(session: Session, clash: Clash) -> str:
    """Which record and field it is about: ``S3.04 text``, ``role Contract Manager, name``."""
    ref = session.ref_by_id.get(clash.record) if clash.collection == "activities" else None
    if ref:
        return f"{ref} {plain(clash.field)}"
    kind = SINGLE.get(clash.collection, clash.collection.removesuffix("s"))
    record = holder(session, clash) if clash.record else None
    names = (getattr(record, field, "") for field in NAMES)
    name = next(filter(None, names), clash.record)
    return plain(f"{kind} {name}, {clash.field}" if name else f"{kind}, {clash.field}")
