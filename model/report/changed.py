"""What changed in the afternoon, as far as the session knows: marks, issues, words, tiers."""

from collections.abc import Iterator

from model.differing import sentences
from model.edits.answers import counted
from model.edits.texts import line_of
from model.report.content import Block, Bullets, Heading, Paragraph
from model.report.done import outcome
from model.report.words import called, first_of, listed, short
from model.second_session import second_session
from model.session import ActionStatus, Activity, Improve, IssueStatus, Session, Tier, Treatment
from model.tier_costs import stage_treatments
from model.tiering import called as tier_name
from model.tiering import heaviest_first, pounds

MOST = 8
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
    yield Heading("What changed this afternoon")
    found = (
        *(_settled(session, earlier) if earlier else ()),
        *(outcome(session, one) for one in session.topics if line_of(one.outcome)),
        *_marked(session),
        *_issues(session),
        *_done(session),
        *_agreed(session),
    )
    yield Bullets(found) if found else Paragraph("The process is recorded as it stood on the wall.")
    points = [one for one in session.in_order if line_of(one.open_point)]
    if points:
        yield Heading("What is not agreed yet", 2)
        yield Bullets.of(_point(session, one) for one in points)
    if earlier:
        yield from _since(session, earlier)


def _settled(session: Session, earlier: Session) -> Iterator[Paragraph]:
    """The open points of last time that the group settled."""
    now = session.activity_by_id
    said = [
        short(one.open_point, 100)
        for one in earlier.in_order
        if line_of(one.open_point) and one.id in now and not line_of(now[one.id].open_point)
    ]
    if said:
        yield Paragraph(_quoted(said), "Open points settled:")


def _since(session: Session, earlier: Session) -> Iterator[Block]:
    """What changed since last time, part by part."""
    # As the second session began: that all is to be confirmed again is nobody's change.
    sections = sentences(second_session(earlier, seed=""), session)
    if not sections:
        return
    yield Heading("What changed since last time", 2)
    for section in sections:
        yield Paragraph("", section.heading)
        texts = [short(one.text, 250) for one in section.sentences]
        more = len(texts) - OF_A_PART
        yield Bullets.of([*texts[:OF_A_PART], *([f"And {more} more."] if more > 0 else [])])


def _marked(session: Session) -> Iterator[Paragraph]:
    """What the group marked to change, to drop, or as new."""
    for mark, lead in MARKED:
        said = [
            f"{session.ref_by_id[one.id]} {short(one.text, 80)}"
            for one in session.in_order
            if one.improve is mark
        ]
        if said:
            yield Paragraph(f"{first_of(said, MOST, 'in the workbook')}.", lead)


def _issues(session: Session) -> Iterator[Paragraph]:
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
        said = [short(one.text, 100) for one in found]
        if said:
            yield Paragraph(_quoted(said), lead)


def _quoted(said: list[str]) -> str:
    """Whole sentences in a list: each in quotation marks."""
    return f"{first_of([f'“{text}”' for text in said], MOST, 'in the workbook')}."


def _done(session: Session) -> Iterator[Paragraph]:
    said = [short(one.text, 100) for one in session.actions if one.status is ActionStatus.DONE]
    if said:
        yield Paragraph(_quoted(said), "Done already:")


def _agreed(session: Session) -> Iterator[Paragraph]:
    """Words that the group agreed, tiers, and the board."""
    words = [short(one.say, 60) for one in session.words if line_of(one.say)]
    if words:
        yield Paragraph(_quoted(words), "Words that we all use:")
    tiers = [_tier(session, tier) for tier in heaviest_first(session.tiers)]
    if tiers:
        yield Paragraph(f"{'; '.join(tiers)}.", "Tiers, so that effort fits value and risk:")
    if session.board and line_of(session.board.name):
        names = called(session)
        members = [names.get(code, short(code, 60)) for code in session.board.members]
        sits = f" with {listed(members)}" if members else ""
        yield Paragraph(
            f"{short(session.board.name, 80)}{sits}; its terms are in the brief.", "Board:"
        )


def _tier(session: Session, tier: Tier) -> str:
    """Where a tier begins, and the stages that it leaves out."""
    lines = (
        pounds(tier.value_from) if tier.value_from else "",
        f"a risk score of {tier.risk_from}" if tier.risk_from else "",
    )
    begins = " or ".join(filter(None, lines))
    left_out = stage_treatments(session, tier.code)[Treatment.NO]
    name = short(tier_name(tier), 40)
    said = f"{name} from {begins}" if begins else f"{name} below that"
    stages = counted(len(session.stages), "stage")
    return f"{said}, without {left_out} of {stages}" if left_out else said


def _point(session: Session, activity: Activity) -> str:
    return (
        f"{session.ref_by_id[activity.id]} {short(activity.text, 80)}: {short(activity.open_point)}"
    )
