"""offwall diff: what changed, in sentences under headings, and nothing is written."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from offwall.model.compare.describe import describe_changes
from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.cli.diff import lines

STAGES = (Stage("S1", "Begin"),)
STEPS = tuple(Activity(f"a-{number}", "S1", f"Step {number}") for number in range(4))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(dumps(Session(stages=STAGES, activities=STEPS)), "utf-8")
    hostile = Activity("a-0", "S1", "[PO] =1+1 [/ \u202eevil")
    moved = (STEPS[3], hostile, *STEPS[1:3])
    new.write_text(dumps(Session(stages=STAGES, activities=moved)), "utf-8")
    return old, new


def test_sentences_under_headings_and_status_0(offwall: Any, files: tuple[Path, Path]) -> None:
    before = [path.read_bytes() for path in files]
    said = offwall("diff", *files)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Part 2, S1 Begin (2 changes)",
        "  S1.01 “Step 3” (was S1.04) was moved.",
        "  S1.02 “[PO] =1+1 [/ evil” (was S1.01): was “Step 0”.",
    ]
    assert [path.read_bytes() for path in files] == before


def test_on_a_terminal_a_sentence_is_broken_where_the_line_ends() -> None:
    new = Session(stages=STAGES, activities=(Activity("a-0", "S1", "a long one " * 5), *STEPS[1:]))
    found = describe_changes(Session(stages=STAGES, activities=STEPS), new)
    assert list(lines(found, 40)) == [
        "Part 2, S1 Begin (1 change)",
        "  S1.01 “a long one a long one a long",
        "    one a long one a long one”: was",
        "    “Step 0”.",
    ]


def test_nothing_changed_is_said_too(offwall: Any, files: tuple[Path, Path]) -> None:
    assert offwall("diff", files[0], files[0]) == (0, "Nothing changed.\n", "")


def test_json_is_one_document_that_commands_no_terminal(
    offwall: Any, files: tuple[Path, Path]
) -> None:
    said = offwall("diff", *files, "--json")
    assert said.status == 0
    assert said.out.isascii()
    (section,) = json.loads(said.out)["sections"]
    assert (section["part"], section["stage"]) == ("Part 2", "S1")
    assert section["sentences"][0] == {
        "text": "S1.01 “Step 3” (was S1.04) was moved.",
        "collection": "activities",
        "key": "a-3",
        "ref": "S1.01",
        "was": "S1.04",
    }


def test_another_process_is_hinted_at(offwall: Any, files: tuple[Path, Path]) -> None:
    other = files[0].with_name("other.toml")
    other.write_text(dumps(Session(stages=STAGES, activities=(Activity("a-9", "S1", "x"),))))
    assert "no activity in common" in offwall("diff", files[0], other).err


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"not TOML", b"format = 99\n"])
def test_what_cannot_be_read_is_one_line(
    offwall: Any, files: tuple[Path, Path], content: bytes | None
) -> None:
    bad = files[0].with_name("bad.toml")
    if content is not None:
        bad.write_bytes(content)
    said = offwall("diff", files[0], bad)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "bad.toml" in said.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_no_permission_is_one_line(offwall: Any, files: tuple[Path, Path]) -> None:
    files[1].chmod(0)
    said = offwall("diff", *files)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
