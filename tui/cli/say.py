"""What a command says: clean lines, rows in aligned columns, and a refusal as one sentence.

Columns are aligned by the cells that they take on a screen.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records.text import plain

if TYPE_CHECKING:
    from offwall.model.records import Session


def say(*lines: str) -> None:
    """Print lines of text, each cleaned of what would command the terminal."""
    document("\n".join(map(plain, lines)))


def document(text: str) -> None:
    """Print text that is safe already, line breaks included, and wait until it is written."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader (head, less) has seen enough: that is no error, and the work goes on.
        _silence()
    except OSError:
        # Python would try the same bytes once more while it ends, and print a traceback.
        _silence()
        raise


def complain(text: str) -> None:
    """Print one line to standard error, whatever the text holds."""
    print(f"offwall: {plain(text)}", file=sys.stderr)


def hint(text: str) -> None:
    """Print what helps a person and is no part of the answer to standard error."""
    print(plain(text), file=sys.stderr)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class CommandError(Exception):
    """Bad usage or input: its text is one sentence, what is wrong and what to do."""


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what the model and the operating system refuse into a `CommandError`."""
    try:
        yield
    except SystemExit:
        # Help and the version end so: nothing is refused, and nothing need be looked up.
        raise
    except _expected() as refused:
        raise CommandError(str(refused)) from refused
    except OSError as failed:
        raise CommandError(_of_system(failed)) from failed


def _expected() -> tuple[type[Exception], ...]:
    """What the model says in a sentence of its own; looked up only once something is refused."""
    from offwall.model.records import EditError
    from offwall.model.store import ExportError, StoreError
    from offwall.model.store.presets.catalogues import PresetError

    return EditError, ExportError, PresetError, StoreError


def _of_system(failed: OSError) -> str:
    where = f"{Path(failed.filename).name}: " if isinstance(failed.filename, str) else ""
    return f"{where}{failed.strerror or failed}."


def at_screen() -> bool:
    """Whether keys come from a terminal, and it draws what goes to it."""
    at_terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout))
    return at_terminal and os.environ.get("TERM", "") != "dumb"


GAP = "  "
LEAST = 12
"""Cells that a column keeps however narrow the terminal is."""


def width_of_terminal() -> int | None:
    """Cells across the terminal, or None when the output goes elsewhere and nothing need be cut."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def aligned(rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """A line a row. Wider than ``width``, the widest columns are cut, and end in ``…``."""
    cells = [[plain(text) for text in row] for row in rows]
    widths = [max(map(cells_of, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _narrowed(widths, width - len(GAP) * (len(widths) - 1))
    return [
        GAP.join(_fitted(text, cut) for text, cut in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def cells_of(text: str) -> int:
    """How many cells the text takes: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Take from the widest column until all fit, or none has more than the least."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > LEAST:
        widest = widths.index(max(widths))
        others = sorted(set(widths), reverse=True)
        down_to = max(LEAST, others[1] if len(others) > 1 else LEAST)
        widths[widest] -= max(1, min(sum(widths) - room, widths[widest] - down_to))
    return widths


def _fitted(text: str, width: int) -> str:
    if text.isascii() and len(text) <= width:
        return text.ljust(width)
    taken = cells_of(text)
    if taken > width:
        text, taken = _cut(text, width - 1)
        text, taken = text + "…", taken + 1
    return text + " " * (width - taken)


def _cut(text: str, width: int) -> tuple[str, int]:
    taken = 0
    for place, character in enumerate(text):
        if taken + _cells(character) > width:
            return text[:place], taken
        taken += _cells(character)
    return text, taken


def by_stage(session: "Session", lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lines under the stage that each begins with, by id and name."""
    for place, (stage, found) in enumerate(groupby(lines, key=itemgetter(0))):
        if place:
            yield ""
        known = next((one for one in session.stages if one.id == stage), None)
        yield f"{known.id} {known.name}".rstrip() if known else "The session as a whole"
        yield from (line for _, line in found)


def as_reader(text: str) -> str:
    """A reader as `Audience` has it, whatever parts its words."""
    return text.strip().casefold().replace(" ", "-").replace("_", "-")
