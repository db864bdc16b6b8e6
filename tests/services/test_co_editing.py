"""Two recorders at one file: what each writes appears at the other's, and nobody loses anything."""

import datetime as dt
import json
import os
import platform
import stat
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

import offwall.tui.services.co_editing
from offwall.model import store
from offwall.model.records.session import Activity, Clash, Session, Stage, Workshop
from offwall.model.store.session_file import digest_of
from offwall.model.store.store import Store
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.home import HomeScreen
from offwall.tui.kit import context
from offwall.tui.kit.form import Choice
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.conflicts_screen import our_words, their_words
from offwall.tui.process.raci_screen import RaciScreen
from offwall.tui.services import live_line, lock_file, writers
from offwall.tui.services.file_watcher import POLL_SECONDS, SETTLE_SECONDS, FileWatcher
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

pytestmark = pytest.mark.slow  # waits for the clock of the file

WALL = Session(
    workshop=Workshop("w-1", "Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=tuple(Activity(f"a-{n}", "S1", f"Step {n}") for n in range(6)),
)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often: how long one waits is not what is tried here."""
    monkeypatch.setattr(offwall.tui.services.co_editing, "POLL_SECONDS", 0.1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.toml"
    store.create_session(path, WALL)
    return path


def edited(session: Session, activity: str, **values: Any) -> Session:
    return replace(
        session,
        activities=tuple(
            replace(found, **values) if found.id == activity else found
            for found in session.activities
        ),
    )


async def asked(journey: Journey, text: str) -> None:
    """Wait for a question that says this."""
    await journey.until(lambda: isinstance(journey.app.screen, Choice) and text in journey.seen())


async def looked(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait until the file was looked at again, and what came of that is on the screen."""
    looks: list[bool] = []
    look = FileWatcher._look

    def noted(watch: FileWatcher) -> bool:
        looks.append(look(watch))
        return looks[-1]

    with monkeypatch.context() as patch:
        patch.setattr(FileWatcher, "_look", noted)
        # When the last of these begins, what was found by those before it has been told.
        await journey.until(lambda: len(looks) > 2)
    await journey.settle()
    journey.on_disk()
    await journey.settle()


@asynccontextmanager
async def recording(path: Path, who: str = "we") -> AsyncIterator[Journey]:
    """The app in part 2, on the third activity."""
    async with afternoon(path) as journey:
        seeds = count()
        journey.app.fresh = replace(journey.app.fresh, seed=lambda: f"{who} {next(seeds)}")
        await journey.press("2", "g", "j", "j", "j")
        assert table(journey).key == "a-2"
        yield journey


def table(journey: Journey) -> ActivityTable:
    return journey.app.screen.query_one(ActivityTable)


def by_vim(path: Path, session: Session) -> None:
    """Write as editors do: the old file is moved aside, and a new one takes its name."""
    path.rename(path.with_name("s.toml~"))
    path.write_text(dumps(session), "utf-8")


def in_place(path: Path, session: Session) -> None:
    path.write_text(dumps(session), "utf-8")


def by_a_recorder(path: Path, session: Session) -> None:
    Store.open(path).save(session)


def test_what_another_writes_is_there_within_two_seconds() -> None:
    # A look finds it at the latest so much later, and sees that no more comes; then the file is
    # read and merged at the saver's next turn.
    assert POLL_SECONDS + SETTLE_SECONDS + writers.BATCH_SECONDS < 1.6


@pytest.mark.parametrize("write", [by_vim, in_place, by_a_recorder])
async def test_what_another_writes_appears_and_the_cursor_stays(
    path: Path, write: Callable[[Path, Session], None]
) -> None:
    async with recording(path) as journey:
        theirs = edited(WALL, "a-0", text="[PO] theirs", lead="cm")
        theirs = replace(theirs, activities=(Activity("a-9", "S1", "New"), *theirs.activities))
        write(path, theirs)
        await journey.until(lambda: "a-9" in journey.session.activity_by_id)
        told = "Somebody changed S1.01 Step 0; u brings it back. Somebody added S1.01 New."
        await journey.until(lambda: told in " ".join(journey.seen().split()))
        assert table(journey).key == "a-2"
        assert "[PO] theirs" in journey.seen()
        assert journey.session == theirs
        document = journey.app.services.editing.document
        assert document is not None
        # What they said otherwise is one step; what they added was never ours to take back.
        assert document.history.undoable == "Somebody changed S1.01 Step 0"
        await journey.press("u")
        assert journey.session == replace(
            theirs, activities=(theirs.activities[0], *WALL.activities)
        )
        assert journey.on_disk() == journey.session
        assert not document.history.undoable


async def test_what_another_recorder_writes_bears_the_name(path: Path) -> None:
    async with recording(path) as journey:
        jones = lock_file.Opener("R. Jones [/", "pc", 7, "2026-12-10 09:00")
        note = lock_file.create_lock_note(path, jones)
        assert note is not None
        theirs = edited(WALL, "a-0", lead="cm")
        new = dumps(replace(theirs, activities=theirs.activities[:-1])).encode()
        lock_file.tell_seen(path, note, jones, [digest_of(path.read_bytes()), digest_of(new)])
        path.write_bytes(new)
        told = "R. Jones [/ removed S1.06 Step 5; u brings it back."
        told += " R. Jones [/ changed S1.01 Step 0."
        await journey.until(lambda: told in " ".join(journey.seen().split()))


async def test_undo_takes_back_ours_and_nothing_of_theirs(path: Path) -> None:
    async with recording(path) as journey:
        await journey.press("space")
        theirs = edited(journey.on_disk(), "a-2", lead="cm", note="theirs")
        in_place(path, theirs)
        await journey.until(lambda: journey.session.activity_by_id["a-2"].lead == "cm")
        await journey.press("u")
        assert journey.session == edited(WALL, "a-2", lead="cm", note="theirs")
        assert journey.on_disk() == journey.session


async def test_what_both_said_is_marked_and_one_key_takes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Theirs must not be there before ours is said.
    monkeypatch.setattr(offwall.tui.services.co_editing, "POLL_SECONDS", 600)
    async with recording(path) as journey:
        assert "Take other" not in journey.seen()
        in_place(path, edited(WALL, "a-2", text="Theirs [/"))
        await journey.press("e", *["backspace"] * 6, *"Ours", "enter")
        await journey.until(lambda: journey.session.clashes)
        assert journey.on_disk().activity_by_id["a-2"].text == "Ours"
        both = "Two people changed S1.03 Ours: T takes the other version."
        await journey.until(lambda: both in " ".join(journey.seen().split()))
        assert "≠ S1.03 Ours" in " ".join(journey.seen().split())
        told = "≠ Text in the record: Ours The other version: Theirs [/"
        assert told in " ".join(journey.seen().split())
        await journey.press("T")
        assert journey.session == edited(WALL, "a-2", text="Theirs [/")
        await journey.press("u", "O")
        assert journey.session == edited(WALL, "a-2", text="Ours")
        assert journey.on_disk() == journey.session


async def test_a_conflict_names_who_said_what(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offwall.tui.services.co_editing, "POLL_SECONDS", 600)
    async with recording(path) as journey:
        jones = lock_file.Opener("R. Jones [/", "pc", 7, "2026-12-10 09:00")
        note = lock_file.create_lock_note(path, jones)
        assert note is not None
        in_place(path, edited(WALL, "a-2", text="Theirs"))
        lock_file.tell_seen(path, note, jones, ["before", digest_of(path.read_bytes())])
        await journey.press("e", *["backspace"] * 6, *"Ours", "enter")
        await journey.until(lambda: journey.session.clashes)
        both = "You and R. Jones [/ both changed S1.03 Ours: T takes the other version."
        await journey.until(lambda: both in " ".join(journey.seen().split()))
        told = "≠ Text in the record (you): Ours The other version (R. Jones [/): Theirs"
        assert told in " ".join(journey.seen().split())
        # At the other's keyboard it is the other way round; and who said it is in the file.
        monkeypatch.setattr(context, "this_person", lambda: ("R. Jones [/", "pc"))
        [clash] = journey.on_disk().clashes
        assert our_words(journey.session, clash) == f"{clash.by}: Ours"
        assert their_words(clash) == "you: Theirs"
        # One person at two windows is told apart by the places alone.
        twice = replace(clash, theirs_by=clash.by)
        assert (our_words(journey.session, twice), their_words(twice)) == ("Ours", "Theirs")
        # What was put right since is nobody's word of then.
        after = edited(journey.session, "a-2", text="Both")
        assert our_words(after, clash) == "Both"


async def test_what_is_no_activity_is_settled_on_a_list(path: Path) -> None:
    clashes = (
        Clash("x-1", "stages", "S1", "name", "Start =1+1"),
        Clash("x-2", "workshop", "", "title", "Procurement"),
        Clash("x-3", "stages", "S9", "name", "x"),
    )
    in_place(path, replace(WALL, clashes=clashes))
    async with afternoon(path) as journey:
        assert (
            "Press T: 3 conflicts to settle, where two people changed one thing." in journey.seen()
        )
        await journey.press("T")
        said = " ".join(journey.seen().split())
        assert "stage Begin, name Begin Start =1+1" in said
        assert "workshop, title Contracts Procurement" in said
        await journey.press("T", "O", "T")
        assert "no longer in the session. Drop the other" in journey.seen()
        await journey.press("O")
        assert journey.session == replace(WALL, stages=(Stage("S1", "Start =1+1"), WALL.stages[1]))
        await journey.press("q")
        assert isinstance(journey.app.screen, HomeScreen)


async def test_nothing_is_drawn_while_nobody_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with recording(path) as journey:
        await looked(journey, monkeypatch)
        before, said = journey.session, journey.app.state.said
        watch = journey.app.services.co_editing._watch
        assert watch is not None
        os.utime(path, (1, 1))
        await journey.until(lambda: watch._known[:1] == (10**9,))
        await looked(journey, monkeypatch)
        assert journey.session is before
        assert journey.app.state.said == said


@pytest.mark.parametrize(("keys", "left"), [(["enter"], 6), (["j", "enter"], 1)])
async def test_a_file_that_lost_most_is_asked_about(path: Path, keys: list[str], left: int) -> None:
    in_place(path, WALL)
    async with recording(path) as journey:
        in_place(path, replace(WALL, stages=WALL.stages[:1], activities=WALL.activities[:1]))
        await asked(journey, "took 6 records out of the file")
        assert len(journey.session.activities) == 6
        await journey.press(*keys)
        assert len(journey.session.activities) == left
        assert journey.on_disk() == journey.session


async def test_a_file_that_is_broken_for_a_while_heals(path: Path) -> None:
    async with recording(path) as journey:
        whole = dumps(edited(WALL, "a-0", text="Theirs"))
        path.write_text(whole[:-20], "utf-8")
        await journey.until(lambda: "can no longer be read" in journey.app.state.trouble)
        path.write_text(whole, "utf-8")
        await journey.until(lambda: journey.session.activities[0].text == "Theirs")
        await journey.until(lambda: not journey.app.state.trouble)


def greeted(journey: Journey) -> bool:
    """Whether all is asked that there is to ask at the start."""
    return not any(worker.group == "greeting" for worker in journey.app.workers)


def note_of(path: Path, **said: Any) -> Path:
    note = path.with_name(f".{path.name}.elsewhere-1{lock_file.LOCK_SUFFIX}")
    about = {"who": "jane", "host": "elsewhere", "pid": 1, "since": "2026-12-10T13:05"}
    note.write_text(json.dumps(about | said))
    return note


async def test_the_note_is_there_while_it_is_open(path: Path) -> None:
    before = set(path.parent.iterdir())
    async with afternoon(path):
        (note,) = (
            each for each in path.parent.iterdir() if each.name.endswith(lock_file.LOCK_SUFFIX)
        )
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        assert set(json.loads(note.read_text())) == {"who", "host", "pid", "since", "seen"}
        assert lock_file.other_openers(path) == []
    assert set(path.parent.iterdir()) == before


async def test_who_joins_and_who_leaves_is_said_once(path: Path) -> None:
    async with recording(path) as journey:
        note = note_of(path, who="R. Jones [/")
        await journey.until(lambda: "R. Jones [/ joined this session." in journey.seen())
        await journey.press("space")
        assert "joined" not in journey.seen()
        note.unlink()
        await journey.until(lambda: "R. Jones [/ left this session." in journey.seen())


async def test_who_comes_second_may_join(path: Path) -> None:
    note = note_of(path, who="[PO]\x1b[2J")
    async with afternoon(path) as journey:
        await asked(journey, "Open: [PO][2J at elsewhere, since 10 Dec 2026, 13:05")
        await journey.press("enter", "2", "g", "j", "space")
        assert journey.on_disk().activities[0].sequence_confirmed
    assert note.exists()


async def test_who_comes_second_may_read_only(path: Path) -> None:
    note_of(path)
    before = path.read_bytes()
    async with afternoon(path) as journey:
        await asked(journey, "Somebody has this session open")
        await journey.press("j", "enter")
        await journey.press("2", "g", "j", "space")
        assert "This session is open read only" in journey.seen()
        journey.app.services.editing.minute_passed("record")
        await journey.press("n", *"Typed", "enter", "escape")
        assert "Typed" not in journey.seen()
        in_place(path, edited(WALL, "a-0", text="Theirs"))
        await journey.until(lambda: journey.session.activities[0].text == "Theirs")
        # What they changed cannot be taken back here; to look at it is free.
        await journey.press("u")
        assert "This session is open read only" in journey.seen()
        assert journey.session.activities[0].text == "Theirs"
        bindings = journey.app.screen.active_bindings.values()
        able = {one.binding.id for one in bindings if one.enabled}
        assert {"view.raci", "activity.filter", "activity.still-to-fill", "screen.export"} <= able
        changing = {"activity.new", "activity.confirm", "list.choose", "screen.park", "app.undo"}
        assert not able & changing
        await journey.press("r")
        assert isinstance(journey.app.screen, RaciScreen)
    assert path.read_bytes() == dumps(edited(WALL, "a-0", text="Theirs")).encode()
    assert before != path.read_bytes()


async def test_who_comes_second_may_leave(path: Path) -> None:
    note_of(path)
    async with afternoon(path) as journey:
        await asked(journey, "Somebody has this session open")
        await journey.press("j", "j", "enter")
        await journey.until(lambda: not journey.app.is_running)
    assert store.read_session(path) == WALL


async def test_a_note_left_behind_asks_nothing(path: Path) -> None:
    gone = 2**22 - 3
    mine = note_of(path, host=platform.node(), pid=gone)
    other = note_of(path).rename(path.with_name(f".{path.name}.old{lock_file.LOCK_SUFFIX}"))
    mine = note_of(path, host=platform.node(), pid=gone)
    os.utime(other, (1, time.time() - lock_file.STALE_SECONDS - 9))
    async with afternoon(path) as journey:
        assert isinstance(journey.app.screen, HomeScreen)
    assert not mine.exists()
    assert not other.exists()


def test_a_note_that_a_kill_left_half_written_is_nobodys_and_is_taken_away(path: Path) -> None:
    whole = note_of(path)
    notes = [whole, whole.with_suffix(live_line.SUFFIX)]
    old = [each.with_name(f"{each.name}-new") for each in notes]
    new = [path.with_name(each.name.replace("elsewhere-1", "elsewhere-2")) for each in old]
    for each in (*old, *new):
        each.write_bytes(b'{"who": "ja')
    for each in old:
        os.utime(each, (1, time.time() - lock_file.STALE_SECONDS - 9))
    assert [one.who for one in lock_file.other_openers(path)] == ["jane"]
    assert [*lock_file.who_is_there(path, {})] == [whole]
    live_line.remove_stale_lines(path, lock_file.this_opener(""))
    assert [each.exists() for each in (*old, *new)] == [False, False, True, True]


def test_a_note_that_could_not_be_renamed_goes_with_the_one_it_was_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held_open(*_: object) -> None:
        raise PermissionError

    before = set(path.parent.iterdir())
    opener = lock_file.this_opener("2026-12-10T14:00")
    note = lock_file.create_lock_note(path, opener)
    assert note is not None
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", held_open)
        lock_file.tell_seen(path, note, opener, ["a"])
    lock_file.remove_lock_note(note)
    assert set(path.parent.iterdir()) == before


PIDS = (b"1e999", b"9" * 40, b"true", b'"x"', b"0", b"-1", b"null", b"1.5")
"""What is the number of no program."""


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xff", b"[" * 4000, b"{}", b'{"who": 1, "host": 2, "pid": "x", "since": 3}'),
        *(b'{"who": "x", "host": "h", "pid": %b, "since": "x"}' % pid for pid in PIDS),
    ],
)
def test_a_note_that_says_nothing_still_says_that_somebody_is_there(
    path: Path, data: bytes
) -> None:
    note = note_of(path)
    note.write_bytes(data)
    (found,) = lock_file.other_openers(path)
    assert found.who == "somebody"
    note.unlink()
    note.mkdir()
    (found,) = lock_file.other_openers(path)
    assert str(found).startswith("somebody, since ")
    assert str(dt.datetime.now(dt.UTC).year) in str(found)


@pytest.mark.parametrize(
    "name",
    [
        "s (1).toml",
        "s (Jane's conflicted copy 2026-12-10).toml",
        "s-DESKTOP-4F2A.toml",
        "s.sync-conflict-20261210-101500-ABCDEFG.toml",
    ],
)
async def test_a_copy_that_a_sync_folder_made_is_offered(path: Path, name: str) -> None:
    copy = replace(
        edited(WALL, "a-0", note="Theirs"),
        activities=edited(WALL, "a-0", note="Theirs").activities[:3],
    )
    copy = replace(copy, activities=(*copy.activities, Activity("a-9", "S2", "Only there")))
    in_place(path.with_name(name), copy)
    async with afternoon(path) as journey:
        await asked(journey, f"Merge {name}")
        await journey.press("enter")
        assert [one.id for one in journey.session.activities][-1] == "a-9"
        assert len(journey.session.activities) == 7
        assert journey.session.activities[0].note == "Theirs"
        assert journey.on_disk() == journey.session
        await journey.press("u")
        assert journey.session == WALL


async def test_other_files_beside_it_are_left_alone(path: Path) -> None:
    version = "s_version_Conflict rules.toml"  # what `offwall version` writes for such a name
    for name in ("s-2.toml", "s-old.toml", "t (1).toml", "s (2).toml", "s (3).toml", version):
        in_place(path.with_name(name), edited(WALL, "a-0", text="Other"))
    in_place(path.with_name("s (2).toml"), WALL)
    in_place(path.with_name("s (3).toml"), replace(WALL, workshop=Workshop("w-2")))
    path.with_name("s (4).toml").write_bytes(b"\xff\x00")
    async with afternoon(path) as journey:
        # Whether there is something to ask is looked for beside the screen.
        await journey.until(lambda: greeted(journey) or isinstance(journey.app.screen, Choice))
        assert isinstance(journey.app.screen, HomeScreen)


@pytest.mark.slow
@pytest.mark.parametrize("seed", rest_at_night(range(20), gate=range(2)))
def test_two_hundred_changes_each_at_once(path: Path, seed: int) -> None:
    draw = Random(seed)  # noqa: S311
    recorders = [Recorder(path, side, draw) for side in range(2)]
    for _ in range(400):
        recorders[draw.randrange(2)].do()
        if draw.random() < 0.4:
            recorders[draw.randrange(2)].save()
    for recorder in recorders * 2:
        recorder.save()
    assert recorders[0].session == recorders[1].session == store.read_session(path)
    found = loads(path.read_text("utf-8"))
    said = {(one.record, one.theirs) for one in found.clashes}
    for recorder in recorders:
        assert recorder.made <= found.activity_by_id.keys()
        for key, text in recorder.wrote.items():
            other = recorders[1 - recorder.side]
            replaced = (key, text) in other.replaced
            assert found.activity_by_id[key].text == text or (key, text) in said or replaced


class Recorder:
    """Somebody who writes into a session of his own, and saves it now and then."""

    def __init__(self, path: Path, side: int, draw: Random) -> None:
        self.store = Store.open(path)
        self.session = self.store.session
        self.side = side
        self.made: set[str] = set()
        self.wrote: dict[str, str] = {}
        self.replaced: set[tuple[str, str]] = set()
        self._draw = draw
        self._count = 0

    def do(self) -> None:
        """Make an activity, reword one, or move one."""
        self._count += 1
        keys = [one.id for one in self.session.activities]
        activities = list(self.session.activities)
        place = self._draw.randrange(len(keys))
        kind = self._draw.random()
        if kind < 0.3:
            made = Activity(f"a-{self.side}-{self._count}", "S1", "made")
            activities.insert(place, made)
            self.made.add(made.id)
        elif kind < 0.7:
            old, text = activities[place], f"{self.side} says {self._count}"
            # Who rewords what he has before him has seen it.
            self.replaced.add((old.id, old.text))
            activities[place] = replace(old, text=text)
            self.wrote[old.id] = text
        else:
            activities.insert(self._draw.randrange(len(keys)), activities.pop(place))
        self.session = replace(self.session, activities=tuple(activities))

    def save(self) -> None:
        self.session = self.store.save(self.session)


async def test_two_in_the_room_type_at_once(path: Path) -> None:
    async with recording(path) as ours, recording(path, "they") as theirs:
        # Both are of one program here, and one's note is none for the other.
        note_of(path)
        for number in range(4):
            await ours.press("G", "n", *f"Ours {number} [PO]", "enter", "escape")
            await theirs.press("g", "j", "n", *f"Theirs {number}", "enter", "escape")
        await ours.press("g", "j", "space")
        await ours.until(lambda: len(ours.session.activities) == 14)
        await theirs.until(lambda: len(theirs.session.activities) == 14)
        await theirs.until(lambda: theirs.session == ours.session)
        assert not ours.session.clashes
        assert ours.session.activity_by_id["a-0"].sequence_confirmed
        texts = {one.text for one in ours.session.activities}
        assert {f"Ours {n} [PO]" for n in range(4)} | {f"Theirs {n}" for n in range(4)} <= texts
        await ours.press(*"uuuuu")
        await theirs.until(lambda: len(theirs.session.activities) == 10)
        assert not any(one.text.startswith("Ours") for one in theirs.session.activities)
        assert theirs.on_disk() == ours.session == theirs.session
