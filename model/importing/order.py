"""Whether people moved rows, or sorted them by another column: only a move is anybody's wish."""

from collections.abc import Mapping, Sequence

from model.changes import diff
from model.importing.cells import folded
from model.importing.copy import Read
from model.session import Activity, Session

FEW = 0.34
"""The share of rows at most that were moved by hand; more of them were sorted."""


def moved(before: Sequence[str], now: Sequence[str]) -> set[str]:
    """The fewest keys that somebody moved to make one order of the other."""
    old, new = (
        Session(activities=tuple(Activity(key, "", "") for key in keys)) for keys in (before, now)
    )
    return {change.key for change in diff(old, new)}


def is_sorted_otherwise(read: Read, before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether the rows stand in an order that is no longer the wall's.

    They do where a column that was in no order is in one now, or where more rows changed places
    than people move by hand.
    """
    if list(before) == list(now):
        return False
    if len(moved(before, now)) > max(2, FEW * len(before)):
        return True
    rows = {one.id: one.values for one in read.known}
    keys = [key for key in read.keys if key not in ("ref", "id")]
    return any(
        _in_order([rows[one].get(key) for one in now])
        and not _in_order([rows[one].get(key) for one in before])
        for key in keys
    )


def _in_order(values: Sequence[object]) -> bool:
    """Whether the values rise or fall from row to row, and are not all but one or two the same."""
    said = [folded(value) for value in values]
    if len(set(said)) < 3:
        return False
    return said == sorted(said) or said == sorted(said, reverse=True)


def in_rows_order(
    order: Sequence[str], rows: Sequence[str], stages: Mapping[str, str]
) -> list[str]:
    """The keys with those of the rows in the rows' order; what has no row stays behind its own.

    ``stages`` says on which stage each stands: the columns of the wall stay apart.
    """
    place = {key: at for at, key in enumerate(rows)}
    found: list[str] = []
    for stage in dict.fromkeys(stages[key] for key in order):
        column = [key for key in order if stages[key] == stage]
        rank, at = {}, -1
        for number, key in enumerate(column):
            at = place.get(key, at)
            rank[key] = (at, number)
        found += sorted(column, key=lambda key: rank[key])
    return found
