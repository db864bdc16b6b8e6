"""The shorter papers beside the brief: the action plan, the RACI, and slides for the briefing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from offwall.model.actions import action_plan
from offwall.model.actions.facts import DateKind, Facts, cell_day
from offwall.model.documents.brief import asks
from offwall.model.documents.brief.findings import improving, tier_lines
from offwall.model.documents.brief.readers import Asked, Audience
from offwall.model.documents.brief.report import raci_appendix, report
from offwall.model.documents.brief.workshop import glance
from offwall.model.documents.paper import Bullets, Heading, Paper, Paragraph, Part, Table, table
from offwall.model.records import Action, ActionStatus, Session
from offwall.model.records.text import as_sentence, shorten
from offwall.model.review.progress import as_printed

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
    kept = [one for one in action_plan(session) if one.status is not ActionStatus.DROPPED]
    found = sorted(kept, key=lambda one: one.due or dt.date.max)
    about = "Every action: what and why, who owns it, its dates and approval, and how far it is."
    rows = table(about, PLAN_COLUMNS, (_planned(facts, one) for one in found))
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
    facts = Facts(session, today)
    _, *parts = raci_appendix(facts)
    stages = (replace(one, level=1) if isinstance(one, Heading) else one for one in parts)
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
FIRST = "The first {} of {}; the brief has all."


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
        *_plan(facts),
        *_dates(facts),
    )
    return replace(whole, parts=parts)


def _asked(facts: Facts, audience: Audience) -> Iterator[Part]:
    """The three lines of the brief, and what comes first of each kind."""
    yield from islice(asks.what_is_asked(facts, audience), 2)
    found = asks.by_request(facts.session, audience)
    rows = [
        (str(kind), shorten(as_printed(one.text), LINE), facts.owner(one))
        for kind in Asked
        for one in found[kind]
    ]
    about = "What this meeting is asked to approve, support and note, and who owns it."
    yield from _first(table(about, ASKED_COLUMNS, rows))


def _changes(facts: Facts) -> Iterator[Part]:
    """What the group marked on the process, and what each recommendation puts right."""
    yield Heading("What changes")
    marked = tuple(filter(None, (improving(facts.session), tier_lines(facts.session))))
    yield Bullets.of(marked)
    rows = [
        (shorten(reason, LINE), shorten(as_printed(one.text), LINE))
        for one in asks.recommended(facts.session)
        if (reason := facts.reason(one))
    ]
    found = table("Each issue, and what is to be done about it.", CHANGE_COLUMNS, rows)
    yield from _first(found)
    if not (marked or found):
        yield Paragraph("No change is agreed yet.")


def _plan(facts: Facts) -> Iterator[Part]:
    yield Heading("The plan")
    found = asks.in_time(facts.session)
    yield from (
        _first(asks.plan_table(facts, found)) if found else (Paragraph("No action is agreed yet."),)
    )


def _dates(facts: Facts) -> Iterator[Part]:
    """The days on which papers, notices and decisions are due, the soonest first."""
    yield Heading("Decisions and dates")
    rows = sorted(
        (day.date, f"{day.text[:1].upper()}{day.text[1:]}", shorten(as_printed(one.text), LINE))
        for one in asks.recommended(facts.session)
        for day in facts.dates(one)
        if day.kind is not DateKind.TARGET
    )
    about = "Each date that a decision needs: notice, papers and the meeting, the soonest first."
    shown = table(about, DATE_COLUMNS, ((cell_day(date), *said) for date, *said in rows))
    held = tuple(asks.meetings(facts.session))
    yield from _first(shown) or held or (Paragraph("No meeting is set for a decision yet."),)


def _first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A table with the rows that a slide has room for, and how many there are."""
    found = next((one for one in parts if isinstance(one, Table)), None)
    if found is None or len(found.rows) <= MOST_ROWS:
        return parts
    said = Paragraph(FIRST.format(MOST_ROWS, len(found.rows)))
    return said, replace(found, rows=found.rows[:MOST_ROWS])
