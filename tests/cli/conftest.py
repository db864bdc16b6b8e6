"""Commands as they are typed: what they print, and their exit status."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from offwall.tui.__main__ import main


class Said(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Offwall = Callable[..., Said]


class _Stdin(io.TextIOWrapper):
    """Standard input that is a pipe, or somebody at a terminal."""

    def __init__(self, content: bytes, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def offwall(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Offwall:
    """Run ``offwall`` with these words in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, stdin: str | bytes = b"", terminal: bool = False) -> Said:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", _Stdin(content, terminal=terminal))
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return run


@pytest.fixture
def wall(offwall: Offwall, tmp_path: Path) -> Path:
    """A new session with the stages of contract management and nothing on the wall."""
    assert offwall("new", "s.toml").status == 0
    return tmp_path / "s.toml"
