"""offwall gather: what goes in, what is passed over, and what the exit status then is."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.nightly import rest_at_night
from tests.waiting import until


@pytest.fixture
def folder(tmp_path: Path, sample: Path) -> Path:
    """Two sessions, one of them in a folder within."""
    found = tmp_path / "councils"
    (found / "north").mkdir(parents=True)
    (found / "north" / "a.toml").write_bytes(sample.read_bytes())
    text = sample.read_text("utf-8").replace("w-bp41t7xy", "w-cp41t7xy")
    (found / "b.toml").write_text(text.replace("Sampleshire", "Otherton"), "utf-8")
    return found


@pytest.mark.slow
def test_two_councils_in_one_workbook(offwall: Any, folder: Path, tmp_path: Path) -> None:
    said = offwall("gather", "councils")
    assert (said.status, said.err) == (0, "")
    assert said.out == ("Wrote gathered.xlsx: 2 sessions, 96 activities, 28 issues, 32 actions.\n")
    rows = list(openpyxl.load_workbook(tmp_path / "gathered.xlsx")["Issues"].values)
    assert {row[0] for row in rows[1:]} == {"councils/b.toml", "councils/north/a.toml"}
    assert len({row[1] for row in rows[1:]}) == 2
    assert "gathered-2.xlsx" in offwall("gather", "councils/b.toml").out


@pytest.mark.slow
def test_bad_files_are_told_and_passed_over(offwall: Any, folder: Path) -> None:
    (folder / "bad.toml").write_text("x = ")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    said = offwall("gather", folder, "-o", "out.xlsx")
    assert said.status == 1
    assert "2 sessions" in said.out
    assert "bad.toml, line 1: this is not TOML" in said.err
    assert "pyproject.toml is no session. Passed over." in said.err
    assert "Passed over: 1 file that cannot be read." in said.err


@pytest.mark.slow
def test_what_is_no_session_is_no_failure(offwall: Any, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert offwall("gather", folder).status == 0


@pytest.mark.slow
def test_one_workshop_twice_is_said(offwall: Any, folder: Path) -> None:
    copy = folder / "a (1).toml"
    copy.write_bytes((folder / "north" / "a.toml").read_bytes())
    said = offwall("gather", "councils")
    assert said.status == 0
    assert "The workshop w-bp41t7xy counts 2 times: councils/a (1).toml, " in said.err


def test_nothing_to_gather_writes_nothing(offwall: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = offwall("gather", "empty", "gone")
    assert said.status == 2
    assert "gone is not there" in said.err
    assert "there is no session in empty, gone; nothing was written." in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize("name", ["out.csv", "out", "councils"])
def test_a_name_that_says_no_form_is_refused(offwall: Any, folder: Path, name: str) -> None:
    said = offwall("gather", folder, "-o", name)
    assert said.status == 2
    assert f"{name}: the name ends in .xlsx or .parquet." in said.err


@pytest.mark.slow
def test_nothing_is_overwritten_without_force(offwall: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine")
    said = offwall("gather", folder, "-o", "out.xlsx")
    assert said.status == 2
    assert "already there" in said.err
    assert (tmp_path / "out.xlsx").read_text() == "mine"
    assert offwall("gather", folder, "-o", "out.xlsx", "--force").status == 0


def test_parquet_without_its_library_says_what_to_install(
    offwall: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = offwall("gather", folder, "-o", "out.parquet")
    assert said.status == 2
    assert "pip install 'offwall[parquet]'" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["councils"]


@pytest.mark.slow
def test_people_see_how_far_it_is_and_files_do_not(
    offwall: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    (folder / "bad.toml").write_text("x = ")
    seen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", seen)
    assert offwall("gather", folder).status == 1
    told = seen.getvalue()
    assert "Reading 3 of 3" in told
    # Sentences stand on lines of their own, with nothing of the count left before them.
    assert "\r\x1b[Koffwall: " in told
    assert told.rindex("\r\x1b[K") > told.rindex("Reading")


@pytest.mark.slow
def test_parquet_takes_the_place_of_no_file_without_force(
    offwall: Any, folder: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "out-issues.parquet").write_text("mine")
    assert offwall("gather", folder, "-o", "out.parquet").status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["councils", "out-issues.parquet"]
    assert offwall("gather", folder, "-o", "out.parquet", "--force").status == 0
    assert len(list(tmp_path.glob("out-*.parquet"))) == 6


@pytest.mark.slow
def test_ctrl_c_ends_it_quietly_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    text = (folder / "b.toml").read_bytes()
    for number in range(400):
        (folder / f"c{number}.toml").write_bytes(text)
    running = subprocess.Popen(
        [sys.executable, "-m", "offwall", "gather", str(folder), "-o", str(tmp_path / "out.xlsx")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    until(lambda: list(tmp_path.glob(".offwall-*")))
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["councils"]


FULL = """
import resource, signal, sys
from offwall.tui.__main__ import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there are no such limits")
@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
@pytest.mark.parametrize("most", rest_at_night([5_000, 1, 40_000]))
def test_a_disk_that_takes_no_more_is_one_sentence_and_leaves_nothing(
    folder: Path, tmp_path: Path, ending: str, most: int
) -> None:
    pytest.importorskip("pyarrow")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(most), "gather", folder, "-o", tmp_path / f"o.{ending}"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    if done.returncode == 0:
        assert most == 40_000
        return
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "not written" in done.stderr or "cannot wait" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["councils"]
