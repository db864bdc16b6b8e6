"""All that people wrote into a session in their own words: where it stands, and how to change
all of it.

A document is known by its name: one renamed is renamed wherever it is named.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from offwall.model.records.session import END, Activity, Document, Session, Table


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


# All that people wrote into a session in their own words: where it stands, and how to change it.
#
# Names of roles, people and teams are not among it: they are merged, not reworded. Nor is what
# somebody else wrote back, which is a quotation.

DOCUMENTS = "documents"

TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "workshop": ("purpose", "objectives"),
    "stages": ("name", "about"),
    "activities": ("text", "decision", "limit", "then", "timescale", "note", "open_point"),
    "issues": ("text", "near"),
    "topics": ("title", "notes", "outcome"),
    "tiers": ("review",),
    "board": ("purpose", "sees", "must_not", "gates"),
    "actions": ("text", "near"),
}
"""The fields that hold words, under the list or the heading that has them. Documents' names and
the words of routes are besides.
"""

ROUTE = ("answer", "to_words")
"""The words of a route."""

OR_POINTER = ("then", "gates")
"""The fields that hold an activity's id, or the end, where they do not hold words."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text: the list or heading of its record, what that is known by, and what it says."""

    collection: str
    key: str
    said: str


def every_text(session: Session) -> Iterator[WrittenText]:
    """Each text of the session that is not empty; those of activities in the order of the wall."""
    for collection, names in TEXT_FIELDS.items():
        for record in _records(session, collection):
            key = str(getattr(record, "id", "") or getattr(record, "code", ""))
            for said in _said(session, record, names):
                if said:
                    yield WrittenText(collection, key, said)
    for document in session.documents:
        yield WrittenText(DOCUMENTS, document.name, document.name)


def reword_every_text(session: Session, change: Callable[[str], str]) -> Session:
    """The session with every text changed; a document is renamed wherever it is named."""
    names = {text: change(text) for text in _document_names(session)}
    session = renamed_documents(session, {old: new for old, new in names.items() if old != new})
    values: dict[str, Any] = {}
    for collection, fields in TEXT_FIELDS.items():
        found = getattr(session, collection)
        if isinstance(found, tuple):
            values[collection] = tuple(_changed(session, one, fields, change) for one in found)
        elif found is not None:
            values[collection] = _changed(session, found, fields, change)
    return replace(session, **values)


def _records(session: Session, collection: str) -> tuple[Any, ...]:
    if collection == "activities":
        return session.in_order
    found = getattr(session, collection)
    if isinstance(found, tuple):
        return found
    return () if found is None else (found,)


def _said(session: Session, record: Any, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = getattr(record, name)
        for said in value if isinstance(value, tuple) else (value,):
            if not _is_pointer(session, name, said):
                yield said
    if isinstance(record, Activity):
        yield from record.documents
        yield from (getattr(route, name) for route in record.routes for name in ROUTE)


def _changed(
    session: Session, record: Any, names: tuple[str, ...], change: Callable[[str], str]
) -> Any:
    """The record, or the very same where none of its texts changes."""
    values: dict[str, Any] = {}
    for name in names:
        old = getattr(record, name)

        def new(said: str, name: str = name) -> str:
            return said if _is_pointer(session, name, said) else change(said)

        now = tuple(map(new, old)) if isinstance(old, tuple) else new(old)
        if now != old:
            values[name] = now
    if isinstance(record, Activity):
        routes = tuple(_changed(session, route, ROUTE, change) for route in record.routes)
        if routes != record.routes:
            values["routes"] = routes
    return replace(record, **values) if values else record


def _is_pointer(session: Session, name: str, said: str) -> bool:
    return name in OR_POINTER and (said == END or said in session.activity_by_id)


def _document_names(session: Session) -> dict[str, None]:
    used = (name for found in session.activities for name in found.documents)
    return dict.fromkeys((*(document.name for document in session.documents), *used))
