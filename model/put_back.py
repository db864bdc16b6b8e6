"""Puts back what a journal has and a session file lacks, beside what others wrote meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any

from model.changes import COLLECTIONS, PLACE, RECORD, Change, apply, keyed
from model.entries import Entry
from model.merge import merge
from model.session import Session
from model.toml.errors import MisfitError
from model.toml.rules import check


def put_back(session: Session, entries: Sequence[Entry]) -> tuple[Session, int]:
    """The session with the changes that it lacks, and how many entries no longer fit into it.

    Running it again changes nothing. A field that somebody else changed since stays beside ours,
    as in any merge. An entry does not fit where, say, its stage was removed.
    """
    changes = [change for entry in entries for change in entry.changes]
    base = apply(session, _as_we_knew(session, changes))
    whole = merge(base, apply(base, changes), session).session
    if _holds_together(whole):
        return whole, 0
    misfits = 0
    for entry in entries:
        changed = apply(session, entry.changes)
        if _holds_together(changed):
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
    records = {name: keyed(name, getattr(session, name)) for name in COLLECTIONS}
    for (collection, key, field), known in ours.items():
        place = records[collection].get(key) if key else getattr(session, collection)
        if place is not None and getattr(place, field) not in known:
            yield Change(collection, key, field, getattr(place, field), known[0])


def _holds_together(session: Session) -> bool:
    try:
        check(session)
    except MisfitError:
        return False
    return True
