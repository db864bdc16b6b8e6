"""offwall merge: prints or writes what came of two, and serves git as a merge driver."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps

ROOT = Path(__file__).parents[2]
WALL = Session(
    stages=(Stage("S1", "Begin"),),
    activities=tuple(Activity(f"a-{number}", "S1", f"Step {number}") for number in range(4)),
)
DRIVER = f'"{sys.executable}" -m offwall merge %O %A %B -o %A --force'


def edited(session: Session, place: int, **values: Any) -> Session:
    activities = list(session.activities)
    activities[place] = replace(activities[place], **values)
    return replace(session, activities=tuple(activities))


OURS = edited(WALL, 0, text="Ours [PO]")
THEIRS = replace(edited(WALL, 3, lead="cm"), activities=edited(WALL, 3, lead="cm").activities[::-1])
RIVAL = edited(WALL, 0, text="Theirs =1+1")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name, session in (("base", WALL), ("ours", OURS), ("theirs", THEIRS), ("rival", RIVAL)):
        made[name] = tmp_path / f"{name}.toml"
        made[name].write_text(dumps(session), "utf-8")
    return made


def test_without_a_name_it_is_printed_and_nothing_is_written(
    offwall: Any, files: dict[str, Path], tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = offwall("merge", files["base"], files["ours"], files["theirs"])
    assert (result.status, result.err) == (0, "")
    merged = loads(result.out)
    assert merged.activity_by_id["a-0"].text == "Ours [PO]"
    assert merged.activity_by_id["a-3"].lead == "cm"
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_two_values_of_one_field_are_both_there_and_the_exit_status_says_so(
    offwall: Any, files: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out.toml"
    result = offwall("merge", files["base"], files["ours"], files["rival"], "-o", out)
    assert (result.status, result.out) == (1, "")
    assert result.err == "both changed activities S1.01, text: the other version is Theirs =1+1\n"
    merged = loads(out.read_text("utf-8"))
    assert merged.activities[0].text == "Ours [PO]"
    assert [clash.theirs for clash in merged.clashes] == ["Theirs =1+1"]
    assert out.stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_unless_that_is_asked_for(
    offwall: Any, files: dict[str, Path]
) -> None:
    words = ("merge", files["base"], files["ours"], files["theirs"], "-o", files["ours"])
    result = offwall(*words)
    assert result.status == 2
    assert "is already there; choose another name, or add --force" in result.err
    assert loads(files["ours"].read_text("utf-8")) == OURS
    assert offwall(*words, "--force").status == 0
    assert loads(files["ours"].read_text("utf-8")).activity_by_id["a-3"].lead == "cm"


def test_comments_of_ours_stay(offwall: Any, files: dict[str, Path]) -> None:
    text = dumps(OURS).replace(
        '[[activities]]\nid = "a-1"', "# agreed twice\n[[activities]]\nid = 'a-1'"
    )
    files["ours"].write_text(text, "utf-8")
    result = offwall("merge", files["base"], files["ours"], files["theirs"])
    assert "# agreed twice\n[[activities]]\nid = 'a-1'" in result.out
    assert loads(result.out).activity_by_id["a-3"].lead == "cm"


def test_a_base_that_is_empty_means_that_both_made_it(offwall: Any, files: dict[str, Path]) -> None:
    files["base"].write_bytes(b"")
    result = offwall("merge", files["base"], files["ours"], files["ours"])
    assert (result.status, loads(result.out)) == (0, OURS)


@pytest.mark.parametrize("data", [b"", b"half = ", b"\xff\xfe", b"format = 9\n", b"\x00" * 99])
def test_what_cannot_be_read_is_one_line_and_neither_side_is_lost(
    offwall: Any, files: dict[str, Path], data: bytes
) -> None:
    files["theirs"].write_bytes(data)
    before = files["ours"].read_bytes()
    words = ("merge", files["base"], files["ours"], files["theirs"], "-o", files["ours"], "--force")
    elsewhere = offwall(*words[:4], "-o", files["ours"].with_name("new.toml"))
    assert (elsewhere.status, elsewhere.out, elsewhere.err.count("\n")) == (2, "", 1)
    assert files["ours"].read_bytes() == before
    result = offwall(*words)
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    both = files["ours"].read_bytes()
    assert before in both
    assert data.rstrip(b"\n") in both
    files["theirs"].unlink()
    assert offwall(*words).status == 2
    assert files["ours"].read_bytes() == both


class Repository:
    """A repository with one session on two branches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session = folder / "map.toml"
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "user.name", "A")
        self.git("config", "core.autocrlf", "false")
        self.git("config", "merge.offwall.driver", DRIVER)

    def git(self, *words: str, status: int = 0) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment, capture_output=True, check=False
        )
        assert done.returncode == status, done.stderr.decode() + done.stdout.decode()

    def commit(self, session: Session) -> None:
        self.session.write_text(dumps(session), "utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A step")

    def branches(self, ours: Session, theirs: Session) -> None:
        self.commit(WALL)
        self.git("checkout", "-q", "-b", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)


@pytest.mark.slow
@pytest.mark.parametrize("driver", [False, True])
def test_git_merges_what_it_cannot_alone(tmp_path: Path, driver: bool) -> None:
    repository = Repository(tmp_path)
    if driver:
        (tmp_path / ".gitattributes").write_text("*.toml merge=offwall\n")
    # Neighbouring lines: who leads and what it says are two facts and one place in the text.
    repository.branches(edited(WALL, 1, text="Ours"), edited(WALL, 1, lead="cm"))
    repository.git("merge", "-q", "--no-edit", "theirs", status=0 if driver else 1)
    if driver:
        assert loads(repository.session.read_text("utf-8")) == edited(
            WALL, 1, text="Ours", lead="cm"
        )


@pytest.mark.slow
def test_git_stops_where_somebody_must_choose(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    (tmp_path / ".gitattributes").write_text("*.toml merge=offwall\n")
    repository.branches(edited(WALL, 1, text="Ours"), edited(WALL, 1, text="Theirs"))
    repository.git("merge", "-q", "--no-edit", "theirs", status=1)
    merged = loads(repository.session.read_text("utf-8"))
    assert merged.activities[1].text == "Ours"
    assert [clash.theirs for clash in merged.clashes] == ["Theirs"]


@pytest.mark.parametrize("bad", ["ours", "theirs"])
def test_a_side_that_cannot_be_read_lies_whole_beside_the_other(
    offwall: Any, files: dict[str, Path], bad: str
) -> None:
    files[bad].write_text("half = \n", "utf-8")
    ours, theirs = files["ours"].read_bytes(), files["theirs"].read_bytes()
    # As git calls its driver: what comes of it stands in the place of ours.
    said = offwall(
        "merge", files["base"], files["ours"], files["theirs"], "-o", files["ours"], "--force"
    )
    assert said.status == 1
    assert "Both sides lie whole" in said.err
    both = files["ours"].read_bytes()
    assert both.startswith(b"<<<<<<< ours\n" + ours)
    assert both.endswith(b"=======\n" + theirs + b">>>>>>> theirs\n")
    # Without a place to put it, nothing is written and the side is named.
    said = offwall("merge", files["base"], files["ours"], files["theirs"])
    assert said.status == 2
