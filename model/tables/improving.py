"""What should improve, and who does what about it: issues, ranked actions, next steps."""

from collections.abc import Mapping

from model.council_dates import Reach, reach
from model.rank_reasons import why_there
from model.ranking import band, rank
from model.session import Action, ActionKind, Issue, Session
from model.tables.linked import Linked
from model.tables.lists import CODE_MEANS, NO, YES
from model.tables.names import LIST, owners, place, role_labels
from model.tables.table import COMMENT, ID, Column, Kind, Row, Table


def issues(session: Session) -> Table:
    """One row an issue, parked ones too, in the order in which they were raised."""
    linked = Linked(session)
    return Table(
        name="Issues",
        title="Issues",
        about="What should improve, by the code on the wall: D gap in documentation, G gap in "
        "governance, T time risk, R risk in the current process. Parked ones are off-topic.",
        columns=(
            Column("code", "Code", width=7, choices="codes"),
            Column("means", "Which means", width=22),
            Column("issue", "Issue", width=46),
            Column("ref", "Ref", width=9),
            Column("where", "Where", width=34),
            Column("raised_by", "Raised by", width=20),
            Column("source", "Source", width=16),
            Column("parked", "Parked", width=9, choices="yes_no"),
            Column("status", "Status", width=11, choices="issue_status"),
            Column("actions", "Actions", width=36),
            COMMENT,
            ID,
        ),
        rows=tuple(_issue(session, issue, linked) for issue in session.issues),
        pinned=3,
    )


def _issue(session: Session, issue: Issue, linked: Linked) -> Row:
    activity = session.activity_by_id.get(issue.activity)
    return (
        issue.code or "",
        CODE_MEANS[issue.code] if issue.code else "",
        issue.text,
        place(session, issue.activity),
        activity.text if activity else issue.near,
        issue.raised_by,
        issue.source,
        YES if issue.parked else NO,
        issue.status,
        LIST.join(action.text for action in linked.actions(issue.id)),
        "",
        issue.id,
    )


def actions(session: Session) -> Table:
    """The improvements, ranked: quick wins first."""
    linked, called = Linked(session), owners(session, role_labels(session))
    reasons = why_there(session)
    return Table(
        name="Actions",
        title="Actions",
        about="The improvements in the group's order. Quick win: impact 3 or more, effort 2 or "
        "less, no approval by members needed. Significant change: a cabinet or committee, or "
        "effort 5. The meeting is the last of its body by the target date, as seen on the day of "
        "the workshop; only a key decision needs the forward plan.",
        columns=(
            Column("rank", "Rank", Kind.INT, 7),
            Column("action", "Action", width=46),
            Column("issue", "Issue", width=34),
            Column("where", "Where", width=14),
            *_WHO_AND_WHEN,
            Column("approval", "Approval", width=20, choices="approvals"),
            Column("needs", "Needs", width=20),
            *_MEETING,
            Column("impact", "Impact", Kind.INT, 8, "scores"),
            Column("effort", "Effort", Kind.INT, 8, "scores"),
            Column("band", "Band", width=17),
            Column("votes", "Votes", Kind.INT, 7),
            Column("why", "Why it ranks here", width=34),
            _STATUS,
            _DONE_ON,
            Column("source", "Source", width=16),
            COMMENT,
            ID,
        ),
        rows=tuple(
            _action(session, (place, reasons[one.id]), one, linked, called)
            for place, one in enumerate(rank(session), 1)
        ),
        pinned=2,
    )


_WHO_AND_WHEN = (
    Column("owner", "Owner", width=22, choices="owners"),
    Column("helper", "Helper", width=16, choices="owners"),
    Column("due", "Target date", Kind.DATE, 13),
)

_MEETING = (
    Column("meeting", "Meeting to reach", width=22),
    Column("meets_on", "Meets on", Kind.DATE, 13),
    Column("papers_by", "Papers due", Kind.DATE, 13),
    Column("announced_by", "Forward plan by", Kind.DATE, 13),
)

_STATUS = Column("status", "Status", width=10, choices="action_status")
_DONE_ON = Column("done_on", "Done on", Kind.DATE, 13)


def _action(
    session: Session,
    standing: tuple[int, str],
    action: Action,
    linked: Linked,
    called: Mapping[str, str],
) -> Row:
    ranked, reason = standing
    issue = linked.issue_by_id.get(action.issue)
    return (
        ranked,
        action.text,
        issue.text if issue else action.issue,
        place(session, linked.activity_of(action), action.near),
        called.get(action.owner, action.owner),
        called.get(action.helper, action.helper),
        action.due,
        action.approval,
        LIST.join(action.needs),
        *_meeting(reach(session, action, session.workshop.date)),
        action.impact,
        action.effort,
        band(action, session.approvals),
        action.votes,
        reason,
        action.status,
        action.done_on,
        action.source,
        "",
        action.id,
    )


def _meeting(found: Reach | None) -> Row:
    """What an action must reach: the body, when it meets, its papers, the notice."""
    if found is None:
        return "", None, None, None
    if found.meeting is None:
        none = "" if found.alone else f"none listed for {found.body}"
        return none, None, None, found.announced_by
    late = "" if found.serves else "none by the target date; next: "
    return late + found.meeting.body, found.meeting.date, found.papers_by, found.announced_by


def next_steps(session: Session) -> Table:
    """What the group does after the workshop, in the order of the file."""
    called = owners(session, role_labels(session))
    return Table(
        name="Next_steps",
        title="Next steps",
        about="What happens after the workshop, who does it and by when.",
        columns=(
            Column("action", "Next step", width=60),
            *_WHO_AND_WHEN,
            _STATUS,
            _DONE_ON,
            COMMENT,
            ID,
        ),
        rows=tuple(
            (
                one.text,
                called.get(one.owner, one.owner),
                called.get(one.helper, one.helper),
                one.due,
                one.status,
                one.done_on,
                "",
                one.id,
            )
            for one in session.actions
            if one.kind is ActionKind.NEXT_STEP
        ),
    )
