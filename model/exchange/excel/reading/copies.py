"""A workbook that came back, as the plain data that `model.importing` compares."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.exchange.excel.filling import Found, find_tables, read_content
from model.exchange.excel.filling.aliases import ANCHORS
from model.exchange.excel.filling.check_template import readable
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.values import Record, records
from model.exchange.excel.reading.ods import read_ods
from model.exchange.excel.reading.own_tables import edited_in_vain, own_tables
from model.exchange.excel.reading.roles_in import with_roles_of
from model.exchange.excel.reading.workbook import Workbook
from model.exchange.excel.reading.xlsx import read_xlsx
from model.exchange.excel.text import cell_text
from model.exchange.files import ExportError
from model.importing import Copy, Known, Read, Row
from model.importing.copy import BY_NAME
from model.session import Session
from model.table_kinds import ACTIONS, NEXT_STEPS, ROLE

OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
"""How an OpenDocument file goes on after the zip's first header."""

ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What comes of parts that are XML and yet no workbook's."""

Snapshot = Callable[[str], Session | None]
"""The session that a mark stands for, as far as this computer knows it."""


def read_workbook(path: Path) -> Workbook:
    """What a workbook holds, Excel's or OpenDocument's.

    Raises:
        ExportError: it is not there, something else, locked, damaged or too large.
    """
    content, name = read_content(path), path.name
    try:
        if OPEN_DOCUMENT in content[:200]:
            return read_ods(content, _open_document(content, name))
        return read_xlsx(readable(content, name))
    except ODD as error:
        raise ExportError(
            f"{name} is damaged: its cells or tables contradict each other. "
            "Open it in Excel or LibreOffice, save it anew, and use that."
        ) from error


def _open_document(content: bytes, name: str) -> Package:
    """The package of an OpenDocument spreadsheet, its parts unpacked once within limits."""
    package = Package(content, name)
    if b"opendocument.spreadsheet" not in content[:200]:
        raise ExportError(f"{name} is no spreadsheet. Save it as .xlsx or .ods.")
    manifest = package.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise ExportError(f"{name} is locked with a password. Save a copy without one.")
    return package


def copy_of(path: Path, now: Session | None, snapshot: Snapshot) -> Copy:
    """A workbook read against what it was exported from.

    ``now`` is the session as it is; None for one that the workbook is to start.

    Raises:
        ExportError: as `read_workbook`, and where no table of ours is found in it.
    """
    workbook = read_workbook(path)
    exported = snapshot(workbook.mark) if workbook.mark and now is not None else None
    base = exported or now or Session()
    named = with_roles_of(workbook.book, base)
    found = find_tables(workbook.book, named)
    ours = tuple(own_tables(workbook.book, base)) if now is not None else ()
    if not found and not ours:
        raise ExportError(
            f"{path.name}: no table for activities, RACI, issues or actions was found. Head one "
            "with words such as Activity, Lead and Documents."
        )
    known = _known(base, found) if now is not None else {}
    told: list[str] = []
    reads = (*(_read(workbook, one, known.get(one.kind, ()), told) for one in found), *ours)
    said = (*_said(workbook, exported, base, now), *told)
    return Copy(
        path.name,
        workbook.by,
        base,
        tuple(_by_name(reads, base, named)),
        workbook.comments,
        tuple(said),
    )


def _said(
    workbook: Workbook, exported: Session | None, base: Session, now: Session | None
) -> Iterator[str]:
    if now is None:
        return
    if exported is None:
        why = (
            "what it was exported from is not kept on this computer"
            if workbook.mark
            else "it does not say what it was exported from"
        )
        yield (
            f"{why}, so it was compared with the session as it is: what was changed here since "
            "looks like a change there."
        )
    elif exported.workshop.id != now.workshop.id:
        yield "it was exported from another session; look at each line before you accept it."
    yield from edited_in_vain(workbook.book, base)


def _known(base: Session, found: Iterable[Found]) -> dict[str, tuple[Known, ...]]:
    """The rows that each table was exported with."""
    kinds = {one.kind for one in found}
    together = NEXT_STEPS not in kinds
    return {
        kind: tuple(
            _as_written(one)
            for one in records(base, kind, with_next_steps=together and kind == ACTIONS)
        )
        for kind in kinds
    }


def _as_written(record: Record) -> Known:
    """A record as a cell shows it: a text that is too long was cut."""
    values = {
        key: _cell(value) if isinstance(value, str) and len(value) > 1_000 else value
        for key, value in record.values.items()
    }
    return Known(record.id, record.words, values, record.own)


def _cell(text: str) -> str:
    return cell_text(text).replace("_x005F_", "_")


def _read(workbook: Workbook, found: Found, known: tuple[Known, ...], told: list[str]) -> Read:
    sheet = workbook.book.sheet(found.sheet)
    rows = list(_rows(workbook, found, told)) if sheet else []
    return Read(
        found.kind,
        found.sheet,
        ANCHORS[found.kind],
        tuple(key for key in found.columns.values() if key != "comment"),
        tuple(found.own.values()),
        tuple(rows),
        known,
    )


def _rows(workbook: Workbook, found: Found, told: list[str]) -> Iterator[Row]:
    """The rows of a table; one whose anchor is merged with the row above only goes on with it."""
    sheet = workbook.book.sheet(found.sheet)
    merged = workbook.merged.get(found.sheet, frozenset())
    anchor = found.at[ANCHORS[found.kind]]
    worked_out = workbook.formulas.get(found.sheet, frozenset())
    for number, ours, cells in found.rows(sheet) if sheet else ():
        # What a council's own formula works out was not written by anybody.
        formulas = {said for at, said in found.own.items() if (number, at) in worked_out}
        own = {said: value for said, value in cells.items() if said not in formulas}
        if (number, anchor) in merged:
            told.append(
                f"{found.sheet}, row {number}: goes on with the row above in merged cells; only "
                "the first of them was read."
            )
        else:
            yield Row(number, ours, own)


def _by_name(reads: Iterable[Read], base: Session, named: Session) -> Iterator[Read]:
    """Tables whose new roles' columns go by the role's name: its code is made when it is taken."""
    new = {role.code: role.name for role in named.roles if role.code not in base.role_by_code}
    for read in reads:
        keys = {f"{ROLE}{code}": f"{BY_NAME}{name}" for code, name in new.items()}
        if not keys.keys() & set(read.keys):
            yield read
            continue
        yield replace(
            read,
            keys=tuple(keys.get(key, key) for key in read.keys),
            rows=tuple(replace(row, cells=_renamed(row.cells, keys)) for row in read.rows),
        )


def _renamed(cells: Any, keys: dict[str, str]) -> dict[str, Any]:
    return {keys.get(key, key): value for key, value in cells.items()}
