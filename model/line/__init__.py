"""The one-line form of a post-it and of an action: `parse` and `render`, each the other's
inverse.

Nothing that was typed is thrown away: what is no token stays as text.

Stands on records, set-up and process. Start with `grammar`, then `parse`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.line.vocabulary import Vocabulary

__all__, __getattr__ = front(
    __name__,
    {
        "vocabulary": "Vocabulary",
    },
)
