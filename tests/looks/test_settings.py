"""The settings file: what it may say, what is kept in it, and what is never done to it."""

import stat
import tomllib
from pathlib import Path

import pytest

from offwall.tui.cli.looks import be_calm, settled, taken, takes_mouse
from offwall.tui.looks import settings
from offwall.tui.looks.settings import Settings, SettingsError
from tests.journey import afternoon


def written(text: str | bytes) -> Path:
    path = settings.settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_without_a_file_nothing_is_said_and_nothing_is_made() -> None:
    assert settings.read_settings() == Settings()
    assert (
        not settings.settings_path().parent.exists()
        or list(settings.settings_path().parent.iterdir()) == []
    )


def test_all_that_may_be_set() -> None:
    written('theme = "nord"\ncalm = true\nmouse = false\nascii = true\nlater = "?"\n[own]\nx = 1\n')
    assert settings.read_settings() == Settings("nord", calm=True, mouse=False, ascii=True)


UNUSABLE = [
    "theme = nord",
    'theme = ["nord"]',
    'calm = "yes"',
    "mouse = 1",
    b"\xff\xfe",
    "a = 1\na = 2",
    "\x1b[31m",
]


@pytest.mark.parametrize("text", UNUSABLE)
def test_what_cannot_be_used_is_one_sentence_and_is_not_touched(text: str | bytes) -> None:
    path = written(text)
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="cannot be used") as sentence:
        settings.read_settings()
    assert "\n" not in str(sentence.value)
    with pytest.raises(SettingsError):
        settings.save_theme("nord")
    assert path.read_bytes() == before
    assert settled(Settings(calm=True)) == (Settings(calm=True), str(sentence.value))


def test_a_folder_in_its_place_is_a_sentence() -> None:
    settings.settings_path().mkdir(parents=True)
    with pytest.raises(SettingsError, match="is a directory"):
        settings.read_settings()


def test_the_theme_is_kept_and_every_other_line_stays() -> None:
    text = "# mine\ncalm = true  # in the council chamber\n\n[own]\ntheme = 'not this'\n"
    path = written(text)
    settings.save_theme("nord")
    assert path.read_text() == f'theme = "nord"\n{text}'
    settings.save_theme("gruvbox")
    assert path.read_text() == f'theme = "gruvbox"\n{text}'
    assert settings.read_settings() == Settings("gruvbox", calm=True)


def test_a_theme_that_only_seems_to_stand_there() -> None:
    path = written('note = """\ntheme = 1\n"""\n')
    settings.save_theme("nord")
    assert tomllib.loads(path.read_text()) == {"note": "theme = 1\n", "theme": "nord"}


def test_the_file_is_made_and_is_private() -> None:
    settings.save_theme("nord")
    assert settings.read_settings() == Settings("nord")
    assert stat.S_IMODE(settings.settings_path().stat().st_mode) == 0o600


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("calm = true\n")
    settings.settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_path().symlink_to(real)
    settings.save_theme("nord")
    assert settings.settings_path().is_symlink()
    assert tomllib.loads(real.read_text()) == {"theme": "nord", "calm": True}


def test_options_go_before_the_file() -> None:
    written("calm = true\nmouse = true\n")
    said, rest = taken(["--no-mouse", "s.toml", "--theme", "nord"])
    assert rest == ["s.toml"]
    assert settled(said) == (Settings("nord", calm=True, mouse=False), "")


def test_calm_asks_the_framework_for_fewer_frames() -> None:
    environment = {"TEXTUAL_FPS": "60"}
    be_calm(environment)
    assert environment == {"TEXTUAL_FPS": "15", "TEXTUAL_ANIMATIONS": "none"}


def test_over_ssh_the_mouse_is_the_terminals_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    assert takes_mouse(Settings())
    assert not takes_mouse(Settings(mouse=False))
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    assert not takes_mouse(Settings())
    assert takes_mouse(Settings(mouse=True))


async def test_a_theme_chosen_in_the_palette_is_kept(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        journey.app.apply_settings(Settings(), environment={"TERM": "xterm-256color"})
        journey.app.theme = "textual-light"
        await journey.settle()
        assert settings.read_settings() == Settings("textual-light")
        written("theme = ")
        journey.app.theme = "nord"
        await journey.settle()
        assert "settings.toml cannot be used" in journey.app.state.said[0]
        assert settings.settings_path().read_text() == "theme = "
