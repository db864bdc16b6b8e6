"""Fonts: how wide a text is, and which letters a picture is drawn with.

The drawing names Arial and Helvetica and fonts of the same widths. Pillow's own font, which
comes with it and so is the same everywhere, is measured: its letters are as wide as those to
within two hundredths. What it lacks is taken to be as wide as its widest letters.
"""

import unicodedata
from contextlib import suppress
from functools import cache
from typing import Any

FAMILY = "Arial, Helvetica, 'Liberation Sans', 'Nimbus Sans', sans-serif"

_AT = 100
"""The size at which letters are measured."""

_BOLD = 1.07
"""What is set in bold is about this much wider; to be safe everything is measured so."""

OWN = "Aileron"
"""The family of Pillow's own font; it has the letters of English and no bold ones."""

OF_ITS_WIDTH = (
    *("arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc"),
    "NimbusSans-Regular.otf",
)
"""The files of the families that the drawing names, on one system or another."""

SYSTEM = (*OF_ITS_WIDTH, "DejaVuSans.ttf", "NotoSans-Regular.ttf")
"""These, and others that have the letters which Pillow's lacks."""


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


def own_font() -> bytes:
    """Pillow's own font, as a file."""
    found: bytes = _own(_AT).path.getvalue()
    return found


@cache
def there(files: tuple[str, ...] = SYSTEM) -> bool:
    """Whether this machine has one of these fonts."""
    from PIL import ImageFont

    for name in files:
        with suppress(OSError):
            return bool(ImageFont.truetype(name, _AT))
    return False


def bare(text: str) -> str:
    """The text, or the SVG, in letters without accents, as Pillow's own font has them alone."""
    found = unicodedata.normalize("NFKD", text.replace("£", "GBP "))
    found = "".join(mark for mark in found if not unicodedata.combining(mark))
    return "".join(mark if " " <= mark <= "~" or mark == "\n" else "?" for mark in found)
