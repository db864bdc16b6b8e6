"""What an explored issue says goes into the workbook, and its edits come back; else no column."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from offwall.model.actions.issues import LEAVE
from offwall.model.records.session import Issue, Option, Role, Session, Stage
from offwall.model.workbook.import_.proposals import accept_proposals
from tests.workbook.came_back import columns, edited, exported, proposed, put

ISSUE = Issue(
    "i-00000001",
    "Invoices wait [PO]",
    causes="=1+1",
    options=(Option(LEAVE, "", "They wait"), Option("One form", "Quick; cheap", "-1|cmd")),
    preferred="One form",
    decides="fin",
)
SESSION = Session(
    stages=(Stage("S1", "Pay"),),
    roles=(Role("fin", "Finance"), Role("leg", "Legal")),
    issues=(ISSUE, Issue("i-00000002", "Another")),
)
HEADS = {"Causes", "Options", "Preferred option", "Who decides"}


def imported(session: Session, folder: Path, path: Path) -> Session:
    found = proposed(session, folder, path)
    return accept_proposals(session, found, [one.id for one in found.found if one.unasked], {})


def test_it_goes_out_and_comes_back_as_it_was(tmp_path: Path) -> None:
    path = exported(SESSION, tmp_path / "state", tmp_path / "out.xlsx")
    sheet = load_workbook(path)["Issues"]
    assert columns(sheet).keys() >= HEADS
    said = sheet.cell(5, columns(sheet)["Options"]).value
    assert said == f"{LEAVE}; against: They wait\nOne form; for: Quick; cheap; against: -1|cmd"
    assert sheet.cell(5, columns(sheet)["Causes"]).data_type == "s"
    assert proposed(SESSION, tmp_path / "state", path).found == ()


@pytest.mark.slow
def test_its_edits_come_back_and_an_option_that_stayed_is_the_same(tmp_path: Path) -> None:
    path = exported(SESSION, tmp_path / "state", tmp_path / "out.xlsx")

    def edit(book: Workbook) -> None:
        kept = f"{LEAVE}; against: They wait"
        put(book, "Issues", 0, "Options", f"{kept}\nTwo forms. For: each is short")
        put(book, "Issues", 0, "Who decides", "Legal")
        put(book, "Issues", 1, "Causes", "Nobody asked")

    first, second = imported(SESSION, tmp_path / "state", edited(path, edit)).issues
    assert first.options == (ISSUE.options[0], Option("Two forms", "each is short"))
    assert (first.decides, first.causes) == ("leg", "=1+1")
    assert second.causes == "Nobody asked"


def test_where_none_was_explored_there_is_no_column(tmp_path: Path) -> None:
    plain = replace(SESSION, issues=SESSION.issues[1:])
    path = exported(plain, tmp_path / "state", tmp_path / "out.xlsx")
    assert not HEADS & columns(load_workbook(path)["Issues"]).keys()
    assert proposed(plain, tmp_path / "state", path).found == ()
