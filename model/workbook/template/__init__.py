"""A council's own workbook: its tables found, filled without loss, and told. Start with `fill`."""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.workbook.template.read_sheet import ReadBook

__all__, __getattr__ = front(
    __name__,
    {
        "read_sheet": "ReadBook",
    },
)
