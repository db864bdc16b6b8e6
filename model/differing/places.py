"""Where in the afternoon a change belongs, and in which order it is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from model.differing.names import line, short
from model.differing.section import Part, Section, Sentence
from model.session import Session

Place = tuple[Part, str]
"""A part, and in part 2 a stage's id; empty for what belongs to no stage."""

PARTS: Mapping[str, Part] = {
    **dict.fromkeys(("topics", "tiers", "board"), Part.TOPIC),
    **dict.fromkeys(("voting", "issues"), Part.TOPIC),
    **dict.fromkeys(("activities", "documents", "clashes"), Part.RECORD),
    **dict.fromkeys(("actions", "photos", "remarks"), Part.PLAN),
}
"""The part that each collection belongs to; those of the set-up are not listed."""

TIMES = {"topic": Part.TOPIC, "record": Part.RECORD, "plan": Part.PLAN}
"""The part that each time of the clock is of."""

POINTERS = {"activities": "id", "issues": "activity", "remarks": "on", "clashes": "record"}
"""The field by which a record belongs to an activity."""

TITLES = {
    Part.SET_UP: "Set-up",
    Part.TOPIC: "Part 1: topics, issues and tiers",
    Part.RECORD: "Part 2: the record",
    Part.PLAN: "Part 3: actions, remarks and photos",
}


def place_of(old: Session, new: Session, collection: str, record: Any, field: str = "") -> Place:
    """Where a record belongs: what is linked to an activity goes where that stands.

    ``field`` says which, for the clock: each part has its own time.
    """
    if collection == "clock":
        return TIMES.get(field, Part.SET_UP), ""
    activity = getattr(record, POINTERS.get(collection, ""), "")
    found = new.activity_by_id.get(activity) or old.activity_by_id.get(activity)
    return (Part.RECORD, found.stage) if found else (PARTS.get(collection, Part.SET_UP), "")


def sections(
    old: Session, new: Session, told: Mapping[Place, Iterable[Sentence]]
) -> tuple[Section, ...]:
    """The sentences under their headings: the parts in order, the stages as they stand now."""
    stages = {stage.id: stage.name for stage in (*new.stages, *old.stages)}
    stages |= {stage.id: stage.name for stage in new.stages}
    order = [*((part, "") for part in (Part.SET_UP, Part.TOPIC)), (Part.RECORD, "")]
    order += [*((Part.RECORD, stage) for stage in stages), (Part.PLAN, "")]
    return tuple(
        Section(part, _heading(part, stage, stages), found, stage)
        for part, stage in order
        if (found := tuple(told.get((part, stage), ())))
    )


def _heading(part: Part, stage: str, names: Mapping[str, str]) -> str:
    return f"{part}, {line(stage)} {short(names[stage])}".rstrip() if stage else TITLES[part]
