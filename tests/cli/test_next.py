"""The unconfirmed one at a time: what is read out, what the answers do, and that all is kept."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.records.session import Session

ROOT = Path(__file__).parents[2]


def the(session: Session, ref: str) -> Any:
    return session.activity_by_id[session.id_by_ref[ref]]


def test_it_reads_out_what_is_to_confirm_in_words(offwall: Any, own_sample: Path) -> None:
    before = own_sample.read_bytes()
    said = offwall("next", own_sample, stdin="")
    assert (said.status, said.err) == (0, "")
    assert "S5.05, in Risk and assurance:" in said.out
    assert "Lead, who is responsible: Contract Assurance Board" in said.out
    assert "Answer Yes: S5.06, Publish contract performance notice" in said.out
    assert "2 activities still to confirm. All answers are kept." in said.out
    assert "S5.06, in" not in said.out
    assert own_sample.read_bytes() == before


def test_yes_and_an_open_point_settle_an_activity(offwall: Any, own_sample: Path) -> None:
    said = offwall("next", own_sample, stdin="YES\no\nWho pays? [PO] \x1b[31m\n")
    found = store.read_session(own_sample)
    assert the(found, "S5.05").confirmed
    assert the(found, "S7.05").open_point.startswith("Who pays? [PO]")
    assert said.out.splitlines()[-1] == "All is confirmed, or its open point is said."
    assert "\x1b" not in said.out


def test_a_line_corrects_and_it_is_asked_again(offwall: Any, own_sample: Path) -> None:
    said = offwall("next", own_sample, stdin="n\nCheck it twice @hos +Spare form\ny\nq\n")
    found = the(store.read_session(own_sample), "S5.05")
    assert (found.text, found.lead, found.confirmed) == ("Check it twice", "hos", True)
    assert found.documents[-1] == "Spare form"
    assert found.accountable == "sro"  # what the line does not say stays
    assert said.out.count("S5.05, in") == 2


def test_a_line_that_begins_with_a_token_is_an_answer(offwall: Any, own_sample: Path) -> None:
    offwall("next", own_sample, stdin="@fin\nskip\n")
    found = the(store.read_session(own_sample), "S5.05")
    assert (found.lead, found.confirmed) == ("fin", False)


@pytest.mark.parametrize(
    "answers", ["", "\n\n", "maybe\n", "n\n", "n\n\n", "o\n\n", "s\ns\n", "q\n"]
)
def test_nothing_said_changes_nothing(offwall: Any, own_sample: Path, answers: str) -> None:
    before = own_sample.read_bytes()
    assert offwall("next", own_sample, stdin=answers).status == 0
    assert own_sample.read_bytes() == before


def test_what_nobody_leads_is_asked_about_once(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Hold a meeting", "Write it up @cm")
    said = offwall("next", wall, stdin="y\ny\n" + "y\n" * 5)
    assert said.out.count("S1.01, in") == 1
    assert "nobody leads it yet" in said.out
    assert the(store.read_session(wall), "S1.01").sequence_confirmed
    assert the(store.read_session(wall), "S1.02").confirmed


def test_an_empty_wall_says_what_to_do(offwall: Any, wall: Path) -> None:
    assert "offwall add" in offwall("next", wall, stdin="y\n").out


def test_hostile_text_is_read_out_as_text(offwall: Any, brackets: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    session = store.read_session(brackets)
    store.create_session(
        path,
        replace(
            session,
            activities=tuple(
                replace(one, sequence_confirmed=False, open_point="") for one in session.activities
            ),
        ),
    )
    said = offwall("next", path, stdin="s\n" * len(session.activities))
    assert said.status == 0
    assert not any(c in said.out for c in "\x1b\x9b\u202e\u200b")


@pytest.mark.slow
def test_what_was_answered_before_an_interruption_is_kept(own_sample: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "offwall", "next", str(own_sample)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        asking.stdin.write("y\n")
        asking.stdin.flush()
        while "S7.05" not in asking.stdout.readline():
            pass
        asking.send_signal(signal.SIGINT)
        out, err = asking.communicate(timeout=60)
    assert (asking.returncode, err) == (130, "")
    assert "1 activity still to confirm. All answers are kept." in out
    assert the(store.read_session(own_sample), "S5.05").confirmed
