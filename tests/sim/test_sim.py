"""Whatever editors, other programs, disks and shares do: what was shown as kept is not lost.

A seed that fails is printed, with the fewest deeds that fail still. To replay it:
``OFFWALL_SEED=4711 python -m pytest tests/sim -k one_seed``; ``OFFWALL_SEEDS=10000`` for more.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from offwall.model.records.session import Session
from offwall.model.store import journal
from offwall.model.store.versions import Versions
from offwall.tui.services import document
from tests.sim.world import plan, played, smaller

GATE = 150
NIGHT = int(os.environ.get("OFFWALL_SEEDS", "10000"))


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory, where the system has one."""
    where = Path("/dev/shm")  # noqa: S108
    root = Path(tempfile.mkdtemp(dir=where if os.access(where, os.W_OK) else None))
    yield root / "world"
    shutil.rmtree(root)


def told(root: Path, seed: int, wrong: list[str]) -> str:
    """A failure as somebody can work on it."""
    fewest = smaller(root, plan(seed))
    steps = "\n".join(f"  {deed}" for deed in fewest)
    return f"seed {seed}: {wrong}; the fewest deeds that fail:\n{steps}\n{played(root, fewest)}"


@pytest.mark.parametrize(
    "tenth", [0, *(pytest.param(tenth, marks=pytest.mark.slow) for tenth in range(1, 10))]
)
def test_nothing_that_was_kept_is_lost(memory: Path, tenth: int) -> None:
    for seed in range(tenth * GATE // 10, (tenth + 1) * GATE // 10):
        wrong = played(memory, plan(seed))
        assert not wrong, told(memory, seed, wrong)


@pytest.mark.night
@pytest.mark.parametrize("part", range(20))
def test_nothing_that_was_kept_is_lost_in_any_of_many_seeds(memory: Path, part: int) -> None:
    for seed in range(GATE + part, GATE + NIGHT, 20):
        wrong = played(memory, plan(seed))
        assert not wrong, told(memory, seed, wrong)


@pytest.mark.skipif("OFFWALL_SEED" not in os.environ, reason="replays one seed")
def test_one_seed(memory: Path) -> None:
    seed = int(os.environ["OFFWALL_SEED"])
    wrong = played(memory, plan(seed))
    assert not wrong, told(memory, seed, wrong)


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
@pytest.mark.parametrize("fault", FAULTS)
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
