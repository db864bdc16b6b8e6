"""The session file is damaged under the program: nothing is lost, and it heals by itself."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest

from offwall.model import store
from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.model.store import disk
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.services import document, recent_sessions, writers
from tests.faults.damage import Recorder, reopened

pytestmark = pytest.mark.slow

fcntl = pytest.importorskip("fcntl", reason="damage as POSIX systems know it")

WALL = Session(
    workshop=Workshop("w-1", "Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=tuple(Activity(f"a-{place}", "S1", f"Step {place}") for place in range(4)),
)
THEIRS = "a-theirs"


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon: how long one waits is not what is tried here."""
    monkeypatch.setattr(writers, "BATCH_SECONDS", 0.01)
    monkeypatch.setattr(writers, "FILE_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(writers, "JOURNAL_RETRY_SECONDS", 0.05)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    path = tmp_path / "share" / "s.toml"
    store.create_session(path, WALL)
    return path


@dataclass
class Damage:
    """Damage to a file, and how it is mended; ``does`` and ``mends`` get the file."""

    does: Callable[[Path], object]
    mends: Callable[[Path], object]


def moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def moved_back(path: Path) -> None:
    path.parent.with_name("moved").rename(path.parent)


def whole(path: Path) -> None:
    path.write_text(dumps(WALL), "utf-8")


def aside(path: Path) -> None:
    path.rename(path.with_name("set-aside.toml"))


def in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3 - 5)


LASTING = {
    "folder renamed away": Damage(moved, moved_back),
    "truncated, then whole": Damage(cut, whole),
    "emptied, then whole": Damage(lambda path: os.truncate(path, 0), whole),
    "emptied, then removed": Damage(lambda path: os.truncate(path, 0), Path.unlink),
    "garbage, set aside": Damage(lambda path: path.write_bytes(b"\xff\x00\x1b[2J" * 99), aside),
    "of another program": Damage(lambda path: path.write_bytes(b"PK\x03\x04" * 99), aside),
    "of a newer format": Damage(lambda path: path.write_bytes(b"format = 99\n"), aside),
    "a folder in its place": Damage(in_its_place, Path.rmdir),
    "a pipe in its place": Damage(a_pipe, Path.unlink),
}


@pytest.mark.parametrize("name", LASTING)
def test_what_damages_the_file_loses_nothing_and_heals(path: Path, name: str) -> None:
    damage = LASTING[name]
    recorder = Recorder(path)
    damage.does(path)
    before = path.read_bytes() if path.is_file() else None
    tried(recorder)
    assert (path.read_bytes() if path.is_file() else None) == before
    damage.mends(path)
    healed(recorder)


def tried(recorder: Recorder) -> None:
    """Record what the file does not take: it is kept, and what is wrong is said."""
    for _ in range(3):
        recorder.record()
    recorder.until(lambda: recorder.desk.trouble and recorder.desk.keeping == "kept 3")
    assert "What is counted as kept is safe on this computer" in recorder.desk.trouble
    assert recorder.desk.trouble.isprintable()


def healed(recorder: Recorder) -> None:
    """The file takes all of it by itself, and nothing is found twice."""
    recorder.until(recorder.in_file)
    recorder.until(lambda: not recorder.desk.trouble)
    recorder.desk.leave()
    session = reopened(recorder.path)
    known = [activity.id for activity in session.activities]
    assert sorted(known) == sorted([*(one.id for one in WALL.activities), *recorder.made])


@pytest.mark.parametrize("name", LASTING)
def test_what_was_kept_outlives_a_program_that_ended_meanwhile(path: Path, name: str) -> None:
    damage = LASTING[name]
    recorder = Recorder(path)
    damage.does(path)
    tried(recorder)
    recorder.desk.leave()
    damage.mends(path)
    if not path.exists():
        whole(path)
    assert {activity.id for activity in reopened(path).activities} == {
        *(activity.id for activity in WALL.activities),
        *recorder.made,
    }


def replaced(path: Path) -> None:
    """Another program writes as editors do: a new file takes the name of the old one."""
    new = path.with_name("s.toml~")
    activities = (*WALL.activities, Activity(THEIRS, "S2", "Theirs"))
    new.write_text(dumps(replace(WALL, activities=activities)), "utf-8")
    new.replace(path)


def linked(path: Path) -> None:
    """Put a link in its place, and nothing where the link leads to."""
    path.parent.with_name("elsewhere").mkdir()
    path.unlink()
    path.symlink_to("../elsewhere/s.toml")


def leading_round(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


PASSING: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "removed": Path.unlink,
    "replaced": replaced,
    "link whose target is gone": linked,
    "link that leads round": leading_round,
    "hard link": lambda path: path.with_name("other.toml").hardlink_to(path),
    "mode": lambda path: path.chmod(0o644),
    "times": lambda path: os.utime(path, (0, 0)),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_can_be_mended_at_once_is(path: Path, name: str) -> None:
    recorder = Recorder(path)
    PASSING[name](path)
    for _ in range(3):
        recorder.record()
    recorder.until(recorder.in_file)
    assert not recorder.desk.trouble
    recorder.desk.leave()
    known = {activity.id for activity in reopened(path).activities}
    assert (THEIRS in known) == (name == "replaced")
    assert known - {THEIRS} == {*recorder.made, *(activity.id for activity in WALL.activities)}
    assert path.is_symlink() == (name == "link whose target is gone")
    assert path.stat().st_nlink == 1 + (name == "hard link")


REFUSALS = [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT, errno.ESTALE]


@pytest.fixture(params=REFUSALS, ids=errno.errorcode.get)
def refusing(request: pytest.FixtureRequest, path: Path) -> Iterator[pytest.MonkeyPatch]:
    """A share that takes nothing, while this computer takes all."""
    error = OSError(request.param, os.strerror(request.param))
    write, begin = disk.write, os.open

    def opened(target: str | Path, flags: int, *more: int, **others: int) -> int:
        changes = flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR)
        if request.param == errno.EROFS and changes and Path(target).parent == path.parent:
            raise error
        return begin(target, flags, *more, **others)

    def written(handle: int, data: bytes, **named: bool) -> None:
        if path.parent == Path(f"/proc/self/fd/{handle}").readlink().parent:
            os.write(handle, data[: len(data) // 2])
            os.close(handle)
            raise error
        write(handle, data, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "write", written)
        patch.setattr(os, "open", opened)
        yield patch


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_a_share_that_takes_nothing_is_said_and_heals(
    path: Path, refusing: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    recorder = Recorder(path)
    tried(recorder)
    assert path.read_bytes() == before
    assert {each.name for each in path.parent.iterdir()} == {"s.toml"}
    refusing.undo()
    healed(recorder)


def marked(path: Path, mark: str) -> None:
    """Mark a file as one that nobody may change, not even its owner or the superuser."""
    chattr = shutil.which("chattr")
    if (
        not chattr
        or subprocess.run([chattr, mark, path], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs chattr, and a disk and a user that may use it")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_an_immutable_file_is_said_and_heals(path: Path, what: str) -> None:
    target = path if what == "file" else path.parent
    before = path.read_bytes()
    recorder = Recorder(path)
    marked(target, "+i")
    try:
        if what == "file":
            tried(recorder)
            assert path.read_bytes() == before
        else:
            # No name can be made there, but the file can be rewritten.
            recorder.record()
            recorder.until(recorder.in_file)
    finally:
        marked(target, "-i")
    healed(recorder)


def test_a_state_folder_that_vanishes_is_made_again(path: Path) -> None:
    recorder = Recorder(path)
    recorder.record()
    recorder.until(recorder.in_file)
    shutil.rmtree(recent_sessions.state_folder())
    moved(path)
    for _ in range(2):
        recorder.record()
    recorder.until(lambda: recorder.desk.keeping == "kept 3")
    recorder.desk.leave()
    moved_back(path)
    assert set(recorder.made) <= set(reopened(path).activity_by_id)


def test_a_state_folder_that_cannot_be_used_at_first_is_used_later(path: Path) -> None:
    recent_sessions.state_folder().parent.mkdir(exist_ok=True)
    recent_sessions.state_folder().write_text("in the way")
    recorder = Recorder(path)
    recorder.record()
    recorder.until(recorder.in_file)
    assert "The journal on this computer cannot be used" in recorder.desk.trouble
    recorder.until(lambda: recorder.desk.keeping == "kept 1")
    moved(path)
    for _ in range(2):
        recorder.record()
    recorder.until(lambda: "Nothing holds the last changes" in recorder.desk.trouble)
    assert recorder.desk.keeping == "keeping 2"
    recent_sessions.state_folder().unlink()
    recorder.until(lambda: recorder.desk.keeping == "kept 3")
    # The next try at the file puts the session there, whole.
    recorder.until(lambda: document.JOURNAL_IS_SAFE in recorder.desk.trouble)
    recorder.desk.leave()
    moved_back(path)
    assert set(recorder.made) <= set(reopened(path).activity_by_id)


@pytest.mark.parametrize("name", ["emptied, then whole", "garbage, set aside"])
def test_a_file_that_cannot_be_opened_any_more_names_its_copies(path: Path, name: str) -> None:
    damage = LASTING[name].does
    damage(path)
    with pytest.raises(store.StoreError) as caught:
        Recorder(path)
    assert "offwall recover" not in str(caught.value)
    whole(path)
    recorder = Recorder(path)
    recorder.record()
    recorder.until(recorder.in_file)
    recorder.desk.leave()
    damage(path)
    before = path.read_bytes()
    with pytest.raises(store.StoreError, match=r"\. offwall recover s.toml lists its copies\.$"):
        Recorder(path)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="needs locks on files")
def test_no_other_can_write_between_the_look_and_the_rename(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(path)
    asked = Event()
    lock = fcntl.flock

    def asking(handle: int, how: int) -> None:
        if how == fcntl.LOCK_EX:
            asked.set()
        lock(handle, how)

    with disk.file_lock(path):
        monkeypatch.setattr(fcntl, "flock", asking)
        recorder.record()
        recorder.until(asked.is_set)
        # It is about to look; what another puts there now must not be written over.
        assert any(path.parent.glob(".offwall-*.tmp"))
        assert not recorder.in_file()
        replaced(path)
    recorder.until(recorder.in_file)
    recorder.desk.leave()
    assert {THEIRS, *recorder.made} <= set(reopened(path).activity_by_id)
