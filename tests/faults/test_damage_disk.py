"""Every call that changes a disk fails in its turn: the file reads, and nothing kept is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.tui.services import writers
from tests.faults.damage import Recorder, reopened
from tests.faults.failing import Disk, failing

pytestmark = pytest.mark.slow  # every call of the disk fails in its turn

WALL = Session(
    workshop=Workshop("w-1", "Contracts"),
    stages=(Stage("S1", "Begin"),),
    activities=(Activity("a-1", "S1", "First"),),
)

EVERY = 17
"""Of the calls, one in so many is tried each time; all of them, where there are minutes."""


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon: how long one waits is not what is tried here."""
    monkeypatch.setattr(writers, "BATCH_SECONDS", 0.001)
    monkeypatch.setattr(writers, "FILE_RETRY_SECONDS", 0.01)
    monkeypatch.setattr(writers, "JOURNAL_RETRY_SECONDS", 0.01)


def session_file(folder: Path, *, linked: bool) -> Path:
    folder.mkdir()
    path = folder / "s.toml"
    store.create_session(path, WALL)
    if linked:
        path.with_name("other.toml").hardlink_to(path)
    return path


def afternoon(recorder: Recorder, disk: Disk) -> None:
    """Four post-its, each when the one before is kept, as long as the disk takes them."""
    for number in range(1, 5):
        recorder.record()
        recorder.until(lambda number=number: recorder.desk.kept >= number or disk.dead)
        if number % 2:
            # The file takes some of them one by one, and others together.
            recorder.until(lambda: recorder.in_file() or disk.dead)


def known(session: Session) -> list[str]:
    return sorted(activity.id for activity in session.activities)


def calls_of(folder: Path, *, linked: bool) -> int:
    """How many calls an afternoon makes where none fails."""
    with failing(-1) as disk:
        recorder = Recorder(session_file(folder, linked=linked))
        afternoon(recorder, disk)
        recorder.until(recorder.in_file)
        recorder.desk.leave()
    return disk.calls


def one_fails(path: Path, at: int) -> None:
    """One call fails; the file takes all of it all the same, by itself."""
    with failing(at) as disk:
        recorder = Recorder(path)
        afternoon(recorder, disk)
        recorder.until(recorder.in_file)
        recorder.until(lambda: recorder.desk.safe)
        recorder.desk.leave()
    assert known(reopened(path)) == sorted(["a-1", *recorder.made]), disk.failed


def none_succeeds(path: Path, at: int) -> None:
    """The program is ended at a call; what it counted as kept is found, and the file reads."""
    with failing(at, ever=True) as disk:
        recorder = Recorder(path)
        afternoon(recorder, disk)
        recorder.hear()
        kept = recorder.made[: recorder.desk.kept]
        recorder.desk.leave(0.2)
        recorder.end()
    store.read_session(path)
    found = known(reopened(path))
    assert set(kept) <= set(found), disk.failed
    assert set(found) <= {"a-1", *recorder.made}


@pytest.mark.parametrize("linked", [False, True], ids=["alone", "hard link"])
@pytest.mark.parametrize("fails", [one_fails, none_succeeds])
@pytest.mark.parametrize(
    "every",
    [EVERY, pytest.param(5, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.night)],
)
def test_a_disk_that_fails_at_any_call(
    tmp_path: Path, fails: Callable[[Path, int], None], every: int, *, linked: bool
) -> None:
    number = calls_of(tmp_path / "whole", linked=linked)
    assert number > 40
    for at in range(1, number + 4, every):
        fails(session_file(tmp_path / str(at), linked=linked), at)
