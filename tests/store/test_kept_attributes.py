"""A save keeps what a file has besides its bytes, and sweeps what was left half written."""

import errno
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offwall.model.records.session import Session, Stage, Workshop
from offwall.model.store import files, session_file
from offwall.model.store.session_file import create_session, read_session
from offwall.model.store.store import Store

WALL = Session(workshop=Workshop("w-1", "Contracts"), stages=(Stage("S1", "Begin"),))
NEW = replace(WALL, stages=(*WALL.stages, Stage("S2", "End")))

linux = pytest.mark.skipif(sys.platform != "linux", reason="extended attributes as Linux has them")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    path = tmp_path / "share" / "s.toml"
    create_session(path, WALL)
    return path


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


@linux
def test_an_extended_attribute_survives_a_save(path: Path, spare: Path) -> None:
    try:
        os.setxattr(path, "user.retention", b"7 years")
    except OSError:
        pytest.skip("this disk has no extended attributes")
    assert Store.open(path, spare).save(NEW) == NEW == read_session(path)
    assert os.getxattr(path, "user.retention") == b"7 years"


@linux
@pytest.mark.skipif(shutil.which("setfacl") is None, reason="needs setfacl")
def test_an_access_list_survives_a_save(path: Path, spare: Path) -> None:
    path.chmod(0o640)
    done = subprocess.run(["setfacl", "-m", "u:12345:rw", path], check=False)
    if done.returncode:
        pytest.skip("this disk has no access lists")
    before = os.getxattr(path, "system.posix_acl_access")
    assert Store.open(path, spare).save(NEW) == NEW
    assert os.getxattr(path, "system.posix_acl_access") == before
    assert read_session(path) == NEW


@linux
def test_what_cannot_be_given_to_a_new_file_has_the_old_one_rewritten_in_place(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "listxattr", lambda one: ["trusted.x"] if one == path else [])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"1")
    monkeypatch.setattr(os, "setxattr", refuse)
    before = path.stat().st_ino
    assert Store.open(path, spare).save(NEW) == NEW == read_session(path)
    assert path.stat().st_ino == before
    assert not list(path.parent.glob(".offwall-*"))


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV, errno.EACCES])
def test_a_file_that_is_mounted_by_itself_is_rewritten_in_place(
    path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    real = Path.replace

    def busy(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(code, os.strerror(code))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    before = path.stat().st_ino
    assert Store.open(path, spare).save(NEW) == NEW == read_session(path)
    assert path.stat().st_ino == before


def test_what_a_killed_program_left_half_written_is_swept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = session_file.half_written().removesuffix(f"{os.getpid()}-")
    dead = path.with_name(f"{host}{2**22 - 3}-ab_c.tmp")
    part = path.with_name(f"{host}{2**22 - 3}-0.part")
    mine = path.with_name(f"{host}{os.getpid()}-abc.tmp")
    another = path.with_name(".offwall-elsewhere-77-abc.tmp")
    old = path.with_name(".offwall-abc.tmp")
    other = path.with_name(".offwall-notes.toml")
    for one in (dead, part, mine, another, old, other):
        one.write_bytes(b"whole session")
    os.utime(old, (1, time.time() - session_file.LEFT_SECONDS - 9))
    os.utime(other, (1, 1))
    assert session_file.sweep(path.parent) == 3
    left = {one.name for one in path.parent.iterdir()}
    assert left == {path.name, mine.name, another.name, other.name}
    # A computer that is named anew is another one.
    monkeypatch.setattr(platform, "node", lambda: "renamed")
    dead.write_bytes(b"x")
    assert session_file.sweep(path.parent) == 0


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_what_leaves_has_the_mode_of_the_session(path: Path, mode: int) -> None:
    plain = files.write_output(path.with_name("before.md"), b"x")
    path.chmod(mode)
    files.leave_like(path)
    left = files.write_output(path.with_name("out.md"), b"names")
    assert left.stat().st_mode & 0o777 == mode
    # What is replaced keeps its own.
    before = plain.stat().st_mode
    files.write_output(plain, b"y", force=True)
    assert plain.stat().st_mode == before


def test_a_command_gives_what_leaves_the_mode_of_its_session(path: Path) -> None:
    from offwall.tui.__main__ import main

    out: Any = path.with_name("map.svg")
    assert main(["map", str(path), "-o", str(out)]) == 0
    assert out.stat().st_mode & 0o777 == 0o600
