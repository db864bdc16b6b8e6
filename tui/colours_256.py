"""Colours for a terminal of 256: over SSH that is what most of them say that they have."""

from functools import cache

from rich.color import ColorSystem
from textual.color import Color

LANES = {
    True: {
        "warning-muted": "#5f5f00",
        "success-muted": "#005f00",
        "error-muted": "#5f0000",
        "primary-muted": "#005f87",
    },
    False: {
        "warning-muted": "#ffffaf",
        "success-muted": "#d7ffd7",
        "error-muted": "#ffd7d7",
        "primary-muted": "#d7ffff",
    },
}
"""The grounds of the wall's lanes in a dark theme (True) and a light one: a theme's own are so pale
that they would all be the same grey.
"""


@cache
def of_256(colour: Color) -> Color:
    """What is best sent to a terminal of 256 colours: the nearest of its greys or its cube.

    The framework's own reckoning makes a dark slate navy blue; what it is handed here it leaves.
    """
    parts = colour.rgb
    red, green, blue = (min(LEVELS, key=lambda level: abs(level - part)) for part in parts)
    cube = Color(red, green, blue)
    grey = min(_greys(), key=lambda one: abs(3 * one.r - sum(parts)))
    nearest = min((cube, grey), key=lambda one: _distance(one, colour))
    return nearest if _as_sent(nearest) == nearest else grey


LEVELS = (0, 95, 135, 175, 215, 255)
"""The steps of red, green and blue in the cube of 216 colours, as xterm has them."""


@cache
def _greys() -> tuple[Color, ...]:
    """The greys that are sent as themselves."""
    ramp = (Color(level, level, level) for level in (0, *range(8, 248, 10), 255))
    return tuple(grey for grey in ramp if _as_sent(grey) == grey)


def _as_sent(colour: Color) -> Color:
    return Color(*colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


def _distance(one: Color, other: Color) -> int:
    return sum((a - b) ** 2 for a, b in zip(one.rgb, other.rgb, strict=True))
