"""Part 1's topics: tiers and what they cost, the board, improvement, the catalogue's topics.

Stands on actions and below. Start with `topics`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.topics.tiers import heaviest_first

__all__, __getattr__ = front(
    __name__,
    {
        "tiers": "heaviest_first",
    },
)
