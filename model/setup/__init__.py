"""Set-up: what is agreed before the wall is read: people, roles, stages, words, photos.

Every function takes a session and returns a new one, or raises `EditError`.

Stands on records. Start with `roles`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.setup.photos import PhotoFileState, PhotoStatus

__all__, __getattr__ = front(
    __name__,
    {
        "photos": "PhotoFileState PhotoStatus",
    },
)
