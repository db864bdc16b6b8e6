"""Whoever writes the file, and whatever: what was kept is there, or one key brings it."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records import diff
from offwall.model.records.changes import UndoHistory
from offwall.model.records.session import Activity, Session
from offwall.model.store import backups, disk, recovery, session_file
from offwall.model.store.journal import Journal, JournalEntry, read_journal
from offwall.model.store.session_file import digest_of
from offwall.model.store.toml.record_tables import dumps
from offwall.model.store.versions import known_versions, rebuilt, told_by
from offwall.tui import app
from offwall.tui.services import (
    co_editing,
    document,
    editing,
    export_and_quit,
    file_watcher,
    lock_file,
    recent_sessions,
    writers,
)
from offwall.tui.services.writers import JournalWritten
from tests.faults.damage import Recorder
from tests.journey import Journey, afternoon
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow  # waits for what other threads write


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look and try often: how long one waits is not what is tried here."""
    monkeypatch.setattr(co_editing, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(file_watcher, "SETTLE_SECONDS", 0.01)
    monkeypatch.setattr(writers, "BATCH_SECONDS", 0.01)
    monkeypatch.setattr(writers, "FILE_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(writers, "JOURNAL_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(export_and_quit, "SAVE_SECONDS", 0.3)


def texts_of(session: Session) -> set[str]:
    return {activity.text for activity in session.activities}


async def kept(journey: Journey, *texts: str) -> None:
    """Post-its that are typed, kept and in the file."""
    for text in texts:
        await journey.press("n", *text, "enter", "escape")
    assert {*texts} <= texts_of(journey.on_disk())


def folder_of(path: Path) -> Path:
    return backups.state_folder(
        recent_sessions.state_folder(), store.read_session(path).workshop.id, path
    )


SIX = [f"Post-it {number} [PO]" for number in range(6)]


async def test_theirs_is_offered_by_one_key_where_ours_stayed(own_sample: Path) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, "Ours [PO]")
        own_sample.write_bytes(before)
        await journey.until(lambda: "takes the other version" in " ".join(journey.seen().split()))
        assert "Ours [PO]" in texts_of(journey.on_disk())
        await journey.press("ctrl+t")
        assert "Ours [PO]" not in texts_of(journey.session)
        await journey.until(lambda: own_sample.read_bytes() == before)
        await journey.press("u")
        assert "Ours [PO]" in texts_of(journey.on_disk())


async def test_an_old_buffer_with_a_word_changed_brings_the_word_and_takes_nothing(
    own_sample: Path,
) -> None:
    old = own_sample.read_text("utf-8")
    word = store.read_session(own_sample).activities[0].text
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        own_sample.write_text(old.replace(word, "Another word", 1), "utf-8")
        await journey.until(lambda: journey.session.activities[0].text == "Another word")
        assert {*SIX} <= texts_of(journey.on_disk())


async def test_one_removed_by_another_program_is_said_and_u_brings_it_back(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        now = journey.on_disk()
        gone = now.activities[3]
        ref = now.ref_by_id[gone.id]
        left = replace(now, activities=tuple(one for one in now.activities if one is not gone))
        own_sample.write_text(dumps(left), "utf-8")
        await journey.until(lambda: gone.id not in journey.session.activity_by_id)
        await journey.until(lambda: f"Somebody removed {ref}" in journey.seen())
        assert "u brings it back" in " ".join(journey.seen().split())
        prior = list(folder_of(own_sample).glob("prior-*.toml"))
        assert [gone.id in store.read_session(one).activity_by_id for one in prior] == [True]
        await journey.press("u")
        assert journey.session == now
        assert journey.on_disk() == now
        await journey.press("u")
        assert texts_of(journey.on_disk()) == texts_of(now) - {SIX[-1]}


async def test_a_second_recorder_removes_what_the_first_has_just_kept(own_sample: Path) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as ours, afternoon(own_sample) as theirs:
        await ours.press("2", "G")
        await kept(ours, "Just kept [PO]")
        await theirs.until(lambda: "Just kept [PO]" in texts_of(theirs.session))
        await theirs.press("2", "G", "x")
        await theirs.until(lambda: "Just kept [PO]" not in texts_of(theirs.session))
        await ours.until(lambda: "Just kept [PO]" not in texts_of(ours.session))
        assert own_sample.read_bytes() == before
        await ours.until(lambda: "Somebody removed" in ours.seen())
        await ours.press("u")
        await theirs.until(lambda: "Just kept [PO]" in texts_of(theirs.session))
        assert "Just kept [PO]" in texts_of(ours.on_disk())


@pytest.mark.parametrize("data", [b"", b"\xff\x00 not [ toml"], ids=["emptied", "garbage"])
async def test_one_key_puts_ours_back_and_sets_theirs_aside(own_sample: Path, data: bytes) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        own_sample.write_bytes(data)
        await journey.until(lambda: "ctrl+t puts your version back" in journey.app.state.trouble)
        await journey.press("ctrl+t")
        await journey.until(lambda: not journey.app.state.trouble)
        assert {*SIX} <= texts_of(journey.on_disk())
        aside = own_sample.with_name(f"{own_sample.stem}.aside-1.toml")
        assert aside.read_bytes() == data


@pytest.mark.parametrize(
    "name",
    [
        "s (Jane's conflicted copy 2026-12-10).toml",
        "s (conflicted copy 2026-12-10 101500).toml",
        "s.sync-conflict-20261210-101500-ABCDEFG.toml",
        "s-DESKTOP-4F2A.toml",
        "s-desktop-abc.toml",
        "s-Jane's MacBook.toml",
        "s 2.toml",
        "s - Copy.toml",
        "s - Copy (2).toml",
        "s copy.toml",
        "s (1).toml",
    ],
)
def test_the_names_that_sync_programs_give_are_known(tmp_path: Path, name: str) -> None:
    path = tmp_path / "s.toml"
    (tmp_path / name).write_bytes(b"")
    assert [one.name for one in co_editing._copy_candidates(path)] == [name]


@pytest.mark.parametrize("name", ["s-2.toml", "s-old.toml", "sum.toml", "s2.toml", "s.toml.bak"])
def test_the_names_that_people_give_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert not list(co_editing._copy_candidates(tmp_path / "s.toml"))


async def test_a_conflict_copy_is_offered_as_it_comes_and_takes_nothing_away(
    own_sample: Path,
) -> None:
    opened = store.read_session(own_sample)
    made = Activity("a-theirs", opened.stages[0].id, "Theirs alone")
    # They had not seen what is kept here, and removed something besides.
    theirs = replace(opened, activities=(*opened.activities[1:], made))
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        name = f"{own_sample.stem} (Jane's conflicted copy 2026-12-10).toml"
        own_sample.with_name(name).write_text(dumps(theirs), "utf-8")
        await journey.until(lambda: "There are copies beside it" in journey.seen())
        await journey.press("enter")
        await journey.until(lambda: "a-theirs" in journey.session.activity_by_id)
        assert {*SIX, "Theirs alone", opened.activities[0].text} <= texts_of(journey.on_disk())
        assert not journey.session.clashes


@pytest.fixture
def path(tmp_path: Path, own_sample: Path) -> Path:
    (tmp_path / "share").mkdir()
    return Path(shutil.copyfile(own_sample, tmp_path / "share" / "s.toml"))


def sitting(path: Path, *texts: str) -> Session:
    """A sitting in which some texts are recorded, each in the file before the next."""
    recorder = Recorder(path)
    for text in texts:
        recorder.made.append(f"a-{text}")
        recorder.desk.do("Recorded", with_one(text))
        recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()
    return recorder.desk.session


def with_one(text: str) -> document.SessionChange:
    def change(session: Session) -> Session:
        made = Activity(f"a-{text}", session.stages[0].id, text)
        return replace(session, activities=(*session.activities, made))

    return change


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def aside_and_back(path: Path, look: Callable[[], None]) -> None:
    aside = path.rename(path.with_name("s (conflicted copy 2026-12-10).toml"))
    look()
    aside.replace(path)


def others(path: Path, old: bytes, name: str) -> None:
    """Another computer's version: an old one, and a post-it of theirs."""
    path.write_text(dumps(with_one(name)(session_file.session_of(path, old))), "utf-8")


MARK = b"\xef\xbb\xbf"

Deed = Callable[[Path, bytes, Callable[[], None]], object]

DEEDS: dict[str, Deed] = {
    "older twice": lambda path, old, look: (put(path, old), look(), put(path, old)),
    "spoilt, then older": lambda path, old, look: (put(path, b"\xff\0"), look(), put(path, old)),
    "removed": lambda path, old, look: path.unlink(),
    "a folder": lambda path, old, look: (path.unlink(), path.mkdir()),
    "empty": lambda path, old, look: put(path, b""),
    "UTF-16": lambda path, old, look: put(path, path.read_text("utf-8").encode("utf-16")),
    "two at once": lambda path, old, look: (
        others(path, old, "theirs 1"),
        others(path, path.read_bytes(), "theirs 2"),
    ),
    "two, each of the old one": lambda path, old, look: (
        others(path, old, "theirs 1"),
        look(),
        others(path, old, "theirs 2"),
    ),
    "CRLF": lambda path, old, look: put(path, path.read_bytes().replace(b"\n", b"\r\n")),
    "older with CRLF and a mark": lambda path, old, look: put(
        path, MARK + old.replace(b"\n", b"\r\n")
    ),
    "a mark": lambda path, old, look: put(path, MARK + path.read_bytes()),
    "aside and back": lambda path, old, look: aside_and_back(path, look),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_becomes_of_the_file_all_that_was_kept_is_in_it_again(
    path: Path, deed: str
) -> None:
    old = path.read_bytes()
    recorder = Recorder(path)
    for _ in SIX:
        recorder.record()
    recorder.until(lambda: recorder.in_file() and recorder.desk.settled(0))

    def look() -> None:
        recorder.desk.look()
        recorder.until(lambda: recorder.desk.settled(0) or recorder.desk.lost)

    DEEDS[deed](path, old, look)
    recorder.record()
    look()
    if recorder.desk.lost:
        assert "ctrl+t puts your version back" in recorder.desk.trouble
        recorder.desk.settle()
    recorder.until(lambda: not recorder.desk.lost and recorder.desk.settled(0))
    assert recorder.in_file()
    there = texts_of(store.read_session(path))
    assert there == texts_of(recorder.desk.session) >= texts_of(session_file.session_of(path, old))
    assert {"theirs 1", "theirs 2"} <= there or "two" not in deed
    assert "is there again" in recorder.desk.news or deed != "removed"
    recorder.desk.undo()
    recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()
    assert len(texts_of(store.read_session(path))) == len(there) - 1


def test_the_versions_of_earlier_runs_are_known_again(path: Path) -> None:
    before = path.read_bytes()
    sitting(path, "one", "two")
    middle = path.read_bytes()
    wanted = sitting(path, "three")
    assert len(known_versions(folder_of(path))) == 4
    for older in (before, middle):
        recorder = Recorder(path)
        path.write_bytes(older)
        recorder.desk.do("Recorded", with_one("four"))
        recorder.until(lambda recorder=recorder: recorder.desk.settled(0))
        assert "older version" in recorder.desk.news
        assert {"one", "two", "three", "four"} <= texts_of(store.read_session(path))
        recorder.desk.undo()
        recorder.until(lambda recorder=recorder: recorder.desk.settled(0))
        recorder.desk.leave()
        assert store.read_session(path) == wanted


def test_a_file_that_was_put_back_while_closed_is_said_and_one_key_brings_the_rest(
    path: Path,
) -> None:
    before = path.read_bytes()
    wanted = sitting(path, "one", "two")
    path.write_bytes(before)
    recorder = Recorder(path)
    recorder.until(lambda: "older version than was kept here last" in recorder.desk.news)
    # Opening changes no file.
    assert path.read_bytes() == before
    recorder.desk.settle()
    recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()
    assert texts_of(store.read_session(path)) == texts_of(wanted)
    assert "older version" not in Recorder(path).desk.news


def test_an_older_file_whose_opening_takes_long_has_its_changes_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    sitting(path, "one", "two")
    path.write_bytes(before)

    def slowly(session: Session) -> UndoHistory:
        time.sleep(0.3)  # the journal's thread must not be ahead of what it asks for
        return UndoHistory(session)

    monkeypatch.setattr(document, "UndoHistory", slowly)
    recorder = Recorder(path)
    recorder.desk.do("Recorded", with_one("three"))
    recorder.until(lambda: recorder.desk.settled(0) and recorder.desk.safe)
    assert "older version" in recorder.desk.news
    recorder.desk.leave()
    assert "three" in texts_of(store.read_session(path))


def test_what_the_file_took_without_a_mark_of_it_is_no_others(path: Path) -> None:
    data = path.read_bytes()
    start = store.read_session(path)
    added = with_one("one")(start)
    last = replace(added.activities[-1], text="one said anew")
    anew = replace(added, activities=(*added.activities[:-1], last))
    folder = folder_of(path)
    backups.make_state_folder(folder, path)
    backups.take_backup(folder, data)
    ours = Journal(folder)
    ours.mark(JournalEntry(0, (), digest_of(data)))
    ours.append(JournalEntry(1, diff(start, added)), JournalEntry(2, diff(added, anew)))
    ours.close()
    path.write_text(dumps(added), "utf-8", newline="\n")
    recorder = Recorder(path)
    assert recorder.desk.session == anew
    recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()


def test_a_run_is_rebuilt_from_the_state_folder_alone(path: Path) -> None:
    folder = folder_of(path)
    wanted = [sitting(path, f"one {number}", f"two {number}") for number in range(3)]
    path.unlink()
    runs = [read_journal(run.read_bytes()) for run in sorted(folder.glob("kept-*.jsonl"))]
    known = known_versions(folder)
    assert [rebuilt(run, told_by(folder, run, known)) for run in runs] == wanted
    found = recovery.all_recoverable(recent_sessions.state_folder(), path)
    assert store.session_file.session_of(path, found[0].data) == wanted[-1]


def test_the_runs_are_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from offwall.model.store import journal

    monkeypatch.setattr(journal, "MOST_RUNS", 3)
    for number in range(5):
        sitting(path, f"text {number}")
    folder = folder_of(path)
    assert [one.name for one in sorted(folder.glob("kept-*"))] == [
        f"kept-{number}.jsonl" for number in (3, 4, 5)
    ]
    monkeypatch.setattr(journal, "MOST_RUN_BYTES", 10)
    sitting(path, "last")
    assert [one.name for one in folder.glob("kept-*")] == ["kept-6.jsonl"]


def test_a_line_that_was_kept_is_not_offered_again(path: Path) -> None:
    recorder = Recorder(path)
    recorder.desk.draft(b'[["new","","S1","a line"]]')
    folder = folder_of(path)
    recorder.until(lambda: list(folder.glob("draft-*")))
    begun = next(folder.glob("draft-*")).read_bytes()
    recorder.desk.do("Recorded", with_one("a line"), b"")
    recorder.until(lambda: recorder.desk.kept)
    # As after kill -9 just when the line counted as kept, and the draft still lay there.
    copy = path.parent / "state"
    shutil.copytree(folder, copy)
    (copy / "draft-1.json").write_bytes(begun)
    recorder.desk.leave()
    assert Journal(copy).drafts == []


def test_of_several_lines_only_the_kept_one_ends(path: Path) -> None:
    recorder = Recorder(path)
    both, one = b'[["new","","S1","a line"],["edit","a-1","","x"]]', b'[["edit","a-1","","x"]]'
    recorder.desk.draft(both)
    folder = folder_of(path)
    recorder.until(lambda: list(folder.glob("draft-*")))
    recorder.desk.do("Recorded", with_one("a line"), one)
    recorder.until(lambda: recorder.desk.kept)
    copy = path.parent / "state"
    shutil.copytree(folder, copy)
    (copy / "draft-1.json").write_bytes(both)
    recorder.desk.leave()
    again = Journal(copy)
    assert again.drafts == [one]
    again.close()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder whose share knows no locks."""
    fcntl = pytest.importorskip("fcntl")

    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.usefixtures("no_locks")
def test_without_file_locks_each_program_has_a_journal_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Journal(tmp_path)
    # Another program, that runs, and whose journals are none of this one's.
    code = (
        "import sys, time; from pathlib import Path; import fcntl, errno\n"
        "def flock(*_): raise OSError(errno.ENOLCK, 'no locks')\n"
        "fcntl.flock = flock\n"
        "from offwall.model.store.journal import Journal\n"
        "made = Journal(Path(sys.argv[1])); print(made.path.name, flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "journal-2.jsonl" != first.path.name
    third = Journal(tmp_path)
    assert not third.takes_over
    third.close()
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    first.close()
    last = Journal(tmp_path)
    assert last.takes_over
    last.close()
    assert disk.is_process_running(os.getpid())


@pytest.mark.usefixtures("no_locks")
def test_without_file_locks_two_windows_that_are_killed_lose_nothing(path: Path) -> None:
    folder = folder_of(path)
    backups.make_state_folder(folder, path)
    from offwall.model.records.changes import diff
    from offwall.model.store import journal
    from offwall.model.store.journal import JournalEntry

    opened = store.read_session(path)
    both = [Journal(folder) for _ in range(2)]
    for name, one in zip("AB", both, strict=True):
        session = opened
        for number in range(3):
            new = with_one(f"{name} {number}")(session)
            one.append(JournalEntry(number + 1, diff(session, new)))
            session = new
    # Killed: nobody writes to them any more.
    journal._OURS.clear()
    recorder = Recorder(path)
    recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()
    wanted = {f"{name} {number}" for name in "AB" for number in range(3)}
    assert wanted <= texts_of(store.read_session(path))


async def test_what_would_not_fit_into_the_file_is_refused_before_it_is_made(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = own_sample.stat().st_size
    for module in (document, session_file):
        monkeypatch.setattr(module, "LARGEST", size + 2000)
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "G", "n")
        await journey.paste("x" * 3000)
        await journey.press("enter")
        await journey.until(lambda: "too large for its file" in journey.seen())
        assert journey.session is before
        # The line is still there, to be shortened.
        await journey.press("ctrl+u", *"Short", "enter")
        assert "Short" in texts_of(journey.on_disk())


def test_what_the_journal_cannot_write_down_is_said_and_kept_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def odd(*_: object) -> None:
            raise RecursionError

        patch.setattr(writers, "diff", odd)
        recorder = Recorder(path)
        said: list[str] = []
        tell = recorder.desk._tell

        def listen(message: object) -> None:
            if isinstance(message, JournalWritten):
                said.append(message.wrong)
            tell(message)  # type: ignore[arg-type]

        monkeypatch.setattr(recorder.desk, "_tell", listen)
        recorder.desk.do("Recorded", with_one("kept"))
        recorder.until(lambda: any("takes nothing (RecursionError)" in one for one in said))
    recorder.until(lambda: recorder.desk.settled(0))
    recorder.desk.leave()
    assert "kept" in texts_of(store.read_session(path))


@pytest.mark.parametrize(
    ("where", "what", "said"),
    [
        (document, "last_kept", "No copy of what was opened was made (ValueError)"),
        (Journal, "draft", "takes nothing (ValueError)"),
        (Journal, "mark", "takes nothing (ValueError)"),
        (Journal, "drop", ""),
    ],
)
def test_no_fault_ends_the_journals_thread(
    path: Path, monkeypatch: pytest.MonkeyPatch, where: object, what: str, said: str
) -> None:
    def faulty(*_: object) -> None:
        raise ValueError

    told: list[str] = []
    take = document.OpenDocument.take

    def listen(desk: document.OpenDocument, message: JournalWritten) -> Session:
        told.append(message.wrong)
        return take(desk, message)

    monkeypatch.setattr(document.OpenDocument, "take", listen)
    with monkeypatch.context() as patch:
        patch.setattr(where, what, faulty)
        recorder = Recorder(path)
        recorder.desk.do("Recorded", with_one("kept"), b"typed")
        recorder.until(lambda: any(said in one for one in told))
    recorder.desk.do("Recorded", with_one("kept too"), b"")
    recorder.until(lambda: recorder.desk.settled(0) and recorder.desk.kept == 2)
    recorder.desk.leave()
    assert {"kept", "kept too"} <= texts_of(store.read_session(path))


@pytest.mark.parametrize(
    "data",
    [
        b'{"who":"x","host":"h","pid":1e999,"since":"x"}',
        b'{"who":"x","host":"h","pid":' + b"9" * 40 + b',"since":"x"}',
        b'{"who":"x","host":"h","pid":true,"since":"x"}',
        b"[" * 30_000,
        b'{"who":"' + b"x" * 9000,
        b"[1, 2]",
        b"\xff\xfe",
        b"null",
    ],
)
async def test_odd_notes_beside_the_session_end_nothing(own_sample: Path, data: bytes) -> None:
    for suffix in (lock_file.LOCK_SUFFIX, ".offwall-line"):
        own_sample.with_name(f".{own_sample.name}.h-1{suffix}").write_bytes(data)
    recent_sessions.state_folder().mkdir(parents=True, exist_ok=True)
    (recent_sessions.state_folder() / "recent.json").write_bytes(data)
    async with afternoon(own_sample) as journey:
        await journey.until(lambda: "Somebody has this session open" in journey.seen())
        await journey.press("enter", "V", "2", "G")
        await kept(journey, "Still here")
        await journey.press("V")


def test_a_note_is_evidence_only_for_what_its_writer_wrote_last(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(lock_file.time, "sleep", waited.append)
    opener = lock_file.Opener("jane", "h", 1, "now")
    note = lock_file.create_lock_note(own_sample, opener)
    assert note is not None
    lock_file.tell_seen(own_sample, note, opener, ["a", "b", "c"])
    assert lock_file.seen_by_writer(own_sample, "c") == ["b", "a"]
    assert not waited
    # Who is just writing the next one is given the time for it; who has gone on is no evidence.
    assert lock_file.seen_by_writer(own_sample, "b") == []
    assert len(waited) == 1
    assert lock_file.seen_by_writer(own_sample, "a") == []
    assert len(waited) == 1
    # Our own says nothing of others.
    assert lock_file.seen_by_writer(own_sample, "c", note) == []
    lock_file.remove_lock_note(note)


@pytest.mark.skipif(sys.platform == "win32", reason="starts programs beside one another")
def test_three_each_of_six_that_add_at_once_are_all_in(path: Path) -> None:
    code = (
        "import sys; from offwall.tui.__main__ import main\n"
        "for n in range(3):\n"
        "    assert main(['add', sys.argv[1], f'Added {sys.argv[2]} {n}']) == 0\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(number)], stdout=subprocess.DEVNULL
        )
        for number in range(6)
    ]
    assert [program.wait(120) for program in programs] == [0] * 6
    wanted = {f"Added {number} {n}" for number in range(6) for n in range(3)}
    assert wanted <= texts_of(store.read_session(path))
    assert not list(path.parent.glob(".offwall-*"))


@pytest.mark.parametrize(
    ("more", "says"), [([], "Verified "), (["More [PO]"], "Not verified since ")]
)
async def test_when_nobody_types_what_is_kept_is_verified_and_leaving_says_so(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], says: str
) -> None:
    # Only what is asked below looks, and leaving waits for the disk however slow that is.
    monkeypatch.setattr(app, "DISK_CHECK_SECONDS", 10**9)
    monkeypatch.setattr(editing, "VERIFY_AFTER", 1)
    monkeypatch.setattr(export_and_quit, "SAVE_SECONDS", PATIENCE)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, "Kept [PO]")

        def verified() -> bool:
            journey.app.services.editing.look_at_disks()
            return journey.app.services.editing.verified.startswith("Verified")

        await journey.until(verified)
        await kept(journey, *more)
        await journey.press("ctrl+q")
        await journey.until(lambda: not journey.app.is_running)
        assert str(journey.app._exit_renderables[-1]).startswith(says)
