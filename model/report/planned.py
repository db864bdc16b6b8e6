"""The plan: who does what by when, the soonest first."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from model.edits.answers import counted
from model.edits.texts import line_of
from model.plan import lacks, live, plan
from model.report.content import Block, Heading, Paragraph, grid
from model.report.words import CELL, NOBODY, carriers, cell_day, short
from model.session import Action, Session

MOST = 10
"""Actions in the first two pages; the appendix has all."""

COLUMNS = (("By", 15), ("What", 49), ("Who", 36))


def the_plan(session: Session) -> Iterator[Block]:
    """The section: what comes soonest, and what still lacks an owner or a date."""
    yield Heading("The plan")
    found = in_time(session)
    if not found:
        yield Paragraph("No action is agreed yet.")
        return
    yield from table(session, found[:MOST])
    more = len(found) - MOST
    lacking = sum(map(lacks, found))
    facts = (
        f"And {more} more, in the appendix." if more > 0 else "",
        f"{counted(lacking, 'action has', 'actions have')} no owner or no date yet."
        if lacking
        else "",
    )
    if any(facts):
        yield Paragraph(" ".join(filter(None, facts)))


def in_time(session: Session) -> tuple[Action, ...]:
    """The actions still to be done, by target date; those without one come last."""
    return tuple(sorted(live(plan(session)), key=lambda action: action.due or dt.date.max))


def table(session: Session, found: Sequence[Action]) -> tuple[Block, ...]:
    """Actions as rows."""
    names = carriers(session)
    about = "What is to be done, by which date and by whom; the soonest comes first."
    return grid(about, COLUMNS, (_row(action, names) for action in found))


def _row(action: Action, names: Mapping[str, str]) -> tuple[str, ...]:
    return cell_day(action.due), short(action.text, CELL), who(action, names)


def who(action: Action, names: Mapping[str, str]) -> str:
    """The owner, and who helps."""
    said = [short(names.get(code, code), 80) for code in (action.owner, action.helper)]
    owner, helper = said
    return (owner or NOBODY) + (f", with {helper}" if line_of(helper) else "")
