"""The catalogues: topics worth an hour, what to ask of an activity, next steps worth a date."""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from model.presets.files import PresetError, own, read, shipped

MOST_DAYS = 3650
"""A next step more than ten years away is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class TopicKind:
    """A kind of topic for part 1.

    ``kind`` is what a topic's record says; ``when`` is when it is worth the hour; ``outcome`` is
    what comes out; ``prompts`` are questions to put to the group, in order.
    """

    kind: str
    title: str
    when: str
    outcome: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step that part 3 offers.

    ``owner`` is a hint in words at who might take it; ``days`` are those after the workshop by
    which it might be done; ``also`` are other words for the same.
    """

    text: str
    owner: str
    days: int
    also: tuple[str, ...] = ()

    def due(self, workshop: dt.date) -> dt.date:
        """The target date to offer, for a workshop on that date."""
        return workshop + min(dt.timedelta(self.days), dt.date.max - workshop)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an activity when the process is challenged, and what it is about."""

    about: str
    text: str


Entry = TypeVar("Entry", TopicKind, NextStep, Question)


def topic_kinds(folder: Path | None = None) -> tuple[TopicKind, ...]:
    """The topics that part 1 offers; a council's own of the same kind replaces the shipped one.

    Raises PresetError where the council's file cannot be read.
    """
    found = _catalogue("topics", folder, _topic_kind)
    return tuple({entry.kind: entry for entry in found}.values())


def next_steps(folder: Path | None = None) -> tuple[NextStep, ...]:
    """The next steps that part 3 offers; a council's own of the same text replaces a shipped one.

    Raises PresetError where the council's file cannot be read.
    """
    found = _catalogue("next_steps", folder, _next_step)
    return tuple({entry.text: entry for entry in found}.values())


def challenge_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """What is asked of every activity; a council's own of the same about replaces a shipped one.

    Raises PresetError where the council's file cannot be read.
    """
    found = _catalogue("challenge", folder, _question)
    return tuple({entry.about: entry for entry in found}.values())


class _Reader:
    """Takes an entry's values, or says where and what is wrong."""

    def __init__(self, where: str, table: Any) -> None:
        self.where = where
        self.table: dict[str, Any] = table if isinstance(table, dict) else self.fail("be a table")

    def fail(self, must: str) -> Any:
        raise PresetError(f"{self.where}: it must {must}; correct the file.")

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            self.fail(f"have text in quotes for {key}")
        if needed and not value.strip():
            self.fail(f"have {key}")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(f"have a list of texts for {key}")
        return tuple(value)

    def days(self, key: str) -> int:
        value = self.table.get(key, 0)
        if type(value) is not int or not 0 <= value <= MOST_DAYS:
            self.fail(f"have a whole number from 0 to {MOST_DAYS} for {key}")
        return int(value)


def _topic_kind(entry: _Reader) -> TopicKind:
    return TopicKind(
        entry.text("kind", needed=True),
        entry.text("title", needed=True),
        entry.text("when"),
        entry.text("outcome"),
        entry.texts("prompts"),
    )


def _next_step(entry: _Reader) -> NextStep:
    text = entry.text("text", needed=True)
    return NextStep(text, entry.text("owner"), entry.days("days"), entry.texts("also"))


def _question(entry: _Reader) -> Question:
    return Question(entry.text("about", needed=True), entry.text("text", needed=True))


def _catalogue(name: str, folder: Path | None, make: Callable[[_Reader], Entry]) -> Iterator[Entry]:
    """The shipped entries, then the council's own."""
    texts = {f"{name}.toml": shipped(name)}
    path = own(folder).get(name)
    if path is not None:
        texts[str(path)] = read(path)
    for where, text in texts.items():
        for number, table in enumerate(_tables(where, text, name), 1):
            yield make(_Reader(f"{where}, {name} {number}", table))


def _tables(where: str, text: str, name: str) -> list[Any]:
    try:
        found = tomllib.loads(text).get(name, [])
    except (ValueError, RecursionError) as error:
        raise PresetError(f"{where}: this is not TOML ({error}); correct it.") from error
    if not isinstance(found, list):
        raise PresetError(f"{where}: {name} must be records, each under [[{name}]]; correct it.")
    return found
