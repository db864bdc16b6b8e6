"""A sentence for each record that changed, put where in the afternoon it belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from model.changes import PLACE, Change, diff
from model.checks.finding import quoted
from model.differing.clauses import Sides, clauses, details
from model.differing.confirming import confirmed, confirming
from model.differing.names import Names
from model.differing.places import Place, place_of, sections
from model.differing.section import Part, Section, Sentence
from model.session import Activity, Clock, Session, Table

UNTOLD = ("format", "earlier")
"""What is no change that anybody made."""

RANKED = ("actions", "issues")
"""Whose order in the file says nothing: a move in the ranking is a field of its own."""


def sentences(old: Session, new: Session) -> tuple[Section, ...]:
    """What turned ``old`` into ``new``, under headings; empty where nothing did."""
    sides = Sides(Names(old), Names(new))
    told: dict[Place, list[Sentence]] = {}
    for place, sentence in _sentences(sides, _changes(old, new)):
        told.setdefault(place, []).append(sentence)
    for stage in new.by_stage:
        for text in confirmed(old, new, stage):
            told.setdefault((Part.RECORD, stage), []).append(Sentence(text, "activities"))
    for found in told.values():
        found.sort(key=_as_the_wall_reads)
    return sections(old, new, told)


def _as_the_wall_reads(sentence: Sentence) -> tuple[int, bool, str]:
    """Activities first, by place, those removed last; the time spent at the end."""
    if sentence.collection != "activities":
        return 1 + (sentence.collection == "clock"), False, ""
    place = sentence.ref.rpartition(".")[2] or sentence.was
    return 0, not sentence.ref, place.zfill(9) if place else ""


def about(old: Session, new: Session, key: str, collection: str = "activities") -> str:
    """What changed of one record, as the rest of a sentence; empty where nothing did."""
    sides = Sides(Names(old), Names(new))
    before, after = sides.old.record(collection, key), sides.new.record(collection, key)
    if before is None or after is None:
        return "" if before is after else "new" if before is None else "removed"
    was = old.ref_by_id.get(key, "")
    said = [
        *([f"was {was}"] if was != new.ref_by_id.get(key, "") else []),
        *clauses(sides, collection, before, after),
        *([confirming(before, after)] if collection == "activities" else []),
    ]
    return "; ".join(filter(None, said))


def _sentences(sides: Sides, changes: Iterable[Change]) -> Iterator[tuple[Place, Sentence]]:
    """A sentence a record; of the clock, one a part."""
    fields: dict[tuple[str, str, str], set[str]] = {}
    for change in changes:
        fields.setdefault(_of_one(change), set()).add(change.field)
    for (collection, key, part), found in fields.items():
        if collection in UNTOLD:
            continue
        before, after = (side.record(collection, key) for side in (sides.old, sides.new))
        if text := _text(sides, collection, before, after, found):
            old, new = sides.old.session, sides.new.session
            place = place_of(old, new, collection, after or before, part)
            ref = new.ref_by_id.get(key, "") if collection == "activities" else ""
            was = old.ref_by_id.get(key, "") if collection == "activities" else ""
            yield place, Sentence(text, collection, key, ref, was)


def _of_one(change: Change) -> tuple[str, str, str]:
    return change.collection, change.key, change.field if change.collection == "clock" else ""


def _text(sides: Sides, collection: str, before: Any, after: Any, fields: set[str]) -> str:
    """The sentence about a record as it was and as it is, either of them None where it is not."""
    if after is None:
        return f"{_label(sides, collection, before, None)} was removed."
    label = _label(sides, collection, before, after)
    if before is None:
        return _ended(f"{label} is new", details(sides.new, collection, after))
    if isinstance(after, Table):
        return "What else the file says was changed."
    if collection == "clock":
        return _ended("Time", _time(sides, before, after, fields))
    moved = PLACE in fields and collection not in RANKED
    moved |= collection == "activities" and before.stage != after.stage
    said = [*clauses(sides, collection, before, after)]
    if not said and not moved:
        return ""
    return _ended(f"{label} was moved" if moved else label, said)


def _ended(begun: str, said: Iterable[str]) -> str:
    rest = "; ".join(said)
    return f"{begun}: {rest}." if rest else f"{begun}."


def _time(sides: Sides, old: Clock, new: Clock, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        yield from clauses(sides, "clock", getattr(old, part), getattr(new, part))


def _label(sides: Sides, collection: str, before: Any, after: Any) -> str:
    """What a record is called; an activity by its place now, and by its place before."""
    names, record = (sides.old, before) if after is None else (sides.new, after)
    if not isinstance(record, Activity):
        return names.label(collection, record)
    was = sides.old.session.ref_by_id.get(record.id, "") if before else ""
    ref = sides.new.session.ref_by_id.get(record.id, "") if after else ""
    said = f"{ref} {quoted(record.text)}".strip()
    return f"{said} (was {was})" if was and was != ref else said


def _changes(old: Session, new: Session) -> tuple[Change, ...]:
    """What differs, with the activities in the order of the wall.

    The order of a file with its stages mixed is nobody's move, and a stage that was moved takes
    its activities along.
    """
    before = tuple(one for stage in new.by_stage for one in old.by_stage.get(stage, ()))
    gone = tuple(one for one in old.in_order if one.stage not in new.by_stage)
    return diff(replace(old, activities=before + gone), replace(new, activities=new.in_order))
