"""What is counted as kept is found again, whatever becomes of file, share and program."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from model import copies, state, store
from model.session import Session
from model.store import Store
from tests.tui.journey import Journey, afternoon
from tui import desk, keeper, leaving, recent
from tui.desk import Desk
from tui.keeper import Kept
from tui.saver import Saved

pytestmark = pytest.mark.slow  # waits for disks that do not answer

SAVE = Store.save


@pytest.fixture
def dead_share(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A share that answers no save until the event is set; leaving waits less than a user would."""
    answers = threading.Event()

    def save(self: Store, session: Session) -> Session:
        answers.wait(20)
        return SAVE(self, session)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", save)
        patch.setattr(desk, "SLOW", 0.2)
        patch.setattr(leaving, "PATIENCE", 0.2)
        yield answers
    answers.set()


def folder_of(path: Path) -> Path:
    return state.folder_of(recent.state_folder(), store.read(path).workshop.id, path)


async def until(journey: Journey, text: str, seconds: float = 5) -> None:
    """Wait until the screen says something."""
    end = time.monotonic() + seconds
    while text not in journey.seen() and time.monotonic() < end:
        await journey.pilot.pause(0.05)
    assert text in journey.seen()


async def test_a_share_that_does_not_answer_holds_up_nothing_and_loses_nothing(
    own_sample: Path, dead_share: threading.Event
) -> None:
    before = own_sample.read_bytes()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "x")
        await until(journey, "kept 2", 2)
        await until(journey, "safe on this computer")
        assert "does not answer" in journey.app.trouble
        left = time.monotonic()
        await journey.press("ctrl+q")
        await journey.app.workers.wait_for_complete()
        assert time.monotonic() - left < desk.LEAVING + 1.5
    assert own_sample.read_bytes() == before


async def test_what_the_file_lacks_is_put_back_at_the_next_start_and_said_once(
    own_sample: Path, dead_share: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dead_share.is_set()
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "x")
        await until(journey, "kept 2")
        wanted = journey.session
    assert store.read(own_sample) != wanted
    monkeypatch.setattr(Store, "save", SAVE)
    async with afternoon(own_sample) as journey:
        assert journey.session == wanted
        await until(journey, "Put back 2 changes")
        assert journey.on_disk() == wanted
        await journey.press("2", "u")
        assert journey.session == wanted
    async with afternoon(own_sample) as journey:
        await journey.pilot.pause(1.2)
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
    assert [copy.read_bytes() for copy in copies.copies(folder_of(own_sample))] == [data]


async def test_a_line_that_was_begun_is_offered_again(own_sample: Path) -> None:
    line = "Hold [PO] meeting @cm 🧾"
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste(line)
        await journey.pilot.pause(keeper.DRAFT_PAUSE + 0.2)
        drafts = list(folder_of(own_sample).glob("draft-*"))
        assert len(drafts) == 1
        assert "Hold [PO]" in drafts[0].read_text("utf-8")
    async with afternoon(own_sample) as journey:
        await until(journey, "A line was begun")
        await journey.press("2", "G", "n")
        assert journey.app.focused is not None
        assert getattr(journey.app.focused, "value", "") == line
        await journey.press("enter")
        assert any(each.text.startswith("Hold [PO]") for each in journey.session.activities)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n")
        assert getattr(journey.app.focused, "value", "") == ""
    assert not list(folder_of(own_sample).glob("draft-*"))


async def test_drafts_are_written_twice_a_second_at_most(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[float] = []
    real = keeper.Journal.draft

    def draft(self: keeper.Journal, data: bytes) -> None:
        times.append(time.monotonic())
        real(self, data)

    monkeypatch.setattr(keeper.Journal, "draft", draft)
    opened = Desk(own_sample, lambda _: None, recent.state_folder())
    for number in range(50):
        opened.draft(b"%d" % number)
        time.sleep(0.02)
    opened.leave()
    assert 2 <= len(times) <= 5
    assert (folder_of(own_sample) / "draft-1.json").read_bytes() == b"49"


async def test_a_state_folder_that_cannot_be_used_is_said_and_the_file_is_written(
    own_sample: Path,
) -> None:
    recent.state_folder().parent.mkdir(parents=True, exist_ok=True)
    recent.state_folder().write_text("in the way")
    async with afternoon(own_sample) as journey:
        await until(journey, "cannot be used")
        await journey.press("2", "g", "j", "x")
        assert len(journey.on_disk().activities) == 47
        await until(journey, "kept 1")


async def test_a_journal_that_takes_nothing_is_said_and_heals(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch, dead_share: threading.Event
) -> None:
    monkeypatch.setattr(keeper, "RETRY", 0.05)
    with monkeypatch.context() as full:

        def append(*_: object) -> None:
            raise OSError(28, "No space left on device")

        full.setattr(keeper.Journal, "append", append)
        opened = Desk(own_sample, lambda _: None, recent.state_folder())
        told: list[Saved | Kept] = []
        monkeypatch.setattr(opened, "_tell", told.append)
        opened.do("x", lambda session: replace(session, people=()))
        assert not opened.settled(0.3)
        for message in list(told):
            opened.take(message)
        assert "no space left on device" in opened.trouble
        assert not opened.safe
    assert opened._keeper.settled(5)
    for message in told:
        opened.take(message)
    assert opened.safe
    assert "no space" not in opened.trouble
    dead_share.set()
    assert opened.settled(5)
    opened.leave()
    assert store.read(own_sample).people == ()


KILLED = """
import os, sys, threading
from dataclasses import replace
from pathlib import Path
from model.store import Store
from tui import recent
from tui.desk import Desk
if sys.argv[2] == "dead":
    Store.save = lambda self, session: threading.Event().wait()
done = threading.Event()
count = int(sys.argv[3])
def say(line):
    # In one piece: two threads speak, and what print writes is several.
    sys.stdout.write(f"{line}\\n")
    sys.stdout.flush()
desk = Desk(Path(sys.argv[1]), lambda m: say(m.changes), recent.state_folder())
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
    opened = Desk(own_sample, lambda _: None, recent.state_folder())
    title = opened.session.workshop.title
    assert int(title.removeprefix("title ")) >= kept - 1
    assert opened.settled(10)
    opened.leave()
    assert store.read(own_sample).workshop.title == title
    assert not list(folder_of(own_sample).glob("journal-*"))
