"""All that people wrote into a session: where it stands, and how to change all of it.

A document is known by its name: one renamed is renamed wherever it is named.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from offwall.model.records.fields import (
    RECORDS,
    FieldInfo,
    FieldKind,
    field_infos,
    inner_record,
)
from offwall.model.records.pointers import records_of
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
        known = kept.get(name, entry)
        kept[name] = _united(entry, known) if entry.name == name else _united(known, entry)
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


# Names of roles, people and teams are not among it: they are merged, not reworded. Nor is what
# somebody else wrote back, which is a quotation.


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text: the list or heading of its record, what that is known by, and what it says."""

    collection: str
    key: str
    said: str


@cache
def _text_fields(record: type) -> Mapping[str, FieldInfo]:
    """The fields of a record that hold words to be reworded, or records that have such words."""
    return {
        name: info
        for name, info in field_infos(record).items()
        if info.prose
        or (info.kind is FieldKind.RECORDS and _text_fields(inner_record(record, name)))
    }


def texts_of(session: Session, record: Any) -> Iterator[str]:
    """What a record says in people's own words, some of it empty."""
    for name, info in _text_fields(record.__class__).items():
        value = getattr(record, name)
        for said in value if isinstance(value, tuple) else (value,):
            if info.kind is FieldKind.RECORDS:
                yield from texts_of(session, said)
            elif not _is_pointer(session, info, said):
                yield said


def every_text(session: Session) -> Iterator[WrittenText]:
    """Each text of the session that is not empty; those of activities in the order of the wall."""
    for name, told in RECORDS.items():
        for record in (
            session.in_order if name == "activities" else records_of(session, told.collection)
        ):
            key = str(getattr(record, told.key)) if told.key else ""
            yield from (WrittenText(name, key, said) for said in texts_of(session, record) if said)


def reword_every_text(session: Session, change: Callable[[str], str]) -> Session:
    """The session with every text changed; a document is renamed wherever it is named."""
    names = {text: change(text) for text in _document_names(session)}
    session = renamed_documents(session, {old: new for old, new in names.items() if old != new})
    values: dict[str, Any] = {}
    for name, told in RECORDS.items():
        if _text_fields(told.record):
            records = (
                _reworded(session, one, change) for one in records_of(session, told.collection)
            )
            values[name] = tuple(records) if told.key else next(records, None)
    return replace(session, **values)


def _reworded(session: Session, record: Any, change: Callable[[str], str]) -> Any:
    """The record, or the very same where none of its texts changes."""
    values: dict[str, Any] = {}
    for name, info in _text_fields(record.__class__).items():
        if "documents" in info.to or info.kind is FieldKind.KEY:
            continue  # documents have their new names already

        def new(said: Any, info: FieldInfo = info) -> Any:
            if info.kind is FieldKind.RECORDS:
                return _reworded(session, said, change)
            return said if _is_pointer(session, info, said) else change(said)

        old = getattr(record, name)
        now = tuple(map(new, old)) if isinstance(old, tuple) else new(old)
        if now != old:
            values[name] = now
    return replace(record, **values) if values else record


def _is_pointer(session: Session, info: FieldInfo, said: str) -> bool:
    return "activities" in info.to and (said == END or said in session.activity_by_id)


def _document_names(session: Session) -> dict[str, None]:
    used = (name for found in session.activities for name in found.documents)
    return dict.fromkeys((*(document.name for document in session.documents), *used))
