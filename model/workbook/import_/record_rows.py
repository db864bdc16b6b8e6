"""Issues, actions, next steps, roles, people, words and documents of a copy: a row is a record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from offwall.model.actions.ranking import same_rung
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Group,
    Issue,
    IssueCode,
    IssueStatus,
    Role,
)
from offwall.model.records.session import Document, Person, Word
from offwall.model.tables import ACTIONS, ISSUES, NEXT_STEPS
from offwall.model.tables.lists import CODE_MEANS, YES
from offwall.model.tables.sheet import DOCUMENTS, PEOPLE, ROLES, WORDS
from offwall.model.workbook.import_.cells import (
    UnreadableCell,
    cell_as_date,
    cell_as_items,
    cell_as_line,
    cell_as_number,
    cell_as_text,
    fold_cell,
    says_nothing,
)
from offwall.model.workbook.import_.copied_rows import CopyRow, CopyTable, ExportedRow, match_rows
from offwall.model.workbook.import_.draft import (
    NEW_ROW,
    DraftSession,
    MissingRecord,
    edited_cells,
    note_place,
    row_place,
    with_own,
)
from offwall.model.workbook.template.own_words import STATUS_WORDS

Fields = dict[str, Any]
RecordFieldReader = Callable[[DraftSession, str, Mapping[str, Any]], Fields]


def _action_words(name: str, key: str = "") -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: cell_as_line(cells[key or name])}

    return read


def _needed(key: str) -> RecordFieldReader:
    """What a record is about, which it cannot do without."""

    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        if words := cell_as_line(cells[key]):
            return {"text": words}
        draft.tell(place, "its words were taken out; they were left alone.")
        return {}

    return read


def _one_of(name: str, kinds: type[StrEnum]) -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        value = cells[name]
        said = fold_cell(value)
        meant = (said, *STATUS_WORDS.get(said, ()), *_by_share(value))
        found = next((one for word in meant for one in kinds if one == word), None)
        if said in _NOT_QUITE and found is not None:
            draft.tell(place, f"{name} “{cell_as_line(value)}” was read as {found}.")
        if found is None and not says_nothing(said):
            return _left(draft, place, name, cells[name], f"none of {', '.join(kinds)}")
        return {name: found or next(iter(kinds))}

    return read


_NOT_QUITE = ("on hold", "paused", "blocked", "overdue", "deferred", "superseded")
"""What says more than a status of ours, and so is told."""


def _by_share(value: Any) -> tuple[str, ...]:
    """The status that a share of the work says, such as ``40%`` or the number 0.4."""
    said = cell_as_line(value).replace(" ", "")
    share = float(said[:-1]) / 100 if said.endswith("%") and said[:-1].isdecimal() else None
    if isinstance(value, float) and 0 < value < 1:
        share = value
    if share is None or share > 1:
        return ()
    return ("open",) if share == 0 else ("done", "closed") if share == 1 else ("doing", "open")


def _left(draft: DraftSession, place: str, name: str, value: Any, why: str) -> Fields:
    header = name.replace("_", " ")
    draft.tell(place, f"{header} “{cell_as_line(value)}” is {why}; it was left alone.")
    return {}


def _code(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    said = fold_cell(cells["code"])
    found = next(
        (
            one
            for one in IssueCode
            if said in (one.casefold(), CODE_MEANS[one], one.name.casefold())
        ),
        None,
    )
    if said and found is None:
        return _left(draft, place, "code", said, "none of D, G, T, R")
    return {"code": found}


def _parked(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    return {"parked": fold_cell(cells["parked"]) in (YES, "y", "true", "x", "parked")}


def _at(key: str) -> RecordFieldReader:
    """Where something belongs: an activity's ref or words; else the words for where."""

    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        words = cell_as_line(cells[key])
        found = draft.targets.find(words) if words else ""
        known = found in draft.base.activity_by_id
        return {"activity": found if known else "", "near": "" if known else words}

    return read


def _issue_where(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    """The ref says where an issue belongs; the words beside it only where there is none."""
    for key in ("ref", "where"):
        if key in cells and (key == "ref" or not cell_as_line(cells.get("ref_now"))):
            return _at(key)(draft, place, cells)
    return {}


def _of_issue(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    words = fold_cell(cells["issue"])
    known = {fold_cell(one.text): one.id for one in draft.records("issues").values()}
    if words and words not in known:
        return _left(draft, place, "issue", cells["issue"], "no issue that is known")
    return {"issue": known.get(words, "")}


def _who(name: str) -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: "" if says_nothing(cells[name]) else draft.naming.owner(cells[name])}

    return read


def _date(name: str) -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        value = cells[name]
        found = None if says_nothing(value) else cell_as_date(value, draft.today)
        if found is None and not says_nothing(value):
            said = f"{name.replace('_', ' ')} “{cell_as_line(value)}”"
            draft.tell(place, f"{said} is no date; it was kept as words.")
            return {}
        return {name: found}

    return read


def _score(name: str, least: int, most: int) -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        value = cells[name]
        if says_nothing(value):
            return {name: 0 if name == "votes" else None}
        found = cell_as_number(value)
        if found is None or not least <= found <= most:
            return _left(draft, place, name, value, f"no whole number from {least} to {most:,}")
        return {name: found}

    return read


def _place(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    found = _score("rank", 1, 100_000)(draft, place, cells)
    return {"place": found["rank"]} if "rank" in found else {}


def _approval(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    rungs = {same_rung(rung): rung for rung in draft.base.approvals}
    said = cell_as_line(cells["approval"])
    if said and same_rung(said) not in rungs:
        known = ", ".join(draft.base.approvals)
        return _left(draft, place, "approval", said, f"none of {known}")
    return {"approval": rungs[same_rung(said)] if said else ""}


def _needs(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    return {"needs": cell_as_items(cells["needs"])}


ISSUE: Mapping[str, RecordFieldReader] = MappingProxyType(
    {
        "issue": _needed("issue"),
        "code": _code,
        "ref": _issue_where,
        "where": _issue_where,
        "raised_by": _action_words("raised_by"),
        "source": _action_words("source"),
        "parked": _parked,
        "status": _one_of("status", IssueStatus),
    }
)

ACTION: Mapping[str, RecordFieldReader] = MappingProxyType(
    {
        "action": _needed("action"),
        "issue": _of_issue,
        "where": _at("where"),
        "owner": _who("owner"),
        "helper": _who("helper"),
        "due": _date("due"),
        "approval": _approval,
        "needs": _needs,
        "impact": _score("impact", 1, 5),
        "effort": _score("effort", 1, 5),
        "votes": _score("votes", 0, 9_999),
        "rank": _place,
        "status": _one_of("status", ActionStatus),
        "done_on": _date("done_on"),
        "source": _action_words("source"),
    }
)

UNTOLD = frozenset({"id", "comment", "means", "ref_now"})
"""Columns whose edits nobody need hear of here."""


def record_fields(
    readers: Mapping[str, RecordFieldReader],
    draft: DraftSession,
    place: str,
    cells: Mapping[str, Any],
    untold: Iterable[str] = (),
) -> Fields:
    """The fields that the edited cells give another value."""
    found: Fields = {}
    for key, value in cells.items():
        if isinstance(value, UnreadableCell):
            draft.tell(place, f"{key.replace('_', ' ')} {value.why}; it was left alone.")
        elif key in readers:
            found |= readers[key](draft, place, cells)
        elif key not in UNTOLD and key not in untold:
            header = key.replace("_", " ")
            draft.tell(place, f"{header} is worked out from the rest; its edit was left alone.")
    return found


# Roles, people, words and documents, and what Decisions says beside the activities.


def _words(name: str, key: str = "") -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: cell_as_line(cells[key or name])}

    return read


def _list(name: str, key: str = "") -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: cell_as_items(cells[key or name])}

    return read


def _name(name: str, key: str) -> RecordFieldReader:
    def read(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
        if words := cell_as_line(cells[key]):
            return {name: words}
        draft.tell(place, "its name was taken out; it was left alone.")
        return {}

    return read


def _owner(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    value = cells["owner"]
    return {"owner": "" if says_nothing(value) else draft.naming.owner(value)}


def _role(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    """A person's role: one that is known, else the words."""
    value = cells["role"]
    return {"role": draft.naming.role(value) if draft.naming.known(value) else cell_as_text(value)}


def _group(draft: DraftSession, place: str, cells: Mapping[str, Any]) -> Fields:
    said = fold_cell(cells["group"])
    found = next((one for one in Group if one == said), None)
    if found is None and said:
        draft.tell(
            place, f"group “{cell_as_line(said)}” is none of {', '.join(Group)}; left alone."
        )
        return {}
    return {"group": found or Group.PARTICIPANT}


@dataclass(frozen=True, slots=True)
class ListTable:
    """How a table of ours becomes records: the collection, its columns, and a record anew."""

    collection: str
    readers: Mapping[str, RecordFieldReader]
    new: Callable[[DraftSession, str], Any]
    derived: frozenset[str] = frozenset()


LISTED: Mapping[str, ListTable] = MappingProxyType(
    {
        ROLES: ListTable(
            "roles",
            {
                "role": _name("name", "role"),
                "also_called": _list("also_called"),
                "about": _words("about"),
            },
            lambda draft, words: Role(draft.naming.role(words), words),
            frozenset({"R", "A", "C", "I", "hands_over", "takes_over", "code"}),
        ),
        PEOPLE: ListTable(
            "people",
            {
                "name": _name("name", "name"),
                "role": _role,
                "team": _words("team"),
                "group": _group,
            },
            lambda draft, words: Person(draft.new_id("p", words), words),
        ),
        WORDS: ListTable(
            "words",
            {"avoid": _list("avoid")},
            lambda draft, words: Word(words),
        ),
        DOCUMENTS: ListTable(
            "documents",
            {
                "owner": _owner,
                "template": _words("template"),
                "where": _words("where"),
            },
            lambda draft, words: Document(words),
            frozenset({"used_in", "times", "registered"}),
        ),
    }
)
"""The lists that only our own workbook has, by kind."""


# Issues, actions, next steps, and the lists of our own workbook: a row is a record.

DERIVED = frozenset(
    {"means", "actions", "band", "why", "meeting", "meets_on", "papers_by", "announced_by"}
)
"""Columns of issues and actions that are worked out."""

KIND_OF = {ACTIONS: ActionKind.IMPROVEMENT, NEXT_STEPS: ActionKind.NEXT_STEP}


def take_issues(draft: DraftSession, read: CopyTable) -> None:
    """Change the issues as the table says."""
    _take(draft, read, "issues", ISSUE, lambda words: Issue(_new(draft, "i", words), words))


def take_actions(draft: DraftSession, read: CopyTable) -> None:
    """Change the actions as the table says, or the next steps."""

    def made(words: str) -> Action:
        return Action(_new(draft, "n", words), words, KIND_OF[read.kind])

    _take(draft, read, "actions", ACTION, made)


def _new(draft: DraftSession, letter: str, words: str) -> str:
    """The id of a new record: one of the same words may have come into the session since."""
    collection = {"i": "issues", "n": "actions"}[letter]
    since = draft.since[collection].get(words.casefold(), ())
    taken = draft.records(collection)
    found = next((one.id for one in since if one.id not in taken), "")
    return found or draft.new_id(letter, words)


def _take(
    draft: DraftSession,
    read: CopyTable,
    collection: str,
    readers: Mapping[str, RecordFieldReader],
    make: Any,
) -> None:
    found = match_rows(read)
    hung, seen = _hung(draft, collection), set()
    for row in read.rows:
        known, place = found.get(row.at), row_place(read, row)
        if known is None:
            if not (words := cell_as_line(row.cells.get(read.anchor))):
                draft.tell(place, "the row names nothing; it was left alone.")
                continue
            if words.casefold() in hung:
                continue
            record = make(words)
            draft.add(collection, record.id, record)
        key = known.id if known else record.id
        seen.add(key)
        note_place(draft, read, row, collection, key)
        _change(
            *(draft, read, row), record=(collection, key), known=known or NEW_ROW, readers=readers
        )
    draft.gone += [MissingRecord(collection, one.id) for one in read.known if one.id not in seen]


def _hung(draft: DraftSession, collection: str) -> set[str]:
    """The words of records that activities' rows brought already."""
    base = {one.id for one in getattr(draft.base, collection)}
    new = (one for key, one in draft.records(collection).items() if key not in base)
    return {fold_cell(one.text) for one in new}


def _change(
    draft: DraftSession,
    read: CopyTable,
    row: CopyRow,
    *,
    record: tuple[str, str],
    known: ExportedRow,
    readers: Mapping[str, RecordFieldReader],
) -> None:
    collection, key = record
    cells = edited_cells(read, row, known, draft.today)
    if known is NEW_ROW:
        # What is worked out of a record that is new was nobody's edit.
        cells = {name: one for name, one in cells.items() if name not in DERIVED}
        cells.pop(read.anchor, None)
        cells.pop("rank", None)
    if read.kind == ISSUES and "where" in cells:
        cells["ref_now"] = row.cells.get("ref")
    place = row_place(read, row)
    fields = record_fields(readers, draft, place, cells)
    if fields:
        draft.change(collection, key, **fields)
    wordy = {
        f"{DATES[name]}, in words": cells[name]
        for name in DATES.keys() & cells.keys()
        if name not in fields and not isinstance(cells[name], UnreadableCell)
    }
    if read.own or wordy:
        with_own(draft, collection, key, read, row, more=wordy)
    if comment := cell_as_line(row.cells.get("comment")):
        draft.aside.setdefault(key, []).append(comment)


DATES = {"due": "Target date", "done_on": "Done on"}
"""The columns of dates, whose words are kept where they are none."""


def take_list(draft: DraftSession, read: CopyTable) -> None:
    """Change the roles, people, words or documents as the table says. None of them goes."""
    listed = LISTED[read.kind]
    found = match_rows(read)
    for row in read.rows:
        known, place = found.get(row.at), row_place(read, row)
        words = cell_as_line(row.cells.get(read.anchor))
        if not (known or words):
            continue
        key = known.id if known else words
        cells = edited_cells(read, row, known or NEW_ROW, draft.today)
        if comment := cell_as_line(cells.pop("comment", None)):
            draft.aside.setdefault("", []).append(f"{read.sheet}, {words}: {comment}")
        if known is None:
            record = listed.new(draft, words)
            key = getattr(record, _KEYS.get(listed.collection, "id"))
            draft.add(listed.collection, key, record)
        _listed(draft, listed, key, cells, place=place, words=words, new=known is None)


_KEYS = {"roles": "code", "words": "say", "documents": "name"}


def _listed(
    draft: DraftSession,
    listed: ListTable,
    key: str,
    cells: dict[str, Any],
    *,
    place: str,
    words: str,
    new: bool,
) -> None:
    collection = listed.collection
    draft.where.setdefault((collection, key), place)
    if key not in draft.records(collection):
        if not any(name in listed.readers for name in cells):
            return
        # A document that activities name needs no entry; what is said of it makes one.
        draft.add(collection, key, listed.new(draft, words))
    untold = listed.derived if new else ()
    anchors = {_ANCHORS[collection]} if collection in ("words", "documents") else set()
    if anchors & set(cells) and not new:
        draft.tell(place, "was called something else; change its name in Offwall.")
    fields = record_fields(listed.readers, draft, place, cells, {*untold, *anchors})
    if fields:
        draft.change(collection, key, **fields)


_ANCHORS = {"words": "say", "documents": "document"}
