"""What a command says: clean lines to standard output, and what it cannot do as one sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offwall.tui.kit import plain


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
