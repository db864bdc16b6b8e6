"""A file whose owner, name or folder forbids a rename is rewritten in place, and never lost."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.records.session import Session, Workshop
from offwall.model.store import session_file
from offwall.model.store.session_file import StoreError, create_session, read_session
from offwall.model.store.store import Store

OLD = Session(workshop=Workshop(title="Old"))
NEW = replace(OLD, workshop=Workshop(title="New " * 400))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "there").mkdir()
    path = tmp_path / "there" / "s.toml"
    create_session(path, OLD)
    return path


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    (tmp_path / "spare").mkdir()
    return tmp_path / "spare"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_hard_link_is_kept(path: Path, spare: Path) -> None:
    other = path.with_name("other.toml")
    other.hardlink_to(path)
    path.chmod(0o640)
    store = Store.open(path, spare)
    for session in (NEW, OLD):
        store.save(session)
        assert read_session(other) == session
        assert path.samefile(other)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(spare) == []
    assert names(path.parent) == ["other.toml", "s.toml"]


def test_without_a_place_for_copies_it_is_refused(path: Path) -> None:
    path.with_name("other.toml").hardlink_to(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another owner or name"):
        Store.open(path).save(NEW)
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", ["mkstemp", "replace", "chown"])
def test_where_a_rename_is_not_allowed_the_file_is_rewritten(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    store = Store.open(path, spare)
    before = path.stat().st_ino
    with monkeypatch.context() as patch:
        if step == "mkstemp":
            patch.setattr("tempfile.mkstemp", refuse)
        elif step == "chown":
            patch.setattr(session_file, "_copy_owner_and_mode", _other_owner)
        else:
            real = Path.replace

            def replaced(self: Path, target: Path) -> Path:
                return refuse() if target == path else real(self, target)  # type: ignore[func-returns-value]

            patch.setattr(Path, "replace", replaced)
        store.save(NEW)
    assert read_session(path) == NEW
    assert path.stat().st_ino == before
    assert names(path.parent) == ["s.toml"]
    assert names(spare) == []


def _other_owner(*_: object) -> None:
    raise session_file._NotRenamedError


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser gives away")
def test_the_owner_is_kept(path: Path, spare: Path) -> None:
    os.chown(path, 12345, 23456)
    path.chmod(0o660)
    Store.open(path, spare).save(NEW)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 23456, 0o660)


def test_a_disk_that_fills_midway_puts_the_old_bytes_back(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("other.toml").hardlink_to(path)
    before = path.read_bytes()
    store = Store.open(path, spare)
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if os.lseek(handle, 0, os.SEEK_CUR) + len(data) > len(before):
            real(handle, data[: len(before) // 2])
            raise OSError(28, "No space left on device")
        return real(handle, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreError, match="no space left"):
            store.save(NEW)
    assert path.read_bytes() == before
    # Neither version need be kept; what the file does not take is.
    assert names(spare) == ["whole-1.toml"]
    assert read_session(spare / "whole-1.toml") == NEW
    assert store.save(NEW) == read_session(path) == NEW
    assert names(spare) == []


def test_where_not_even_that_can_be_done_both_versions_are_safe_and_it_heals(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("other.toml").hardlink_to(path)
    store = Store.open(path, spare)
    real = os.write

    def broken(handle: int, data: bytes) -> int:
        real(handle, data[:9])
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", broken)
        with pytest.raises(StoreError, match="input/output error"):
            store.save(NEW)
    assert (
        read_session(spare / session_file.BEFORE),
        read_session(spare / session_file.AFTER),
    ) == (OLD, NEW)
    assert store.save(NEW) == read_session(path) == NEW
    assert names(spare) == []


def test_a_file_that_was_torn_is_nobodys_and_ours_is_written_over_it(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("other.toml").hardlink_to(path)
    store = Store.open(path, spare)

    def torn(handle: int, data: bytes) -> None:
        os.ftruncate(handle, len(data) // 2)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(session_file, "_overwrite", torn)
        with pytest.raises(StoreError, match="input/output error"):
            store.save(NEW)
    with pytest.raises(StoreError):
        read_session(path)
    assert session_file.is_torn(spare)
    # Half of ours is no other program's version: it is neither refused nor set aside.
    assert store.save(NEW) == read_session(path) == NEW
    assert not session_file.is_torn(spare)
    assert not session_file.is_torn(None)
