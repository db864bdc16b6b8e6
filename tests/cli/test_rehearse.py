"""offwall demo --rehearse: ten post-its, the line explained, the times; nothing is kept."""

import datetime as dt
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.line import Vocabulary
from offwall.model.line.parse import parse
from offwall.tui.cli.demo import EXERCISES, Rehearsal

RIGHT = [one.line for one in EXERCISES]


def test_each_line_is_understood_without_a_doubt() -> None:
    sample = store.read_session(sample_sessions.path("contract-management"))
    for one in EXERCISES:
        read = parse(one.line, Vocabulary.of(sample, dt.date(2026, 12, 10)))
        assert not read.doubts, one.line
        assert not read.new_roles, one.line
    assert len(EXERCISES) == 10


def rehearsed(lines: list[str], seconds: int, capsys: pytest.CaptureFixture[str]) -> str:
    begin = dt.datetime(2026, 12, 10, 13, tzinfo=dt.UTC)
    ticks = (begin + dt.timedelta(seconds=seconds * n) for n in count())
    Rehearsal(iter(lines), lambda: next(ticks)).through()
    return capsys.readouterr().out


def test_all_right_at_once_with_other_capitals_and_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = rehearsed([line.replace("Hold", "hold") for line in RIGHT], 7, capsys)
    assert said.count("Right.") == 10
    assert "10 post-its in 1:10, 10 right at once; within the ten minutes." in said


def test_what_is_not_right_is_explained_and_then_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = [RIGHT[0], "Check the insurance @hos", RIGHT[1], "no", "no", "", *RIGHT[4:]]
    said = rehearsed(lines, 90, capsys)
    assert "Not yet. Understood “Check the insurance”: R Head of Service" in said
    assert said.count("It is typed so:") == 2
    assert "It is typed so: Approve the plan @hos c:fin" in said
    assert "10 post-its in 15:00, 7 right at once; over the ten minutes." in said


def test_leaving_says_the_times_of_those_that_were_typed(offwall: Any) -> None:
    said = offwall("demo", "--rehearse", stdin=f"{RIGHT[0]}\n{RIGHT[1]}\nq\n")
    assert (said.status, said.err) == (0, "")
    assert "2 post-its in 0:00, 2 right at once" in said.out
    assert list(Path().iterdir()) == []
    assert "right at once" not in offwall("demo", "--rehearse").out
