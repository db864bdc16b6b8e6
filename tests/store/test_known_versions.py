"""The versions of a session file that the journals of a state folder know again."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from offwall.model.records.changes import diff
from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.model.store import backups, versions
from offwall.model.store.journal import Journal, JournalEntry
from offwall.model.store.toml.write import dumps
from offwall.model.store.versions import (
    Versions,
    digest_of,
    grown_out_of,
    harmful,
    known_versions,
    last_kept,
    rebuilt,
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
    assert [rebuilt(folder, run) for run in runs(folder)] == [STEPS[-1]]


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
    monkeypatch.setattr(versions, "MOST", 3)
    known = Versions(dumps(WALL).encode(), WALL)
    for count in range(1, 9):
        known.holds(dumps(grown(count)).encode(), grown(count))
    there = [count for count in range(9) if known.of(digest(grown(count)))]
    assert there == [0, 7, 8]
    assert [version for _, version in known.unread] == [grown(count) for count in range(1, 9)]
