"""Where the line writes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """``new`` and ``before`` an activity, or ``edit`` and ``add`` to it; and its stage."""

    mode: str
    activity: str
    stage: str
