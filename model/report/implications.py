"""Rows for the implications that every report to members has, to be filled in by those who advise.

Councils' report templates ask for finance, legal and HR comments; equalities come from the public
sector equality duty (section 149 of the Equality Act 2010).
"""

from collections.abc import Iterator

from model.edits.texts import line_of
from model.plan import live
from model.report.content import Block, Heading, grid
from model.report.words import first_of, short
from model.session import Session

KINDS = (
    ("Finance", ("151", "financ", "budget")),
    ("Legal", ("legal", "monitoring", "solicitor")),
    ("HR", ("hr", "human resources", "personnel")),
    ("Equalities", ("equalit", "equality")),
)
"""Each kind, and how the words begin that say that somebody of it must agree to an action."""

STUB = "To be completed"

COLUMNS = (("Implications", 16), ("To be completed by the adviser", 50), ("The group names", 34))


def implications(session: Session) -> Iterator[Block]:
    """A stub row a kind, with the actions that somebody of it must agree to."""
    yield Heading("Implications")
    about = "Finance, legal, HR and equalities implications, to be completed by the advisers."
    rows = ((kind, f"{STUB}.", _named(session, words)) for kind, words in KINDS)
    yield from grid(about, COLUMNS, rows)


def _named(session: Session, words: tuple[str, ...]) -> str:
    found = [
        f"{line_of(need)}: {short(action.text, 60)}"
        for action in live(session.actions)
        for need in action.needs
        if _means(need, words)
    ]
    return first_of(found, 2, "in the workbook") if found else "Nothing yet"


def _means(need: str, words: tuple[str, ...]) -> bool:
    said = line_of(need).casefold().replace("/", " ").split()
    text = f" {' '.join(said)}"
    return any(f" {word}" in text for word in words)
