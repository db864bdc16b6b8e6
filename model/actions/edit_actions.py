"""Actions: made and changed by a line, scored, approved, owned, dated, moved in their ranking."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from offwall.model.actions.plan import action_plan
from offwall.model.actions.ranking import MOST_VOTES, rank, same_rung
from offwall.model.line import Vocabulary
from offwall.model.process import ActionPostIt, owner_labels, role_labels
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    EditError,
    Session,
    by_key,
    derive,
    excerpt,
    line_of,
    say_date,
    updated,
    without,
)
from offwall.model.records.changes import added, changed
from offwall.model.records.dates import parse_past
from offwall.model.records.fields import (
    NO_ACTION,
    NO_ACTIVITY,
    NO_ISSUE,
    NO_OWNER,
    ActionId,
    ActivityId,
    IssueId,
)
from offwall.model.records.record_kind import (
    Answers,
    Ask,
    Reading,
    RecordKind,
    choice_ask,
    date_ask,
    needed,
)
from offwall.model.records.session import Owner, Rag
from offwall.model.records.text import choice_from, date_from, number_from, texts_from
from offwall.model.records.uses import owner_of

SCORES = ("impact", "effort")
"""What a group scores an action by, each from 1 to 5."""

_SCORES = re.compile(r"([1-5?])[ /]*([1-5?])")


def set_score(session: Session, action: ActionId, which: str, score: int) -> Session:
    """Score an action's ``impact`` or ``effort``. Raises `EditError` unless it is 1 to 5."""
    if which not in SCORES or not 1 <= score <= 5:
        raise EditError(f"{score} is no {which}. Give 1 for little up to 5 for much.")
    return _with(session, action, **{which: score})


def set_scores(session: Session, action: ActionId, scores: str) -> Session:
    """Score both at once, as ``5/1`` or ``5 1``; nothing takes both away.

    Raises `EditError` unless each is 1 to 5, or ``?`` for not yet.
    """
    words = line_of(scores)
    found = _SCORES.fullmatch(words)
    if words and not found:
        raise EditError(
            f"{excerpt(words)} is no score. Type impact and effort, 1 to 5, such as 5/1."
        )
    impact, effort = found.groups() if found else ("?", "?")
    return _with(session, action, impact=_score(impact), effort=_score(effort))


def _score(digit: str) -> int | None:
    return None if digit == "?" else int(digit)


def set_approval(session: Session, action: ActionId, approval: str) -> Session:
    """Say whose approval an action needs: a rung of the ladder, or nothing for not said.

    Raises `EditError` for what is no rung, unless the action has it already.
    """
    found: Action = by_key(session, "actions", action)
    return _with(session, action, approval=_rung(session, found, approval))


def _rung(session: Session, action: Action, approval: str) -> str:
    words = line_of(approval)
    rungs = {same_rung(rung): rung for rung in (action.approval, *session.approvals)}
    if words and same_rung(words) not in rungs:
        known = ", ".join(filter(None, session.approvals))
        raise EditError(f"{excerpt(words)} is no approval here. Choose one of: {known}.")
    return rungs[same_rung(words)] if words else ""


def set_needs(session: Session, action: ActionId, text: str) -> Session:
    """Say which other people must agree, by comma, such as the Section 151 or Monitoring Officer.

    Those two are the chief finance officer of section 151 of the Local Government Act 1972 and
    the officer of section 5 of the Local Government and Housing Act 1989.
    """
    found: Action = by_key(session, "actions", action)
    return _with(session, action, needs=texts_from(text, ",", found.needs))


def set_who(session: Session, action: ActionId, name: str, who: str) -> Session:
    """Say who it is that a field names: a role's code, a person's id, words; nothing for nobody."""
    return _with(session, action, **{name: owner_of(session, line_of(who))})


def set_due(session: Session, action: ActionId, when: str, today: dt.date) -> Session:
    """Set the target date, in any form of `model.records.dates`; nothing takes it away.

    Raises `EditError` where the words are no date, and for a date in the past, unless the action
    has it already.
    """
    found: Action = by_key(session, "actions", action)
    return updated(session, "actions", found, due=_due(found, when, today))


def _due(action: Action, when: str, today: dt.date) -> dt.date | None:
    due = date_from(when, today, action.due)
    if due and due < today and due != action.due:
        raise EditError(f"{say_date(due)} is in the past. Give a date from today on.")
    return due


def set_votes(session: Session, action: ActionId, votes: str) -> Session:
    """Set the votes that an action got. Raises `EditError` unless it is a whole number."""
    number = number_from(votes, 0, MOST_VOTES, "number of votes. Type one such as 7.")
    return _with(session, action, votes=number or 0)


def set_action_status(
    session: Session, action: ActionId, status: ActionStatus, today: dt.date
) -> Session:
    """Say how far an action is; what is done was done today."""
    return _with(session, action, status=status, done_on=_done_on(status, today))


def _done_on(status: ActionStatus, today: dt.date) -> dt.date | None:
    return today if status is ActionStatus.DONE else None


def set_done_on(session: Session, action: ActionId, when: str, today: dt.date) -> Session:
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
        raise EditError(f"{excerpt(words)} is no date. Type today, 29/1, 29 Jan or 2027-01-29.")
    if done_on > today:
        raise EditError(f"{say_date(done_on)} is still to come. Give a date up to today.")
    return updated(session, "actions", found, done_on=done_on, status=ActionStatus.DONE)


def remove_action(session: Session, action: ActionId) -> Session:
    """Take an action away, and what it was compared with; the issue that it came from stays."""
    gone = by_key(session, "actions", action)
    return without(session, "actions", gone)


def move_action(session: Session, action: ActionId, by: int) -> Session:
    """Move an action down (``by`` 1) or up (-1) in its list. Raises `EditError` at either end.

    A next step moves among the next steps as the file has them. An improvement moves in the
    ranking: that is the group's own move, and keeps until `clear_place`.
    """
    found: Action = by_key(session, "actions", action)
    if found.kind is ActionKind.IMPROVEMENT:
        return _move_in_ranking(session, found, by)
    others = [action for action in session.actions if action.kind is found.kind]
    swapped = _neighbour(others, found, by)
    order = {found.id: swapped, swapped.id: found}
    return replace(
        session, actions=tuple(order.get(action.id, action) for action in session.actions)
    )


def clear_place(session: Session, action: ActionId) -> Session:
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


def _neighbour(order: list[Action], action: Action, by: int) -> Action:
    place = order.index(action) + by
    if not 0 <= place < len(order):
        raise EditError("It is already the " + ("last." if by > 0 else "first."))
    return order[place]


def _with(session: Session, action: ActionId, **values: object) -> Session:
    return updated(session, "actions", by_key(session, "actions", action), **values)


# Keep what an action's line says, and change an action by its line.

_NEEDED = "An action needs words. Say first what is to be done, then who and by when."
_FIELDS = ("text", "owner", "due", "impact", "effort", "approval")


def new_action_id(seed: str) -> ActionId:
    """The id of the action that `add_action` makes with this seed."""
    return derive(seed, "n")


def add_action(
    session: Session,
    note: ActionPostIt,
    *,
    seed: str,
    kind: ActionKind = ActionKind.IMPROVEMENT,
    issue: IssueId = NO_ISSUE,
    activity: ActivityId = NO_ACTIVITY,
) -> Session:
    """Make an action at the end of the list. Raises `EditError` without words."""
    action = Action(new_action_id(seed), "", kind=kind, issue=issue, activity=activity)
    session = added(session, "actions", action)
    return updated(session, "actions", action, **_checked(note, _FIELDS))


def action_note_of(session: Session, action: ActionId) -> ActionPostIt:
    """What the line says of an action. Raises `EditError` where it is not there."""
    found: Action = by_key(session, "actions", action)
    return ActionPostIt(
        line_of(found.text),
        found.owner if line_of(found.owner) else NO_OWNER,
        found.due,
        found.impact,
        found.effort,
        line_of(found.approval),
    )


def edit_action(
    session: Session, action: ActionId, before: ActionPostIt, after: ActionPostIt
) -> Session:
    """Change what differs between the line as it was filled in and as it is now.

    Raises `EditError` without words, or where the action is not there.
    """
    old = by_key(session, "actions", action)
    names = tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
    return updated(session, "actions", old, **_checked(after, names))


def _checked(note: ActionPostIt, names: tuple[str, ...]) -> dict[str, Any]:
    if not note.text:
        raise EditError(_NEEDED)
    for name in ("impact", "effort"):
        score = getattr(note, name)
        if name in names and score is not None and not 1 <= score <= 5:
            raise EditError(f"The {name} is {score}. Give 1 for little up to 5 for much.")
    return {name: getattr(note, name) for name in names}


# An action by its fields, each asked for apart.

_BLANK = Action(NO_ACTION, "")


def _who_ask(name: str, label: str) -> Ask:
    def read(reading: Reading, text: str) -> Owner:
        words = line_of(text)
        found = Vocabulary.of(reading.session, reading.day).owners.find(words)
        return owner_of(reading.session, found or words)

    def show(session: Session, owner: str) -> str:
        return owner_labels(session, role_labels(session)).get(owner, owner)

    return Ask(name, label, "A role, a person or a group; empty for nobody.", read=read, show=show)


def _score_ask(name: str, label: str) -> Ask:
    hint = "1 for little up to 5 for much."
    wrong = f"{name}. Give {hint}"
    return Ask(name, label, hint, read=lambda _, text: number_from(text, 1, 5, wrong))


class ActionsKind(RecordKind[Action]):
    """The actions. One that is said to be done was done today."""

    def listed(self, session: Session) -> tuple[Action, ...]:
        """The actions as the plan has them."""
        return action_plan(session)

    def change(self, session: Session, key: str, answers: Answers, **known: Any) -> Session:
        """Change what is answered of an action, and when it was done. Raises `EditError`."""
        was, new = self.find(session, key), super().change(session, key, answers, **known)
        status, today = self.find(new, key).status, known.get("today")
        if today is None or status is was.status:
            return new
        return _with(new, was.id, done_on=_done_on(status, today))


ACTIONS = ActionsKind(
    collection="actions",
    noun="action",
    blank=lambda _: _BLANK,
    asks=(
        Ask("text", "Action", "What is to be done.", read=needed(_NEEDED)),
        _who_ask("owner", "Owner"),
        _who_ask("helper", "Helper"),
        replace(
            date_ask("due", "Target date"),
            read=lambda reading, text: _due(reading.old or _BLANK, text, reading.day),
        ),
        choice_ask(
            "status", "Status", "open, doing, done, dropped.", ActionStatus, ActionStatus.OPEN
        ),
        _score_ask("impact", "Impact"),
        _score_ask("effort", "Effort"),
        Ask(
            *("approval", "Approval", "Whose approval it needs, by the ladder."),
            read=lambda reading, text: _rung(reading.session, reading.old or _BLANK, text),
        ),
        Ask("success_measure", "Success measure", "What shows that it has worked."),
        Ask(
            *("rag", "RAG", "red, amber, green; empty until the first update."),
            read=lambda _, text: choice_from(text, Rag, None, "RAG"),
            choices=lambda _: tuple(Rag),
        ),
        Ask("last_update", "Last update", "How far it is, and as of when."),
    ),
)
