"""The file: a save is whole, keeps mode and link, and loses nothing that another wrote."""

import os
import stat
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import offwall.model.store.store
from offwall.model.records.session import Activity, Person, Session, Stage, Workshop
from offwall.model.store import backups, disk
from offwall.model.store.session_file import StoreError, create_session, read_session
from offwall.model.store.store import Store
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps

WALL = Session(
    workshop=Workshop(title="Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=(Activity("a-1", "S1", "First"), Activity("a-2", "S1", "Second")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.toml"
    create_session(path, WALL)
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def renamed(session: Session, place: int, text: str) -> Session:
    activities = list(session.activities)
    activities[place] = replace(activities[place], text=text)
    return replace(session, activities=tuple(activities))


def test_what_is_saved_is_read(path: Path) -> None:
    store = Store.open(path)
    assert store.session == WALL
    new = renamed(WALL, 0, "[PO] =1+1 \u202e🧾\nsecond line")
    assert store.save(new) == new == store.session == read_session(path)
    assert path.read_text("utf-8") == dumps(new)
    assert names(path.parent) == ["s.toml"]


def test_a_new_file_is_private_and_never_takes_anothers_place(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is already there; choose another name"):
        create_session(path, Session())
    assert path.read_bytes() == before
    with pytest.raises(StoreError, match=r"there is no folder .*; make it first"):
        create_session(path.parent / "no" / "s.toml", Session())
    (path.parent / "link").symlink_to("nowhere")
    with pytest.raises(StoreError, match="is already there"):
        create_session(path.parent / "link", Session())


def test_opening_and_saving_nothing_new_leave_the_bytes(path: Path) -> None:
    text = "# by hand\n" + dumps(WALL).replace('"First"', "'First'")
    path.write_text(text, "utf-8")
    before = path.stat()
    store = Store.open(path)
    assert store.save(store.session) == WALL
    assert path.read_text("utf-8") == text
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    Store.open(path).save(renamed(WALL, 0, "x"))
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_the_target_of_a_link_is_replaced_and_not_the_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    link = tmp_path / "other" / "link.toml"
    link.symlink_to("../s.toml")
    new = renamed(WALL, 1, "through the link")
    Store.open(link).save(new)
    assert link.is_symlink()
    assert str(link.readlink()) == "../s.toml"
    assert read_session(path) == new
    assert names(tmp_path / "other") == ["link.toml"]


def test_the_file_is_found_again_from_another_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    store = Store.open(Path("s.toml"))
    (path.parent / "elsewhere").mkdir()
    monkeypatch.chdir(path.parent / "elsewhere")
    new = renamed(WALL, 0, "still the same file")
    store.save(new)
    assert read_session(path) == new


def test_what_another_wrote_is_kept_with_ours(path: Path) -> None:
    ours, theirs = Store.open(path), Store.open(path)
    theirs.save(replace(renamed(WALL, 1, "Theirs"), people=(Person("p-1", "Jane"),)))
    saved = ours.save(renamed(WALL, 0, "Ours"))
    assert [each.text for each in saved.activities] == ["Ours", "Theirs"]
    assert saved.people == (Person("p-1", "Jane"),)
    assert saved == ours.session == read_session(path)
    again = theirs.save(replace(theirs.session, stages=(*WALL.stages, Stage("S3", "After"))))
    assert [each.text for each in again.activities] == ["Ours", "Theirs"]
    assert len(read_session(path).stages) == 3


def test_what_another_wrote_is_taken_in_where_we_changed_nothing(path: Path) -> None:
    ours = Store.open(path)
    text = "# mine\n" + dumps(renamed(WALL, 0, "Theirs"))
    path.write_text(text, "utf-8")
    assert ours.save(WALL) == loads(text)
    assert path.read_text("utf-8") == text


def test_a_change_while_we_write_is_not_overwritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Store.open(path)
    real, meddled = disk.write, []

    def write(handle: int, data: bytes, **named: bool) -> None:
        real(handle, data, **named)
        if not meddled:
            meddled.append(True)
            path.write_text(dumps(renamed(WALL, 1, "Theirs, just now")), "utf-8")

    monkeypatch.setattr(disk, "write", write)
    saved = ours.save(renamed(WALL, 0, "Ours"))
    assert [each.text for each in saved.activities] == ["Ours", "Theirs, just now"]
    assert read_session(path) == saved
    assert names(path.parent) == ["s.toml"]


@pytest.mark.parametrize("data", [b"", b"half = ", b"\xff\xfe", b"format = 2\n"])
def test_a_file_that_can_no_longer_be_read_is_left_alone(path: Path, data: bytes) -> None:
    store = Store.open(path)
    path.write_bytes(data)
    new = renamed(WALL, 0, "Ours")
    with pytest.raises(StoreError, match="Another program changed the session file"):
        store.save(new)
    assert path.read_bytes() == data
    assert names(path.parent) == ["s.toml"]
    path.rename(path.with_suffix(".bad"))
    assert store.save(new) == new == read_session(path)


def test_a_deleted_file_is_made_again_with_everything(path: Path) -> None:
    store = Store.open(path)
    path.unlink()
    new = renamed(WALL, 0, "Ours")
    assert store.save(new) == new == read_session(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_in_its_place_is_a_sentence(path: Path) -> None:
    store = Store.open(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        store.save(renamed(WALL, 0, "Ours"))
    path.rmdir()
    path.parent.rename(path.parent.with_name("moved"))
    with pytest.raises(StoreError, match="was not saved \\(no such file or directory\\)"):
        store.save(renamed(WALL, 0, "Ours"))


@pytest.mark.parametrize("step", ["fsync", "replace", "write"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = Store.open(path)
    before = path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(disk, "write", fail)
        else:
            patch.setattr(os, step, fail)
            patch.setattr(Path, "replace", fail)
        with pytest.raises(StoreError, match="was not saved \\(no space left on device\\)"):
            store.save(renamed(WALL, 0, "Ours"))
        if step == "fsync":
            with pytest.raises(StoreError, match="no space left on device"):
                create_session(path.with_name("new.toml"), WALL)
    assert path.read_bytes() == before
    assert names(path.parent) == ["s.toml"]
    assert store.session == WALL
    assert store.save(renamed(WALL, 0, "Ours")) == read_session(path)


def test_a_file_marked_read_only_stays_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(path)
    path.chmod(0o444)
    # The superuser, as whom the gate may run, is told that it may write everything.
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="was not saved \\(the file is read-only\\)"):
        store.save(renamed(WALL, 0, "Ours"))
    assert path.read_bytes() == before
    assert names(path.parent) == ["s.toml"]


@pytest.mark.slow
def test_a_session_that_could_not_be_read_again_is_not_written(path: Path) -> None:
    store = Store.open(path)
    before = path.read_bytes()
    bad = (
        renamed(WALL, 0, "\x1b[2J"),
        renamed(WALL, 0, "lone \ud800"),
        replace(WALL, stages=WALL.stages[1:]),
        replace(WALL, activities=WALL.activities * 2),
        renamed(WALL, 0, "x" * offwall.model.store.store.LARGEST),
    )
    for session in bad:
        with pytest.raises(StoreError, match="was not saved") as caught:
            store.save(session)
        assert str(caught.value).isprintable()
        assert path.read_bytes() == before
        with pytest.raises(StoreError, match="was not saved"):
            create_session(path.with_name("new.toml"), session)
    assert names(path.parent) == ["s.toml"]


def test_a_session_may_be_as_large_as_a_file_that_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(path)
    new = renamed(WALL, 0, "x" * 3000)
    for module in (offwall.model.store.store, offwall.model.store.session_file):
        monkeypatch.setattr(module, "LARGEST", len(dumps(new).encode()))
    assert store.save(new) == new == read_session(path)
    with pytest.raises(StoreError, match="was not saved"):
        store.save(renamed(WALL, 0, "x" * 3001))
    assert read_session(path) == new


@pytest.mark.slow
def test_every_moment_of_a_save_holds_a_whole_file(path: Path) -> None:
    store = Store.open(path)
    versions = [renamed(WALL, 0, f"version {count} " + "é" * 5000) for count in range(60)]
    allowed = {dumps(session) for session in (WALL, *versions)}
    seen: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(path.read_text("utf-8"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for session in versions:
        store.save(session)
    done.set()
    watcher.join()
    assert len(seen) > 1
    assert seen <= allowed


def opened(path: Path, spare: Path | None = None, *others: Store) -> Store:
    """A store that nobody else has open, unless others are said: each sees what they saw."""
    store = Store.open(path, spare)
    store.seen_by = partial(seen_by, others)
    return store


def seen_by(others: Sequence[Store], digest: str) -> list[str]:
    """What one of the others had seen who wrote a version."""
    wrote = [other.seen for other in others if other.seen[-1] == digest]
    return list(reversed(wrote[0][:-1])) if wrote else []


@pytest.mark.parametrize("version", range(4))
def test_an_older_version_put_in_its_place_removes_nothing(path: Path, version: int) -> None:
    path.write_text("# by hand\n" + path.read_text("utf-8"), "utf-8")
    store = opened(path)
    versions = [path.read_bytes()]
    for count in range(4):
        assert store.save(with_steps(count + 1)) == with_steps(count + 1)
        assert store.note == ""
        versions.append(path.read_bytes())
    path.write_bytes(versions[version])
    # Nothing new is to be saved, or something is: both find it.
    wanted = with_steps(4 + version % 2)
    assert store.save(wanted) == wanted == read_session(path)
    assert store.note == offwall.model.store.store.PUT_BACK
    assert store.cut is None
    assert path.read_bytes().startswith(b"# by hand\n")
    assert store.save(wanted) == wanted
    assert store.note == ""


def test_what_another_takes_away_who_saw_it_is_taken_away(path: Path, tmp_path: Path) -> None:
    theirs = opened(path)
    ours = opened(path, tmp_path / "state", theirs)
    before = path.read_bytes()
    ours.save(with_steps(1))
    assert theirs.save(WALL) == with_steps(1)
    theirs.save(WALL)
    # The bytes are those of the beginning, and say that somebody took a step away.
    assert path.read_bytes() == before
    assert ours.save(with_steps(1)) == WALL == read_session(path)
    assert (ours.note, ours.stale) == ("", None)
    (prior,) = (tmp_path / "state").glob("prior-*.toml")
    assert read_session(prior) == with_steps(1)


def test_what_was_seen_is_no_evidence_once_its_writer_went_on(path: Path) -> None:
    theirs = opened(path)
    ours = opened(path, None, theirs)
    theirs.seen_by = partial(seen_by, [ours])
    ours.save(with_steps(1))
    theirs.save(WALL)
    theirs.save(WALL)
    before = path.read_bytes()
    ours.save(WALL)
    ours.save(with_steps(1))
    theirs.save(theirs.session)
    # A sync folder brings back what they once wrote: it is no wish of theirs any more.
    path.write_bytes(before)
    assert ours.save(with_steps(1)) == with_steps(1) == read_session(path)
    assert ours.stale == WALL


def test_without_evidence_ours_stays_and_theirs_is_offered(path: Path) -> None:
    store = opened(path)
    before = path.read_bytes()
    store.save(with_steps(1))
    path.write_bytes(before)
    assert store.save(with_steps(1)) == with_steps(1) == read_session(path)
    assert store.stale == WALL


def test_an_old_buffer_that_is_saved_with_one_word_changed_brings_the_word_alone(
    path: Path,
) -> None:
    store = opened(path)
    for count in range(6):
        store.save(with_steps(count + 1))
    path.write_text("# an old buffer\n" + dumps(renamed(WALL, 0, "A word")), "utf-8")
    wanted = renamed(with_steps(6), 0, "A word")
    assert store.save(with_steps(6)) == wanted == read_session(path)
    assert store.note == offwall.model.store.store.OLD_EDITED
    assert store.stale == renamed(WALL, 0, "A word")
    assert path.read_text("utf-8").startswith("# an old buffer\n")
    # The same buffer saved again says nothing new.
    path.write_text("# an old buffer\n" + dumps(renamed(WALL, 0, "A word")), "utf-8")
    assert store.save(wanted) == wanted == read_session(path)


def test_another_computers_version_of_the_beginning_brings_what_is_new_in_it(path: Path) -> None:
    store = opened(path)
    for count in range(6):
        store.save(with_steps(count + 1))
    theirs = replace(WALL, activities=(*WALL.activities, Activity("c-1", "S2", "Theirs")))
    path.write_text(dumps(theirs), "utf-8")
    saved = store.save(with_steps(6))
    assert {one.id for one in saved.activities} == {
        *(one.id for one in with_steps(6).activities),
        "c-1",
    }
    assert saved == read_session(path)


def test_one_record_removed_from_the_file_as_it_is_now_is_removed(
    path: Path, tmp_path: Path
) -> None:
    store = opened(path, tmp_path / "state")
    for count in range(3):
        store.save(with_steps(count + 1))
    gone = replace(with_steps(3), activities=with_steps(3).activities[1:])
    path.write_text(dumps(gone), "utf-8")
    assert store.save(with_steps(3)) == gone == read_session(path)
    assert (store.note, store.stale) == ("", None)
    (prior,) = (tmp_path / "state").glob("prior-*.toml")
    assert read_session(prior) == with_steps(3)


def test_the_versions_that_are_known_are_bounded_and_the_first_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offwall.model.store.store.MOST_KNOWN", 3)
    store = opened(path)
    before = path.read_bytes()
    for count in range(9):
        store.save(with_steps(count + 1))
    path.write_bytes(before)
    assert store.save(with_steps(9)) == with_steps(9) == read_session(path)
    # It is known for what it is, not taken for a file that was cut short.
    assert (store.note, store.cut) == (offwall.model.store.store.PUT_BACK, None)
    # One that is no longer known counts as made of the nearest, which had eight steps.
    path.write_text(dumps(with_steps(5)), "utf-8")
    made = {one.id for one in store.save(with_steps(9)).activities}
    assert made == {one.id for one in with_steps(9).activities} - {"b-5", "b-6", "b-7"}


@pytest.mark.parametrize("there", [False, True], ids=["empty mount point", "mounted again"])
def test_a_folder_that_is_another_disk_is_not_written_until_the_share_is_back(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    store = opened(path, tmp_path / "state")
    before = path.read_bytes()
    device = offwall.model.store.store._device(path)
    assert device is not None
    path.unlink()
    monkeypatch.setattr(offwall.model.store.store, "_device", lambda _: device + 1)
    with pytest.raises(StoreError, match="no longer the disk or share that it was; mount it again"):
        store.save(with_steps(3))
    assert not path.exists()
    assert store.whole is not None
    # A share may bear another number when it is mounted again: the file there is what counts.
    path.write_bytes(before)
    if not there:
        monkeypatch.setattr(offwall.model.store.store, "_device", lambda _: device)
    assert store.save(with_steps(3)) == with_steps(3) == read_session(path)


@pytest.mark.parametrize("data", [b"", b"\xff\x00", None], ids=["emptied", "garbage", "a folder"])
def test_ours_is_put_back_and_what_was_there_is_set_aside(path: Path, data: bytes | None) -> None:
    store = opened(path)
    store.save(with_steps(2))
    path.unlink()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    with pytest.raises(StoreError):
        store.save(with_steps(3))
    assert store.lost
    store.put_back = True
    assert store.save(with_steps(3)) == with_steps(3) == read_session(path)
    assert "moved to s.aside-1.toml" in store.note
    assert not store.lost
    assert not store.put_back
    aside = path.with_name("s.aside-1.toml")
    assert aside.is_dir() if data is None else aside.read_bytes() == data


def with_steps(count: int) -> Session:
    """The wall with so many activities more."""
    more = tuple(Activity(f"b-{number}", "S1", f"Step {number} [PO]") for number in range(count))
    return replace(WALL, activities=(*WALL.activities, *more))


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.slow
def test_what_others_write_again_and_again_while_we_save_is_all_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    ours, theirs = opened(path), Store.open(path)
    real, left = disk.write, [times]

    def write(handle: int, data: bytes, **named: bool) -> None:
        real(handle, data, **named)
        if left[0] and b"Ours" in data:
            left[0] -= 1
            known = theirs.save(theirs.session).activities
            made = Activity(f"c-{left[0]}", "S2", "Theirs")
            theirs.save(replace(theirs.session, activities=(*known, made)))

    monkeypatch.setattr(disk, "write", write)
    made = replace(WALL, activities=(*WALL.activities, Activity("b-1", "S1", "Ours")))
    # What the first try met is not ours yet: that ours lacks it takes nothing away.
    saved = ours.save(made)
    wanted = {"a-1", "a-2", "b-1", *(f"c-{number}" for number in range(times))}
    assert {one.id for one in saved.activities} == wanted
    assert saved == read_session(path)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 99, b"\xff", b"half = ", None],
    ids=["emptied", "nulls", "not UTF-8", "not TOML", "a folder"],
)
def test_what_the_file_does_not_take_lies_whole_in_the_state_folder(
    path: Path, tmp_path: Path, data: bytes | None
) -> None:
    path.write_text("# by hand\n" + path.read_text("utf-8"), "utf-8")
    spare = tmp_path / "state" / "spare"
    store = opened(path, spare)
    store.save(with_steps(5))
    assert store.whole is None
    if data is None:
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(data)
    for count in (5, 6, 6, 7):
        with pytest.raises(StoreError, match=r"Another program changed|is a folder"):
            store.save(with_steps(count))
        (whole,) = backups.wholes(spare)
        assert store.whole == whole
        assert read_session(whole) == with_steps(count)
        assert whole.read_bytes().startswith(b"# by hand\n")
        assert stat.S_IMODE(whole.stat().st_mode) == 0o600
    if data is None:
        path.rmdir()
    else:
        path.unlink()
    assert store.save(with_steps(7)) == with_steps(7) == read_session(path)
    assert store.whole is None
    assert names(spare) == []


def test_where_it_cannot_lie_whole_nothing_says_that_it_does(path: Path, tmp_path: Path) -> None:
    spare = tmp_path / "state"
    store = opened(path, spare)
    path.write_bytes(b"")
    spare.write_text("in the way")
    with pytest.raises(StoreError, match="is empty"):
        store.save(with_steps(1))
    assert store.whole is None
    spare.unlink()
    with pytest.raises(StoreError, match="is empty"):
        store.save(with_steps(1))
    assert store.whole is not None
    assert read_session(store.whole) == with_steps(1)


def test_two_programs_keep_what_each_has(path: Path, tmp_path: Path) -> None:
    stores = [opened(path, tmp_path / "state") for _ in range(2)]
    path.write_bytes(b"")
    for count, store in enumerate(stores):
        with pytest.raises(StoreError, match="is empty"):
            store.save(with_steps(count + 1))
    assert [read_session(each) for each in backups.wholes(tmp_path / "state")] == [
        with_steps(1),
        with_steps(2),
    ]


def test_of_two_versions_that_differ_as_little_the_older_is_believed(path: Path) -> None:
    store = opened(path)
    ours = renamed(WALL, 0, "Said anew here")
    store.save(ours)
    # Nobody can tell whether who took the activity away had seen what it says now.
    path.write_text(dumps(replace(WALL, activities=WALL.activities[1:])), "utf-8")
    assert store.save(ours) == ours == read_session(path)
    assert store.stale is not None
