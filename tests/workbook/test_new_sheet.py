"""A sheet that is added to the registry, as docs/extending.md says: built, known, read back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from offwall.model.records.session import Rhythm, Session
from offwall.model.store.toml.load import loads
from offwall.model.tables import all_sheets, header_words
from offwall.model.tables.sheet import Sheet
from offwall.model.workbook.import_.proposals import accept_proposals
from offwall.model.workbook.write.sheet import WIDER
from offwall.sample_sessions import path as sample_path
from tests.test_guide import recipe
from tests.workbook.came_back import HEADER, body, edited, exported, proposed, put

SESSION = loads(sample_path("contract-management").read_text("utf-8"))


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Sheet[Any]:
    """The recipe's sheet, in a copy of the registry: that is the one line that it takes."""
    sheet: Sheet[Any] = recipe("STAGES_SHEET")["STAGES_SHEET"]
    others = (one for one in all_sheets.SHEETS if one.key != sheet.key)
    monkeypatch.setattr(all_sheets, "SHEETS", (*others, sheet))
    return sheet


def _proposed(session: Session, tmp_path: Path, edit: Any) -> Any:
    path = exported(session, tmp_path, tmp_path / "ours.xlsx")
    return proposed(session, tmp_path, edited(path, edit))


@pytest.mark.slow
def test_the_workbook_has_it_with_widths_choices_and_a_line_in_read_me(
    stages: Sheet[Any], tmp_path: Path
) -> None:
    book = load_workbook(exported(SESSION, tmp_path, tmp_path / "ours.xlsx"))
    sheet = book["Stages"]
    assert [cell.value for cell in sheet[HEADER]] == [
        *("Stage", "How often", "About", "Activities", "Your comment", "ID")
    ]
    one = SESSION.stages[0]
    counted = len(SESSION.by_stage[one.id])
    assert body(sheet)[0] == [one.name, one.rhythm, one.about or None, counted, None, one.id]
    assert sheet.column_dimensions["C"].width == 50 * WIDER
    (offer,) = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ("=list_rhythms", f"B5:B{4 + len(SESSION.stages)}")
    assert ["Sheets", "Stages", stages.about, len(SESSION.stages)] in body(book["Read me"])


def test_its_headers_are_known_ours_first(stages: Sheet[Any]) -> None:
    assert header_words("stages")["name"] == ("Stage", "phase", "part of the process")


@pytest.mark.slow
def test_what_nobody_edited_proposes_nothing(stages: Sheet[Any], tmp_path: Path) -> None:
    assert _proposed(SESSION, tmp_path, lambda book: None).found == ()


@pytest.mark.slow
def test_its_edits_come_back_and_what_is_no_edit_is_told(
    stages: Sheet[Any], tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        put(book, "Stages", 0, "Stage", "Begin")
        put(book, "Stages", 0, "How often", "On demand")
        put(book, "Stages", 1, "How often", "often")
        put(book, "Stages", 1, "Activities", 99)
        put(book, "Stages", len(SESSION.stages), "Stage", "One more")

    found = _proposed(SESSION, tmp_path, edit)
    ids = [one.id for one in found.found]
    new = accept_proposals(SESSION, found, ids, {})
    first = replace(SESSION.stages[0], name="Begin", rhythm=Rhythm.ON_DEMAND)
    assert new == replace(SESSION, stages=(first, *SESSION.stages[1:]))
    told = "\n".join(found.told)
    assert "Stages, row 6: rhythm “often” is none of" in told
    assert "Stages, row 6: activities is worked out from the rest" in told
    last = HEADER + 1 + len(SESSION.stages)
    assert f"Stages, row {last}: is new, and no record can be added here" in told
