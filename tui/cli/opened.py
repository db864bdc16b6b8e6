"""A session file opened by a command that changes it."""

from contextlib import suppress
from pathlib import Path

from offwall.model.store import Store, backups
from offwall.tui.services import recent_sessions


def opened(path: Path) -> Store:
    """The session file; a copy lies in the state folder where it has to be rewritten in place.

    Raises `model.store.store.StoreError` where it cannot be read.
    """
    file = Store.open(path)
    spare = backups.state_folder(recent_sessions.state_folder(), file.session.workshop.id, path)
    with suppress(OSError):
        backups.make_state_folder(spare, path)
        file.spare = spare
    return file
