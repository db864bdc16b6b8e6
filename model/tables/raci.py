"""The RACI: the same activities and the same leads as the process map, a column a role."""

from model.checks.raci import raci as what_is_wrong
from model.raci import letters
from model.session import Activity, Session
from model.tables.names import LIST, RACI_FIXED, role_labels, stage_name
from model.tables.table import COMMENT, ID, Column, Row, Table

REF, STAGE, ACTIVITY, LEAD, CHECK, *_ = RACI_FIXED

PLACE = (
    Column("ref", REF, width=8),
    Column("stage", STAGE, width=15),
    Column("activity", ACTIVITY, width=36),
)
"""The columns that say which activity a row is about, wherever it stands."""

OK = "ok"
"""What stands in the column Check where nothing is wrong."""


def shown_letters(activity: Activity) -> dict[str, str]:
    """What each role is to an activity: R, A, C, I, the lead first. The lead has its own column."""
    return {code: said.upper() for code, said in letters(activity).items()}


def checked(session: Session) -> dict[str, str]:
    """What the checks find wrong with the roles of each activity, in words, by its id."""
    kinds: dict[str, dict[str, None]] = {}
    for finding in what_is_wrong(session):
        kinds.setdefault(finding.place, {})[finding.kind] = None
    return {place: LIST.join(found) for place, found in kinds.items()}


def raci(session: Session) -> Table:
    """One row an activity, as on the sheet Activities, and one column a role."""
    labels, wrong = role_labels(session), checked(session)
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
        rows=tuple(
            _row(session, activity, labels, wrong.get(activity.id, OK))
            for activity in session.in_order
        ),
        pinned=3,
    )


def _row(session: Session, activity: Activity, labels: dict[str, str], wrong: str) -> Row:
    found = shown_letters(activity)
    return (
        session.ref_by_id[activity.id],
        stage_name(session, activity),
        activity.text,
        labels.get(activity.lead, ""),
        *(found.get(code, "") for code in labels),
        wrong,
        "",
        activity.id,
    )
