"""The versions of a session file that its journals tell of, so that an older one is known again;
and changes put onto what others wrote meanwhile: the undo history rebased, a journal replayed.

A version is known by the digest of its bytes.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

from offwall.model.records import Session, diff, keyed
from offwall.model.records.changes import COLLECTIONS, PLACE, RECORD, Change, apply, keyed_in
from offwall.model.records.uses import TARGETS
from offwall.model.store import backups, journal
from offwall.model.store.merge import merge
from offwall.model.store.session_file import StoreError, digest_of, read_session
from offwall.model.store.toml.record_tables import MisfitError, check_records

TOLD = re.compile(rb'"(?:past|version)":"([0-9a-f ]+)"')
"""How a journal names versions."""

UNTOLD_COLLECTIONS = ("clashes", "clock", "format")
"""What nobody needs to be told of: clashes are said apart, and the minutes run anyway."""


def harmful(old: Session, new: Session) -> Iterator[Change]:
    """What is gone or said otherwise in ``new``; what was added or moved is neither."""
    told = {*COLLECTIONS} - {*UNTOLD_COLLECTIONS}
    for change in diff(old, new):
        gone = change.field == RECORD and change.new is None
        if change.collection in told and (gone or change.field not in (RECORD, PLACE)):
            yield change


def known_versions(folder: Path, runs: Iterable[Path] | None = None) -> dict[str, Session]:
    """The versions that journals tell of, with the copies they began with, the latest last."""
    known: dict[str, Session] = {}
    with suppress(OSError):
        copies = copies_by_digest(folder)
        for path in journal.runs(folder) if runs is None else runs:
            lines = journal.read_journal(path.read_bytes())
            for digest, session in list(chain(lines, known, copies)):
                known.pop(digest, None)
                known[digest] = session
    return known


def grown_out_of(
    folder: Path, runs: Iterable[Path], digest: str, session: Session
) -> dict[str, Session]:
    """The versions of earlier runs that a file has in it, as it was opened.

    What was kept later than that version, here or by another program, it does not have.
    """
    known = known_versions(folder, runs)
    if not known:
        return {}
    return dict(islice(known.items(), list(known).index(_in(known, digest, session)) + 1))


def _in(known: Mapping[str, Session], digest: str, session: Session) -> str:
    """The version that a file is, or else that it may have grown out of."""
    if digest in known:
        return digest
    base = nearest(list(known.values())[::-1], session)
    return next(one for one, version in known.items() if version is base)


def copies_by_digest(folder: Path) -> dict[str, Path]:
    """The copies that lie in a state folder. Raises OSError."""
    return {digest_of(path.read_bytes()): path for path in backups.backups(folder)}


def chain(
    lines: journal.JournalContent, known: Mapping[str, Session], copies: Mapping[str, Path]
) -> Iterable[tuple[str, Session]]:
    """The versions that a journal tells of; none where what it began with is not known."""
    session: Session | None = None
    for entry in lines.versions:
        if session is not None:
            session = apply(session, entry.changes)
        elif (session := known.get(entry.version)) is None and entry.version in copies:
            with suppress(StoreError):
                session = read_session(copies[entry.version])
        if session is None:
            return
        yield entry.version, session


def last_kept(
    folder: Path, data: bytes, session: Session
) -> tuple[list[tuple[Session, Session]], str]:
    """What was kept here last that a file has not grown out of, and what it may have in common.

    Of each run there may be one, as two that have a file open may know nothing of each other. The
    digests of them all come with it, for the journal: they are spoken of once. Only a file that
    another program has written since has the journals read.
    """
    digest = digest_of(data)
    with suppress(OSError):
        runs = [run for path in journal.runs(folder) if (run := _told_in(path))]
        lacking = _ends(runs, {digest, *_before(digest, runs)})
        if not lacking or not (known := known_versions(folder)):
            return [], ""
        # Of what another program wrote, the version that it may have grown out of stands for it.
        digest = _in(known, digest, session)
        had = {digest, *_before(digest, runs)}
        found = []
        for end in _ends(runs, had):
            common = (known[one] for one in _before(end, runs) if one in had and one in known)
            if end in known:
                found.append((next(common, known[digest]), known[end]))
        return found, " ".join(lacking)
    return [], ""


def _told_in(path: Path) -> dict[str, int]:
    """The versions that a journal tells of, in the order in which it last does, numbered."""
    said = b" ".join(TOLD.findall(path.read_bytes())).decode().split()
    latest_first = dict.fromkeys(reversed(said))
    return {digest: place for place, digest in enumerate(reversed(latest_first))}


def _before(digest: str, runs: Sequence[dict[str, int]]) -> list[str]:
    """The versions that one has grown out of, the nearest in its own run first."""
    orders, found = [list(run) for run in runs], {digest: None}
    done = [0] * len(runs)
    for one in (todo := [digest]):
        for number, run in enumerate(runs):
            new = orders[number][done[number] : run.get(one, 0)]
            done[number] = max(done[number], run.get(one, 0))
            todo += [each for each in reversed(new) if each not in found]
            found |= dict.fromkeys(reversed(new))
    return todo[1:]


def _ends(runs: Sequence[dict[str, int]], had: Container[str]) -> list[str]:
    """How runs ended that a file has not in it, and that no other goes on; the latest first."""
    found: list[str] = []
    for run in reversed(runs):
        end = next(reversed(run))
        if end not in had and not any(end in (one, *_before(one, runs)) for one in found):
            grown = _before(end, runs)
            found = [*(one for one in found if one not in grown), end]
    return found


def nearest(newest_first: Sequence[Session], theirs: Session) -> Session:
    """Of two that differ as little, the older: what was made since is then not taken away.

    A record that the newest has, and a version has not, was seen by whoever has it too: so it
    counts twice against that version.
    """
    newest = newest_first[0]
    # Records that are the very same are compared fastest.
    shared = apply(newest, diff(newest, theirs))
    known: dict[str, dict[str, Any]] = {name: keyed_in(newest, name) for name in COLLECTIONS}

    def differs(version: Session) -> int:
        changes = diff(version, shared)
        return len(changes) + sum(
            change.field == RECORD
            and change.new is not None
            and change.key in known.get(change.collection, ())
            for change in changes
        )

    return min(reversed(newest_first), key=differs)


def told_by(
    folder: Path, lines: journal.JournalContent, known: Mapping[str, Session]
) -> dict[str, Session]:
    """The versions that a journal tells of, oldest first; none where what it began with is gone."""
    return dict(chain(lines, known, copies_by_digest(folder)))


def rebuilt(lines: journal.JournalContent, told: Mapping[str, Session]) -> Session | None:
    """All that a journal knows of a session: the last that it ``told`` of, and what came since."""
    if not told:
        return None
    changes = (change for entry in lines.entries for change in entry.changes)
    return apply(told[lines.versions[-1].version], changes)


def put_back(
    folder: Path, left: Iterable[Path], data: bytes, session: Session
) -> tuple[Session, int]:
    """A session with what journals hold that its file lacks; how many changes no longer fit.

    Where a journal tells which versions it was about, both are merged as they would have been.
    """
    found, misfits = session, 0
    journals = (journal.read_journal(path.read_bytes()) for path in left)
    lacking = [lines for lines in journals if lines.entries]
    known = known_versions(folder) if lacking else {}
    for lines in lacking:
        told = told_by(folder, lines, known)
        if (ours := rebuilt(lines, told)) is not None:
            base = (
                told.get(digest_of(data))
                or _unmarked(told[lines.versions[-1].version], lines.entries, session)
                or nearest([*reversed(told.values())], session)
            )
            merged = merge(base, ours, found).session
            if holds_together(merged):
                found = merged
                continue
        found, lost = replay(found, lines.entries)
        misfits += lost
    return found, misfits


def _unmarked(
    last: Session, entries: Iterable[journal.JournalEntry], session: Session
) -> Session | None:
    """What a file holds that took some changes of ours whose mark is not there: no other's."""
    for entry in entries:
        last = apply(last, entry.changes)
        if last == session:
            return last
    return None


# The undo history rebased: what others changed between two versions, in any other like the first.


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
                self._headings[name] = getattr(sent, name)
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
            and all(getattr(session, name) is old for name, old in headings)
            and all(self._has(name, getattr(session, name)) for name in self._changes)
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
    return bool(getattr(now, change.field) == change.old)


# A journal replayed: what it has and a session file lacks is put back, beside what others wrote.


def replay(session: Session, entries: Sequence[journal.JournalEntry]) -> tuple[Session, int]:
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
                was = getattr(change.old, one.name)
                ours.setdefault((change.collection, change.key, one.name), [was])
    for (collection, key, field), known in ours.items():
        place = records[collection].get(key) if key else getattr(session, collection)
        if place is not None and getattr(place, field) not in known:
            yield Change(collection, key, field, getattr(place, field), known[0])


def holds_together(session: Session) -> bool:
    """Whether a session can be written and read again."""
    try:
        check_records(session)
    except MisfitError:
        return False
    return True
