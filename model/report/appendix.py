"""What stands behind the two pages: the long lists whole, the RACI, and the board's terms."""

import datetime as dt
from collections.abc import Iterator, Mapping

from model.edits.texts import line_of
from model.governance import NOT_AGREED, Term, terms_of_reference
from model.report import asked, planned
from model.report.content import (
    Block,
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    Pictures,
    grid,
)
from model.report.words import called, ended, listed, short
from model.session import Activity, Session

RACI = (
    ("Ref", 7),
    ("Activity", 27),
    ("Responsible", 17),
    ("Accountable", 17),
    ("Consulted", 16),
    ("Informed", 16),
)

LEGEND = (
    "Responsible does the work, the lead first; accountable answers for it, and is one role; "
    "consulted is asked before; informed is told after."
)


def appendix(session: Session, today: dt.date) -> Iterator[Block]:
    """Each part under a heading of its own; the board's terms on a page of their own."""
    yield PageBreak()
    yield from _whole_lists(session, today)
    yield from raci(session)
    yield from terms(session)
    yield Pictures(large=True, wall="Appendix: the wall", process="Appendix: the process map")


def _whole_lists(session: Session, today: dt.date) -> Iterator[Block]:
    """The lists that the two pages cut."""
    found = asked.recommended(session)
    if len(found) > asked.MOST:
        yield Heading("Appendix: all recommendations")
        yield from asked.table(session, found, today)
    actions = planned.in_time(session)
    if len(actions) > planned.MOST:
        yield Heading("Appendix: the whole plan")
        yield from planned.table(session, actions)


def raci(session: Session) -> Iterator[Block]:
    """Who is what to each activity, by the names of the roles, stage after stage.

    Source: RACI as the field uses it (responsible, accountable, consulted, informed).
    """
    yield Heading("Appendix: RACI")
    yield Paragraph(LEGEND if session.activities else "No activity is recorded yet.")
    names = called(session)
    for stage in session.stages:
        if found := session.by_stage[stage.id]:
            yield Heading(f"{line_of(stage.id)} {short(stage.name, 80)}", 2)
            about = f"RACI of the stage {short(stage.name, 80)}: a row an activity."
            yield from grid(about, RACI, (_row(session, one, names) for one in found))


def _row(session: Session, activity: Activity, names: Mapping[str, str]) -> tuple[str, ...]:
    def said(*codes: str) -> str:
        return ", ".join(names.get(code, line_of(code)) for code in codes if code)

    return (
        session.ref_by_id[activity.id],
        short(activity.text),
        said(activity.lead, *activity.also) or "nobody yet",
        said(activity.accountable) or "nobody yet",
        said(*activity.consulted),
        said(*activity.informed),
    )


def terms(session: Session) -> Iterator[Block]:
    """The board's terms of reference as a page; nothing where no board was spoken of."""
    if session.board is None:
        return
    name = short(session.board.name, 80) or "the board"
    yield PageBreak()
    yield Heading(f"Appendix: terms of reference, {name}")
    yield Paragraph(f"As the group left them. {listed_open(session)}".strip())
    for term in terms_of_reference(session, called(session)):
        yield Heading(term.heading, 2)
        yield from _term(term)


def listed_open(session: Session) -> str:
    """Which headings of the terms nothing is agreed of yet."""
    found = terms_of_reference(session, called(session))
    open_ones = [term.heading.lower() for term in found if not term.agreed]
    return f"Not agreed yet: {listed(open_ones)}." if open_ones else ""


def _term(term: Term) -> Iterator[Block]:
    lines = [line_of(line) for line in term.lines]
    if not lines:
        yield Paragraph(NOT_AGREED)
    elif len(lines) == 1:
        yield Paragraph(ended(lines[0]))
    else:
        yield Bullets.of(lines)
