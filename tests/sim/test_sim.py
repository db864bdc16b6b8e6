"""Whatever editors, other programs, disks and shares do: what was shown as kept is not lost.

A seed that fails is printed, with the fewest deeds that fail still. To replay it:
``OFFWALL_SEED=4711 python -m pytest tests/sim -k one_seed``; ``OFFWALL_SEEDS=10000`` for more.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.records.session import Session
from offwall.model.store import journal
from offwall.model.store.store import Versions
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.services import document, lock_file
from tests.nightly import rest_at_night
from tests.sim.world import WALL, plan, played, smaller, world

GATE = 150
NIGHT = int(os.environ.get("OFFWALL_SEEDS", "10000"))


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory, where the system has one."""
    where = Path("/dev/shm")  # noqa: S108
    root = Path(tempfile.mkdtemp(dir=where if os.access(where, os.W_OK) else None))
    yield root / "world"
    shutil.rmtree(root)


def told(root: Path, seed: int, wrong: list[str], **kind: bool) -> str:
    """A failure as somebody can work on it."""
    fewest = smaller(root, plan(seed), **kind)
    steps = "\n".join(f"  {deed}" for deed in fewest)
    still = played(root, fewest, **kind)
    return f"seed {seed} {kind}: {wrong}; the fewest deeds that fail:\n{steps}\n{still}"


@pytest.mark.parametrize(
    "tenth", [0, *(pytest.param(tenth, marks=pytest.mark.slow) for tenth in range(1, 4))]
)
def test_nothing_that_was_kept_is_lost(memory: Path, tenth: int) -> None:
    for seed in range(tenth * GATE // 10, (tenth + 1) * GATE // 10):
        wrong = played(memory, plan(seed))
        assert not wrong, told(memory, seed, wrong)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", rest_at_night(range(4)))
def test_two_programs_with_one_state_folder_lose_nothing(memory: Path, hundred: int) -> None:
    for seed in range(hundred * 100, (hundred + 1) * 100):
        wrong = played(memory, plan(seed), shared=True)
        assert not wrong, told(memory, seed, wrong, shared=True)


@pytest.mark.night
@pytest.mark.parametrize("shared", [False, True], ids=["", "shared"])
@pytest.mark.parametrize("part", range(20))
def test_nothing_that_was_kept_is_lost_in_any_of_many_seeds(
    memory: Path, part: int, shared: bool
) -> None:
    for seed in range(part, NIGHT, 20):
        wrong = played(memory, plan(seed), shared=shared)
        assert not wrong, told(memory, seed, wrong, shared=shared)


@pytest.mark.skipif("OFFWALL_SEED" not in os.environ, reason="replays one seed")
@pytest.mark.parametrize("shared", [False, True], ids=["", "shared"])
def test_one_seed(memory: Path, shared: bool) -> None:
    seed = int(os.environ["OFFWALL_SEED"])
    wrong = played(memory, plan(seed), shared=shared)
    assert not wrong, told(memory, seed, wrong, shared=shared)


def _first_hand(path: Path, digest: str, own: Path | None) -> list[str]:
    """What the writer of a version had seen, and nothing of what others had."""
    notes = [lock_file._read_note(one).seen for one in lock_file.lock_notes(path) if one != own]
    return next(([*seen[-2::-1]] for seen in notes if seen[-1:] == (digest,)), [])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [371, 731])
def test_three_who_look_in_turn_come_to_one_file(
    memory: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    assert not played(memory, plan(seed))
    monkeypatch.setattr(document, "seen_by_writer", _first_hand)
    assert played(memory, plan(seed)) == ["AssertionError: they rewrite each other for ever"]


def test_what_is_taken_over_and_undone_at_once_stays_undone(memory: Path) -> None:
    with world(memory) as made:
        editor = made.editors[0]
        made.open(editor)
        assert editor.desk is not None
        said = WALL.activities[1]
        anew = replace(WALL, activities=(replace(said, text="Anew"), *WALL.activities[2:]))
        made.puts(dumps(anew).encode())
        editor.desk.look()
        made.journal_turn(editor)
        made.file_turn(editor)
        made.hear(editor)
        assert editor.desk.session == anew
        label = "Somebody removed S1.01 First 0; changed S1.02 First 1"
        assert editor.desk.history.undoable == label
        # The file's thread has not had its turn since: it hears of both at once.
        editor.desk.undo()
        made.settle()
        assert editor.desk.session == WALL
        assert loads(made.path.read_text("utf-8")) == WALL


def test_a_seed_decides_everything(memory: Path) -> None:
    files = []
    for _ in range(2):
        assert not played(memory, plan(3))
        files.append((memory / "share" / "s.toml").read_bytes())
    assert files[0] == files[1]


def _last_version_alone(self: Versions, theirs: Session) -> Session:
    assert theirs is not None
    return self._known[self.now]


def _none_known(self: Versions, digest: str) -> Session | None:
    assert self.now
    assert digest
    return None


FAULTS: dict[str, tuple[tuple[object, str, object], ...]] = {
    "what comes in is merged against the version of before": (
        (Versions, "nearest", _last_version_alone),
        (Versions, "of", _none_known),
    ),
    "an unmounted share is written to": (),
    "what the journal has is not put back": ((journal.JournalContent, "entries", ()),),
    "an older file at a start is not offered": ((document, "last_kept", lambda *_: ([], "")),),
}
"""Faults that were, or could be; the world must find each."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", rest_at_night(FAULTS, gate=[*FAULTS][:2]))
def test_faults_that_are_put_back_are_found(memory: Path, fault: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for where, name, value in FAULTS[fault]:
            patch.setattr(where, name, value)
        blind = not FAULTS[fault]
        seeds = (seed for seed in range(GATE) if played(memory, plan(seed), blind=blind))
        found = next(seeds, None)
        assert found is not None
        fewest = smaller(memory, plan(found), blind=blind)
        assert len(fewest) < len(plan(found))
