"""What outlives a screen: the open document, its writers, co-editing, exports, photos, clock.

Front: `Services`, made on a `Port`, which is all that they know of the App; `TerminalApp`, the App
with Textual's terminal side mended; and for commands `free_name`, `write_bundle`, `remember`.
Whatever takes a disk or a thread is here; a key never waits for it. It stands on `kit`, `looks` and
the model's store. Start reading at `services`, then `editing`, `document` and `writers`.
`session_files`, `recent_sessions` and `bundle` load no Textual: commands use them.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.tui.services.session_files import free_name

__all__, __getattr__ = front(
    __name__,
    {
        "session_files": "free_name",
    },
)
