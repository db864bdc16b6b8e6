"""Fonts: how wide a text is, and which font a picture is drawn with.

The drawing in SVG names Arial and Helvetica and fonts of the same widths. Pillow's own font, which
comes with it and so is the same everywhere, is measured: its letters are as wide as those to
within two hundredths. What it lacks is taken to be as wide as its widest letters.
"""

import unicodedata
from functools import cache
from typing import Any

FAMILY = "Arial, Helvetica, 'Liberation Sans', 'Nimbus Sans', sans-serif"

_AT = 100
"""The size at which letters are measured."""

_BOLD = 1.07
"""What is set in bold is about this much wider; to be safe everything is measured so."""

SYSTEM = (
    *("arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc"),
    *("NimbusSans-Regular.otf", "DejaVuSans.ttf", "NotoSans-Regular.ttf"),
)
SYSTEM_BOLD = (
    *("arialbd.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf"),
    *("NimbusSans-Bold.otf", "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf"),
)


def measure(text: str, size: float) -> float:
    """How wide a text is at a size, both in one unit."""
    return sum(map(_advance, text)) * size


@cache
def _advance(mark: str) -> float:
    """The width of one character, in sizes."""
    if unicodedata.east_asian_width(mark) in "WF":
        return 1.1
    if unicodedata.combining(mark) or unicodedata.category(mark) == "Cf":
        return 0.0
    # An accent does not make its letter wider.
    letter = unicodedata.normalize("NFD", mark)[0]
    if not " " <= letter <= "~":
        return 0.85
    return float(_own(_AT).getlength(letter)) / _AT * _BOLD


@cache
def _own(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


@cache
def font(size: int, *, bold: bool) -> Any:
    """A font of this machine of the size in pixels; Pillow's own where it has none of them."""
    from PIL import ImageFont

    for name in SYSTEM_BOLD if bold else SYSTEM:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return _own(size)


def readable(text: str, size: int, *, bold: bool) -> str:
    """The text as a font can show it: Pillow's own has letters without accents alone."""
    if font(size, bold=bold).getname()[0] != _own(size).getname()[0]:
        return text
    bare = unicodedata.normalize("NFKD", text.replace("£", "GBP "))
    return "".join(mark if " " <= mark <= "~" else "?" for mark in bare if not _accent(mark))


def _accent(mark: str) -> bool:
    return bool(unicodedata.combining(mark))
