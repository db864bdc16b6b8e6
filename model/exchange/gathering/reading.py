"""Session files read in several processes at once, and handed on in the order of their paths."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from model.exchange.files import ExportError
from model.gathering import is_session, tidy
from model.session_file import StoreError, named, read
from model.tables import Table

TOGETHER = 8
"""Files that a process reads before it hands them on."""

AHEAD = 3
"""Handfuls for each process that may wait to be written: memory does not grow with the files."""

ALONE = 24
"""Up to so many files are sooner read here than other processes are started."""

Prepare = Callable[[Table], Sequence[Any]]
"""What makes a table's rows fit to be written; it is done where the file is read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one file gave: each table's rows, prepared, in the order of `model.gathering.tidy`.

    Where there are none, ``why`` says in a sentence that it ``failed`` or is no session.
    """

    file: Path
    workshop: str = ""
    rows: tuple[Sequence[Any], ...] = ()
    why: str = ""
    failed: bool = False


def read_all(files: Sequence[Path], prepare: Prepare) -> Iterator[Gathered]:
    """What each file gives, in their order.

    Raises:
        ExportError: the system ended a process that reads.
    """
    gather = partial(_gather, prepare)
    if len(files) <= ALONE or (processes := _processes()) == 1:
        yield from map(gather, files)
        return
    # Started afresh on every system, so that all behave alike; forking is not safe with threads.
    afresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, afresh, initializer=_heed_no_interrupt)
    try:
        yield from _in_turn(pool, files, gather, processes * AHEAD)
    except BrokenProcessPool:
        raise ExportError(
            "The system ended a process that read sessions; free memory, and try again."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_turn(
    pool: ProcessPoolExecutor,
    files: Sequence[Path],
    gather: Callable[[Path], Gathered],
    most: int,
) -> Iterator[Gathered]:
    """Hand out a few handfuls at a time: the pool's own map would hand out all at once."""
    handfuls = (files[at : at + TOGETHER] for at in range(0, len(files), TOGETHER))
    waiting: deque[Future[list[Gathered]]] = deque()

    def hand_out(some: int) -> None:
        for handful in islice(handfuls, some):
            with _no_interrupt():
                waiting.append(pool.submit(_each, gather, handful))

    hand_out(most)
    while waiting:
        done = waiting.popleft().result()
        hand_out(1)
        yield from done


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Have processes that are started now hear no Ctrl+C: it ends the command, and that the pool.

    They would tell of it, a traceback each, while they are still loading. For the command itself it
    waits until this is over.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # Python's own helper lets the signal through again when it starts: so it starts before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _each(gather: Callable[[Path], Gathered], files: Sequence[Path]) -> list[Gathered]:
    return [gather(file) for file in files]


def _gather(prepare: Prepare, file: Path) -> Gathered:
    try:
        session = read(file)
        if not is_session(session):
            return Gathered(file, why=f"{named(file)} is no session.")
        rows = tuple(prepare(table) for table in tidy(session, file.as_posix()))
    except StoreError as wrong:
        return Gathered(file, why=str(wrong), failed=True)
    except Exception as fault:
        # One file of hundreds, that nobody foresaw, does not cost the others.
        why = f"{named(file)} could not be gathered ({type(fault).__name__}: {fault})."
        return Gathered(file, why=why, failed=True)
    return Gathered(file, session.workshop.id, rows)


def _heed_no_interrupt() -> None:
    """The same where a system cannot hold a signal back: once the process has begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processes() -> int:
    """One a core that this program may use; Windows waits for 61 at most."""
    allowed = getattr(os, "sched_getaffinity", None)
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    return min(cores, 61)
