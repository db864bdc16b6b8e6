"""The rows of a copy as edits of records: of the activities, and of what is a record a row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from offwall.model.records import Action, Activity, Issue, IssueCode, Stage
from offwall.model.records.changes import keyed_in
from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_STAGE,
    RECORDS,
    ActivityId,
    StageId,
    singular,
)
from offwall.model.tables import ACTIVITIES, RACI, ROLE, Sheet, sheet_of
from offwall.model.tables.actions import as_rag
from offwall.model.tables.read_back import (
    EditedRow,
    Fields,
    UnreadableCell,
    as_date,
    cell_as_items,
    cell_as_line,
    fold_cell,
    name_of,
    says_nothing,
)
from offwall.model.tables.sheet import DECISIONS
from offwall.model.workbook.import_ import copied_rows
from offwall.model.workbook.import_.activity_fields import activity_fields
from offwall.model.workbook.import_.copied_rows import (
    BY_NAME,
    CopyRow,
    CopyTable,
    ExportedRow,
    likeness,
    match_rows,
)
from offwall.model.workbook.import_.draft import (
    NEW_ROW,
    DoubtfulCell,
    DraftSession,
    EditedCells,
    edited_cells,
    note_place,
    row_place,
    tell_nameless,
    with_own,
)

MAKES: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "issues": ("i", Issue),
    "actions": ("n", Action),
}
"""The columns of an activity's row that list other records: what their ids begin with, and they."""


def apply_linked_lists(
    draft: DraftSession, activity: ActivityId, place: str, cells: dict[str, Any], row: ExportedRow
) -> None:
    """Take the edited lists out of the cells, and make of them what they say."""
    for collection in MAKES:
        if collection in cells and not isinstance(cells[collection], UnreadableCell):
            now, before = cells.pop(collection), row.values.get(collection)
            _linked(draft, activity, place, collection, now=now, before=before)
    codes = cells.pop("codes", None)
    if codes is not None and not isinstance(codes, UnreadableCell):
        _coded(draft, activity, place, codes)


def _linked(
    draft: DraftSession, activity: ActivityId, place: str, collection: str, *, now: Any, before: Any
) -> None:
    """One text for another is another wording; what came is new, what went is told."""
    old, new = ({fold_cell(one): one for one in cell_as_items(said)} for said in (before, now))
    came = [new[one] for one in new if one not in old]
    went = [old[one] for one in old if one not in new]
    records = draft.records(collection)
    by_words = {fold_cell(one.text): key for key, one in records.items()}
    if len(came) == len(went) == 1 and (key := by_words.get(fold_cell(went[0]))):
        draft.change(collection, key, text=came[0])
        draft.where.setdefault((collection, key), place)
        return
    letter, made = MAKES[collection]
    for words in came:
        since = draft.since[collection].get(fold_cell(words), ())
        key = next((one.id for one in since), "") or draft.new_id(letter, activity, words)
        if key not in records:
            draft.add(collection, key, replace(made(key, words), activity=activity))
            draft.where.setdefault((collection, key), place)
    for words in went:
        said = f"the {singular(collection)} “{words}” is no longer named; it was left alone."
        draft.tell(place, said)


def _coded(draft: DraftSession, activity: ActivityId, place: str, value: Any) -> None:
    """Codes belong to issues: of an activity with one issue it is plain to which."""
    hung = [one for one in draft.records("issues").values() if one.activity == activity]
    said = (one.upper() for one in cell_as_items(str(value).replace(",", ";")))
    codes = [IssueCode(one) for one in said if one in set(IssueCode)]
    if len(hung) == 1 and len(codes) == 1:
        draft.change("issues", hung[0].id, code=codes[0])
        draft.where.setdefault(("issues", hung[0].id), place)
    elif words := cell_as_line(value):
        draft.tell(place, f"the issue codes “{words}” were left alone; edit them on Issues.")


# The activities of a copy: Activities, RACI and Decisions are edits of the same records.

NEAR = 88.0
"""How alike the names of two stages are, of 100, that are one stage misspelt."""


class ActivityTables:
    """The activities while the tables of a copy change them."""

    def __init__(self, draft: DraftSession, tables: Mapping[str, CopyTable]) -> None:
        self._draft, self._tables = draft, tables
        self._wall = tables.get(ACTIVITIES) or tables.get(RACI)
        self._edited: dict[str, EditedCells] = {}
        known: tuple[Stage, ...] = (*draft.base.stages, *draft.records("stages").values())
        self._stages = {fold_cell(word): one.id for one in known for word in (one.id, one.name)}
        self._new: dict[str, list[ActivityId]] = {}
        self._seen: dict[str, list[str]] = {}

    def take(self) -> None:
        """Read the tables that are there, and change the activities accordingly."""
        for kind in (ACTIVITIES, RACI):
            if kind in self._tables:
                self._rows(self._tables[kind])
        if DECISIONS in self._tables:
            self._decisions(self._tables[DECISIONS])
        for edited in self._edited.values():
            fields = activity_fields(self._draft, edited)
            self._draft.change("activities", edited.activity.id, **fields)
        self._order()
        if read := self._wall:
            # What the activities' own sheet has no more; the RACI counts where there is no other.
            seen = set(self._seen[read.kind])
            self._draft.gone += [("activities", one.id) for one in read.known if one.id not in seen]

    def _rows(self, read: CopyTable) -> None:
        found = match_rows(read)
        seen = self._seen.setdefault(read.kind, [])
        for key in read.keys:
            if key.startswith(BY_NAME):
                # In the order of the columns, whoever has the first letter.
                self._draft.naming.role(key.removeprefix(BY_NAME))
        above = ""
        for row in read.rows:
            known = found.get(row.at)
            key = ActivityId(known.id) if known else self._begin(read, row, above)
            if not key:
                continue
            note_place(self._draft, read, row, "activities", key)
            seen.append(key)
            self._note(read, row, key, known or NEW_ROW)
            above = key

    def _begin(self, read: CopyTable, row: CopyRow, above: str) -> ActivityId:
        """A new activity behind the one above it; on another sheet it may be known already."""
        words = cell_as_line(row.cells.get("activity"))
        if not words:
            tell_nameless(self._draft, read, row)
            return NO_ACTIVITY
        stage = self._stage_of(row.cells.get("stage"), above)
        if read.kind == RACI and (known := self._on_activities(words, row, stage)):
            return known
        key = ActivityId(self._draft.id_for("activities", "a", words, stage))
        records = self._draft.records("activities")
        beside = records.get(above)
        last = (one for one, record in reversed(records.items()) if record.stage == stage)
        after = above if beside and beside.stage == stage else next(last, "")
        self._draft.add("activities", key, Activity(key, stage, words), after)
        if read.kind == ACTIVITIES:
            self._new.setdefault(words.casefold(), []).append(key)
        return key

    def _on_activities(self, words: str, row: CopyRow, stage: StageId) -> ActivityId:
        """The new activity of these words on the other sheet: of the stage, else the next; once."""
        there = self._new.get(words.casefold(), [])
        records = self._draft.records("activities")
        here = [key for key in there if records[key].stage == stage]
        found = next(iter(here if "stage" in row.cells and here else there), NO_ACTIVITY)
        if found:
            there.remove(found)
        return found

    def _stage_of(self, said: Any, above: str) -> StageId:
        """The stage that a cell names; empty, that of the row above; unknown, a new one."""
        if isinstance(said, UnreadableCell) or says_nothing(said):
            beside = self._draft.records("activities").get(above)
            first = next((one.id for one in self._draft.records("stages").values()), NO_STAGE)
            return beside.stage if beside else first or self._new_stage("Process")
        words = cell_as_line(said)
        known = self._stages.get(words.casefold()) or next(
            (key for name, key in self._stages.items() if likeness(name, words) >= NEAR), NO_STAGE
        )
        return known or self._new_stage(words)

    def _new_stage(self, name: str) -> StageId:
        stage = self._draft.new_stage(name)
        self._draft.add("stages", stage.id, stage)
        self._stages[name.casefold()] = stage.id
        return stage.id

    def _note(self, read: CopyTable, row: CopyRow, key: ActivityId, known: ExportedRow) -> None:
        """Put the edited cells of a row to those of the other sheets."""
        draft, place = self._draft, row_place(read, row)
        cells = self._by_code(edited_cells(read, row, known, draft.today))
        record = draft.records("activities")[key]
        edited = self._edited.setdefault(key, EditedCells(record, place))
        edited.old |= known.values
        if known is NEW_ROW:
            # Its words make it, and its number is where it will be: neither is an edit.
            cells = sheet_of(ACTIVITIES).edits_of_new(cells)
        elif "stage" in cells:
            self._restage(key, cells["stage"], place)
        self._unite(edited, cells, read)
        apply_linked_lists(draft, key, place, cells, known)
        if read.own:
            with_own(draft, "activities", key, read, row)

    def _by_code(self, cells: dict[str, Any]) -> dict[str, Any]:
        """The cells with the codes of roles that the workbook adds a column for."""
        return {
            f"{ROLE}{self._draft.naming.role(key.removeprefix(BY_NAME))}"
            if key.startswith(BY_NAME)
            else key: value
            for key, value in cells.items()
        }

    def _restage(self, key: str, said: Any, place: str) -> None:
        records = self._draft.records("activities")
        if says_nothing(said) or isinstance(said, UnreadableCell):
            self._draft.tell(place, "the stage was taken out; it was left alone.")
        elif records[key].stage != (stage := self._stage_of(said, "")):
            self._draft.change("activities", key, stage=stage)
            rest = [record for record in records if record != key]
            last = [one for one in rest if records[one].stage == stage]
            at = rest.index(last[-1]) + 1 if last else len(rest)
            self._draft.reorder([*rest[:at], key, *rest[at:]])

    def _unite(self, edited: EditedCells, cells: dict[str, Any], read: CopyTable) -> None:
        """Of a cell that two sheets edited the RACI's counts for people; else both are shown."""
        for key, value in cells.items():
            if key in edited.new and fold_cell(edited.new[key]) != fold_cell(value):
                first = edited.sheet[key]
                if key in ("lead", "others"):
                    self._draft.tell(edited.place, f"{first} and {read.sheet} differ; RACI counts.")
                elif key == "activity":
                    self._doubt(edited, first, read.sheet, value)
                    del edited.new[key]
                    continue
            edited.new[key], edited.sheet[key] = value, read.sheet

    def _doubt(self, edited: EditedCells, first: str, second: str, value: Any) -> None:
        said = (cell_as_line(edited.new["activity"]), first), (cell_as_line(value), second)
        readings = tuple((f"“{words}”, as on {sheet}", {"text": words}) for words, sheet in said)
        why = "its words were edited on two sheets"
        self._draft.doubts.append(DoubtfulCell(edited.activity.id, why, readings))

    def _decisions(self, read: CopyTable) -> None:
        known: dict[str, list[ExportedRow]] = defaultdict(list)
        rows: dict[str, list[CopyRow]] = defaultdict(list)
        for one in read.known:
            known[one.id].append(one)
        for row in read.rows:
            if (key := cell_as_line(row.cells.get("id"))) in known:
                rows[key].append(row)
                self._draft.by_row[read.sheet, row.number] = key
        for key, found in rows.items():
            self._decided(read, key, found, known[key])

    def _decided(
        self, read: CopyTable, key: str, rows: list[CopyRow], known: list[ExportedRow]
    ) -> None:
        """What Decisions says of an activity, where Activities was not edited."""
        record = self._draft.records("activities").get(key)
        if record is None:
            return
        edited = self._edited.setdefault(key, EditedCells(record, row_place(read, rows[0])))
        before = {fold_cell(one.values.get("answer")): one for one in known}
        for row in rows:
            one = before.get(fold_cell(row.cells.get("answer")), known[0])
            cells = edited_cells(read, row, one, self._draft.today)
            for name, column in sheet_of(DECISIONS).described.items():
                if column.read and name in cells and name not in edited.new:
                    edited.new[name] = cells[name]
            if comment := cell_as_line(row.cells.get("comment")):
                self._draft.aside.setdefault(key, []).append(comment)
        was = [_said(one.values) for one in known]
        now = [_said(row.cells) for row in rows]
        if sorted(was) != sorted(now) and "routes" not in edited.new:
            kept = [one for one in was if one in now]
            edited.new["routes"] = "; ".join([*kept, *(one for one in now if one not in was)])

    def _order(self) -> None:
        """Follow rows that were moved by hand; a sheet that was sorted says nothing of the wall."""
        read = self._wall
        if read is None or not read.known:
            return
        now = self._seen[read.kind]
        records = self._draft.records("activities")
        there = {one.id for one in read.known}
        kept = [key for key in now if key in there]
        before = [one.id for one in read.known if one.id in set(kept)]
        if copied_rows.is_sorted_otherwise(read, before, kept):
            self._draft.told.append(
                f"{read.sheet} is sorted otherwise than it was exported; the wall's order stays."
            )
            # There a new row's neighbours say nothing: it goes to its stage's end.
            new = dict.fromkeys(key for key in now if key not in self._draft.base.activity_by_id)
            self._draft.reorder([*(key for key in records if key not in new), *new])
        elif before != kept:
            stages = {key: one.stage for key, one in records.items()}
            self._draft.reorder(copied_rows.in_rows_order(list(records), now, stages))


def _said(cells: Mapping[str, Any]) -> str:
    return f"{cell_as_line(cells.get('answer'))} > {cell_as_line(cells.get('leads_to'))}".strip()


# The rows that are a record each: issues, actions, and the lists of our own workbook.


def take_rows(draft: DraftSession, read: CopyTable) -> None:
    """Change the records of a collection as the table says."""
    sheet = sheet_of(read.kind)
    (_take if sheet.called else _take_list)(draft, read, sheet)


def record_fields(sheet: Sheet[Any], row: EditedRow, untold: Iterable[str]) -> Fields:
    """The fields that the edited cells give another value; what else was edited is told."""
    found: Fields = {}
    columns = sheet.described
    for key, value in row.cells.items():
        column, header = columns.get(key), key.replace("_", " ")
        if isinstance(value, UnreadableCell):
            row.tell(f"{header} {value.why}; it was left alone.")
        elif column and column.read:
            found |= column.read(row, column, value)
        elif key not in untold:
            row.tell(f"{header} is worked out from the rest; its edit was left alone.")
    return found


def _take(draft: DraftSession, read: CopyTable, sheet: Sheet[Any]) -> None:
    """A table that councils have too: a row that is gone may mean a record that is."""
    collection, found = sheet.collection, match_rows(read)
    # The words of records that activities' rows brought already.
    base, anchor = keyed_in(draft.base, collection), name_of(sheet.described[sheet.anchor])
    new = (one for key, one in draft.records(collection).items() if key not in base)
    hung, seen = {fold_cell(getattr(one, anchor)) for one in new}, set()
    for row in read.rows:
        known, place = found.get(row.at), row_place(read, row)
        if known is None:
            if not (words := cell_as_line(row.cells.get(read.anchor))):
                tell_nameless(draft, read, row)
                continue
            if words.casefold() in hung or not (key := _add(draft, sheet, words, place)):
                continue
        else:
            key = known.id
        seen.add(key)
        note_place(draft, read, row, collection, key)
        _change(draft, read, row, key, known or NEW_ROW)
    draft.gone += [(collection, one.id) for one in read.known if one.id not in seen]


def _add(draft: DraftSession, sheet: Sheet[Any], words: str, place: str) -> str:
    """Add the record of a new row; answers with what it is known by, empty where none is made."""
    if sheet.new is None:
        draft.tell(place, "is new, and no record can be added here; add it in Offwall.")
        return ""
    record = sheet.new(draft, words)
    key: str = getattr(record, RECORDS[sheet.collection].key)
    draft.add(sheet.collection, key, record)
    return key


def _change(
    draft: DraftSession, read: CopyTable, row: CopyRow, key: str, known: ExportedRow
) -> None:
    sheet = sheet_of(read.kind)
    cells = edited_cells(read, row, known, draft.today)
    if known is NEW_ROW:
        cells = sheet.edits_of_new(cells)
        # Where a new row stands is no wish for its rank.
        cells.pop("rank", None)
    edited = EditedRow(draft, row_place(read, row), cells, row.cells)
    fields = record_fields(sheet, edited, ("id", "comment"))
    if fields:
        draft.change(sheet.collection, key, **fields)
    wordy = {
        f"{column.header}, in words": cells[name]
        for name, column in sheet.described.items()
        if column.read in (as_date, as_rag) and name in cells and name not in fields
        if not isinstance(cells[name], UnreadableCell)
    }
    if read.own or wordy:
        with_own(draft, sheet.collection, key, read, row, more=wordy)


def _take_list(draft: DraftSession, read: CopyTable, sheet: Sheet[Any]) -> None:
    """A list that only our own workbook has. None of its records goes."""
    found = match_rows(read)
    for row in read.rows:
        known = found.get(row.at)
        words = cell_as_line(row.cells.get(read.anchor))
        if not (known or words):
            continue
        cells = edited_cells(read, row, known or NEW_ROW, draft.today)
        if comment := cell_as_line(row.cells.get("comment")):
            draft.aside.setdefault("", []).append(f"{read.sheet}, {words}: {comment}")
        edited = EditedRow(draft, row_place(read, row), cells, row.cells)
        if not (key := known.id if known else _add(draft, sheet, words, edited.place)):
            continue
        draft.where.setdefault((sheet.collection, key), edited.place)
        if key not in draft.records(sheet.collection):
            if not any(one.read and name in cells for name, one in sheet.described.items()):
                continue
            # A document that activities name needs no entry; what is said of it makes one.
            key = _add(draft, sheet, words, edited.place)
        if fields := _listed(sheet, edited, new=known is None):
            draft.change(sheet.collection, key, **fields)


def _listed(sheet: Sheet[Any], row: EditedRow, *, new: bool) -> Fields:
    """What a row of a list changes of its record; of a new one nothing is told that follows."""
    untold = {"id", "comment"}
    if sheet.anchor == sheet.known_by:
        untold.add(sheet.anchor)
        if sheet.anchor in row.cells and not new:
            row.tell("was called something else; change its name in Offwall.")
    if new:
        untold |= sheet.described.keys()
    return record_fields(sheet, row, untold)
