"""Uses: which record points at whom and where words are written, and how to change all of it.

Both are made from what the fields of a record say of themselves. A document is known by its name:
one renamed is renamed wherever it is named.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from offwall.model.records.changes import once
from offwall.model.records.fields import (
    RECORDS,
    Collection,
    FieldInfo,
    FieldKind,
    GroupWords,
    RecordInfo,
    Table,
    field_infos,
    inner_record,
    is_id,
)
from offwall.model.records.session import END, Activity, Document, Owner, Session
from offwall.model.records.text import counted

GONE = "somebody who was removed"
"""What people read where an id stands for a person or a role that is no longer there."""

NOT_THERE = "something that was removed"
"""What people read where an id stands for any other record that is no longer there."""


class Pointer(NamedTuple):
    """One value that leads, or may lead, to another record.

    ``record`` is that of the collection or the heading; ``field`` its field, or that of a record
    within it, such as ``routes.to``.
    """

    collection: Collection
    key: str
    record: Any
    field: str
    info: FieldInfo
    value: str

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What makes it the same pointer in another session."""
        return self.collection, self.key, self.field, self.value


def records_of(session: Session, collection: Collection) -> tuple[Any, ...]:
    """The records of a collection; of a heading the one that there is, or none."""
    found = getattr(session, collection)
    if isinstance(found, tuple):
        return found
    return () if found is None else (found,)


def pointers(session: Session, *to: str) -> Iterator[Pointer]:
    """Every pointer of the session, in the order of its records and their fields.

    With ``to``, those alone that may lead into one of these collections.
    """
    for info in RECORDS.values():
        if _paths(info.record, to):
            for record in records_of(session, info.collection):
                yield from pointers_of(info, record, *to)


def pointers_of(info: RecordInfo, record: Any, *to: str) -> Iterator[Pointer]:
    """The pointers of one record."""
    collection, name = info.collection, info.key
    for path, told in _paths(info.record, to):
        field, _, rest = path.partition(".")
        value = getattr(record, field)
        if not value:
            continue
        key = getattr(record, name) if name else ""
        for one in (value,) if value.__class__ is str else _at(value, rest):
            if one:
                yield Pointer(collection, key, record, path, told, one)


def field_info(collection: str, name: str) -> FieldInfo | None:
    """What a field of a collection's records is; None for what is no field of theirs."""
    info = RECORDS.get(collection)
    return field_infos(info.record).get(name) if info else None


@cache
def _paths(record: type, to: tuple[str, ...] = ()) -> tuple[tuple[str, FieldInfo], ...]:
    """The fields of a record that point, those of records within it with a dot."""
    found: list[tuple[str, FieldInfo]] = []
    for name, info in field_infos(record).items():
        if info.kind is FieldKind.POINTER and (not to or not set(to).isdisjoint(info.to)):
            found.append((name, info))
        elif info.kind is FieldKind.RECORDS:
            inner = _paths(inner_record(record, name), to)
            found += ((f"{name}.{path}", told) for path, told in inner)
    return tuple(found)


TARGETS = tuple(
    info.collection
    for name, info in RECORDS.items()
    if info.key
    and any(name in told.to for each in RECORDS.values() for _, told in _paths(each.record))
)
"""The collections that pointers lead into."""


def _at(value: Any, rest: str) -> tuple[str, ...]:
    """The keys in the value of a field; those in the field ``rest`` of the records in it."""
    if not rest:
        return values_of(value)
    inner = value if isinstance(value, tuple) else (value,)
    return tuple(one for each in inner for one in values_of(getattr(each, rest)))


def values_of(value: Any) -> tuple[str, ...]:
    """The keys of a field: one, several, or those of a table of treatments."""
    if isinstance(value, tuple):
        treated = value and isinstance(value[0], tuple)
        return tuple(tier for tier, _ in value) if treated else value
    return (value,)


def lost_pointers(session: Session, activities: tuple[str, ...] = ()) -> Iterator[Pointer]:
    """The pointers that lead nowhere; of activities, where given, those alone that go there.

    A pointer may lead to a record by its key, to a person and the board by name as well, and to the
    end. Where words may stand, only what looks like an id is lost; a document's name never does.
    """
    keys: dict[str, set[str]] = {
        info.collection: {getattr(one, info.key) for one in records_of(session, info.collection)}
        for info in RECORDS.values()
        if info.key
    }
    named = {
        "people": {person.name for person in session.people},
        "board": {one.name for one in records_of(session, "board")},
    }
    known: dict[int, set[str]] = {}

    def lost(pointer: Pointer) -> bool:
        info = pointer.info
        if id(info) not in known:
            by_key = {} if info.by_name and "documents" not in info.to else keys
            there = (of.get(name, ()) for name in info.to for of in (by_key, named))
            known[id(info)] = ({END} if "activities" in info.to else set()).union(*there)
        if pointer.value in known[id(info)]:
            return False
        return not info.words or ("documents" not in info.to and is_id(pointer.value))

    for info in RECORDS.values():
        to = activities if info.collection == "activities" else ()
        for record in records_of(session, info.collection):
            yield from filter(lost, pointers_of(info, record, *to))


def repoint(session: Session, to: str, old: str, new: str, *, by_name: bool = False) -> Session:
    """The session with ``new`` wherever a pointer into the collection ``to`` says ``old``.

    ``by_name`` also changes what names one without being its key, such as who raised an issue.
    """

    def pointing(info: FieldInfo, said: Any) -> Any:
        if to not in info.to or (info.by_name and not by_name) or old not in values_of(said):
            return said
        if isinstance(said, str):
            return new
        if isinstance(said[0], tuple):
            return tuple((new if tier == old else tier, how) for tier, how in said)
        return tuple(dict.fromkeys(new if one == old else one for one in said))

    values: dict[str, Any] = {}
    for name, info in RECORDS.items():
        records = records_of(session, info.collection)
        changed = tuple(_changed(record, field_infos, pointing) for record in records)
        if changed != records:
            values[name] = changed if info.key else changed[0]
    return replace(session, **values) if values else session


def _changed(
    record: Any,
    fields: Callable[[type], Mapping[str, FieldInfo]],
    change: Callable[[FieldInfo, Any], Any],
) -> Any:
    """The record with its ``fields`` changed, those of records within too; the same if none is."""
    values: dict[str, Any] = {}
    for name, info in fields(record.__class__).items():
        old = getattr(record, name)
        if info.kind is not FieldKind.RECORDS:
            now = change(info, old)
        elif isinstance(old, tuple):
            now = tuple(_changed(one, fields, change) for one in old)
        else:
            now = _changed(old, fields, change)
        if now != old:
            values[name] = now
    return replace(record, **values) if values else record


_FIRST = ("activities", "stages", "people", "actions", "documents", "board")


def describe_uses(session: Session, to: str, *keys: str) -> str:
    """How many records point into ``to`` by one of ``keys``: ``3 activities, the board``."""
    known = _users(session, to)
    return count_of(user for key in keys for user in known.get(key, ()))


@once
def _users(session: Session, to: str) -> Mapping[str, set[tuple[str, str]]]:
    """Which records point into ``to``, by what they say there: their collection and their key."""
    found: dict[str, set[tuple[str, str]]] = {}
    for pointer in pointers(session, to):
        if not pointer.info.by_name:
            found.setdefault(pointer.value, set()).add((pointer.collection, pointer.key))
    return found


def count_of(found: Iterable[tuple[str, str]]) -> str:
    """How many records there are, by collection and key: ``3 activities, the board``; empty for
    none.
    """
    number = Counter(collection for collection, _ in set(found))
    kinds = [(number[name], RECORDS[name]) for name in dict.fromkeys((*_FIRST, *RECORDS))]
    return ", ".join(
        counted(times, info.noun, info.plural) if info.key else f"the {info.noun}"
        for times, info in kinds
        if times
    )


def no_id(words: str) -> str:
    """The words by which somebody is named; `GONE` where an id stands instead."""
    return GONE if is_id(words) else words


def owner_of(session: Session, text: str) -> Owner:
    """Whom a key or words mean: a role, a person, or else a group of that name."""
    if role := session.role_by_code.get(text):
        return role.code
    return next((person.id for person in session.people if person.id == text), GroupWords(text))


@once
def role_name(session: Session, code: str) -> str:
    """What the role of that code is called, else the code; an id is nobody's name: `GONE`."""
    role = session.role_by_code.get(code)
    return (role.name if role else "") or no_id(code)


def called_gone(session: Session) -> Mapping[str, str]:
    """`GONE` for each id that stands where a role or a person does, and is neither.

    Those of the RACI are left to its columns: this is asked at every key.
    """
    known = {"", *session.role_by_code, *(person.id for person in session.people)}
    said = {
        value
        for told in RECORDS.values()
        for name, info in _paths(told.record, ("roles", "people"))
        if not info.raci
        for record in records_of(session, told.collection)
        for value in values_of(getattr(record, name))
    }
    return {value: GONE for value in said - known if is_id(value)}


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


def with_extra(table: Table, other: Table) -> Table:
    """The unknown keys of both; where both have one, the first's."""
    known = {key for key, _ in table.items}
    return Table((*table.items, *(pair for pair in other.items if pair[0] not in known)))


# Names of roles, people and teams are not among it: they are merged, not reworded. Nor is what
# somebody else wrote back, which is a quotation.


class WrittenText(NamedTuple):
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
        if not value:
            continue
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
    used = (name for activity in session.activities for name in activity.documents)
    names = {
        one: change(one) for one in (*(document.name for document in session.documents), *used)
    }
    session = renamed_documents(session, {old: new for old, new in names.items() if old != new})

    def reworded(info: FieldInfo, said: Any) -> Any:
        if "documents" in info.to or info.kind is FieldKind.KEY:
            return said  # documents have their new names already
        if isinstance(said, tuple):
            return tuple(reworded(info, one) for one in said)
        return said if _is_pointer(session, info, said) else change(said)

    values: dict[str, Any] = {}
    for name, told in RECORDS.items():
        if _text_fields(told.record):
            records = records_of(session, told.collection)
            changed = (_changed(record, _text_fields, reworded) for record in records)
            values[name] = tuple(changed) if told.key else next(changed, None)
    return replace(session, **values)


def _is_pointer(session: Session, info: FieldInfo, text: str) -> bool:
    return "activities" in info.to and (text == END or text in session.activity_by_id)
