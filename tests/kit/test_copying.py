"""What is copied: rows as a spreadsheet takes them, and the line as it is typed."""

import csv
import io
from pathlib import Path

import pytest

from offwall.model.records.text import as_table
from offwall.tui.kit.frame import file_link
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.services import services
from tests.journey import Journey, afternoon


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), dialect="excel-tab"))


def test_a_table_has_its_titles_and_no_formula_whatever_was_typed() -> None:
    rows = [["=1+1", "+44 20", "-", "@SUM(A1)"], ["a\tb\nc", '"quoted"', "", "\x1b]52;c;x\x07"]]
    read = cells(as_table(("", "Ref", "Text", "=Lead"), rows))
    assert read[0] == ["Mark", "Ref", "Text", "'=Lead"]
    assert read[1] == ["'=1+1", "'+44 20", "'-", "'@SUM(A1)"]
    assert read[2][:3] == ["a b c", '"quoted"', ""]
    assert "\x1b" not in read[2][3]


def test_a_link_says_on_which_computer_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "hall-7")
    assert file_link(Path("/s/the plan.tsv")) == "file://hall-7/s/the%20plan.tsv"


async def copied(journey: Journey) -> tuple[str, str]:
    """What the terminal was sent, and what the file has that is named."""
    await journey.until(lambda: "it is in" in journey.app.state.said[0])
    file = journey.app.state.file
    assert file is not None
    assert str(file) in journey.app.state.said[0]
    assert file.stat().st_mode & 0o077 == 0
    return journey.app.clipboard, file.read_text(encoding="utf-8")


async def test_the_selected_are_copied_at_once_as_a_table(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "v", "j", "v", '"')
        sent, kept = await copied(journey)
        assert sent == kept
        titles, *rows = cells(sent)
        assert titles[:4] == ["Mark", "Ref", "Activity", "Lead"]
        assert [row[1] for row in rows] == ["S1.01", "S1.02"]
        assert [row[2] for row in rows] == [one.text for one in journey.session.in_order[:2]]
        assert journey.app.state.said[0].startswith("Copied 2 rows.")


@pytest.mark.slow
async def test_a_row_is_copied_as_the_line_that_makes_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", '"', "enter")
        sent, _ = await copied(journey)
        one = journey.session.in_order[0]
        assert sent.startswith(one.text)
        assert f"@{one.lead}" in sent
        await journey.press("n", *sent, "enter", "escape")
        made = journey.session.in_order[1]
        assert (made.text, made.lead, made.documents) == (one.text, one.lead, one.documents)


async def test_all_that_a_filter_shows_is_copied_and_of_the_raci_every_role(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "f", *"/S2", "enter", "j", '"', "down", "enter")
        sent, _ = await copied(journey)
        shown = journey.session.by_stage["S2"]
        assert [row[2] for row in cells(sent)[1:]] == [one.text for one in shown]
        assert journey.app.screen.query_one(ActivityTable).listed == [one.id for one in shown]
        await journey.press("g", "j", "r", "v", '"')
        await journey.until(lambda: "Copied 1 row." in journey.app.state.said[0])
        titles, row = cells(journey.app.clipboard)
        grid = journey.app.screen.query_one(RaciGrid)
        assert titles == ["Mark", "Ref", "Activity", *grid.names]
        assert len(row) == len(titles)


async def test_what_is_too_much_for_a_terminal_is_in_the_file_alone(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_SENT", 10)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "v", "j", '"')
        sent, kept = await copied(journey)
        assert not sent
        assert len(cells(kept)) == 3
        assert "2 rows are too much for a terminal" in journey.app.state.said[0]


async def test_a_heading_and_an_empty_list_copy_nothing(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", '"')
        assert not journey.app.clipboard
        assert isinstance(journey.app.focused, ActivityTable)


async def test_a_folder_that_takes_nothing_is_said(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with afternoon(own_sample) as journey:
        monkeypatch.setattr(services, "_put", refuse)
        await journey.press("2", "g", "j", "v", '"')
        await journey.until(lambda: "no file could be written" in journey.app.state.said[0])
        assert journey.app.state.said[1]
        assert journey.app.clipboard
