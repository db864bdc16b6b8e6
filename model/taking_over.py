"""What others wrote, put onto every value that a session has had, so that undo leaves it alone."""

from collections.abc import Callable, Iterable
from typing import Any

from model.changes import COLLECTIONS, PLACE, RECORD, Change, apply, diff, keyed
from model.merge import merge
from model.session import Session

COUNTED = ("clashes", "clock", "format")
"""What nobody needs to be told of: clashes are said apart, and the minutes run anyway."""


def onto(sent: Session, merged: Session) -> Callable[[Session], Session]:
    """The change that others made between ``sent`` and ``merged``, for any value like ``sent``.

    Where a value does not have what theirs builds on, it is merged; where it does, which is
    nearly always, that would be a detour, and an afternoon has hundreds of values.
    """
    theirs = diff(sent, merged)
    shared = apply(sent, theirs)
    known = _Touched(sent, theirs)

    def change(session: Session) -> Session:
        if session is sent:
            return shared
        if known.the_same_in(session):
            return apply(session, theirs)
        return merge(sent, session, shared).session

    return change


def number(sent: Session, merged: Session) -> int:
    """How many changes of theirs there are to tell of."""
    return sum(change.collection not in COUNTED for change in diff(sent, merged))


class _Touched:
    """What changes touch: records, headings, and the neighbours beside which they put something."""

    def __init__(self, sent: Session, changes: Iterable[Change]) -> None:
        self._records: dict[str, dict[str, Any]] = {}
        self._neighbours: dict[str, set[str]] = {}
        self._headings: dict[str, Any] = {}
        self._plain = True
        for change in changes:
            name = change.collection
            if name not in COLLECTIONS:
                self._headings[name] = getattr(sent, name)
                continue
            if name not in self._records:
                self._records[name], self._neighbours[name] = {}, set()
            old = keyed(name, getattr(sent, name)).get(change.key)
            self._records[name][change.key] = old
            if change.after and (change.field == PLACE or change.new is not None):
                self._neighbours[name].add(change.after)
            # Whether a stage can go depends on all activities.
            self._plain &= not (name == "stages" and change.field == RECORD)

    def the_same_in(self, session: Session) -> bool:
        """Whether a session has all of it just so, so that the changes fit as they are."""
        return (
            self._plain
            and all(getattr(session, name) is old for name, old in self._headings.items())
            and all(map(self._has, [session] * len(self._records), self._records))
        )

    def _has(self, session: Session, name: str) -> bool:
        found = keyed(name, getattr(session, name))
        return all(found.get(key) is old for key, old in self._records[name].items()) and (
            self._neighbours[name] <= found.keys() | self._records[name].keys()
        )
