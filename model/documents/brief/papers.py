"""The brief for whoever is to decide, the feedback to the participants, and the shorter papers
beside them: the action plan, the RACI, and slides for the briefing.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from offwall.model.actions import action_plan
from offwall.model.actions.facts import (
    NOBODY,
    PRESENTING,
    DateKind,
    Facts,
    cell_day,
    draft_note,
    full_date,
    kept_up,
)
from offwall.model.documents.brief import asks
from offwall.model.documents.brief.findings import (
    improving,
    issues_by_stage,
    risks,
    still_open,
    tier_lines,
    what_was_found,
)
from offwall.model.documents.brief.readers import READERS, Asked, Audience
from offwall.model.documents.brief.workshop import (
    attendance,
    glance,
    process_called,
    recorded,
    since_last_version,
    what_changed,
    what_was_done,
)
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Picture,
    Table,
    table,
)
from offwall.model.records import Action, ActionStatus, Activity, Session, counted, line_of
from offwall.model.records.session import Besides
from offwall.model.records.text import as_sentence, english_list, first_of, shorten
from offwall.model.review.progress import as_printed
from offwall.model.review.requirements import NO_ADVICE, old_rules, says_who, where_read
from offwall.model.review.requirements import NOBODY as NO_ACTIVITY_YET
from offwall.model.setup.workshop import scope
from offwall.model.topics.board import NOT_AGREED, terms_of_reference


@dataclass(frozen=True, slots=True)
class Pictures:
    """The photos of the wall, and the pages of the process map."""

    wall: tuple[Picture, ...] = ()
    process: tuple[Picture, ...] = ()


NO_PICTURES = Pictures()

RACI_COLUMNS = (
    ("Ref", 7),
    ("Activity", 27),
    ("Responsible", 17),
    ("Accountable", 17),
    ("Consulted", 16),
    ("Informed", 16),
)

LEGEND = (
    "Responsible: does the work; the lead is named first. Accountable: answers for it; one role "
    "only. Consulted: asked beforehand. Informed: told afterwards."
)


def pictured(pictures: Pictures) -> Iterator[Part]:
    """The wall, then the map, on pages that lie on their long side: so it comes last."""
    for title, found, turned in (
        ("Appendix: photos of the wall", pictures.wall, False),
        ("Appendix: the process map", pictures.process, True),
    ):
        if found:
            yield PageBreak(turned)
            yield Heading(title)
            yield from found


def raci_appendix(facts: Facts) -> Iterator[Part]:
    """Who is what to each activity, by the names of the roles, stage after stage.

    Source: RACI as the field uses it (responsible, accountable, consulted, informed).
    """
    session = facts.session
    yield Heading("Appendix: who does what (RACI)")
    yield Paragraph(LEGEND if session.activities else "No activity is recorded yet.")
    for stage in session.stages:
        if found := session.by_stage[stage.id]:
            name = f"{line_of(stage.id)} {shorten(stage.name, 80)}"
            yield Heading(name, 2)
            about = f"Who does what in {name}, one row for each activity."
            yield from table(about, RACI_COLUMNS, (_row(facts, one) for one in found))


def _row(facts: Facts, activity: Activity) -> tuple[str, ...]:
    session, names = facts.session, facts.names

    def said(*codes: str) -> str:
        return ", ".join(names.get(code, line_of(code)) for code in codes if code)

    return (
        session.ref_by_id[activity.id],
        facts.step(activity),
        said(activity.lead, *activity.also) or NOBODY,
        said(activity.accountable) or NOBODY,
        said(*activity.consulted),
        said(*activity.informed),
    )


def terms(facts: Facts) -> Iterator[Part]:
    """The board's terms of reference as a page; nothing where no board was spoken of."""
    session = facts.session
    if session.board is None:
        return
    name = shorten(session.board.name, 80) or "the board"
    found = terms_of_reference(session)
    agreed = [term for term in found if term.agreed]
    open_ones = english_list(term.heading.lower() for term in found if not term.agreed)
    yield PageBreak()
    yield Heading(f"Appendix: terms of reference, {name}")
    said = "As recorded so far." if agreed else NOT_AGREED
    yield Paragraph(f"{said} Still to be agreed: {open_ones}." if open_ones else said)
    for term in agreed:
        lines = [line_of(line) for line in term.lines]
        yield Heading(term.heading, 2)
        yield Paragraph(as_sentence(lines[0])) if len(lines) == 1 else Bullets.of(lines)


LAW_COLUMNS = (("Requirement", 28), ("Section", 26), ("In force since", 14), ("Done by", 32))


def the_law(facts: Facts) -> Iterator[Part]:
    """What the law asks, on a page of its own; nothing where that is not recorded."""
    session = facts.session
    if not (session.records(Besides.REQUIREMENTS) and session.requirements):
        return
    yield PageBreak()
    yield Heading("Appendix: what the law asks")
    yield Paragraph(f"{NO_ADVICE} {old_rules(session)}".rstrip())
    rows = (
        (
            shorten(requirement.text, asks.CELL),
            where_read(requirement),
            cell_day(requirement.since) if requirement.since else "",
            shorten(says_who(session, requirement) or NO_ACTIVITY_YET, asks.CELL),
        )
        for requirement in session.requirements
    )
    about = "Each requirement, where it stands and whether it was read there, and what does it."
    yield from table(about, LAW_COLUMNS, rows)


# The brief: what is asked for first, in two pages and an appendix.


def brief(
    facts: Facts, audience: Audience, pictures: Pictures, version: Session | None = None
) -> Iterator[Part]:
    """The sections in the order in which a busy reader needs them."""
    yield from asks.what_is_asked(facts, audience)
    yield from asks.why(facts, audience)
    yield from asks.options(facts)
    yield from what_was_done(facts)
    yield from glance(facts)
    if version:
        yield from since_last_version(facts, version)
    yield from what_was_found(facts)
    yield from risks(facts)
    yield from asks.plan_section(facts)
    # The appendix: each part under a heading of its own; the board's terms on a page of their own.
    yield PageBreak()
    yield from issues_by_stage(facts, "Appendix: the issues, stage by stage")
    for kind, found in asks.by_request(facts.session, audience).items():
        if len(found) > asks.MOST_ASKED:
            yield Heading(f"Appendix: all changes to {str(kind).lower()}")
            yield from asks.asked_table(facts, found, kind)
    yield from asks.whole_plan(facts)
    yield from raci_appendix(facts)
    yield from terms(facts)
    yield from the_law(facts)
    if audience is Audience.COMMITTEE:
        yield from asks.authors_page(facts)
    yield from pictured(pictures)


# The feedback to those who were there: what came of their two days, and what happens next.

MOST_NAMED = 40
"""People thanked by name; more than two days' wall ever had."""


def participants(facts: Facts, earlier: Session | None, pictures: Pictures) -> Iterator[Part]:
    """Thanks, what was recorded, every issue, what happens next, what changed."""
    yield from _thanks(facts.session)
    yield Heading("What was recorded")
    yield Paragraph(recorded(facts.session))
    yield from still_open(facts)
    yield from glance(facts, heading="The process, stage by stage")
    yield from issues_by_stage(facts, "What you raised, and what is done about it")
    yield from _next(facts)
    yield from what_changed(facts, earlier)
    yield Heading("Tell us what is wrong or missing")
    to = shorten(facts.session.workshop.facilitator, 60) or "the facilitator"
    yield Paragraph(
        f"Write in the column Your comment of the workbook and send it back to {to}, or simply "
        "reply. Nothing is changed without the group."
    )
    yield from terms(facts)
    yield from pictured(pictures)


def _thanks(session: Session) -> Iterator[Part]:
    yield Heading("Thank you")
    held, there = session.workshop, attendance(session)
    on = f" on {full_date(held.date)}" if held.date else ""
    who = f"the {len(there)} people" if len(there) > 1 else "everyone"
    yield Paragraph(
        f"Thank you to {who} who worked on {process_called(session)}{on}. This is what came of it."
    )
    if there:
        yield Paragraph(f"{first_of(there, MOST_NAMED, 'in the workbook')}.", "Who was there:")


def _next(facts: Facts) -> Iterator[Part]:
    yield Heading("What happens next")
    found = asks.in_time(facts.session)
    yield from asks.plan_table(facts, found)
    if without := sum(not one.owner for one in found):
        yield Paragraph(f"{counted(without, 'action still needs', 'actions still need')} an owner.")
    yield from asks.meetings(facts.session)
    if said := facts.presenting():
        yield Paragraph(said, PRESENTING)


def _subtitle(session: Session) -> str:
    """Whose paper it is, of which scope and workshop, and how the process is kept up."""
    held = session.workshop
    parts = (
        shorten(held.council, 100),
        shorten(scope(session), 160),
        f"workshop of {full_date(held.date)}" if held.date else "",
        f"from {shorten(held.facilitator, 60)}" if line_of(held.facilitator) else "",
        *kept_up(session),
    )
    said = " · ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def report(
    session: Session,
    audience: Audience,
    today: dt.date,
    pictures: Pictures = NO_PICTURES,
    *,
    earlier: Session | None = None,
    version: Session | None = None,
) -> Paper:
    """What a session has to say to an audience on a day.

    Meetings of which the papers were due before ``today`` no longer serve. With ``earlier``, the
    session that this one follows, the feedback says what changed since; with ``version``, the last
    one that was recorded, the brief does.
    """
    held, facts = session.workshop, Facts(session, today)
    told = audience is Audience.PARTICIPANTS
    parts = (
        participants(facts, earlier, pictures)
        if told
        else brief(facts, audience, pictures, version)
    )
    name = shorten(held.process, 100) or shorten(held.title, 200) or "Process map"
    return Paper(
        title=f"{name}: {'feedback to' if told else 'recommendations for'} {READERS[audience]}",
        subtitle=_subtitle(session),
        council=shorten(held.council, 100),
        marking=shorten(held.marking, 80),
        date=today,
        parts=tuple(parts),
        author=line_of(held.facilitator) or line_of(held.council),
        subject=line_of(held.process),
        draft=draft_note(session),
    )


# The shorter papers.

PLAN_COLUMNS = (
    ("Action", 26),
    ("Why", 19),
    ("Owner", 18),
    ("Approval and dates", 27),
    ("Status", 10),
)


def map_paper(session: Session, today: dt.date) -> Paper:
    """What stands around the drawing of the process, which has its words within it."""
    return framed(session, today, "process map", ())


def plan_paper(session: Session, today: dt.date) -> Paper:
    """The action plan on its own: what, why, who, by when, whose approval, how far it is."""
    facts = Facts(session, today)
    kept = [action for action in action_plan(session) if action.status is not ActionStatus.DROPPED]
    kept.sort(key=lambda one: one.due or dt.date.max)
    about = "Every action: what and why, who owns it, its dates and approval, and how far it is."
    rows = table(about, PLAN_COLUMNS, (_planned(facts, one) for one in kept))
    parts = rows or (Paragraph("No action is agreed yet."),)
    return framed(session, today, "action plan", (Heading("Who does what by when"), *parts))


def _planned(facts: Facts, action: Action) -> tuple[str, ...]:
    done = action.status is ActionStatus.DONE and action.done_on
    dates = (facts.approval(action), facts.when(action))
    return (
        shorten(as_printed(action.text), asks.CELL),
        facts.reason(action),
        facts.who(action),
        " ".join(as_sentence(said) for said in dates if said),
        str(action.status).capitalize() + (f" {cell_day(action.done_on)}" if done else ""),
    )


def raci_paper(session: Session, today: dt.date) -> Paper:
    """Who does what, stage by stage."""
    _, *parts = raci_appendix(Facts(session, today))
    stages = (replace(part, level=1) if isinstance(part, Heading) else part for part in parts)
    return framed(session, today, "who does what (RACI)", tuple(stages))


def framed(session: Session, today: dt.date, called: str, parts: tuple[Part, ...]) -> Paper:
    """A paper that has of the brief what stands around its parts."""
    whole = report(session, Audience.PARTICIPANTS, today)
    return replace(whole, title=f"{whole.title.partition(': ')[0]}: {called}", parts=parts)


# Six slides for the briefing of senior management: each section is one.

MOST_ROWS = 5
"""Rows of a table that a slide has room for."""

LINE = 90
"""Characters of the session's own text in a cell of a slide."""

ASKED_COLUMNS = (("Asked to", 12), ("Change", 50), ("Owner", 38))
DATE_COLUMNS = (("Date", 16), ("What", 34), ("For", 50))
CHANGE_COLUMNS = (("Today", 45), ("What changes", 55))


def briefing(session: Session, audience: Audience, today: dt.date) -> Paper:
    """What is asked, why, the process at a glance, what changes, the plan, decisions and dates."""
    facts = Facts(session, today)
    whole = report(session, audience, today)
    parts = (
        *_asked(facts, audience),
        Heading("Why"),
        Bullets.of(asks.reasons(facts, audience) or ["No aim and no issue is recorded yet."]),
        *glance(facts),
        *_changes(facts),
        Heading("The plan"),
        *_first(asks.plan_table(facts, asks.in_time(facts.session))),
        *_dates(facts),
    )
    return replace(whole, parts=parts)


def _asked(facts: Facts, audience: Audience) -> Iterator[Part]:
    """The three lines of the brief, and what comes first of each kind."""
    yield from islice(asks.what_is_asked(facts, audience), 2)
    found = asks.by_request(facts.session, audience)
    rows = (
        (str(kind), shorten(as_printed(one.text), LINE), facts.owner(one))
        for kind in Asked
        for one in found[kind]
    )
    about = "What this meeting is asked to approve, support and note, and who owns it."
    yield from _first(table(about, ASKED_COLUMNS, rows))


def _changes(facts: Facts) -> Iterator[Part]:
    yield Heading("What changes")
    marked = tuple(filter(None, (improving(facts.session), tier_lines(facts.session))))
    yield Bullets.of(marked)
    rows = [
        (shorten(reason, LINE), shorten(as_printed(action.text), LINE))
        for action in asks.recommended(facts.session)
        if (reason := facts.reason(action))
    ]
    found = table("Each issue, and what is to be done about it.", CHANGE_COLUMNS, rows)
    yield from _first(found)
    if not (marked or found):
        yield Paragraph("No change is agreed yet.")


def _dates(facts: Facts) -> Iterator[Part]:
    yield Heading("Decisions and dates")
    rows = sorted(
        (day.date, f"{day.text[:1].upper()}{day.text[1:]}", shorten(as_printed(action.text), LINE))
        for action in asks.recommended(facts.session)
        for day in facts.dates(action)
        if day.kind is not DateKind.TARGET
    )
    about = "Each date that a decision needs: notice, papers and the meeting, the soonest first."
    shown = table(about, DATE_COLUMNS, ((cell_day(date), *said) for date, *said in rows))
    held = tuple(asks.meetings(facts.session))
    yield from _first(shown) or held or (Paragraph("No meeting is set for a decision yet."),)


def _first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A table with the rows that a slide has room for, and how many there are."""
    found = next((part for part in parts if isinstance(part, Table)), None)
    if found is None or len(found.rows) <= MOST_ROWS:
        return parts
    said = Paragraph(f"The first {MOST_ROWS} of {len(found.rows)}; the brief has all.")
    return said, replace(found, rows=found.rows[:MOST_ROWS])
