"""Parallel lines in the room between boxes, each on a track of its own."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

Span = tuple[float, float]
"""From where to where a line runs along its channel."""

APART = 1.9
"""Millimetres between two tracks."""


def tracks(runs: Iterable[tuple[Hashable, float, float]]) -> dict[Hashable, int]:
    """A track for each group of runs, numbered from 0, such that no two groups on one touch.

    Runs of one group may lie on each other: they lead to the same place and merge. The groups
    that begin first are placed first, each on the first track that is free (the greedy colouring
    of intervals, which needs no more tracks than lines ever stand beside each other).
    """
    spans: dict[Hashable, list[float]] = defaultdict(list)
    for group, one, other in runs:
        spans[group] += [one, other]
    placed: dict[Hashable, int] = {}
    ends: list[float] = []
    for group, ends_at in sorted(spans.items(), key=lambda item: (min(item[1]), max(item[1]))):
        first, last = min(ends_at), max(ends_at)
        free = next((at for at, end in enumerate(ends) if end < first - 0.01), len(ends))
        ends[free : free + 1] = [last]
        placed[group] = free
    return placed
