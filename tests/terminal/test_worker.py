"""The one thread class: jobs in order, faults, and an end within a time."""

import threading
from collections.abc import Iterator

import pytest

from offwall.tui.terminal.worker import DONE, Turn, Worker, in_background

PATIENCE = 60.0


class Log:
    """Work that waits where it is told to, and notes what it was given."""

    def __init__(self) -> None:
        self.turns: list[list[int]] = []
        self.faults: list[Exception] = []
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.began = threading.Event()
        self.wrong: Exception | None = None
        self.then = DONE

    def __call__(self, jobs: list[int]) -> Turn:
        self.began.set()
        assert self.goes_on.wait(PATIENCE)
        self.turns.append(jobs)
        if self.wrong is not None:
            raise self.wrong
        return self.then


@pytest.fixture
def log() -> Iterator[Log]:
    found = Log()
    yield found
    found.goes_on.set()


def held(log: Log) -> Worker[int]:
    """A worker that stands in its first job."""
    log.goes_on.clear()
    worker = Worker[int]("test", log, log.faults.append)
    worker.put(1)
    worker.start()
    assert log.began.wait(PATIENCE)
    return worker


def test_jobs_are_done_in_order(log: Log) -> None:
    worker = held(log)
    for job in (2, 3, 4):
        worker.put(job)
    log.goes_on.set()
    assert worker.settled(PATIENCE)
    assert log.turns == [[1], [2, 3, 4]]
    assert worker.close(PATIENCE)


def test_what_waits_at_the_end_is_done_and_then_the_last(log: Log) -> None:
    worker = Worker[int](
        "test",
        log,
        log.faults.append,
        first=lambda: log.turns.append([-1]),
        last=lambda: log.turns.append([-2]),
    )
    worker.put(1)
    worker.close(0)
    worker.start()
    assert worker.close(PATIENCE)
    assert log.turns == [[-1], [1], [-2]]


def test_closing_waits_no_longer_than_asked_and_the_thread_holds_nothing_up(log: Log) -> None:
    worker = held(log)
    assert not worker.close(0.01)
    assert not worker.idle
    assert worker.behind > 0
    assert not worker.settled(0)
    log.goes_on.set()
    assert worker.close(PATIENCE)
    assert worker.behind == 0


def test_a_fault_is_reported_once_and_tried_again_until_it_goes_well(log: Log) -> None:
    log.wrong = ZeroDivisionError("x")
    worker = Worker[int]("test", log, log.faults.append, retry=Turn(again=0.001, owes=True))
    worker.put(1)
    worker.start()
    assert not worker.settled(0.05)
    log.wrong = None
    assert worker.settled(PATIENCE)
    assert worker.close(PATIENCE)
    assert [type(one) for one in log.faults] == [ZeroDivisionError]
    assert log.turns[0] == [1]
    assert not any(log.turns[1:])


def test_a_fault_of_which_nobody_else_hears_is_that_of_any_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: heard.append(told.exc_type))
    assert in_background("test", lambda: int("no number")).close(PATIENCE)
    assert heard == [ValueError]


def test_what_is_owed_is_tried_once_more_at_the_end_however_long_the_rest(log: Log) -> None:
    log.then = Turn(rest=600, again=0, owes=True)
    worker = Worker[int]("test", log, log.faults.append)
    worker.put(1)
    worker.start()
    assert log.began.wait(PATIENCE)
    assert worker.close(PATIENCE)
    assert log.turns == [[1], []]
    assert not worker.idle


def test_a_turn_comes_without_a_job_where_it_was_asked_for_and_may_wait(log: Log) -> None:
    log.then = Turn(again=0.001)
    worker = Worker[int]("test", log, log.faults.append, begin=Turn(again=0.001))
    worker.start()
    assert log.began.wait(PATIENCE)
    assert not worker.pause(0)
    assert worker.close(PATIENCE)
    assert worker.pause(PATIENCE)
    assert not any(log.turns)
