"""The risks: the issues coded as a risk or a time risk, and what is done about each."""

from collections.abc import Iterator, Mapping

from model.edits.answers import counted
from model.plan import live
from model.report.content import Block, Heading, Paragraph, grid
from model.report.findings import IN_WORKBOOK, open_issues
from model.report.words import CELL, NOBODY, carriers, cell_day, short
from model.session import Action, Issue, IssueCode, Session
from model.tables.names import place
from model.tier_costs import RISKS

MOST = 6

TIME = "Time: "
"""What stands before a risk that is one of time."""

COLUMNS = (("Risk", 40), ("Where", 10), ("What is done about it", 50))


def risks(session: Session) -> Iterator[Block]:
    """A row a risk: those that nobody acts on first."""
    yield Heading("Risks")
    acting: dict[str, list[Action]] = {}
    for action in live(session.actions):
        acting.setdefault(action.issue, []).append(action)
    found = [one for one in open_issues(session) if one.code in RISKS]
    found.sort(key=lambda issue: issue.id in acting)
    names = carriers(session)
    about = "The open risks and time risks, where each stands, and what is done about it."
    rows = (_row(session, one, acting.get(one.id, []), names) for one in found[:MOST])
    yield from grid(about, COLUMNS, rows)
    if not found:
        yield Paragraph("No risk is recorded that is still open.")
    if (more := len(found) - MOST) > 0:
        yield Paragraph(f"And {counted(more, 'risk')} more, {IN_WORKBOOK}.")


def _row(
    session: Session, issue: Issue, acting: list[Action], names: Mapping[str, str]
) -> tuple[str, ...]:
    return (
        f"{TIME * (issue.code is IssueCode.TIME)}{short(issue.text, CELL)}",
        place(session, issue.activity, short(issue.near, 40)),
        "; ".join(_said(action, names) for action in acting[:2]) or "No action yet",
    )


def _said(action: Action, names: Mapping[str, str]) -> str:
    owner = names.get(action.owner, short(action.owner, 40)) or NOBODY
    return f"{short(action.text, 90)}: {owner}, {cell_day(action.due)}"
