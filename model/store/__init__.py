"""The store: the session file and what keeps it safe: atomic writes, journal, backups, merge,
conflicts.

What nobody changed keeps its bytes. Errors are sentences with the file and the remedy.

Stands on records and set-up. Start with `store`, then `journal` and `merge`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.store.disk import os_reason
    from offwall.model.store.files import ExportError, write_output
    from offwall.model.store.photo_files import Picture, photos_folder
    from offwall.model.store.presets.catalogues import topic_kinds
    from offwall.model.store.session_file import StoreError, bytes_of, create_session, read_session
    from offwall.model.store.store import Store

__all__, __getattr__ = front(
    __name__,
    {
        "disk": "os_reason",
        "files": "ExportError write_output",
        "photo_files": "Picture photos_folder",
        "presets.catalogues": "topic_kinds",
        "session_file": "StoreError bytes_of create_session read_session",
        "store": "Store",
    },
)
