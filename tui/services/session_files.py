"""Files of sessions: free names, own presets, the sample, new ones, and the session before.

The editor and the commands both use it, so it loads no Textual.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath

from platformdirs import user_config_path

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records import Session, derive
from offwall.model.setup.workshop import last_version, record_version
from offwall.model.store.disk import OutsideError, within
from offwall.model.store.files import safe_names

SAMPLE_NAME = "contract-management"


def own_presets() -> Path:
    """The folder where a council's own presets and catalogues are looked for."""
    return user_config_path("offwall", appauthor=False) / "presets"


def presets_fault(folder: Path | None) -> str:
    """What is wrong with a council's own presets, as a sentence; empty where all can be read."""
    if folder is None or is_name_free(folder):
        return ""
    from offwall.model.store.presets import catalogues

    try:
        for read in (
            catalogues.preset_names,
            catalogues.topic_kinds,
            catalogues.next_steps,
            catalogues.challenge_questions,
            catalogues.requirements,
        ):
            read(folder)
    except catalogues.PresetError as sentence:
        return str(sentence)
    return ""


def refusal_errors() -> tuple[type[Exception], ...]:
    """What says in a sentence why a session cannot be opened or made."""
    from offwall.model.store.presets.catalogues import PresetError

    return store.StoreError, PresetError, OSError


def is_name_free(path: Path) -> bool:
    """Whether nothing bears that name; what may not be looked at counts as there."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def candidate_names(wanted: Path) -> Iterator[Path]:
    """``plan.xlsx``, ``plan-2.xlsx``, ``plan-3.xlsx`` and so on, without an end."""
    yield wanted
    for number in count(2):
        yield wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")


def free_name(wanted: Path) -> Path:
    """The first candidate that nothing bears, not even a link that leads nowhere."""
    return next(
        path for path in candidate_names(wanted) if not (path.exists() or path.is_symlink())
    )


def copy_sample(folder: Path) -> Path:
    """Copy the sample, comments included, beside whatever is in ``folder``; say where."""
    text = sample_sessions.path(SAMPLE_NAME).read_bytes()
    for path in candidate_names(folder / f"{SAMPLE_NAME}.toml"):
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

    Raises `model.store.presets.catalogues.PresetError` and `model.store.store.StoreError`.
    """
    from offwall.model.store.presets.catalogues import preset

    session = preset(preset_name, own_presets())
    workshop = replace(
        session.workshop,
        id=derive(seed, "w"),
        title=title or session.workshop.title,
        council=council or session.workshop.council,
    )
    session = replace(session, workshop=workshop)
    store.create_session(path, session)
    return session


def make_second_session(
    path: Path, earlier: Path, *, seed: str, title: str = "", council: str = ""
) -> Session:
    """Make the session file that follows ``earlier``, which stays as it is.

    Raises `model.store.store.StoreError`, where one is there already too.
    """
    try:
        seen = Path(os.path.relpath(earlier, path.absolute().parent)).as_posix()
    except ValueError:  # it lies on another drive
        seen = ""
    old = store.read_session(earlier)
    from offwall.model.review.second_session import second_session

    session = second_session(old, seed=seed, path=seen, title=title, council=council)
    store.create_session(path, session)
    return session


def earlier_session(path: Path, session: Session) -> Session:
    """The session that this one, of the file ``path``, came from, as its own file has it now.

    Raises `model.store.store.StoreError` where it is not to be found, or is another session.
    """
    earlier = session.earlier
    named = earlier.path if earlier else ""
    if earlier is None or not named or not _is_relative(named):
        raise store.StoreError("not known, as the file of last time is not named in this one.")
    old = _lying_at(path.parent / named, named)
    if old.workshop.id != earlier.workshop:
        raise store.StoreError(f"not known, as {named} is another session than that of last time.")
    return old


def write_version(path: Path, session: Session, name: str, on: dt.date) -> Session:
    """The session with a version recorded; as it is then it lies in a new file beside ``path``.

    Raises `EditError` for a name that cannot be, and `model.store.store.StoreError`.
    """
    called = record_version(session, name, on).versions[-1].name
    (safe,) = safe_names([called], "version")
    # No hyphen behind the name: sync folders put one before what they set aside.
    copy = free_name(path.with_name(f"{path.stem}_version_{safe}.toml"))
    made = record_version(session, name, on, copy.name)
    store.create_session(copy, made)
    return made


def version_session(path: Path, session: Session) -> Session | None:
    """The session as it was at the version recorded last; None where none was recorded.

    Raises `model.store.store.StoreError` where its file is not to be found, or is of another one.
    """
    last = last_version(session)
    if last is None:
        return None
    if not last.path or not _is_relative(last.path):
        raise store.StoreError(f"not known, as version {last.name} does not name its file.")
    old = _lying_at(path.parent / last.path, last.path)
    if last.id not in [one.id for one in old.versions]:
        raise store.StoreError(f"not known, as {last.path} is not version {last.name}.")
    return old


def _lying_at(path: Path, named: str) -> Session:
    """The session of a file that another names. Raises `model.store.store.StoreError`."""
    try:
        free = is_name_free(within(path))
    except OutsideError as outside:
        raise store.StoreError(f"not known: {outside.strerror}.") from outside
    if free:
        raise store.StoreError(f"not known, as {named} is no longer there; put it back to see it.")
    return store.read_session(path)


def session_before(
    last: str,
    read: Callable[[Path, Session], Session | None],
    *,
    path: Path,
    session: Session,
    tell: Callable[[str], object],
) -> Session | None:
    """The session as it was last time, or at the last version; where it is not there, it tells."""
    try:
        return read(path, session)
    except store.StoreError as refused:
        tell(f"What changed since last {last} is left out: {refused}")
        return None


def _is_relative(path: str) -> bool:
    """Whether a path of a file that anybody may have written stays on this disk or share."""
    windows = PureWindowsPath(path)
    return not (PurePosixPath(path).is_absolute() or windows.drive or windows.root)


def expanded(path: Path) -> Path:
    """The path with the home folder for its ``~``; as it is where nobody bears that name."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def session_to_open(path: str, preset_name: str, seed: str, earlier: str = "") -> Path:
    """The session file that the start screen asks for, made first where it is to be new.

    ``earlier`` is the file of the session that it follows, where it follows one.

    Raises `model.store.presets.catalogues.PresetError` and `model.store.store.StoreError`.
    """
    if not path:
        return copy_sample(Path())
    found = expanded(Path(path))
    if found.name in ("", ".."):
        raise store.StoreError(f"{path} is a folder; name a session file.")
    if (preset_name or earlier) and not found.suffix:
        found = found.with_suffix(".toml")
    if earlier:
        make_second_session(found, expanded(Path(earlier)), seed=seed)
    elif preset_name:
        make_session(found, preset_name, seed=seed)
    return found
