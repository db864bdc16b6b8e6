"""Changes put onto what others wrote meanwhile: the undo history rebased, a journal replayed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any

from offwall.model.records import Session, diff, keyed
from offwall.model.records.changes import COLLECTIONS, PLACE, RECORD, Change, apply, keyed_in
from offwall.model.records.fields import value_of
from offwall.model.records.uses import TARGETS
from offwall.model.store.journal import JournalEntry
from offwall.model.store.merge import merge
from offwall.model.store.toml import MisfitError
from offwall.model.store.toml.read import check_records

UNTOLD_COLLECTIONS = ("clashes", "clock", "format")
"""What nobody needs to be told of: clashes are said apart, and the minutes run anyway."""


def rebase_onto(sent: Session, merged: Session) -> Callable[[Session], Session]:
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


def count_changes(sent: Session, merged: Session) -> int:
    """How many changes of theirs there are to tell of."""
    return sum(change.collection not in UNTOLD_COLLECTIONS for change in diff(sent, merged))


class _Touched:
    """What changes touch: fields, records, headings, and the neighbours of what they put."""

    def __init__(self, sent: Session, changes: Iterable[Change]) -> None:
        self._changes: dict[str, list[tuple[Change, Any]]] = {}
        self._added: dict[str, set[str]] = {}
        self._headings: dict[str, Any] = {}
        self._plain = True
        records: dict[str, dict[str, Any]] = {}
        for change in changes:
            name = change.collection
            if name not in COLLECTIONS:
                self._headings[name] = value_of(sent, name)
                continue
            if name not in records:
                records[name] = keyed_in(sent, name)
                self._changes[name], self._added[name] = [], set()
            self._changes[name].append((change, records[name].get(change.key)))
            if change.field == RECORD and change.new is not None:
                self._added[name].add(change.key)
            # Whether a record can go depends on all that may point at it.
            self._plain &= not (change.field == RECORD and change.new is None and name in TARGETS)

    def the_same_in(self, session: Session) -> bool:
        """Whether a session has all of it just so, so that the changes fit as they are."""
        headings = self._headings.items()
        return (
            self._plain
            and all(value_of(session, name) is old for name, old in headings)
            and all(self._has(name, value_of(session, name)) for name in self._changes)
        )

    def _has(self, name: str, records: tuple[Any, ...]) -> bool:
        found = keyed(name, records)
        neighbours = found.keys() | self._added[name] | {""}
        return all(
            _fits(change, old, found.get(change.key)) and change.after in neighbours
            for change, old in self._changes[name]
        )


def _fits(change: Change, old: Any, now: Any) -> bool:
    """Whether a record is what a change is about: the whole of it, or the field alone."""
    if now is old or change.field in (RECORD, PLACE) or now is None:
        return now is old
    return bool(value_of(now, change.field) == change.old)


# Puts back what a journal has and a session file lacks, beside what others wrote meanwhile.


def replay(session: Session, entries: Sequence[JournalEntry]) -> tuple[Session, int]:
    """The session with the changes that it lacks, and how many entries no longer fit into it.

    Running it again changes nothing. A field that somebody else changed since stays beside ours,
    as in any merge. An entry does not fit where, say, its stage was removed.
    """
    changes = [change for entry in entries for change in entry.changes]
    base = apply(session, _as_we_knew(session, changes))
    whole = merge(base, apply(base, changes), session).session
    if holds_together(whole):
        return whole, 0
    misfits = 0
    for entry in entries:
        changed = apply(session, entry.changes)
        if holds_together(changed):
            session = changed
        else:
            misfits += 1
    return session, misfits


def _as_we_knew(session: Session, changes: Iterable[Change]) -> Iterable[Change]:
    """What makes the file what it was before somebody else changed a field that we had changed.

    A value that was ours at any time is no other's: the file then took that change already.
    """
    ours: dict[tuple[str, str, str], list[Any]] = {}
    for change in changes:
        if change.field not in (RECORD, PLACE):
            known = ours.setdefault((change.collection, change.key, change.field), [change.old])
            known.append(change.new)
    records: dict[str, dict[str, Any]] = {name: keyed_in(session, name) for name in COLLECTIONS}
    # What we took away and somebody else has changed since is, to us, what it was then.
    for change in changes:
        there: Any = records.get(change.collection, {}).get(change.key)
        if change.field == RECORD and change.new is None and there is not None:
            for one in fields(there):
                was = value_of(change.old, one.name)
                ours.setdefault((change.collection, change.key, one.name), [was])
    for (collection, key, field), known in ours.items():
        place = records[collection].get(key) if key else value_of(session, collection)
        if place is not None and value_of(place, field) not in known:
            yield Change(collection, key, field, value_of(place, field), known[0])


def holds_together(session: Session) -> bool:
    """Whether a session can be written and read again."""
    try:
        check_records(session)
    except MisfitError:
        return False
    return True
