"""What a session can begin with and choose from: presets, topics, questions, next steps, the law.

The shipped files stand beside this one; a council's own go before them. Raises `PresetError` where
its folder cannot be listed, or a file of it cannot be read.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from offwall.model.records import Session
from offwall.model.records.session import Requirement
from offwall.model.setup.workshop import Thing
from offwall.model.store.toml.load import SessionFileError, loads, place_in_words
from offwall.model.store.toml.record_tables import MisfitError, read_record, slots

CATALOGUES = ("topics", "next_steps", "challenge", "requirements")
"""The files that are no process presets."""


class PresetError(ValueError):
    """A preset or catalogue that is not there or cannot be read, as a sentence for the user."""


def shipped_text(name: str) -> str:
    """The text of a file that ships with Offwall."""
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def own_files(folder: Path | None) -> dict[str, Path]:
    """The TOML files of a council's folder by name, in order; none where there is no folder."""
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


def read_own_file(path: Path) -> str:
    """The text of one of the council's files."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PresetError(f"{path}: this is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PresetError(
            f"{path}: it cannot be read ({reason}); correct that or move it away."
        ) from error


# Process presets: the stages, roles and tiers that a session begins with.
#
# A preset is a session file, so any session that went well can be the next one's preset.

SHIPPED = ("contract-management", "procurement", "three-phase", "blank")


def preset_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the presets: those shipped, then those of the council's folder."""
    extra = [name for name in own_files(folder) if name not in (*SHIPPED, *CATALOGUES)]
    return (*SHIPPED, *extra)


def preset(name: str, folder: Path | None = None) -> Session:
    """The session that a preset begins with. Raises PresetError where there is no such preset."""
    names = preset_names(folder)
    if name not in names:
        raise PresetError(f"There is no preset called {name!r}; choose one of: {', '.join(names)}.")
    path = own_files(folder).get(name)
    return _own_session(path) if path else loads(shipped_text(name))


def _own_session(path: Path) -> Session:
    text = read_own_file(path)
    try:
        return loads(text)
    except SessionFileError as error:
        raise PresetError(error.named(str(path))) from error


def requirements(folder: Path | None = None) -> tuple[Requirement, ...]:
    """What the law asks, as a session holds it; a council's own of the same id replaces one."""
    found = loads(shipped_text("requirements")).requirements
    if path := own_files(folder).get("requirements"):
        found += _own_session(path).requirements
    return tuple({one.id: one for one in found}.values())


# The catalogues: topics worth an hour, what to ask of an activity, next steps worth a date.


@dataclass(frozen=True, slots=True)
class TopicKind:
    """A kind of topic for part 1.

    ``kind`` is what a topic's record says; ``when`` is when it is worth the hour; ``outcome`` is
    what comes out; ``prompts`` are questions to put to the group, in order.
    """

    kind: str
    title: str
    when: str = ""
    outcome: str = ""
    prompts: tuple[str, ...] = ()

    def named(self, thing: Thing) -> "TopicKind":
        """The kind in the words of what the process handles."""
        said = {name: thing.named(getattr(self, name)) for name in ("title", "when", "outcome")}
        return replace(self, **said, prompts=tuple(map(thing.named, self.prompts)))


@dataclass(frozen=True, slots=True)
class CatalogueStep:
    """A next step that part 3 offers.

    ``owner`` is a hint in words at who might take it, or several with semicolons; ``days`` are
    those after the workshop by which it might be done; ``also`` are other words for the same.
    """

    text: str
    owner: str = ""
    days: int = 0
    also: tuple[str, ...] = ()

    def due(self, workshop: dt.date) -> dt.date:
        """The target date to offer, for a workshop on that date."""
        return workshop + min(dt.timedelta(self.days), dt.date.max - workshop)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an activity when the process is challenged, and what it is about."""

    about: str
    text: str


Entry = TypeVar("Entry", TopicKind, CatalogueStep, Question)


def topic_kinds(folder: Path | None = None) -> tuple[TopicKind, ...]:
    """The topics that part 1 offers; a council's own of the same kind replaces the shipped one."""
    return _catalogue("topics", folder, TopicKind)


def next_steps(folder: Path | None = None) -> tuple[CatalogueStep, ...]:
    """The next steps that part 3 offers; a council's own of the same text replaces one."""
    return _catalogue("next_steps", folder, CatalogueStep)


def challenge_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """What is asked of every activity; a council's own of the same about replaces a shipped one."""
    return _catalogue("challenge", folder, Question)


def _entry(kind: type[Entry], where: str, table: Any) -> Entry:
    """An entry as its file has it; keys that are not known are passed over."""
    record: Any = kind
    known = slots(record)
    if isinstance(table, dict):
        table = {key: value for key, value in table.items() if key in known}
    try:
        entry: Entry = read_record(record, table)
    except MisfitError as bad:
        field = place_in_words(bad.path) or "it"
        raise PresetError(f"{where}: {field} {bad.says}; {bad.remedy}.") from None
    for name, slot in known.items():
        if slot.required and not table[name].strip():
            raise PresetError(f"{where}: it must have {name}; correct the file.")
    return entry


def _catalogue(name: str, folder: Path | None, kind: type[Entry]) -> tuple[Entry, ...]:
    """The shipped entries, and the council's own in their place where the first field is alike."""
    texts = {f"{name}.toml": shipped_text(name)}
    if path := own_files(folder).get(name):
        texts[str(path)] = read_own_file(path)
    found = (
        _entry(kind, f"{where}, {name} {number}", table)
        for where, text in texts.items()
        for number, table in enumerate(_tables(where, text, name), 1)
    )
    first = fields(kind)[0].name
    return tuple({getattr(one, first): one for one in found}.values())


def _tables(where: str, text: str, name: str) -> list[Any]:
    try:
        found = tomllib.loads(text).get(name, [])
    except (ValueError, RecursionError) as error:
        raise PresetError(f"{where}: this is not TOML ({error}); correct it.") from error
    if not isinstance(found, list):
        raise PresetError(f"{where}: {name} must be records, each under [[{name}]]; correct it.")
    return found
