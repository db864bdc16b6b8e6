"""offwall import: what is listed, what is accepted, and when nothing is touched."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from offwall.model import store
from offwall.model.records.changes import diff
from offwall.model.records.session import Activity, Role, Session, Stage, Workshop
from offwall.model.store.store import Store
from offwall.model.workbook.write import export
from offwall.model.workbook.write.book import build_workbook
from offwall.tui.cli import import_
from offwall.tui.services import recent_sessions
from tests.workbook.came_back import edited, put

SESSION = Session(
    workshop=Workshop(id="w-00000000", title="Small", also_record=("timescales",)),
    stages=(Stage("S1", "Plan"),),
    roles=(Role("fin", "Finance"), Role("leg", "Legal")),
    activities=(
        Activity("a-1", "S1", "Write the plan", "fin"),
        Activity("a-2", "S1", "Agree the plan", "fin"),
        Activity("a-3", "S1", "Keep the plan", "fin"),
    ),
)


@cache
def content(mark: str) -> bytes:
    return build_workbook(SESSION, mark=mark)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A session file, and its workbook beside it."""
    path = tmp_path / "s.toml"
    store.create_session(path, SESSION)
    mark = export.keep_snapshot(recent_sessions.state_folder(), SESSION, path)
    path.with_suffix(".xlsx").write_bytes(content(mark))
    return path


def back(sent: Path, name: str = "back.xlsx", by: str = "Jane Doe") -> Path:
    """The workbook with an edit, a clash, a comment and a row taken away."""

    def edit(book: Workbook) -> None:
        book.properties.lastModifiedBy = by
        put(book, "Activities", 0, "Timescale", "=soon \x07[red]".replace("\x07", ""))
        put(book, "RACI", 1, "Finance", "A")
        put(book, "RACI", 1, "Legal", "A")
        book["Activities"]["C6"].comment = Comment("Is it so?", "Bob")
        book["Activities"].delete_rows(7)

    return edited(sent.with_suffix(".xlsx"), edit, sent.with_name(name))


@pytest.mark.slow
def test_without_a_terminal_it_lists_and_changes_nothing(offwall: Any, sent: Path) -> None:
    before = sent.read_bytes()
    said = offwall("import", back(sent), sent)
    assert said.status == 1
    assert "changed  S1.01 Write the plan: timescale: “=soon [red]”" in said.out
    assert "back.xlsx, saved by Jane Doe, Activities, row 5" in said.out
    assert "conflict S1.02 Agree the plan: 2 roles have an A" in said.out
    assert "    2 Legal is accountable" in said.out
    assert "remark   S1.02 Agree the plan: Is it so?" in said.out
    assert "missing  S1.03 Keep the plan" in said.out
    assert "proposals: 2 conflicts" in said.out
    assert "Nothing was changed." in said.err
    assert offwall("import", back(sent), sent, "--dry-run").status == 0
    assert sent.read_bytes() == before


@pytest.mark.slow
def test_yes_accepts_all_but_clashes_and_removes_nothing(offwall: Any, sent: Path) -> None:
    said = offwall("import", back(sent), sent, "--yes")
    assert said.status == 1, "a clash waits"
    assert "1 record is no longer in the workbook; nothing was removed." in said.out
    now = store.read_session(sent)
    assert now.activities[0].timescale == "=soon [red]"
    assert [(one.on, one.by, one.text) for one in now.remarks] == [("a-2", "Bob", "Is it so?")]
    fields = {(one.collection, one.field) for one in diff(SESSION, now)}
    assert fields == {("activities", "timescale"), ("remarks", "")}
    again = offwall("import", back(sent), sent, "--yes")
    assert "Accepted 0 proposals." in again.out
    assert store.read_session(sent) == now


@pytest.mark.slow
def test_what_an_open_editor_writes_meanwhile_stays(offwall: Any, sent: Path) -> None:
    """The session is opened anew and merged: nothing of the other's is lost."""
    other = Store.open(sent)
    path = back(sent)
    assert offwall("import", path, sent, "--yes").status == 1
    activities = (*other.session.activities, Activity("a-9", "S1", "Typed meanwhile"))
    merged = other.save(
        Session(
            workshop=SESSION.workshop,
            stages=SESSION.stages,
            roles=SESSION.roles,
            activities=activities,
        )
    )
    assert [one.text for one in merged.activities][-1] == "Typed meanwhile"
    assert merged.activities[0].timescale == "=soon [red]"


@pytest.mark.slow
def test_several_copies_come_back_together(offwall: Any, sent: Path) -> None:
    first, second = back(sent, "a.xlsx"), back(sent, "b.xlsx", by="John \x1b[31mSmith"[:4])
    said = offwall("import", first, second, sent, "--dry-run")
    assert "a.xlsx, saved by Jane Doe, Activities, row 5; b.xlsx, saved by John" in said.out
    assert said.out.count("“=soon [red]”") == 1


def test_a_workbook_never_exported_starts_a_session(offwall: Any, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Stage", "Activity", "Lead"], ["Plan", "Write", "Buyer"], ["Run", "Do", None]):
        sheet.append(row)
    book.save(tmp_path / "day 1.xlsx")
    assert offwall("import", "day 1.xlsx", "new.toml").status == 1
    assert not (tmp_path / "new.toml").exists()
    said = offwall("import", "day 1.xlsx", "new.toml", "--yes")
    assert (said.status, "Started new.toml." in said.out) == (0, True)
    new = store.read_session(tmp_path / "new.toml")
    assert new.workshop.title == "day 1"
    assert [(one.text, one.lead) for one in new.in_order] == [("Write", "buy"), ("Do", "")]


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "s.xlsx"),
        ("import", "none.xlsx", "s.toml"),
        ("import", "s.toml", "s.toml"),
        ("import", ".", "s.toml"),
        ("import", "s.xlsx", "no/folder/s.toml"),
        ("import", "s.xlsx", "s.xlsx"),
        ("import", "s.xlsx", "s.toml", "--yes", "--dry-run"),
    ],
)
def test_bad_usage_is_one_line(words: tuple[str, ...], offwall: Any, sent: Path) -> None:
    before = sent.read_bytes()
    said = offwall(*words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert sent.read_bytes() == before


def test_forget_removes_what_was_kept_of_exports(offwall: Any, sent: Path) -> None:
    said = offwall("forget", sent)
    assert "1 note of what was exported" in said.out
    said = offwall("import", sent.with_suffix(".xlsx"), sent, "--dry-run")
    assert "is not kept on this computer" in said.err


def test_a_copy_of_the_session_elsewhere_finds_it_too(
    offwall: Any, sent: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes(sent.read_bytes())
    assert "Nothing new." in offwall("import", sent.with_suffix(".xlsx"), copy, "--dry-run").out


@pytest.mark.slow
def test_the_screen_is_for_a_terminal_that_draws(
    offwall: Any, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("offwall.tui.__main__._open", lambda *args: opened.append(args) or 0)
    path = back(sent)
    offwall("import", path, sent, terminal=True)
    assert opened == [], "nothing is drawn to a pipe"
    monkeypatch.setattr(import_, "wants_screen", lambda args: not (args.yes or args.dry_run))
    assert offwall("import", path, sent).status == 0
    assert opened[0][0] == sent
    assert len(opened[0][2].propose(store.read_session(sent)).found) == 5
    offwall("import", path, sent, "--dry-run")
    assert len(opened) == 1


@pytest.mark.slow
def test_an_export_bears_a_mark_and_a_template_too(offwall: Any, sent: Path) -> None:
    assert offwall("export", sent, "-o", "out.xlsx").status == 0
    marks = load_workbook(sent.with_name("out.xlsx")).custom_doc_props
    assert [one.name for one in marks.props] == ["Offwall export"]
