"""Wait for what other threads and programs do: for a condition, never for a time."""

import os
import time
from collections.abc import Callable

PATIENCE = float(os.environ.get("OFFWALL_PATIENCE", "60"))
"""Seconds that a machine may take that is busy with something else."""


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so; AssertionError where it never is."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.005)
