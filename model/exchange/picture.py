"""A picture on its way into a document: its bytes, and the words that stand in for it."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a picture shows, and with that where a document puts it.

    The process is the whole of it at a glance; its pages, where they are given, are for reading.
    """

    PROCESS = "process"
    PROCESS_PAGE = "process page"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the process map or of the wall, PNG or JPEG.

    ``alternative`` is what a screen reader says instead of it; ``caption`` is printed under it.
    ``name`` is the way to its file from a document that cannot hold pictures itself, such as
    Markdown; empty where there is no such file.
    """

    data: bytes
    caption: str
    alternative: str
    subject: Subject = Subject.WALL
    name: str = ""
