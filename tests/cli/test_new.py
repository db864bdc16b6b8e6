"""offwall new: a session to start from, and never over another."""

import tomllib
from pathlib import Path
from typing import Any

import pytest


def test_it_makes_a_session_that_opens_and_lists(offwall: Any, tmp_path: Path) -> None:
    said = offwall("new", "s.toml", "--title", "Our map [PO]", "--council", "=1+1 🏛")
    assert said.status == 0
    assert said.out.startswith("Made s.toml: 8 stages")
    written = tomllib.loads((tmp_path / "s.toml").read_text("utf-8"))
    assert written["workshop"]["title"] == "Our map [PO]"
    assert written["workshop"]["council"] == "=1+1 🏛"
    assert offwall("list", "s.toml").status == 0


@pytest.mark.parametrize(
    ("preset", "stages"), [("procurement", 5), ("three-phase", 3), ("blank", 0)]
)
def test_presets(offwall: Any, tmp_path: Path, preset: str, stages: int) -> None:
    assert offwall("new", "s.toml", "--preset", preset).status == 0
    written = tomllib.loads((tmp_path / "s.toml").read_text("utf-8"))
    assert len(written.get("stages", [])) == stages


def test_two_new_sessions_differ_in_their_id(offwall: Any, tmp_path: Path) -> None:
    offwall("new", "a.toml")
    offwall("new", "b.toml")
    first, second = (
        tomllib.loads((tmp_path / name).read_text("utf-8"))["workshop"]["id"]
        for name in ("a.toml", "b.toml")
    )
    assert first != second


def test_what_is_there_stays(offwall: Any, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("mine")
    said = offwall("new", "s.toml")
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert (tmp_path / "s.toml").read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("new",),
        ("new", "no/such/folder/s.toml"),
        ("new", "s.toml", "--preset", "nonesuch"),
        ("new", "s.toml", "--preset", "../../etc/passwd"),
        ("new", "s.toml", "--colour"),
        ("new", "s.toml", "t.toml"),
        ("new", "nul\0.toml"),
        ("new", "x" * 5000),
    ],
)
def test_bad_usage_is_one_line_and_makes_nothing(
    offwall: Any, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = offwall(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("offwall: ")
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_preset_names_those_there_are(offwall: Any) -> None:
    said = offwall("new", "s.toml", "--preset", "nonesuch")
    assert "three-phase" in said.err


def test_control_characters_in_a_title_are_refused_or_cleaned(offwall: Any, tmp_path: Path) -> None:
    said = offwall("new", "s.toml", "--title", "a\x1b]0;owned\x07b\udcff")
    assert "\x1b" not in said.out + said.err
    if said.status == 0:
        assert "\x1b" not in (tmp_path / "s.toml").read_text("utf-8")
        assert offwall("list", "s.toml").status == 0
