"""What the gate tries once of its kind, and the night every time."""

from collections.abc import Iterable
from typing import Any

import pytest


def rest_at_night(values: Iterable[Any], *, gate: Iterable[Any] = (), names: int = 1) -> list[Any]:
    """Values for ``parametrize`` of that many ``names``: those of ``gate``, or the first, stand for
    all in the gate; the others have their turn at night.
    """
    every = list(values)
    known = [*gate] or every[:1]
    assert all(one in every for one in known), known
    return [
        one
        if one in known
        else pytest.param(*(one if names > 1 else (one,)), marks=pytest.mark.night)
        for one in every
    ]
