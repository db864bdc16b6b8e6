"""What was done to a session: each change by its name, with its time and by whom; the last ones.

The state folder tells it, also after a restart: a run's journal begins with the version that it
opened, which a copy or an earlier run has, and every change and version since leads on from there.
"""

import datetime as dt
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from offwall.model.compare.describe import ChangeSentence, describe_changes
from offwall.model.records import EditError, Session, diff, excerpt, say_date
from offwall.model.records.changes import PLACE, RECORD, Change, apply
from offwall.model.records.dates import parse_past
from offwall.model.records.fields import NO_ACTION, NO_ACTIVITY, ActionId, ActivityId, Collection
from offwall.model.records.text import counted
from offwall.model.records.uses import records_of
from offwall.model.review import next_unconfirmed
from offwall.model.store import StoreError, backups, journal, read_session
from offwall.model.store.versions import UNTOLD_COLLECTIONS, chain, copies_by_digest, holds_together

OPENED, SOMEBODY = "Opened", "somebody else"
_TIME = re.compile(r"(?:(?P<day>\S.*?)(?:T|,?\s+))?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-5][0-9])")


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change by its name: when (None: not known) and by whom, and the session on both sides."""

    label: str
    at: dt.datetime | None
    by: str
    before: Session
    after: Session

    @property
    def sentences(self) -> list[ChangeSentence]:
        """What it changed, in sentences."""
        told = describe_changes(self.before, self.after)
        return [sentence for section in told for sentence in section.sentences]


@dataclass(frozen=True, slots=True)
class SessionLog:
    """All changes that are known, in the order in which they were made.

    ``untold`` counts the runs of which nothing can be told, as what they began with is gone.
    """

    changes: tuple[LoggedChange, ...] = ()
    untold: int = 0

    def at(self, text: str, now: dt.datetime) -> LoggedChange:
        """The last change made up to and within a minute, such as ``14:20`` or ``9 Dec 14:20``.

        A time alone is of the last day on which anything was changed. Raises `EditError` where it
        is no time, or nothing is known of that time.
        """
        timed = [(_wall(change.at), change) for change in self.changes if change.at]
        if not timed:
            raise EditError("No change with its time is kept of this session on this computer.")
        wanted = _moment(text, timed[-1][0], _wall(now))
        earlier = [one for at, one in timed if at.replace(second=0) <= wanted]
        if not earlier:
            first = say_time(timed[0][0])
            raise EditError(f"Nothing is known of {excerpt(text)}: what is kept begins {first}.")
        return earlier[-1]


def say_time(at: dt.datetime) -> str:
    """A time in words, such as ``Thu 10 Dec 2026, 14:20``: as the clock then said it."""
    return f"{say_date(at.date())}, {at:%H:%M}"


def _wall(at: dt.datetime) -> dt.datetime:
    """What the clock on the wall says; the list has it, so it is what a time is asked by."""
    return at.replace(tzinfo=None)


def _moment(text: str, last: dt.datetime, now: dt.datetime) -> dt.datetime:
    found = _TIME.fullmatch(text.strip())
    if not found or int(found["hour"]) > 23:
        raise EditError(f"{excerpt(text)} is no time. Type one such as 14:20, or 9 Dec 14:20.")
    named = found["day"]
    day = parse_past(named, now.date()) if named else last.date()
    if day is None:
        raise EditError(f"{excerpt(named)} is no date. Type one such as 9 Dec, or 2026-12-09.")
    wanted = dt.datetime.combine(day, dt.time(int(found["hour"]), int(found["minute"])))
    # After midnight 23:50 was yesterday.
    return wanted - dt.timedelta(1) if wanted > now and not named else wanted


# What a change back to then would change, and one record's part in it.


def back_to(now: Session, then: Session) -> tuple[Change, ...]:
    """What takes a session back to what it was; the time that was spent stays spent."""
    return tuple(change for change in diff(now, then) if _counts(change))


def taken_back(now: Session, then: Session) -> Session:
    """The session as it was. Undo takes that back like any change."""
    return apply(now, back_to(now, then))


def copied_back(now: Session, then: Session, collection: str, key: str) -> Session:
    """One record as it was. Raises `EditError` where there was none, or it has no place now."""
    back = back_to(now, then)
    mine = [one for one in back if (one.collection, one.key) == (collection, key)]
    # Of two that changed places either may be the one that moved.
    mine = mine or [one for one in back if (one.collection, one.field) == (collection, PLACE)]
    if any(one.field == RECORD and one.new is None for one in mine):
        raise EditError("It was not there then; x in its list takes it away.")
    session = apply(now, mine)
    if not holds_together(session):
        raise EditError("What it belongs to is not there now, such as its stage; copy that first.")
    return session


def _counts(change: Change) -> bool:
    minutes = change.collection == "topics" and change.field == "minutes"
    return change.collection not in UNTOLD_COLLECTIONS and not minutes


# How the journals of a state folder tell it.


def read_log(state_dir: Path, path: Path) -> SessionLog:
    """All that is known of the session in a file, also while it lay elsewhere. Raises OSError."""
    try:
        workshop = read_session(path).workshop.id
        own = backups.state_folder(state_dir, workshop, path)
        folders = [*backups.moved_here(state_dir, workshop, path), own]
    except StoreError:
        folders = backups.folders_at(state_dir, path)
    return log_of(folders)


def log_of(folders: Iterable[Path]) -> SessionLog:
    """What the journals in these folders tell. Raises OSError."""
    found: list[_Run] = []
    untold = 0
    for folder in folders:
        copies = copies_by_digest(folder)
        known: dict[str, Session] = {}
        for file in journal.runs(folder):
            lines = journal.read_journal(file.read_bytes())
            versions = dict(chain(lines, known, copies))
            known |= versions
            untold += bool(lines.kept and not versions)
            found += [_Run(lines.all, versions)] if versions else []
    return SessionLog(tuple(_in_order(found)), untold)


class _Run(NamedTuple):
    """What one program wrote: its entries, and the versions of the file that they lead to."""

    entries: tuple[journal.JournalEntry, ...]
    versions: Mapping[str, Session]


def _in_order(runs: list[_Run]) -> list[LoggedChange]:
    """One run after another; of two at the same time each keeps its own order."""
    done: list[LoggedChange] = []
    for place, run in enumerate(runs):
        others = {one for other in (*runs[:place], *runs[place + 1 :]) for one in other.versions}
        told = list(_told(run, others))
        if done and _beside(runs[place - 1], run) and _when(told[0]) < _when(done[-1]):
            done = list(heapq.merge(done, told, key=_when))
            continue
        if done:
            told[0] = replace(told[0], before=done[-1].after)
        done += told
    return done


def _beside(run: _Run, next_one: _Run) -> bool:
    """Whether one of two programs opened a version that the other went on from later."""
    one, other = list(run.versions), list(next_one.versions)
    return other[0] in one[:-1] or one[0] in other[1:]


def _when(change: LoggedChange) -> float:
    return change.at.timestamp() if change.at else 0.0


def _told(run: _Run, others: Set[str]) -> Iterator[LoggedChange]:
    """The changes of one run; what another program wrote is told by that one, where it can be."""
    # A version is marked by the number of the last change that it has, a while after that.
    entries = sorted(run.entries, key=lambda one: (one.number, bool(one.version)))
    session: Session | None = None
    theirs: set[str] = set()
    for place, entry in enumerate(entries):
        if session is None:
            if entry.version:
                session = run.versions[entry.version]
                yield _change(entry, OPENED, session, session)
            continue
        theirs.add(entry.version)
        ahead = entries[place + 1] if place + 1 < len(entries) else entry
        at_once = (entry.number, entry.at) == (ahead.number, ahead.at)
        if entry.version and ahead is not entry and ahead.version and at_once:
            continue  # what they wrote, as it came; what came of both follows
        after = run.versions[entry.version] if entry.version else apply(session, entry.changes)
        told = sum(map(_counts, diff(session, after)))
        if told and not (entry.version and theirs & others):
            name = f"Taken over: {counted(told, 'change')}" if entry.version else entry.label
            yield _change(entry, name, session, after)
        session, theirs = after, set()


def _change(
    entry: journal.JournalEntry, label: str, before: Session, after: Session
) -> LoggedChange:
    try:
        at = dt.datetime.fromisoformat(entry.at) if entry.at else None
    except ValueError:
        at = None
    at = at if at and at.tzinfo else None
    by = entry.by or (SOMEBODY if entry.version and label != OPENED else "")
    change = LoggedChange(label, at, by, before, after)
    if not label and (sentences := change.sentences):
        more = f" And {len(sentences) - 1} more." if len(sentences) > 1 else ""
        change = replace(change, label=sentences[0].text + more)
    return change


# The records that were changed last: what those who follow a session want to see.

LINKED: tuple[Collection, ...] = ("issues", "actions")
"""What belongs to an activity and shows there."""


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """The activity, the action and the topic that were changed last, by their ids; empty for none.

    An issue or an action of an activity changes what is known of that activity, too.
    """

    activity: ActivityId = NO_ACTIVITY
    action: ActionId = NO_ACTION
    topic: str = ""

    def after(self, old: Session, new: Session) -> "RecentChanges":
        """What it is once ``old`` has become ``new``."""
        changes = diff(old, new)
        activity = _newest("activities", changes, old.in_order, new.activity_by_id)
        # The activity of the last issue or action that was added or changed.
        of = {one.id: one.activity for name in LINKED for one in records_of(new, name)}
        linked = [
            of[change.key]
            for change in changes
            if change.collection in LINKED and of.get(change.key) in new.activity_by_id
        ]
        return RecentChanges(
            activity or next(reversed(linked), self.activity),
            _newest("actions", changes, old.actions, _ids(new.actions)) or self.action,
            _newest("topics", changes, old.topics, _ids(new.topics)) or self.topic,
        )


def at_first(session: Session) -> RecentChanges:
    """Where the work is in a session of which no change was seen yet.

    The review goes on at the first activity that is not settled; actions and topics are added at
    the end.
    """
    waiting = next_unconfirmed(session, "")
    activities = session.in_order
    activity = waiting or (activities[-1] if activities else None)
    return RecentChanges(
        activity.id if activity else NO_ACTIVITY,
        session.actions[-1].id if session.actions else NO_ACTION,
        session.topics[-1].id if session.topics else "",
    )


def _ids(records: Sequence[Any]) -> set[str]:
    return {record.id for record in records}


def _newest(collection: str, changes: Sequence[Change], before: Sequence[Any], there: Any) -> Any:
    """The last record that was added, else changed, else the one before what was removed."""
    mine = [change for change in changes if change.collection == collection]
    added = [change.key for change in mine if change.field == RECORD and change.old is None]
    changed = [change.key for change in mine if change.key in there]
    if found := added or changed:
        return found[-1]
    gone = {change.key for change in mine}
    known = ["", *(record.id for record in before)]
    return next((left for left, key in pairwise(known) if key in gone), "")
