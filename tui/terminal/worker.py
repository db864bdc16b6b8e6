"""The one thread class: work that no key may wait for, on a disk, a share or a line that stalls.

It stands in the lowest room, as the terminal's output needs it too, and knows no Textual.
CONTRIBUTING.md lists the threads, and decision 13 says why Textual's own workers do not serve.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Generic, NamedTuple, TypeVar

Job = TypeVar("Job")
T = TypeVar("T")


class Turn(NamedTuple):
    """What a worker does after a turn.

    Args:
        rest: seconds in which no job is taken; closing cuts them short.
        again: seconds after which there is another turn even without a job; None for never.
        owes: whether something is still to be done, so that nothing is settled.
    """

    rest: float = 0.0
    again: float | None = None
    owes: bool = False


DONE = Turn()
"""All is done: the next turn comes with the next job."""

AGAIN = Turn(again=1.0, owes=True)
"""What follows a turn that met a fault, where nothing else is said: another in a second."""


def as_of_any_thread(fault: Exception) -> None:
    """Report a fault as that of any thread: the editor ends with a sentence."""
    told = (type(fault), fault, fault.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(told))


class Worker(Generic[Job]):
    """Does jobs on a daemon thread of its own; a fault is reported and never ends it."""

    def __init__(
        self,
        name: str,
        work: Callable[[list[Job]], Turn],
        report: Callable[[Exception], object] = as_of_any_thread,
        *,
        gather: float = 0.0,
        begin: Turn = DONE,
        retry: Turn = AGAIN,
        first: Callable[[], object] = lambda: None,
        last: Callable[[], object] = lambda: None,
    ) -> None:
        """All but `put`, `settled` and `close` run on the thread.

        Args:
            name: the thread's.
            work: takes the jobs that wait, in order; none where it asked for a turn.
            report: hears of a fault, once until a turn goes well again.
            gather: seconds that a job waits for those right behind it.
            begin: what comes before the first turn.
            retry: what comes after a turn that met a fault.
            first: called before all.
            last: called after all.
        """
        self._work, self._report = work, report
        self._gather, self._retry = gather, retry
        self._first, self._last = first, last
        self._condition = threading.Condition()
        self._jobs: list[Job] = []
        self._next = begin
        self.idle, self._hurry, self._since, self._fault = True, 0, 0.0, ""
        self.closing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; jobs that were put before are done now."""
        self._thread.start()

    def put(self, job: Job) -> None:
        """Have a job done."""
        with self._condition:
            self._jobs.append(job)
            if self.idle:
                self.idle, self._since = False, time.monotonic()
            self._condition.notify_all()

    @property
    def behind(self) -> float:
        """For how many seconds something has been waiting or owed; 0 where nothing is."""
        return 0.0 if self.idle else time.monotonic() - self._since

    def settled(self, patience: float) -> bool:
        """Wait, without gathering, until all is done; False where it takes over ``patience`` s."""
        with self._condition:
            self._hurry += 1
            self._condition.notify_all()
            settled = self._condition.wait_for(lambda: self.idle, patience)
            self._hurry -= 1
            return settled

    def close(self, patience: float) -> bool:
        """Do what waits, try once more what is owed, and end; False where it takes too long.

        What takes over ``patience`` seconds is left to its fate: the thread is a daemon.
        """
        with self._condition:
            self.closing = True
            self._condition.notify_all()
        if self._thread.ident is not None:
            self._thread.join(patience)
        return not self._thread.is_alive()

    def pause(self, seconds: float) -> bool:
        """Wait within a turn; True as soon as the worker is being closed."""
        with self._condition:
            return self._condition.wait_for(lambda: self.closing, seconds)

    def turn(self) -> None:
        """Do what waits now. The thread's own; a test without threads calls it, too."""
        with self._condition:
            jobs, self._jobs = self._jobs, []
        try:
            self._next, self._fault = self._work(jobs), ""
        except Exception as fault:  # a thread that ended here would do nothing ever after
            self._next = self._retry
            self._tell(fault)
        with self._condition:
            self.idle = not (self._jobs or self._next.owes)
            self._condition.notify_all()

    def _run(self) -> None:
        self._guarded(self._first)
        while not self._wait():
            self.turn()
        owes = self._next.owes
        while self._jobs or owes:
            self.turn()
            owes = False
        self._guarded(self._last)

    def _wait(self) -> bool:
        """Wait for the next turn; True where it is the end."""
        with self._condition:
            wait = self._condition.wait_for
            wait(lambda: self.closing, self._next.rest)
            if wait(lambda: self._jobs or self.closing, self._next.again) and self._gather:
                wait(lambda: self._hurry or self.closing, self._gather)
            return self.closing

    def _guarded(self, call: Callable[[], object]) -> None:
        try:
            call()
        except Exception as fault:
            self._tell(fault)

    def _tell(self, fault: Exception) -> None:
        known, self._fault = self._fault, repr(fault)
        if known != self._fault:
            # Whoever is told may be gone.
            with suppress(RuntimeError):
                self._report(fault)


def in_background(name: str, call: Callable[[], object]) -> Worker[None]:
    """Run a call once on a thread of its own; `Worker.close` waits for it."""

    def work(_: list[None]) -> Turn:
        call()
        return DONE

    worker: Worker[None] = Worker(name, work)
    worker.put(None)
    worker.start()
    worker.close(0)
    return worker


# The same for who waits for an answer: neither a key nor leaving waits for a disk that hangs.


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


class Latest(Generic[T]):
    """Calls on threads of their own, one at a time: of those wanted meanwhile, only the last."""

    def __init__(self, begin: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """``begin`` runs a coroutine beside the keys, as Textual's ``run_worker`` does."""
        self._begin = begin
        self._next: tuple[Callable[[], T], Callable[[asyncio.Future[T]], object]] | None = None
        self.busy = False

    def want(self, call: Callable[[], T], told: Callable[["asyncio.Future[T]"], object]) -> None:
        """Have a call made; ``told`` hears what came of it, unless another is wanted by then."""
        self._next = (call, told)
        if not self.busy:
            self.busy = True
            self._begin(self._run())

    async def _run(self) -> None:
        try:
            while self._next is not None:
                (call, told), self._next = self._next, None
                answer = run_in_background(call)
                await asyncio.wait([answer])
        finally:
            self.busy = False
        told(answer)
