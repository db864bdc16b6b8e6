"""A session file opened by a command that changes it."""

from contextlib import suppress
from pathlib import Path

from model import state
from model.store import Store
from tui import recent


def opened(path: Path) -> Store:
    """The session file; a copy lies in the state folder where it has to be rewritten in place.

    Raises `model.store.StoreError` where it cannot be read.
    """
    file = Store.open(path)
    spare = state.folder_of(recent.state_folder(), file.session.workshop.id, path)
    with suppress(OSError):
        state.prepare(spare, path)
        file.spare = spare
    return file
