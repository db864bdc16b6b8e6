"""Actions: how they are scored, who approves and does them, when, and where they rank."""

import datetime as dt
import re
from dataclasses import replace

from model.dates import parse_past, say_date
from model.edits.answers import brief, date_from, texts_from, whole
from model.edits.errors import EditError
from model.edits.records import by_key, changed, updated, without
from model.edits.texts import line_of
from model.edits.voting import MOST_VOTES
from model.ranking import rank, same_rung
from model.session import Action, ActionKind, ActionStatus, Session

SCORES = ("impact", "effort")
"""What a group scores an action by, each from 1 to 5."""

_SCORES = re.compile(r"([1-5?])[ /]*([1-5?])")


def set_score(session: Session, action: str, which: str, score: int) -> Session:
    """Score an action's ``impact`` or ``effort``. Raises `EditError` unless it is 1 to 5."""
    if which not in SCORES or not 1 <= score <= 5:
        raise EditError(f"{score} is no {which}. Give 1 for little up to 5 for much.")
    return _with(session, action, **{which: score})


def set_scores(session: Session, action: str, scores: str) -> Session:
    """Score both at once, as ``5/1`` or ``5 1``; nothing takes both away.

    Raises `EditError` unless each is 1 to 5, or ``?`` for not yet.
    """
    words = line_of(scores)
    found = _SCORES.fullmatch(words)
    if words and not found:
        raise EditError(f"{brief(words)} is no score. Type impact and effort, 1 to 5, such as 5/1.")
    impact, effort = found.groups() if found else ("?", "?")
    return _with(session, action, impact=_score(impact), effort=_score(effort))


def _score(digit: str) -> int | None:
    return None if digit == "?" else int(digit)


def set_approval(session: Session, action: str, approval: str) -> Session:
    """Say whose approval an action needs: a rung of the ladder, or nothing for not said.

    Raises `EditError` for what is no rung, unless the action has it already.
    """
    words = line_of(approval)
    found: Action = by_key(session, "actions", action)
    rungs = {same_rung(rung): rung for rung in (found.approval, *session.approvals)}
    if words and same_rung(words) not in rungs:
        known = ", ".join(filter(None, session.approvals))
        raise EditError(f"{brief(words)} is no approval here. Choose one of: {known}.")
    return _with(session, action, approval=rungs[same_rung(words)] if words else "")


def set_needs(session: Session, action: str, said: str) -> Session:
    """Say which other people must agree, by comma, such as the Section 151 or Monitoring Officer.

    Those two are the chief finance officer of section 151 of the Local Government Act 1972 and
    the officer of section 5 of the Local Government and Housing Act 1989.
    """
    found: Action = by_key(session, "actions", action)
    return _with(session, action, needs=texts_from(said, ",", found.needs))


def set_owner(session: Session, action: str, owner: str) -> Session:
    """Say who does it: a role's code, a person's id, the words for a group; nothing for nobody."""
    return _with(session, action, owner=line_of(owner))


def set_helper(session: Session, action: str, helper: str) -> Session:
    """Say who helps: a role's code, a person's id, the words for a group; nothing for nobody."""
    return _with(session, action, helper=line_of(helper))


def set_due(session: Session, action: str, when: str, today: dt.date) -> Session:
    """Set the target date, in any form of `model.dates`; nothing takes it away.

    Raises `EditError` where the words are no date, and for a date in the past, unless the action
    has it already.
    """
    found: Action = by_key(session, "actions", action)
    due = date_from(when, today, found.due)
    if due and due < today and due != found.due:
        raise EditError(f"{say_date(due)} is in the past. Give a date from today on.")
    return updated(session, "actions", found, due=due)


def set_votes(session: Session, action: str, votes: str) -> Session:
    """Set the votes that an action got. Raises `EditError` unless it is a whole number."""
    words = line_of(votes)
    number = whole(words, 0, MOST_VOTES)
    if words and number is None:
        raise EditError(f"{brief(words)} is no number of votes. Type one such as 7.")
    return _with(session, action, votes=number or 0)


def next_status(session: Session, action: str, today: dt.date) -> Session:
    """An action's next status: open, doing, done (today), dropped, and open again."""
    found: Action = by_key(session, "actions", action)
    order = list(ActionStatus)
    status = order[(order.index(found.status) + 1) % len(order)]
    done_on = today if status is ActionStatus.DONE else None
    return updated(session, "actions", found, status=status, done_on=done_on)


def set_done_on(session: Session, action: str, when: str, today: dt.date) -> Session:
    """Say on what day an action was done, which makes it done; nothing makes it open again.

    A date without a year is the last one, not the next. Raises `EditError` where the words are no
    date, and for a date still to come.
    """
    words = line_of(when)
    found: Action = by_key(session, "actions", action)
    if not words:
        status = ActionStatus.OPEN if found.status is ActionStatus.DONE else found.status
        return updated(session, "actions", found, done_on=None, status=status)
    done_on = parse_past(words, today)
    if done_on is None:
        raise EditError(f"{brief(words)} is no date. Type today, 29/1, 29 Jan or 2027-01-29.")
    if done_on > today:
        raise EditError(f"{say_date(done_on)} is still to come. Give a date up to today.")
    return updated(session, "actions", found, done_on=done_on, status=ActionStatus.DONE)


def remove_action(session: Session, action: str) -> Session:
    """Take an action away, and what it was compared with; the issue that it came from stays."""
    gone = by_key(session, "actions", action)
    return without(session, "actions", gone)


def move_action(session: Session, action: str, by: int) -> Session:
    """Move an action down (``by`` 1) or up (-1) in its list. Raises `EditError` at either end.

    A next step moves among the next steps as the file has them. An improvement moves in the
    ranking: that is the group's own move, and keeps until `clear_place`.
    """
    found: Action = by_key(session, "actions", action)
    if found.kind is ActionKind.IMPROVEMENT:
        return _move_in_ranking(session, found, by)
    others = [one for one in session.actions if one.kind is found.kind]
    swapped = _neighbour(others, found, by)
    order = {found.id: swapped, swapped.id: found}
    return replace(session, actions=tuple(order.get(one.id, one) for one in session.actions))


def clear_place(session: Session, action: str) -> Session:
    """Let an improvement stand where it ranks, not where the group moved it."""
    return _with(session, action, place=None)


def _move_in_ranking(session: Session, moved: Action, by: int) -> Session:
    ranked = list(rank(session))
    swapped = _neighbour(ranked, moved, by)
    at = ranked.index(moved)
    ranked[at], ranked[at + by] = swapped, moved
    actions = session.actions
    for place, action in enumerate(ranked, 1):
        # Those moved before keep their places, so that this move pushes none of them about.
        if action is moved or (action.place is not None and action.place != place):
            actions = changed(actions, action, replace(action, place=place))
    return replace(session, actions=actions)


def _neighbour(order: list[Action], found: Action, by: int) -> Action:
    place = order.index(found) + by
    if not 0 <= place < len(order):
        raise EditError("It is already the " + ("last." if by > 0 else "first."))
    return order[place]


def _with(session: Session, action: str, **values: object) -> Session:
    return updated(session, "actions", by_key(session, "actions", action), **values)
