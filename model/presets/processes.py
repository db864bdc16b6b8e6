"""Process presets: the stages, roles and tiers that a session begins with.

A preset is a session file, so any session that went well can be the next one's preset.
"""

from pathlib import Path

from model.presets.files import CATALOGUES, PresetError, own, read, shipped
from model.session import Session
from model.toml import SessionFileError, loads

SHIPPED = ("contract-management", "procurement", "three-phase", "blank")


def preset_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the presets: those shipped, then those of the council's folder.

    Raises PresetError where the folder cannot be listed.
    """
    extra = [name for name in own(folder) if name not in (*SHIPPED, *CATALOGUES)]
    return (*SHIPPED, *extra)


def preset(name: str, folder: Path | None = None) -> Session:
    """The session that a preset begins with; a council's own goes before a shipped one.

    Raises PresetError where there is no such preset or its file cannot be read.
    """
    names = preset_names(folder)
    if name not in names:
        raise PresetError(f"There is no preset called {name!r}; choose one of: {', '.join(names)}.")
    path = own(folder).get(name)
    if path is None:
        return loads(shipped(name))
    text = read(path)
    try:
        return loads(text)
    except SessionFileError as error:
        raise PresetError(error.named(str(path))) from error
