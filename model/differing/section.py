"""What the comparison of two sessions is made of: sections with a heading, and their sentences."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where in the afternoon something belongs."""

    SET_UP = "Set-up"
    TOPIC = "Part 1"
    RECORD = "Part 2"
    PLAN = "Part 3"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What changed about one record, in a sentence; ``text`` is data, as the session has it.

    ``collection`` and ``key`` say which record, as in `model.changes.Change`; a sentence about
    several has no key. ``ref`` is an activity's place now, ``was`` its place before.
    """

    text: str
    collection: str
    key: str = ""
    ref: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What changed in one part of the afternoon, in part 2 of one stage: ``stage`` is its id."""

    part: Part
    heading: str
    sentences: tuple[Sentence, ...]
    stage: str = ""
