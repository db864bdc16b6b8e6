"""The RACI: the same activities and the same leads as the process map, a column a role."""

from offwall.model.process import LIST_SEPARATOR, role_labels, stage_name
from offwall.model.process.names import RACI_FIXED
from offwall.model.process.raci import raci_letters
from offwall.model.records import Activity, Session
from offwall.model.review.checks import check_raci as what_is_wrong
from offwall.model.tables.sheet import COMMENT, ID, Sheet, SheetColumn, SheetRow

REF, STAGE, ACTIVITY, LEAD, CHECK, *_ = RACI_FIXED

PLACE = (
    SheetColumn("ref", REF, width=8),
    SheetColumn("stage", STAGE, width=15),
    SheetColumn("activity", ACTIVITY, width=36),
)
"""The columns that say which activity a row is about, wherever it stands."""

OK = "ok"
"""What stands in the column Check where nothing is wrong."""


def shown_letters(activity: Activity) -> dict[str, str]:
    """What each role is to an activity: R, A, C, I, the lead first. The lead has its own column."""
    return {code: said.upper() for code, said in raci_letters(activity).items()}


def checked(session: Session) -> dict[str, str]:
    """What the checks find wrong with the roles of each activity, in words, by its id."""
    kinds: dict[str, dict[str, None]] = {}
    for finding in what_is_wrong(session):
        kinds.setdefault(finding.place, {})[finding.kind] = None
    return {place: LIST_SEPARATOR.join(found) for place, found in kinds.items()}


def raci_sheet(session: Session) -> Sheet:
    """One row an activity, as on the sheet Activities, and one column a role."""
    labels, wrong = role_labels(session), checked(session)
    roles = tuple(
        SheetColumn(f"role:{code}", label, width=7, choices="letters")
        for code, label in labels.items()
    )
    lead = SheetColumn("lead", LEAD, width=20, choices="roles")
    return Sheet(
        name="RACI",
        title="RACI",
        about="R responsible (the lead is one), A accountable (exactly one), C consulted before, "
        "I informed after. Where this sheet and Activities were both edited, this one counts.",
        columns=(*PLACE, lead, *roles, SheetColumn("check", CHECK, width=22), COMMENT, ID),
        rows=tuple(
            _row(session, activity, labels, wrong.get(activity.id, OK))
            for activity in session.in_order
        ),
        pinned=3,
    )


def _row(session: Session, activity: Activity, labels: dict[str, str], wrong: str) -> SheetRow:
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
