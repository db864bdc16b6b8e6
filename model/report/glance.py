"""The process at a glance: its stages, who leads most of each, and the pictures."""

from collections import Counter
from collections.abc import Iterator

from model.edits.texts import line_of
from model.report.content import Block, Heading, Paragraph, Pictures, grid
from model.report.words import called, short
from model.session import Session, Stage

MOST = 10
"""Stages in the first two pages."""

COLUMNS = (
    ("Stage", 25),
    ("What it covers", 38),
    ("Activities", 10),
    ("Decisions", 10),
    ("Leads most", 17),
)


def glance(session: Session, *, heading: str = "The process at a glance") -> Iterator[Block]:
    """A row a stage, then the pictures."""
    yield Heading(heading)
    names = called(session)
    shown = session.stages[:MOST]
    about = "The stages of the process: what each covers, how much is in it and who leads most."
    yield from grid(about, COLUMNS, (_row(session, stage, names) for stage in shown))
    if (more := len(session.stages) - MOST) > 0:
        yield Paragraph(f"And {more} more, in the workbook.")
    if not session.stages:
        yield Paragraph("No stage is recorded yet.")
    yield Pictures()


def _row(session: Session, stage: Stage, names: dict[str, str]) -> tuple[str, ...]:
    found = session.by_stage[stage.id]
    leads = Counter(one.lead for one in found if one.lead)
    most = leads.most_common(1)
    lead = f"{names.get(most[0][0], most[0][0])}, {most[0][1]}" if most else ""
    return (
        f"{line_of(stage.id)} {short(stage.name, 60)}",
        short(stage.about, 90),
        str(len(found)) if session.activities else "after part 2",
        str(sum(bool(one.decision) for one in found)) if session.activities else "",
        lead,
    )
