"""What every test has: a home of its own, the samples, and as many examples as were asked for."""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.strategies  # noqa: F401  (how many examples a property tries)
from offwall import sample_sessions
from offwall.tui.terminal.tuning import GC_THRESHOLDS

pytest_plugins = ["tests.built_workbooks", "tests.drawn_both_ways"]

FOLDERS = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
)


def pytest_configure() -> None:
    """A shell's background programs ignore Ctrl+C and a dropped line; what tests start does not."""
    for name, usual in {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}.items():
        if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays: no look for garbage goes through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is left to the night is slow too: the README's command never runs it."""
    for item in items:
        if item.get_closest_marker("night"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what belongs to the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in FOLDERS:
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def _own_mask() -> Iterator[None]:
    """Which mode new files get is put back: a session that is opened decides it."""
    mask = os.umask(0o022)
    os.umask(mask)
    yield
    os.umask(mask)


@pytest.fixture
def sample() -> Path:
    """The contract management sample, to be read only."""
    return sample_sessions.path("contract-management")


@pytest.fixture
def brackets() -> Path:
    """The sample with hostile text in every field, to be read only."""
    return sample_sessions.path("brackets")


@pytest.fixture
def own_sample(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    copy = tmp_path / sample.name
    copy.write_bytes(sample.read_bytes())
    return copy
