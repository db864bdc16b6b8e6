"""What is sent to the terminal never makes anybody wait for the line."""

import io
import os
import select
import threading
from collections.abc import Iterator
from queue import Full

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from offwall.tui.terminal.output_driver import MOST_WAITING, OutputQueue

PATIENCE = 60


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """A line that takes 64 KiB and then nothing until it is read."""
    reads, writes = os.pipe()
    yield reads, writes
    os.close(reads)
    os.close(writes)


def all_of(reads: int, last: bytes) -> bytes:
    """What comes until some last words."""
    found = b""
    while not found.endswith(last):
        assert select.select([reads], [], [], PATIENCE)[0]
        found += os.read(reads, 1 << 20)
    return found


def test_everything_comes_in_order(line: tuple[int, int]) -> None:
    output = OutputQueue(line[1], lambda: None)
    for number in range(1000):
        output.write(f"{number} é\ud800\n")
    assert all_of(line[0], b"999 \xc3\xa9?\n").count(b"\n") == 1000
    output.worker.close(PATIENCE)


def test_a_stalled_line_holds_nobody_up_and_is_told_when_it_flows(line: tuple[int, int]) -> None:
    flows = threading.Event()
    output = OutputQueue(line[1], flows.set)
    frame = "x" * 10_000
    for _ in range(200):
        output.write(frame)
    output.write("needed", needed=True)
    assert not flows.is_set()
    sent = all_of(line[0], b"needed")
    assert len(sent) < 2 * MOST_WAITING
    assert flows.wait(PATIENCE)
    output.write("after")
    assert all_of(line[0], b"after") == b"after"
    output.worker.close(PATIENCE)


def test_stopping_waits_no_longer_than_asked(line: tuple[int, int]) -> None:
    output = OutputQueue(line[1], lambda: None)
    output.write("x" * MOST_WAITING)
    stopped = threading.Event()
    threading.Thread(target=lambda: (output.worker.close(0.05), stopped.set())).start()
    assert stopped.wait(PATIENCE)
    all_of(line[0], b"x" * 1000)


def test_a_line_that_is_gone_is_no_fault() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    output = OutputQueue(writes, lambda: None)
    output.write("x")
    output.worker.close(PATIENCE)
    output.write("y")
    os.close(writes)


def test_a_line_that_somebody_made_impatient_gets_all_of_it(line: tuple[int, int]) -> None:
    os.set_blocking(line[1], False)
    output = OutputQueue(line[1], lambda: None)
    output.write("x" * MOST_WAITING + "end")
    assert len(all_of(line[0], b"end")) == MOST_WAITING + 3
    output.worker.close(PATIENCE)


def test_the_stock_writer_still_stands_still_with_the_line() -> None:
    """When this fails, Textual no longer waits for the line and tui/terminal/output_driver.py can
    go.
    """
    writer = WriterThread(io.StringIO())  # never started, as if the line took nothing
    for _ in range(MAX_QUEUED_WRITES):
        writer.write("x")
    with pytest.raises(Full):
        writer._queue.put("x", timeout=0.01)
