"""Which pictures and folders a path that is being typed may become."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from model.photo_path import SUFFIXES

MOST_LOOKED_AT, MOST_OFFERED = 5_000, 100
"""Entries of a folder that are looked at, and names that are offered."""


def completions(folder: Path, typed: str) -> tuple[str, ...]:
    """What ``typed`` may become, each in full; folders end in ``/``. Never raises.

    What is no path of its own begins in ``folder``; ``~`` is the user's own. Large and small
    letters are the same; what begins with a dot is left out until it is typed.
    """
    before, slash, begun = typed.rpartition("/")
    found: list[str] = []
    with suppress(OSError, ValueError, RuntimeError):
        within = folder / Path(before + slash).expanduser()
        found = [before + slash + name for name in _names(within, begun)]
    return tuple(sorted(found, key=str.casefold)[:MOST_OFFERED])


def _names(folder: Path, begun: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in islice(entries, MOST_LOOKED_AT):
            name = entry.name
            if not name.isprintable() or not name.casefold().startswith(begun.casefold()):
                continue
            if name.startswith(".") and not begun:
                continue
            if entry.is_dir():
                yield name + "/"
            elif name.casefold().endswith(SUFFIXES):
                yield name
