"""What a field of a record is, said once beside the field, and what a record is; ids.

    stage: Annotated[StageId, points_at("stages")]
    text: Annotated[str, prose("words")]
    routes: Annotated[tuple[Route, ...], joined_by("answer", "answers")] = ()

Renaming, uses, lost pointers, merging, differences, wording, import, the file and its schema all
ask here, so that none of them has a list of its own. `offwall.model.records.uses` walks it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, NewType, TypeVar, get_args, get_origin, overload

Collection = Literal[
    "actions",
    "activities",
    "board",
    "clashes",
    "clock",
    "documents",
    "earlier",
    "export",
    "handed_out",
    "issues",
    "meetings",
    "notice",
    "people",
    "photos",
    "remarks",
    "requirements",
    "roles",
    "stages",
    "tiers",
    "topics",
    "versions",
    "voting",
    "words",
    "workshop",
]
"""The collections and the headings of a session, by their fields there."""


class FieldKind(StrEnum):
    """How a field's value is dealt with."""

    KEY = "key"  # what its record is known by
    POINTER = "pointer"  # the keys, or the names, of other records
    PROSE = "prose"  # what people said, which is reworded to what the group agreed to say
    WORDS = "words"  # what nobody rewords: names, quotations, what is told about a name
    VALUE = "value"  # a date, a number, one of a set of words, or what a program wrote
    COUNTED = "counted"  # minutes that two computers may have counted: the longer is the truer
    RECORDS = "records"  # records within a record
    UNKNOWN = "unknown"  # keys of the file that Offwall does not know


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What a field is.

    ``noun`` is what a sentence calls it, empty where that is its own name. ``to`` are the
    collections that a pointer may lead into; ``words`` tells that it may be anybody's words as
    well, and ``by_name`` that it holds what a record is called. ``raci`` is the letter that a role
    gets by it. ``letter`` is what an id begins with that Offwall makes, and ``unique`` whether no
    two records may share a key. ``joined_by`` is the field by which the records of a list are told
    apart. ``quoted`` is False for names, which read better without quotes; ``in_file`` is the key
    in the file where that is not the field's name.
    """

    kind: FieldKind
    noun: str = ""
    to: tuple[str, ...] = ()
    words: bool = False
    by_name: bool = False
    prose: bool = False
    raci: str = ""
    letter: str = ""
    unique: bool = True
    joined_by: str = ""
    quoted: bool = True
    in_file: str = ""


def key(letter: str = "", *, unique: bool = True, prose: bool = False) -> FieldInfo:
    """What the record is known by; with a ``letter``, an id that Offwall makes."""
    return FieldInfo(FieldKind.KEY, letter=letter, unique=unique, prose=prose)


def points_at(
    *to: Collection, noun: str = "", words: bool = False, prose: bool = False, raci: str = ""
) -> FieldInfo:
    """The key of a record of a collection ``to``, or several; or words, reworded if ``prose``."""
    return FieldInfo(FieldKind.POINTER, noun, to, words or prose, prose=prose, raci=raci)


def names(*to: str, noun: str = "", quoted: bool = False, prose: bool = False) -> FieldInfo:
    """Words that may be what a record of the collections ``to`` is called."""
    return FieldInfo(FieldKind.POINTER, noun, to, True, True, quoted=quoted, prose=prose)


def prose(noun: str = "", *, in_file: str = "") -> FieldInfo:
    """Words that are held to what the group agreed to say."""
    return FieldInfo(FieldKind.PROSE, noun, prose=True, in_file=in_file)


def own_words(noun: str = "", *, quoted: bool = True, in_file: str = "") -> FieldInfo:
    """Words that stay as they were said."""
    return FieldInfo(FieldKind.WORDS, noun, quoted=quoted, in_file=in_file)


def value(noun: str = "") -> FieldInfo:
    """A date, a number, one of a set of words, or what a program wrote."""
    return FieldInfo(FieldKind.VALUE, noun)


def counted(noun: str) -> FieldInfo:
    """Minutes used."""
    return FieldInfo(FieldKind.COUNTED, noun)


def joined_by(name: str, noun: str = "") -> FieldInfo:
    """Records within this one, told apart by their field ``name``; empty for a single one."""
    return FieldInfo(FieldKind.RECORDS, noun, joined_by=name)


UNKNOWN = FieldInfo(FieldKind.UNKNOWN, "what else the file says of it")


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values that Offwall does not know, frozen, in the order of the file."""

    items: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Table":
        """Freeze a mapping as tomllib reads it."""
        return cls(tuple((key, _freeze(value)) for key, value in values.items()))

    def thaw(self) -> dict[str, Any]:
        """The plain dictionaries and lists that tomli-w writes."""
        return {key: _thaw(value) for key, value in self.items}

    def __bool__(self) -> bool:
        return bool(self.items)


def _freeze(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Table.of(value)
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    return value


def _thaw(value: Any) -> Any:
    if isinstance(value, Table):
        return value.thaw()
    if isinstance(value, tuple):
        return [_thaw(item) for item in value]
    return value


NOTHING = Table()
Unknown = Annotated[Table, UNKNOWN]


@cache
def field_infos(record: type) -> Mapping[str, FieldInfo]:
    """What each field of a record is, by name, in order. Raises `TypeError` for one not told."""
    found = {field.name: info_of(field) for field in fields(record)}
    if silent := [name for name, info in found.items() if info is None]:
        raise TypeError(f"{record.__name__}: {', '.join(silent)} must say what it is")
    return MappingProxyType({name: info for name, info in found.items() if info})


def info_of(field: Field[Any]) -> FieldInfo | None:
    """What is told beside a field of a dataclass, or None."""
    told = get_args(field.type)[1:] if get_origin(field.type) is Annotated else ()
    return next((one for one in told if isinstance(one, FieldInfo)), None)


@cache
def inner_record(record: type, name: str) -> type:
    """The class of the records that a field of kind `FieldKind.RECORDS` holds."""
    kind = next(field.type for field in fields(record) if field.name == name)
    while not is_dataclass(kind):
        kind = get_args(kind)[0]
    return kind if isinstance(kind, type) else type(kind)


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """What a record is: its collection or heading, one of it and many, by what it is called.

    ``called`` are fields, of which the first that says something is what the record is called.
    ``key`` is the field that it is known by; empty for a heading, of which there is one. Its ids
    begin with ``letter`` where Offwall makes them; no two may share a key that is ``unique``.
    """

    record: type
    collection: Collection
    noun: str
    plural: str
    called: tuple[str, ...]
    key: str
    letter: str
    unique: bool

    def name_of(self, record: Any) -> str:
        """The words that one is called by; empty where it has none."""
        said = (" ".join(str(getattr(record, name)).split()) for name in self.called)
        return next(filter(None, said), "")


RECORDS: dict[str, RecordInfo] = {}
"""Each record of a session under its collection or heading."""


@cache
def record_info(kind: type) -> RecordInfo | None:
    """What a record of that class is; None for one within another, and for what is no record."""
    return next((info for info in RECORDS.values() if info.record is kind), None)


def singular(collection: str) -> str:
    """What one record of a collection is called; what is no collection is called as it is."""
    return RECORDS[collection].noun if collection in RECORDS else collection


Kind = TypeVar("Kind", bound=type)


def record(
    collection: Collection, noun: str, plural: str = "", called: str = ""
) -> Callable[[Kind], Kind]:
    """Say what a record is: ``@record("people", "person", "people", called="name")``."""

    def told(kind: Kind) -> Kind:
        found = (pair for pair in field_infos(kind).items() if pair[1].kind is FieldKind.KEY)
        key, info = next(found, ("", None))
        RECORDS[collection] = RecordInfo(
            kind,
            collection,
            noun,
            plural or f"{noun}s",
            tuple(called.split()),
            key,
            letter=info.letter if info else "",
            unique=info is not None and info.unique,
        )
        return kind

    return told


# Ids that never change: a letter, a hyphen and eight characters that read well aloud.
#
# The model draws nothing at random. Whoever asks for a change passes a *seed* that was drawn once,
# and every id of that change is derived from it, so that running the change again gives the same
# session.

ActivityId = NewType("ActivityId", str)
StageId = NewType("StageId", str)
RoleCode = NewType("RoleCode", str)
PersonId = NewType("PersonId", str)
IssueId = NewType("IssueId", str)
ActionId = NewType("ActionId", str)
MeetingId = NewType("MeetingId", str)
TierCode = NewType("TierCode", str)

GroupWords = NewType("GroupWords", str)
"""What a group is called that does something: "the service", "all"; it is no record."""

NO_ACTIVITY = ActivityId("")
NO_STAGE = StageId("")
NO_ISSUE = IssueId("")
NO_ACTION = ActionId("")
NO_TIER = TierCode("")
NO_ROLE = RoleCode("")
NO_OWNER = GroupWords("")

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Ten digits and the letters without ``l o i u``: nothing that is misread on a projector."""

LENGTH = 8


@overload
def derive(seed: str, letter: Literal["a"], *place: object) -> ActivityId: ...
@overload
def derive(seed: str, letter: Literal["i"], *place: object) -> IssueId: ...
@overload
def derive(seed: str, letter: Literal["m"], *place: object) -> MeetingId: ...
@overload
def derive(seed: str, letter: Literal["n"], *place: object) -> ActionId: ...
@overload
def derive(seed: str, letter: Literal["p"], *place: object) -> PersonId: ...
@overload
def derive(seed: str, letter: str, *place: object) -> str: ...
def derive(seed: str, letter: str, *place: object) -> str:
    """The id that belongs to ``seed`` and ``place``, such as ``a-7f3k2m9p``.

    The same arguments always give the same id; the 40 bits of the seed's hash make a clash
    between two recorders' 10,000 records each a matter of 1 in 10,000.
    """
    from hashlib import blake2b

    text = "\x1f".join([seed, letter, *map(str, place)])
    number = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=5).digest())
    characters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return f"{letter}-{''.join(characters)}"


_ID = re.compile(f"[a-z]-[{ALPHABET}]{{{LENGTH}}}")


def is_id(text: str) -> bool:
    """Whether a text looks like an id: where an id or words may stand, anything else is words."""
    return _ID.fullmatch(text) is not None
