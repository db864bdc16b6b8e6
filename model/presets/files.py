"""The files that presets and catalogues are read from: the shipped ones and a council's own."""

from importlib.resources import files
from pathlib import Path

CATALOGUES = ("topics", "next_steps", "challenge")
"""The files that are no process presets."""


class PresetError(ValueError):
    """A preset or catalogue that is not there or cannot be read, as a sentence for the user."""


def shipped(name: str) -> str:
    """The text of a file that ships with Offwall."""
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def own(folder: Path | None) -> dict[str, Path]:
    """The TOML files of a council's folder by name, in order; none where there is no folder.

    Raises PresetError where the folder is there and cannot be listed.
    """
    if folder is None or not folder.exists():
        return {}
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PresetError(
            f"{folder}: the presets in this folder cannot be listed ({reason}); "
            "name a folder that can be read."
        ) from error
    return {path.stem: path for path in found}


def read(path: Path) -> str:
    """The text of one of the council's files. Raises PresetError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PresetError(f"{path}: this is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PresetError(
            f"{path}: it cannot be read ({reason}); correct that or move it away."
        ) from error
