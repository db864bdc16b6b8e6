"""Part 2, the process: the template with its line, activities, RACI, wall, walk, conflicts.

Front: `RecordScreen`, `ActivityTable`, `ActivityCard`, `PostItLine`, `RaciGrid`, `WallView`. What
the keys do to an activity is in `activity_commands`, a table a family. It stands on `kit` and
`setup`. Start reading at `record_screen`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.tui.process.activity_card import STAGE_KEY

__all__, __getattr__ = front(__name__, {"activity_card": "STAGE_KEY"})
