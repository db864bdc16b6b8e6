"""What part 1 explored, as rows: topics, the board's terms, the tiers with what each does and
costs.
"""

from collections import Counter
from dataclasses import replace

from offwall.model.process import owner_labels, role_labels, treatment
from offwall.model.process.names import distinct, join_labels
from offwall.model.records import Session, Stage, Treatment
from offwall.model.records.session import Board, Tier
from offwall.model.tables.sheet import (
    COMMENT,
    ID,
    CellKind,
    CellValue,
    Sheet,
    SheetColumn,
    SheetRow,
)
from offwall.model.topics.board import gate_activities, gate_text
from offwall.model.topics.improvement import compare_figures, count_marks
from offwall.model.topics.tier_effort import AFTER, tier_effort


def topics_sheet(session: Session) -> Sheet:
    """What the specialist topic was, what was said and what came out."""
    issue = {one.id: one.text for one in session.issues}
    return Sheet(
        name="Topic",
        title="Topic",
        about="The specialist topic that the first part explored, its notes and what came out.",
        columns=(
            SheetColumn("kind", "Kind", width=14),
            SheetColumn("topic", "Topic", width=30),
            SheetColumn("issue", "Issue explored", width=36),
            SheetColumn("notes", "Notes", width=60),
            SheetColumn("outcome", "Outcome", width=50),
            SheetColumn("minutes", "Minutes used", CellKind.INT, 9),
            COMMENT,
            ID,
        ),
        rows=tuple(
            (
                one.kind,
                one.title,
                issue.get(one.issue, one.issue),
                one.notes,
                one.outcome,
                one.minutes or None,
                "",
                one.id,
            )
            for one in session.topics
        ),
    )


def board_sheet(session: Session) -> Sheet:
    """The board's terms, the activities that come to it, and the meetings that decide."""
    meetings = (("Meeting", one.body, one.date, one.papers_by, "") for one in session.meetings)
    return Sheet(
        name="Board",
        title="Board",
        about="The Contract Assurance Board: its terms, what comes to it, and when bodies meet.",
        columns=(
            SheetColumn("item", "Item", width=16),
            SheetColumn("says", "Says", width=80),
            SheetColumn("date", "Date", CellKind.DATE, 13),
            SheetColumn("papers_by", "Papers by", CellKind.DATE, 13),
            COMMENT,
        ),
        rows=(*(_terms(session, session.board) if session.board else ()), *meetings),
    )


def _terms(session: Session, terms: Board) -> tuple[SheetRow, ...]:
    names = owner_labels(session, role_labels(session))
    said = [
        ("Name", terms.name),
        ("Purpose", terms.purpose),
        ("Chair", join_labels(names, [terms.chair])),
        ("Members", join_labels(names, terms.members)),
        ("Meets", terms.meets),
        ("Sees", terms.sees),
        ("Must not become", terms.must_not),
        *(("Gate", gate_text(session, *gate)) for gate in gate_activities(session).items()),
        ("Proposal", compare_figures(session) if count_marks(session) else ""),
    ]
    return tuple((item, says, None, None, "") for item, says in said if says)


# The tiers as rows: where they begin, what each does and costs.

_SAID = (
    SheetColumn("code", "Tier code", width=10),
    SheetColumn("name", "Name", width=26),
    SheetColumn("value_from", "Whole-life value (£)", CellKind.INT, 16),
    SheetColumn("risk_from", "Risk score", CellKind.INT, 9),
    SheetColumn("review", "Says", width=50),
)
_FIGURES = (
    SheetColumn("full", "Activities in full", CellKind.INT, 12),
    SheetColumn("light", "Activities, light", CellKind.INT, 12),
    SheetColumn("none", "Activities left out", CellKind.INT, 12),
    SheetColumn("decisions", "Decisions", CellKind.INT, 12),
    SheetColumn("documents", "Documents used", CellKind.INT, 12),
    SheetColumn("hand_offs", "Hand-offs", CellKind.INT, 12),
    SheetColumn("roles", "Roles involved", CellKind.INT, 12),
)
_TREATED = (Treatment.YES, Treatment.LIGHT, Treatment.NO)


def tiers_sheet(session: Session) -> Sheet:
    """A row a tier with what it costs and a column a stage.

    While no activity is recorded the figures say that they come after part 2.
    """
    kind = CellKind.INT if session.activities else CellKind.TEXT
    figures = tuple(replace(column, kind=kind) for column in _FIGURES)
    fixed = [column.header for column in (*_SAID, *_FIGURES, COMMENT)]
    headers = distinct([(stage.id, f"{stage.id} {stage.name}") for stage in session.stages], fixed)
    stages = tuple(
        SheetColumn(f"stage:{stage.id}", header, width=11)
        for stage, header in zip(session.stages, headers, strict=True)
    )
    return Sheet(
        name="Tiers",
        title="Tiers",
        about="How value and risk decide the effort: where each tier begins, what it does in full "
        "(yes), lightly and not at all, and what that costs.",
        columns=(*_SAID, *figures, *stages, COMMENT),
        rows=tuple(_tier(session, tier) for tier in session.tiers),
        pinned=2,
    )


def _tier(session: Session, tier: Tier) -> SheetRow:
    return (
        tier.code,
        tier.name,
        tier.value_from,
        tier.risk_from,
        tier.review,
        *_figures(session, tier.code),
        *(_of_stage(stage, tier.code) for stage in session.stages),
        "",
    )


def _figures(session: Session, tier: str) -> tuple[CellValue, ...]:
    found = tier_effort(session, tier)
    if found is None:
        return (AFTER,) * len(_FIGURES)
    count = Counter(treatment(session, activity, tier) for activity in session.activities)
    treated = (count[how] for how in _TREATED)
    return (*treated, found.decisions, found.documents, found.hand_offs, found.roles)


def _of_stage(stage: Stage, tier: str) -> str:
    return dict(stage.tiers).get(tier, Treatment.YES)
