"""Every journey can be had drawn both ways: ``OFFWALL_COMPARE=1 python -m pytest tests/tui``."""

import os
from collections.abc import Iterator

import pytest

from tests.tui.both_ways import compared
from tui.terminal.shortest import Abilities

COMPARE = os.environ.get("OFFWALL_COMPARE", "") == "1"


@pytest.fixture(autouse=COMPARE)
def _drawn_both_ways() -> Iterator[None]:
    """Compare every frame; a difference ends the journey."""
    with compared(Abilities(colours_erased=True, erases_cells=True, slides=True)):
        yield
