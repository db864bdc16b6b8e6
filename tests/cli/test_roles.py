"""offwall roles: a page a role in every format, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook


def test_hostile_words_stay_words_in_every_file(offwall: Any, own_sample: Path) -> None:
    text = own_sample.read_text("utf-8")
    hostile = "=HYPERLINK(1) </w:t> #set page(width: 1pt) [b]"
    own_sample.write_text(text.replace("Pay valid invoice", hostile), "utf-8")
    said = offwall("roles", own_sample, "-o", "out", "--role", "Finance")
    assert said.status == 0
    assert sorted(one.name for one in Path("out").iterdir()) == [
        "Finance.docx",
        "Finance.pdf",
        "every-role.xlsx",
    ]
    words = "\n".join(one.text for one in Document("out/Finance.docx").paragraphs)
    assert hostile in words
    book = load_workbook("out/every-role.xlsx")
    assert book.sheetnames == ["By role"]
    cells = [cell for row in book["By role"].iter_rows() for cell in row]
    assert {one.value for one in cells if one.value and "HYPERLINK" in str(one.value)} == {hostile}
    assert all(one.data_type != "f" for one in cells)


@pytest.mark.slow
def test_pages_of_all_roles_and_what_is_refused(offwall: Any, own_sample: Path) -> None:
    assert offwall("roles", own_sample, "-o", "out").out.startswith("Wrote out: 11 pages")
    again = offwall("roles", own_sample, "-o", "out")
    assert (again.status, again.out) == (2, "")
    assert "is already there" in again.err
    assert "There is no tier" in offwall("roles", own_sample, "--tier", "tin").err
    assert "No role is called" in offwall("roles", own_sample, "--role", "juggler").err
    assert not own_sample.with_name("contract-management-roles").exists()


def test_an_empty_session_says_that_nothing_is_recorded(offwall: Any, wall: Path) -> None:
    said = offwall("roles", wall)
    assert (said.status, said.out) == (2, "")
    assert "nothing is recorded for any role yet" in said.err
