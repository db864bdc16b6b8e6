"""The register of documents: whose each is, what it is made from and where it is kept."""

from collections.abc import Iterator

from offwall.model.records import EditError, Session, excerpt
from offwall.model.records.record_kind import Ask, Column, RecordKind, needed
from offwall.model.records.session import Document
from offwall.model.records.text import fold
from offwall.model.records.uses import renamed_documents, role_name
from offwall.model.setup.people_and_roles import role_ask


def _used_at(session: Session, document: Document) -> str:
    used = (activity.id for activity in session.in_order if document.name in activity.documents)
    return ", ".join(session.ref_by_id[activity] for activity in used)


def _unlisted(session: Session) -> tuple[str, ...]:
    """The names on activities that the register lacks."""
    known = {document.name for document in session.documents}
    named = dict.fromkeys(name for activity in session.in_order for name in activity.documents)
    return tuple(name for name in named if name not in known)


def _detail(session: Session, document: Document) -> Iterator[str]:
    yield from (document.name, role_name(session, document.owner))
    yield document.template and f"template: {document.template}"
    yield document.where
    yield f"used at {at}" if (at := _used_at(session, document)) else "used nowhere yet"


def _check(session: Session, new: Document, old: Document | None) -> None:
    others = {fold(document.name) for document in session.documents if document is not old}
    if fold(new.name) in others and (old is None or new.name != old.name):
        raise EditError(f"{excerpt(new.name)} is in the register already. Press e on it.")


def _in_use(session: Session, document: Document) -> str:
    at = _used_at(session, document)
    said = f"{excerpt(document.name)} is still named at {at}. Take it off there first."
    return said if at else ""


DOCUMENTS = RecordKind(
    collection="documents",
    noun="document",
    blank=lambda _: Document(""),
    asks=(
        Ask(
            "name",
            "Document",
            "As it is named on the wall, such as Risk log.",
            read=needed("Say what the document is called."),
            choices=_unlisted,
        ),
        role_ask("owner", "Owner"),
        Ask("template", "Template", "What it is made from; may stay empty."),
        Ask("where", "Where", "A folder or an address; may stay empty."),
    ),
    columns=(Column("name"), Column("owner", 18), Column("where")),
    empty="No documents yet. Press n and name the first.",
    detail=_detail,
    check=_check,
    named_by="name",
    follow=lambda session, old, new: renamed_documents(session, {old.name: new.name}),
    in_use=_in_use,
)
