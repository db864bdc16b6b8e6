"""What a command cannot do, as one sentence for the user."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
