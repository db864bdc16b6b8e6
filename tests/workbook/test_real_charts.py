"""Charts of the kinds that people keep in public: each read whole, or told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.charts import HEAD, ROWS, TEXTS, Started, book_of

Rows = Sequence[Sequence[Any]]


def started(folder: Path, *rows: Sequence[Any], title: str = "Sheet1") -> Started:
    return Started(folder, book_of(rows, title))


def test_roles_whose_short_names_are_letters_of_a_raci_head_their_columns(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Activity", "IR", "VM", "SOC", "Mgmt"),
        ("RECEIPT", None, None, None, None),
        ("Receive the notice", "A", "R", "I", "I"),
        ("Find who is affected", "I", "R/A", "C", "I"),
        ("CLOSURE", None, None, None, None),
        ("Close the notice", "R/A", "I", "C", "I"),
    )
    assert found.roles == ["IR", "VM", "SOC", "Mgmt"]
    assert found.stages == ["RECEIPT", "CLOSURE"]
    assert found.who("Close the notice", "accountable") == "IR"


def test_rows_that_lack_letters_or_hold_dashes_are_no_headers(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Activity", "Producer", "Collector", "Regulator", "Office"),
        ("Number the device", "R", "-", "-", "S"),
        ("Collect it", "-", "R", "M", "S"),
        ("Hand it over", "I", "R", "M", "A"),
        ("Check the rules", "A", "C", "R", "S"),
    )
    assert len(found.texts) == 4
    assert "Regulator" in found.roles
    assert found.who("Check the rules", "lead") == "Regulator"
    assert "row 3: “M” is no letter of the RACI" in found.told
    assert "row 3: “S”: S is who supports" in found.told


@pytest.mark.parametrize("corner", ["Decision / action", "Área", "Xyz"])
def test_names_under_r_a_c_i_are_people(tmp_path: Path, corner: str) -> None:
    found = started(
        tmp_path,
        (corner, "R", "A", "C", "I"),
        ("Declare an event", "Duty lead", "Chief officer", "Legal, Finance", "All staff"),
        ("Tell the public", "Press office", "Chief officer", "Legal", "–"),
        ("Stand down", "Duty lead", "Chief officer", "Legal/Finance", "All staff"),
    )
    assert found.texts == ["Declare an event", "Tell the public", "Stand down"]
    assert found.who("Stand down", "lead") == "Duty lead"
    assert found.who("Stand down", "consulted") == ["Legal", "Finance"]
    assert found.who("Tell the public", "informed") == []


def test_numbered_headings_name_their_stage_by_its_words(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("ID", "Activity", "Manager", "Team", "Sponsor"),
        ("SPM 1.0", "Start", None, None, None),
        ("SPM 1.1", "Write the brief", "R", None, "A"),
        ("SPM 1.2", "Name a manager", "I", None, "R/A"),
        ("SPM 2.0", "Planning", None, None, None),
        ("SPM 2.1", "Plan the work", "R/A", "C", "I"),
        ("SPM 2.2", "Add the tasks", "A", "R", None),
    )
    assert found.stages == ["Start", "Planning"]


def test_notes_beside_letters_are_notes_and_letters_in_brackets_letters(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Activity", "Supplier", "Council", "Board", "Notes"),
        ("Own the form", "R (build)", "A (approve)", "C", "Who decides?"),
        ("Open the window", "[R], (A)", "C (if large)", "Not applicable", None),
        ("Close the window", "TBC", "R (assist)", "A", None),
    )
    assert found.who("Own the form", "lead") == "Supplier"
    assert found.who("Own the form", "accountable") == "Council"
    assert found.who("Open the window", "accountable") == "Supplier"
    assert found.who("Open the window", "consulted") == ["Council"]
    assert found.who("Close the window", "also") == []


def test_a_key_above_a_chart_is_no_chart_and_two_charts_are_two_stages(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Letter", "Name", "Description"),
        ("R", "Responsible", "Works on the task"),
        ("A", "Accountable", "Signs it off"),
        ("C", "Consulted", "Is asked"),
        ("I", "Informed", "Is told"),
        (),
        ("Document", "Manager", "Writer", "Client"),
        ("Brief", "I", "R", "A / R"),
        ("Charter", "A / R", "C / I", "C"),
        (),
        ("Meeting", "Manager", "Writer", "Client"),
        ("Kick-off", "A/R", "R", "C"),
        ("Review", "R", "I", "A"),
    )
    assert found.texts == ["Brief", "Charter", "Kick-off", "Review"]
    assert found.stages == ["Document", "Meeting"]
    assert found.who("Charter", "informed") == ["Writer"]


def test_bold_marks_and_two_who_are_accountable(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Workstream", "**Analyst**", "**Board**", "**Office**"),
        ("Sign the charter", "**R**", "**A**", "C"),
        ("Check the figures", "R/A", "I", "A (late only)"),
    )
    assert found.roles == ["Analyst", "Board", "Office"]
    assert found.who("Sign the charter", "accountable") == "Board"
    assert found.who("Check the figures", "accountable") == "", "which of two is asked"


def test_a_register_of_findings_is_a_plan_where_it_plans(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Item ID", "Weakness", "Responsible Role", "Planned Action", "Target Date", "Status"),
        ("P-7", "Nobody signs", "Platform lead", "Name who signs", "2027-08-13", "✅ Closed"),
        ("P-8", "Keys are old", "IT operations", "Change all keys", "Weekly", "🔄 In progress"),
    )
    assert [(one.text, one.status) for one in found.session.actions] == [
        ("Name who signs", "done"),
        ("Change all keys", "doing"),
    ]
    assert "Weekly" in str(found.session.actions[1].extra)


OTHERS = {
    "Grades": [("Pupil", "Maths", "Art"), ("Ann", "A", "C"), ("Bo", "C", "A"), ("Cy", "A", "C")],
    "Rights": [
        ("Form", "Admin", "Clerk", "Public"),
        ("Rates", "CRUD", "R", "R"),
        ("Users", "CRUD", "R", None),
        ("Reports", "CR", "R", "R"),
    ],
    "Versions": [
        ("Version", "Date", "Author", "Changes"),
        ("0.1", "16 Nov 2026", "J. Smith", "First draft for comment"),
        ("0.2", "1 Dec 2026", "A. Jones", "Comments of the board taken in"),
    ],
    "Talks": [
        ("Audience", "What", "Channel", "Frequency", "Owner"),
        ("Board", "Progress report", "Email", "Monthly", "Manager"),
        ("Staff", "Newsletter", "Intranet", "Weekly", "Office"),
    ],
    "Survey": [("Question", "Agree", "Disagree"), ("It is clear", 12, 3), ("I know who", 4, 11)],
}
"""Sheets that stand beside a chart and are none of ours."""


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none_of_ours_is_left_and_told(tmp_path: Path, name: str) -> None:
    book = book_of([HEAD, *ROWS])
    sheet = book.create_sheet(name)
    for row in OTHERS[name]:
        sheet.append(row)
    found = Started(tmp_path, book)
    assert found.texts == TEXTS
    assert not found.session.actions
    assert not found.session.issues
    assert f"No table of ours was found on {name}; nothing there was read." in found.told


def test_a_register_of_risks_is_a_log_of_issues(tmp_path: Path) -> None:
    found = started(
        tmp_path,
        ("Risk ID", "Risk", "Likelihood", "Impact", "Mitigation", "Owner", "Status"),
        ("R1", "Supplier fails", 3, 5, "Watch what they publish", "Finance", "Open"),
        ("R2", "Data is lost", 1, 5, "Back it up every night", "IT", "Closed"),
        title="Risks",
    )
    assert [one.text for one in found.session.issues] == ["Supplier fails", "Data is lost"]
