"""offwall new --from: the next session, beside the earlier one or elsewhere."""

from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.tui.services.session_files import earlier_session, session_to_open


@pytest.fixture
def old(offwall: Any, tmp_path: Path) -> Path:
    assert offwall("new", "old.toml", "--title", "Our map").status == 0
    assert offwall("add", "old.toml", "Check the insurance @cm *Pilot it by 2w").status == 0
    return tmp_path / "old.toml"


def test_it_is_another_session_with_the_same_record(
    offwall: Any, tmp_path: Path, old: Path
) -> None:
    before = old.read_bytes()
    (tmp_path / "next").mkdir()
    said = offwall("new", "next/second.toml", "--from", "old.toml", "--council", "=1+1 [PO]")
    assert (said.status, said.err) == (0, "")
    assert "after old.toml: 1 activity to confirm, 1 action." in said.out
    path = tmp_path / "next" / "second.toml"
    new, earlier = store.read_session(path), store.read_session(old)
    assert new.activities == earlier.activities
    assert new.workshop.id != earlier.workshop.id
    assert (new.workshop.title, new.workshop.council) == ("Our map", "=1+1 [PO]")
    assert old.read_bytes() == before
    assert earlier_session(path, new) == earlier
    changed = offwall("diff", "old.toml", "next/second.toml").out
    assert "council: =1+1 [PO]" in changed


def test_what_is_there_stays_and_a_preset_does_not_go_with_it(
    offwall: Any, tmp_path: Path, old: Path
) -> None:
    (tmp_path / "mine.toml").write_text("mine")
    assert offwall("new", "mine.toml", "--from", "old.toml").status == 2
    assert (tmp_path / "mine.toml").read_text() == "mine"
    said = offwall("new", "s.toml", "--from", "old.toml", "--preset", "blank")
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert "not both" in said.err
    assert not (tmp_path / "s.toml").exists()


@pytest.mark.parametrize("content", [None, b"", b"not TOML", b"\xff"])
def test_an_earlier_file_that_cannot_be_read_makes_nothing(
    offwall: Any, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "bad.toml").write_bytes(content)
    said = offwall("new", "s.toml", "--from", "bad.toml")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "bad.toml" in said.err
    assert not (tmp_path / "s.toml").exists()


@pytest.mark.parametrize("path", ["/etc/passwd", "C:/old.toml", "//host/share/old.toml", "", "x"])
def test_a_file_may_not_send_the_reader_just_anywhere(
    offwall: Any, tmp_path: Path, old: Path, path: str
) -> None:
    offwall("new", "second.toml", "--from", "old.toml")
    second = tmp_path / "second.toml"
    text = second.read_text("utf-8").replace('path = "old.toml"', f'path = "{path}"')
    second.write_text(text, "utf-8")
    with pytest.raises(store.StoreError):
        earlier_session(second, store.read_session(second))


def test_another_session_in_its_place_is_not_taken_for_it(
    offwall: Any, tmp_path: Path, old: Path
) -> None:
    offwall("new", "second.toml", "--from", "old.toml")
    old.unlink()
    offwall("new", "old.toml")
    with pytest.raises(store.StoreError, match="another session"):
        earlier_session(tmp_path / "second.toml", store.read_session(tmp_path / "second.toml"))


def test_the_start_screen_makes_it_too(old: Path) -> None:
    path = session_to_open(str(old.with_name("next")), "", "seed", "old.toml")
    assert path.name == "next.toml"
    assert store.read_session(path).earlier is not None
