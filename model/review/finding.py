"""A finding, and the words that findings share."""

from dataclasses import dataclass
from enum import StrEnum

from offwall.model.records import Activity, Session


class FindingLevel(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something incomplete or inconsistent.

    ``place`` is what the record is known by: an id, a stage's id, a role's code, a document's
    name; empty where it is the board. ``text`` is a sentence: where, what, what to do. ``about``
    is which part of the record is meant, for what mends it: a role's code, a field, a word, the
    number of an answer.
    """

    level: FindingLevel
    kind: str
    place: str
    text: str
    about: str = ""


def error(kind: str, place: str, text: str, about: str = "") -> Finding:
    """A finding that the record cannot leave with."""
    return Finding(FindingLevel.ERROR, kind, place, text, about)


def notice(kind: str, place: str, text: str, about: str = "") -> Finding:
    """A finding that the group may want so."""
    return Finding(FindingLevel.NOTICE, kind, place, text, about)


def ref(session: Session, activity: Activity) -> str:
    """How a finding calls an activity: its printed place."""
    return session.ref_by_id.get(activity.id, activity.id)
