"""The looks: a few named styles, made once, and the colours that stand beside letters and words.

Colours follow the words, by conditional formatting, so that they stay true when people edit. Every
pair of text and ground has a contrast of 7 to 1 or more (WCAG 2.2, AAA asks for 7, AA for 4.5).
"""

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

INK, WHITE, NAVY, RULE = "1A1A1A", "FFFFFF", "1F3864", "BFBFBF"

FONT = "Arial"
"""A font without serifs that every office has; a workbook falls back by itself where not."""

DATE_FORMAT = "dd mmm yyyy"

FILLS: Mapping[str, Mapping[str, str]] = {
    "letters": {"R": "CFE2F3", "RA": "B4C7E7", "A": "FCE4B6", "C": "DDEBD0", "I": "E7E6E6"},
    "improve": {"change": "FCE4B6", "drop": "F8D7DA", "new": "DDEBD0", "keep": "E7E6E6"},
    "activity_status": {
        "confirmed": "DDEBD0",
        "sequence only": "FCE4B6",
        "lead only": "FCE4B6",
        "to confirm": "F8D7DA",
    },
    "codes": {"D": "CFE2F3", "G": "E6D5F0", "T": "FCE4B6", "R": "F8D7DA"},
    "action_status": {
        "open": "FCE4B6",
        "doing": "CFE2F3",
        "done": "DDEBD0",
        "dropped": "E7E6E6",
    },
    "issue_status": {"open": "FCE4B6", "explored": "CFE2F3", "closed": "DDEBD0"},
    "band": {
        "quick win": "DDEBD0",
        "plan": "CFE2F3",
        "significant change": "FCE4B6",
        "unscored": "E7E6E6",
    },
    "lane": {
        "activity": "FFF2B3",
        "people": "CFE2F3",
        "decision": "F8D7DA",
        "documents": "DDEBD0",
        "photo": "E7E6E6",
    },
}
"""The ground of a cell by the list that its column offers, or by the column's key."""

_EDGE = Side(style="thin", color=RULE)
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", start_color=NAVY)


def _named(name: str, *, head: bool = False, **align: Any) -> NamedStyle:
    """A style of a table's cell."""
    return NamedStyle(
        f"Offwall {name}",
        font=Font(name=FONT, size=10, bold=head, color=WHITE if head else INK),
        fill=_HEAD if head else PatternFill(),
        border=_BOX,
        alignment=Alignment(**{"vertical": "top", "wrap_text": True, **align}),
    )


def _loose(name: str, size: int, colour: str, *, bold: bool = False) -> NamedStyle:
    """A style of the lines above a table."""
    return NamedStyle(f"Offwall {name}", font=Font(name=FONT, size=size, bold=bold, color=colour))


def _all() -> dict[str, NamedStyle]:
    date = _named("date", horizontal="left")
    date.number_format = DATE_FORMAT
    whole = _named("whole number", horizontal="right", indent=1)
    whole.number_format = "#,##0"
    return {
        "title": _loose("title", 16, NAVY, bold=True),
        "about": _loose("about", 10, INK),
        "header": _named("header", head=True, vertical="center"),
        "upright": _named("upright header", head=True, horizontal="center", text_rotation=90),
        "text": _named("text"),
        "letter": _named("letter", horizontal="center"),
        "int": whole,
        "date": date,
    }


QUOTED = "quoted"
"""The look of text that a spreadsheet might take for a formula if it were typed again."""


class Styles:
    """Adds the named styles to a workbook and hands out each as the array that a cell bears.

    Styling cell by cell is most of the time that a workbook takes; a ready array costs a copy.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._arrays: dict[str, StyleArray] = {}
        for key, style in _all().items():
            workbook.add_named_style(style)
            self._arrays[key] = StyleArray(style.as_tuple())
            quoted = StyleArray(style.as_tuple())
            quoted.quotePrefix = 1
            self._arrays[f"{key} {QUOTED}"] = quoted

    def array(self, key: str, *, quoted: bool = False) -> StyleArray:
        """The style by its key."""
        return self._arrays[f"{key} {QUOTED}" if quoted else key]
