"""What a letter of the line costs does not grow with the session."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from offwall.model.records import Activity, Session, Stage
from offwall.model.records.fields import ActivityId, StageId
from offwall.model.store import create_session
from tests.journey import afternoon

WORDS = ("Hold a kick-off >S2.02", "@")


def made(number: int) -> Session:
    """A session of so many activities in two stages."""
    stages = (Stage(StageId("S1"), "First"), Stage(StageId("S2"), "Second"))
    activities = tuple(
        Activity(ActivityId(f"a{n}"), stages[n % 2].id, f"Step {n}") for n in range(number)
    )
    return Session(stages=stages, activities=activities)


@contextmanager
def calls_counted() -> Iterator[Callable[[], int]]:
    """The calls that our own code makes and gets, Python's and C's, until now."""
    counted = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal counted
        if frame.f_globals.get("__name__", "").startswith("offwall."):
            counted += 1

    sys.setprofile(count)
    try:
        yield lambda: counted
    finally:
        sys.setprofile(None)


async def calls_of_a_letter(path: Path, number: int) -> int:
    """How many calls the last letter of a line takes, and what the line says ahead."""
    create_session(path, made(number))
    async with afternoon(path, size=(120, 40)) as journey:
        await journey.press("2", "j", "n", *"Hold a kick-of")
        with calls_counted() as count:
            await journey.press("f")
            return count()


@pytest.mark.slow
async def test_a_letter_takes_as_many_calls_in_a_session_of_thousands(tmp_path: Path) -> None:
    few = await calls_of_a_letter(tmp_path / "few.toml", 40)
    many = await calls_of_a_letter(tmp_path / "many.toml", 3_000)
    assert few > 100
    assert many < 1.2 * few
