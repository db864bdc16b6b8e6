"""The recipes of the page, followed line by line on a copy: all that they promise then holds."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs" / "extending.md").read_text(encoding="utf-8")
RECIPE = PAGE.partition("## A field\n")[2].partition("\n## ")[0]
STEP = re.compile(r"in `([^`]+\.py)`,\s+below\s+`([^`]+)`:\n\n +```text\n(.*?)\n +```", re.S | re.I)

TRIED = """
from dataclasses import replace
from offwall.model.compare.describe import describe_changes
from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.merge import merge
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.store.toml.schema import schema
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.tables import header_words, sheet_of

def wall(**values):
    activity = Activity("a-1", "S1", "Check", **values)
    return Session(stages=(Stage("S1", "Begin"),), activities=(activity,))

base, one, other = wall(), wall(cost_centre="C100"), wall(cost_centre="C200")
assert 'cost_centre = "C100"' in dumps(one)
assert loads(dumps(one)) == one
assert "cost_centre" in schema()["$defs"]["Activity"]["properties"]
merged = merge(base, one, other)
assert [clash.field for clash in merged.clashes] == ["cost_centre"]
assert merge(base, one, wall(note="Soon")).session.activities[0].cost_centre == "C100"
said = str(describe_changes(one, other))
assert "cost centre now C200 (was C100)" in said, said
[sheet] = [found for found in sheets_of(one) if found.name == "Activities"]
row = dict(zip([column.key for column in sheet.columns], sheet.rows[0], strict=True))
assert row["cost_centre"] == "C100"
[cell] = [cell for cell in sheet_of("activities").cells if cell.key == "cost_centre"]
assert cell.read is not None
assert "budget code" in header_words("activities")["cost_centre"]
print("all of it")
"""


def copied(folder: Path) -> Path:
    """A copy of the package, as it is when it is installed."""
    for name in ("model", "tui"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, folder / "offwall" / name, ignore=ignored)
    start = Path(sys.modules["offwall"].__file__ or "")
    shutil.copy(start, folder / "offwall" / "__init__.py")
    return folder


def follow(copy: Path, recipe: str) -> list[str]:
    """Take the steps of a recipe; the answer is the file that each changes."""
    steps: list[tuple[str, str, str]] = STEP.findall(recipe)
    for path, anchor, block in steps:
        file = copy / "offwall" / path
        lines = file.read_text(encoding="utf-8").split("\n")
        [place] = [number for number, line in enumerate(lines) if line.startswith(anchor)]
        lines[place + 1 : place + 1] = [line[3:] for line in block.split("\n")]
        file.write_text("\n".join(lines), encoding="utf-8")
    return [path for path, _, _ in steps]


@pytest.mark.slow
def test_a_field_is_added_as_the_page_says(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    # One file each; the fourth is the schema, which is made.
    assert len(set(follow(copy, RECIPE))) == len(STEP.findall(RECIPE)) == 3
    done = subprocess.run(
        [sys.executable, "-c", TRIED],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == "all of it\n", done.stderr


def test_a_field_that_says_nothing_of_itself_is_refused(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    file = copy / "offwall" / "model" / "records" / "session.py"
    text = file.read_text(encoding="utf-8")
    told = "    timescale: Annotated[str, prose()] = "
    assert told in text
    file.write_text(text.replace(told, '    cost_centre: str = ""\n' + told), encoding="utf-8")
    script = (
        "from offwall.model.records.fields import field_infos\n"
        "from offwall.model.records.session import Activity\n"
        "field_infos(Activity)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Activity: cost_centre must say what it is" in done.stderr


SHOWN = """
import asyncio
from dataclasses import replace
from pathlib import Path

import sample_sessions
from offwall.model.records.session import Activity, Clash, Role, Session, Stage
from offwall.tui.kit.context import Context
from offwall.tui.kit.frame import DetailPanel
from offwall.tui.kit.keys import Here
from offwall.tui.process.activity_commands import ActivityView, same_lead
from offwall.tui.process.conflicts_screen import both_in_full
from offwall.tui.process.decisions_screen import DecisionsScreen
from tests.journey import afternoon

first, second = Activity("a-1", "S1", "Ask", lead="cm"), Activity("a-2", "S1", "Check")
stages, roles = (Stage("S1", "Begin"),), (Role("cm", "Contract Manager"),)
wall = Session(stages=stages, roles=roles, activities=(first, second))
at = Here(wall, Context(), "a-2", second, ActivityView())
made = same_lead(at, second)
assert made.change(wall).activities[1].lead == "cm", made
assert made.label == "S1.02 is led by cm, as the one above"
bare = replace(wall, activities=(replace(first, lead=""), second))
assert same_lead(replace(at, session=bare), second).wrong == "Nobody leads the one above it yet."

clash = Clash("c-1", "activities", "a-2", "text", "Look at it")
said = both_in_full(replace(wall, clashes=(clash,)))("c-1").plain
assert said.splitlines() == ["Check", "Look at it"], said


async def journey(path):
    async with afternoon(path) as one:
        await one.press("2", "g", "j", "tilde")
        assert one.app.state.said[0] == "There is none above it in its stage to join it with."
        await one.press("j", "tilde")
        begun = one.session.in_order
        assert begun[1].lead == begun[0].lead
        await one.press("u", "dollar_sign")
        assert isinstance(one.app.screen, DecisionsScreen), one.app.screen
        assert "What is decided" in one.seen()
        await one.press("question_mark")
        assert "On this screen" in one.seen()


path = Path("own.toml")
path.write_bytes(sample_sessions.path("contract-management").read_bytes())
asyncio.run(journey(path))
print("all of it")
"""


@pytest.mark.slow
def test_a_command_a_panel_and_a_screen_are_added_as_the_page_says(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    recipe = PAGE.partition("## A command\n")[2]
    assert len(follow(copy, recipe)) == 8
    screen = re.search(r"decisions_screen.py`:\n\n   ```python\n(.*?)\n   ```", recipe, re.S)
    assert screen
    text = "\n".join(line[3:] for line in screen[1].split("\n"))
    (copy / "offwall/tui/process/decisions_screen.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SHOWN],
        cwd=copy,
        env={"PYTHONPATH": f"{copy}:{REPOSITORY}", "PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout == "all of it\n", done.stderr
