"""Part 2, the process: the template with its line, activities, RACI, wall, walk, conflicts.

Front: `RecordScreen`, `ActivityTable`, `ActivityCard`, `PostItLine`, `RaciGrid`, `WallView`. The
keys that act on an activity come in families: `activity_review` (confirm), `activity_table` (move,
join, split), `activity_navigation`, `activity_filter`, `conflicts`. It stands on `kit` and `setup`.
Start reading at `record_screen`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.tui.process.activity_card import STAGE_KEY

__all__, __getattr__ = front(
    __name__,
    {
        "activity_card": "STAGE_KEY",
    },
)
