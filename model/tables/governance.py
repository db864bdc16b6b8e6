"""What part 1 explored: the topic, the tiers, and the Contract Assurance Board."""

from model.governance import gate_activities, gate_text
from model.proposal import compared, marks
from model.session import Board, Session
from model.tables.names import called, owners, role_labels
from model.tables.table import COMMENT, ID, Column, Kind, Row, Table


def topics(session: Session) -> Table:
    """What the specialist topic was, what was said and what came out."""
    issue = {one.id: one.text for one in session.issues}
    return Table(
        name="Topic",
        title="Topic",
        about="The specialist topic that the first part explored, its notes and what came out.",
        columns=(
            Column("kind", "Kind", width=14),
            Column("topic", "Topic", width=30),
            Column("issue", "Issue explored", width=36),
            Column("notes", "Notes", width=60),
            Column("outcome", "Outcome", width=50),
            Column("minutes", "Minutes used", Kind.INT, 9),
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


def board(session: Session) -> Table:
    """The board's terms, the activities that come to it, and the meetings that decide."""
    meetings = (("Meeting", one.body, one.date, one.papers_by, "") for one in session.meetings)
    return Table(
        name="Board",
        title="Board",
        about="The Contract Assurance Board: its terms, what comes to it, and when bodies meet.",
        columns=(
            Column("item", "Item", width=16),
            Column("says", "Says", width=80),
            Column("date", "Date", Kind.DATE, 13),
            Column("papers_by", "Papers by", Kind.DATE, 13),
            COMMENT,
        ),
        rows=(*(_terms(session, session.board) if session.board else ()), *meetings),
    )


def _terms(session: Session, terms: Board) -> tuple[Row, ...]:
    names = owners(session, role_labels(session))
    said = [
        ("Name", terms.name),
        ("Purpose", terms.purpose),
        ("Chair", called(names, [terms.chair])),
        ("Members", called(names, terms.members)),
        ("Meets", terms.meets),
        ("Sees", terms.sees),
        ("Must not become", terms.must_not),
        *(("Gate", gate_text(session, *gate)) for gate in gate_activities(session).items()),
        ("Proposal", compared(session) if marks(session) else ""),
    ]
    return tuple((item, says, None, None, "") for item, says in said if says)
