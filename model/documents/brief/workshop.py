"""What a report says of the workshop: what it did, the process at a glance, what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from offwall.model.actions.facts import NAME, Facts, full_date
from offwall.model.compare.carry_over import changes_since
from offwall.model.compare.describe import ChangeSection, describe_changes
from offwall.model.documents.brief.findings import MARKED
from offwall.model.documents.paper import Bullets, Heading, Paragraph, Part, table
from offwall.model.records import (
    ActionStatus,
    Group,
    IssueStatus,
    Session,
    Stage,
    Treatment,
    counted,
    line_of,
)
from offwall.model.records.session import Tier, Topic
from offwall.model.records.text import as_sentence, english_list, first_of, fold, shorten
from offwall.model.review.second_session import second_session
from offwall.model.setup.workshop import last_version
from offwall.model.topics import heaviest_first, topic_signs
from offwall.model.topics.tiers import pounds, stage_treatments
from offwall.model.topics.times import untimed

TOPICS = 3
"""Topics of which the outcome is told in the first two pages."""

OBJECTIVES = 5

OF_THE_WORKSHOP = (Group.CORE, Group.PARTICIPANT)
"""The groups of people who were there."""


def what_was_done(facts: Facts) -> Iterator[Part]:
    """Who met to which end, what is recorded, and what the specialist topics came to."""
    session = facts.session
    yield Heading("What was done")
    yield Paragraph(f"{met(session)} {recorded(session)}".strip())
    if goals := [shorten(goal) for goal in session.workshop.objectives if line_of(goal)]:
        yield Paragraph(as_sentence("; ".join(goals[:OBJECTIVES])), "Objectives:")
    if told := [topic for topic in session.topics if line_of(topic.outcome)]:
        yield Bullets(tuple(outcome(session, topic) for topic in told[:TOPICS]))


def met(session: Session) -> str:
    """Who met when, in a sentence; empty where nothing says that anybody did."""
    if not (session.activities or session.workshop.date):
        return ""
    there = [person for person in session.people if person.group in OF_THE_WORKSHOP]
    teams = {fold(person.team) for person in there if line_of(person.team)}
    who = counted(len(there), "person", "people") if there else "the group"
    of = f" from {counted(len(teams), 'team')}" if len(teams) > 1 else ""
    on = f"On {full_date(session.workshop.date)}, " if session.workshop.date else ""
    said = f"{on}{who}{of} went through {process_called(session)}."
    return said[:1].upper() + said[1:]


def process_called(session: Session) -> str:
    """The process by its name, else by the workshop's title."""
    held = session.workshop
    name = shorten(held.process) or shorten(held.title)
    return f"the process “{name}”" if name else "the process"


def recorded(session: Session) -> str:
    """How much of the process is recorded, and how much of it the group agreed."""
    every = session.activities
    if not every:
        return "No activity is recorded yet."
    decisions = sum(bool(one.decision) for one in every)
    documents = {fold(name) for one in every for name in one.documents}
    parts = (
        counted(len(every), "activity", "activities"),
        counted(decisions, "decision") if decisions else "",
        counted(len(documents), "document") if documents else "",
    )
    what = english_list(filter(None, parts))
    stages = counted(len(session.stages), "stage")
    return f"The group recorded {what} in {stages}. {_agreed_so_far(session)}"


def _agreed_so_far(session: Session) -> str:
    """How many activities are confirmed; what is not is named as not yet so, or as disputed."""
    every = len(session.activities)
    agreed = sum(activity.confirmed for activity in session.activities)
    if agreed == every:
        return "It agreed the order and the lead of every activity."
    if not agreed:
        return "None of it is confirmed yet: this is a first draft."
    disputed = sum(bool(line_of(o.open_point)) and not o.confirmed for o in session.activities)
    waiting = every - agreed - disputed
    rest = (
        (waiting, "is still to be confirmed", "are still to be confirmed"),
        (disputed, "has an open point", "have an open point"),
    )
    said = english_list(counted(*one) for one in rest if one[0])
    return f"It agreed the order and the lead of {agreed} of the {every} activities; {said}."


def outcome(session: Session, topic: Topic) -> Paragraph:
    """What a topic came to."""
    name = shorten(topic_signs.topic_name(session, topic), 80) or "Topic"
    return Paragraph(as_sentence(shorten(topic.outcome, 300)), f"{name[:1].upper()}{name[1:]}:")


def attendance(session: Session) -> tuple[str, ...]:
    """Who was there, each with the team."""
    return tuple(
        shorten(person.name, NAME) + (f" ({line_of(person.team)})" if line_of(person.team) else "")
        for person in session.people
        if person.group in OF_THE_WORKSHOP and line_of(person.name)
    )


# The process at a glance: its stages, who leads most of each, and the pictures.

MOST_STAGES = 10
"""Stages in the first two pages."""

GLANCE_COLUMNS = (
    ("Stage", 25),
    ("What it covers", 34),
    ("Activities", 11),
    ("Decisions", 11),
    ("Leads most of it", 19),
)


def glance(facts: Facts, *, heading: str = "The process at a glance") -> Iterator[Part]:
    """A row a stage; where no stage says what it covers, no column does."""
    session = facts.session
    yield Heading(heading)
    shown = session.stages[:MOST_STAGES]
    about = "The stages of the process: what each covers, how much is in it and who leads most."
    rows = [_stage_row(facts, stage) for stage in shown]
    rest = 1 if any(row[1] for row in rows) else 2
    heads = (GLANCE_COLUMNS[0], *GLANCE_COLUMNS[rest:])
    yield from table(about, heads, ((row[0], *row[rest:]) for row in rows))
    if (more := len(session.stages) - MOST_STAGES) > 0:
        yield Paragraph(f"And {more} more, in the workbook.")
    if not session.stages:
        yield Paragraph("No stage is recorded yet.")


def _stage_row(facts: Facts, stage: Stage) -> tuple[str, ...]:
    session, names = facts.session, facts.names
    found = session.by_stage[stage.id]
    leads = Counter(one.lead for one in found if one.lead).most_common(1)
    return (
        f"{line_of(stage.id)} {shorten(stage.name, 60)}",
        shorten(stage.about, 90),
        str(len(found)) if session.activities else "not recorded yet",
        str(sum(bool(one.decision) for one in found)) if session.activities else "",
        "".join(f"{names.get(code, code)} ({times})" for code, times in leads),
    )


# What changed in the afternoon, as far as the session knows: marks, issues, words, tiers.

MOST_CHANGES = 8
"""How many of a kind are named."""

OF_A_PART = 5
"""Sentences on what changed since last time, for each part of the afternoon."""


def what_changed(facts: Facts, earlier: Session | None) -> Iterator[Part]:
    """A line a change; where nothing is known to have changed, that is said.

    ``earlier`` is the session that this one follows, where it does.
    """
    session, now = facts.session, facts.session.activity_by_id
    settled = [
        one.open_point
        for one in (earlier.in_order if earlier else ())
        if line_of(one.open_point) and one.id in now and not line_of(now[one.id].open_point)
    ]
    issues, done = session.issues, ActionStatus.DONE
    closed = [issue.text for issue in issues if issue.status is IssueStatus.CLOSED]
    explored = [issue.text for issue in issues if issue.status is IssueStatus.EXPLORED]
    found = (
        *_quoted("Open points settled:", settled),
        *(outcome(session, topic) for topic in session.topics if line_of(topic.outcome)),
        *_marked(session),
        *_quoted("Issues closed:", closed),
        *_quoted("Issues explored:", explored),
        *_quoted(
            "Done already:", [action.text for action in session.actions if action.status is done]
        ),
        *_agreed(facts),
    )
    yield Heading("What changed at the workshop")
    yield (
        Bullets(found) if found else Paragraph("The process is recorded as it stood on the wall.")
    )
    if not earlier:
        return
    # As the second session began: that all is to be confirmed again is nobody's change. How long
    # anything takes is not for those who read this.
    before = second_session(earlier, seed="")
    if sections := describe_changes(untimed(before), untimed(session)):
        yield Heading("What changed since last time", 2)
        yield from _told(sections)


def since_last_version(facts: Facts, version: Session) -> Iterator[Part]:
    """What changed since the version that was recorded last; nothing where nothing did."""
    last, sections = last_version(facts.session), changes_since(version, facts.session)
    if last and sections:
        yield Heading(f"What changed since version {shorten(last.name, NAME)}")
        yield from _told(sections)


def _told(sections: Iterable[ChangeSection]) -> Iterator[Part]:
    for section in sections:
        yield Paragraph("", section.heading)
        texts = [shorten(one.text, 250) for one in section.sentences]
        more = len(texts) - OF_A_PART
        yield Bullets.of([*texts[:OF_A_PART], *([f"And {more} more."] if more > 0 else [])])


def _marked(session: Session) -> Iterator[Paragraph]:
    refs = session.ref_by_id
    for mark, words in MARKED.items():
        marked = [activity for activity in session.in_order if activity.improve is mark]
        said = [f"{refs[one.id]} {shorten(one.text, 80)}" for one in marked]
        yield from _listed(f"{words.capitalize()}:", said)


def _quoted(lead: str, texts: Sequence[str], most: int = 100) -> Iterator[Paragraph]:
    """Whole sentences in a list, each in quotation marks."""
    return _listed(lead, [f"“{shorten(text, most)}”" for text in texts])


def _listed(lead: str, said: Sequence[str]) -> Iterator[Paragraph]:
    if said:
        yield Paragraph(f"{first_of(said, MOST_CHANGES, 'in the workbook')}.", lead)


def _agreed(facts: Facts) -> Iterator[Paragraph]:
    session = facts.session
    words = [word.say for word in session.words if line_of(word.say)]
    yield from _quoted("Words that we all use:", words, 60)
    if tiers := [_tier(session, tier) for tier in heaviest_first(session.tiers)]:
        yield Paragraph(f"{'; '.join(tiers)}.", "Tiers, so that effort fits value and risk:")
    if session.board and line_of(session.board.name):
        members = map(facts.called, session.board.members)
        sits = f" with {english_list(members)}" if session.board.members else ""
        yield Paragraph(
            f"{shorten(session.board.name, 80)}{sits}; its terms of reference are at the end.",
            "Board:",
        )


def _tier(session: Session, tier: Tier) -> str:
    """Where a tier begins, and the stages that it leaves out."""
    lines = (
        pounds(tier.value_from) if tier.value_from else "",
        f"a risk score of {tier.risk_from}" if tier.risk_from else "",
    )
    begins = " or ".join(filter(None, lines))
    left_out = stage_treatments(session, tier.code)[Treatment.NO]
    said = f"{shorten(tier.label, 40)} {f'from {begins}' if begins else 'below that'}"
    stages = counted(len(session.stages), "stage")
    return f"{said}, without {left_out} of {stages}" if left_out else said
