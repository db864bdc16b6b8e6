"""The files that the editor and the commands both make: names that are free, samples, sessions."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from platformdirs import user_config_path

import sample_sessions
from model import store
from model.ids import derive
from model.presets import preset
from model.session import Session

SAMPLE = "contract-management"


def own_presets() -> Path:
    """The folder where a council's own presets and catalogues are looked for."""
    return user_config_path("offwall", appauthor=False) / "presets"


def absent(path: Path) -> bool:
    """Whether nothing bears that name; what may not be looked at counts as there."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def candidates(wanted: Path) -> Iterator[Path]:
    """``plan.xlsx``, ``plan-2.xlsx``, ``plan-3.xlsx`` and so on, without an end."""
    yield wanted
    for number in count(2):
        yield wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")


def free_name(wanted: Path) -> Path:
    """The first candidate that nothing bears, not even a link that leads nowhere."""
    return next(path for path in candidates(wanted) if not (path.exists() or path.is_symlink()))


def copy_sample(folder: Path) -> Path:
    """Copy the sample, comments included, beside whatever is in ``folder``; say where."""
    text = sample_sessions.path(SAMPLE).read_bytes()
    for path in candidates(folder / f"{SAMPLE}.toml"):
        try:
            with path.open("xb") as copy:
                copy.write(text)
        except FileExistsError:
            continue
        return path
    raise AssertionError("names do not run out")


def make_session(
    path: Path, preset_name: str, *, seed: str, title: str = "", council: str = ""
) -> Session:
    """Make a session file from a preset; one that is there already is left as it is.

    Raises `model.presets.PresetError` and `model.store.StoreError`.
    """
    session = preset(preset_name, own_presets())
    workshop = replace(
        session.workshop,
        id=derive(seed, "w"),
        title=title or session.workshop.title,
        council=council or session.workshop.council,
    )
    session = replace(session, workshop=workshop)
    store.create(path, session)
    return session


def wanted(path: str, preset_name: str, seed: str) -> Path:
    """The session file that the start screen asks for, made first where it is to be new.

    Raises `model.presets.PresetError` and `model.store.StoreError`.
    """
    if not path:
        return copy_sample(Path())
    found = Path(path).expanduser()
    if preset_name:
        found = found if found.suffix else found.with_suffix(".toml")
        make_session(found, preset_name, seed=seed)
    return found
