"""What a workbook was taken for, seen and corrected by keys: when it is read, when it is filled."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from offwall.model import store
from offwall.model.records.session import Activity, Role, Session, Stage
from offwall.model.workbook.template.choice import AS_IT_IS
from offwall.tui.kit.context import Context
from offwall.tui.review.import_screen import ImportList, ImportScreen
from offwall.tui.review.mapping_screen import FillingScreen, MappingList, MappingScreen
from offwall.tui.services.workbooks import read_workbooks
from tests.journey import TODAY, Journey, afternoon
from tests.workbook.charts import book_of, bytes_of

ROLES = (Role("cm", "Contract manager"), Role("fin", "Finance"))
SESSION = Session(
    stages=(Stage("S1", "Plan"),),
    roles=ROLES,
    activities=(Activity("a-1", "S1", "Write the plan", "cm", accountable="fin"),),
)

ODD = (
    ("Zub", "Qux", "Wem"),
    ("check the cover", "Finance", "before renewal"),
    ("chase the premium", "Contract manager", "each quarter"),
    ("hours in all", "", "12"),
)
"""A table whose headers tell nothing."""


def written(folder: Path, rows: Sequence[Any], name: str = "theirs.xlsx") -> Path:
    path = folder / name
    path.write_bytes(bytes_of(book_of(rows, "Tab")))
    return path


def session_file(folder: Path, session: Session) -> Path:
    path = folder / "s.toml"
    store.create_session(path, session)
    return path


async def begin(journey: Journey, *paths: Path, starts: bool = False) -> None:
    context = Context(lambda: "seed", lambda: TODAY)
    imports = journey.app.services.imports
    imports.begin(read_workbooks(paths, AS_IT_IS, context, starts=starts))
    journey.app._show(imports.open())
    await looked_through(journey)


async def looked_through(journey: Journey) -> None:
    """Wait for what is worked out beside the keys, and for the screen that it leads to."""

    def done() -> bool:
        proposed = journey.app.state.importing is None or journey.app.state.proposals is not None
        return proposed and not any(
            one._latest.busy for one in journey.app.screen.query(MappingList)
        )

    await journey.until(done)
    await journey.until(done)


async def press(journey: Journey, *keys: str) -> None:
    await journey.press(*keys)
    await looked_through(journey)


async def choose(journey: Journey, words: str) -> None:
    """Choose from a list of answers by its words."""
    from textual.widgets import OptionList

    options = journey.app.screen.query_one(OptionList)
    texts = [str(option.prompt) for option in options.options]
    at = next(at for at, one in enumerate(texts) if words in one)
    await press(journey, *["j"] * at, "enter")


@pytest.mark.slow
async def test_a_workbook_whose_headers_tell_nothing_is_read_by_what_people_say(
    tmp_path: Path,
) -> None:
    path, theirs = session_file(tmp_path, Session(roles=ROLES)), written(tmp_path, ODD)
    async with afternoon(path) as journey:
        await begin(journey, theirs)
        assert isinstance(journey.app.screen, MappingScreen)
        seen = journey.seen()
        assert "no table was found; row 1 may be its headers" in seen
        assert "Zub" in seen
        assert "check the cover" in seen
        await press(journey, "j", "enter")
        await choose(journey, "Each row is an activity")
        await press(journey, "j", "enter")
        await choose(journey, "Lead")
        found = journey.app.screen.query_one(MappingList)
        assert "what was said" in journey.seen()
        await press(journey, "G", "x")
        assert found.record.line.means == "left out"
        await press(journey, "q")
        assert isinstance(journey.app.screen, ImportScreen)
        await press(journey, "A")
        new = journey.on_disk()
        assert [(one.text, one.lead) for one in new.activities] == [
            ("check the cover", "fin"),
            ("chase the premium", "cm"),
        ]
    assert openpyxl.load_workbook(theirs)["Tab"]["A1"].value == "Zub"


@pytest.mark.slow
async def test_another_sheet_another_header_row_and_a_stage(tmp_path: Path) -> None:
    book = book_of([("nothing", "here")], "First")
    sheet = book.create_sheet("Chart")
    for row in (
        ("Zub", "Qux", "Wem"),
        ("what", "one", "two"),
        ("Before the start", None, None),
        ("check the cover", "R", "A"),
        ("chase the premium", "A", "R"),
    ):
        sheet.append(row)
    theirs = tmp_path / "theirs.xlsx"
    theirs.write_bytes(bytes_of(book))
    async with afternoon(session_file(tmp_path, Session())) as journey:
        await begin(journey, theirs)
        await press(journey, "c")
        assert isinstance(journey.app.screen, MappingScreen)
        shown = journey.app.screen.query_one(MappingList)
        assert shown.sheet.name == "Chart", "the first that holds a table"
        await press(journey, "l")
        assert shown.sheet.name == "First"
        await press(journey, "h")
        shown.stand_on("row:1")
        await press(journey, "enter")
        await choose(journey, "The headers of activities, or a RACI")
        headers = [line.said for line in shown.sheet.tables[0].columns]
        assert headers[:3] == ["Zub", "Qux", "Wem"]
        shown.stand_on("row:3")
        await press(journey, "enter")
        await choose(journey, "The heading of a stage")
        await press(journey, "q")
        await press(journey, "A")
        session = journey.session
        assert [role.name for role in session.roles] == ["Qux", "Wem"]
        assert {one.name for one in session.stages} == {"Before the start"}
        assert [one.text for one in session.activities][-2:] == [
            "check the cover",
            "chase the premium",
        ]


@pytest.mark.slow
async def test_a_column_of_letters_is_another_role_and_one_is_nothing(tmp_path: Path) -> None:
    rows = [
        ("Zub", "CtrMgr", "Bank", "Sum"),
        ("check the cover", "R", "A", "I"),
        ("chase the premium", "A", "R", "I"),
    ]
    async with afternoon(session_file(tmp_path, Session(roles=ROLES))) as journey:
        await begin(journey, written(tmp_path, rows))
        await press(journey, "c")
        shown = journey.app.screen.query_one(MappingList)
        shown.stand_on("0:B")
        await press(journey, "enter")
        await choose(journey, "RACI of Contract manager")
        shown.stand_on("0:D")
        await press(journey, "x")
        assert [line.means for line in shown.sheet.tables[0].columns] == [
            *("activity", "RACI of cm", "RACI of a new role", "kept as it is"),
        ]
        await press(journey, "u")
        assert shown.sheet.tables[0].columns[3].means == "RACI of a new role"
        await press(journey, "U", "q")
        await press(journey, "A")
        new = [role.name for role in journey.session.roles if role not in ROLES]
        assert new == ["Bank"]
        assert journey.session.activities[0].lead == "cm"


@pytest.mark.slow
async def test_a_template_is_looked_at_corrected_and_filled(tmp_path: Path) -> None:
    path = session_file(tmp_path, SESSION)
    rows = [("Task", "CtrMgr", "Bank", "Zub"), ("an old one", "R", "A", None)]
    theirs = written(tmp_path, rows)
    before = theirs.read_bytes()
    async with afternoon(path) as journey:
        await press(journey, "E", "j", "j", "enter")
        await press(journey, *"none.xlsx", "enter")
        await journey.until(lambda: "is not there" in journey.seen())
        await press(journey, *["backspace"] * 9, *"theirs.xlsx", "enter")
        await journey.until(lambda: isinstance(journey.app.screen, MappingScreen))
        await press(journey, "E")
        await journey.until(lambda: "would stay empty" in journey.seen())
        shown = journey.app.screen.query_one(MappingList)
        for place, role in (("0:B", "RACI of Contract manager"), ("0:C", "RACI of Finance")):
            shown.stand_on(place)
            await press(journey, "enter")
            await choose(journey, role)
        await press(journey, "E")
        await journey.until(lambda: "Wrote" in journey.seen())
        await journey.until((tmp_path / "s.xlsx").exists)
        await journey.until(lambda: "1 thing had no place in it" in journey.seen())
        assert "The copy that was filled" in journey.seen()
        await press(journey, "j")
        in_full = journey.seen().rpartition("───")[2]
        assert "Activities: no column for Stage (1)." in in_full
        assert {one.sheet for one in journey.session.export.tables} == {"Tab"}
        await press(journey, "$")
        assert "each sheet stays, a copy is filled" in journey.seen()
        await press(journey, "E")
        await journey.until((tmp_path / "s-2.xlsx").exists)
        await journey.until(lambda: "Wrote" in journey.seen())
        assert journey.on_disk().export.copy_sheet
        assert {one.sheet for one in journey.session.export.tables} == {"Tab"}
        await press(journey, "$")
        assert "a copy is filled" not in journey.seen()
        assert not journey.session.export.copy_sheet
    copied = openpyxl.load_workbook(tmp_path / "s-2.xlsx")
    assert [one["A2"].value for one in copied] == ["an old one", "Write the plan"]
    made = openpyxl.load_workbook(tmp_path / "s.xlsx")["Tab"]
    assert [cell.value for cell in made[2]][:3] == ["Write the plan", "R", "A"]
    assert theirs.read_bytes() == before


async def test_what_was_said_is_taken_back_where_it_is_proposed(tmp_path: Path) -> None:
    rows = [
        ("Activity", "Lead", "Documents"),
        ("check the cover", "Finance", "policy"),
        ("chase the premium", "Finance", "policy"),
    ]
    async with afternoon(session_file(tmp_path, Session(roles=ROLES))) as journey:
        await begin(journey, written(tmp_path, rows))
        await press(journey, "c")
        journey.app.screen.query_one(MappingList).stand_on("row:3")
        await press(journey, "x", "q")
        shown = journey.app.screen.query_one(ImportList)
        assert [one.what for one in shown.view.waiting] == ["Process", "check the cover"]
        await press(journey, "u")
        assert [one.what for one in shown.view.waiting] == [
            "Process",
            "check the cover",
            "chase the premium",
        ]


@pytest.mark.slow
async def test_an_empty_session_fills_nothing_and_says_so(tmp_path: Path) -> None:
    written(tmp_path, [("Task", "Contract manager", "Finance"), ("an old one", "R", "A")])
    async with afternoon(session_file(tmp_path, Session(roles=ROLES))) as journey:
        await press(journey, "E", "j", "j", "enter", *"theirs.xlsx", "enter")
        await journey.until(lambda: isinstance(journey.app.screen, FillingScreen))
        await press(journey, "E")
        await journey.until(lambda: "holds nothing for the tables of" in journey.seen())
        assert not journey.session.export.tables
    assert not (tmp_path / "s.xlsx").exists()
