"""The facts that several papers state: each has one rule here, and every paper asks it.

Who owns an action by name, whose approval it needs, when it must be ready and for what, what is
done about an issue, how far the record is agreed, and who keeps it up.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from offwall.model.actions.deadlines import Deadline, deadline_for
from offwall.model.actions.plan import owner_keys, stands_for
from offwall.model.actions.ranking import rung_name
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Issue,
    IssueStatus,
    Session,
    counted,
    short_date,
)
from offwall.model.records.fields import ActionId, RoleCode
from offwall.model.records.text import as_sentence, english_list, shorten
from offwall.model.review.progress import as_printed

NOBODY = "not yet assigned"
"""Whose an action is that nobody took on."""

UNDATED = "no date yet"

PRESENTING = "Presenting the findings:"

NO_ACTION = "No action yet"

UNCONFIRMED = " (not yet confirmed)"
"""Behind an activity of which the group has not agreed the place and the lead."""

NAME = 60
"""Characters of a name in a paper."""

MOST_NAMED = 3
"""People who are named behind a role that they share; more are counted."""


def cell_day(date: dt.date | None) -> str:
    """A date where there is little room, such as ``9 Feb 2027``."""
    return short_date(date) if date else UNDATED


def full_date(date: dt.date) -> str:
    """A date in full, such as ``9 February 2027``."""
    return f"{date.day} {date:%B} {date.year}"


def draft_note(session: Session) -> str:
    """What every page says while an activity is not confirmed; empty where all are."""
    every = len(session.activities)
    waiting = sum(not activity.confirmed for activity in session.activities)
    if not waiting:
        return ""
    verb = "is" if waiting == 1 else "are"
    return (
        f"Draft: {waiting} of {counted(every, 'activity', 'activities')} {verb} not yet confirmed"
    )


def the(name: str) -> str:
    """A body's name within a sentence, with its article; Cabinet and Full Council take none."""
    bare = name.casefold() in ("", "cabinet", "full council") or name.casefold().startswith("the ")
    return name if bare else f"the {name}"


def uncapitalised(text: str) -> str:
    """A text as it goes on within a sentence; an abbreviation such as *KPI* stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def names_of(session: Session) -> dict[str, str]:
    """What roles and people are called, by code and by id."""
    labels = owner_labels(session, role_labels(session))
    return {code: shorten(name, NAME) for code, name in labels.items()}


class DateKind(StrEnum):
    """What an action has a date for."""

    NOTICE = "notice"
    PAPERS = "papers"
    MEETING = "meeting"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class ActionDate:
    """A day that an action has, and what is to be done by it or happens on it."""

    kind: DateKind
    date: dt.date
    text: str


class Facts:
    """The facts of one session on one day, each looked up once.

    Without the day nothing counts as past: it is asked for deadlines alone.
    """

    def __init__(self, session: Session, today: dt.date = dt.date.min) -> None:
        self.session = session
        self.today = today

    @cached_property
    def names(self) -> dict[str, str]:
        """What roles and people are called."""
        return names_of(self.session)

    @cached_property
    def keys(self) -> dict[str, str]:
        """Who is meant by each whom the actions name, as `owner_keys` has it."""
        return owner_keys(self.session)

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """The names of the people who have a role, by its code."""
        found: dict[str, list[str]] = defaultdict(list)
        for person in self.session.people:
            for key in stands_for(self.session, person) - {person.id}:
                if person.name.strip():
                    found[key].append(shorten(person.name, NAME))
        return {key: tuple(names) for key, names in found.items()}

    def called(self, words: str) -> str:
        """Whoever an action names: a role with the people who have it; empty where nobody."""
        key = self.keys.get(words, words)
        name = self.names.get(key) or shorten(key, NAME)
        people = self.holders.get(key, ())
        if len(people) > MOST_NAMED:
            return f"{name} ({len(people)} people)"
        return f"{name} ({english_list(people)})" if people else name

    def owner(self, action: Action) -> str:
        """Who owns an action, by role and name."""
        return self.called(action.owner) or NOBODY

    def who(self, action: Action) -> str:
        """Who owns an action, and who helps."""
        helper = self.called(action.helper)
        return self.owner(action) + (f", with {helper}" if helper else "")

    def approval(self, action: Action) -> str:
        """Whose approval an action needs, and who else must agree; empty where neither is said."""
        rung = shorten(rung_name(action.approval), NAME)
        needs = english_list(shorten(one, NAME) for one in action.needs if one.strip())
        agree = f"Also to agree: {needs}" if needs else ""
        return ". ".join(filter(None, (rung[:1].upper() + rung[1:], agree)))

    def deadline(self, action: Action) -> Deadline | None:
        """What an action must reach for its approval; None where officers or nobody approve it."""
        return deadline_for(self.session, action, self.today)

    def dates(self, action: Action) -> tuple[ActionDate, ...]:
        """Every day that an action has, the soonest first."""
        return tuple(sorted(self._dates(action), key=lambda one: one.date))

    def _dates(self, action: Action) -> Iterator[ActionDate]:
        found = self.deadline(action)
        meeting = found.meeting if found else None
        body = shorten(rung_name(meeting.body), NAME) if meeting else ""
        if found and found.announced_by and found.announced_in_time:
            said = "if this is a key decision, notice in the forward plan"
            yield ActionDate(DateKind.NOTICE, found.announced_by, said)
        if meeting and found and found.papers_by:
            yield ActionDate(DateKind.PAPERS, found.papers_by, f"papers due for {body}")
        if meeting and meeting.date:
            yield ActionDate(DateKind.MEETING, meeting.date, f"{body} decides")
        if action.due:
            yield ActionDate(DateKind.TARGET, action.due, "target date")

    def when(self, action: Action) -> str:
        """All dates of an action in one line, as every paper says them."""
        target = f"By {short_date(action.due)}" if action.due else "No date yet"
        return "; ".join([target, *self.reaches(action)])

    def day(self, action: Action) -> str:
        """The target date in a cell, and the day on which the papers for its meeting are due."""
        found = self.deadline(action)
        papers = found.papers_by if found and found.meeting else None
        told = f" (papers due {short_date(papers)})" if papers else ""
        return f"{cell_day(action.due)}{told}"

    def reaches(self, action: Action) -> list[str]:
        """What an action must reach for its approval: the meeting, its papers, the notice."""
        found = self.deadline(action)
        said = []
        meeting = found.meeting if found else None
        if found and meeting and meeting.date:
            body = shorten(rung_name(meeting.body), NAME)
            late = "" if found.serves else ", after the target date"
            said.append(f"{body} decides on {short_date(meeting.date)}{late}")
            if found.papers_by:
                said.append(f"papers due {short_date(found.papers_by)}")
        elif found and not found.alone:
            said.append("no meeting is set for it yet")
        if found and found.announced_by:
            day = short_date(found.announced_by)
            said.append(
                f"if a key decision, publish the notice by {day}"
                if found.announced_in_time
                else f"if a key decision, the notice was due on {day}: choose a later date"
            )
        return said

    @cached_property
    def _answers(self) -> dict[str, tuple[Action, ...]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.session.actions:
            if action.issue and action.status is not ActionStatus.DROPPED:
                found[action.issue].append(action)
        return {issue: tuple(actions) for issue, actions in found.items()}

    def answers(self, issue: Issue) -> tuple[Action, ...]:
        """What is done about an issue: the actions on it that are not dropped, done ones too."""
        return self._answers.get(issue.id, ())

    @cached_property
    def open_issues(self) -> tuple[Issue, ...]:
        """The issues that are not closed."""
        return tuple(o for o in self.session.issues if o.status is not IssueStatus.CLOSED)

    @cached_property
    def unanswered(self) -> tuple[Issue, ...]:
        """The open issues that have no action."""
        return tuple(issue for issue in self.open_issues if not self.answers(issue))

    def answer(self, issue: Issue) -> str:
        """What is done about an issue, in words."""
        said = [self._answer(action) for action in self.answers(issue)]
        if issue.status is IssueStatus.CLOSED:
            return "; ".join(["Closed", *said])
        return "; ".join(said) or NO_ACTION

    def _answer(self, action: Action) -> str:
        text = shorten(as_printed(action.text), 90).rstrip(".")
        if action.status is ActionStatus.DONE:
            return f"Done: {text}" + (f" ({short_date(action.done_on)})" if action.done_on else "")
        return f"{text}: {self.owner(action)}, {self.day(action)}"

    def reason(self, action: Action) -> str:
        """Why an action: the words of the issue that it answers; empty where it answers none."""
        found = self._issue_by_id.get(action.issue)
        return shorten(found.text) if found else ""

    @cached_property
    def _issue_by_id(self) -> dict[str, Issue]:
        return {issue.id: issue for issue in self.session.issues}

    def step(self, activity: Activity) -> str:
        """An activity's words, marked while the group has not confirmed it."""
        return shorten(activity.text) + ("" if activity.confirmed else UNCONFIRMED)

    def presenting(self) -> str:
        """Who presents the findings, where and how long; empty where nothing of it is said."""
        held = self.session.workshop
        said = (
            self.called(held.presenter),
            shorten(held.presented_at),
            shorten(held.presented_for, NAME),
        )
        return as_sentence(", ".join(filter(None, said))) if any(said) else ""

    def pre_brief(self) -> str:
        """With whom the findings are talked through before, in a sentence; empty for nobody."""
        who = english_list(map(self.called, self.session.workshop.pre_brief))
        return f"Pre-brief with {who}." if who else ""


# Who keeps the process up. On its day the review of the process, or of its board's terms, is
# something to be done.


def kept_up(session: Session) -> tuple[str, ...]:
    """Which version was recorded last, when the process is looked at again, and who owns it."""
    from offwall.model.setup.workshop import last_version

    version, held = last_version(session), session.workshop
    of = f" of {full_date(version.on)}" if version and version.on else ""
    said = (
        f"last version {shorten(version.name, NAME)}{of}" if version else "",
        f"next review {full_date(held.review_on)}" if held.review_on else "",
        f"process owner {Facts(session).called(held.owner)}" if held.owner else "",
    )
    return tuple(filter(None, said))


REVIEW, BOARD_REVIEW = "review", "board review"
"""The kinds of what says so, and the ids of what is to be done."""


def reviews(session: Session) -> tuple[Action, ...]:
    """What is to be reviewed, as actions of whoever keeps it up; the second is the board."""
    held, board = session.workshop, session.board
    name = shorten(held.process) or shorten(held.title)
    what = f"the process “{name}”" if name else "the process"
    found = [(REVIEW, what, held.owner, held.review_on)]
    if board:
        called = the(shorten(board.name, NAME)) or "the board"
        found.append(
            (BOARD_REVIEW, f"the terms of {called}", RoleCode(board.chair), board.review_on)
        )
    return tuple(
        Action(ActionId(kind), f"Review {about}", ActionKind.NEXT_STEP, owner=owner, due=on)
        for kind, about, owner, on in found
        if on
    )


def with_reviews(session: Session) -> Session:
    """The session as chasing and diaries read it: what is to be reviewed stands in the plan."""
    return replace(session, actions=(*session.actions, *reviews(session)))


def due_for_review(session: Session, today: dt.date) -> Iterator[tuple[str, str]]:
    """What should have been reviewed by today: its kind, and a sentence that says so."""
    for one in reviews(session):
        if one.due and one.due <= today:
            what = one.text.removeprefix("Review ")
            verb = "have" if one.id == BOARD_REVIEW else "has"
            since = f"{verb} been due for review since {short_date(one.due)}"
            yield one.id, f"{what[:1].upper()}{what[1:]} {since}"
