"""What changed between two sessions, in sentences: by part of the afternoon, in part 2 by stage.

Records are matched by what they are known by, so that a move is a move.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from offwall.model.compare.labels import DETAILS, SILENT, RecordLabels
from offwall.model.records import Activity, Session, Table, diff, say_date
from offwall.model.records.changes import PLACE, Change
from offwall.model.records.fields import (
    FieldInfo,
    StageId,
    field_infos,
    record_info,
)
from offwall.model.records.session import Clock, Route, Workshop
from offwall.model.records.text import LONGEST_QUOTE, cut_short, on_one_line, quoted


class AfternoonPart(StrEnum):
    """Where in the afternoon something belongs."""

    SET_UP = "Set-up"
    TOPIC = "Part 1"
    RECORD = "Part 2"
    PLAN = "Part 3"


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """What changed about one record, in a sentence; ``text`` is data, as the session has it.

    ``collection`` and ``key`` say which record, as in `model.records.changes.Change`; a sentence
    about several has no key. ``ref`` is an activity's place now, ``was`` its place before.
    """

    text: str
    collection: str
    key: str = ""
    ref: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSection:
    """What changed in one part of the afternoon, in part 2 of one stage: ``stage`` is its id."""

    part: AfternoonPart
    heading: str
    sentences: tuple[ChangeSentence, ...]
    stage: str = ""


# Where in the afternoon a change belongs, and in which order it is told.

Place = tuple[AfternoonPart, str]
"""A part, and in part 2 a stage's id; empty for what belongs to no stage."""

PART_OF_COLLECTION: Mapping[str, AfternoonPart] = {
    **dict.fromkeys(("topics", "tiers", "board"), AfternoonPart.TOPIC),
    **dict.fromkeys(("voting", "issues"), AfternoonPart.TOPIC),
    **dict.fromkeys(("activities", "documents", "clashes"), AfternoonPart.RECORD),
    "requirements": AfternoonPart.RECORD,
    **dict.fromkeys(("actions", "photos", "remarks", "handed_out"), AfternoonPart.PLAN),
}
"""The part that each collection belongs to; those of the set-up are not listed."""

PART_OF_CLOCK = {
    "topic": AfternoonPart.TOPIC,
    "record": AfternoonPart.RECORD,
    "plan": AfternoonPart.PLAN,
}
"""The part that each time of the clock is of."""

POINTERS = {"activities": "id", "issues": "activity", "remarks": "on", "clashes": "record"}
"""The field by which a record belongs to an activity."""

TITLES = {
    AfternoonPart.SET_UP: "Set-up",
    AfternoonPart.TOPIC: "Part 1: topics, issues and tiers",
    AfternoonPart.RECORD: "Part 2: the record",
    AfternoonPart.PLAN: "Part 3: actions, remarks and photos",
}


def part_of(old: Session, new: Session, collection: str, record: Any, field: str = "") -> Place:
    """Where a record belongs: what is linked to an activity goes where that stands.

    ``field`` says which, for the clock: each part has its own time.
    """
    if collection == "clock":
        return PART_OF_CLOCK.get(field, AfternoonPart.SET_UP), ""
    activity = getattr(record, POINTERS.get(collection, ""), "")
    found = new.activity_by_id.get(activity) or old.activity_by_id.get(activity)
    return (
        (AfternoonPart.RECORD, found.stage)
        if found
        else (PART_OF_COLLECTION.get(collection, AfternoonPart.SET_UP), "")
    )


def sections(
    old: Session, new: Session, told: Mapping[Place, Sequence[ChangeSentence]]
) -> tuple[ChangeSection, ...]:
    """The sentences under their headings: the parts in order, the stages as they stand now."""
    stages: dict[str, str] = {stage.id: stage.name for stage in (*new.stages, *old.stages)}
    stages |= {stage.id: stage.name for stage in new.stages}
    order = [(part, "") for part in AfternoonPart]
    order[-1:-1] = [(AfternoonPart.RECORD, stage) for stage in stages]
    return tuple(
        ChangeSection(part, _heading(part, stage, stages), tuple(found), stage)
        for part, stage in order
        if (found := told.get((part, stage)))
    )


def _heading(part: AfternoonPart, stage: str, names: Mapping[str, str]) -> str:
    if not stage:
        return TITLES[part]
    name = cut_short(on_one_line(names[stage]), LONGEST_QUOTE)
    return f"{part}, {on_one_line(stage)} {name}".rstrip()


# What was confirmed meanwhile, or is to be confirmed again: one sentence for many activities.

LEVELS = (
    ("Confirmed", True, True),
    ("Place confirmed, lead still to confirm", True, False),
    ("Lead confirmed, place still to confirm", False, True),
    ("To be confirmed again", False, False),
)
"""What is said of those that came to each level of agreement: of the sequence, of the lead."""


def confirmed(old: Session, new: Session, stage: StageId) -> Iterator[str]:
    """A sentence for each level that activities of a stage came to, with their places."""
    for said, *level in LEVELS:
        came = [
            place
            for place, one in enumerate(new.by_stage[stage], 1)
            if _level(one) == level and _level(old.activity_by_id.get(one.id)) != level
        ]
        if came:
            yield f"{said}: {_refs(stage, came)}."


def confirming(before: Activity | None, after: Activity) -> str:
    """The same of one activity; empty where its level is as it was."""
    level = _level(after)
    said = next(said for said, *found in LEVELS if found == level)
    return said.lower() if level != _level(before) else ""


def _level(activity: Activity | None) -> list[bool]:
    return [activity.sequence_confirmed, activity.lead_confirmed] if activity else [False, False]


def _refs(stage: StageId, places: Sequence[int]) -> str:
    """Places as refs, neighbours as a run: ``S3.01, S3.04 to S3.08``."""
    said: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        refs = [f"{stage}.{place:02}" for _, place in run]
        said += refs if len(refs) < 3 else [f"{refs[0]} to {refs[-1]}"]
    return ", ".join(said)


# What changed in one field, as a part of a sentence: ``lead now Head of Service (was nobody)``.

SHORT = 160
"""Characters of a text that is quoted whole; of a longer one, what differs."""

AROUND = 40
"""Characters that are quoted on both sides of what differs in a long text."""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The names of before and of after; ``called`` where sentences begin with the new ones."""

    old: RecordLabels
    new: RecordLabels
    called: bool = True


def field_changes(sides: BeforeAfter, old: Any, new: Any) -> Iterator[str]:
    """What differs between two records of one key, a clause a field."""
    kind = old.__class__
    info = record_info(kind)
    untold = SILENT.get(info.collection, ()) if info else ()
    for name in field_infos(kind):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and name not in untold:
            yield from _clause(sides, _Told(kind, name), before, after)


def new_record_details(names: RecordLabels, collection: str, record: Any) -> Iterator[str]:
    """What is said of a record that is new."""
    for name in DETAILS.get(collection, ()):
        if value := getattr(record, name):
            told = _Told(type(record), name)
            items = value if isinstance(value, tuple) else (value,)
            alone = isinstance(value, tuple) and len(value) == 1
            noun = told.noun.removesuffix("s") if alone else told.noun
            yield f"{noun} {', '.join(_item(names, told.info, item) for item in items)}"


@dataclass(frozen=True, slots=True)
class _Told:
    """A field of a record, and what it says of itself."""

    record: type
    name: str

    @property
    def info(self) -> FieldInfo:
        return field_infos(self.record)[self.name]

    @property
    def noun(self) -> str:
        """What it is called in a sentence."""
        return self.info.noun or self.name.replace("_", " ")

    @property
    def begins(self) -> bool:
        """Whether the sentence begins with it already, as its record is called by it."""
        known = record_info(self.record)
        return known is not None and known.record is not Workshop and self.name in known.called


def _clause(sides: BeforeAfter, told: _Told, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, Table):
        yield f"{told.noun} was changed"
    elif isinstance(old, bool):
        yield f"now {told.noun}" if new else f"no longer {told.noun}"
    elif isinstance(old, tuple):
        yield _list(sides, told, old, new)
    elif is_dataclass(old) and is_dataclass(new):
        yield from field_changes(sides, old, new)
    elif told.name == "sha256":
        yield f"another {told.noun}"
    else:
        yield _value(sides, told, old, new)


def _value(sides: BeforeAfter, told: _Told, old: Any, new: Any) -> str:
    if _is_text(told.info, old) and _is_text(told.info, new):
        before, after = quote_apart(on_one_line(old), on_one_line(new))
        shown = sides.called and told.begins and len(after) <= LONGEST_QUOTE
        return f"was “{before}”" if shown else f"{told.noun} now “{after}” (was “{before}”)"
    before = _said(sides.old, told.info, old)
    after = _said(sides.new, told.info, new)
    if not after:
        return f"no {told.noun} now (was {before})"
    return f"{told.noun} now {after} (was {before})" if before else f"{told.noun}: {after}"


def _is_text(info: FieldInfo, value: Any) -> bool:
    return bool(value) and type(value) is str and info.quoted and (not info.to or info.by_name)


def _list(sides: BeforeAfter, told: _Told, old: tuple[Any, ...], new: tuple[Any, ...]) -> str:
    if any(isinstance(item, tuple) for item in (*old, *new)):
        # How each tier is treated now, where that changed.
        was, now = dict(old), dict(new)
        treated = [
            f"{on_one_line(tier)} now {now.get(tier, 'not said')} (was {was.get(tier, 'not said')})"
            for tier in {**now, **was}
            if now.get(tier) != was.get(tier)
        ]
        return f"{told.noun}: {', '.join(treated)}"
    came = [_item(sides.new, told.info, item) for item in new if item not in old]
    went = [_item(sides.old, told.info, item) for item in old if item not in new]
    both = ((came, "added"), (went, "taken out"))
    said = [f"{', '.join(items)} {how}" for items, how in both if items]
    return f"{told.noun}: {', '.join(said) or 'in another order'}"


def _item(names: RecordLabels, info: FieldInfo, item: Any) -> str:
    """One of several values: a role, an answer, a text."""
    if isinstance(item, Route):
        to = names.where(item.to) if item.to else f"“{on_one_line(item.to_words)}”"
        target = to if item.to or item.to_words else "the next activity"
        return f"“{on_one_line(item.answer)}” to {target}"
    if is_dataclass(item):
        called = (str(getattr(item, name, "")) for name in ("name", "sheet", "header", "text"))
        return f"“{on_one_line(next(filter(None, called), ''))}”"
    return _said(names, info, item)


def _said(names: RecordLabels, info: FieldInfo, value: Any) -> str:
    """A value in words; empty for none."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return say_date(value)
    if isinstance(value, int):
        return f"{value:,}"
    if "roles" in info.to:
        return names.who(value)
    if info.to and not info.by_name and value:
        return names.where(value)
    text = on_one_line(str(value))
    # Names go without quotes.
    is_quoted = text and info.quoted and not isinstance(value, StrEnum)
    return f"“{cut_short(text, SHORT)}”" if is_quoted else text


def quote_apart(old: str, new: str) -> tuple[str, str]:
    """Two texts to be quoted: of long ones what differs, with a few words around it."""
    if max(len(old), len(new)) <= SHORT:
        return old, new
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return _cut(old, start, end), _cut(new, start, end)


def _alike(one: str, other: str) -> int:
    """How many characters are the same at the start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


# A sentence for each record that changed, put where in the afternoon it belongs.

UNTOLD = ("format", "earlier")
"""What is no change that anybody made."""

RANKED = ("actions", "issues")
"""Whose order in the file says nothing: a move in the ranking is a field of its own."""


def describe_changes(old: Session, new: Session) -> tuple[ChangeSection, ...]:
    """What turned ``old`` into ``new``, under headings; empty where nothing did."""
    sides = BeforeAfter(RecordLabels(old), RecordLabels(new))
    # The order of a file with its stages mixed is nobody's move, and a stage that was moved takes
    # its activities along: the activities are compared in the order of the wall.
    before = tuple(one for stage in new.by_stage for one in old.by_stage.get(stage, ()))
    gone = tuple(activity for activity in old.in_order if activity.stage not in new.by_stage)
    changes = diff(replace(old, activities=before + gone), replace(new, activities=new.in_order))
    told: dict[Place, list[ChangeSentence]] = {}
    for place, sentence in _sentences(sides, changes):
        told.setdefault(place, []).append(sentence)
    for stage in new.by_stage:
        for text in confirmed(old, new, stage):
            told.setdefault((AfternoonPart.RECORD, stage), []).append(
                ChangeSentence(text, "activities")
            )
    for found in told.values():
        found.sort(key=_as_the_wall_reads)
    return sections(old, new, told)


def _as_the_wall_reads(sentence: ChangeSentence) -> tuple[int, bool, str]:
    """Activities first, by place, those removed last; the time spent at the end."""
    if sentence.collection != "activities":
        return 1 + (sentence.collection == "clock"), False, ""
    place = sentence.ref.rpartition(".")[2] or sentence.was
    return 0, not sentence.ref, place.zfill(9) if place else ""


def describe_record(old: Session, new: Session, key: str, collection: str = "activities") -> str:
    """What changed of one record, as the rest of a sentence; empty where nothing did."""
    sides = BeforeAfter(RecordLabels(old), RecordLabels(new))
    before, after = sides.old.record(collection, key), sides.new.record(collection, key)
    if before is None or after is None:
        return "" if before is after else "new" if before is None else "removed"
    was = old.ref_by_id.get(key, "")
    said = [
        f"was {was}" if was != new.ref_by_id.get(key, "") else "",
        *field_changes(sides, before, after),
        confirming(before, after) if collection == "activities" else "",
    ]
    return "; ".join(filter(None, said))


def _sentences(
    sides: BeforeAfter, changes: Iterable[Change]
) -> Iterator[tuple[Place, ChangeSentence]]:
    """A sentence a record; of the clock, one a part."""
    fields: dict[tuple[str, str, str], set[str]] = {}
    for change in changes:
        part = change.field if change.collection == "clock" else ""
        fields.setdefault((change.collection, change.key, part), set()).add(change.field)
    for (collection, key, part), found in fields.items():
        if collection in UNTOLD:
            continue
        before, after = (side.record(collection, key) for side in (sides.old, sides.new))
        if text := _sentence_text(sides, collection, before, after, found):
            old, new = sides.old.session, sides.new.session
            place = part_of(old, new, collection, after or before, part)
            refs = [one.ref_by_id.get(key, "") for one in (new, old)]
            refs = refs if collection == "activities" else []
            yield place, ChangeSentence(text, collection, key, *refs)


def _sentence_text(
    sides: BeforeAfter, collection: str, before: Any, after: Any, fields: set[str]
) -> str:
    """The sentence about a record as it was and as it is, either of them None where it is not."""
    if after is None:
        return f"{_label(sides, collection, before, None)} was removed."
    label = _label(sides, collection, before, after)
    if before is None:
        return _ended(f"{label} is new", new_record_details(sides.new, collection, after))
    if isinstance(after, Table):
        return "What else the file says was changed."
    if collection == "clock":
        [part] = fields
        times = getattr(before, part), getattr(after, part)
        return _ended("Time", _clause(sides, _Told(Clock, part), *times))
    moved = PLACE in fields and collection not in RANKED
    moved |= collection == "activities" and before.stage != after.stage
    said = [*field_changes(sides, before, after)]
    if not said and not moved:
        return ""
    return _ended(f"{label} was moved" if moved else label, said)


def _ended(begun: str, said: Iterable[str]) -> str:
    rest = "; ".join(said)
    return f"{begun}: {rest}." if rest else f"{begun}."


def _label(sides: BeforeAfter, collection: str, before: Any, after: Any) -> str:
    """What a record is called; an activity by its place now, and by its place before."""
    names, record = (sides.old, before) if after is None else (sides.new, after)
    if not isinstance(record, Activity):
        return names.label(collection, record)
    was = sides.old.session.ref_by_id.get(record.id, "") if before else ""
    ref = sides.new.session.ref_by_id.get(record.id, "") if after else ""
    said = f"{ref} {quoted(record.text)}".strip()
    return f"{said} (was {was})" if was and was != ref else said
