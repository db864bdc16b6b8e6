"""The feedback to those who were there: what came of their two days, and what happens next."""

from collections.abc import Iterator

from model.edits.answers import counted
from model.edits.texts import line_of
from model.plan import live
from model.report.changed import what_changed
from model.report.content import Block, Bullets, Heading, Paragraph, grid
from model.report.done import people_there, recorded
from model.report.findings import issues, still_open
from model.report.glance import glance
from model.report.planned import in_time, table, who
from model.report.words import CELL, carriers, cell_day, day, first_of, listed, short
from model.session import Action, ActionKind, Session

MOST_NAMED = 40
"""People thanked by name; more than two days' wall ever had."""


def participants(session: Session, earlier: Session | None) -> Iterator[Block]:
    """Thanks, what was recorded, what happens next, who does what by when, what changed."""
    yield from _thanks(session)
    yield from _recorded(session)
    yield from glance(session, heading="The process, stage by stage")
    yield from _next(session)
    yield from _who_does_what(session)
    yield from what_changed(session, earlier)
    yield from _comments(session)


def _thanks(session: Session) -> Iterator[Block]:
    yield Heading("Thank you")
    held, process = session.workshop, short(session.workshop.process)
    on = f" on {day(held.date)}" if held.date else ""
    yield Paragraph(
        f"Thank you for working on {process or 'the process'}{on}. This is what came of it."
    )
    if there := people_there(session):
        yield Paragraph(f"{first_of(there, MOST_NAMED, 'in the workbook')}.", "Who was there:")


def _recorded(session: Session) -> Iterator[Block]:
    yield Heading("What was recorded")
    yield Paragraph(recorded(session))
    facts = (("Issues:", issues(session)), ("Still open:", still_open(session)))
    found = tuple(Paragraph(text, lead) for lead, text in facts if text)
    if found:
        yield Bullets(found)


def _next(session: Session) -> Iterator[Block]:
    """The next steps, and the meetings that the group's proposals go to."""
    yield Heading("What happens next")
    steps = [one for one in in_time(session) if one.kind is ActionKind.NEXT_STEP]
    yield from table(session, steps)
    if not steps:
        yield Paragraph("The next steps are still to be agreed.")
    dated = sorted((one for one in session.meetings if one.date), key=lambda one: str(one.date))
    if dated:
        said = listed(f"{short(one.body, 60)} on {day(one.date)}" for one in dated)
        yield Paragraph(f"{said}.", "Meetings that decide:")


OWNERS = (("Who", 36), ("What", 49), ("By", 15))


def _who_does_what(session: Session) -> Iterator[Block]:
    """Every action, each owner's together, so that all find their own."""
    yield Heading("Who does what by when")
    names = carriers(session)
    found = sorted(live(in_time(session)), key=lambda action: _order(action, names))
    about = "Every action by its owner, with its target date."
    rows = ((who(one, names), short(one.text, CELL), cell_day(one.due)) for one in found)
    yield from grid(about, OWNERS, rows)
    without = sum(not one.owner for one in found)
    if without:
        yield Paragraph(f"{counted(without, 'action still needs', 'actions still need')} an owner.")
    if not found:
        yield Paragraph("No action is agreed yet.")


def _order(action: Action, names: dict[str, str]) -> tuple[bool, str]:
    return not action.owner, names.get(action.owner, line_of(action.owner)).casefold()


def _comments(session: Session) -> Iterator[Block]:
    yield Heading("Tell us what is wrong or missing")
    to = short(session.workshop.facilitator, 60) or "the facilitator"
    yield Paragraph(
        f"Write in the column Your comment of the workbook and send it back to {to}, or simply "
        "reply. Nothing is changed without the group."
    )
