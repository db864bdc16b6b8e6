"""Power is cut after any call of the disk: the file reads, and what was kept is found again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from offwall.model.store import disk, journal, session_file
from tests.faults.evening import evening, harm
from tests.faults.tracing import Bytes, Counted, Name, Synced

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="what is fsynced is seen on Linux only"
)


@pytest.mark.parametrize(
    ("number", "linked"),
    [
        (12, False),
        *(pytest.param(40, linked, marks=pytest.mark.slow) for linked in (False, True)),
        *(pytest.param(400, linked, marks=pytest.mark.night) for linked in (False, True)),
    ],
)
def test_what_was_kept_outlives_a_power_cut(tmp_path: Path, number: int, *, linked: bool) -> None:
    found = [*harm(tmp_path / "run", number, seed=1, linked=linked)]
    assert len(found) == number
    assert not [*filter(None, found)]


@pytest.mark.slow
def test_an_evening_does_all_that_can_be_cut(tmp_path: Path) -> None:
    with evening(tmp_path / "run", linked=False) as made:
        kinds = {type(event) for event in made.trace.events}
        assert {Name, Bytes, Synced, Counted} <= kinds
        counted = [one.changes for one in made.trace.events if isinstance(one, Counted)]
        assert max(counted) == len(made.sessions) - 1 == 12


def forgets(handle: int, data: bytes) -> None:
    """Write and forget that it must be durable."""
    with os.fdopen(handle, "wb") as file:
        file.write(data)


FORGOTTEN: dict[str, tuple[object, str, Callable[..., object]]] = {
    "the journal": (journal, "sync", lambda handle: None),
    "the file": (session_file, "write", forgets),
    "the file's name": (session_file, "sync_folder", lambda folder: None),
}


class _But:
    """The disk, with one of its functions replaced for one who uses it."""

    def __init__(self, name: str, other: Callable[..., object]) -> None:
        setattr(self, name, other)

    def __getattr__(self, name: str) -> object:
        return getattr(disk, name)


@pytest.mark.slow
@pytest.mark.parametrize("what", FORGOTTEN)
def test_a_forgotten_fsync_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    module, name, other = FORGOTTEN[what]
    monkeypatch.setattr(module, "disk", _But(name, other))
    assert any(harm(tmp_path / "run", 60, seed=1, linked=False))
