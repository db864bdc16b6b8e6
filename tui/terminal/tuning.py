"""How Python itself is tuned for a screen: the garbage collector, and the turns of threads.

Looking for garbage is a fifth of a start and finds nothing; a thread at work may hold a key up.
"""

import atexit
import gc
import sys

GC_THRESHOLDS = (10_000, 10, 5)
"""New objects before a look at the youngest, and how many looks before one at the older and at all.
Reading 10,000 activities makes a million objects: Python's own 700 had keys wait 0.2 s, many times.
"""


def rare_gc() -> None:
    """Look for garbage a hundred times less often: a command soon ends, and leaves hardly any."""
    gc.set_threshold(100_000, 10, 100)


def pause_gc() -> None:
    """Do not look until `resume_gc`: what is being loaded stays."""
    gc.disable()


def load_asyncio() -> None:
    """Load it without TLS, which nothing here speaks: 3 MB and 8 ms. Whoever asks later has it."""
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]


def resume_gc() -> None:
    """Look again from now on, but never through what was loaded: each look is the shorter for it.

    Where `pause_gc` was not called nothing happens.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)
        gc.enable()


def leave_garbage() -> None:
    """Look for none when the program ends, where Python would look through all there is: it goes
    anyway. With 10,000 activities that is half of leaving.
    """
    atexit.register(gc.freeze)


# How the processor is shared between the screen and what reads and writes files beside it.

THREAD_SWITCH_SECONDS = 0.0005
"""Seconds that a thread at work goes on when another wants its turn. Python's own are ten times
that, and a key needs several: with 10,000 activities, while the file is saved, it was felt.
"""


def prefer_ui_thread() -> None:
    """Have no key wait long for a thread that works beside the screen."""
    sys.setswitchinterval(THREAD_SWITCH_SECONDS)
