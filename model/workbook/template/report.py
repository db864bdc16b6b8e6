"""A filled workbook in words: where each column goes, what stays, what has no place."""

from collections.abc import Iterator, Mapping, Sequence

from offwall.model.process import LIST_SEPARATOR, role_labels
from offwall.model.process.raci import raci_columns as role_codes
from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.model.tables import (
    ACTIONS,
    ACTIVITIES,
    NEXT_STEPS,
    RACI,
    ROLE,
    Facts,
    sheet_of,
    template_kinds,
)
from offwall.model.workbook.template.fill import FillResult, TableResult
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.mapping import how_found
from offwall.model.workbook.template.rows import NOT_WRITTEN, row_values


def describe_mapping(session: Session, table: TableResult) -> list[tuple[str, str]]:
    """Each header of a table and what it is filled with, in the order of the columns."""
    found = table.found
    # A role's column is called by its code too.
    ours = {
        key: f"{one.header} ({key.removeprefix(ROLE)})" if key.startswith(ROLE) else one.header
        for key, one in sheet_of(found.kind).every_column(Facts(session)).items()
    }
    told = []
    for at, said in sorted(found.headers.items()):
        means = found.columns.get(at, "")
        if said in table.calculated:
            told.append((said, "(calculated by the template)"))
        elif not means or means in NOT_WRITTEN:
            told.append((said, "(left as it is)"))
        else:
            told.append((said, ours.get(means, means)))
    return told


def describe_table(table: TableResult) -> str:
    """Which table it is, where it is, and by what it was found."""
    found = table.found
    name = f", {'table' if found.is_table else 'cells'} {found.name}" if found.name else ""
    return (
        f"{sheet_of(found.kind).title}: sheet {found.sheet}{name}, headers in row {found.header} "
        f"({how_found(found)})"
    )


def describe_changes_to_table(table: TableResult, copies: str = "--copy-sheet") -> Iterator[str]:
    """What filling does to a table and around it; ``copies`` is what has a copy filled."""
    growth, of = table.growth, table.found.copy_of
    had = growth.last - growth.first + 1
    under = f" under {counted(table.headings, 'heading')} of stages" if table.headings else ""
    yield f"{counted(table.rows, 'row')} written{under}; the template has {counted(had, 'row')}."
    if of:
        yield f"This sheet is a filled copy; {of[0]} is left as it was."
    if table.replaced:
        replaced = counted(table.replaced, "row")
        yield f"Replaced, as none of these records: {replaced} of the template."
    if growth.by and growth.moved:
        yield f"What stands below moves down by {counted(growth.by, 'row')}."
    if table.left_out:
        yield (
            f"{counted(table.left_out, 'row')} of the template belong to no record: what stands "
            "in the council's own columns there is left out."
        )
    for begins, said in (
        ("Columns put to the right, for roles that had none", table.widened),
        ("Formulas of the template are carried down", table.calculated),
        ("No date format there, so dates are text", table.dates_as_text),
        *(("Not in the template's list for that column", (one,)) for one in table.unlisted),
        ("Comments stay on their cells, whatever comes there", table.comments),
        ("Merged cells were parted, for a record each", table.apart),
    ):
        if said:
            yield f"{begins}: {LIST_SEPARATOR.join(said)}."
    if table.pivots:
        yield "Pivot tables over these cells are read anew when the workbook is opened."
    for place in table.fixed_ends:
        yield f"{place} ends with the template's last row and does not take in the new rows."
    if not of and (table.comments or table.apart or table.fixed_ends):
        yield f"To leave this sheet as it is, fill a copy of it: {copies}."


def describe_filled(filled: FillResult, copies: str) -> Iterator[str]:
    """What filling does to the workbook, table by table, but for what each column is taken for."""
    for table in filled.tables:
        yield f"{describe_table(table)}:"
        yield from describe_changes_to_table(table, copies)
    yield from describe_other_changes(filled)


def describe_other_changes(filled: FillResult) -> Iterator[str]:
    """What changes in the workbook besides the tables, and what does not."""
    for one in filled.alike:
        yield (
            f"Left alone, though it looks like {sheet_of(one.kind).title} too: sheet {one.sheet}, "
            f"headers in row {one.header}."
        )
    # Excel's own names are the print area and its like; some of them nobody knows.
    shown = (
        name.removeprefix("_xlnm.").replace("_", " ") if name.startswith("_xlnm.") else name
        for name in filled.names
        if not name.startswith("_xlnm._")
    )
    if names := LIST_SEPARATOR.join(dict.fromkeys(shown)):
        yield f"Names that now cover the new rows: {names}."
    if filled.calculates:
        yield "Formulas are worked out anew when the workbook is opened."
    yield (
        "All other parts of the file stay as they are; these change: "
        f"{LIST_SEPARATOR.join(filled.parts)}."
    )


def without_place(session: Session, filled: FillResult) -> Iterator[str]:
    """What the session holds and the workbook has no place for."""
    found: dict[str, list[FoundTable]] = {}
    for one in filled.tables:
        found.setdefault(one.found.kind, []).append(one.found)
    kinds = [kind for kind in template_kinds() if kind not in (ACTIVITIES, RACI)]
    process = [one for kind in (ACTIVITIES, RACI) for one in found.get(kind, ())]
    yield from _stages_unplaced(session, process)
    for kind, places in ((ACTIVITIES, process), *((kind, found.get(kind, [])) for kind in kinds)):
        if places:
            yield from _unplaced(session, kind, places)
        elif rows := len(row_values(session, kind)):
            if kind == NEXT_STEPS and ACTIONS in found:
                yield "Next steps have no table of their own: they follow the actions."
            else:
                title = sheet_of(kind).title
                yield f"{title}: no table was found, so {_are(rows)} not in the workbook."
    if process:
        yield from _roles_unplaced(session, process)


def _are(rows: int) -> str:
    return f"{counted(rows, 'row')} {'is' if rows == 1 else 'are'}"


def _placed(places: Sequence[FoundTable]) -> set[str]:
    return {means for one in places for means in one.columns.values()}


def _counts(missing: Mapping[str, int]) -> str:
    return LIST_SEPARATOR.join(f"{name} ({count})" for name, count in missing.items() if count)


def _stages_unplaced(session: Session, places: Sequence[FoundTable]) -> Iterator[str]:
    """The stages for which there is no chart, where each chart has its own."""
    if not places or not all(one.stages for one in places):
        return
    taken = {stage for one in places for stage in one.stages}
    for stage in session.stages:
        rows = sum(one.stage == stage.id for one in session.activities)
        if rows and stage.id not in taken:
            yield f"{stage.name}: no chart was found for it, so {_are(rows)} not in the workbook."


def _unplaced(session: Session, kind: str, places: Sequence[FoundTable]) -> Iterator[str]:
    rows, placed = row_values(session, kind), _placed(places)
    if placed & {"carrier", "owner_name"}:
        placed.add("owner")
    if "responsible" in placed or any(one.roles for one in places):
        placed.add("lead")
    if all(one.headings or one.stages for one in places):
        placed.add("stage")
    missing = {
        one.header: sum(row.values.get(key) not in ("", None) for row in rows)
        for key, one in sheet_of(kind).described.items()
        if one.typed and key not in placed
    }
    if told := _counts(missing):
        yield f"{sheet_of(kind).title}: no column for {told}."


def _roles_unplaced(session: Session, places: Sequence[FoundTable]) -> Iterator[str]:
    placed = _placed(places)
    if "others" in placed or {"accountable", "consulted", "informed"} <= placed:
        return
    labels, rows = role_labels(session), row_values(session, RACI)
    missing = {
        labels[code]: sum(bool(row.values.get(f"{ROLE}{code}")) for row in rows)
        for code in role_codes(session)
        if f"{ROLE}{code}" not in placed
    }
    if told := _counts(missing):
        yield f"RACI: no column for the roles {told}."
