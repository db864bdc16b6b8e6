"""Two sittings of a recorder whose every call of the disk is written down, for power to be cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.fields import derive
from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.model.store import recovery
from offwall.tui.services import writers
from offwall.tui.services.writers import FileWritten, JournalWritten
from tests.faults.damage import Recorder, reopened
from tests.faults.power import Cut, Disk, cuts
from tests.faults.tracing import Trace, traced

WALL = Session(
    workshop=Workshop("w-1", "Contracts"),
    stages=(Stage("S1", "Begin"),),
    activities=(Activity("a-1", "S1", "First"),),
)

DRAFT = b'[["new","","S1","a line that was begun"]]'


class _Sitting(Recorder):
    """A recorder; what its threads tell the screen is written down among the calls of the disk."""

    def __init__(self, path: Path, state_dir: Path, trace: Trace, before: int) -> None:
        self._trace = trace
        self._before = before
        super().__init__(path, state_dir)

    def tell(self, message: FileWritten | JournalWritten) -> None:
        if not message.wrong:
            self._trace.counted(self._before + message.changes)
        super().tell(message)


@dataclass
class Evening:
    """What was recorded: the session after each change, and the trace of how it was kept."""

    path: Path
    state_dir: Path
    linked: bool
    trace: Trace
    sessions: list[Session] = field(default_factory=list)

    def sit(self, changes: int) -> Recorder:
        """Open the session, and change it so many times."""
        before = len(self.sessions) - 1
        recorder = _Sitting(self.path, self.state_dir, self.trace, before)
        for number in range(1, changes + 1):
            recorder.desk.draft(DRAFT if number % 2 else b"")
            self._change(recorder, before + number)
            self.sessions.append(recorder.desk.session)
            if number % 3:
                recorder.until(lambda number=number: recorder.desk.kept >= number)
            else:
                # The file takes some of them one by one, and others together.
                recorder.until(lambda: recorder.desk.settled(0))
        recorder.until(lambda: recorder.desk.safe)
        return recorder

    def _change(self, recorder: Recorder, number: int) -> None:
        """Record two post-its, say the last one anew, take it away; and so on."""
        *others, last = recorder.desk.session.activities
        kept = [last, Activity(derive(f"{number}", "a"), "S1", f"Step {number} é [PO]")]
        if number % 4 == 3:
            kept = [replace(last, text=f"Said anew {number}")]
        new = (*others, *(kept if number % 4 else ()))
        recorder.desk.do("Changed", lambda session: replace(session, activities=new))

    def cut(self, disk: Disk, cut: Cut) -> str:
        """Cut the power, start again, and say what is wrong; nothing where all is well."""
        disk.leave(cut)
        try:
            store.read_session(self.path)
        except store.StoreError as wrong:
            if not (self.linked and self._restored()):
                return f"the file does not read: {wrong}"
        session = reopened(self.path, self.state_dir)
        if session in self.sessions[disk.kept :]:
            return ""
        older = session in self.sessions
        return f"{disk.kept} changes were kept and {'are gone' if older else 'are mixed up'}"

    def _restored(self) -> bool:
        """Do as `offwall recover` does with a file that was being rewritten in place."""
        for one in recovery.all_recoverable(self.state_dir, self.path):
            if one.kind == "rewriting" and one.data:
                self.path.write_bytes(one.data)
                return True
        return False


@contextmanager
def evening(root: Path, *, linked: bool) -> Iterator[Evening]:
    """Two sittings, of which the second never ends."""
    path = root / "share" / "s.toml"
    path.parent.mkdir(parents=True)
    store.create_session(path, WALL)
    if linked:
        path.with_name("other.toml").hardlink_to(path)
    with pytest.MonkeyPatch.context() as patch:
        # How long one waits is not what is tried here.
        patch.setattr(writers, "BATCH_SECONDS", 0.001)
        with traced(root) as trace:
            made = Evening(path, root / "state", linked, trace, [WALL])
            made.sit(7).desk.leave()
            last = made.sit(5)
        last.desk.leave()
        yield made


def harm(root: Path, number: int, seed: int, *, linked: bool) -> Iterator[str]:
    """Cut the power so many times: what was wrong each time, empty where nothing was."""
    with evening(root, linked=linked) as made:
        for name, disk, cut in cuts(made.trace, number, seed):
            wrong = made.cut(disk, cut)
            yield f"{name}: {wrong}" if wrong else ""
