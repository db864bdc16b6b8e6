"""The workbook: built, filled into a council's own, read when it comes back, imported, gathered.

openpyxl and lxml are loaded late. Stands on compare and below. Start with `write.export`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.workbook.import_.proposals import Proposals

__all__, __getattr__ = front(
    __name__,
    {
        "import_.proposals": "Proposals",
    },
)
