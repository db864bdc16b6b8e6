"""Tables: rows derived from a session, for screens, workbook and commands alike; a function a
sheet.

Stands on topics and below. Start with `sheet`; `all_sheets` makes them all.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.tables.actions import actions_sheet, issues_sheet, next_steps_sheet
    from offwall.model.tables.process import activities_sheet, decisions_sheet, documents_sheet
    from offwall.model.tables.raci import raci_sheet
    from offwall.model.tables.setup import people_sheet, roles_sheet, words_sheet
    from offwall.model.tables.sheet import (
        ACTIONS,
        ACTIVITIES,
        ISSUES,
        KINDS,
        NEXT_STEPS,
        RACI,
        ROLE,
        CellValue,
        Sheet,
        SheetRow,
    )
    from offwall.model.tables.topics import board_sheet, tiers_sheet, topics_sheet

__all__, __getattr__ = front(
    __name__,
    {
        "actions": "actions_sheet issues_sheet next_steps_sheet",
        "process": "activities_sheet decisions_sheet documents_sheet",
        "raci": "raci_sheet",
        "setup": "people_sheet roles_sheet words_sheet",
        "sheet": ("ACTIONS ACTIVITIES CellValue ISSUES KINDS NEXT_STEPS RACI ROLE Sheet SheetRow"),
        "topics": "board_sheet tiers_sheet topics_sheet",
    },
)
