"""Charts, plans and logs of councils that never used Offwall: known by what stands in them."""

from pathlib import Path
from typing import Any

import pytest

from offwall.model.store import ExportError
from tests.workbook.charts import HEAD, ROWS, TEXTS, Rows, Started, book_of

BOTH = pytest.mark.parametrize("how", ["xlsx", "ods"])


@pytest.mark.parametrize(
    "head",
    ["Project Activity", "Task/Deliverable", "Name", "Aufgabe", "Qux", "Step\nnew or existing", ""],
)
@BOTH
def test_letters_beside_texts_are_a_chart_whatever_heads_them(
    tmp_path: Path, head: str, how: str
) -> None:
    found = Started(tmp_path, book_of([(head, *HEAD[1:]), *ROWS], "Sheet1"), how)
    assert found.texts == TEXTS
    assert found.roles == ["Contract Manager", "Finance", "Legal"]
    assert found.who("Check cover", "accountable") == "Legal"
    assert found.who("File papers", "informed") == ["Legal"]


@pytest.mark.parametrize(
    ("said", "field", "who"),
    [
        *(("r", "lead", "Legal"), ("R/A", "accountable", "Legal"), ("A,R", "lead", "Legal")),
        *(
            ("RA", "accountable", "Legal"),
            ("R (lead)", "lead", "Legal"),
            ("(A)", "accountable", "Legal"),
        ),
        *(("A*", "accountable", "Legal"), ("Responsible", "lead", "Legal")),
        *(("Consulted, Informed", "consulted", ["Legal"]), ("C/S", "consulted", ["Legal"])),
    ],
)
@BOTH
def test_letters_as_people_write_them(
    tmp_path: Path, said: str, field: str, who: Any, how: str
) -> None:
    rows = [HEAD, ("Renew", None, "I", said), *ROWS]
    assert Started(tmp_path, book_of(rows), how).who("Renew", field) == who


def test_who_supports_has_no_letter_here_and_it_is_said(tmp_path: Path) -> None:
    rows = [HEAD, ("Renew", "R", "A", "C/S"), *ROWS]
    found = Started(tmp_path, book_of(rows))
    assert found.who("Renew", "consulted") == ["Legal"]
    assert "“C/S”: S is who supports" in found.told


def test_owner_and_approver_over_letters_are_roles(tmp_path: Path) -> None:
    found = Started(tmp_path, book_of([("Activity", "Owner", "Approver", "Lead"), *ROWS]))
    assert found.roles == ["Owner", "Approver", "Lead"]
    assert found.who("Check cover", "lead") == "Owner"


@pytest.mark.parametrize("odd", ["N/A", "-", "see note", 3, "Q"])
def test_one_odd_cell_takes_nothing_else_away(tmp_path: Path, odd: Any) -> None:
    rows = [HEAD, ROWS[0], ("Chase premium", "R", "A", odd), ROWS[2]]
    found = Started(tmp_path, book_of(rows))
    assert found.texts == TEXTS
    assert found.who("Check cover", "accountable") == "Legal"
    assert found.who("File papers", "informed") == ["Legal"]
    if odd in ("see note", 3, "Q"):
        assert str(odd) in found.told
        assert "row 3" in found.told


def test_marks_are_told_and_with_a_key_are_read(tmp_path: Path) -> None:
    ticks = [HEAD, *((row[0], "✓", "x" if row[1:] else None, None) for row in ROWS)]
    with pytest.raises(ExportError, match="“✓ = Responsible”"):
        Started(tmp_path, book_of(ticks))
    keyed = [*ticks, [], ["✓ = Responsible"], ["x = Accountable"]]
    found = Started(tmp_path, book_of(keyed))
    assert found.texts == TEXTS
    assert found.who("File papers", "accountable") == "Finance"


@BOTH
def test_blank_rows_part_nothing(tmp_path: Path, how: str) -> None:
    rows: list[Any] = [HEAD, *ROWS[:2], [], ROWS[2], [], [], ("Renew", "A", "R", "C")]
    found = Started(tmp_path, book_of(rows), how)
    assert found.texts == [*TEXTS, "Renew"]
    assert found.who("Renew", "accountable") == "Contract Manager"


@BOTH
def test_rows_of_text_between_letters_head_stages(tmp_path: Path, how: str) -> None:
    rows = [HEAD, ("Phase 1: Before",), *ROWS[:2], ("Phase 2: After",), ROWS[2]]
    found = Started(tmp_path, book_of(rows), how)
    assert found.texts == TEXTS
    assert found.stages == ["Phase 1: Before", "Phase 2: After"]
    assert "row 5" in found.told


def test_a_merged_row_heads_a_stage_and_a_lone_one_is_an_activity(tmp_path: Path) -> None:
    rows = [HEAD, ("Before",), *ROWS[:2], ("After",), ROWS[2]]
    found = Started(tmp_path, book_of(rows, merges=["A2:D2", "A5:D5"]))
    assert found.stages == ["Before", "After"]
    rows = [HEAD, *ROWS[:2], ("Ask the board",), ROWS[2]]
    found = Started(tmp_path, book_of(rows))
    assert found.texts == [*TEXTS[:2], "Ask the board", TEXTS[2]]
    assert "“Ask the board” has no letters" in found.told


def test_names_under_the_roles_and_groups_over_them(tmp_path: Path) -> None:
    named = [HEAD, (None, "A. Person", "B. Person", "C. Person"), *ROWS]
    assert Started(tmp_path, book_of(named)).roles == ["Contract Manager", "Finance", "Legal"]
    grouped = [(None, "Council", None, "Outside"), HEAD, *ROWS]
    found = Started(tmp_path, book_of(grouped, merges=["B1:C1"]))
    assert found.roles == ["Contract Manager", "Finance", "Legal"]
    twice = [(None, "Council", "Supplier", None), ("Task", "Lead", "Lead", "Legal"), *ROWS]
    assert Started(tmp_path, book_of(twice)).roles == [
        *("Lead (Council)", "Lead (Supplier)", "Legal"),
    ]


def test_counts_and_keys_are_no_activities(tmp_path: Path) -> None:
    counts = [HEAD, *ROWS, ("Number of R", 3, 0, 0), (), ("R = Responsible",), ("Signed off",)]
    found = Started(tmp_path, book_of(counts))
    assert found.texts == TEXTS
    assert "row 5: “Number of R” was left alone (numbers)" in found.told
    assert "“Signed off” stands below" in found.told
    beside = [
        (*HEAD, None, "R", "Responsible"),
        *((*row, None, "A", "Accountable") for row in ROWS),
    ]
    assert Started(tmp_path, book_of(beside)).roles == ["Contract Manager", "Finance", "Legal"]


def two_below() -> Rows:
    return [("Before",), HEAD, *ROWS[:2], [], ("After",), HEAD, ROWS[2]]


@BOTH
def test_several_charts_are_all_read(tmp_path: Path, how: str) -> None:
    found = Started(tmp_path, book_of(two_below()), how)
    assert found.texts == TEXTS
    assert found.stages == ["Before", "After"]
    assert len(found.roles) == 3
    beside = [(*HEAD, None, *HEAD), *((*row, None, f"{row[0]} again", *row[1:]) for row in ROWS)]
    found = Started(tmp_path, book_of(beside), how)
    assert found.texts == [*TEXTS, *(f"{text} again" for text in TEXTS)]
    book = book_of([HEAD, *ROWS])
    more = book.create_sheet("Part two")
    for row in (HEAD, ("Renew", "A", "R", "C"), ("Close", "R", "A", "I")):
        more.append(row)
    found = Started(tmp_path, book, how)
    assert found.texts == [*TEXTS, "Renew", "Close"]


def test_a_turned_chart_is_read(tmp_path: Path) -> None:
    rows = [("Role", *TEXTS), *zip(HEAD[1:], *(row[1:] for row in ROWS), strict=True)]
    found = Started(tmp_path, book_of(rows))
    assert found.texts == TEXTS
    assert found.who("Chase premium", "accountable") == "Finance"


def test_the_same_words_in_other_stages_are_other_activities(tmp_path: Path) -> None:
    rows = [
        ("Stage", *HEAD),
        *((at, "Review", *row[1:]) for at, row in zip("XYZ", ROWS, strict=True)),
    ]
    found = Started(tmp_path, book_of(rows))
    assert found.texts == ["Review"] * 3
    assert found.stages == ["X", "Y", "Z"]
    assert found.who("Review", "accountable", 1) == "Finance"


def test_roles_that_differ_in_signs_are_two_and_that_look_the_same_are_one(tmp_path: Path) -> None:
    head = ("Activity", "Contract Manager", "Stakeholder *", "Stakeholder **")
    found = Started(tmp_path, book_of([head, *ROWS]))
    assert found.who("Check cover", "accountable") == "Stakeholder **"
    rows = [
        ("Activity", "Lead", "Informed"),
        ("Check cover", "Contract Manager", "Children’s Services"),
        ("Chase premium", "Contract\xa0Manager", "Children's Services"),
        ("File papers", "Contract Manager\u200b", None),
    ]
    roles = Started(tmp_path, book_of(rows)).roles
    assert sorted(roles) == ["Children’s Services", "Contract Manager"]


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("Head of Design (UX/UI)", ["Head of Design (UX/UI)"]),
        ("Health and Safety", ["Health and Safety"]),
        ("Research & Development", ["Research & Development"]),
        ("1. Procurement\n2. Insurance", ["Procurement", "Insurance"]),
        ("• Finance\n• Legal", ["Finance", "Legal"]),
        ("Finance, Legal", ["Finance", "Legal"]),
        ("Finance and Legal", ["Finance", "Legal"]),
        ("Finance / Audit", ["Finance", "Audit"]),
        ("Terms and Conditions Team", ["Terms and Conditions Team"]),
        ("HR/OD and Payroll", ["HR/OD and Payroll"]),
        ("Assets (Plant & Debt), Legal", ["Assets (Plant & Debt)", "Legal"]),
        ("a) Finance\nb) Legal", ["Finance", "Legal"]),
        ("**Finance**", ["Finance"]),
        ("N/A", []),
        ("Not applicable", []),
    ],
)
def test_names_are_cut_only_where_the_parts_are_known(
    tmp_path: Path, said: str, roles: list[str]
) -> None:
    rows = [
        ("Activity", "Responsible", "Accountable", "Consulted", "Informed"),
        ("Begin", "Finance", "Legal", None, None),
        ("Check cover", "Legal", "Finance", said, None),
    ]
    assert Started(tmp_path, book_of(rows)).who("Check cover", "consulted") == roles


@BOTH
def test_a_log_with_an_issue_id_is_a_log_of_issues(tmp_path: Path, how: str) -> None:
    head = ("Issue ID", "Description", "Impact", "Priority", "Owner", "Actions", "Completion date")
    rows = [head, ("1", "No sign-off rule", 4, "High", "Legal", "Write a scheme", None)]
    found = Started(tmp_path, book_of(rows, "Issue log"), how)
    assert [one.text for one in found.session.issues] == ["No sign-off rule"]


STATUSES = {
    "Closed": "done",
    "Complete": "done",
    "Cancelled": "dropped",
    "In progress": "doing",
    "On hold": "open",
    "Overdue": "open",
    "Deferred": "open",
    "40%": "doing",
    "100%": "done",
    "0%": "open",
    "✅ Complete": "done",
    "⏳ In Progress": "doing",
    "in_progress": "doing",
    "Not started": "open",
    "Blocked": "open",
    0.4: "doing",
    1: "done",
}


@BOTH
def test_words_of_others_for_a_status(tmp_path: Path, how: str) -> None:
    head = ("No", "Action", "Owner", "Target date", "Status")
    rows = [(at, f"Do {at}", "Legal", "6 Jan 2027", said) for at, said in enumerate(STATUSES)]
    found = Started(tmp_path, book_of([head, *rows], "Action plan"), how)
    assert [one.status for one in found.session.actions] == list(STATUSES.values())
    assert "“On hold” was read as open" in found.told
    assert "Cancelled" not in found.told


@pytest.mark.parametrize(
    "said", ["ASAP", "Ongoing", "Before winter", "End of Q2", "Q2 2027", "Mar-27", "in 2 weeks"]
)
def test_a_date_in_words_is_kept_as_words(tmp_path: Path, said: str) -> None:
    head = ("Action", "Owner", "Target date")
    rows = [head, ("Write a scheme", "Legal", said), [], ("Fix dates", "Finance", "6 Feb 2027")]
    found = Started(tmp_path, book_of(rows, "Actions"))
    first, second = found.session.actions
    assert first.due is None
    assert said in str(first.extra)
    assert str(second.due) == "2027-02-06"
    assert f"row 2: due “{said}” is no date" in found.told


def test_what_a_column_is_can_be_said(tmp_path: Path) -> None:
    found = Started(tmp_path, book_of([HEAD, *ROWS]), "xlsx", "Legal=nothing")
    assert found.roles == ["Contract Manager", "Finance"]
    assert "D Legal: kept as it is" in found.mapping
    assert "3 of 3 rows" in found.mapping
    rows = [("Deed", "Captain", "Colour"), ("Check cover", "Finance", "red")]
    with pytest.raises(ExportError, match="no table"):
        Started(tmp_path, book_of(rows, "Sheet1"))
    said = ("Deed=activity", "Captain=lead", "Colour=documents")
    found = Started(tmp_path, book_of(rows, "Sheet1"), "xlsx", *said)
    assert found.texts == ["Check cover"]
    with pytest.raises(ExportError, match="no column of ours"):
        Started(tmp_path, book_of(rows), "xlsx", "Deed=nonsense")


def test_a_text_too_long_for_a_session_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    rows = [("Activity", "Lead", "Note"), ("One", "Legal", "x" * 10_001), ("Two", "Legal", "short")]
    found = Started(tmp_path, book_of(rows, "Activities"))
    assert [one.note for one in found.session.activities] == ["", "short"]
    assert "row 2: note has 10,001 characters" in found.told


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_text_of_values_is_read_like_a_sheet(tmp_path: Path, between: str) -> None:
    from offwall.model.workbook.read.edited_copy import read_workbook

    path = tmp_path / "chart.csv"
    lines = [between.join(row) for row in (HEAD, *ROWS)]
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    (sheet,) = read_workbook(path).book.sheets
    assert sheet.row(2) == dict(enumerate(ROWS[0], 1))
    path.write_bytes(b"\0\1\2\xff\x81")
    with pytest.raises(ExportError, match="no text"):
        read_workbook(path)


@BOTH
def test_days_on_which_something_began_or_ended_are_no_target(tmp_path: Path, how: str) -> None:
    rows = [
        ("Task", "Start", "End", "Owner"),
        ("Dig the hole", "2027-01-01", "2027-01-05", "Ann"),
        ("Fill the hole", "2027-01-06", "2027-01-09", "Ann"),
    ]
    found = Started(tmp_path, book_of(rows, "Sheet1"), how)
    assert [str(one.due) for one in found.session.actions] == ["2027-01-05", "2027-01-09"]


def test_a_log_with_days_and_people_is_still_one_of_issues(tmp_path: Path) -> None:
    rows = [
        ("Issue log",),
        ("#", "Date", "Issue Description", "Raised By", "Priority", "Assigned To", "Status"),
        (1, "01/02/2027", "Printer broken", "Ann", "High", "Bob", "Open"),
        (2, "02/02/2027", "No chairs", "Cid", "Low", "Dan", "Closed"),
    ]
    found = Started(tmp_path, book_of(rows, "Issues"))
    assert [(one.text, one.raised_by) for one in found.session.issues] == [
        ("Printer broken", "Ann"),
        ("No chairs", "Cid"),
    ]
    assert not found.session.actions
    rows = [
        ("Risk ID", "Risk Description", "Category", "Owner", "Status"),
        ("R1", "Fire", "Health", "Ann", "Open"),
    ]
    found = Started(tmp_path, book_of(rows, "Sheet1"))
    assert [one.text for one in found.session.issues] == ["Fire"]
    assert "Health" in str(found.session.issues[0].extra)
    assert not found.told


def test_what_was_not_read_is_told(tmp_path: Path) -> None:
    book = book_of(
        [("Action", "Owner", "Due date"), ("Write it", "Legal", "6 Jan 2027")], "Actions"
    )
    sheet = book.worksheets[0]
    for row in range(20, 22):
        sheet.cell(row, 1, "Much later")
        sheet.cell(row, 2, "Finance")
    other = book.create_sheet("Prices")
    other.append(["Apples", 3])
    other.append(["Pears", 4])
    found = Started(tmp_path, book)
    assert "rows 20 to 21 stand below the table" in found.told
    assert "No table of ours was found on Prices" in found.told


def test_a_mark_with_more_beside_it_gives_its_letter_and_is_told(tmp_path: Path) -> None:
    rows = [HEAD, ("Renew", "R", "A/V", "C - the board"), *ROWS]
    found = Started(tmp_path, book_of(rows))
    assert found.who("Renew", "accountable") == "Finance"
    assert found.who("Renew", "consulted") == ["Legal"]
    assert "“A/V” is no letter of the RACI; A was read" in found.told


def test_two_who_are_responsible_both_do_the_work_until_one_leads(tmp_path: Path) -> None:
    found = Started(tmp_path, book_of([HEAD, ("Renew", "R", "R", "A"), *ROWS]))
    assert found.who("Renew", "also") == ["Contract Manager", "Finance"]
    assert found.who("Renew", "lead") == ""
