"""What somebody else wrote into the session file, in words: who, and which records."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from offwall.model.records import Session
from offwall.model.records.changes import COLLECTIONS, PLACE, RECORD, Change, keyed_in
from offwall.model.records.fields import RECORDS, singular
from offwall.model.records.session import Clash
from offwall.model.records.text import counted, english_list, excerpt, plain
from offwall.model.store.versions import UNTOLD_COLLECTIONS
from offwall.tui.kit.context import called
from offwall.tui.services.writers import FileWritten

SOMEBODY = "Somebody"

MOST_NAMED = 3
"""Records that are named of those that somebody removed, or changed, or added."""


class Deed(StrEnum):
    """What was done to a record, in the order in which it is told."""

    REMOVED = "removed"
    CHANGED = "changed"
    ADDED = "added"
    MOVED = "moved"


NEW_PLACE = (Deed.ADDED, Deed.MOVED)
"""What is named as it stands now; what is gone, or said otherwise, as it was."""

Place = tuple[str, str]
"""A record by its collection and what it is known by there."""


def say_taken_over(
    written: FileWritten, harm: Sequence[Change], others: Sequence[Change]
) -> Iterator[str]:
    """What came with the file: what it took away, what it brought, and what two people changed."""
    known = {clash.id for clash in written.sent.clashes}
    clashes = [clash for clash in written.merged.clashes if clash.id not in known]
    both = {(clash.collection, clash.record) for clash in clashes}
    gone, came = (
        say_changes(written, [one for one in found if (one.collection, one.key) not in both])
        for found in (harm, others)
    )
    if gone:
        yield f"{gone}; u brings it back."
    if came:
        yield f"{came}."
    if clashes:
        yield f"{_say_conflicts(written.merged, clashes)}: T takes the other version."


def say_changes(written: FileWritten, changes: Sequence[Change]) -> str:
    """``R. Jones added S1.02 Hold a meeting; moved S2.01 Check it``, or nothing."""
    told: dict[Deed, dict[Place, None]] = {deed: {} for deed in Deed}
    for change in changes:
        if change.collection not in UNTOLD_COLLECTIONS:
            told[_deed(change)][change.collection, change.key] = None
    done = [
        f"{deed} {_some(written.merged if deed in NEW_PLACE else written.sent, places)}"
        for deed, places in told.items()
        if places
    ]
    # One user at two windows is told apart from nobody.
    who = plain(written.by) if called(written.by) != "you" else ""
    return f"{who or SOMEBODY} {'; '.join(done)}" if done else ""


def _deed(change: Change) -> Deed:
    if change.field == RECORD:
        return Deed.REMOVED if change.new is None else Deed.ADDED
    return Deed.MOVED if change.field == PLACE else Deed.CHANGED


def _say_conflicts(session: Session, clashes: Sequence[Clash]) -> str:
    """Who changed what at the same time: ``You and R. Jones both changed S2.01 Check it``."""
    people = {called(who) for clash in clashes for who in (clash.by, clash.theirs_by)} - {""}
    both = ["You"] * ("you" in people) + sorted(people - {"you"})
    who = f"{english_list(both)} both" if both[1:] and not both[2:] else "Two people"
    return (
        f"{who} changed {_some(session, [(clash.collection, clash.record) for clash in clashes])}"
    )


def _some(session: Session, places: Iterable[Place]) -> str:
    first = [*dict.fromkeys(places)]
    more = len(first) - MOST_NAMED
    rest = [counted(more, "more record")] if more > 0 else []
    return english_list([*(_named(session, *one) for one in first[:MOST_NAMED]), *rest])


def _named(session: Session, collection: str, key: str) -> str:
    """A record as people know it: by its place, or by what it is and what it is called."""
    noun = singular(collection)
    if collection not in COLLECTIONS:
        return f"the {noun if collection in RECORDS else 'file'}"
    record = keyed_in(session, collection).get(key)
    name = RECORDS[collection].name_of(record) if record else ""
    return excerpt(f"{session.ref_by_id.get(key) or noun} {name}")
