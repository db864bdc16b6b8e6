"""Corrections on the row under the cursor: what is pressed, and what must come of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from recorder import Line, Stroke, target
from reference import TODAY

from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import Activity, Session

ADDED = "Note of the meeting"
"""The document that turns out to be missing."""


@dataclass(frozen=True)
class Correction:
    """What is pressed at an activity, and whether the session then says so."""

    activity: Activity
    strokes: tuple[Stroke, ...]
    right: Callable[[Session], bool]


def one_more_document(session: Session) -> Iterator[Correction]:
    """A document that nobody named before."""
    for found in session.in_order:
        line = Line(Vocabulary.of(session, TODAY, found.id))
        line.sign("+")
        line.words(ADDED)
        yield Correction(found, _kept(line), _says(found, documents=(*found.documents, ADDED)))


def a_route_put_right(session: Session) -> Iterator[Correction]:
    """The last answer of a decision leads to the first activity of its stage instead.

    The answer stands on the wall already, so typing it again counts.
    """
    for found in session.in_order:
        first = session.by_stage[found.stage][0].id
        if found.routes and found.routes[-1].to != first:
            line = Line(Vocabulary.of(session, TODAY, found.id))
            line.sign(">")
            line.sign(f"{found.routes[-1].answer}={target(session, first, found.stage)}")
            routes = (*found.routes[:-1], replace(found.routes[-1], to=first))
            yield Correction(found, _kept(line), _says(found, routes=routes))


def joined_with_the_one_above(session: Session) -> Iterator[Correction]:
    """The same note twice."""
    for found in session.in_order:
        if found is not session.by_stage[found.stage][0]:
            yield Correction(found, _keys("&"), _gone(found))


def moved_to_the_next_stage(session: Session) -> Iterator[Correction]:
    """It belongs to the next stage."""
    stages = list(session.stage_by_id)
    for found in session.in_order:
        if found.stage != stages[-1]:
            yield Correction(
                found, _keys("L"), _says(found, stage=stages[stages.index(found.stage) + 1])
            )


CORRECTIONS = {
    "one more document": one_more_document,
    "a route put right": a_route_put_right,
    "two notes joined": joined_with_the_one_above,
    "moved to the next stage": moved_to_the_next_stage,
}


def _keys(*keys: str) -> tuple[Stroke, ...]:
    return (Stroke(keys),)


def _kept(line: Line) -> tuple[Stroke, ...]:
    return (*line.strokes, Stroke(("enter",)))


def _says(found: Activity, **values: object) -> Callable[[Session], bool]:
    def right(session: Session) -> bool:
        now = session.activity_by_id[found.id]
        return all(getattr(now, name) == value for name, value in values.items())

    return right


def _gone(found: Activity) -> Callable[[Session], bool]:
    return lambda session: found.id not in session.activity_by_id
