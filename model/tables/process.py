"""The process map as rows: the activities, and where the decisions lead."""

from collections.abc import Iterable, Iterator, Mapping

from model.flow import treatment
from model.session import Activity, Session, Treatment
from model.tables.leads import onward, routes, routes_text
from model.tables.linked import Linked
from model.tables.lists import ACTIVITY_STATUS
from model.tables.names import LIST, role_labels, stage_name
from model.tables.raci import LEAD, PLACE
from model.tables.table import COMMENT, ID, Column, Row, Table

ACTIVITY_COLUMNS = (
    *PLACE,
    Column("lead", LEAD, width=15, choices="roles"),
    Column("others", "Other people", width=15),
    Column("decision", "Decision", width=18),
    Column("routes", "Routes", width=20),
    Column("next", "Next", width=8),
    Column("documents", "Documents", width=21),
    Column("timescale", "Timescale", width=14),
    Column("codes", "Issue codes", width=8),
    Column("issues", "Issues", width=24),
    Column("actions", "Actions", width=24),
    Column("open_point", "Open point", width=20),
    Column("tiers", "Tiers", width=11),
    Column("improve", "Improve", width=10, choices="improve"),
    Column("status", "Status", width=12, choices="activity_status"),
    Column("note", "Note", width=18),
    COMMENT,
    ID,
)


def activities(session: Session) -> Table:
    """One row an activity, in the order of the wall."""
    labels, linked = role_labels(session), Linked(session)
    return Table(
        name="Activities",
        title="Activities",
        about="The recorded process map: one row an activity, stage after stage. Other people: "
        "r also responsible, a accountable, c consulted, i informed, by the codes on Roles.",
        columns=ACTIVITY_COLUMNS,
        rows=tuple(_activity(session, one, labels, linked) for one in session.in_order),
        pinned=3,
    )


def _activity(
    session: Session, activity: Activity, labels: Mapping[str, str], linked: Linked
) -> Row:
    issues = linked.issues(activity.id)
    return (
        session.ref_by_id[activity.id],
        stage_name(session, activity),
        activity.text,
        labels.get(activity.lead, ""),
        other_people(activity),
        activity.decision,
        routes_text(session, activity),
        onward(session, activity),
        LIST.join(activity.documents),
        activity.timescale,
        LIST.join(dict.fromkeys(issue.code for issue in issues if issue.code)),
        LIST.join(issue.text for issue in issues),
        LIST.join(action.text for action in linked.actions(activity.id)),
        activity.open_point,
        tiers_kept(session, activity),
        activity.improve or "",
        status(activity),
        activity.note,
        "",
        activity.id,
    )


def other_people(activity: Activity) -> str:
    """The people besides the lead as a line is typed: ``r:pro a:hos c:fin,leg i:board``."""
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("r", activity.also),
        ("a", [activity.accountable] if activity.accountable else []),
        ("c", activity.consulted),
        ("i", activity.informed),
    )
    return " ".join(f"{letter}:{','.join(codes)}" for letter, codes in groups if codes)


def status(activity: Activity) -> str:
    """How much of an activity the group agreed."""
    confirmed, sequence, lead, neither = ACTIVITY_STATUS
    if activity.sequence_confirmed:
        return confirmed if activity.lead_confirmed else sequence
    return lead if activity.lead_confirmed else neither


def tiers_kept(session: Session, activity: Activity) -> str:
    """The tiers that do this activity; a light one is marked so. ``none`` where no tier does."""
    if not session.tiers:
        return ""
    treated = ((tier.code, treatment(session, activity, tier.code)) for tier in session.tiers)
    kept = [
        f"{code} (light)" if how is Treatment.LIGHT else code
        for code, how in treated
        if how is not Treatment.NO
    ]
    return ", ".join(kept) or "none"


def decisions(session: Session) -> Table:
    """One row a route, so that the answers to a decision stand under each other."""
    labels = role_labels(session)
    return Table(
        name="Decisions",
        title="Decisions",
        about="One row an answer to a decision: where it leads, who decides and within what limit.",
        columns=(
            *PLACE,
            Column("decision", "Decision", width=34),
            Column("answer", "Answer", width=24),
            Column("leads_to", "Leads to", width=26),
            Column("leads_to_text", "Which is", width=40),
            Column("decided_by", "Who decides", width=24, choices="roles"),
            Column("limit", "Limit", width=30),
            COMMENT,
            ID,
        ),
        rows=tuple(row for one in session.in_order for row in _decision(session, one, labels)),
        pinned=3,
    )


def _decision(session: Session, activity: Activity, labels: Mapping[str, str]) -> Iterator[Row]:
    if not (activity.decision or activity.routes):
        return
    decider = activity.decided_by or activity.accountable
    for answer, goal in routes(session, activity) or (("", ""),):
        reached = session.activity_by_id.get(session.id_by_ref.get(goal, ""))
        yield (
            session.ref_by_id[activity.id],
            stage_name(session, activity),
            activity.text,
            activity.decision,
            answer,
            goal,
            reached.text if reached else "",
            labels.get(decider, decider),
            activity.limit,
            "",
            activity.id,
        )
