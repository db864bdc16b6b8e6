"""A small world in which one number decides everything: editors, other programs, a disk, a clock.

The open document, its journal and its file writer are the real ones; their threads do not run, and
take a step when it is their turn. The disk is a folder in memory that a crash may stop at any call.
"""

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from offwall.model import store
from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.model.store import journal as journals
from offwall.model.store import recovery
from offwall.model.store import store as stores
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.services import lock_file, writers
from offwall.tui.services.co_editing import find_conflict_copies
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.writers import FileWritten, JournalWritten
from offwall.tui.terminal import worker

WALL = Session(
    workshop=Workshop("w-1", "Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=tuple(Activity(f"a-{place}", "S1", f"First {place}") for place in range(4)),
)
COPY = "s (conflicted copy 2026-12-10).toml"
CALLS = ("write", "fsync", "ftruncate", "replace", "rename", "unlink", "mkdir", "open")
LATER = 400
"""Turns after which everybody must have come to rest."""


class Crash(BaseException):
    """The program is killed at a call of the disk."""


class NoThread:
    """A thread that never runs: the world gives it its turns."""

    def __init__(self, **_: Any) -> None: ...

    def start(self) -> None:
        """Nothing begins by itself."""

    def join(self, _: float = 0) -> None:
        """Nothing is waited for."""


@dataclass(frozen=True)
class Deed:
    """What happens next: its name, who does it, and the number that decides how."""

    name: str
    who: int
    draw: int


@dataclass
class Token:
    """Words that somebody recorded: which change of theirs it was, and what became of it."""

    text: str
    owner: int
    run: int
    change: int
    kept: bool = False
    released: bool = False


@dataclass
class Editor:
    """One recorder, with the session open or not."""

    number: int
    run: int = 0
    desk: OpenDocument | None = None
    note: Path | None = None
    said: deque[FileWritten | JournalWritten] = field(default_factory=deque)
    told: set[str] = field(default_factory=set)
    evident: list[FileWritten] = field(default_factory=list)


def plan(seed: int, length: int = 40) -> list[Deed]:
    """What a seed makes happen."""
    draw = Random(seed)  # noqa: S311
    quiet = ["record"] * 5 + ["reword"] * 2 + ["journal"] * 6 + ["file"] * 6 + ["hear"] * 4
    wild = [
        "roll back",
        "old buffer",
        "others' version",
        "renamed aside",
        "truncated",
        "written again",
    ]
    rest = ["remove", "undo", "redo", "look", "look", "leave", "crash", "share goes", "share comes"]
    names = [*quiet, *draw.sample(wild, 3), *rest]
    return [
        Deed(draw.choice(names), draw.randrange(2 + seed % 2), draw.randrange(2**30))
        for _ in range(length)
    ]


class World:
    """All that there is, and what was promised to whom."""

    def __init__(self, root: Path, editors: int = 3, *, shared: bool = False) -> None:
        self.root = root
        self.share = root / "share"
        self.path = self.share / "s.toml"
        # Two windows of one user on one computer have one state folder.
        folders = [0, 0, *range(2, editors)] if shared else range(editors)
        self.states = [root / f"state-{number}" for number in folders]
        self.editors = [Editor(number) for number in range(editors)]
        self.tokens: list[Token] = []
        self.past: list[bytes] = []
        self.away = False
        self.now = 1.0
        self.calls = -1
        self._made = 0
        self._stamps: dict[str, tuple[int, int]] = {}
        self.share.mkdir(parents=True)
        store.create_session(self.path, WALL)
        self.past.append(self.path.read_bytes())

    # The disk and the clock.

    def device(self, _: Path) -> int | None:
        """The disk of the share; another one lies under it while it is away."""
        return 2 if self.away else 1

    def call(self, real: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """A call of the disk: the one at which a program is killed, and those after it, fail."""
        if self.calls == 0:
            raise Crash
        self.calls -= 1 if self.calls > 0 else 0
        return real(*values, **named)

    def tick(self) -> None:
        """Let the clock go on; what was written bears its time."""
        self.now += 1
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = f"{folder}/{name}"
                found = os.lstat(path)
                if self._stamps.get(path) != (found.st_ino, found.st_mtime_ns):
                    os.utime(path, (self.now, self.now), follow_symlinks=False)
                    self._stamps[path] = (found.st_ino, int(self.now * 1e9))

    # Who does what.

    def do(self, deed: Deed) -> None:
        """Let something happen."""
        editor = self.editors[deed.who]
        if editor.desk is None and deed.name in EDITING:
            self.open(editor)
        elif deed.name in EDITING:
            EDITING[deed.name](self, editor, Random(deed.draw))  # noqa: S311
        else:
            OUTSIDE[deed.name](self, Random(deed.draw))  # noqa: S311
        self.tick()
        with suppress(OSError):
            data = self.path.read_bytes()
            if data not in self.past and _reads(data):
                self.past.append(data)

    def open(self, editor: Editor) -> None:
        """Begin a run; where the file cannot be read, what lies in the state folder is put back."""
        if self.away:
            return
        state = self.states[editor.number]
        try:
            desk = OpenDocument(self.path, editor.said.append, state)
        except store.StoreError:
            return
        editor.desk = desk
        editor.run += 1
        opener = lock_file.Opener("x", f"h{editor.number}", 7, "now")
        editor.note = lock_file.create_lock_note(self.path, opener)
        if editor.note is not None:
            desk.own_note = editor.note
            desk.announce_to(partial(lock_file.tell_seen, self.path, editor.note, opener))
        desk._keeper._past = desk._keeper._first()

    def acts(
        self, editor: Editor, act: Callable[[OpenDocument], object], *, own: bool = False
    ) -> None:
        """Somebody does something: what he sees go by it is his wish."""
        desk = editor.desk
        assert desk is not None
        before = words(desk.session)
        act(desk)
        after = words(desk.session)
        for token in self.tokens:
            if token.text in before and token.text not in after:
                token.released |= not own or token.owner == editor.number
            elif token.text in after and token.text not in before and token.owner == editor.number:
                # That it is back is a change of its own, and counts once that is kept.
                token.released = token.kept = False
                token.run, token.change = editor.run, desk.changes

    def record(self, editor: Editor, draw: Random) -> None:
        """Record a post-it."""
        text = self.token(editor)
        made = Activity(f"a-{text}", draw.choice(("S1", "S2")), text)
        place = draw.randrange(3)

        def change(session: Session) -> Session:
            found = list(session.activities)
            found.insert(min(place, len(found)) if place else len(found), made)
            return replace(session, activities=tuple(found))

        self.acts(editor, lambda desk: desk.do("Recorded", change, b""))

    def reword(self, editor: Editor, draw: Random) -> None:
        """Say a post-it anew."""
        assert editor.desk is not None
        if not editor.desk.session.activities:
            return
        known = draw.choice(editor.desk.session.activities).id
        text = self.token(editor)

        def change(session: Session) -> Session:
            found = (
                replace(one, text=text) if one.id == known else one for one in session.activities
            )
            return replace(session, activities=tuple(found))

        self.acts(editor, lambda desk: desk.do("Reworded", change))

    def remove(self, editor: Editor, draw: Random) -> None:
        """Take a post-it away."""
        assert editor.desk is not None
        if not editor.desk.session.activities:
            return
        known = draw.choice(editor.desk.session.activities).id

        def change(session: Session) -> Session:
            left = (one for one in session.activities if one.id != known)
            return replace(session, activities=tuple(left))

        self.acts(editor, lambda desk: desk.do("Removed", change))

    def undo(self, editor: Editor, _: Random) -> None:
        """Take a step back; of somebody else's change the screen says whose it was, as it goes."""
        assert editor.desk is not None
        own = "by somebody" not in editor.desk.history.undoable
        self.acts(editor, OpenDocument.undo, own=own)

    def redo(self, editor: Editor, _: Random) -> None:
        """Make the last undone step again."""
        assert editor.desk is not None
        own = "by somebody" not in editor.desk.history.redoable
        self.acts(editor, OpenDocument.redo, own=own)

    def token(self, editor: Editor) -> str:
        """Words that nobody else uses."""
        self._made += 1
        assert editor.desk is not None
        text = f"w{self._made:03}w"
        change = editor.desk.changes + 1
        self.tokens.append(Token(text, editor.number, editor.run, change))
        return text

    def hear(self, editor: Editor, _: Random | None = None) -> None:
        """Let the screen hear what the threads said, and count what is kept."""
        assert editor.desk is not None
        while editor.said:
            said = editor.said.popleft()
            if isinstance(said, FileWritten) and said in editor.evident:
                # Somebody took it away who had seen it, or had believed another: it is said, and
                # offwall recover must list the session as it was.
                editor.told |= words(said.sent) - words(said.merged)
            editor.desk.take(said)
        for token in self.tokens:
            here = (token.owner, token.run) == (editor.number, editor.run)
            token.kept |= here and token.change <= editor.desk.kept

    def journal_turn(self, editor: Editor, _: Random | None = None) -> None:
        """Give the journal's thread its turn."""
        assert editor.desk is not None
        editor.desk._keeper.worker.turn()

    def file_turn(self, editor: Editor, _: Random | None = None) -> None:
        """Give the file's thread its turn."""
        assert editor.desk is not None
        editor.desk._saver.worker.turn()
        if isinstance(said := editor.said[-1] if editor.said else None, FileWritten):
            editor.evident += [said] if editor.desk.store.evident else []

    def crash(self, editor: Editor, draw: Random) -> None:
        """Kill the program at one of its next calls of the disk."""
        self.calls = draw.randrange(12)
        try:
            for turn in (self.journal_turn, self.file_turn, self.journal_turn):
                turn(editor)
        except Crash:
            pass
        finally:
            self.calls = -1
        self.gone(editor)

    def gone(self, editor: Editor) -> None:
        """The system takes back what a program had that is no more."""
        assert editor.desk is not None
        self.declined(editor)
        kept = editor.desk._keeper.journal
        if kept is not None:
            for path, handle in ((kept.path, kept._handle), *kept._left.items()):
                kept._let_go(path, handle)
        if editor.note is not None:
            lock_file._OURS.discard(editor.note)
        editor.desk, editor.note = None, None
        editor.said.clear()

    def declined(self, editor: Editor) -> None:
        """What was offered is offered once; afterwards offwall recover must list it."""
        assert editor.desk is not None
        for _, change in editor.desk.offers:
            editor.told |= words(change(editor.desk.session)) - words(editor.desk.session)

    def leave(self, editor: Editor, _: Random | None = None) -> None:
        """Leave as one does: what waits is written, if it can be."""
        assert editor.desk is not None
        self.declined(editor)
        if editor.desk.changes:
            editor.desk.look()
        for turn in (self.journal_turn, self.file_turn, self.journal_turn, self.hear):
            turn(editor)
        if not editor.desk._saver.worker.idle:
            editor.desk.store.keep_whole(editor.desk.session)
        if editor.desk._keeper.journal is not None:
            editor.desk._keeper.journal.close()
        if editor.note is not None:
            lock_file.remove_lock_note(editor.note)
        editor.desk, editor.note = None, None
        editor.said.clear()

    # What other programs do to the file.

    def puts(self, data: bytes) -> None:
        """Another program writes the file."""
        if not self.away:
            self.path.write_bytes(data)

    def roll_back(self, draw: Random) -> None:
        """A sync client, or git, puts an older version in the place of the file."""
        self.puts(draw.choice(self.past))

    def old_buffer(self, draw: Random) -> None:
        """Another editor saves a buffer that it opened some time ago, with a word changed."""
        session = loads(draw.choice(self.past).decode())
        self._made += 1
        title = replace(session.workshop, title=f"By vim {self._made}")
        self.puts(f"# vim\n{dumps(replace(session, workshop=title))}".encode())

    def others_version(self, draw: Random) -> None:
        """Another computer's version comes, made of one that it saw."""
        session = loads(draw.choice(self.past).decode())
        self._made += 1
        made = Activity(f"a-far-{self._made}", "S2", f"Far {self._made}")
        self.puts(dumps(replace(session, activities=(*session.activities, made))).encode())

    def renamed_aside(self, draw: Random) -> None:
        """A sync client moves ours aside, and puts theirs in its place."""
        if not self.away and self.path.is_file() and _reads(self.path.read_bytes()):
            self.path.replace(self.path.with_name(COPY))
            self.others_version(draw)

    def truncated(self, draw: Random) -> None:
        """A file that is cut short, emptied, or filled with something else."""
        if not self.away and self.path.is_file():
            data = self.path.read_bytes()
            self.puts(draw.choice((b"", data[: len(data) // 2], b"\0" * 50, b"\xff\xfe garbage")))

    def written_again(self, _: Random) -> None:
        """Whoever had not finished writing has now: the latest version that was whole."""
        self.puts(self.past[-1])

    def goes(self, _: Random | None = None) -> None:
        """The share is unmounted: an empty folder of another disk is left."""
        if not self.away:
            self.away = True
            self.share.rename(self.root / "away")
            self.share.mkdir()

    def comes(self, _: Random | None = None) -> None:
        """The share is mounted again; nothing may have been made in its place meanwhile."""
        if self.away:
            made = [one.name for one in self.share.iterdir()]
            assert not [name for name in made if name.endswith(".toml")], f"made there: {made}"
            shutil.rmtree(self.share)
            (self.root / "away").rename(self.share)
            self.away = False

    # The end of it.

    def rest(self) -> None:
        """The share is there, everybody opens once more, and all goes on until nothing moves."""
        self.comes()
        if not self.path.is_file():
            self.path.write_bytes(self.past[-1])
        while not _reads(self.path.read_bytes()) and not any(one.desk for one in self.editors):
            # Nobody has it open who could put it back: what the screen advises is done.
            self.written_again(Random(0))  # noqa: S311
        for editor in self.editors:
            if editor.desk is not None and not _reads(self.path.read_bytes()):
                for _ in range(3):
                    editor.desk.look()
                    for turn in (self.journal_turn, self.file_turn, self.hear):
                        turn(editor)
                    self.acts(editor, lambda desk: desk.settle() if desk.lost else "")
        for editor in self.editors:
            if editor.desk is None:
                self.open(editor)
        self.settle()

    def settle(self) -> None:
        """Let everybody look, in turn or in no order, until each saw three times that all is well.

        Raises AssertionError where they would go on for ever.
        """
        draw = Random(len(self.past))  # noqa: S311
        in_turn, still = draw.random() < 0.5, list[int]()
        for turn in range(LATER):
            number = turn % len(self.editors) if in_turn else draw.randrange(len(self.editors))
            editor, before = self.editors[number], self.path.read_bytes()
            if editor.desk is not None:
                editor.desk.look()
                for act in (self.journal_turn, self.file_turn, self.journal_turn, self.hear):
                    act(editor)
            self.tick()
            quiet = all(
                one.desk is None or (one.desk._saver.worker.idle and not one.said)
                for one in self.editors
            )
            still = [*still, number] if quiet and self.path.read_bytes() == before else []
            if all(still.count(one.number) > 2 for one in self.editors):
                return
        raise AssertionError("they rewrite each other for ever")

    def wrong(self) -> list[str]:
        """What of all that was promised does not hold."""
        data = self.path.read_bytes()
        try:
            session = loads(data.decode())
        except ValueError as error:
            return [f"the file does not read: {error}"]
        here = words(session)
        missing = [
            one for one in self.tokens if one.kept and not one.released and one.text not in here
        ]
        offered = set().union(*map(words, self.offered(session))) if missing else set()
        found = [
            f"{one.text} of {one.owner} was kept and is gone"
            for one in missing
            if one.text not in offered | self.listed(self.editors[one.owner])
        ]
        texts = [one.text for one in session.activities if one.text.startswith("w")]
        found += [f"{text} is there twice" for text in set(texts) if texts.count(text) > 1]
        for editor in self.editors:
            if editor.desk is not None and editor.desk.session != session:
                found.append(f"{editor.number} sees something else than the file")
        return found

    def offered(self, session: Session) -> Iterator[Session]:
        """What a key brings."""
        for editor in self.editors:
            for _, change in editor.desk.offers if editor.desk is not None else ():
                yield change(editor.desk.session)
            # Who opened the session later cannot know that an older version was put in its place:
            # he is told what was removed, and one key brings it back.
            for step in editor.desk.history.past if editor.desk is not None else ():
                if " removed " in step.label:
                    own = {one.text for one in self.tokens if one.owner == editor.number}
                    yield without_texts(step.session, own)
        for _, change in find_conflict_copies(self.path, session):
            yield change(session)
        for state in self.states:
            for whole in state.rglob("whole-*.toml"):
                yield store.read_session(whole)

    def listed(self, editor: Editor) -> set[str]:
        """What somebody was told of, and offwall recover brings."""
        found = recovery.all_recoverable(self.states[editor.number], self.path)
        whole = [words(loads(one.data.decode())) for one in found if one.data]
        return editor.told & set().union(*whole)

    def end(self) -> None:
        """Let go of everything."""
        for editor in self.editors:
            if editor.desk is not None:
                self.gone(editor)


def without_texts(session: Session, texts: set[str]) -> Session:
    """A session without the post-its that say one of these."""
    left = tuple(one for one in session.activities if one.text not in texts)
    return replace(session, activities=left)


def words(session: Session) -> set[str]:
    """All that is said, by somebody or, in a conflict, by somebody else."""
    return {
        *(one.text for one in session.activities),
        *(one.theirs for one in session.clashes),
    }


def _reads(data: bytes) -> bool:
    try:
        loads(data.decode())
    except ValueError:
        return False
    return bool(data.strip())


Editing = Callable[[World, Editor, Random], object]
EDITING: dict[str, Editing] = {
    "record": World.record,
    "reword": World.reword,
    "remove": World.remove,
    "undo": World.undo,
    "redo": World.redo,
    "look": lambda _, editor, __: editor.desk and editor.desk.look(),
    "journal": World.journal_turn,
    "file": World.file_turn,
    "hear": World.hear,
    "leave": World.leave,
    "crash": World.crash,
}
OUTSIDE: dict[str, Callable[[World, Random], object]] = {
    "roll back": World.roll_back,
    "old buffer": World.old_buffer,
    "others' version": World.others_version,
    "renamed aside": World.renamed_aside,
    "truncated": World.truncated,
    "written again": World.written_again,
    "share goes": World.goes,
    "share comes": World.comes,
}


@contextmanager
def world(root: Path, *, blind: bool = False, shared: bool = False) -> Iterator[World]:
    """A world of its own, without threads and without waiting.

    A ``blind`` one cannot tell one disk from another; in a ``shared`` one two programs have one
    state folder.
    """
    with pytest.MonkeyPatch.context() as patch:
        made = World(root, shared=shared)
        clock = type("Clock", (), {"monotonic": staticmethod(lambda: made.now)})
        patch.setattr(worker.threading, "Thread", NoThread)
        patch.setattr(worker, "time", clock)
        patch.setattr(writers, "time", clock)
        patch.setattr(writers, "DRAFT_PAUSE", 0)
        patch.setattr(lock_file, "WRITING_SECONDS", 0)
        patch.setattr(stores, "_device", (lambda _: 1) if blind else made.device)
        patch.setattr(journals.disk, "is_process_running", lambda _: True)
        for name in CALLS:
            patch.setattr(os, name, partial(made.call, getattr(os, name)))
        try:
            yield made
        finally:
            made.calls = -1
            made.end()


def played(root: Path, deeds: list[Deed], **kind: bool) -> list[str]:
    """Let deeds happen in a new world of a kind; what is wrong at the end of it."""
    shutil.rmtree(root, ignore_errors=True)
    with world(root, **kind) as made:
        try:
            for deed in deeds:
                made.do(deed)
            made.rest()
            return made.wrong()
        except (Exception, Crash) as fault:  # a fault of the program is what is looked for
            return [f"{type(fault).__name__}: {fault}"]


def smaller(root: Path, deeds: list[Deed], **kind: bool) -> list[Deed]:
    """Deeds that fail still, with as many left out as can be."""
    size = len(deeds) // 2
    while size:
        place = 0
        while place < len(deeds):
            fewer = deeds[:place] + deeds[place + size :]
            if played(root, fewer, **kind):
                deeds = fewer
            else:
                place += size
        size //= 2
    return deeds
