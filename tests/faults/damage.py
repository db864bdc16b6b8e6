"""What the damage is done to: post-its typed into the real command, and a desk without a screen."""

import re
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from string import ascii_lowercase

from offwall.model import store
from offwall.model.records.fields import derive
from offwall.model.records.session import Activity, Session
from offwall.model.store import backups
from offwall.tui.kit.context import Drafts
from offwall.tui.services import recent_sessions
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.writers import FileWritten, JournalWritten
from tests.faults.pty_driver import Terminal, terminal
from tests.waiting import PATIENCE

PACES = (0.005, 0.02, 0.08)
"""Seconds between two keys: what SSH delivers after a stall, a key held down, a quick typist."""

KEPT = re.compile(r"\bkept (\d+)")


@dataclass(frozen=True)
class Ended:
    """What became of the post-its that were typed until the program ended.

    ``pace`` are the seconds between two keys; ``shown`` were shown as kept; ``lost`` are the
    seconds of typing that nobody finds again; ``restored`` is whether the terminal is as it was.
    """

    pace: float
    typed: int
    shown: int
    missing: int
    doubled: int
    lost: float
    restored: bool
    seconds: float


class Typing:
    """Post-its that somebody types one after another, and when each key was sent."""

    def __init__(self, line: Terminal, seed: int) -> None:
        self.line = line
        self.draw = Random(seed)  # noqa: S311 - the same rounds every time
        self.texts = [self._text(place) for place in range(999)]
        self.pace = self.draw.choice(PACES)
        self.sent: list[float] = []
        self.keys = "\r".join(self.texts)
        line.wait_for("Press 2")
        line.send("2")
        line.wait_for("Review and record")
        line.send("Gn")

    def _text(self, place: int) -> str:
        word = "".join(self.draw.choices(ascii_lowercase, k=self.draw.randrange(3, 20)))
        return f"{word} [{place}]"

    def go_on(self, seconds: float) -> None:
        """Type for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._press()

    def _press(self) -> None:
        self.sent.append(time.monotonic())
        self.line.send(self.keys[len(self.sent) - 1])
        while (left := self.sent[-1] + self.pace - time.monotonic()) > 0:
            self.line.read(left)

    def arrive(self) -> None:
        """Type the post-it to its end without Enter, and wait until the line shows it."""
        while self.keys[len(self.sent)] != "\r":
            self._press()
        self.line.wait_for(self.begun)

    def rest(self, path: Path) -> None:
        """Pause until what was begun lies on the disk."""
        self.line.wait_for(lambda: self.begun in drafts_of(path))

    @property
    def begun(self) -> str:
        """The post-it that is being typed, as far as it is."""
        return self.keys[: len(self.sent)].rpartition("\r")[2]

    def lost(self, session: Session, drafts: list[str], ended: float) -> float:
        """Seconds of typing that neither the session nor a draft holds."""
        found = {activity.text for activity in session.activities}
        done = next(place for place, text in enumerate(self.texts) if text not in found)
        draft = max((len(text) for text in drafts if self.texts[done].startswith(text)), default=0)
        place = sum(len(text) + 1 for text in self.texts[:done]) + draft
        place += self.keys[place] == "\r"
        return ended - self.sent[place] if place < len(self.sent) else 0.0


def drafts_of(path: Path) -> list[str]:
    """The lines that were begun, as they lie on the disk."""
    folder = backups.state_folder(
        recent_sessions.state_folder(), store.read_session(path).workshop.id, path
    )
    found: list[str] = []
    for file in sorted(folder.glob("draft-*.json")):
        # It goes when its line is kept.
        with suppress(FileNotFoundError):
            found += Drafts().load(file.read_bytes())
    return found


def reopened(path: Path, state_dir: Path | None = None) -> Session:
    """Open a session again and again, as its journal would have to be put back but once."""
    for _ in range(2):
        desk = OpenDocument(path, lambda _: None, state_dir or recent_sessions.state_folder())
        assert desk.settled(PATIENCE), desk.trouble
        desk.leave()
        assert store.read_session(path) == desk.session
    return desk.session


def end_while_typing(
    path: Path, seed: int, end: Callable[[Terminal], object], *, rests: bool = False
) -> Ended:
    """Type for a while, end the program in some way, and look at what is found again.

    Who ``rests`` has typed nothing for a moment before.
    """
    with terminal(path) as line:
        typing = Typing(line, seed)
        typing.go_on(typing.draw.uniform(0.1, 2))
        if rests or end is not killed:
            typing.arrive()
        if rests:
            typing.rest(path)
        ended = time.monotonic()
        end(line)
        status = line.process.wait(PATIENCE)
        seconds = time.monotonic() - ended
        if line.master >= 0:
            line.quiet(0)
        assert status in (-signal.SIGKILL, 128 + signal.SIGTERM, 128 + signal.SIGHUP), line.shown
        restored = line.master >= 0 and line.modes == line.modes_before
        shown = max(map(int, KEPT.findall(line.shown)), default=0)
    drafts = drafts_of(path)
    session = reopened(path)
    times = Counter(activity.text for activity in session.activities)
    typed = typing.keys[: len(typing.sent)].count("\r")
    return Ended(
        typing.pace,
        typed,
        shown,
        sum(not times[text] for text in typing.texts[: shown if end is killed else typed]),
        sum(times[text] > 1 for text in typing.texts),
        typing.lost(session, drafts, ended),
        restored,
        seconds,
    )


def killed(line: Terminal) -> None:
    """Kill -9."""
    line.signal(signal.SIGKILL)


def terminated(line: Terminal) -> None:
    """The computer is shut down."""
    line.signal(signal.SIGTERM)


def hung_up(line: Terminal) -> None:
    """The terminal's window is closed."""
    line.signal(signal.SIGHUP)


def dropped(line: Terminal) -> None:
    """The line is cut."""
    line.drop()


THREADS = ("journal", "session file")


class Recorder:
    """A session on a desk without a screen; what its threads say is heard when one waits."""

    def __init__(self, path: Path, state_dir: Path | None = None) -> None:
        self.path = path
        self.made: list[str] = []
        self._said: deque[FileWritten | JournalWritten] = deque()
        # A test before may have left one that hangs for good.
        self._others = frozenset(threading.enumerate())
        self.desk = OpenDocument(path, self.tell, state_dir or recent_sessions.state_folder())

    def tell(self, message: FileWritten | JournalWritten) -> None:
        """What a thread of the desk says."""
        self._said.append(message)

    def record(self, text: str = "") -> str:
        """Record a post-it in the first stage; its id."""
        known = derive(f"{self.path} {len(self.made)}", "a")
        words = text or f"Step {len(self.made)} [PO] é"

        def change(session: Session) -> Session:
            made = Activity(known, session.stages[0].id, words)
            return replace(session, activities=(*session.activities, made))

        self.desk.do("Recorded", change)
        self.made.append(known)
        return known

    def until(self, held: Callable[[], object]) -> None:
        """Hear what the threads say until something has come true."""
        end = time.monotonic() + PATIENCE
        while not held():
            assert time.monotonic() < end, f"{self.desk.keeping}: {self.desk.trouble}"
            time.sleep(0.005)
            self.hear()
        self.hear()

    def end(self) -> None:
        """Wait for its threads to end: of a program that is ended, none goes on."""
        for thread in {*threading.enumerate()} - self._others:
            if thread.name in THREADS:
                thread.join(PATIENCE)
                assert not thread.is_alive(), thread.name

    def hear(self) -> None:
        """Hear what the threads said."""
        while self._said:
            self.desk.take(self._said.popleft())

    def in_file(self) -> bool:
        """Whether the session file holds all that was recorded."""
        try:
            return set(self.made) <= set(store.read_session(self.path).activity_by_id)
        except store.StoreError:
            return False
