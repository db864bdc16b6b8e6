"""The process map as rows: activities, decisions and where they lead, documents."""

from collections.abc import Iterable, Iterator, Mapping

from offwall.model.process import LIST_SEPARATOR, owner_labels, role_labels, stage_name, treatment
from offwall.model.process.names import LinkedRecords, next_label, routes, routes_text
from offwall.model.records import Activity, Session, Treatment
from offwall.model.records.session import Document
from offwall.model.tables.lists import ACTIVITY_STATUS, NO, YES
from offwall.model.tables.raci import LEAD, PLACE
from offwall.model.tables.sheet import COMMENT, ID, CellKind, Sheet, SheetColumn, SheetRow

ACTIVITY_COLUMNS = (
    *PLACE,
    SheetColumn("lead", LEAD, width=15, choices="roles"),
    SheetColumn("others", "Other people", width=15),
    SheetColumn("decision", "Decision", width=18),
    SheetColumn("routes", "Routes", width=20),
    SheetColumn("next", "Next", width=8),
    SheetColumn("documents", "Documents", width=21),
    SheetColumn("timescale", "Timescale", width=14),
    SheetColumn("codes", "Issue codes", width=8),
    SheetColumn("issues", "Issues", width=24),
    SheetColumn("actions", "Actions", width=24),
    SheetColumn("open_point", "Open point", width=20),
    SheetColumn("tiers", "Tiers", width=11),
    SheetColumn("improve", "Improve", width=10, choices="improve"),
    SheetColumn("status", "Status", width=12, choices="activity_status"),
    SheetColumn("note", "Note", width=18),
    COMMENT,
    ID,
)


def activities_sheet(session: Session) -> Sheet:
    """One row an activity, in the order of the wall."""
    labels, linked = role_labels(session), LinkedRecords(session)
    return Sheet(
        name="Activities",
        title="Activities",
        about="The recorded process map: one row an activity, stage after stage. Other people: "
        "r also responsible, a accountable, c consulted, i informed, by the codes on Roles.",
        columns=ACTIVITY_COLUMNS,
        rows=tuple(_activity(session, one, labels, linked) for one in session.in_order),
        pinned=3,
    )


def _activity(
    session: Session, activity: Activity, labels: Mapping[str, str], linked: LinkedRecords
) -> SheetRow:
    issues = linked.issues(activity.id)
    return (
        session.ref_by_id[activity.id],
        stage_name(session, activity),
        activity.text,
        labels.get(activity.lead, ""),
        other_people(activity),
        activity.decision,
        routes_text(session, activity),
        next_label(session, activity),
        LIST_SEPARATOR.join(activity.documents),
        activity.timescale,
        LIST_SEPARATOR.join(dict.fromkeys(issue.code for issue in issues if issue.code)),
        LIST_SEPARATOR.join(issue.text for issue in issues),
        LIST_SEPARATOR.join(action.text for action in linked.actions(activity.id)),
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


def decisions_sheet(session: Session) -> Sheet:
    """One row a route, so that the answers to a decision stand under each other."""
    labels = role_labels(session)
    return Sheet(
        name="Decisions",
        title="Decisions",
        about="One row an answer to a decision: where it leads, who decides and within what limit.",
        columns=(
            *PLACE,
            SheetColumn("decision", "Decision", width=34),
            SheetColumn("answer", "Answer", width=24),
            SheetColumn("leads_to", "Leads to", width=26),
            SheetColumn("leads_to_text", "Which is", width=40),
            SheetColumn("decided_by", "Who decides", width=24, choices="roles"),
            SheetColumn("limit", "Limit", width=30),
            COMMENT,
            ID,
        ),
        rows=tuple(row for one in session.in_order for row in _decision(session, one, labels)),
        pinned=3,
    )


def _decision(
    session: Session, activity: Activity, labels: Mapping[str, str]
) -> Iterator[SheetRow]:
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


# The documents: the register, and every name that an activity uses.


def used(session: Session) -> dict[str, list[str]]:
    """The refs that use each document, by its name without regard to capitals."""
    found: dict[str, list[str]] = {}
    for activity in session.in_order:
        ref = session.ref_by_id[activity.id]
        for name in dict.fromkeys(text.casefold() for text in activity.documents):
            found.setdefault(name, []).append(ref)
    return found


def all_documents(session: Session) -> list[tuple[Document, bool]]:
    """The register in its order, then the names it lacks as the wall has them."""
    known = {document.name.casefold() for document in session.documents}
    names: dict[str, str] = {}
    for activity in session.in_order:
        for name in activity.documents:
            names.setdefault(name.casefold(), name)
    loose = [Document(name) for key, name in names.items() if key not in known]
    return [(document, True) for document in session.documents] + [(one, False) for one in loose]


def documents_sheet(session: Session) -> Sheet:
    """One row a document."""
    refs, called = used(session), owner_labels(session, role_labels(session))
    return Sheet(
        name="Documents",
        title="Documents",
        about="Every document that the process uses or makes, who owns it and where it is used.",
        columns=(
            SheetColumn("document", "Document", width=40),
            SheetColumn("owner", "Owner", width=24, choices="owners"),
            SheetColumn("template", "Template", width=18),
            SheetColumn("where", "Where kept", width=30),
            SheetColumn("used_in", "Used in", width=30),
            SheetColumn("times", "Times used", CellKind.INT, 9),
            SheetColumn("registered", "In the register", width=12, choices="yes_no"),
            COMMENT,
        ),
        rows=tuple(
            (
                one.name,
                called.get(one.owner, one.owner),
                one.template,
                one.where,
                LIST_SEPARATOR.join(refs.get(one.name.casefold(), ())),
                len(refs.get(one.name.casefold(), ())),
                YES if registered else NO,
                "",
            )
            for one, registered in all_documents(session)
        ),
    )
