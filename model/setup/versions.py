"""Versions of the process: what it was called when somebody said that it stands, and since when."""

import datetime as dt
from dataclasses import replace

from offwall.model.records import EditError, Session, derive, excerpt, line_of
from offwall.model.records.session import Version
from offwall.model.records.text import fold


def last_version(session: Session) -> Version | None:
    """The version of the latest date; None where none was recorded."""
    dated = sorted(session.versions, key=lambda one: one.on or dt.date.min)
    return dated[-1] if dated else None


def record_version(session: Session, said: str, on: dt.date, path: str = "") -> Session:
    """Say that the process stands as it is now, under a name; ``path`` is where its file lies.

    Raises `EditError` without a name, and for one that a version has already.
    """
    name = line_of(said, "Say what the version is called, such as 1.0.")
    if any(fold(one.name) == fold(name) for one in session.versions):
        raise EditError(f"There is a version {excerpt(name)} already. Call this one otherwise.")
    made = Version(derive(fold(name), "v"), name, on, path)
    return replace(session, versions=(*session.versions, made))
