"""Dates that cannot all hold, and times that cannot be read, told to the facilitator.

No paper prints any of this.

Sources: call-in is section 9F of the Local Government Act 2000, and councils' own rules usually
give five working days for it; ten working days for feedback is what the workshop promises.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from offwall.model.actions.deadlines import EXECUTIVE, deadline_for
from offwall.model.actions.facts import REVIEW, due_for_review
from offwall.model.actions.plan import live
from offwall.model.actions.ranking import LEADERSHIP, ApprovalLevel, approval_level, same_rung
from offwall.model.process.graph import ways_back
from offwall.model.records import Action, ActionKind, Session, short_date
from offwall.model.records.dates import SATURDAY, bank_holiday
from offwall.model.records.session import Besides, Meeting
from offwall.model.records.spans import TIME_FIELDS
from offwall.model.records.text import fold, quoted
from offwall.model.review.checks import Finding, FindingLevel, findings, notice

FEEDBACK_DAYS = 10
"""Working days after the workshop by which people should hear what came of it."""

CALL_IN_DAYS = 5
"""Working days in which members may call a decision of the executive in."""

KIND, MEETING_KIND, TIMES_KIND = "dates", "meeting dates", "times"
"""The kinds of these findings: of an action, of a meeting, and of how long and how often."""


def all_findings(session: Session, today: dt.date | None = None) -> tuple[Finding, ...]:
    """What the checks find in the record and its dates, what the law asks, what is due for review.

    Without ``today`` the law is that of the day of the workshop, and nothing is due.
    """
    found = [*findings(session), *check_dates(session), *check_times(session)]
    if session.records(Besides.REQUIREMENTS):
        from offwall.model.review.requirements import check_requirements

        found += check_requirements(session, today or session.workshop.date)
    found += check_reviews(session, today) if today else ()
    return tuple(sorted(found, key=lambda one: one.level is not FindingLevel.ERROR))


def check_dates(session: Session) -> Iterator[Finding]:
    """Meetings, papers, feedback and target dates that contradict one another."""
    for meeting in session.meetings:
        yield from _papers(meeting)
    briefed = _briefed_on(session)
    told = set[str]()
    for action in live(session.actions):
        yield from _before_the_workshop(session, action)
        yield from _feedback(session, action)
        yield from _decided(session, action, briefed, told)


def check_reviews(session: Session, today: dt.date) -> Iterator[Finding]:
    """What should have been reviewed by today: the process, and its board's terms."""
    for kind, said in due_for_review(session, today):
        where = "set up (0)" if kind == REVIEW else "governance"
        yield notice(kind, "", f"{said}; set the next date in {where} when that is done.")


def check_times(session: Session) -> Iterator[Finding]:
    """What is said of how long or how often, and cannot be read: it counts as not said."""
    if not session.records(Besides.TIMES):
        return
    stages = ((stage, "", f"Stage {quoted(stage.name)}") for stage in session.stages)
    activities = (
        (activity, activity.id, session.ref_by_id[activity.id]) for activity in session.in_order
    )
    backs = ways_back(session)
    for one, place, called in chain(stages, activities):
        for name, (read, wrong) in TIME_FIELDS.items():
            said = getattr(one, name, "")
            if said and read(said) is None:
                yield notice(TIMES_KIND, place, f"{called}: {quoted(said)} is {wrong}", name)
            elif said and name == "goes_back" and place not in backs:
                text = f"{called}: no answer leads back, so {quoted(said)} counts for nothing."
                yield notice(TIMES_KIND, place, text, name)


def _papers(meeting: Meeting) -> Iterator[Finding]:
    if meeting.date and meeting.papers_by and meeting.papers_by > meeting.date:
        text = (
            f"Papers for {quoted(meeting.body)} are due on {short_date(meeting.papers_by)}, after "
            f"it meets on {short_date(meeting.date)}; put one of the dates right."
        )
        yield notice(MEETING_KIND, meeting.id, text, "papers")


def _before_the_workshop(session: Session, action: Action) -> Iterator[Finding]:
    held = session.workshop.date
    if held and action.due and action.due < held and session.earlier is None:
        text = (
            f"{_called(action)} is due on {short_date(action.due)}, before the workshop of "
            f"{short_date(held)}; give it a later date, or say that it is done."
        )
        yield notice(KIND, action.id, text, "workshop")


def _feedback(session: Session, action: Action) -> Iterator[Finding]:
    held, due = session.workshop.date, action.due
    is_feedback = action.kind is ActionKind.NEXT_STEP and "feedback" in fold(action.text)
    if not (is_feedback and held and due):
        return
    latest = working_days_after(session, held, FEEDBACK_DAYS)
    if due > latest:
        text = (
            f"Feedback goes out on {short_date(due)}, more than {FEEDBACK_DAYS} working days after "
            f"the workshop; send it by {short_date(latest)}."
        )
        yield notice(KIND, action.id, text, "feedback")


def _decided(
    session: Session, action: Action, briefed: dt.date | None, told: set[str]
) -> Iterator[Finding]:
    """What is wrong between an action and the meeting that decides on it."""
    found = deadline_for(session, action, None)
    meeting = found.meeting if found else None
    if found is None or meeting is None or meeting.date is None:
        return
    if _by_members(session, action) and briefed and meeting.id not in told:
        first = min(found.papers_by or meeting.date, meeting.date)
        if first < briefed:
            told.add(meeting.id)
            yield notice(
                MEETING_KIND, meeting.id, _unbriefed(meeting, found.papers_by, briefed), "brief"
            )
    if action.due and action.due < meeting.date:
        text = (
            f"{_called(action)} is due on {short_date(action.due)}, before {meeting.body} can "
            f"decide on it on {short_date(meeting.date)}; give it a later date."
        )
        yield notice(KIND, action.id, text, "decision")
    executive = any(word in fold(meeting.body) for word in EXECUTIVE)
    if not executive or action.due is None or action.due <= meeting.date:
        return
    ends = working_days_after(session, meeting.date, CALL_IN_DAYS)
    if action.due <= ends:
        text = (
            f"{_called(action)} is due on {short_date(action.due)}, before the call-in of "
            f"{meeting.body}'s decision ends (about {short_date(ends)}); give it a later date."
        )
        yield notice(KIND, action.id, text, "call-in")


def _unbriefed(meeting: Meeting, papers: dt.date | None, briefed: dt.date) -> str:
    held = short_date(meeting.date) if meeting.date else ""
    due = f", papers due {short_date(papers)}" if papers else ""
    return (
        f"{meeting.body} ({held}{due}) comes before senior management is briefed "
        f"({short_date(briefed)}); brief them first, or take a later meeting."
    )


def _by_members(session: Session, action: Action) -> bool:
    return approval_level(action.approval, session.approvals) > ApprovalLevel.OFFICER


def _briefed_on(session: Session) -> dt.date | None:
    """The day on which senior management is briefed: its meeting, else the next step."""
    meetings = [
        meeting.date
        for meeting in session.meetings
        if meeting.date and _is_senior(same_rung(meeting.body))
    ]
    steps = [action.due for action in live(session.actions) if action.due and is_briefing(action)]
    return min(meetings or steps, default=None)


def is_briefing(action: Action) -> bool:
    """Whether an action is the next step at which senior management is briefed."""
    return action.kind is ActionKind.NEXT_STEP and _is_senior(fold(action.text))


def _is_senior(words: str) -> bool:
    return "senior management" in words or LEADERSHIP in words


def working_days_after(session: Session, date: dt.date, days: int) -> dt.date:
    """So many working days after a date; the last day of the calendar where it ends before."""
    day, left = date, days
    while left and day < dt.date.max:
        day += dt.timedelta(1)
        off = day in session.notice.closed or bank_holiday(day, session.nation)
        if day.weekday() < SATURDAY and not off:
            left -= 1
    return day


def _called(action: Action) -> str:
    return f"Action {quoted(action.text)}"
