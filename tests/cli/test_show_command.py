"""``offwall show``: where it cannot show, one line says why and what to do."""

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from offwall.tui.looks.settings import Settings
from offwall.tui.projector.serve import command_line


@pytest.mark.parametrize("words", [(), ("--private",), ("--theme", "nord")])
def test_without_a_terminal_it_says_what_else_there_is(
    offwall: Any, wall: Path, words: tuple[str, ...]
) -> None:
    said = offwall("show", *words, wall)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "--serve" in said.err


@pytest.mark.parametrize("serving", [(), ("--serve",)])
def test_a_file_that_cannot_be_shown(offwall: Any, tmp_path: Path, serving: tuple[str]) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("this is [not TOML")
    for path in (tmp_path / "gone.toml", tmp_path, broken):
        said = offwall("show", path, *serving)
        assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
        assert path.name in said.err
    assert list(tmp_path.iterdir()) == [broken]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "", "1e3"])
def test_a_port_that_is_none(offwall: Any, wall: Path, port: str) -> None:
    said = offwall("show", wall, "--serve", f"--port={port}")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "--port" in said.err


def test_there_is_no_way_to_listen_elsewhere(offwall: Any, wall: Path) -> None:
    for option in ("--host", "--bind", "--address"):
        said = offwall("show", wall, "--serve", option, "0.0.0.0")  # noqa: S104
        assert said.status == 2
        assert option in said.err


def test_without_the_extra_it_says_how_to_install_it(
    offwall: Any, wall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "offwall.tui.projector.browser_page", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    said = offwall("show", wall, "--serve")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "offwall[serve]" in said.err
    assert "pip install" in said.err


def test_names_and_looks_reach_what_the_browser_runs_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "it's; $(touch x) [PO] 'q'.toml"
    words = shlex.split(command_line(path, Settings(theme="nord", calm=True, mouse=False)))
    assert words[words.index("show") :] == [
        *("show", "--theme", "nord", "--calm", "--no-mouse", "--", str(path)),
    ]


def test_the_folder_without_python_runs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    words = shlex.split(command_line(tmp_path / "s.toml", Settings()))
    assert words == [sys.executable, "show", "--", str(tmp_path / "s.toml")]


@pytest.mark.slow
def test_a_folder_with_another_tui_is_not_looked_into(wall: Path) -> None:
    trap = wall.parent / "tui"
    trap.mkdir()
    (trap / "__init__.py").write_text("print('trapped')")
    (trap / "__main__.py").write_text("def main():\n    print('trapped')")
    said = subprocess.run(
        [*shlex.split(command_line(wall, Settings()))],
        check=False,
        cwd=wall.parent,
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert "trapped" not in said.stdout
    assert "needs a terminal" in said.stderr
