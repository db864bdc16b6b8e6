"""What the spread's rows say in words, and in sentences under the list."""

import datetime as dt
from collections.abc import Iterator

from model.bank_holidays import bank_holiday
from model.dates import say_date
from model.line.vocabulary import GROUPS
from model.session import Action, Session
from model.spread import TIMES, TOO_MANY, Load, Spread, Week, people_there
from model.tables.names import owners, role_labels
from tui.text import count
from tui.widgets.record_list import Cell

PEOPLE, WEEKS = "people", "weeks"
"""The keys of the two headings."""

TWICE = {2: "twice"}


def load_title(load: Load) -> Cell:
    """Who carries; nobody is somebody to be found."""
    return (f"{load.name} ({load.role})" if load.role else load.name) or ("No owner yet", "wrong")


def load_note(load: Load) -> Cell:
    """What stands out about a load."""
    helps = f"helps with {load.helps}" if load.helps else ""
    if load.too_many:
        return "too many", "wrong"
    if load.has_none:
        return "none yet", "open"
    if load.there:
        return helps, "lead"
    if not load.key:
        return ""
    return "a group" if load.key in GROUPS else "nobody who was there", "muted"


def week_note(session: Session, week: Week) -> Cell:
    """What stands out about a week."""
    if week.too_many:
        return "too many in one week", "wrong"
    if week.overdue:
        return "overdue", "wrong"
    off = ", ".join(say_date(day)[:-5] for day in _days_off(session, week))
    return (f"holiday {off}", "open") if off else ("", "lead")


def _days_off(session: Session, week: Week) -> Iterator[dt.date]:
    for days in range(5):
        number = week.monday.toordinal() + days
        day = dt.date.fromordinal(min(number, dt.date.max.toordinal()))
        if bank_holiday(day, session.nation):
            yield day


def about(session: Session, found: Spread, item: Load | Week | tuple[Action, ...] | str) -> str:
    """What a row says in sentences; for a heading, by its key, the rule that it is judged by."""
    if isinstance(item, Load):
        return _about_load(item)
    if isinstance(item, Week):
        return _about(session, item.actions)
    if isinstance(item, tuple):
        return _about(session, item)
    if item == PEOPLE:
        there = count(len(people_there(session)), "person was", "people were")
        return f"{there} there: an even share is {_figure(found.share)} each. {_rule()}"
    if item == WEEKS:
        weeks = count(len(found.weeks), "week")
        return f"Over {weeks} with dates an even share is {_figure(found.week_share)}. {_rule()}"
    return ""


def _rule() -> str:
    return f"Too many: {TOO_MANY} or more, and over {TWICE.get(TIMES, f'{TIMES} times')} that."


def _about_load(load: Load) -> str:
    if load.has_none:
        return f"{load.name} was there and carries nothing yet: @ in the plan gives an action."
    texts = "; ".join(action.text for action in load.actions)
    helps = f"Helps with {load.helps}. " if load.helps else ""
    return helps + texts


def _about(session: Session, actions: tuple[Action, ...]) -> str:
    called = owners(session, role_labels(session))
    return "; ".join(
        f"{action.text} ({called.get(action.owner, action.owner) or 'no owner'})"
        for action in actions
    )


def _figure(share: float) -> str:
    return f"{share:.1f}".removesuffix(".0")
