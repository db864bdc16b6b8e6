"""Runs a call on a thread of its own: neither a key nor leaving waits for a disk that hangs."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from offwall.tui.terminal.worker import Worker, in_background

T = TypeVar("T")


def run_in_background(call: Callable[[], T]) -> "asyncio.Future[T]":
    """Run a call on a thread of its own; what it answers or raises comes by the future.

    The loop's own threads are waited for at the end of the program. This one is not.
    """
    return begin_in_background(call)[0]


def begin_in_background(call: Callable[[], T]) -> tuple["asyncio.Future[T]", Worker[None]]:
    """As `run_in_background`; the worker's `close` waits for it on another thread, too."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    # Who asked may no longer want to know; a refusal that nobody hears is no fault.
    answer.add_done_callback(lambda told: told.cancelled() or told.exception())

    def tell(say: Callable[[], None]) -> None:
        # The program may have ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if answer.done() else say())

    def run() -> None:
        try:
            found = call()
        except Exception as error:
            wrong = error
            tell(lambda: answer.set_exception(wrong))
        else:
            tell(lambda: answer.set_result(found))

    return answer, in_background("aside", run)
