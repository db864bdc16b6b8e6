"""What a council's workbook is taken for: printed, set, and remembered."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from offwall.model import store
from offwall.model.records.session import Activity, Role, Session, Stage
from tests.workbook.charts import HEAD, ROWS, book_of, bytes_of

SESSION = Session(
    stages=(Stage("S1", "Plan"),),
    roles=(Role("cm", "Contract Manager"), Role("fin", "Finance")),
    activities=(Activity("a-1", "S1", "Write the plan", "cm", accountable="fin"),),
)


def written(folder: Path, *rows: Any, name: str = "theirs.xlsx", title: str = "RACI") -> Path:
    path = folder / name
    path.write_bytes(bytes_of(book_of(rows, title)))
    return path


def test_a_dry_run_prints_what_was_taken_for_what(offwall: Any, tmp_path: Path) -> None:
    theirs = written(tmp_path, ("Qux", *HEAD[1:]), *ROWS)
    said = offwall("import", theirs, tmp_path / "new.toml", "--dry-run")
    assert "raci: sheet RACI, headers in row 1 (by the letters in its cells)" in said.out
    assert "    A Qux: activity" in said.out
    assert "    3 of 3 rows" in said.out
    assert not (tmp_path / "new.toml").exists()


def test_a_column_is_said_and_remembered(offwall: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    theirs = written(tmp_path, HEAD, *ROWS)
    assert offwall("import", theirs, path, "--yes", "--column", "Legal=nothing").status == 0
    session = store.read_session(path)
    assert [role.name for role in session.roles] == ["Contract Manager", "Finance"]
    assert [(one.means, one.words) for one in session.export.aliases] == [("leave", ("Legal",))]


def test_what_is_no_sheet_table_or_column_is_a_sentence(offwall: Any, tmp_path: Path) -> None:
    theirs, path = written(tmp_path, HEAD, *ROWS), tmp_path / "new.toml"
    for option, value, why in (
        ("--sheet", "Other", "it has RACI"),
        ("--table", "Other", "none with a name"),
        ("--column", "Legal=perhaps", "no column of ours"),
        ("--column", "Legal", "Their header=what it is"),
    ):
        said = offwall("import", theirs, path, "--yes", option, value)
        assert (said.status, said.out) == (2, "")
        assert why in said.err
    assert not path.exists()


def test_a_chart_that_would_stay_empty_is_not_written(offwall: Any, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    store.create_session(path, SESSION)
    theirs = written(tmp_path, ("Task", "Tester", "Coder"), *(row[:3] for row in ROWS))
    before = sorted(tmp_path.iterdir())
    said = offwall("export", path, "--template", theirs)
    assert (said.status, said.out) == (1, "")
    assert "the RACI would stay empty" in said.err
    assert sorted(tmp_path.iterdir()) == before
    columns = ("--column", "Tester=cm", "--column", "Coder=Finance")
    assert offwall("export", path, "--template", theirs, *columns).status == 0
    assert len(store.read_session(path).export.aliases) == 2
    plan = written(tmp_path, ("Action", "Owner", "Due date"), name="plan.xlsx", title="Plan")
    said = offwall("export", path, "--template", plan)
    assert said.status == 1
    assert "holds nothing for the tables" in said.err


def test_a_copy_of_a_sheet_is_filled_and_remembered(offwall: Any, tmp_path: Path) -> None:
    path, target = tmp_path / "s.toml", tmp_path / "out.xlsx"
    store.create_session(path, SESSION)
    theirs = written(tmp_path, HEAD, *ROWS)
    assert offwall("export", path, "--template", theirs, "-o", target, "--copy-sheet").status == 0
    book = load_workbook(target)
    assert book.sheetnames == ["RACI", "RACI (filled)"]
    assert [one["A2"].value for one in book] == ["Check cover", "Write the plan"]
    assert store.read_session(path).export.copy_sheet
    said = offwall("export", path, "--template", theirs, "-o", target, "--force")
    assert "This sheet is a filled copy; RACI is left as it was." in said.out
    plain = ("--force", "--no-copy-sheet")
    assert offwall("export", path, "--template", theirs, "-o", target, *plain).status == 0
    assert load_workbook(target).sheetnames == ["RACI"]
    assert not store.read_session(path).export.copy_sheet
