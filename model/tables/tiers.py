"""The tiers as rows: where they begin, what each does and costs."""

from collections import Counter
from dataclasses import replace

from model.flow import treatment
from model.session import Session, Stage, Tier, Treatment
from model.tables.names import distinct
from model.tables.table import COMMENT, Column, Kind, Row, Table, Value
from model.tier_costs import AFTER, cost

_SAID = (
    Column("code", "Tier code", width=10),
    Column("name", "Name", width=26),
    Column("value_from", "Whole-life value (£)", Kind.INT, 16),
    Column("risk_from", "Risk score", Kind.INT, 9),
    Column("review", "Says", width=50),
)
_FIGURES = (
    Column("full", "Activities in full", Kind.INT, 12),
    Column("light", "Activities, light", Kind.INT, 12),
    Column("none", "Activities left out", Kind.INT, 12),
    Column("decisions", "Decisions", Kind.INT, 12),
    Column("documents", "Documents used", Kind.INT, 12),
    Column("hand_offs", "Hand-offs", Kind.INT, 12),
    Column("roles", "Roles involved", Kind.INT, 12),
)
_TREATED = (Treatment.YES, Treatment.LIGHT, Treatment.NO)


def tiers(session: Session) -> Table:
    """A row a tier with what it costs and a column a stage.

    While no activity is recorded the figures say that they come after part 2.
    """
    kind = Kind.INT if session.activities else Kind.TEXT
    figures = tuple(replace(column, kind=kind) for column in _FIGURES)
    fixed = [column.header for column in (*_SAID, *_FIGURES, COMMENT)]
    headers = distinct([(stage.id, f"{stage.id} {stage.name}") for stage in session.stages], fixed)
    stages = tuple(
        Column(f"stage:{stage.id}", header, width=11)
        for stage, header in zip(session.stages, headers, strict=True)
    )
    return Table(
        name="Tiers",
        title="Tiers",
        about="How value and risk decide the effort: where each tier begins, what it does in full "
        "(yes), lightly and not at all, and what that costs.",
        columns=(*_SAID, *figures, *stages, COMMENT),
        rows=tuple(_tier(session, tier) for tier in session.tiers),
        pinned=2,
    )


def _tier(session: Session, tier: Tier) -> Row:
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


def _figures(session: Session, tier: str) -> tuple[Value, ...]:
    found = cost(session, tier)
    if found is None:
        return (AFTER,) * len(_FIGURES)
    count = Counter(treatment(session, activity, tier) for activity in session.activities)
    treated = (count[how] for how in _TREATED)
    return (*treated, found.decisions, found.documents, found.hand_offs, found.roles)


def _of_stage(stage: Stage, tier: str) -> str:
    return dict(stage.tiers).get(tier, Treatment.YES)
