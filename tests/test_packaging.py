"""The wheel as it ships: built, installed into an environment of its own, and used there."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, so that that is whole too."""
    pytest.importorskip("build", reason="the package build is not installed")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a clean environment with nothing but the wheel."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, with_pip=True, system_site_packages=False)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    return programs


def test_data_ships(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for folder, kinds in {
            "tui": ("*.py", "*.tcss", "*.html", "py.typed"),
            "model": ("*.py", "*.toml", "py.typed"),
            "sample_sessions": ("*.toml", "*.py"),
        }.items()
        for kind in kinds
        for path in (ROOT / folder).rglob(kind)
    }
    assert {"model/presets/contract-management.toml", "tui/__main__.py"} <= expected
    assert any(name.endswith(".tcss") for name in expected)
    assert expected <= names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_commands_work_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    def offwall(*words: str, stdin: str = "") -> str:
        done = subprocess.run(
            [str(installed / "offwall"), *words],
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": ""},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    assert offwall("--version").startswith("offwall 0.")
    assert offwall("new", "s.toml", "--preset", "three-phase").startswith("Made s.toml")
    assert offwall("add", "s.toml", stdin="Agree the plan @cm a:hos +Plan\n")
    assert "Agree the plan" in offwall("list", "s.toml")
    assert "0 errors" in offwall("check", "s.toml")
    assert offwall("export", "s.toml").startswith("Wrote s.xlsx")
    assert zipfile.ZipFile(tmp_path / "s.xlsx").testzip() is None
