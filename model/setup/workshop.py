"""The heading of the session, and the minutes that the parts of the afternoon take and may take."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from offwall.model.records import EditError, Session, derive, excerpt, line_of
from offwall.model.records.record_kind import (
    Ask,
    HeadingKind,
    choice_ask,
    date_ask,
    texts_ask,
    values_of,
    yes_ask,
)
from offwall.model.records.session import Besides, Government, Nation, PartTime, Version
from offwall.model.records.text import fold, number_from
from offwall.model.setup.people_and_roles import several_ask, who_ask


def scope(session: Session) -> str:
    """What the process goes from and to, within a sentence; empty where neither is said."""
    starts, ends = (
        line_of(one).rstrip(".") for one in (session.workshop.starts, session.workshop.ends)
    )
    return " ".join(filter(None, (starts and f"from “{starts}”", ends and f"to “{ends}”")))


TIMED_PARTS = ("topic", "record", "plan")
"""The parts of the afternoon, whose minutes are planned."""

PLANNED_MINUTES = {"topic": 60, "record": 150, "plan": 30}
"""Minutes of each part where the session says nothing else."""


def add_minutes(session: Session, part: str, minutes: int, topic: str = "") -> Session:
    """Add minutes to what a part (``topic``, ``record`` or ``plan``) has used, and to a topic."""
    time: PartTime = getattr(session.clock, part)
    topics = tuple(
        replace(one, minutes=one.minutes + minutes) if topic and one.id == topic else one
        for one in session.topics
    )
    fields: dict[str, Any] = {part: replace(time, used=time.used + minutes)}
    return replace(session, topics=topics, clock=replace(session.clock, **fields))


# What the process handles: an application, a contract, a case. No sentence of the program names it
# otherwise: texts have {thing}, {things} and {value: words where each has a value in pounds}.


@dataclass(frozen=True, slots=True)
class Thing:
    """What one and several of what the process handles are called; ``money``: each has a value."""

    one: str
    many: str
    money: bool

    @property
    def a_one(self) -> str:
        """One with its article: ``an application``."""
        return f"{'an' if self.one[:1].casefold() in 'aeiou' else 'a'} {self.one}"

    def named(self, text: str) -> str:
        """A text with what it handles put in; a slot that begins a sentence is capitalised."""
        words = {"thing": self.one, "things": self.many, "a thing": self.a_one}

        def said(slot: re.Match[str]) -> str:
            name, if_money = slot["name"], slot["money"]
            word = words[name.casefold()] if name else if_money if self.money else ""
            return word[:1].upper() + word[1:] if name and name[0].isupper() else word

        return _SLOT.sub(said, text)


_SLOT = re.compile(r"\{(?:(?P<name>[Tt]hings?|[Aa] thing)|value:(?P<money>[^{}]*))\}")


def thing_of(session: Session) -> Thing:
    """What the session's process handles; a case where it is not said.

    A tier that begins at a value tells that there is money, whatever else is said.
    """
    said = session.workshop
    one = said.thing or "case"
    many = said.things or (f"{one[:-1]}ies" if re.search("[^aeiou]y$", one) else f"{one}s")
    valued = any(tier.value_from is not None for tier in session.tiers)
    return Thing(one, many, said.money or valued)


def _besides(session: Session, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What is recorded besides, after answers. Raises `EditError` for what there is some of."""
    said = session.workshop.also_record
    for what in Besides:
        wanted = values.get(what, session.records(what))
        if wanted is session.records(what):
            continue
        if not wanted and session.has(what):
            raise EditError(f"There are {what} already. Take those away first, or leave it at yes.")
        said = (*said, str(what)) if wanted else tuple(one for one in said if one != what)
    return said


# The heading of the session: what is mapped, where, when, by whom and why; the time planned.


def _minutes_ask(part: str, label: str, hint: str) -> Ask:
    """Asks for minutes; no answer leaves a part the time that it has without one."""
    wrong = "number of minutes. Type one such as 60."
    return Ask(
        part,
        label,
        f"{hint} Empty: {PLANNED_MINUTES[part]}.",
        read=lambda _, text: number_from(text, 1, 24 * 60, wrong),
        chosen=True,
    )


def _values(session: Session) -> Mapping[str, Any]:
    planned = {part: getattr(session.clock, part).planned for part in TIMED_PARTS}
    besides = {str(what): session.records(what) for what in Besides}
    return values_of(session.workshop) | planned | besides


def _put(session: Session, values: Mapping[str, Any]) -> Session:
    parts: dict[str, Any] = {
        part: replace(getattr(session.clock, part), planned=values[part])
        for part in TIMED_PARTS
        if part in values
    }
    texts = {name: value for name, value in values.items() if name not in (*parts, *Besides)}
    texts["also_record"] = _besides(session, values)
    workshop, clock = replace(session.workshop, **texts), replace(session.clock, **parts)
    return replace(session, workshop=workshop, clock=clock)


WORKSHOP = HeadingKind(
    title="The workshop",
    label="Changed the workshop",
    forms=("title", "thing", "holidays", "owner"),
    asks=(
        Ask(
            "title",
            "Title",
            "What stands on every page, such as School admissions process map.",
            # A new session has the preset's: what is typed takes its place.
            chosen=True,
        ),
        Ask("council", "Council", "Its name in full."),
        Ask("process", "Process", "What is mapped, such as School admissions."),
        Ask("starts", "Starts with", "What starts it, such as an application comes in."),
        Ask("ends", "Ends with", "What ends it, such as the parents have been told."),
        Ask(
            "marking",
            "Marking",
            "Such as OFFICIAL. It is printed on every document. May stay empty.",
        ),
        date_ask("date", "Date"),
        Ask(
            "thing",
            "One is called",
            "What the process handles, such as application. Empty: case.",
        ),
        Ask("things", "Several are", "Empty: as English makes it, such as applications."),
        yes_ask(
            "money", "Money value", "Has each a value in pounds, so that value can set a tier?"
        ),
        yes_ask(Besides.TIMESCALES, "Also timescales", "Within when each activity is done."),
        yes_ask(Besides.TIERS, "Also tiers", "What the process leaves out for which {things}."),
        yes_ask(Besides.MARKS, "Also marks", "Keep, change, drop or new, at each activity."),
        yes_ask(Besides.TIMES, "Also times", "How long and how often: # in part 2."),
        Ask(
            "rate",
            "Pounds an hour",
            "What an hour of work costs; empty: nothing is told in pounds.",
            read=lambda _, text: number_from(text, 1, 9999, "number of pounds. Type such as 32."),
            wanted=lambda session: session.records(Besides.TIMES),
        ),
        yes_ask(
            Besides.REQUIREMENTS,
            "Also the law",
            "What it asks of an English council's contracts: ) in part 2 lists it.",
        ),
        choice_ask(
            "holidays",
            "Bank holidays",
            f"Kept in: {', '.join(Nation)}. Type the start of one.",
            Nation,
            None,
        ),
        choice_ask(
            "government",
            "Government",
            f"Forms: {', '.join(Government)}. Type the start of one.",
            Government,
            None,
        ),
        Ask("facilitator", "Facilitator", "Who leads through the afternoon."),
        Ask("recorder", "Recorder", "Who types."),
        Ask("purpose", "Purpose", "Why the process is mapped."),
        texts_ask("objectives", "Objectives", "With a semicolon between them.", ";"),
        _minutes_ask("topic", "Part 1, minutes", "Planned for the specialist topic."),
        _minutes_ask("record", "Part 2, minutes", "Planned to review and record."),
        _minutes_ask("plan", "Part 3, minutes", "Planned for next steps and the plan."),
        who_ask(
            "owner", "Process owner", "Who keeps it up afterwards: a role, a person, or words."
        ),
        date_ask("review_on", "Review date", "When it is looked at again; may stay empty."),
        who_ask("presenter", "Presented by", "Who presents the findings to senior management."),
        Ask("presented_at", "Presented at", "Where and when, such as Leadership team, 10 Feb."),
        Ask("presented_for", "Presented for", "How long, such as 20 minutes."),
        several_ask(
            "pre_brief", "Pre-brief", "Who hears it before, with a semicolon between them."
        ),
    ),
    values=_values,
    put=_put,
)


# Versions of the process: what it was called when somebody said that it stands, and since when.


def last_version(session: Session) -> Version | None:
    """The version of the latest date; None where none was recorded."""
    dated = sorted(session.versions, key=lambda one: one.on or dt.date.min)
    return dated[-1] if dated else None


def record_version(session: Session, text: str, on: dt.date, path: str = "") -> Session:
    """Say that the process stands as it is now, under a name; ``path`` is where its file lies.

    Raises `EditError` without a name, and for one that a version has already.
    """
    name = line_of(text, "Say what the version is called, such as 1.0.")
    if any(fold(one.name) == fold(name) for one in session.versions):
        raise EditError(f"There is a version {excerpt(name)} already. Call this one otherwise.")
    made = Version(derive(fold(name), "v"), name, on, path)
    return replace(session, versions=(*session.versions, made))
