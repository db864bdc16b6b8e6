"""The watch of the session file: whatever it holds else than before is noticed, once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from offwall.tui.services import file_watcher
from offwall.tui.services.file_watcher import FileWatcher
from offwall.tui.terminal.worker import as_of_any_thread


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileWatcher]:
    """A watch of a file that holds "ours", looked at already; no thread looks besides."""
    monkeypatch.setattr(file_watcher, "SETTLE_SECONDS", 0)
    path = tmp_path / "s.toml"
    path.write_text("ours")
    watch = FileWatcher(path, lambda: None, 10**6, as_of_any_thread)
    assert watch._look()
    yield watch
    watch.worker.close(60)


def written(watch: FileWatcher, text: str, at: int) -> None:
    """The file, written at some second of its disk's clock."""
    watch._path.write_text(text)
    os.utime(watch._path, (at, at))


def test_nothing_is_told_of_a_file_that_nobody_wrote(watch: FileWatcher) -> None:
    assert not any(watch._look() for _ in range(2 * file_watcher.BYTES_EVERY_LOOKS))


def test_a_change_is_told_once(watch: FileWatcher) -> None:
    written(watch, "theirs", 1)
    assert [watch._look(), watch._look()] == [True, False]


def test_an_older_version_put_over_one_of_ours_between_two_looks_is_a_change(
    watch: FileWatcher,
) -> None:
    written(watch, "saved since", 1)
    written(watch, "ours", 2)
    assert watch._look()


def test_two_writes_within_one_tick_of_the_clock_are_seen_in_the_end(watch: FileWatcher) -> None:
    written(watch, "one", 1)
    assert watch._look()
    written(watch, "two", 1)
    looks = [watch._look() for _ in range(file_watcher.BYTES_EVERY_LOOKS)]
    assert looks.count(True) == 1


def test_a_file_that_is_gone_for_a_while_is_no_change(watch: FileWatcher) -> None:
    aside = watch._path.rename(watch._path.with_suffix(".aside"))
    assert not watch._look()
    aside.rename(watch._path)
    assert not watch._look()
