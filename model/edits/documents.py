"""Documents are known by their names: one renamed is renamed wherever it is named."""

from collections.abc import Mapping
from dataclasses import replace

from model.session import Activity, Document, Session, Table


def renamed_documents(session: Session, names: Mapping[str, str]) -> Session:
    """The session with each document of ``names`` under its new name.

    Where that is the name of another, both are one: named once on an activity, and with one entry
    in the register.
    """
    if not names:
        return session

    def renamed(activity: Activity) -> Activity:
        if names.keys().isdisjoint(activity.documents):
            return activity
        new = (names.get(name, name) for name in activity.documents)
        return replace(activity, documents=tuple(dict.fromkeys(new)))

    return replace(
        session,
        activities=tuple(map(renamed, session.activities)),
        documents=_register(session.documents, names),
    )


def _register(documents: tuple[Document, ...], names: Mapping[str, str]) -> tuple[Document, ...]:
    """The register with one entry a new name, in the place of the first that bore it."""
    kept: dict[str, Document] = {}
    for entry in documents:
        name = names.get(entry.name, entry.name)
        known = kept.get(name)
        if known is None:
            kept[name] = entry
        elif entry.name == name:
            kept[name] = _united(entry, known)
        else:
            kept[name] = _united(known, entry)
    return tuple(replace(entry, name=name) for name, entry in kept.items())


def _united(entry: Document, other: Document) -> Document:
    """An entry with what only the other says of itself."""
    return replace(
        entry,
        owner=entry.owner or other.owner,
        template=entry.template or other.template,
        where=entry.where or other.where,
        extra=with_extra(entry.extra, other.extra),
    )


def with_extra(one: Table, other: Table) -> Table:
    """The unknown keys of both; where both have one, the first's."""
    known = {key for key, _ in one.items}
    return Table((*one.items, *(pair for pair in other.items if pair[0] not in known)))
