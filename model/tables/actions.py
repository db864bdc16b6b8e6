"""What should improve, and who does what about it: issues, ranked actions, next steps."""

from collections.abc import Mapping

from offwall.model.actions import band, deadline_for, rank
from offwall.model.actions.deadlines import Deadline
from offwall.model.actions.ranking import why_behind
from offwall.model.process import LIST_SEPARATOR, owner_labels, place_label, role_labels
from offwall.model.process.names import LinkedRecords
from offwall.model.records import Action, ActionKind, Issue, Session
from offwall.model.records.pointers import no_id
from offwall.model.tables.lists import CODE_MEANS, NO, YES
from offwall.model.tables.sheet import COMMENT, ID, CellKind, Sheet, SheetColumn, SheetRow


def issues_sheet(session: Session) -> Sheet:
    """One row an issue, parked ones too, in the order in which they were raised."""
    linked = LinkedRecords(session)
    return Sheet(
        name="Issues",
        title="Issues",
        about="What should improve, by the code on the wall: D gap in documentation, G gap in "
        "governance, T time risk, R risk in the current process. Parked ones are off-topic.",
        columns=(
            SheetColumn("code", "Code", width=7, choices="codes"),
            SheetColumn("means", "Which means", width=22),
            SheetColumn("issue", "Issue", width=46),
            SheetColumn("ref", "Ref", width=9),
            SheetColumn("where", "Where", width=34),
            SheetColumn("raised_by", "Raised by", width=20),
            SheetColumn("source", "Source", width=16),
            SheetColumn("parked", "Parked", width=9, choices="yes_no"),
            SheetColumn("status", "Status", width=11, choices="issue_status"),
            SheetColumn("actions", "Actions", width=36),
            COMMENT,
            ID,
        ),
        rows=tuple(_issue(session, issue, linked) for issue in session.issues),
        pinned=3,
    )


def _issue(session: Session, issue: Issue, linked: LinkedRecords) -> SheetRow:
    activity = session.activity_by_id.get(issue.activity)
    return (
        issue.code or "",
        CODE_MEANS[issue.code] if issue.code else "",
        issue.text,
        place_label(session, issue.activity),
        activity.text if activity else issue.near,
        no_id(issue.raised_by),
        issue.source,
        YES if issue.parked else NO,
        issue.status,
        LIST_SEPARATOR.join(action.text for action in linked.actions(issue.id)),
        "",
        issue.id,
    )


def actions_sheet(session: Session) -> Sheet:
    """The improvements, ranked: quick wins first."""
    linked, called = LinkedRecords(session), owner_labels(session, role_labels(session))
    reasons = why_behind(session)
    return Sheet(
        name="Actions",
        title="Actions",
        about="The improvements in the group's order. Quick win: impact 3 or more, effort 2 or "
        "less, no approval by members needed. Significant change: a cabinet or committee, or "
        "effort 5. The meeting is the last of its body by the target date, as seen on the day of "
        "the workshop; only a key decision needs the forward plan.",
        columns=(
            SheetColumn("rank", "Rank", CellKind.INT, 7),
            SheetColumn("action", "Action", width=46),
            SheetColumn("issue", "Issue", width=34),
            SheetColumn("where", "Where", width=14),
            *_WHO_AND_WHEN,
            SheetColumn("approval", "Approval", width=20, choices="approvals"),
            SheetColumn("needs", "Needs", width=20),
            *_MEETING,
            SheetColumn("impact", "Impact", CellKind.INT, 8, "scores"),
            SheetColumn("effort", "Effort", CellKind.INT, 8, "scores"),
            SheetColumn("band", "Band", width=17),
            SheetColumn("votes", "Votes", CellKind.INT, 7),
            SheetColumn("why", "Why it ranks here", width=34),
            _STATUS,
            _DONE_ON,
            SheetColumn("source", "Source", width=16),
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
    SheetColumn("owner", "Owner", width=22, choices="owners"),
    SheetColumn("helper", "Helper", width=16, choices="owners"),
    SheetColumn("due", "Target date", CellKind.DATE, 13),
)

_MEETING = (
    SheetColumn("meeting", "Meeting to reach", width=22),
    SheetColumn("meets_on", "Meets on", CellKind.DATE, 13),
    SheetColumn("papers_by", "Papers due", CellKind.DATE, 13),
    SheetColumn("announced_by", "Forward plan by", CellKind.DATE, 13),
)

_STATUS = SheetColumn("status", "Status", width=10, choices="action_status")
_DONE_ON = SheetColumn("done_on", "Done on", CellKind.DATE, 13)


def _action(
    session: Session,
    standing: tuple[int, str],
    action: Action,
    linked: LinkedRecords,
    called: Mapping[str, str],
) -> SheetRow:
    ranked, reason = standing
    issue = linked.issue_by_id.get(action.issue)
    return (
        ranked,
        action.text,
        issue.text if issue else action.issue,
        place_label(session, linked.activity_of(action), action.near),
        called.get(action.owner, action.owner),
        called.get(action.helper, action.helper),
        action.due,
        action.approval,
        LIST_SEPARATOR.join(action.needs),
        *_meeting(deadline_for(session, action, session.workshop.date)),
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


def _meeting(found: Deadline | None) -> SheetRow:
    """What an action must reach: the body, when it meets, its papers, the notice."""
    if found is None:
        return "", None, None, None
    if found.meeting is None:
        none = "" if found.alone else f"none listed for {found.body}"
        return none, None, None, found.announced_by
    late = "" if found.serves else "none by the target date; next: "
    return late + found.meeting.body, found.meeting.date, found.papers_by, found.announced_by


def next_steps_sheet(session: Session) -> Sheet:
    """What the group does after the workshop, in the order of the file."""
    called = owner_labels(session, role_labels(session))
    return Sheet(
        name="Next_steps",
        title="Next steps",
        about="What happens after the workshop, who does it and by when.",
        columns=(
            SheetColumn("action", "Next step", width=60),
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
