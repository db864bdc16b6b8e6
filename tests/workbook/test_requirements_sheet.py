"""What the law asks goes out as a sheet, is edited, and comes back."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from offwall.model.review.requirements import REQUIREMENTS, take_in
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store import read_session
from offwall.model.store.merge import merge
from offwall.model.store.presets.catalogues import requirements
from offwall.model.workbook.import_.proposals import accept_proposals
from tests.workbook.came_back import edited, exported, proposed, put


def correct(book: Workbook) -> None:
    put(book, "The law", 0, "Outside, because", "=1+1 [PO] is none")
    put(book, "The law", 1, "Read there on", dt.date(2026, 5, 1))
    put(book, "The law", 2, "Needs", "Payment in 20 days")
    put(book, "The law", 3, "Done by", "S1.01")


@pytest.mark.slow
def test_what_is_outside_and_what_was_read_comes_back_and_what_is_worked_out_is_told(
    sample: Path, tmp_path: Path
) -> None:
    law = take_in(WORKSHOP.change(read_session(sample), {"requirements": "yes"}), requirements())
    out = exported(law, tmp_path / "state", tmp_path / "law.xlsx")
    assert proposed(law, tmp_path / "state", edited(out, lambda _: None)).found == ()
    found = proposed(law, tmp_path / "state", edited(out, correct))
    after = accept_proposals(law, found, [one.id for one in found.found if one.unasked], {})
    first, second, third, fourth = after.requirements[:4]
    assert first.outside == "=1+1 [PO] is none"
    assert second.read_on == dt.date(2026, 5, 1)
    assert third.must == "Payment in 20 days"
    assert fourth.activity == ""
    assert after.requirements[4:] == law.requirements[4:]
    told = " ".join(map(str, found.told))
    assert "Done by" in told or "done by" in told


def test_two_who_said_different_things_of_the_law_both_have_said_them(sample: Path) -> None:
    law = take_in(WORKSHOP.change(read_session(sample), {"requirements": "yes"}), requirements())
    ours = REQUIREMENTS.change(law, "kpis", {"activity": "S1.05"})
    theirs = REQUIREMENTS.change(law, "spending", {"outside": "Not ours"})
    both = merge(law, ours, theirs).session
    assert REQUIREMENTS.find(both, "kpis").activity == law.id_by_ref["S1.05"]
    assert REQUIREMENTS.find(both, "spending").outside == "Not ours"
    assert len(both.requirements) == len(law.requirements)
    bare = read_session(sample)  # both ticked it and took the pack in
    assert merge(bare, law, law).session == law
