"""The documents: the register, and every name that an activity uses."""

from model.session import Document, Session
from model.tables.lists import NO, YES
from model.tables.names import LIST, owners, role_labels
from model.tables.table import COMMENT, Column, Kind, Table


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


def documents(session: Session) -> Table:
    """One row a document."""
    refs, called = used(session), owners(session, role_labels(session))
    return Table(
        name="Documents",
        title="Documents",
        about="Every document that the process uses or makes, who owns it and where it is used.",
        columns=(
            Column("document", "Document", width=40),
            Column("owner", "Owner", width=24, choices="owners"),
            Column("template", "Template", width=18),
            Column("where", "Where kept", width=30),
            Column("used_in", "Used in", width=30),
            Column("times", "Times used", Kind.INT, 9),
            Column("registered", "In the register", width=12, choices="yes_no"),
            COMMENT,
        ),
        rows=tuple(
            (
                one.name,
                called.get(one.owner, one.owner),
                one.template,
                one.where,
                LIST.join(refs.get(one.name.casefold(), ())),
                len(refs.get(one.name.casefold(), ())),
                YES if registered else NO,
                "",
            )
            for one, registered in all_documents(session)
        ),
    )
