"""A picture on its way into a document: its bytes, and what stands in for it where it is not seen."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a picture shows, and with that where a document puts it."""

    PROCESS = "process"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the process map or of the wall, PNG or JPEG.

    ``alternative`` is what a screen reader says instead of it; ``caption`` is printed under it.
    ``name`` is the file's name beside a document that cannot hold pictures itself, such as
    Markdown; it has no folder in it.
    """

    data: bytes
    caption: str
    alternative: str
    subject: Subject = Subject.WALL
    name: str = ""
