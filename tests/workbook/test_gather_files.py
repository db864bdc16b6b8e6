"""Files found, read, and written: what goes in comes out, cell by cell."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.files import ExportError
from offwall.model.store.session_file import read_session
from offwall.model.workbook.gather import formats
from offwall.model.workbook.gather.formats import FORMS
from offwall.model.workbook.gather.tidy_tables import (
    OF,
    empty_tables,
    find_sessions,
    gather_file,
    tidy_tables,
)

TODAY = dt.date(2026, 12, 10)
HOSTILE = (
    "=1+1",
    "#N/A",
    "[PO]",
    "[/",
    "a\x1b[31mb",
    "\u202eעברית",
    "🧾",
    " two\nlines ",
    "_x0041_",
    "'x",
)


def _write(folder: Path, ending: str, *sessions: Session) -> Path:
    target = folder / f"out{ending}"
    form = FORMS[ending]
    with form.opened(target, force=False, today=TODAY) as rows:
        for number, session in enumerate(sessions):
            rows.add([table.rows for table in tidy_tables(session, f"{number}.toml")])
    return target


def test_each_folder_and_file_is_found_once_whatever_leads_to_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for name in ("z.toml", "a.toml", ".hidden.toml", "notes.txt", "UPPER.TOML"):
        (inner / name).touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.toml").touch()
    (inner / "up").symlink_to(tmp_path)
    (tmp_path / "again.toml").symlink_to(inner / "z.toml")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "copy-1.toml").touch()
    found = find_sessions([tmp_path, inner, inner / "a.toml"], apart=tmp_path / "copies")
    seen = [path.relative_to(tmp_path).as_posix() for path in found.files]
    assert seen == ["again.toml", "gone.toml", "a/b/UPPER.TOML", "a/b/a.toml"]
    assert not found.closed


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may look anywhere")
def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o000)
    assert "shut cannot be looked into" in find_sessions([tmp_path]).closed[0]


def test_what_cannot_be_read_is_passed_over_and_the_others_are_there(
    tmp_path: Path, sample: Path
) -> None:
    contents = {
        "a.toml": sample.read_bytes(),
        "b.toml": b"x = ",
        "c.toml": b"\xff\xfe",
        "d.toml": b"",
        "e.toml": b"[tool]\nname = 'other'\n",
        "f.toml": b"format = 99\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = [*(tmp_path / name for name in contents), tmp_path / "gone.toml"]
    found = {one.file.name: one for one in map(gather_file, files)}
    assert list(found) == [path.name for path in files]
    assert [name for name, one in found.items() if not one.why] == ["a.toml"]
    assert [name for name, one in found.items() if one.why and not one.failed] == ["e.toml"]
    assert all(name in found[name].why for name in found if name != "a.toml")
    assert found["a.toml"].rows == tuple(
        t.rows for t in tidy_tables(read_session(sample), f"{tmp_path}/a.toml")
    )


def test_a_fault_in_one_file_does_not_cost_the_others(
    sample: Path, brackets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(session: Session, file: str) -> Any:
        if "brackets" in file:
            raise RecursionError("too deep")
        return tidy_tables(session, file)

    monkeypatch.setattr("offwall.model.workbook.gather.tidy_tables.tidy_tables", failing)
    good, bad = map(gather_file, [sample, brackets])
    assert good.rows
    assert bad.failed
    assert "brackets.toml could not be gathered (RecursionError: too deep)" in bad.why


@pytest.mark.slow
def test_the_workbook_holds_every_cell_as_text_number_or_date(
    tmp_path: Path, sample: Path, brackets: Path
) -> None:
    both = read_session(sample), read_session(brackets)
    book = CalamineWorkbook.from_path(str(_write(tmp_path, ".xlsx", *both)))
    assert book.sheet_names == [table.title for table in empty_tables()]
    for place, name in enumerate(book.sheet_names):
        parts = [
            tidy_tables(session, f"{number}.toml")[place] for number, session in enumerate(both)
        ]
        wanted = [["" if v is None else v for v in row] for part in parts for row in part.rows]
        heads, *rows = book.get_sheet_by_name(name).to_python()
        assert heads == [column.header for column in parts[0].columns]
        assert rows == wanted


def test_hostile_text_is_text_in_the_workbook(tmp_path: Path) -> None:
    said = tuple(Activity(f"a-{n}", "S1", text) for n, text in enumerate(HOSTILE))
    session = Session(stages=(Stage("S1", "First"),), activities=said)
    sheet = openpyxl.load_workbook(_write(tmp_path, ".xlsx", session))["Activities"]
    for row, text in enumerate(HOSTILE, 2):
        cell = sheet.cell(row, 6)
        assert cell.value == text.replace("\x1b", "\ufffd").replace("_x0041_", "_x005F_x0041_")
        assert cell.data_type == "s"
        assert cell.quotePrefix == text.startswith(("=", "'"))


@pytest.mark.slow
def test_tables_are_named_and_as_long_as_their_rows(tmp_path: Path, sample: Path) -> None:
    book = openpyxl.load_workbook(_write(tmp_path, ".xlsx", read_session(sample), Session()))
    for sheet, table in zip(book, tidy_tables(read_session(sample), "0"), strict=True):
        block = sheet.tables[table.name]
        more = 1 if table.name == "Sessions" else 0
        assert block.ref.endswith(str(len(table.rows) + 1 + more))
        assert [c.name for c in block.tableColumns] == [c.header for c in table.columns]
        assert block.autoFilter.ref == block.ref
        assert sheet.freeze_panes == "B2"


def test_dates_are_dates_and_one_before_1900_is_text(tmp_path: Path) -> None:
    early, late = (
        replace(Session(), workshop=replace(Session().workshop, date=dt.date(year, 3, 1)))
        for year in (1850, 2026)
    )
    sheet = openpyxl.load_workbook(_write(tmp_path, ".xlsx", early, late))["Sessions"]
    place = [column.key for column in OF].index("date") + 1
    assert sheet.cell(2, place).value == "1850-03-01"
    late_cell = sheet.cell(3, place)
    assert late_cell.is_date
    assert late_cell.value.date() == dt.date(2026, 3, 1)


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_written(
    tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MOST_ROWS", 60)
    with pytest.raises(ExportError, match=r"RACI has more than 59 rows.*OUT\.parquet"):
        _write(tmp_path, ".xlsx", read_session(sample))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_same_sessions_on_the_same_day_give_the_same_bytes(
    tmp_path: Path, sample: Path
) -> None:
    (tmp_path / "2").mkdir()
    first, second = (
        _write(folder, ".xlsx", read_session(sample)) for folder in (tmp_path, tmp_path / "2")
    )
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_parquet_holds_every_row_with_the_types_that_the_columns_say(
    tmp_path: Path, sample: Path, brackets: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    both = read_session(sample), read_session(brackets)
    target = _write(tmp_path, ".parquet", *both)
    for place, path in enumerate(FORMS[".parquet"].files(target)):
        found = parquet.read_table(path)
        parts = [
            tidy_tables(session, f"{number}.toml")[place] for number, session in enumerate(both)
        ]
        assert found.column_names == [column.key for column in parts[0].columns]
        kinds = {"text": "string", "int": "int64", "date": "date32[day]"}
        wanted = [kinds[column.kind] for column in parts[0].columns]
        assert [str(kind) for kind in found.schema.types] == wanted
        rows = [tuple(None if v == "" else v for v in row) for part in parts for row in part.rows]
        assert [tuple(row.values()) for row in found.to_pylist()] == rows
