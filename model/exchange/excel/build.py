"""The default workbook, as bytes: every table of a session on a sheet of its own."""

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter

from model.exchange.clean import clean
from model.exchange.excel import wall_photos
from model.exchange.excel.archive import SteadyZip
from model.exchange.excel.mark import MARK
from model.exchange.excel.own_columns import by_record, with_own_columns
from model.exchange.excel.page import set_up
from model.exchange.excel.sheet import FIRST_ROW, fill, list_name
from model.exchange.excel.styles import Styles
from model.exchange.photos import Gathered
from model.session import Session, Workshop
from model.tables import Table, tables

NO_DATE = dt.date(2000, 1, 1)
"""What a workbook is dated when neither it nor the workshop has a date."""


def build(
    session: Session,
    *,
    exported_on: dt.date | None = None,
    photos: Gathered | None = None,
    mark: str = "",
) -> bytes:
    """The workbook of a session. The same session, date, photos and mark give the same bytes.

    ``mark`` is what the snapshot is known by that the workbook is compared with when it comes back.
    """
    date = exported_on or session.workshop.date or NO_DATE
    workbook = Workbook()
    styles = Styles(workbook)
    first = workbook.worksheets[0]
    found = tables(session)
    offered = _name_lists(workbook, found[-1])
    line = _line(session.workshop, exported_on)
    own = by_record(session)
    for table in (with_own_columns(one, own) for one in found):
        sheet = workbook.create_sheet(table.title)
        fill(sheet, table, line, styles, offered)
        set_up(sheet, session.workshop)
    if photos:
        wall_photos.put(workbook["Map"], photos)
    workbook.remove(first)
    _describe(workbook, session.workshop, date)
    if mark:
        # The stubs know nothing of the properties that openpyxl has known since 3.1.
        untyped: Any = workbook
        untyped.custom_doc_props.append(StringProperty(name=MARK, value=mark))
    return _packed(workbook, date)


def _name_lists(workbook: Workbook, lists: Table) -> set[str]:
    """Name the cells of each list that has values, and say which those are."""
    offered = set()
    for place, column in enumerate(lists.columns):
        count = sum(row[place] not in ("", None) for row in lists.rows)
        if count:
            letter, name = get_column_letter(place + 1), list_name(column.key)
            cells = f"'{lists.title}'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + count - 1}"
            workbook.defined_names[name] = DefinedName(name, attr_text=cells)
            offered.add(column.key)
    return offered


def _line(workshop: Workshop, exported_on: dt.date | None) -> str:
    """The line under a sheet's title: whose it is, how it is marked, and from when."""
    dated = f"exported {exported_on.day} {exported_on:%B %Y}" if exported_on else ""
    parts = (workshop.title, workshop.council, workshop.marking, dated)
    return " · ".join(part for part in parts if part)


def _describe(workbook: Workbook, workshop: Workshop, date: dt.date) -> None:
    properties = workbook.properties
    # What a screen reader says first; a file without a title is read out by its name.
    properties.title = clean(workshop.title or workshop.process) or "Process map"
    properties.subject = clean(workshop.process)
    properties.creator = clean(workshop.facilitator or workshop.council)
    properties.keywords = clean(workshop.marking)
    properties.language = "en-GB"
    properties.created = properties.modified = dt.datetime.combine(date, dt.time())


def _packed(workbook: Workbook, date: dt.date) -> bytes:
    """The file. openpyxl's own ``save`` would write the clock into it."""
    held = BytesIO()
    ExcelWriter(workbook, SteadyZip(held, date)).save()
    return held.getvalue()
