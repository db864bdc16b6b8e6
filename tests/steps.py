"""Counts the steps of a computation: what a clock cannot say alike on every machine."""

import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """How many functions were called and left while it worked."""
    calls = 0

    def called(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
