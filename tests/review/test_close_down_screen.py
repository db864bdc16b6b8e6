"""Closing down in keys: what is open, the way to each line, and what E writes."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from offwall import sample_sessions
from offwall.model import store
from offwall.model.documents import bundle
from offwall.model.documents.bundle import BUNDLE_PARTS, BundleResult
from offwall.model.records.session import Improve
from offwall.model.review.second_session import second_session
from offwall.model.store.files import ExportError
from offwall.tui.home import HomeScreen
from offwall.tui.kit.form import Choice
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.review.close_down_screen import CloseDownScreen
from offwall.tui.services import export_and_quit
from offwall.tui.services.bundle import bundle_outcome
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def settled_words(journey: Journey) -> str:
    return " ".join(journey.seen().split())


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    """The small sample."""
    return copy_of("cup-of-coffee", tmp_path)


async def test_each_line_goes_to_its_place_and_q_comes_back_to_the_next(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("C")
        assert "17 things still open" in journey.seen()
        assert "The plan: 5" in journey.seen()
        await journey.press("G")
        assert "2 activities are not confirmed" in journey.seen()
        await journey.press("enter")
        assert isinstance(journey.app.screen, RecordScreen)
        await journey.press("space", "q")
        assert isinstance(journey.app.screen, CloseDownScreen)
        assert "17 things still open" in journey.seen()
        assert "To confirm: 1" in journey.seen()
        assert "S7.05 is not confirmed" in settled_words(journey).split("────")[-1]
        await journey.press("q")
        assert isinstance(journey.app.screen, HomeScreen)


@pytest.mark.slow
async def test_part_3_leads_there_and_back_and_its_sections_are_places(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "C", "j", "j", "j", "enter")
        assert "Settle: A gap: ideas are not logged" in journey.seen()
        await journey.press("C", "g", "enter")
        assert "an even share is" in settled_words(journey)
        await journey.press("q", "j", "j", "j", "j", "j", "enter")
        assert "Ruth Adeyemi" in journey.seen()
        assert "to be filed; when it is here, e names its file" in journey.seen()
        await journey.press("C", "C", "q")
        assert isinstance(journey.app.screen, HomeScreen)


@pytest.mark.slow
async def test_an_empty_session_leads_to_its_stages(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("C", "j", "enter")
        assert "Workshop Stages Roles" in settled_words(journey)


@pytest.mark.slow
async def test_an_action_is_one_line_and_says_who_and_when_on_it(coffee: Path) -> None:
    with coffee.open("a", encoding="utf-8") as file:
        file.write('\n[[actions]]\nid = "n-9"\nkind = "next step"\ntext = "Ask [PO] =1+1"\n')
    async with afternoon(coffee) as journey:
        await journey.press("C", "/", *"[PO]", "enter")
        assert "No owner and no target date: action “Ask [PO] =1+1”." in journey.seen()
        # What to do about it is said once, below.
        assert journey.seen().count("say it in the plan") == 1
        assert "@ says who does it, w by when; Enter goes there" in journey.seen()
        await journey.press("w", *"yesterday", "enter")
        assert journey.session.actions[-1].due is None
        await journey.press("ctrl+u", *"29 Jan", "enter")
        assert "No owner: action “Ask [PO] =1+1”" in journey.seen()
        await journey.press("@", *"The council", "enter")
        assert journey.on_disk().actions[-1].owner == "The council"
        assert "Ask [PO]" not in journey.seen().split("────")[0]


async def test_a_remark_is_taken_over_or_settled_where_it_is_listed(coffee: Path) -> None:
    with coffee.open("a", encoding="utf-8") as file:
        for number, on in enumerate(("a-1", "gone")):
            file.write(f'\n[[remarks]]\nid = "r-{number}"\non = "{on}"\ntext = "[PO] {number}"\n')
        file.write('\n[[photos]]\nid = "f-1"\npath = "wall.jpg"\n')
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("C")
        await journey.until(lambda: "wall.jpg is not on this computer" in journey.seen())
        await journey.press("/", *"[PO] 0", "enter")
        assert "1 Accept 2 Settle" in settled_words(journey)
        await journey.press("2")
        assert "[PO] 0" not in journey.seen()
        await journey.press("1")  # the next one is under the cursor
        assert [one.status for one in journey.session.remarks] == ["closed", "closed"]
        assert [one.text for one in journey.session.issues if one.parked][-1] == "[PO] 1"
        assert journey.on_disk() == journey.session
        await journey.press("u", "u")
        assert journey.session == before


async def walk_all(journey: Journey) -> int:
    """Go to the place of every line and come back; how many there were."""
    await journey.press("C", "G")
    screen = journey.app.screen
    assert isinstance(screen, CloseDownScreen)
    last = screen._list.key
    await journey.press("g")
    for number in count(1):
        await journey.press("enter")
        assert journey.app.screen is not screen, screen._list.record
        while journey.app.screen is not screen:
            # Esc leaves a line, and some screens themselves.
            await journey.press("escape")
            if journey.app.screen is not screen:
                await journey.press("q")
        if screen._list.key == last:
            return number
        await journey.press("j")
    raise AssertionError


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    rest_at_night(
        product(sample_sessions.NAMES, [(60, 20), (120, 40), (200, 50)]),
        gate=[("contract-management", (60, 20)), ("brackets", (120, 40))],
        names=2,
    ),
)
async def test_every_line_leads_somewhere(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    async with afternoon(copy_of(name, tmp_path), size) as journey:
        assert await walk_all(journey)
        assert journey.session == journey.on_disk()


@pytest.mark.slow
@pytest.mark.parametrize("name", rest_at_night(["brackets", "contract-management"]))
async def test_every_line_of_a_second_session_leads_somewhere(tmp_path: Path, name: str) -> None:
    first = store.read_session(copy_of(name, tmp_path))
    marked = replace(first.activities[0], improve=Improve.CHANGE)
    first = replace(first, activities=(marked, *first.activities[1:]))
    second = tmp_path / "second.toml"
    store.create_session(second, second_session(first, seed="s", path=f"{name}.toml"))
    async with afternoon(second, today=dt.date(2027, 2, 1)) as journey:
        assert await walk_all(journey) > 10
        assert journey.session == journey.on_disk()


def quick_parts(monkeypatch: pytest.MonkeyPatch, **others: Callable[[Any], None]) -> None:
    """The mails alone, and parts of the test's own."""
    mails = {name: write for name, write in BUNDLE_PARTS.items() if "mail" in name}
    named = {name.replace("_", " "): write for name, write in others.items()}
    monkeypatch.setattr(bundle, "BUNDLE_PARTS", {**named, **mails})


@pytest.mark.slow
async def test_everything_is_written_while_one_works_on(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    quick_parts(monkeypatch, the_workbook=lambda _: goes_on.wait(60) and None)
    async with afternoon(own_sample) as journey:
        await journey.press("C", "E")
        assert isinstance(journey.app.screen, Choice)
        await journey.press("enter")
        assert "Who is the brief for?" in journey.seen()
        await journey.press("j", "j", "enter")  # the director
        await journey.until(
            lambda: "Writing everything, 1 of 3: the workbook ..." in journey.seen()
        )
        await journey.press("q", "3", "j", "s")
        assert [one for one in journey.session.actions if one.status == "doing"]
        await journey.press("E")
        assert "The documents are still being written" in journey.seen()
        goes_on.set()
        folder = own_sample.with_name("contract-management 2026-12-10")
        await journey.until(lambda: folder.name in journey.app.state.said[0])
        # However long the path is, the line shows it to its end.
        assert f"2026-12-10,in{folder.parent}." in "".join(journey.seen().split())
        assert journey.app.state.said == (
            f"Wrote 20 files into {folder.name}, in {folder.parent}. E lists them.",
            False,
        )
        await journey.press("q", "E")
        assert "Wrote 20 files into contract-management 2026-12-10" in settled_words(journey)
        await journey.press("k", "enter")
        assert "What was written" in journey.seen()
        assert "email-participants.txt" in journey.seen()
        await journey.press("enter")
        assert journey.app.state.said[0] == str(
            folder / "mails-and-calendars/email-participants.txt"
        )
        await journey.press("E", "enter")  # the reader is the one of last time
        assert journey.app.screen.query_one(OptionList).highlighted == 2
        assert "The director" in journey.seen()
    assert [path.name for path in folder.iterdir()] == ["mails-and-calendars"]


def test_what_came_of_it_is_said_short_and_what_failed_first() -> None:
    folder = Path("council") / "s 2026-12-10"
    whole = BundleResult(folder, (folder / "s.xlsx",), notes=("No calendar.",))
    assert bundle_outcome(whole) == "Wrote 1 file into s 2026-12-10, in council. No calendar."
    here = BundleResult(Path("s 2026-12-10"), (Path("s.xlsx"),))
    assert bundle_outcome(here) == "Wrote 1 file into s 2026-12-10, in this folder."
    full = f"{folder / 's-brief.docx'} was not written: the disk is full."
    assert bundle_outcome(replace(whole, failed=(full, full), notes=())) == (
        "s-brief.docx was not written: the disk is full. And 1 more could not be written."
        " Wrote 1 file into s 2026-12-10, in council."
    )
    assert bundle_outcome(BundleResult(folder, (), left_out=("the brief", "the map"))) == (
        "Nothing was written. Not written, because you left: the brief, the map."
    )


async def test_what_fails_is_a_sentence_and_the_rest_is_there(
    coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise ExportError("The map was not written: [PO] the disk is full.")

    quick_parts(monkeypatch, the_map=refused, the_brief=refused)
    async with afternoon(coffee) as journey:
        await journey.press("C", "E", "enter", "enter")
        await journey.until(lambda: "Wrote 2 files" in journey.app.state.said[0])
        said, wrong = journey.app.state.said
        assert wrong
        assert "The map was not written: [PO] the disk is full. And 1 more could not be" in said


async def test_leaving_waits_or_leaves_the_rest_out(
    coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    quick_parts(monkeypatch, the_workbook=lambda _: goes_on.wait(60) and None)
    async with afternoon(coffee) as journey:
        await journey.press("E", "enter", "enter", "ctrl+q")
        await journey.until(lambda: export_and_quit.WAIT in journey.seen())
        await journey.press("escape")
        assert isinstance(journey.app.screen, HomeScreen)
        await journey.press("ctrl+q")
        await journey.until(lambda: export_and_quit.NOW in journey.seen())
        await journey.press("j", "enter")
        goes_on.set()
        await journey.app.workers.wait_for_complete()
        assert not journey.app.is_running
    assert not [path for path in coffee.parent.iterdir() if path.is_dir()]


@pytest.mark.slow
async def test_who_waits_leaves_when_all_is_there(
    coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    quick_parts(monkeypatch, the_workbook=lambda _: goes_on.wait(60) and None)
    async with afternoon(coffee) as journey:
        await journey.press("E", "enter", "enter", "ctrl+q")
        await journey.until(lambda: export_and_quit.WAIT in journey.seen())
        await journey.press("enter")
        await journey.until(lambda: "Leaving, when" in journey.seen())
        goes_on.set()
        await journey.until(lambda: not journey.app.is_running)
    (folder,) = (path for path in coffee.parent.iterdir() if path.is_dir())
    assert [path.name for path in folder.iterdir()] == ["mails-and-calendars"]


async def test_a_disk_that_never_answers_holds_nobody_up(
    coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()
    quick_parts(monkeypatch, the_workbook=lambda _: never.wait(60) and None)
    monkeypatch.setattr(export_and_quit, "LAST_PART", 0.02)
    monkeypatch.setattr(export_and_quit, "LAST_FILE", 0.02)
    async with afternoon(coffee) as journey:
        await journey.press("E", "enter", "enter", "ctrl+q")
        await journey.until(lambda: export_and_quit.NOW in journey.seen())
        await journey.press("j", "enter")
        await journey.until(lambda: not journey.app.is_running)
    never.set()


@pytest.mark.slow
async def test_a_place_that_takes_nothing_is_one_sentence(
    coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with afternoon(coffee) as journey:
        monkeypatch.setattr(Path, "mkdir", refused)
        await journey.press("E", "enter", "enter")
        await journey.until(lambda: journey.app.state.said[1])
        assert "could not be made: permission denied" in journey.app.state.said[0]


async def test_nothing_leaves_where_one_thinks_better_of_it(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("E", "escape", "E", "q")
        assert isinstance(journey.app.screen, HomeScreen)
    assert not list(coffee.parent.glob("*.xlsx"))
