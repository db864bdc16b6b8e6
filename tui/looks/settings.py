"""What a person prefers, in a file of their own: ``settings.toml`` in the configuration folder.

It is theirs: Offwall writes no more than the theme that was chosen, leaves every other line as it
stands, and never touches a file that it cannot read.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from offwall.model.store import os_reason
from offwall.model.store.disk import make_folder, replace_private
from offwall.model.store.toml.record_tables import parse_toml

SETTINGS_NAME = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set; None leaves it to Offwall, which looks at the line and at the terminal.

    ``theme`` is a name that the palette offers, ``calm`` is no animation and 15 frames a second,
    ``ascii`` draws with letters what is drawn with boxes and marks otherwise, ``private`` hides
    recent sessions and who carries how much, ``keys`` are other keys by the ids of docs/keys.md.
    """

    theme: str | None = None
    calm: bool | None = None
    mouse: bool | None = None
    ascii: bool | None = None
    private: bool | None = None
    keys: Mapping[str, str] | None = None

    def over(self, other: "Settings") -> "Settings":
        """These settings where they say something, else the other's."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in said.items() if value is not None})


class SettingsError(ValueError):
    """A settings file that cannot be used, as a sentence for the user."""


def settings_path() -> Path:
    """Where the settings are."""
    return user_config_path("offwall", appauthor=False) / SETTINGS_NAME


def read_settings() -> Settings:
    """The settings; the defaults where there is no file. Raises SettingsError."""
    return _settings(_table(_text()))


def save_theme(name: str) -> None:
    """Have this theme at the next start. Raises SettingsError, and the file stays as it was."""
    text = _text()
    before = _table(text)
    _settings(before)
    if before.get("theme") == name:
        return
    try:
        make_folder(settings_path().parent)
        replace_private(settings_path().resolve(), _with_theme(text, before, name).encode())
    except OSError as error:
        raise SettingsError(
            f"{settings_path()} cannot be written ({os_reason(error)}): the theme is not "
            "kept for next time."
        ) from error


def _with_theme(text: str, before: Mapping[str, Any], name: str) -> str:
    """The text with another theme; a line that says it is replaced, and comments stay."""
    import tomli_w

    line, wanted = tomli_w.dumps({"theme": name}), {**before, "theme": name}
    replaced = re.sub(r"(?m)^theme[ \t]*=.*\n?", lambda _: line, text, count=1)
    for after in (replaced, line + text):
        with suppress(ValueError):
            if parse_toml(after) == wanted:
                return after
    return tomli_w.dumps(wanted)


def _text() -> str:
    try:
        return settings_path().read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(_unusable(os_reason(error))) from error


def _table(text: str) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except ValueError as error:
        raise SettingsError(_unusable(str(error))) from error


def _settings(table: Mapping[str, Any]) -> Settings:
    """What the file says. Names that nobody knows are left to a later version."""
    for name, kind, such in (
        ("theme", str, '"textual-light"'),
        *((name, bool, "true or false") for name in ("calm", "mouse", "ascii", "private")),
    ):
        if name in table and not isinstance(table[name], kind):
            raise SettingsError(_unusable(f"{name} must be {such}"))
    known = {field.name for field in fields(Settings)}
    said = {name: value for name, value in table.items() if name in known}
    return Settings(**said | ({"keys": _keys(said["keys"])} if "keys" in said else {}))


def _keys(table: object, before: str = "") -> dict[str, str]:
    """The keymap; an id may be quoted, or stand with its point as TOML has it."""
    if not isinstance(table, dict):
        raise SettingsError(_unusable('[keys] must be lines such as "activity.confirm" = "c"'))
    found: dict[str, str] = {}
    for name, value in table.items():
        known = f"{before}{name}"
        found |= {known: value} if isinstance(value, str) else _keys(value, f"{known}.")
    return found


def _unusable(why: str) -> str:
    return f"{settings_path()} cannot be used ({why}): Offwall goes on as if it were not there."
