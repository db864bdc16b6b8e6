"""The heading of the session, and the minutes that the parts of the afternoon take and may take."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from offwall.model.records import Session
from offwall.model.records.fields import value_of
from offwall.model.records.record_kind import (
    Ask,
    HeadingKind,
    Reading,
    date_ask,
    texts_ask,
    values_of,
)
from offwall.model.records.session import Government, Nation, PartTime
from offwall.model.records.text import choice_from, number_from

TIMED_PARTS = ("topic", "record", "plan")
"""The parts of the afternoon, whose minutes are planned."""

PLANNED_MINUTES = {"topic": 60, "record": 150, "plan": 30}
"""Minutes of each part where the session says nothing else."""


def add_minutes(session: Session, part: str, minutes: int, topic: str = "") -> Session:
    """Add minutes to what a part (``topic``, ``record`` or ``plan``) has used, and to a topic."""
    time: PartTime = value_of(session.clock, part)
    topics = tuple(
        replace(one, minutes=one.minutes + minutes) if topic and one.id == topic else one
        for one in session.topics
    )
    fields: dict[str, Any] = {part: replace(time, used=time.used + minutes)}
    return replace(session, topics=topics, clock=replace(session.clock, **fields))


# The heading of the session: what is mapped, where, when, by whom and why; the time planned.


def _read_nation(_: Reading, said: str) -> Nation | None:
    """The nation named; none is written where none is said."""
    found = choice_from(said, Nation, Nation.ENGLAND_AND_WALES, "nation's bank holidays")
    return found if said.strip() else None


def _read_government(_: Reading, said: str) -> Government | None:
    """The form of government named; none is written where none is said."""
    found = choice_from(said, Government, Government.CABINET, "form of government")
    return found if said.strip() else None


def _minutes_ask(part: str, label: str, hint: str) -> Ask:
    """Asks for minutes; no answer leaves a part the time that it has without one."""
    wrong = "number of minutes. Type one such as 60."
    return Ask(
        part,
        label,
        f"{hint} Empty: {PLANNED_MINUTES[part]}.",
        read=lambda _, said: number_from(said, 1, 24 * 60, wrong),
        chosen=True,
    )


def _values(session: Session) -> Mapping[str, Any]:
    planned = {part: value_of(session.clock, part).planned for part in TIMED_PARTS}
    return values_of(session.workshop) | planned


def _put(session: Session, values: Mapping[str, Any]) -> Session:
    parts: dict[str, Any] = {
        part: replace(value_of(session.clock, part), planned=values[part])
        for part in TIMED_PARTS
        if part in values
    }
    texts = {name: value for name, value in values.items() if name not in parts}
    return replace(
        session,
        workshop=replace(session.workshop, **texts),
        clock=replace(session.clock, **parts),
    )


WORKSHOP = HeadingKind(
    title="The workshop",
    label="Changed the workshop",
    asks=(
        Ask(
            "title",
            "Title",
            "What stands on every page, such as Contract management process map.",
        ),
        Ask("council", "Council", "Its name in full."),
        Ask("process", "Process", "What is mapped, such as Contract management."),
        Ask("marking", "Marking", "Such as OFFICIAL; printed on what leaves. May stay empty."),
        date_ask("date", "Date"),
        Ask(
            "holidays",
            "Bank holidays",
            f"Kept in: {', '.join(Nation)}. Type the start of one.",
            read=_read_nation,
            choices=lambda _: tuple(Nation),
            chosen=True,
            fixed=True,
        ),
        Ask(
            "government",
            "Government",
            f"Forms: {', '.join(Government)}. Type the start of one.",
            read=_read_government,
            choices=lambda _: tuple(Government),
            chosen=True,
            fixed=True,
        ),
        Ask("facilitator", "Facilitator", "Who leads through the afternoon."),
        Ask("recorder", "Recorder", "Who types."),
        Ask("purpose", "Purpose", "Why the process is mapped."),
        texts_ask("objectives", "Objectives", "With a semicolon between them.", ";"),
        _minutes_ask("topic", "Part 1, minutes", "Planned for the specialist topic."),
        _minutes_ask("record", "Part 2, minutes", "Planned to review and record."),
        _minutes_ask("plan", "Part 3, minutes", "Planned for next steps and the plan."),
    ),
    values=_values,
    put=_put,
)
