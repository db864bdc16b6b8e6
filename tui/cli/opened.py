"""A session file opened by a command that changes it, and what that keeps in it."""

from contextlib import suppress
from pathlib import Path

from offwall.model.records import Session
from offwall.model.records.changes import check_lengths
from offwall.model.store import Store, backups
from offwall.tui.cli.say import hint
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


def keep(file: Store, session: Session) -> Session:
    """Save a change, and say what there is to say of that; the answer is what the file has now.

    Raises `EditError` for a text that no file takes, and `StoreError` where it cannot be written.
    """
    check_lengths(file.session, session)
    written = file.save(session)
    if file.note:
        hint(file.note)
    return written
