"""Why the group met, who was there, and what they did."""

from collections.abc import Iterator

from model import topic_names
from model.edits.answers import counted
from model.edits.texts import line_of
from model.report.content import Block, Bullets, Heading, Paragraph
from model.report.words import called, day, ended, listed, short
from model.session import Group, Session, Topic

TOPICS = 3
"""Topics of which the outcome is told in the first two pages."""

OBJECTIVES = 5

OF_THE_WORKSHOP = (Group.CORE, Group.PARTICIPANT)
"""The groups of people who were there."""


def purpose(session: Session) -> Iterator[Block]:
    """What the workshop was for; nothing where the session does not say."""
    held = session.workshop
    goals = [short(goal) for goal in held.objectives if line_of(goal)]
    if not (line_of(held.purpose) or goals):
        return
    yield Heading("Purpose")
    if line_of(held.purpose):
        yield Paragraph(ended(short(held.purpose, 400)))
    if goals:
        yield Paragraph(ended("; ".join(goals[:OBJECTIVES])), "Objectives:")


def what_was_done(session: Session) -> Iterator[Block]:
    """Who met, what is recorded, and what the specialist topics came to."""
    yield Heading("What was done")
    yield Paragraph(f"{met(session)} {recorded(session)}")
    told = [topic for topic in session.topics if line_of(topic.outcome)]
    if told:
        yield Bullets(tuple(outcome(session, topic) for topic in told[:TOPICS]))


def met(session: Session) -> str:
    """Who met when, in a sentence."""
    there = [person for person in session.people if person.group in OF_THE_WORKSHOP]
    teams = {line_of(person.team).casefold() for person in there if line_of(person.team)}
    who = counted(len(there), "person", "people") if there else "The group"
    of = f" from {counted(len(teams), 'team')}" if len(teams) > 1 else ""
    on = f"On {day(session.workshop.date)}, " if session.workshop.date else ""
    who = who[:1].lower() + who[1:] if on else who
    process = short(session.workshop.process)
    what = f"the process “{process}”" if process else "the process"
    return f"{on}{who}{of} went through {what} and agreed what to record."


def recorded(session: Session) -> str:
    """How much of the process is recorded, and how much of it the group agreed."""
    every = session.activities
    if not every:
        return "Its activities are still to be recorded."
    decisions = sum(bool(one.decision) for one in every)
    documents = {line_of(name).casefold() for one in every for name in one.documents}
    agreed = sum(one.confirmed for one in every)
    parts = (
        counted(len(every), "activity", "activities"),
        counted(decisions, "decision"),
        counted(len(documents), "document"),
    )
    said = f"{listed(parts)} are recorded in {counted(len(session.stages), 'stage')}"
    return f"{said}; the place and the lead of {agreed} of {len(every)} are agreed."


def outcome(session: Session, topic: Topic) -> Paragraph:
    """What a topic came to."""
    return Paragraph(ended(short(topic.outcome, 300)), f"{topic_name(session, topic)}:")


def topic_name(session: Session, topic: Topic) -> str:
    """What a topic is called, as a heading has room for."""
    name = short(topic_names.topic_name(session, topic), 80) or "Topic"
    return name[:1].upper() + name[1:]


def people_there(session: Session) -> tuple[str, ...]:
    """Who was there, each with the team."""
    names = called(session)
    return tuple(
        f"{names[one.id]} ({line_of(one.team)})" if line_of(one.team) else names[one.id]
        for one in session.people
        if one.group in OF_THE_WORKSHOP and line_of(one.name)
    )
