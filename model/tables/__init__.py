"""Tables: rows derived from a session, for screens, workbook and commands alike; a description a
sheet says all there is to say of it.

Stands on topics and below. Start with `sheet`; `all_sheets` names them all.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.tables.all_sheets import header_words, only_ours, sheet_of, template_kinds
    from offwall.model.tables.sheet import (
        ACTIONS,
        ACTIVITIES,
        ISSUES,
        NEXT_STEPS,
        RACI,
        ROLE,
        Cell,
        CellValue,
        Facts,
        FilledSheet,
        Sheet,
        SheetRow,
    )

__all__, __getattr__ = front(
    __name__,
    {
        "all_sheets": "header_words only_ours sheet_of template_kinds",
        "sheet": (
            "ACTIONS ACTIVITIES Cell CellValue Facts FilledSheet ISSUES NEXT_STEPS RACI ROLE Sheet "
            "SheetRow"
        ),
    },
)
