"""Issues, actions, next steps, and the lists of our own workbook: a row is a record."""

from collections.abc import Mapping
from typing import Any

from model.importing.cells import folded, line
from model.importing.copy import Known, Read, Row
from model.importing.draft import Draft, Gone
from model.importing.following import ACTION, ISSUE, Reader, fields_of
from model.importing.lists import LISTED, Listed
from model.importing.matching import matched
from model.importing.rows import NOTHING, edited_cells, note_place, place_of, with_own
from model.session import Action, ActionKind, Issue
from model.table_kinds import ACTIONS, ISSUES, NEXT_STEPS

DERIVED = frozenset(
    {"means", "actions", "band", "why", "meeting", "meets_on", "papers_by", "announced_by"}
)
"""Columns of issues and actions that are worked out."""

KIND_OF = {ACTIONS: ActionKind.IMPROVEMENT, NEXT_STEPS: ActionKind.NEXT_STEP}


def take_issues(draft: Draft, read: Read) -> None:
    """Change the issues as the table says."""
    _take(draft, read, "issues", ISSUE, lambda words: Issue(_new(draft, "i", words), words))


def take_actions(draft: Draft, read: Read) -> None:
    """Change the actions as the table says, or the next steps."""

    def made(words: str) -> Action:
        return Action(_new(draft, "n", words), words, KIND_OF[read.kind])

    _take(draft, read, "actions", ACTION, made)


def _new(draft: Draft, letter: str, words: str) -> str:
    """The id of a new record: one of the same words may have come into the session since."""
    collection = {"i": "issues", "n": "actions"}[letter]
    since = draft.since[collection].get(words.casefold(), ())
    taken = draft.records(collection)
    found = next((one.id for one in since if one.id not in taken), "")
    return found or draft.new_id(letter, words)


def _take(
    draft: Draft, read: Read, collection: str, readers: Mapping[str, Reader], make: Any
) -> None:
    found = matched(read)
    hung, seen = _hung(draft, collection), set()
    for row in read.rows:
        known, place = found.get(row.number), place_of(read, row)
        if known is None:
            if not (words := line(row.cells.get(read.anchor))):
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
            *(draft, read, row), record=(collection, key), known=known or NOTHING, readers=readers
        )
    draft.gone += [Gone(collection, one.id) for one in read.known if one.id not in seen]


def _hung(draft: Draft, collection: str) -> set[str]:
    """The words of records that activities' rows brought already."""
    base = {one.id for one in getattr(draft.base, collection)}
    new = (one for key, one in draft.records(collection).items() if key not in base)
    return {folded(one.text) for one in new}


def _change(
    draft: Draft,
    read: Read,
    row: Row,
    *,
    record: tuple[str, str],
    known: Known,
    readers: Mapping[str, Reader],
) -> None:
    collection, key = record
    cells = edited_cells(read, row, known, draft.today)
    if known is NOTHING:
        # What is worked out of a record that is new was nobody's edit.
        cells = {name: one for name, one in cells.items() if name not in DERIVED}
        cells.pop(read.anchor, None)
        cells.pop("rank", None)
    if read.kind == ISSUES and "where" in cells:
        cells["ref_now"] = row.cells.get("ref")
    place = place_of(read, row)
    fields = fields_of(readers, draft, place, cells)
    if fields:
        draft.change(collection, key, **fields)
    if read.own:
        with_own(draft, collection, key, read, row)
    if comment := line(row.cells.get("comment")):
        draft.aside.setdefault(key, []).append(comment)


def take_list(draft: Draft, read: Read) -> None:
    """Change the roles, people, words or documents as the table says. None of them goes."""
    listed = LISTED[read.kind]
    found = matched(read)
    for row in read.rows:
        known, place = found.get(row.number), place_of(read, row)
        words = line(row.cells.get(read.anchor))
        if not (known or words):
            continue
        key = known.id if known else words
        cells = edited_cells(read, row, known or NOTHING, draft.today)
        if comment := line(cells.pop("comment", None)):
            draft.aside.setdefault("", []).append(f"{read.sheet}, {words}: {comment}")
        if known is None:
            record = listed.new(draft, words)
            key = getattr(record, _KEYS.get(listed.collection, "id"))
            draft.add(listed.collection, key, record)
        _listed(draft, listed, key, cells, place=place, words=words, new=known is None)


_KEYS = {"roles": "code", "words": "say", "documents": "name"}


def _listed(
    draft: Draft,
    listed: Listed,
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
    fields = fields_of(listed.readers, draft, place, cells, {*untold, *anchors})
    if fields:
        draft.change(collection, key, **fields)


_ANCHORS = {"words": "say", "documents": "document"}
