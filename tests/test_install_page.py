"""docs/install.md as it stands: each line for a shell is tried, here or in a bare root."""

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.faults.pty_driver import terminal

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "install.md"

BUILT = shutil.ignore_patterns("build", "dist", ".venv", "*.egg-info", ".git", "__pycache__")

BASH = "import os, sys; os.execvp('bash', ['bash', '-euc', *sys.argv[1:]])"

LATEST = 600
"""Seconds that an installer may take on a slow machine."""


def blocks() -> list[str]:
    """What the page has people type in a shell, in its order."""
    return re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_page_has_no_line_that_is_not_tried() -> None:
    with_python, folder, package, no_network = blocks()
    assert with_python.endswith(".venv/bin/offwall demo\n")
    assert with_python in (ROOT / "README.md").read_text("utf-8")
    # Both are built, and what they build is used, by tests/faults/test_bare_root.py.
    assert folder.splitlines() == ["bash .packaging/folder", "dist/offwall/offwall demo"]
    assert package.splitlines()[0] == "bash .packaging/deb"
    assert "--no-index" in no_network


@pytest.mark.night
def test_the_line_for_who_has_python_opens_the_sample(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=BUILT)
    with terminal(f"cd {clone}; {blocks()[0]}", program=BASH) as found:
        found.wait_for("Consider a specialist topic", LATEST)
        found.send("2nAgree the plan\r")
        found.wait_for("kept 1")
        found.send("\x11")
        assert found.ended() == 0
    assert "Agree the plan" in (clone / "contract-management.toml").read_text("utf-8")
    for line in ("list", "export"):
        command = f".venv/bin/offwall {line} contract-management.toml"
        assert command in (ROOT / "README.md").read_text("utf-8")
        subprocess.run(command.split(), cwd=clone, check=True, capture_output=True, timeout=60)


@pytest.mark.night
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="takes the network away, as root of Linux"
)
def test_the_wheels_install_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("build", reason="the package build is not installed")
    own = dict(os.environ, PYTHON=sys.executable)
    for command in (
        ["bash", str(ROOT / ".packaging" / "wheel")],
        [sys.executable, str(ROOT / ".packaging" / "wheels.py"), "linux-x64"],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=LATEST * 3, env=own)
    zips = sorted((ROOT / "dist").glob("offwall-*-linux-x64.zip"))
    assert [path.name.split("-")[2] for path in zips] == ["parquet", "wheels"]
    venv.create(tmp_path / "new", with_pip=True)
    programs = tmp_path / "new" / "bin"
    for path, listed in zip(reversed(zips), ("requirements.txt", "parquet.txt"), strict=True):
        folder = tmp_path / path.stem
        with zipfile.ZipFile(path) as packed:
            packed.extractall(folder)
        line = blocks()[3].strip().replace("requirements.txt", listed)
        assert (folder / "INSTALL.txt").read_text("utf-8").strip() == line
        subprocess.run(
            ["unshare", "--net", "bash", "-euc", line],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=LATEST,
            env=own | {"PATH": f"{programs}:{os.environ['PATH']}", "PIP_CONFIG_FILE": os.devnull},
        )
    work = tmp_path / "work"
    work.mkdir()
    for words in (
        ["new", "s.toml"],
        ["brief", "s.toml", "-o", "s.pdf"],
        ["gather", ".", "-o", "s.parquet"],
    ):
        subprocess.run(
            [str(programs / "offwall"), *words], cwd=work, check=True, capture_output=True
        )
    assert (work / "s.pdf").exists()
    assert list(work.glob("s-*.parquet"))
