"""Part 3 as one half hour with the sample, in keys: the plan, the photo, what is open, and E."""

import datetime as dt
import re
from pathlib import Path

import pytest
import vobject
from defusedxml import ElementTree
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from offwall.model.actions.plan import live, missing_in_action
from offwall.model.records.session import Action
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow  # half an hour takes long


def seen(journey: Journey) -> str:
    return " ".join(journey.seen().split())


def action(journey: Journey, beginning: str) -> Action:
    return next(one for one in journey.session.actions if one.text.startswith(beginning))


async def next_steps_are_taken_over(journey: Journey) -> None:
    before = len(journey.session.actions)
    await journey.press("3", "l", "enter", "space", "space")
    assert len(journey.session.actions) == before + 3
    assert action(journey, "Settle: A gap").due
    assert action(journey, "Resolve parked issue: Should grants").issue


async def each_gets_an_owner_and_a_date(journey: Journey) -> None:
    await journey.press("h", "n", *"Book the room", "enter", *"Tell HR @hos by 29/1", "enter")
    await journey.press("enter")
    missing = [one for one in live(journey.session.actions) if missing_in_action(one)]
    assert "Book the room" in [one.text for one in missing]
    await journey.press("g", "m")
    while any(map(missing_in_action, live(journey.session.actions))):
        left = sum(map(missing_in_action, live(journey.session.actions)))
        await journey.press("@", "ctrl+u", *"Callum", "enter", "w", "ctrl+u", *"fri", "enter")
        await journey.press("m")
        assert sum(map(missing_in_action, live(journey.session.actions))) < left
    assert "owned and dated" in journey.seen()
    assert action(journey, "Tell HR").owner == "hos"
    assert action(journey, "Book the room").due == dt.date(2026, 12, 11)


async def the_load_is_spread(journey: Journey) -> None:
    await journey.press("l", "l")
    assert "Ruth Adeyemi (pro)" in journey.seen()
    assert re.search(r"Ruth Adeyemi \(pro\) +\d+ over share", journey.seen())
    lines = journey.seen().splitlines()
    ruth = next(n for n, line in enumerate(lines) if "Ruth Adeyemi" in line)
    first = next(n for n, line in enumerate(lines) if "Amira Khan" in line)
    await journey.press("g", *"j" * (ruth - first + 1), "enter")
    assert "Esc leaves" in journey.seen()
    await journey.press("enter", "@", "ctrl+u", *"Nadia", "enter", "l", "l", "enter", "enter")
    await journey.press("@", "ctrl+u", *"Peter", "enter", "l", "l")
    assert not re.search(r"Ruth Adeyemi \(pro\) +\d+ over share", journey.seen())
    assert not re.search(r"(Nadia|Peter) \w+ \(\w+\) +0 none yet", journey.seen())


async def the_photo_is_filed(journey: Journey, folder: Path) -> None:
    Image.new("RGB", (640, 480), "navy").save(folder / "wall 1.jpg")
    await journey.press("l")
    assert "to be filed" in journey.seen()
    await journey.press("e", *"wall 1.jpg", "enter")
    await journey.until(lambda: journey.session.photos[0].path)
    (photo,) = journey.session.photos
    assert (photo.path, photo.width, photo.height) == ("wall 1.jpg", 640, 480)


async def what_is_open_is_gone_through(journey: Journey) -> None:
    await journey.press("C")
    first = int(re.search(r"(\d+) things still open", journey.seen())[1])  # type: ignore[index]
    assert "Photos of the wall" not in journey.seen()
    assert "no owner" not in seen(journey)
    await journey.press("G", "enter", "space", "q", "enter", "space", "q")
    assert all(one.confirmed or one.open_point for one in journey.session.activities)
    assert "To confirm" not in journey.seen()
    assert f"{first - 1} things still open" in journey.seen()


async def everything_is_written(journey: Journey) -> Path:
    folder = journey.path.with_name("contract-management 2026-12-10")
    await journey.press("E", "enter", "enter")
    await journey.until(lambda: "Writing everything" in journey.seen())
    await journey.until(lambda: folder.name in journey.app.state.said[0], 60)
    assert journey.app.state.said[1] is False
    await journey.until(lambda: f"files into {folder.name}, in " in seen(journey))
    await journey.until(lambda: folder.parent.name in journey.seen())
    return folder


def the_folder_is_whole(journey: Journey, folder: Path) -> None:
    session = journey.session
    workbook = load_workbook(folder / "contract-management.xlsx")
    assert len(workbook["Map"]._images) == 1
    rows = [*workbook["Action plan"].iter_rows(values_only=True)]
    assert any("Book the room" in row for row in rows)
    for name in ("brief", "feedback"):
        document = Document(str(folder / f"contract-management-{name}.docx"))
        words = "\n".join(
            [one.text for one in document.paragraphs]
            + [cell.text for table in document.tables for cell in table._cells]
        )
        assert "Book the room" in words
        assert len(document.inline_shapes) >= 2
    calendar = vobject.readOne((folder / "mails-and-calendars/calendar.ics").read_text("utf-8"))
    dated = [one for one in session.actions if one.due]
    days = [event.dtstart.value for event in calendar.contents["vevent"]]
    assert all(one.due in days for one in dated)
    assert all(one.date in days for one in session.meetings)
    for drawing in (folder / "contract-management-map.svg", *(folder / "map-pages").iterdir()):
        assert ElementTree.parse(drawing).getroot().tag.endswith("svg")


def the_mails_say_what_was_agreed(folder: Path) -> None:
    folder = folder / "mails-and-calendars"
    names = {path.stem for path in folder.iterdir()}
    assert {"Callum-Reid", "Nadia-Hussain", "Peter-Lowe", "Ruth-Adeyemi"} <= names
    callum = (folder / "Callum-Reid.txt").read_text("utf-8")
    assert "Attach: calendar-Callum-Reid.ics" in callum
    assert "- Book the room\n  By 11 Dec 2026" in callum
    assert (folder / "calendar-Callum-Reid.ics").is_file()
    everybody = (folder / "email-participants.txt").read_text("utf-8")
    assert "- Book the room: Callum Reid. By 11 Dec 2026." in everybody
    for name in re.search("^Attach: (.*)$", everybody, re.M)[1].split(", "):  # type: ignore[index]
        assert (folder.parent / name).is_file()


async def test_half_an_hour_ends_with_a_folder_that_has_everything(
    own_sample: Path, tmp_path: Path
) -> None:
    async with afternoon(own_sample) as journey:
        await next_steps_are_taken_over(journey)
        await each_gets_an_owner_and_a_date(journey)
        await the_load_is_spread(journey)
        await the_photo_is_filed(journey, tmp_path)
        await what_is_open_is_gone_through(journey)
        folder = await everything_is_written(journey)
        the_folder_is_whole(journey, folder)
        the_mails_say_what_was_agreed(folder)
        assert journey.on_disk() == journey.session
        await journey.press("q", "q", "ctrl+q")
        await journey.app.workers.wait_for_complete()
    beside = {path.name for path in tmp_path.iterdir()}
    assert beside == {own_sample.name, "wall 1.jpg", folder.name}
