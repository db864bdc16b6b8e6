"""The brief for senior management and the feedback to participants, as content.

`offwall.model.documents.brief.export` makes Word and Markdown of it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from offwall.model.actions import live
from offwall.model.documents.brief import decisions
from offwall.model.documents.brief.content import (
    CELL,
    Audience,
    Block,
    BulletsBlock,
    HeadingBlock,
    PageBreakBlock,
    ParagraphBlock,
    PicturesBlock,
    ReportContent,
    carriers,
    cell_day,
    full_date,
    labels_of,
    table_block,
)
from offwall.model.documents.brief.decisions import (
    decisions_asked,
    implications,
    in_time,
    plan_section,
    plan_table,
    who,
)
from offwall.model.documents.brief.findings import issue_lines, open_lines, risks, what_was_found
from offwall.model.documents.brief.workshop import (
    attendance,
    glance,
    purpose,
    recorded,
    what_changed,
    what_was_done,
)
from offwall.model.records import Action, ActionKind, Activity, Session, counted, line_of
from offwall.model.records.text import as_sentence, english_list, first_of, shorten
from offwall.model.topics.board import NOT_AGREED, BoardTerm, terms_of_reference

RACI_COLUMNS = (
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
    yield PageBreakBlock()
    yield from _whole_lists(session, today)
    yield from raci_appendix(session)
    yield from terms(session)
    yield PicturesBlock(large=True, wall="Appendix: the wall", process="Appendix: the process map")


def _whole_lists(session: Session, today: dt.date) -> Iterator[Block]:
    """The lists that the two pages cut."""
    found = decisions.recommended(session)
    if len(found) > decisions.MOST_ASKED:
        yield HeadingBlock("Appendix: all recommendations")
        yield from decisions.asked_table(session, found, today)
    actions = decisions.in_time(session)
    if len(actions) > decisions.MOST_PLANNED:
        yield HeadingBlock("Appendix: the whole plan")
        yield from decisions.plan_table(session, actions)


def raci_appendix(session: Session) -> Iterator[Block]:
    """Who is what to each activity, by the names of the roles, stage after stage.

    Source: RACI as the field uses it (responsible, accountable, consulted, informed).
    """
    yield HeadingBlock("Appendix: RACI")
    yield ParagraphBlock(LEGEND if session.activities else "No activity is recorded yet.")
    names = labels_of(session)
    for stage in session.stages:
        if found := session.by_stage[stage.id]:
            yield HeadingBlock(f"{line_of(stage.id)} {shorten(stage.name, 80)}", 2)
            about = f"RACI of the stage {shorten(stage.name, 80)}: a row an activity."
            yield from table_block(
                about, RACI_COLUMNS, (_row(session, one, names) for one in found)
            )


def _row(session: Session, activity: Activity, names: Mapping[str, str]) -> tuple[str, ...]:
    def said(*codes: str) -> str:
        return ", ".join(names.get(code, line_of(code)) for code in codes if code)

    return (
        session.ref_by_id[activity.id],
        shorten(activity.text),
        said(activity.lead, *activity.also) or "nobody yet",
        said(activity.accountable) or "nobody yet",
        said(*activity.consulted),
        said(*activity.informed),
    )


def terms(session: Session) -> Iterator[Block]:
    """The board's terms of reference as a page; nothing where no board was spoken of."""
    if session.board is None:
        return
    name = shorten(session.board.name, 80) or "the board"
    yield PageBreakBlock()
    yield HeadingBlock(f"Appendix: terms of reference, {name}")
    yield ParagraphBlock(f"As the group left them. {listed_open(session)}".strip())
    for term in terms_of_reference(session, labels_of(session)):
        yield HeadingBlock(term.heading, 2)
        yield from _term(term)


def listed_open(session: Session) -> str:
    """Which headings of the terms nothing is agreed of yet."""
    found = terms_of_reference(session, labels_of(session))
    open_ones = [term.heading.lower() for term in found if not term.agreed]
    return f"Not agreed yet: {english_list(open_ones)}." if open_ones else ""


def _term(term: BoardTerm) -> Iterator[Block]:
    lines = [line_of(line) for line in term.lines]
    if not lines:
        yield ParagraphBlock(NOT_AGREED)
    elif len(lines) == 1:
        yield ParagraphBlock(as_sentence(lines[0]))
    else:
        yield BulletsBlock.of(lines)


# The brief for senior management: what is asked for first, in two pages and an appendix.


def management(session: Session, today: dt.date) -> Iterator[Block]:
    """The sections in the order in which a busy reader needs them."""
    yield from decisions_asked(session, today)
    yield from purpose(session)
    yield from what_was_done(session)
    yield from glance(session)
    yield from what_was_found(session)
    yield from risks(session)
    yield from plan_section(session)
    yield from implications(session)
    yield from appendix(session, today)


# The feedback to those who were there: what came of their two days, and what happens next.

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
    yield HeadingBlock("Thank you")
    held, process = session.workshop, shorten(session.workshop.process)
    on = f" on {full_date(held.date)}" if held.date else ""
    yield ParagraphBlock(
        f"Thank you for working on {process or 'the process'}{on}. This is what came of it."
    )
    if there := attendance(session):
        yield ParagraphBlock(f"{first_of(there, MOST_NAMED, 'in the workbook')}.", "Who was there:")


def _recorded(session: Session) -> Iterator[Block]:
    yield HeadingBlock("What was recorded")
    yield ParagraphBlock(recorded(session))
    facts = (("Issues:", issue_lines(session)), ("Still open:", open_lines(session)))
    found = tuple(ParagraphBlock(text, lead) for lead, text in facts if text)
    if found:
        yield BulletsBlock(found)


def _next(session: Session) -> Iterator[Block]:
    """The next steps, and the meetings that the group's proposals go to."""
    yield HeadingBlock("What happens next")
    steps = [one for one in in_time(session) if one.kind is ActionKind.NEXT_STEP]
    yield from plan_table(session, steps)
    if not steps:
        yield ParagraphBlock("The next steps are still to be agreed.")
    dated = sorted((one for one in session.meetings if one.date), key=lambda one: str(one.date))
    if dated:
        said = english_list(f"{shorten(one.body, 60)} on {full_date(one.date)}" for one in dated)
        yield ParagraphBlock(f"{said}.", "Meetings that decide:")


OWNERS = (("Who", 36), ("What", 49), ("By", 15))


def _who_does_what(session: Session) -> Iterator[Block]:
    """Every action, each owner's together, so that all find their own."""
    yield HeadingBlock("Who does what by when")
    names = carriers(session)
    found = sorted(live(in_time(session)), key=lambda action: _order(action, names))
    about = "Every action by its owner, with its target date."
    rows = ((who(one, names), shorten(one.text, CELL), cell_day(one.due)) for one in found)
    yield from table_block(about, OWNERS, rows)
    without = sum(not one.owner for one in found)
    if without:
        yield ParagraphBlock(
            f"{counted(without, 'action still needs', 'actions still need')} an owner."
        )
    if not found:
        yield ParagraphBlock("No action is agreed yet.")


def _order(action: Action, names: dict[str, str]) -> tuple[bool, str]:
    return not action.owner, names.get(action.owner, line_of(action.owner)).casefold()


def _comments(session: Session) -> Iterator[Block]:
    yield HeadingBlock("Tell us what is wrong or missing")
    to = shorten(session.workshop.facilitator, 60) or "the facilitator"
    yield ParagraphBlock(
        f"Write in the column Your comment of the workbook and send it back to {to}, or simply "
        "reply. Nothing is changed without the group."
    )


def report(
    session: Session, audience: Audience, today: dt.date, *, earlier: Session | None = None
) -> ReportContent:
    """What a session has to say to an audience on a day.

    Meetings of which the papers were due before ``today`` no longer serve. With ``earlier``, the
    session that this one follows, the feedback says what changed since.
    """
    held = session.workshop
    kind = "Brief for senior management" if audience is Audience.MANAGEMENT else "Feedback"
    subtitle = (
        kind,
        shorten(held.council, 100),
        f"workshop of {full_date(held.date)}" if held.date else "",
    )
    blocks = (
        management(session, today)
        if audience is Audience.MANAGEMENT
        else participants(session, earlier)
    )
    return ReportContent(
        audience=audience,
        title=shorten(held.title, 200) or shorten(held.process, 200) or "Process map",
        subtitle=" · ".join(filter(None, subtitle)),
        marking=shorten(held.marking, 80),
        author=line_of(held.facilitator) or line_of(held.council),
        subject=line_of(held.process),
        dated=today,
        blocks=tuple(blocks),
    )
