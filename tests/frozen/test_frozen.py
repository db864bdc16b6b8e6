"""What an earlier Offwall wrote opens, comes back and recovers in this one: see README.md here."""

import re
import shutil
import tomllib
from hashlib import blake2b
from os.path import realpath
from pathlib import Path
from typing import Any

import pytest

from offwall.tui.looks import settings
from offwall.tui.services import recent_sessions
from tests.journey import afternoon

FROZEN = Path(__file__).parent
SESSIONS = sorted(path.stem for path in (FROZEN / "sessions").glob("*.toml"))
WORKBOOKS = FROZEN / "workbooks"
OUTPUTS = FROZEN / "outputs"
LAY = "/home/officer/workshops"
"""Where the sessions of the frozen state folder lay on the computer that it is of."""

SAMPLE, SMALL = "contract-management", "cup-of-coffee"
LINE = "Tell [all] =1+1 what was agreed"


def session(name: str, folder: Path) -> Path:
    """A copy of a frozen session, to work on."""
    return Path(shutil.copyfile(FROZEN / "sessions" / f"{name}.toml", folder / f"{name}.toml"))


def put_state(*here: Path) -> Path:
    """The frozen state folder as this user's; the folders of sessions that lie here are theirs.

    A folder's name is the digest of the session file's place, a hyphen, and that of its id.
    """
    state_dir = recent_sessions.state_folder()
    shutil.copytree(FROZEN / "state", state_dir, dirs_exist_ok=True)
    for path in here:
        was, now = (_digest(where) for where in (f"{LAY}/{path.name}", realpath(path)))
        folders = list((state_dir / "sessions").glob(f"{was}-*"))
        assert folders
        for folder in folders:
            about = folder / "about.json"
            about.write_text(about.read_text().replace(LAY, realpath(path.parent)))
            folder.rename(folder.with_name(folder.name.replace(was, now)))
    return state_dir


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def activities(path: Path) -> dict[str, dict[str, Any]]:
    """The activities of a session file by their ids, read with no code of ours."""
    return {one["id"]: one for one in tomllib.loads(path.read_text("utf-8"))["activities"]}


@pytest.mark.slow
@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_opens_and_an_edit_leaves_its_other_bytes_as_they_were(
    offwall: Any, tmp_path: Path, name: str
) -> None:
    path = session(name, tmp_path)
    before = path.read_bytes()
    listed = offwall("list", path)
    assert (listed.status, listed.err) == (0, "")
    assert path.read_bytes() == before
    # A session without stages takes the one that the line names.
    assert offwall("add", path, f"{LINE} /Handover" if name == "empty" else LINE).status == 0
    assert LINE in [one["text"] for one in activities(path).values()]
    after = path.read_bytes()
    assert len(after) > len(before)
    pairs = enumerate(zip(before, after, strict=False))
    start = next((place for place, (was, now) in pairs if was != now), len(before))
    assert after.endswith(before[start:]), "more than one place was changed"


def test_tables_that_this_version_may_not_know_keep_their_content(
    offwall: Any, tmp_path: Path
) -> None:
    path = session("scorecard-and-pairs", tmp_path)
    before = tomllib.loads(path.read_text("utf-8"))
    assert offwall("add", path, LINE).status == 0
    after = tomllib.loads(path.read_text("utf-8"))
    for table in ("tiers", "criteria", "contracts", "comparisons"):
        assert before[table]
        assert after[table] == before[table]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "-filled"])
@pytest.mark.parametrize("name", [SAMPLE, SMALL])
def test_a_workbook_comes_back_compared_with_what_it_was_exported_from(
    offwall: Any, tmp_path: Path, name: str, kind: str
) -> None:
    put_state()
    path = session(name, tmp_path)
    # Changed since: only what was exported tells that the workbook proposes nothing.
    text = path.read_text("utf-8")
    first = next(iter(activities(path).values()))["text"]
    assert text.count(f'text = "{first}"') == 1
    path.write_text(text.replace(f'text = "{first}"', 'text = "Said otherwise since"'), "utf-8")
    said = offwall("import", WORKBOOKS / f"{name}{kind}.xlsx", path, "--dry-run")
    assert (said.status, said.out) == (0, "Nothing new.\nNothing was changed.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "edits"),
    [
        (
            "edited",
            {
                "a-a352z999": {"timescale": "Within [5] days"},
                "a-rh8s1gg4": {"text": "Enter the contract, and =1+1, on the register"},
            },
        ),
        ("filled-edited", {"a-a352z999": {"text": "Hold the handover meeting"}}),
    ],
)
def test_an_edited_workbook_brings_its_edits_and_no_more(
    offwall: Any, tmp_path: Path, kind: str, edits: dict[str, dict[str, str]]
) -> None:
    put_state()
    path = session(SAMPLE, tmp_path)
    before = tomllib.loads(path.read_text("utf-8"))
    said = offwall("import", WORKBOOKS / f"{SAMPLE}-{kind}.xlsx", path, "--yes")
    assert said.status == 0, said
    for one in before["activities"]:
        one.update(edits.get(one["id"], {}))
    assert tomllib.loads(path.read_text("utf-8")) == before


@pytest.mark.parametrize("name", [SMALL, "brackets"])
@pytest.mark.slow
def test_a_workbook_whose_snapshot_is_gone_says_what_the_session_says(
    offwall: Any, tmp_path: Path, name: str
) -> None:
    workbook = OUTPUTS / name / "everything" / "session.xlsx"
    said = offwall("import", workbook, session(name, tmp_path), "--dry-run")
    assert (said.status, said.out) == (0, "Nothing new.\nNothing was changed.\n")


@pytest.mark.parametrize("name", [SAMPLE, "brackets"])
def test_a_later_calendar_names_its_entries_as_the_earlier_one_did(
    offwall: Any, tmp_path: Path, name: str
) -> None:
    assert offwall("calendar", session(name, tmp_path), "-o", "now.ics").status == 0
    earlier, later = (
        set(re.findall(r"(?m)^UID:.*", path.read_text("utf-8")))
        for path in (OUTPUTS / name / "calendar.ics", tmp_path / "now.ics")
    )
    assert earlier
    assert earlier <= later


@pytest.mark.slow
@pytest.mark.parametrize("moved", [False, True])
def test_copies_and_the_journal_are_listed_and_restored(
    offwall: Any, tmp_path: Path, moved: bool
) -> None:
    path = session(SAMPLE, tmp_path)
    put_state(*([] if moved else [path]))
    said = offwall("recover", path)
    kinds = {line.split()[5]: line.split()[0] for line in said.out.splitlines()[:-1]}
    assert said.out.count(" copy ") == 2
    assert "4 kept, of which contract-management.toml lacks" in said.out
    restored = tmp_path / "back.toml"
    assert offwall("recover", path, "--restore", kinds["journal"], "-o", restored).status == 0
    assert_has_what_was_journalled(restored)


def assert_has_what_was_journalled(path: Path) -> None:
    """A record that was added, two fields changed, and the heading; none is in the file."""
    found, workshop = activities(path), tomllib.loads(path.read_text("utf-8"))["workshop"]
    assert found["a-f0000001"]["text"] == "Never [reached] the file =1+1"
    assert found["a-a352z999"]["timescale"] == "within 3 days"
    assert found["a-a352z999"]["also"] == ["cm", "pro"]
    assert str(workshop["date"]) == "2026-12-11"
    assert workshop["purpose"] == "Two\nlines"


@pytest.mark.slow
async def test_the_editor_puts_back_what_the_file_lacks_and_offers_the_draft(
    tmp_path: Path,
) -> None:
    path = session("after-a-sitting", tmp_path).rename(tmp_path / f"{SAMPLE}.toml")
    put_state(path)
    assert "A first sitting wrote this" in path.read_text("utf-8")
    async with afternoon(path) as journey:
        await journey.until(lambda: "Put back 4 changes" in journey.seen(), 5)
        await journey.press("2", "G", "n")
        assert getattr(journey.app.focused, "value", "") == "A line that was begun [PO] @cm"
        journey.on_disk()
    assert_has_what_was_journalled(path)
    assert "A first sitting wrote this" not in path.read_text("utf-8")


def test_settings_and_recent_sessions_are_read(tmp_path: Path) -> None:
    path = session(SAMPLE, tmp_path)
    state_dir = put_state(path)
    known = state_dir / "recent.json"
    known.write_text(known.read_text("utf-8").replace(LAY, str(tmp_path)), "utf-8")
    assert recent_sessions.sessions() == [path]
    settings.settings_path().parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(FROZEN / "settings" / "settings.toml", settings.settings_path())
    found = settings.read_settings()
    assert (found.theme, found.calm, found.mouse, found.private) == (
        "textual-light",
        True,
        False,
        True,
    )
    before = settings.settings_path().read_text("utf-8")
    settings.save_theme("textual-dark")
    assert settings.settings_path().read_text("utf-8") == before.replace(
        "textual-light", "textual-dark"
    )
