"""Weeks after the workshop: what is done, overdue, due soon; who is reminded, and the report."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offwall.model.actions import action_plan, live
from offwall.model.actions.date_checks import is_briefing
from offwall.model.actions.facts import PRESENTING, DateKind, Facts, due_for_review, full_date
from offwall.model.documents.mails import Mail, reminders, report_mail, roles_without_people
from offwall.model.documents.paper import Bullets, Heading, Paragraph, Part
from offwall.model.process.handed_out import parts_out, say_part
from offwall.model.records import Action, ActionStatus, counted, short_date
from offwall.model.records.text import as_sentence, english_list, shorten
from offwall.model.review.progress import as_printed

SOON = dt.timedelta(days=14)
"""What is due within this is due soon."""


@dataclass(frozen=True, slots=True)
class Chase:
    """How the actions of a session stand on a day; each is in one list, the soonest date first.

    ``soon`` have a target date, papers or a notice due in the next two weeks; ``undated`` have no
    target date and nothing else that is due soon.
    """

    done: tuple[Action, ...]
    overdue: tuple[Action, ...]
    soon: tuple[Action, ...]
    later: tuple[Action, ...]
    undated: tuple[Action, ...]


def chase(facts: Facts) -> Chase:
    """How the actions stand on the day of the facts; those that were dropped are in no list."""
    today, plan = facts.today, action_plan(facts.session)
    done = [one for one in plan if one.status is ActionStatus.DONE]
    last = today + min(SOON, dt.date.max - today)
    overdue, soon, later, undated = list[Action](), list[Action](), list[Action](), list[Action]()
    for action in sorted(live(plan), key=lambda one: one.due or dt.date.max):
        days = (day.date for day in facts.dates(action) if day.kind is not DateKind.MEETING)
        if action.due and action.due < today:
            overdue.append(action)
        elif any(today <= day <= last for day in days):
            soon.append(action)
        else:
            (later if action.due else undated).append(action)
    lists = sorted(done, key=lambda one: one.done_on or dt.date.min), overdue, soon, later, undated
    return Chase(*map(tuple, lists))


def chase_mails(facts: Facts) -> tuple[Mail, ...]:
    """A mail to each who owns or helps with what is overdue or due soon."""
    found = chase(facts)
    return reminders(facts.session, facts.today, (*found.overdue, *found.soon))


def unheard(facts: Facts) -> tuple[str, ...]:
    """The codes of the roles that owe something now and that nobody on the list has."""
    found = chase(facts)
    due = {one.id for one in (*found.overdue, *found.soon)}
    waiting = roles_without_people(facts.session).items()
    return tuple(code for code, actions in waiting if due & {action.id for action in actions})


def chase_report(facts: Facts) -> Mail:
    """The report to the sponsor: the counts in a sentence, then a list of each that matters."""
    return report_mail(facts.session, _report(facts, chase(facts)))


def _report(facts: Facts, chase: Chase) -> Iterator[Part | str]:
    counts = (
        (chase.done, "done"),
        (chase.overdue, "overdue"),
        (chase.soon, "due in the next 14 days"),
        (chase.later, "due later"),
        (chase.undated, "without a date"),
    )
    every = sum(len(one) for one, _ in counts)
    said = english_list(f"{len(one)} {words}" for one, words in counts if one)
    of = f", of {counted(every, 'action')}: {said}." if every else " no action is recorded."
    yield f"On {full_date(facts.today)}{of}"
    yield from (as_sentence(said) for _, said in due_for_review(facts.session, facts.today))
    if any(map(is_briefing, live(facts.session.actions))):
        said = " ".join(filter(None, (facts.presenting(), facts.pre_brief())))
        yield Paragraph(said, PRESENTING) if said else ""
    yield from _list("Overdue", (_open(facts, one) for one in chase.overdue))
    yield from _list("Due in the next 14 days", (_open(facts, one) for one in chase.soon))
    yield from _list("Without a date", (_open(facts, one) for one in chase.undated))
    yield from _list("Done", (_finished(facts, one) for one in chase.done))
    out = (Paragraph(as_sentence(say_part(facts.session, o))) for o in parts_out(facts.session))
    yield from _list("Parts of the map that are out", out)
    if nobody := sum(not one.owner for one in (*chase.overdue, *chase.soon, *chase.undated)):
        yield f"{counted(nobody, 'of these needs an owner', 'of these need an owner')}."


def _list(title: str, items: Iterable[Paragraph]) -> Iterator[Part]:
    if found := tuple(items):
        yield Heading(title)
        yield Bullets(found)


def _open(facts: Facts, action: Action) -> Paragraph:
    late = (facts.today - action.due).days if action.due else 0
    said = (
        facts.when(action),
        f"{counted(late, 'day')} overdue" if late > 0 else "",
        "already begun" if action.status is ActionStatus.DOING else "",
    )
    when = as_sentence("; ".join(filter(None, said)))
    return Paragraph(f"{facts.who(action)}. {when}", _text(action))


def _finished(facts: Facts, action: Action) -> Paragraph:
    on = f", on {short_date(action.done_on)}" if action.done_on else ""
    return Paragraph(as_sentence(f"{facts.who(action)}{on}"), _text(action))


def _text(action: Action) -> str:
    return as_sentence(shorten(as_printed(action.text), 200))
