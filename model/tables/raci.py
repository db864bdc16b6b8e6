"""The RACI: the same activities and the same leads as the process map, a column a role."""

from model.session import Activity, Session
from model.tables.names import RACI_FIXED, role_labels, stage_name
from model.tables.table import COMMENT, ID, Column, Row, Table

REF, STAGE, ACTIVITY, LEAD, CHECK, *_ = RACI_FIXED

PLACE = (
    Column("ref", REF, width=8),
    Column("stage", STAGE, width=18),
    Column("activity", ACTIVITY, width=40),
)
"""The columns that say which activity a row is about, wherever it stands."""


def letters(activity: Activity, code: str) -> str:
    """What a role is to an activity: any of R, A, C and I, in that order."""
    responsible = code in (activity.lead, *activity.also)
    return (
        "R" * responsible
        + "A" * (code == activity.accountable)
        + "C" * (code in activity.consulted)
        + "I" * (code in activity.informed)
    )


def check(activity: Activity) -> str:
    """What the RACI rules find wrong with an activity, in words; ``ok`` when nothing is.

    The rules are the common ones: one lead who is responsible, exactly one accountable, and
    nobody consulted or informed about work that is their own.
    """
    own = {activity.lead, *activity.also, activity.accountable} - {""}
    told = own & {*activity.consulted, *activity.informed}
    found = [
        "" if activity.lead else "nobody leads",
        "" if activity.accountable else "nobody is accountable",
        "somebody is told of their own work" if told else "",
    ]
    return ", ".join(text for text in found if text) or "ok"


def raci(session: Session) -> Table:
    """One row an activity, as on the sheet Activities, and one column a role."""
    labels = role_labels(session)
    roles = tuple(
        Column(f"role:{code}", label, width=7, choices="letters") for code, label in labels.items()
    )
    lead = Column("lead", LEAD, width=20, choices="roles")
    return Table(
        name="RACI",
        title="RACI",
        about="R responsible (the lead is one), A accountable (exactly one), C consulted before, "
        "I informed after. Where this sheet and Activities were both edited, this one counts.",
        columns=(*PLACE, lead, *roles, Column("check", CHECK, width=22), COMMENT, ID),
        rows=tuple(_row(session, activity, labels) for activity in session.in_order),
        pinned=3,
    )


def _row(session: Session, activity: Activity, labels: dict[str, str]) -> Row:
    return (
        session.ref_by_id[activity.id],
        stage_name(session, activity),
        activity.text,
        labels.get(activity.lead, ""),
        *(letters(activity, code) for code in labels),
        check(activity),
        "",
        activity.id,
    )
