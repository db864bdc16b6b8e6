"""Freezes what Offwall writes today as test data: ``python benchmarks/freeze.py``, once.

It makes tests/frozen from the program as it stands, and refuses to where that is there already:
frozen data that is made anew tests nothing.
"""

import asyncio
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import clone  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "tests" / "frozen"
SCRATCH = Path(tempfile.mkdtemp())
for NAME in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
    os.environ[NAME] = str(SCRATCH / "home")

from openpyxl import load_workbook  # noqa: E402

import sample_sessions  # noqa: E402
from model import copies, state, store  # noqa: E402
from model.changes import diff  # noqa: E402
from model.entries import Entry  # noqa: E402
from model.journal import Journal  # noqa: E402
from model.session import Comparison, Contract, Criterion, Score, Session, Tier, Vat  # noqa: E402
from tests.exchange.came_back import put  # noqa: E402
from tests.exchange.templates import as_excel_saves_it, by_openpyxl, by_xlsxwriter  # noqa: E402
from tests.tui.journey import afternoon  # noqa: E402
from tui import recent  # noqa: E402
from tui.__main__ import main as offwall  # noqa: E402

BIG = 80_000
SAMPLE = "contract-management"


def run(*words: object) -> None:
    status = offwall([str(word) for word in words])
    assert status == 0, words


def sessions(folder: Path) -> None:
    """Each sample, one with the tables that are to go, a second session, and one by hand."""
    for name in sample_sessions.NAMES:
        shutil.copyfile(sample_sessions.path(name), folder / f"{name}.toml")
    sample = store.read(folder / f"{SAMPLE}.toml")
    store.create(folder / "scorecard-and-pairs.toml", with_what_goes(sample))
    os.chdir(folder)
    run("new", "second-session.toml", "--from", f"{SAMPLE}.toml", "--title", "Half a year later")
    text = (folder / "cup-of-coffee.toml").read_text("utf-8")
    first, _, rest = text.partition("\n[[stages]]")
    by_hand = (
        f"# Typed by hand, on Windows.\n{first}\n\n[our_own]\n# Nobody else knows this table.\n"
        f'cups = [1, 2,   3]   # as they stand\n"last washed" = 2026-11-30\n\n[[stages]]{rest}'
    )
    (folder / "by-hand.toml").write_bytes(by_hand.replace("\n", "\r\n").encode())


def with_what_goes(sample: Session) -> Session:
    """The sample with a scorecard, contracts that were scored by it, and pairs that were asked."""
    criteria = (
        Criterion("k-1", "Impact on residents", "If it stops, who notices?", 3),
        Criterion("k-2", "Personal data [PO]", weight=2),
    )
    contracts = (
        Contract("e-1", "Home care", 2_400_000, Vat.WITH, (Score("k-1", 5), Score("k-2", 4))),
        Contract("e-2", "Window cleaning =1+1", 18_000, None, (Score("k-1", 1),)),
    )
    first, second, third = [action.id for action in sample.actions[:3]]
    pairs = (Comparison("q-1", first, second), Comparison("q-2", third, first))
    tiers = sample.tiers or (
        Tier("gold", "Gold", 1_000_000, 15, "monthly"),
        Tier("silver", "Silver", 100_000, 8, "quarterly"),
        Tier("bronze", "Bronze", 0, 0, "yearly"),
    )
    return replace(
        sample,
        workshop=replace(sample.workshop, id="w-5c04eca4"),
        tiers=tiers,
        criteria=criteria,
        contracts=contracts,
        comparisons=pairs,
    )


def workbooks(folder: Path, away: Path) -> None:
    """Two templates of councils filled, two workbooks exported; one of each was edited."""
    (folder / "council-template.xlsx").write_bytes(by_openpyxl())
    (folder / "excel-template.xlsx").write_bytes(as_excel_saves_it(by_xlsxwriter()))
    os.chdir(away)
    for name in (SAMPLE, "cup-of-coffee"):
        shutil.copyfile(FROZEN / "sessions" / f"{name}.toml", f"{name}.toml")
        run("export", f"{name}.toml", "-o", folder / f"{name}.xlsx")
    for name, template in ((SAMPLE, "council"), ("cup-of-coffee", "excel")):
        shutil.copyfile(FROZEN / "sessions" / f"{name}.toml", "filling.toml")
        form = folder / f"{template}-template.xlsx"
        run("export", "filling.toml", "--template", form, "-o", folder / f"{name}-filled.xlsx")
    edited(folder / f"{SAMPLE}.xlsx", folder / f"{SAMPLE}-edited.xlsx", "Activities", 0)
    filled(folder / f"{SAMPLE}-filled.xlsx", folder / f"{SAMPLE}-filled-edited.xlsx")


def edited(path: Path, target: Path, sheet: str, row: int) -> None:
    book = load_workbook(path)
    put(book, sheet, row, "Timescale", "Within [5] days")
    put(book, sheet, row + 1, "Activity", "Enter the contract, and =1+1, on the register")
    book.save(target)


def filled(path: Path, target: Path) -> None:
    book = load_workbook(path)
    book["Our process"]["C5"].value = "Hold the handover meeting"
    book.save(target)


async def left_behind(path: Path) -> None:
    """The state folder after a sitting that ended well, and one that was cut short."""
    async with afternoon(path) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("A first sitting wrote this +Minutes")
        await journey.press("enter", "escape")
        journey.on_disk()


def cut_short(path: Path, draft: bytes = b"") -> None:
    """Changes that the journal has and the file never took, and a line that was being typed."""
    session = store.read(path)
    folder = state.folder_of(recent.state_folder(), session.workshop.id, path)
    state.prepare(folder, path)
    copies.take(folder, path.read_bytes())
    journal = Journal(folder)
    first, second, last = session.activities[0], session.activities[1], session.activities[-1]
    steps = [
        lambda was: replace(
            was,
            activities=(
                *was.activities,
                replace(last, id="a-f0000001", text="Never [reached] the file =1+1"),
            ),
        ),
        lambda was: replace(
            was,
            activities=tuple(
                replace(one, timescale="within 3 days", also=(*one.also, one.lead))
                if one.id == first.id
                else one
                for one in was.activities
            ),
        ),
        lambda was: replace(
            was, activities=tuple(one for one in was.activities if one.id != second.id)
        ),
        lambda was: replace(
            was, workshop=replace(was.workshop, date=dt.date(2026, 12, 11), purpose="Two\nlines")
        ),
    ]
    for number, step in enumerate(steps, 1):
        after = step(session)
        journal.append(Entry(number, diff(session, after)))
        session = after
    if draft:
        journal.draft(draft)
    journal.close()


def state_and_settings(away: Path) -> None:
    os.chdir(away)
    for name in (SAMPLE, "cup-of-coffee"):
        path = away / f"{name}.toml"
        shutil.copyfile(FROZEN / "sessions" / f"{name}.toml", path)
    path = away / f"{SAMPLE}.toml"
    asyncio.run(left_behind(path))
    shutil.copyfile(path, FROZEN / "sessions" / "after-a-sitting.toml")
    cut_short(path, b'[["new", "", "S2", "A line that was begun [PO] @cm"]]')
    cut_short(away / "cup-of-coffee.toml")
    shutil.copytree(recent.state_folder(), FROZEN / "state")
    (FROZEN / "settings").mkdir()
    (FROZEN / "settings" / "settings.toml").write_text(
        '# Mine.\ntheme = "textual-light"\ncalm = true\nmouse = false\nprivate = true\n'
        'later = "what a newer version knows"\n',
        "utf-8",
    )


def outputs(folder: Path) -> None:
    """What every_output.py writes for the samples; pictures, pages and what is big are left out."""
    inputs = SCRATCH / "inputs"
    inputs.mkdir()
    for name in sample_sessions.NAMES:
        shutil.copyfile(FROZEN / "sessions" / f"{name}.toml", inputs / f"{name}.toml")
    shutil.copyfile(FROZEN / "workbooks" / "council-template.xlsx", inputs / "template.xlsx")
    surroundings = {"PATH": os.environ["PATH"], "TZ": "Europe/London", "LC_ALL": "C.UTF-8"}
    surroundings |= {"COLUMNS": "100", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    command = [sys.executable, ROOT / "benchmarks" / "every_output.py", ROOT, inputs, folder]
    subprocess.run(command, check=True, env=surroundings)
    for path in sorted(folder.rglob("*")):
        name = path.name
        if path.is_file() and (
            "page-" in name
            or name.startswith("wall")
            or name == "filled.xlsx"
            or (path.suffix == ".docx" and path.stat().st_size > BIG)
        ):
            path.unlink()
    for path in sorted(folder.rglob("map-pages")):
        path.rmdir()


def main() -> None:
    if (FROZEN / "sessions").exists():
        sys.exit(f"{FROZEN} is frozen already, and stays as it is.")
    away = Path("/home/officer/workshops")
    for made in (FROZEN / "sessions", FROZEN / "workbooks", away):
        made.mkdir(parents=True)
    sessions(FROZEN / "sessions")
    workbooks(FROZEN / "workbooks", away)
    state_and_settings(away)
    outputs(FROZEN / "outputs")
    shutil.rmtree(SCRATCH)
    shutil.rmtree(away.parent)


if __name__ == "__main__":
    main()
