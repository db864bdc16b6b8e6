"""Session files read one after another, and what each gave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.gathering import is_session, tidy
from model.session_file import StoreError, named, read
from model.tables import Row


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one file gave: each table's rows, in the order of `model.gathering.tidy`.

    Where there are none, ``why`` says in a sentence that it ``failed`` or is no session.
    """

    file: Path
    workshop: str = ""
    rows: tuple[Sequence[Row], ...] = ()
    why: str = ""
    failed: bool = False


def read_all(files: Iterable[Path]) -> Iterator[Gathered]:
    """What each file gives, in their order; one at a time is in memory."""
    return map(_gather, files)


def _gather(file: Path) -> Gathered:
    try:
        session = read(file)
        if not is_session(session):
            return Gathered(file, why=f"{named(file)} is no session.")
        rows = tuple(table.rows for table in tidy(session, file.as_posix()))
    except StoreError as wrong:
        return Gathered(file, why=str(wrong), failed=True)
    except Exception as fault:
        # One file of hundreds, that nobody foresaw, does not cost the others.
        why = f"{named(file)} could not be gathered ({type(fault).__name__}: {fault})."
        return Gathered(file, why=why, failed=True)
    return Gathered(file, session.workshop.id, rows)
