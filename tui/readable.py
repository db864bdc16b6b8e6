"""Colours that can be read: every theme, mended until its words stand out from their grounds.

The rule is WCAG 2.2's, success criterion 1.4.3, level AA: text has at least 4.5 times the
luminance of what it stands on (or a 4.5th of it); what is drawn or cannot be used now, 3 times.
None of the framework's themes keeps it everywhere. Its hues stay; lightness is moved.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from textual.color import Color

TEXT = 4.8
"""Aimed at for words: a little more than 4.5."""

DRAWN = 3.2
"""Aimed at for frames, bars, and the words of what cannot be done now: a little more than 3."""

DARKEST, LIGHTEST = 0.06, 0.55
"""The luminance that a ground has at most in a dark theme, and at least in a light one, so that
there is an ink of each hue, and a grey, that can be read on all of them."""

DARKEST_COLOURED = 0.12
"""So light may a coloured ground be in a dark theme: on 256 colours there is no darker yellow."""

GROUNDS = [
    "background",
    "surface",
    "panel",
    "primary-background",
    "secondary-background",
    "surface-lighten-2",
    "secondary-muted",
    "accent-muted",
    "block-cursor-blurred-background",
    "input-selection-background",
    "screen-selection-background",
    "footer-background",
    "block-hover-background",
]
"""What text stands on, by its name in the framework's theme."""

COLOURED = ["primary-muted", "warning-muted", "error-muted", "success-muted"]
"""The lanes of the wall, and what warns: they may be lighter than other grounds in a dark theme."""

INK_ON_COLOURED = ["text", "text-primary", "text-warning", "text-error", "text-success"]
"""What is written there; the other inks are not."""

INK = [
    "text",
    "foreground",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-warning",
    "text-error",
    "text-success",
    "text-accent",
    "foreground-muted",
    "block-cursor-blurred-foreground",
    "input-selection-foreground",
    "footer-foreground",
    "footer-key-foreground",
    "footer-description-foreground",
    "button-foreground",
    "link-color",
]
"""What text is written in."""

LINES = ["primary", "border", "text-disabled", "foreground-disabled", "block-cursor-background"]
"""What is drawn: frames, the cursor's bar, and the words of what cannot be done now."""

STEPS = 20
"""Steps on the way to black or white."""

BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


Seen = Callable[[Color], Color]
"""What a terminal shows for a colour."""


def as_it_is(colour: Color) -> Color:
    """A terminal of all colours shows each as it is."""
    return colour


def readable(variables: Mapping[str, str], *, dark: bool, seen: Seen = as_it_is) -> dict[str, str]:
    """A theme's variables with grounds and inks that fit together on that terminal."""
    found = dict(variables)
    base = _on(found["background"], BLACK if dark else WHITE)
    for names, darkest in ((GROUNDS, DARKEST), (COLOURED, DARKEST_COLOURED)):
        for name in names:
            limit = darkest if dark else LIGHTEST
            found[name] = _ground(_on(found[name], base), seen, limit, dark=dark).hex
    grounds = [*(Color.parse(found[name]) for name in GROUNDS), *map(seen, _raised(found))]
    coloured = [*grounds, *(Color.parse(found[name]) for name in COLOURED)]
    worst, worst_coloured = (_worst(some, dark=dark) for some in (grounds, coloured))
    for name in INK:
        upon = worst_coloured if name in INK_ON_COLOURED else worst
        found[name] = _ink(_on(found[name], base), upon, TEXT, seen).hex
    for name in LINES:
        found[name] = _ink(_on(found[name], base), worst, DRAWN, seen).hex
    found["block-cursor-foreground"] = _upon(Color.parse(found["block-cursor-background"])).hex
    return found


def _worst(grounds: Iterable[Color], *, dark: bool) -> Color:
    """The ground on which it is hardest to be read."""
    return (max if dark else min)(grounds, key=luminance)


def contrast(one: Color, other: Color) -> float:
    """How many times lighter the lighter of two is, from 1 to 21: WCAG's contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def luminance(colour: Color) -> float:
    """WCAG's relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.r / 255, colour.g / 255, colour.b / 255)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _on(said: str, ground: Color) -> Color:
    """The colour as it is seen on a ground; ``auto 60%`` is black or white, 60 % of it."""
    name, _, share = said.partition(" ")
    through = float(share.rstrip("%")) / 100 if share else 1.0
    if name == "auto":
        return ground + ground.get_contrast_text(through)
    return ground + Color.parse(name).multiply_alpha(through)


def _raised(found: Mapping[str, str]) -> Iterable[Color]:
    """The fields: a ground with a boost laid over it, and a tint where the cursor stands."""
    boost, primary = Color.parse(found["boost"]), Color.parse(found["primary"])
    for name in ("background", "surface", "panel"):
        field = Color.parse(found[name]) + boost
        yield field
        yield field.tint(primary.with_alpha(0.15))


def _ground(colour: Color, seen: Seen, limit: float, *, dark: bool) -> Color:
    """The colour, or the nearest to it on the way to black or white that words can stand on."""
    if dark:
        return _towards(colour, BLACK, seen, lambda one: luminance(one) <= limit)
    return _towards(colour, WHITE, seen, lambda one: luminance(one) >= limit)


def _ink(colour: Color, ground: Color, wanted: float, seen: Seen) -> Color:
    """The colour, or the nearest to it on the way to white or black that can be read there."""
    return _towards(colour, _upon(ground), seen, lambda one: contrast(one, ground) >= wanted)


def _upon(ground: Color) -> Color:
    """Black or white, whichever stands out more."""
    return max((BLACK, WHITE), key=lambda one: contrast(one, ground))


def _towards(colour: Color, end: Color, seen: Seen, good: Callable[[Color], bool]) -> Color:
    tried = (seen(colour.blend(end, step / STEPS)) for step in range(STEPS))
    return next(filter(good, tried), end)
