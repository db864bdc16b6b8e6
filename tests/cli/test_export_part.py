"""offwall export --for: a part goes to somebody, is filled in another program, and comes back."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from offwall.model import store
from offwall.model.process.handed_out import parts_out
from offwall.model.records.session import Session
from tests.nightly import rest_at_night

PEOPLE = {"Ann Lee": ("1", "2"), "Bo Poe": ("3", "4"), "Cy Roe": ("5", "6"), "Di Fox": ("7", "8")}
"""Four people who are not on the list, each with two of the sample's eight stages."""


def handed(offwall: Any, session: Path, whom: str, *stages: str) -> Path:
    named = [word for one in stages for word in ("--stage", one)]
    target = session.with_name(f"{whom.replace(' ', '-')}.xlsx")
    said = offwall("export", session, "--for", whom, "-o", target, *named)
    assert (said.status, said.out.split(":")[0]) == (0, f"Wrote {target}"), said.err
    return target


def read(path: Path) -> Session:
    return store.read_session(path)


def column(sheet: Any, header: str) -> int:
    return next(cell.column for cell in sheet[4] if cell.value == header)


def rows(path: Path, sheet: str = "Activities") -> list[str]:
    found = load_workbook(path)[sheet]
    return [found.cell(row, column(found, "Ref")).value for row in range(5, found.max_row + 1)]


def edited(path: Path, ref: str, sheet: str, header: str, value: str) -> None:
    book = load_workbook(path)
    found = book[sheet]
    row = next(
        at
        for at in range(5, found.max_row + 1)
        if found.cell(at, column(found, "Ref")).value == ref
    )
    found.cell(row, column(found, header)).value = value
    book.save(path)


@pytest.mark.slow
def test_a_part_has_its_stages_alone_with_dropdowns_and_how_to_fill_it(
    offwall: Any, own_sample: Path
) -> None:
    part = handed(offwall, own_sample, "Ann Lee", "3", "Contract change")
    book = load_workbook(part)
    assert book.sheetnames == ["Read me", "Activities", "RACI", "Decisions", "Issues", "Lists"]
    session = read(own_sample)
    wanted = [session.ref_by_id[one.id] for key in ("S3", "S7") for one in session.by_stage[key]]
    assert rows(part) == rows(part, "RACI") == wanted
    said = "\n".join(str(cell.value) for row in book["Read me"].iter_rows() for cell in row)
    assert "Performance and Contract change: with Ann Lee since" in said
    assert "This is your part of the map." in said
    offered = {str(one.formula1) for one in book["Activities"].data_validations.dataValidation}
    assert {"list_roles", "list_documents"} <= {one.strip("=") for one in offered}


@pytest.mark.slow
@pytest.mark.parametrize("order", rest_at_night([(3, 1, 0, 2), (0, 1, 2, 3)]))
def test_four_parts_come_back_in_any_order_and_the_map_is_whole(
    offwall: Any, own_sample: Path, order: tuple[int, ...]
) -> None:
    before = read(own_sample)
    parts = [handed(offwall, own_sample, who, *stages) for who, stages in PEOPLE.items()]
    assert sorted(ref for part in parts for ref in rows(part)) == sorted(before.ref_by_id.values())
    for number, part in enumerate(parts):
        edited(part, rows(part)[0], "Activities", "Open point", f"asked by {number}")
        edited(part, rows(part)[1], "RACI", "Legal", "C")
        edited(part, rows(part)[2], "Activities", "Your comment", f"see {number}")
    assert offwall("add", own_sample, "--", "A new one /S1 @cm").status == 0
    for number in order:
        said = offwall("import", parts[number], own_sample, "--yes")
        assert said.status == 0, said.out + said.err
    after = read(own_sample)
    assert parts_out(after) == ()
    assert len(after.handed_out) == 4
    assert {one.text for one in after.remarks} >= {f"see {number}" for number in range(4)}
    points = [one.open_point for one in after.activities if one.open_point.startswith("asked by")]
    assert sorted(points) == [f"asked by {number}" for number in range(4)]
    known = {one.id for one in before.activities}
    assert [one.id for one in after.activities if one.id in known] == [
        one.id for one in before.activities
    ]
    assert [one.text for one in after.activities if one.id not in known] == ["A new one"]
    changed = [one for one in after.activities if one.id in known and one not in before.activities]
    assert len(changed) <= 8


@pytest.mark.slow
def test_all_at_once_without_an_edit_change_nothing_but_that_they_are_back(
    offwall: Any, own_sample: Path
) -> None:
    before = read(own_sample)
    parts = [handed(offwall, own_sample, who, *stages) for who, stages in PEOPLE.items()]
    said = offwall("import", *parts, own_sample, "--yes")
    assert "Accepted 4 proposals." in said.out
    after = read(own_sample)
    assert (after.activities, after.issues) == (before.activities, before.issues)
    assert "Nothing new." in offwall("import", parts[0], own_sample, "--yes").out


@pytest.mark.slow
def test_a_row_taken_out_is_missing_and_no_other_stage_is(offwall: Any, own_sample: Path) -> None:
    part = handed(offwall, own_sample, "Ann Lee", "3")
    book = load_workbook(part)
    gone = str(book["Activities"].cell(6, column(book["Activities"], "Activity")).value)
    book["Activities"].delete_rows(6)
    book.save(part)
    said = offwall("import", part, own_sample, "--dry-run")
    missing = [line for line in said.out.splitlines() if line.startswith("missing")]
    assert len(missing) == 1
    assert gone in missing[0]


@pytest.mark.slow
def test_what_both_changed_is_a_clash(offwall: Any, own_sample: Path) -> None:
    part = handed(offwall, own_sample, "Ann Lee", "3")
    edited(part, "S3.01", "Activities", "Open point", "theirs")
    text = read(own_sample).in_order
    ours = next(one for one in text if read(own_sample).ref_by_id[one.id] == "S3.01")
    content = own_sample.read_text("utf-8")
    line = f'id = "{ours.id}"\n'
    own_sample.write_text(content.replace(line, f'{line}open_point = "ours"\n', 1), "utf-8")
    said = offwall("import", part, own_sample, "--dry-run")
    assert said.out.count("conflict ") == 1


def test_whose_part_it_is_by_person_role_team_and_stage(offwall: Any, own_sample: Path) -> None:
    for whom, words in {
        "owen price": "Payment and finance and Contract change: with Owen Price since",
        "fin": "Payment and finance and Contract change: with Finance since",
        "Legal Services": "with Legal since",
        "housing": "with Housing since",
        "Performance": "Performance: with Performance since",
    }.items():
        assert words in offwall("export", own_sample, "--for", whom, "--dry-run").out
    assert read(own_sample).handed_out == ()
    for whom, words in {
        "Nobody Known": "No stage, role, person or team is called “Nobody Known”",
        "Dev Patel": "leads nothing on the map",
    }.items():
        refused = offwall("export", own_sample, "--for", whom)
        assert (refused.status, refused.out) == (2, "")
        assert words in refused.err
    assert "no stage" in offwall("export", own_sample, "--for", "Jane", "--stage", "12").err
    assert "is for somebody" in offwall("export", own_sample, "--stage", "1").err
    assert read(own_sample).handed_out == ()


@pytest.mark.slow
def test_who_has_what_since_when_is_told_by_check_and_chase_until_it_is_back(
    offwall: Any, own_sample: Path
) -> None:
    words = "Performance: with Ann Lee since"
    assert words not in offwall("check", own_sample).out
    assert "are out" not in offwall("chase", own_sample, "--dry-run").out
    handed(offwall, own_sample, "Ann Lee", "3")
    again = offwall("export", own_sample, "--for", "ann lee", "--stage", "S3")
    assert again.status == 0
    assert len(read(own_sample).handed_out) == 1
    assert offwall("check", own_sample).out.count(words) == 1
    chased = offwall("chase", own_sample, "--dry-run").out
    assert "Parts of the map that are out" in chased
    assert words in chased
    handed(offwall, own_sample, "Bo Poe", "3")
    assert offwall("set", own_sample, "part", "Ann Lee", "back=2027-02-01").status == 0
    assert words not in offwall("check", own_sample).out
    assert "Performance: with Bo Poe since" in offwall("check", own_sample).out


@pytest.mark.slow
def test_hostile_words_name_a_part_and_nothing_else(offwall: Any, own_sample: Path) -> None:
    hostile = "=1+1 [PO] ../../x"
    said = offwall("export", own_sample, "--for", hostile, "--stage", "3")
    assert said.status == 0
    (file,) = own_sample.parent.glob("*.xlsx")
    cells = [cell for row in load_workbook(file)["Read me"].iter_rows() for cell in row]
    assert any(hostile in str(one.value) for one in cells)
    assert all(one.data_type != "f" for one in cells)
    assert hostile in offwall("check", own_sample).out
    assert offwall("import", file, own_sample, "--yes").status == 0
    assert parts_out(read(own_sample)) == ()
