"""What a report says of the workshop: why it met, what it did, the process at a glance, what
changed.
"""

from collections import Counter
from collections.abc import Iterator

from offwall.model.compare.describe import describe_changes
from offwall.model.documents.brief.content import (
    Block,
    BulletsBlock,
    HeadingBlock,
    ParagraphBlock,
    PicturesBlock,
    full_date,
    labels_of,
    table_block,
)
from offwall.model.records import (
    ActionStatus,
    Activity,
    Group,
    Improve,
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
from offwall.model.topics import heaviest_first, topic_signs
from offwall.model.topics import tier_label as tier_name
from offwall.model.topics.tiers import pounds, stage_treatments

TOPICS = 3
"""Topics of which the outcome is told in the first two pages."""

OBJECTIVES = 5

OF_THE_WORKSHOP = (Group.CORE, Group.PARTICIPANT)
"""The groups of people who were there."""


def purpose(session: Session) -> Iterator[Block]:
    """What the workshop was for; nothing where the session does not say."""
    held = session.workshop
    goals = [shorten(goal) for goal in held.objectives if line_of(goal)]
    if not (line_of(held.purpose) or goals):
        return
    yield HeadingBlock("Purpose")
    if line_of(held.purpose):
        yield ParagraphBlock(as_sentence(shorten(held.purpose, 400)))
    if goals:
        yield ParagraphBlock(as_sentence("; ".join(goals[:OBJECTIVES])), "Objectives:")


def what_was_done(session: Session) -> Iterator[Block]:
    """Who met, what is recorded, and what the specialist topics came to."""
    yield HeadingBlock("What was done")
    yield ParagraphBlock(f"{met(session)} {recorded(session)}")
    told = [topic for topic in session.topics if line_of(topic.outcome)]
    if told:
        yield BulletsBlock(tuple(outcome(session, topic) for topic in told[:TOPICS]))


def met(session: Session) -> str:
    """Who met when, in a sentence."""
    there = [person for person in session.people if person.group in OF_THE_WORKSHOP]
    teams = {fold(person.team) for person in there if line_of(person.team)}
    who = counted(len(there), "person", "people") if there else "The group"
    of = f" from {counted(len(teams), 'team')}" if len(teams) > 1 else ""
    on = f"On {full_date(session.workshop.date)}, " if session.workshop.date else ""
    who = who[:1].lower() + who[1:] if on else who
    process = shorten(session.workshop.process)
    what = f"the process “{process}”" if process else "the process"
    return f"{on}{who}{of} went through {what} and agreed what to record."


def recorded(session: Session) -> str:
    """How much of the process is recorded, and how much of it the group agreed."""
    every = session.activities
    if not every:
        return "Its activities are still to be recorded."
    decisions = sum(bool(one.decision) for one in every)
    documents = {fold(name) for one in every for name in one.documents}
    agreed = sum(one.confirmed for one in every)
    parts = (
        counted(len(every), "activity", "activities"),
        counted(decisions, "decision"),
        counted(len(documents), "document"),
    )
    said = f"{english_list(parts)} are recorded in {counted(len(session.stages), 'stage')}"
    return f"{said}; the place and the lead of {agreed} of {len(every)} are agreed."


def outcome(session: Session, topic: Topic) -> ParagraphBlock:
    """What a topic came to."""
    return ParagraphBlock(
        as_sentence(shorten(topic.outcome, 300)), f"{topic_heading(session, topic)}:"
    )


def topic_heading(session: Session, topic: Topic) -> str:
    """What a topic is called, as a heading has room for."""
    name = shorten(topic_signs.topic_name(session, topic), 80) or "Topic"
    return name[:1].upper() + name[1:]


def attendance(session: Session) -> tuple[str, ...]:
    """Who was there, each with the team."""
    names = labels_of(session)
    return tuple(
        f"{names[one.id]} ({line_of(one.team)})" if line_of(one.team) else names[one.id]
        for one in session.people
        if one.group in OF_THE_WORKSHOP and line_of(one.name)
    )


# The process at a glance: its stages, who leads most of each, and the pictures.

MOST_STAGES = 10
"""Stages in the first two pages."""

GLANCE_COLUMNS = (
    ("Stage", 25),
    ("What it covers", 38),
    ("Activities", 10),
    ("Decisions", 10),
    ("Leads most", 17),
)


def glance(session: Session, *, heading: str = "The process at a glance") -> Iterator[Block]:
    """A row a stage, then the pictures."""
    yield HeadingBlock(heading)
    names = labels_of(session)
    shown = session.stages[:MOST_STAGES]
    about = "The stages of the process: what each covers, how much is in it and who leads most."
    yield from table_block(
        about, GLANCE_COLUMNS, (_stage_row(session, stage, names) for stage in shown)
    )
    if (more := len(session.stages) - MOST_STAGES) > 0:
        yield ParagraphBlock(f"And {more} more, in the workbook.")
    if not session.stages:
        yield ParagraphBlock("No stage is recorded yet.")
    yield PicturesBlock()


def _stage_row(session: Session, stage: Stage, names: dict[str, str]) -> tuple[str, ...]:
    found = session.by_stage[stage.id]
    leads = Counter(one.lead for one in found if one.lead)
    most = leads.most_common(1)
    lead = f"{names.get(most[0][0], most[0][0])}, {most[0][1]}" if most else ""
    return (
        f"{line_of(stage.id)} {shorten(stage.name, 60)}",
        shorten(stage.about, 90),
        str(len(found)) if session.activities else "after part 2",
        str(sum(bool(one.decision) for one in found)) if session.activities else "",
        lead,
    )


# What changed in the afternoon, as far as the session knows: marks, issues, words, tiers.

MOST_CHANGES = 8
"""How many of a kind are named."""

MARKED = (
    (Improve.CHANGE, "To change:"),
    (Improve.DROP, "To drop:"),
    (Improve.NEW, "New:"),
)


OF_A_PART = 5
"""Sentences on what changed since last time, for each part of the afternoon."""


def what_changed(session: Session, earlier: Session | None) -> Iterator[Block]:
    """A line a change; where nothing is known to have changed, that is said.

    ``earlier`` is the session that this one follows, where it does.
    """
    yield HeadingBlock("What changed this afternoon")
    found = (
        *(_settled(session, earlier) if earlier else ()),
        *(outcome(session, one) for one in session.topics if line_of(one.outcome)),
        *_marked(session),
        *_issues(session),
        *_done(session),
        *_agreed(session),
    )
    yield (
        BulletsBlock(found)
        if found
        else ParagraphBlock("The process is recorded as it stood on the wall.")
    )
    points = [one for one in session.in_order if line_of(one.open_point)]
    if points:
        yield HeadingBlock("What is not agreed yet", 2)
        yield BulletsBlock.of(_point(session, one) for one in points)
    if earlier:
        yield from _since(session, earlier)


def _settled(session: Session, earlier: Session) -> Iterator[ParagraphBlock]:
    """The open points of last time that the group settled."""
    now = session.activity_by_id
    said = [
        shorten(one.open_point, 100)
        for one in earlier.in_order
        if line_of(one.open_point) and one.id in now and not line_of(now[one.id].open_point)
    ]
    if said:
        yield ParagraphBlock(_quoted(said), "Open points settled:")


def _since(session: Session, earlier: Session) -> Iterator[Block]:
    """What changed since last time, part by part."""
    # As the second session began: that all is to be confirmed again is nobody's change.
    sections = describe_changes(second_session(earlier, seed=""), session)
    if not sections:
        return
    yield HeadingBlock("What changed since last time", 2)
    for section in sections:
        yield ParagraphBlock("", section.heading)
        texts = [shorten(one.text, 250) for one in section.sentences]
        more = len(texts) - OF_A_PART
        yield BulletsBlock.of([*texts[:OF_A_PART], *([f"And {more} more."] if more > 0 else [])])


def _marked(session: Session) -> Iterator[ParagraphBlock]:
    """What the group marked to change, to drop, or as new."""
    for mark, lead in MARKED:
        said = [
            f"{session.ref_by_id[one.id]} {shorten(one.text, 80)}"
            for one in session.in_order
            if one.improve is mark
        ]
        if said:
            yield ParagraphBlock(f"{first_of(said, MOST_CHANGES, 'in the workbook')}.", lead)


def _issues(session: Session) -> Iterator[ParagraphBlock]:
    """The issues that were closed or explored, and those parked."""
    kinds = (
        ("Issues closed:", [o for o in session.issues if o.status is IssueStatus.CLOSED]),
        ("Issues explored:", [o for o in session.issues if o.status is IssueStatus.EXPLORED]),
        (
            "Parked, not forgotten:",
            [o for o in session.issues if o.parked and o.status is IssueStatus.OPEN],
        ),
    )
    for lead, found in kinds:
        said = [shorten(one.text, 100) for one in found]
        if said:
            yield ParagraphBlock(_quoted(said), lead)


def _quoted(said: list[str]) -> str:
    """Whole sentences in a list: each in quotation marks."""
    return f"{first_of([f'“{text}”' for text in said], MOST_CHANGES, 'in the workbook')}."


def _done(session: Session) -> Iterator[ParagraphBlock]:
    said = [shorten(one.text, 100) for one in session.actions if one.status is ActionStatus.DONE]
    if said:
        yield ParagraphBlock(_quoted(said), "Done already:")


def _agreed(session: Session) -> Iterator[ParagraphBlock]:
    """Words that the group agreed, tiers, and the board."""
    words = [shorten(one.say, 60) for one in session.words if line_of(one.say)]
    if words:
        yield ParagraphBlock(_quoted(words), "Words that we all use:")
    tiers = [_tier(session, tier) for tier in heaviest_first(session.tiers)]
    if tiers:
        yield ParagraphBlock(f"{'; '.join(tiers)}.", "Tiers, so that effort fits value and risk:")
    if session.board and line_of(session.board.name):
        names = labels_of(session)
        members = [names.get(code, shorten(code, 60)) for code in session.board.members]
        sits = f" with {english_list(members)}" if members else ""
        yield ParagraphBlock(
            f"{shorten(session.board.name, 80)}{sits}; its terms are in the brief.", "Board:"
        )


def _tier(session: Session, tier: Tier) -> str:
    """Where a tier begins, and the stages that it leaves out."""
    lines = (
        pounds(tier.value_from) if tier.value_from else "",
        f"a risk score of {tier.risk_from}" if tier.risk_from else "",
    )
    begins = " or ".join(filter(None, lines))
    left_out = stage_treatments(session, tier.code)[Treatment.NO]
    name = shorten(tier_name(tier), 40)
    said = f"{name} from {begins}" if begins else f"{name} below that"
    stages = counted(len(session.stages), "stage")
    return f"{said}, without {left_out} of {stages}" if left_out else said


def _point(session: Session, activity: Activity) -> str:
    return (
        f"{session.ref_by_id[activity.id]} {shorten(activity.text, 80)}: "
        f"{shorten(activity.open_point)}"
    )
