"""The versions of a session file that the journals of a state folder know again."""

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from offwall.model.records.changes import RECORD, Change, diff
from offwall.model.records.session import Activity, Rhythm, Session, Stage, Workshop
from offwall.model.store import backups, recovery, store
from offwall.model.store.journal import Journal, JournalEntry, read_journal
from offwall.model.store.session_file import digest_of
from offwall.model.store.store import Versions
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.store.versions import (
    grown_out_of,
    harmful,
    known_versions,
    last_kept,
    put_back,
    rebuilt,
    told_by,
)

WALL = Session(stages=(Stage("S1", "Begin"),), activities=(Activity("a-0", "S1", "First"),))


def grown(count: int) -> Session:
    """The wall with so many activities more."""
    more = (Activity(f"b-{number}", "S1", f"Step {number}") for number in range(count))
    return replace(WALL, activities=(*WALL.activities, *more))


def digest(session: Session) -> str:
    return digest_of(dumps(session).encode())


STEPS = [grown(count) for count in range(5)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state folder with the journal of a run that saved each step, one after another."""
    folder = tmp_path / "state"
    backups.make_state_folder(folder, tmp_path / "s.toml")
    backups.take_backup(folder, dumps(WALL).encode())
    run = Journal(folder)
    run.mark(JournalEntry(0, (), digest(WALL)))
    for number, (old, new) in enumerate(pairwise(STEPS), 1):
        run.append(JournalEntry(number, diff(old, new)))
        run.mark(JournalEntry(number, diff(old, new), digest(new)))
    run.close()
    return folder


def runs(folder: Path) -> list[Path]:
    return sorted(folder.glob("kept-*"))


def test_each_version_that_was_saved_is_known_the_latest_last(folder: Path) -> None:
    known = known_versions(folder)
    assert list(known.items()) == [(digest(step), step) for step in STEPS]
    journals = [read_journal(run.read_bytes()) for run in runs(folder)]
    assert [rebuilt(run, told_by(folder, run, known)) for run in journals] == [STEPS[-1]]


@pytest.mark.parametrize("count", range(5))
def test_a_file_has_in_it_what_was_kept_up_to_its_version_and_nothing_later(
    folder: Path, count: int
) -> None:
    known = grown_out_of(folder, runs(folder), digest(STEPS[count]), STEPS[count])
    assert list(known.values()) == STEPS[: count + 1]


def test_a_file_that_another_program_changed_has_grown_out_of_the_nearest(folder: Path) -> None:
    theirs = replace(STEPS[2], stages=(Stage("S1", "Said anew"),))
    known = grown_out_of(folder, runs(folder), digest(theirs), theirs)
    assert list(known.values()) == STEPS[:3]


def test_without_a_journal_nothing_is_known(tmp_path: Path) -> None:
    assert grown_out_of(tmp_path, [], digest(WALL), WALL) == {}
    assert known_versions(tmp_path / "gone") == {}


@pytest.mark.parametrize("count", range(5))
def test_what_was_kept_later_than_a_file_is_known_at_its_opening(folder: Path, count: int) -> None:
    data = dumps(STEPS[count]).encode()
    lacking, told = last_kept(folder, data, STEPS[count])
    assert lacking == ([(STEPS[count], STEPS[-1])] if count < 4 else [])
    assert told == (digest(STEPS[-1]) if count < 4 else "")


@pytest.mark.parametrize(
    ("new", "harm"),
    [
        (replace(WALL, activities=()), ["a-0"]),
        (replace(WALL, activities=(Activity("a-0", "S1", "Said anew"),)), ["a-0"]),
        (grown(2), []),
        (replace(grown(0), stages=(Stage("S2", "New"), *WALL.stages)), []),
        (replace(WALL, workshop=Workshop(title="Another")), []),
        (replace(WALL, format=9), []),
    ],
    ids=["removed", "said anew", "added", "moved", "a heading", "the format"],
)
def test_what_is_gone_or_said_otherwise_is_harm(new: Session, harm: list[str]) -> None:
    assert [change.key for change in harmful(WALL, new)] == harm


def test_of_many_versions_the_first_and_the_latest_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "MOST_KNOWN", 3)
    known = Versions(dumps(WALL).encode(), WALL)
    for count in range(1, 9):
        known.holds(dumps(grown(count)).encode(), grown(count))
    there = [count for count in range(9) if known.of(digest(grown(count)))]
    assert there == [0, 7, 8]
    assert [version for _, version in known.unread] == [grown(count) for count in range(1, 9)]


def ended(folder: Path, path: Path, *entries: JournalEntry) -> tuple[Path, ...]:
    """The journals that programs left, as one of them is ended before the file takes entries."""
    backups.make_state_folder(folder, path)
    backups.take_backup(folder, dumps(WALL).encode())
    run = Journal(folder)
    run.append(JournalEntry(0, (), digest(WALL)), *entries)
    os.close(run._handle)
    return (run.path,)


def test_an_older_file_has_put_back_what_it_had_taken_as_well(tmp_path: Path) -> None:
    taken = JournalEntry(1, diff(WALL, STEPS[1]), digest(STEPS[1]))
    left = ended(tmp_path, tmp_path / "s.toml", taken, JournalEntry(2, diff(STEPS[1], STEPS[2])))
    data = dumps(WALL).encode()
    assert put_back(tmp_path, left, data, WALL) == (STEPS[2], 0)
    data = dumps(STEPS[1]).encode()
    assert put_back(tmp_path, left, data, STEPS[1]) == (STEPS[2], 0)


def test_what_stands_on_an_entry_that_cannot_be_read_is_not_put_back(tmp_path: Path) -> None:
    unread = Stage("S2", "Next", rhythm=cast("Rhythm", "now and then"))
    on_it = Change("activities", "a-1", RECORD, None, Activity("a-1", "S2", "Second"), "a-0")
    left = ended(
        tmp_path,
        tmp_path / "s.toml",
        JournalEntry(1, (Change("stages", "S2", RECORD, None, unread, "S1"),)),
        JournalEntry(2, (on_it,)),
        JournalEntry(3, diff(WALL, STEPS[1])),
    )
    session, misfits = put_back(tmp_path, left, dumps(WALL).encode(), WALL)
    # What is put back can be written; what stood on the stage is set aside, and said.
    assert (session, misfits) == (STEPS[1], 1)
    assert loads(dumps(session)) == session


def test_a_file_that_is_saved_while_it_is_verified_is_not_wrong(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.toml"
    known = recovery.known_versions

    def saved_meanwhile(folder: Path) -> dict[str, Session]:
        path.write_text(dumps(STEPS[1]), "utf-8")
        return known(folder)

    path.write_text(dumps(STEPS[0]), "utf-8")
    monkeypatch.setattr(recovery, "known_versions", saved_meanwhile)
    assert list(recovery.wrong_files(folder, path)) == []
