"""Our own workbook: `export` writes it, `book` builds it, `sheet` writes one table."""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.workbook.write.export import MARK

__all__, __getattr__ = front(
    __name__,
    {
        "export": "MARK",
    },
)
