"""What is counted as kept is found again, whatever becomes of file, share and program."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.session import Session, Workshop
from offwall.model.store import backups
from offwall.model.store.store import Store
from offwall.tui import app
from offwall.tui.__main__ import main
from offwall.tui.services import (
    co_editing,
    document,
    export_and_quit,
    file_watcher,
    recent_sessions,
    writers,
)
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.writers import FileWritten, JournalWritten
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night
from tests.waiting import until

pytestmark = pytest.mark.slow  # waits for disks that do not answer

SAVE = Store.save


@pytest.fixture
def dead_share(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A share that answers no save until the event is set, or for a minute."""
    answers = threading.Event()

    def save(self: Store, session: Session) -> Session:
        answers.wait(60)
        return SAVE(self, session)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", save)
        patch.setattr(document, "SLOW_DISK_SECONDS", 0.2)
        patch.setattr(export_and_quit, "SAVE_SECONDS", 0.2)
        yield answers
    answers.set()


def folder_of(path: Path) -> Path:
    return backups.state_folder(
        recent_sessions.state_folder(), store.read_session(path).workshop.id, path
    )


async def says(journey: Journey, text: str) -> None:
    """Wait until the screen says something."""
    await journey.until(lambda: text in journey.seen())


def test_leaving_takes_four_seconds_at_most() -> None:
    # The waits that leaving adds up, each of which is for a disk.
    assert export_and_quit.SAVE_SECONDS + document.LEAVE_SECONDS + co_editing.UNLOCK_SECONDS <= 4


def drafts_of(path: Path) -> list[str]:
    return [draft.read_text("utf-8") for draft in folder_of(path).glob("draft-*.json")]


async def test_a_share_that_does_not_answer_holds_up_nothing_and_loses_nothing(
    own_sample: Path, dead_share: threading.Event
) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "x")
        await says(journey, "kept 2")
        await says(journey, "safe on this computer")
        assert "does not answer" in journey.app.state.trouble
        await journey.press("ctrl+q")
        await journey.app.workers.wait_for_complete()
    # Whoever waited for the share would find both changes there.
    assert own_sample.read_bytes() == before


async def test_what_the_file_lacks_is_put_back_at_the_next_start_and_said_once(
    own_sample: Path, dead_share: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dead_share.is_set()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "x")
        await says(journey, "kept 2")
        wanted = journey.session
    assert store.read_session(own_sample) != wanted
    monkeypatch.setattr(Store, "save", SAVE)
    async with afternoon(own_sample) as journey:
        assert journey.session == wanted
        await says(journey, "Put back 2 changes")
        assert journey.on_disk() == wanted
        await journey.press("2", "u")
        assert journey.session == wanted
    async with afternoon(own_sample) as journey:
        assert journey.on_disk() == wanted
        await journey.settle()
        journey.app.services.editing.look_at_disks()
        await journey.settle()
        assert "Put back" not in journey.seen()
        assert journey.session == wanted


async def test_opening_changes_no_file_and_keeps_a_copy(own_sample: Path) -> None:
    own_sample.write_bytes(b"# by hand\r\n" + own_sample.read_bytes())
    before = own_sample.stat()
    data = own_sample.read_bytes()
    for _ in range(2):
        async with afternoon(own_sample) as journey:
            await journey.press("2", "q")
    after = own_sample.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [copy.read_bytes() for copy in backups.backups(folder_of(own_sample))] == [data]


async def test_a_line_that_was_begun_is_offered_again(own_sample: Path) -> None:
    line = "Hold [PO] meeting @cm 🧾"
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste(line)
        await journey.until(lambda: "Hold [PO]" in "".join(drafts_of(own_sample)))
        assert len(drafts_of(own_sample)) == 1
    async with afternoon(own_sample) as journey:
        await says(journey, "A line was begun")
        await journey.press("2", "G", "n")
        assert journey.app.focused is not None
        assert getattr(journey.app.focused, "value", "") == line
        await journey.press("enter")
        [made] = [each for each in journey.session.activities if each.text.startswith("Hold [PO]")]
        # Where it was begun, not where the cursor stands now.
        assert made.stage == "S1"
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n")
        assert getattr(journey.app.focused, "value", "") == ""
    assert not drafts_of(own_sample)


async def test_drafts_are_written_twice_a_second_at_most(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[float] = []
    next_at: list[float] = []
    real = writers.Journal.draft

    def draft(self: writers.Journal, data: bytes) -> None:
        written.append(time.monotonic())
        next_at.append(opened._keeper._next_draft)
        real(self, data)

    monkeypatch.setattr(writers.Journal, "draft", draft)
    assert writers.DRAFT_PAUSE <= 0.5
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    letters = count()
    until(lambda: opened.draft(b"%d" % next(letters)) or len(written) > 3)
    in_time = len(written)
    opened.draft(b"last")
    opened.leave(60)
    # Only who leaves does not wait for the next.
    assert all(at >= since for at, since in zip(written[1:in_time], next_at, strict=False))
    assert all(
        since - at <= writers.DRAFT_PAUSE for at, since in zip(written, next_at, strict=True)
    )
    assert next(letters) > 2 * len(written)
    assert (folder_of(own_sample) / "draft-1.json").read_bytes() == b"last"


async def test_a_state_folder_that_cannot_be_used_is_said_and_the_file_is_written(
    own_sample: Path,
) -> None:
    recent_sessions.state_folder().parent.mkdir(parents=True, exist_ok=True)
    recent_sessions.state_folder().write_text("in the way")
    async with afternoon(own_sample) as journey:
        await says(journey, "cannot be used")
        await journey.press("2", "g", "j", "x")
        assert len(journey.on_disk().activities) == 47
        await says(journey, "kept 1")


async def test_a_journal_that_takes_nothing_is_said_and_heals(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch, dead_share: threading.Event
) -> None:
    monkeypatch.setattr(writers, "JOURNAL_RETRY_SECONDS", 0.05)
    with monkeypatch.context() as full:

        def append(*_: object) -> None:
            raise OSError(28, "No space left on device")

        full.setattr(writers.Journal, "append", append)
        opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
        told: list[FileWritten | JournalWritten] = []
        monkeypatch.setattr(opened, "_tell", told.append)
        opened.do("x", lambda session: replace(session, people=()))
        until(lambda: any(isinstance(one, JournalWritten) and one.wrong for one in told))
        for message in told:
            opened.take(message)
        assert "no space left on device" in opened.trouble
        assert not opened.safe
    assert opened._keeper.worker.settled(60)
    for message in told:
        opened.take(message)
    assert opened.safe
    assert "no space" not in opened.trouble
    dead_share.set()
    assert opened.settled(60)
    opened.leave()
    assert store.read_session(own_sample).people == ()


KILLED = """
import os, sys, threading
from dataclasses import replace
from pathlib import Path
from offwall.model.store.store import Store
from offwall.tui.services import recent_sessions
from offwall.tui.services.document import OpenDocument
if sys.argv[2] == "dead":
    Store.save = lambda self, session: threading.Event().wait()
done = threading.Event()
count = int(sys.argv[3])
def say(line):
    # In one piece: two threads speak, and what print writes is several.
    sys.stdout.write(f"{line}\\n")
    sys.stdout.flush()
desk = OpenDocument(Path(sys.argv[1]), lambda m: say(m.changes), recent_sessions.state_folder())
for number in range(count):
    title = f"title {number}"
    desk.do("x", lambda s: replace(s, workshop=replace(s.workshop, title=title)))
    say(f"typed {number + 1}")
threading.Event().wait()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
@pytest.mark.parametrize(("share", "after"), [("dead", 5), ("dead", 40), ("alive", 20)])
def test_what_was_kept_outlives_kill_9(own_sample: Path, share: str, after: int) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(own_sample), share, "40"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert program.stdout is not None
    kept = 0
    for line in program.stdout:
        with suppress(ValueError):
            kept = max(kept, int(line))
        if kept >= after:
            program.kill()
            break
    rest = program.stdout.read()
    program.stdout.close()
    program.wait()
    kept = max([kept, *(int(line) for line in rest.split("\n") if line.isdecimal())])
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    title = opened.session.workshop.title
    assert int(title.removeprefix("title ")) >= kept - 1
    assert opened.settled(60)
    opened.leave()
    assert store.read_session(own_sample).workshop.title == title
    assert not list(folder_of(own_sample).glob("journal-*"))


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the file often: how long one waits is not what is tried here."""
    monkeypatch.setattr(co_editing, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(file_watcher, "SETTLE_SECONDS", 0.01)
    monkeypatch.setattr(export_and_quit, "SAVE_SECONDS", 0.3)


async def kept(journey: Journey, *texts: str) -> None:
    """Post-its that are typed, kept and in the file."""
    for text in texts:
        await journey.press("n", *text, "enter", "escape")
    assert {*texts} <= texts_of(journey.on_disk())


def texts_of(session: Session) -> set[str]:
    return {activity.text for activity in session.activities}


SIX = [f"Post-it {number} [PO]" for number in range(6)]


@pytest.mark.usefixtures("_often")
async def test_an_older_version_put_over_the_file_takes_nothing_of_what_was_kept(
    own_sample: Path,
) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        wanted = journey.session
        own_sample.write_bytes(before)
        await journey.until(lambda: own_sample.read_bytes() != before)
        await journey.until(lambda: "put an older version" in journey.seen())
        assert journey.on_disk() == journey.session == wanted
        await journey.press("u")
        assert texts_of(journey.on_disk()) == texts_of(wanted) - {SIX[-1]}
        await journey.press("U")
        assert journey.on_disk() == wanted
        # Nobody looked yet when the user leaves.
        own_sample.write_bytes(before)
    assert store.read_session(own_sample) == wanted


@pytest.mark.usefixtures("_often")
async def test_who_only_reads_puts_nothing_back(own_sample: Path) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        assert journey.app.services.editing.document is not None
        journey.app.services.editing.document.store.read_only = True
        Store.open(own_sample).save(replace(journey.session, people=()))
        await journey.until(lambda: not journey.session.people)
        own_sample.write_bytes(before)
        await journey.until(lambda: journey.session.people)
    assert own_sample.read_bytes() == before


@pytest.mark.usefixtures("_often")
@pytest.mark.parametrize("data", [b"", b"\xff\x00 not [ toml"], ids=["emptied", "garbage"])
@pytest.mark.parametrize("more", rest_at_night([["A seventh"], []]), ids=["seven", "six"])
async def test_what_was_kept_before_the_file_was_spoilt_is_listed_first(
    own_sample: Path, data: bytes, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        await kept(journey, *SIX)
        own_sample.write_bytes(data)
        for text in more:
            await journey.press("n", *text, "enter", "escape")
            await journey.until(lambda: "can no longer be read" in journey.app.state.trouble)
            assert document.JOURNAL_IS_SAFE in journey.app.state.trouble
        wanted = journey.session
        await journey.press("ctrl+q")
        await journey.until(lambda: not journey.app.is_running)
        said = str(journey.app._exit_renderables[-1])
    assert f"offwall recover {own_sample.name} lists the session first" in said
    assert own_sample.read_bytes() == data
    with pytest.raises(store.StoreError, match=r"recover \S+ lists it first\.$"):
        OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    assert main(["recover", str(own_sample)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("1 ")
    assert f" session  {len(wanted.activities)} activities" in first
    back = own_sample.with_name("back.toml")
    assert main(["recover", str(own_sample), "--restore", "1", "-o", str(back)]) == 0
    assert store.read_session(back) == wanted
    assert {*SIX, *more} <= texts_of(wanted)


async def test_leaving_twice_waits_once(own_sample: Path) -> None:
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    opened.do("x", lambda session: replace(session, people=()))
    opened.leave()
    begun = time.monotonic()
    opened.leave()
    assert time.monotonic() - begun < document.LEAVE_SECONDS / 2
    assert store.read_session(own_sample).people == ()


async def test_leaving_a_share_that_does_not_answer_keeps_the_session_whole(
    own_sample: Path, dead_share: threading.Event
) -> None:
    assert not dead_share.is_set()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x")
        wanted = journey.session
    (whole,) = backups.wholes(folder_of(own_sample))
    assert store.read_session(whole) == wanted


@pytest.mark.usefixtures("_often")
async def test_what_lies_whole_is_told_once_where_the_file_is_another(own_sample: Path) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x")
        journey.on_disk()
        own_sample.write_bytes(b"")
        await journey.until(lambda: backups.wholes(journey_folder(own_sample)))
        wanted = journey.session
    (whole,) = backups.wholes(journey_folder(own_sample))
    own_sample.write_bytes(b"# another\n" + before)
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    assert f"offwall recover {own_sample.name} lists it" in opened.take_news()
    opened.leave()
    assert store.read_session(whole) == wanted
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    assert opened.take_news() == ""
    opened.leave()
    os.utime(whole)
    own_sample.write_bytes(whole.read_bytes())
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    assert opened.take_news() == ""
    opened.leave()
    assert not whole.exists()


def journey_folder(path: Path) -> Path:
    """The one state folder of a session whose file cannot be read."""
    (folder,) = backups.folders_at(recent_sessions.state_folder(), path)
    return folder


async def test_the_heading_says_what_is_kept_from_the_first(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No clock may have looked yet.
    monkeypatch.setattr(app, "DISK_CHECK_SECONDS", 600)
    async with afternoon(own_sample) as journey:
        assert journey.seen().splitlines()[0].rstrip().endswith("kept 0")


def test_a_look_that_comes_while_one_leaves_says_nothing_of_the_file(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenDocument(own_sample, lambda _: None, recent_sessions.state_folder())
    opened.do("A title", lambda session: replace(session, workshop=Workshop(title="New")))
    close = opened._saver.worker.close

    def closed(patience: float) -> bool:
        done = close(patience)
        opened.look()
        opened._keeper.worker.settled(60)
        return done

    monkeypatch.setattr(opened._saver.worker, "close", closed)
    opened.leave()
    assert store.read_session(own_sample).workshop.title == "New"
    assert opened.store.whole is None
