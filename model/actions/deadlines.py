"""Which meeting an action must reach, when its papers are due, and from when it must be announced.

The rules are England's: the Local Authorities (Executive Arrangements) (Meetings and Access to
Information) (England) Regulations 2012 (SI 2012/2089). Regulation 7: agenda and reports are open to
the public five clear days before a meeting of the executive; sections 100B and 100C of the Local
Government Act 1972 ask the same of the council and its committees. Regulation 9: a key decision is
announced 28 clear days before it is made (councils call the notice the forward plan). Regulation
10 is the way for one that cannot wait. A clear day counts neither the day of the notice nor that of
the meeting; councils count the five in working days. The figures are the session's own `Notice`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from offwall.model.actions.ranking import ApprovalLevel, approval_level, same_rung
from offwall.model.records import Action, Session, say_date
from offwall.model.records.dates import SATURDAY, bank_holiday
from offwall.model.records.session import Government, Meeting, Nation, Notice

EXECUTIVE = ("cabinet", "executive", "mayor")
"""Words in a body, or in a rung, whose key decisions are announced: the council's executive."""

BELOW_COUNCIL = (*EXECUTIVE, "committee", "commissioner", "board")
"""Words that say that a body is not the council itself, whatever else its name says."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What an action must reach in time.

    ``meeting`` is the last that serves its target date, or else the first that serves at all;
    ``serves`` says whether it meets by that date; ``papers_by`` is when its papers are due, and
    ``announced_by`` the last day to announce a key decision; both None where there is none.
    ``alone`` says that one member decides, without a meeting.
    """

    body: str
    due: dt.date | None = None
    meeting: Meeting | None = None
    papers_by: dt.date | None = None
    announced_by: dt.date | None = None
    announced_in_time: bool = True
    listed: bool = False
    alone: bool = False

    @property
    def serves(self) -> bool:
        """Whether the meeting is held by the target date, where there is one."""
        held = self.meeting.date if self.meeting else None
        return held is not None and (self.due is None or held <= self.due)


def clear_days_before(date: dt.date, days: int) -> dt.date | None:
    """The last day with so many days between it and the date; None before the calendar begins."""
    back = dt.timedelta(days + 1)
    return date - back if date - dt.date.min >= back else None


def working_days_before(
    date: dt.date, notice: Notice, nation: Nation | None = None
) -> dt.date | None:
    """The last working day with `Notice.agenda_days` others between it and the date.

    Nobody works on the bank holidays of a nation, where one is given.
    """
    day, left = date, notice.agenda_days
    while day > dt.date.min:
        day -= dt.timedelta(1)
        if day.weekday() >= SATURDAY or day in notice.closed:
            continue
        if nation is None or not bank_holiday(day, nation):
            if left == 0:
                return day
            left -= 1
    return None


def papers_due(meeting: Meeting, notice: Notice, nation: Nation | None = None) -> dt.date | None:
    """When a meeting's papers are due: as it says itself, else when its agenda is published."""
    if meeting.papers_by or meeting.date is None:
        return meeting.papers_by
    return working_days_before(meeting.date, notice, nation)


def deadline_for(session: Session, action: Action, today: dt.date | None) -> Deadline | None:
    """What an action must reach for its approval; None where officers or nobody approve it.

    With ``today``, a meeting whose papers were due before it no longer serves.
    """
    level = approval_level(action.approval, session.approvals)
    meetings = [meeting for meeting in session.meetings if decides(meeting.body, action.approval)]
    if level is ApprovalLevel.MEMBER and not meetings:
        return _by_one_member(session, action, today)
    if not action.approval.strip() or (level is ApprovalLevel.OFFICER and not meetings):
        return None
    dated = sorted((one.date, place) for place, one in enumerate(meetings) if one.date)
    open_ones = [meetings[place] for _, place in dated if _open(meetings[place], session, today)]
    in_time = [one for one in open_ones if action.due and one.date and one.date <= action.due]
    chosen = next(iter(in_time[-1:] or open_ones), None)
    held = chosen.date if chosen else None
    announced = _announced(session, chosen.body if chosen else action.approval, held)
    return Deadline(
        action.approval,
        action.due,
        chosen,
        papers_due(chosen, session.notice, session.nation) if chosen else None,
        announced,
        _not_past(announced, today),
        bool(meetings),
    )


def _by_one_member(session: Session, action: Action, today: dt.date | None) -> Deadline:
    """A member of the cabinet decides alone, on the target date: there is only the notice."""
    announced = _announced(session, action.approval, action.due)
    return Deadline(
        action.approval,
        action.due,
        announced_by=announced,
        announced_in_time=_not_past(announced, today),
        alone=True,
    )


def _announced(session: Session, body: str, held: dt.date | None) -> dt.date | None:
    if held is None or session.workshop.government is Government.COMMITTEES:
        return None
    if not any(word in same_rung(body) for word in EXECUTIVE):
        return None
    return clear_days_before(held, session.notice.forward_plan_days)


def _open(meeting: Meeting, session: Session, today: dt.date | None) -> bool:
    due = papers_due(meeting, session.notice, session.nation) or meeting.date
    return _not_past(due, today) and _not_past(meeting.date, today)


def _not_past(date: dt.date | None, today: dt.date | None) -> bool:
    return today is None or date is None or date >= today


def decides(body: str, approval: str) -> bool:
    """Whether a meeting's body is the one that gives an approval.

    It is where both are the same words, where they share a word such as *cabinet* or *committee*,
    and where both are the council itself, whose name may stand before it: *Sampleshire Council*.
    """
    one, other = same_rung(body), same_rung(approval)
    if not one or not other:
        return False
    shared = any(word in one and word in other for word in BELOW_COUNCIL if word != "board")
    return one == other or ("member" not in other and shared) or (_whole(one) and _whole(other))


def _whole(body: str) -> bool:
    return "council" in body and not any(word in body for word in (*BELOW_COUNCIL, "member"))


def describe_deadline(deadline: Deadline) -> str:
    """What the action must reach, in a sentence or two."""
    return " ".join(_sentences(deadline))


def _sentences(deadline: Deadline) -> Iterator[str]:
    if deadline.meeting and deadline.meeting.date:
        held = f"{deadline.meeting.body} on {say_date(deadline.meeting.date)}"
        papers = f": papers due {say_date(deadline.papers_by)}" if deadline.papers_by else ""
        if deadline.due and not deadline.serves:
            yield f"No meeting reaches {say_date(deadline.due)}; the next is {held}{papers}."
        else:
            yield f"Must reach {held}{papers}."
    elif deadline.listed:
        yield f"No meeting listed for {deadline.body} can still be reached: set up (0) adds one."
    elif deadline.alone:
        yield f"No meeting: {deadline.body} decides alone."
    else:
        yield f"No meeting is listed for {deadline.body}: set up (0) adds one."
    if deadline.announced_by:
        by = say_date(deadline.announced_by)
        yield (
            f"If it is a key decision: on the forward plan by {by}."
            if deadline.announced_in_time
            else f"Too late for the forward plan ({by}): a key decision waits for a later date."
        )
