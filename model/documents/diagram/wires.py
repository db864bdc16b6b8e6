"""Which line runs beside which in a channel, so that few of them cross and none lie on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Key = TypeVar("Key")

TOUCH = 0.6
"""Lines that end nearer to each other than this, in millimetres, need tracks of their own."""

LIES_ON = 1000
"""What it costs that two lines would lie on each other: more than any number of crossings."""

PASSES = 12
"""How often neighbours are looked at again, to see whether they had better change places."""


@dataclass(slots=True)
class Wire:
    """What runs along a channel to one place: where lines join it from either side.

    ``low`` are the joins from the left of an upright channel, or from above a level one; ``high``
    those from the right, or from beneath; ``ends`` are ends on neither side.
    """

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it runs."""
        every = [*self.low, *self.high, *self.ends]
        return min(every), max(every)


def ordered_tracks(wires: Mapping[Key, Wire]) -> dict[Key, int]:
    """A track for each wire, numbered from 0, the low side first; few tracks and few crossings.

    Wires that touch have different tracks, in an order that is found by letting neighbours change
    places while that spares a crossing.
    """
    keys = sorted(wires, key=lambda key: wires[key].span)
    spans = {key: wires[key].span for key in keys}
    changed = True
    for _ in range(PASSES):
        if not changed:
            break
        changed = False
        for at in range(1, len(keys)):
            changed |= _sunk(keys, at, wires, spans)
    placed: dict[Key, int] = {}
    for key in keys:
        low, high = spans[key]
        beside = [
            track
            for other, track in placed.items()
            if spans[other][0] < high + TOUCH and low < spans[other][1] + TOUCH
        ]
        placed[key] = max(beside, default=-1) + 1
    return placed


def _sunk(
    keys: list[Key],
    at: int,
    wires: Mapping[Key, Wire],
    spans: Mapping[Key, tuple[float, float]],
) -> bool:
    """Move one wire as far towards the low side as spares most; whether it moved."""
    key, gain, best, place = keys[at], 0, 0, at
    for before in range(at - 1, -1, -1):
        other = keys[before]
        gain += _cost(wires, spans, other, key) - _cost(wires, spans, key, other)
        if gain > best:
            best, place = gain, before
    if best:
        keys.insert(place, keys.pop(at))
    return bool(best)


def _cost(
    wires: Mapping[Key, Wire], spans: Mapping[Key, tuple[float, float]], one: Key, other: Key
) -> int:
    """What it costs that ``one`` runs on the low side of ``other``."""
    first, second = wires[one], wires[other]
    return (
        _within(first.high, spans[other])
        + _within(second.low, spans[one])
        + LIES_ON * sum(abs(a - b) < TOUCH for a in first.high for b in second.low)
    )


def _within(places: Sequence[float], span: tuple[float, float]) -> int:
    return sum(span[0] + TOUCH / 2 < place < span[1] - TOUCH / 2 for place in places)
