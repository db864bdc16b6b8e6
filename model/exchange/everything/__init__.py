"""Everything that people leave with, in one new folder: what one key, or one command, writes.

Workbook, brief, feedback, calendars, drawing, and the mails that go with them. Each is written
whole or not at all, and one that cannot be written keeps none of the others back.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.exchange.everything.folder import begin, end
from model.exchange.everything.parts import PARTS, Leaving
from model.exchange.files import ExportError
from model.session import Session

__all__ = ["PARTS", "Written", "write_everything"]

Tell = Callable[[int, int, str], None]
"""Hears the place of a part, how many there are, and what it is."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: where it lies, the files written, in order, and what is to be said.

    ``failed`` has a sentence for each part that was not written; ``left_out`` names the parts that
    were not begun, because somebody wanted to leave; ``notes`` say what is not in the files.
    """

    folder: Path
    files: tuple[Path, ...]
    failed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write_everything(
    session: Session,
    path: Path,
    *,
    now: dt.datetime,
    today: dt.date,
    earlier: Session | None = None,
    mark: str = "",
    folder: Path | None = None,
    force: bool = False,
    tell: Tell = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Written:
    """Write all that leaves of the session of the file ``path``.

    It goes into a new folder beside the file, ``NAME 2026-12-10`` or the next free name, or into
    ``folder``, which may be there already only with ``force``. ``earlier`` is the session that
    this one follows; ``mark`` is what `model.exchange.snapshots.keep` answered, for the workbook.
    ``tell`` hears of each part before it is written; where ``stopped`` says so before that, it and
    those after it are left out.

    Raises:
        ExportError: the folder could not be made.
    """
    made = begin(path, today, folder, force=force)
    leaving = Leaving(session, path, made, now, today, earlier, mark, force)
    failed, left_out = _write_parts(leaving, tell, stopped)
    end(made, leaving.files)
    notes = tuple(dict.fromkeys(leaving.notes))
    return Written(made, tuple(leaving.files), failed, left_out, notes)


def _write_parts(
    leaving: Leaving, tell: Tell, stopped: Callable[[], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the parts; a sentence for each that failed, and the names of those left out."""
    failed, left_out = [], []
    for number, (name, write) in enumerate(PARTS.items(), 1):
        if stopped():
            left_out.append(name)
            continue
        tell(number, len(PARTS), name)
        try:
            write(leaving)
        except ExportError as sentence:
            failed.append(str(sentence))
        except Exception as unforeseen:
            # A fault in one part, or in a library that makes it, must not cost the others.
            failed.append(_unforeseen(name, unforeseen))
    return tuple(failed), tuple(left_out)


def _unforeseen(name: str, error: Exception) -> str:
    why = " ".join(str(error).split())[:200] or type(error).__name__
    return f"{name[:1].upper()}{name[1:]} was not written, because of a fault: {why}."
