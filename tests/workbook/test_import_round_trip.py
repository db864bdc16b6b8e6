"""A workbook goes out, is edited by other programs, and exactly those edits come back."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from offwall.model.records.session import Session
from offwall.model.tables.sheet import own_columns
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.proposals import ProposalKind, Proposals, accept_proposals
from offwall.model.workbook.template.fill import fill_template
from offwall.model.workbook.template.workbook_parts import stamp_mark
from offwall.model.workbook.write import export
from offwall.model.workbook.write.book import build_workbook
from tests.nightly import rest_at_night
from tests.workbook.came_back import body, columns, edited, exported, proposed, put, read, rewrite
from tests.workbook.templates import by_openpyxl

OFFICE = shutil.which("soffice") or shutil.which("libreoffice") or ""
Named = Callable[[str], Session]

CELLS: list[tuple[str, int, str, Any, tuple[str, str]]] = [
    ("Activities", 0, "Activity", "=1+1 is no sum", ("activities", "text")),
    ("Activities", 1, "Lead (responsible)", "Finance", ("activities", "lead")),
    ("Activities", 2, "Decision", "+44 or @noon?", ("activities", "decision")),
    ("Activities", 3, "Timescale", "within 3 days", ("activities", "timescale")),
    ("Activities", 4, "Note", "[PO] \N{GRINNING FACE} [/", ("activities", "note")),
    ("Activities", 5, "Documents", "Form A; Form B", ("activities", "documents")),
    ("Activities", 6, "Open point", "Ask Jane,\nthen Bob", ("activities", "open_point")),
    ("Activities", 7, "Improve", "drop", ("activities", "improve")),
    ("Activities", 9, "Consulted", "Insurance and Risk; Legal", ("activities", "consulted")),
    ("Activities", 10, "Routes", "Yes > S1.02; No > end", ("activities", "routes")),
    ("Activities", 12, "Stage", "Handover and set-up", ("activities", "*")),
    ("RACI", 14, "Legal", "C", ("activities", "consulted")),
    ("Issues", 0, "Issue", "Reworded", ("issues", "text")),
    ("Issues", 1, "Status", "closed", ("issues", "status")),
    ("Action plan", 0, "Owner (role and name)", "Finance", ("actions", "owner")),
    ("Action plan", 1, "By when", dt.date(2027, 3, 1), ("actions", "due")),
    ("Action plan", 2, "By when", "31/03/2027", ("actions", "due")),
    ("Action plan", 3, "Impact", 2, ("actions", "impact")),
    ("Action plan", 4, "Status", "done", ("actions", "status")),
    ("Action plan", 10, "Owner (role and name)", "Everybody", ("actions", "owner")),
]
"""Twenty cells, and the record and field that each is."""


def twenty(book: Workbook) -> None:
    """Edit twenty cells, add three rows, take one away, sort by the activity's words."""
    for sheet, row, header, value, _ in CELLS:
        put(book, sheet, row, header, value)
    found = book["Activities"]
    at = columns(found)
    rows = body(found)
    del rows[20]
    for words, lead in (("Alpha", "Procurement"), ("Beta", None), ("Gamma", "Zoning officer")):
        new: list[Any] = [None] * len(at)
        new[at["Activity"] - 1], new[at["Stage"] - 1] = f"{words} is new", rows[0][1]
        new[at["Lead (responsible)"] - 1] = lead
        rows.append(new)
    rewrite(found, sorted(rows, key=lambda row: str(row[at["Activity"] - 1])))


def check(session: Session, found: Proposals) -> None:
    """Exactly the twenty edits, the three rows and the role that one of them names; one missing."""
    changes = [one for one in found.found if one.kind in (ProposalKind.CHANGED, ProposalKind.MOVED)]
    said = sorted((one.collection, change.field) for one in changes for change in _first(one))
    assert said == sorted(field for *_, field in CELLS) or _with_stage(said)
    assert len(changes) == len(CELLS)
    new = sorted(one.what for one in found.found if one.kind is ProposalKind.NEW)
    assert new == ["Alpha is new", "Beta is new", "Gamma is new", "Zoning officer"]
    gone = [one.key for one in found.found if one.kind is ProposalKind.MISSING]
    assert gone == [session.in_order[20].id]
    assert len(found.found) == len(CELLS) + 5
    after = accept_proposals(session, found, [one.id for one in found.found if one.unasked], {})
    assert after.in_order[0].text == "=1+1 is no sum"
    assert set(session.activity_by_id) < set(after.activity_by_id)


def _first(one: Any) -> Any:
    return one.readings[0].changes[:1]


def _with_stage(said: list[tuple[str, str]]) -> bool:
    """A move is told by its stage or its place; either is one change."""
    wanted = sorted(field for *_, field in CELLS)
    return sorted(("activities", "*") if one[1] == "stage" else one for one in said) == wanted


@pytest.mark.slow
def test_exactly_what_was_edited_comes_back(session_of: Named, tmp_path: Path) -> None:
    session = session_of("contract-management")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")
    untouched = edited(out, lambda book: None, tmp_path / "same.xlsx")
    assert proposed(session, tmp_path / "state", out, untouched).found == ()
    back = edited(out, twenty)
    found = proposed(session, tmp_path / "state", back)
    check(session, found)
    assert any("sorted otherwise" in said for said in found.told)


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice")
@pytest.mark.parametrize("through", rest_at_night([["ods", "xlsx"], ["ods"], ["xlsx"]]))
def test_libreoffice_saves_it_and_nothing_else_changes(
    through: list[str], session_of: Named, tmp_path: Path
) -> None:
    session = session_of("contract-management")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")
    for source, expected in ((out, 0), (edited(out, twenty), 1)):
        path = source
        for number, kind in enumerate(through):
            folder = tmp_path / f"{source.stem}-{number}"
            command = [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/lo"]
            command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            path = folder / f"{path.stem}.{kind}"
        found = proposed(session, tmp_path / "state", path)
        if expected:
            check(session, found)
        else:
            assert found.found == ()


@pytest.mark.slow
def test_hostile_text_goes_out_and_comes_back_the_same(session_of: Named, tmp_path: Path) -> None:
    session = session_of("brackets")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")
    found = proposed(session, tmp_path / "state", out)
    assert found.found == ()


@pytest.mark.slow
def test_without_a_snapshot_it_is_compared_both_ways_and_said(
    session_of: Named, tmp_path: Path
) -> None:
    session = session_of("cup-of-coffee")
    out = tmp_path / "s.xlsx"
    out.write_bytes(build_workbook(session, mark="0" * 32))
    found = proposed(session, tmp_path, out)
    assert found.found == ()
    assert "compared with the session as it is" in found.told[0]
    for mark in ("", "../../etc/passwd", "0" * 31, "*"):
        assert export.find_snapshot(tmp_path, mark) is None


@pytest.mark.slow
def test_notes_and_comment_cells_are_remarks(session_of: Named, tmp_path: Path) -> None:
    session = session_of("cup-of-coffee")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")

    def comment(book: Workbook) -> None:
        book.properties.lastModifiedBy = "Jane Doe"
        put(book, "Activities", 0, "Your comment", "=SUM(A1)")
        book["Activities"].cell(6, 3).comment = Comment("Bob:\nIs it so?", "Bob")
        book["Issues"]["A1"].comment = Comment("On the title", "Bob")

    found = proposed(session, tmp_path / "state", edited(out, comment))
    first, second = (activity.id for activity in session.in_order[:2])
    changes = [one.readings[0].changes[0].new for one in found.found]
    assert {(new.on, new.by, new.text) for new in changes} == {
        (first, "Jane Doe", "=SUM(A1)"),
        (second, "Bob", "Is it so?"),
    }
    assert any("On the title" in said for said in found.told)


@pytest.mark.slow
@pytest.mark.parametrize("sheet", rest_at_night(["Roles", "People", "Words", "Documents"]))
def test_a_comment_on_a_row_of_a_list_is_a_remark_that_says_on_which(
    session_of: Named, tmp_path: Path, sheet: str
) -> None:
    session = session_of("contract-management")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")
    about = "Role" if sheet == "Roles" else ""
    first = load_workbook(out)[sheet]
    anchor = first.cell(5, columns(first)[about] if about else 1).value

    def comment(book: Workbook) -> None:
        put(book, sheet, 0, "Your comment", "=is it so?")

    (one,) = proposed(session, tmp_path / "state", edited(out, comment)).found
    assert one.kind is ProposalKind.REMARK
    assert one.readings[0].changes[0].new.text == f"{sheet}, {anchor}: =is it so?"


@pytest.mark.slow
def test_a_workbook_of_the_layout_with_a_scorecard_comes_back(
    session_of: Named, tmp_path: Path
) -> None:
    session = session_of("contract-management")
    out = exported(session, tmp_path / "state", tmp_path / "s.xlsx")

    def as_earlier(book: Workbook) -> None:
        sheet = book["Tiers"]
        table = sheet.tables["Tiers"]
        bottom = sheet.max_row
        sheet.insert_cols(1)
        sheet.cell(4, 1, "Item")
        for at in range(5, bottom + 1):
            sheet.cell(at, 1, "Tier, from")
        sheet.append(["Scorecard", None, "Harm", None, None, "weight 2"])
        sheet.append(["Contract tried", "gold", "Roads", 90_000, 18, "without VAT; Harm 4"])
        table.ref = f"A4:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        table.tableColumns = []
        put(book, "Activities", 0, "Activity", "Said otherwise")

    found = proposed(session, tmp_path / "state", edited(out, as_earlier))
    (one,) = found.found
    assert one.readings[0].changes[0].new == "Said otherwise"
    (told,) = (said for said in found.told if "Tiers" in said)
    assert "2 rows of a scorecard and of contracts tried do not come back" in told


@pytest.mark.slow
def test_a_councils_filled_workbook_comes_back_with_its_own_columns(
    session_of: Named, tmp_path: Path
) -> None:
    session = session_of("contract-management")
    state_dir = tmp_path / "state"
    theirs = tmp_path / "theirs.xlsx"
    theirs.write_bytes(by_openpyxl())
    mark = export.keep_snapshot(state_dir, session, tmp_path / "s.toml")
    filled = fill_template(theirs.read_bytes(), session, theirs.name)
    theirs.write_bytes(stamp_mark(filled.content, "theirs.xlsx", mark)[0])
    found = proposed(session, state_dir, theirs)
    assert found.found == ()
    assert not [said for said in found.told if "One step a row" not in said]

    def edit(book: Workbook) -> None:
        sheet = book["Our process"]
        sheet["F5"], sheet["F6"] = "B-100", 200
        sheet["I5"] = "C"
        sheet["D6"] = "Finance"

    back = edited(theirs, edit)
    found = proposed(session, state_dir, back)
    after = accept_proposals(session, found, [one.id for one in found.found if one.unasked], {})
    first, second = after.in_order[:2]
    assert own_columns(first.extra) == {"Budget code": "B-100"}
    assert own_columns(second.extra) == {"Budget code": "200"}
    assert (first.accountable, "hos" in first.consulted) == ("", True)
    assert second.lead == "fin"
    assert len(found.found) == 5
    again = fill_template(theirs.read_bytes(), after, theirs.name)
    filled = load_workbook(_kept(tmp_path / "again.xlsx", again.content))
    assert [filled["Our process"][cell].value for cell in ("F5", "F6")] == ["B-100", "200"]
    ours = exported(after, state_dir, tmp_path / "ours.xlsx")
    assert "Budget code" in columns(load_workbook(ours)["Activities"])
    assert proposed(after, state_dir, ours).found == ()


def _kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_workbook_never_exported_starts_a_session(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Process map, day 1"])
    sheet.append([])
    sheet.append(["Stage", "Activity", "Procurement", "Finance", "SRO", "Documents", "Priority"])
    sheet.append(["Plan", "Identify the need", "R", None, "A", "Brief; Case", "High"])
    sheet.append([None, "Write the specification", "R", "C", "A", "Spec", "Low"])
    sheet.append(["Tender", "Publish", "R, A", "I", None, None, None])
    sheet.merge_cells("A4:A5")
    path = tmp_path / "day1.xlsx"
    book.save(path)
    nothing = Session()
    copies = [read(path, None, tmp_path)]
    found = propose_changes(copies, nothing, today=dt.date(2026, 12, 10), seed="seed")
    new = accept_proposals(nothing, found, [one.id for one in found.found if one.unasked], {})
    assert [role.name for role in new.roles] == ["Procurement", "Finance", "SRO"]
    assert [new.stage_by_id[one.stage].name for one in new.activities] == ["Plan", "Plan", "Tender"]
    assert [(one.lead, one.accountable) for one in new.activities] == [
        ("pro", "sro"),
        ("pro", "sro"),
        ("pro", "pro"),
    ]
    assert own_columns(new.activities[0].extra) == {"Priority": "High"}
