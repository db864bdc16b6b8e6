"""Every theme mended until its contrast can be read, and its stand-ins where colours are few.

The rule is WCAG 2.2's, success criterion 1.4.3, level AA: text has at least 4.5 times the luminance
of what it stands on (or a 4.5th of it); what is drawn or cannot be used now, 3 times. None of the
framework's themes keeps it everywhere. Its hues stay; lightness is moved.

A terminal of 256 colours, as over SSH, shows the nearest of its cube, which must be readable too.
One of sixteen, eight or none shows its own ink and ground, which its owner can read; the cursor is
reversed, and only those colours are used that stand out from black (in the dark theme) or white
(in the light one) on the consoles of Linux, of xterm and of the VGA card.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from rich.color import ColorSystem
from textual.color import Color

TEXT_CONTRAST = 4.8
"""Aimed at for words: a little more than 4.5."""

DRAWN_CONTRAST = 3.2
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

LINES = [
    *("primary", "border", "text-disabled", "foreground-disabled", "block-cursor-background"),
    *("scrollbar", "scrollbar-hover", "scrollbar-active"),
]
"""What is drawn: frames, bars, the cursor's, and the words of what cannot be done now."""

TRACKS = [f"scrollbar-background{when}" for when in ("", "-hover", "-active")]
"""What a scrollbar runs in: the ground of dialogs, where most of them stand."""

STEPS = 20
"""Steps on the way to black or white."""

BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


ColourMapping = Callable[[Color], Color]
"""What a terminal shows for a colour."""


def true_colour(colour: Color) -> Color:
    """A terminal of all colours shows each as it is."""
    return colour


def readable_theme(
    variables: Mapping[str, str], *, dark: bool, seen: ColourMapping = true_colour
) -> dict[str, str]:
    """A theme's variables with grounds and inks that fit together on that terminal."""
    found = dict(variables)
    base = _seen_on(found["background"], BLACK if dark else WHITE)
    for names, darkest in ((GROUNDS, DARKEST), (COLOURED, DARKEST_COLOURED)):
        for name in names:
            limit = darkest if dark else LIGHTEST
            found[name] = _ground(_seen_on(found[name], base), seen, limit, dark=dark).hex
    found |= dict.fromkeys(TRACKS, found["panel"])
    grounds = [*(Color.parse(found[name]) for name in GROUNDS), *map(seen, _raised(found))]
    coloured = [*grounds, *(Color.parse(found[name]) for name in COLOURED)]
    # The ground on which it is hardest to be read.
    hardest = max if dark else min
    worst, worst_coloured = (hardest(some, key=luminance) for some in (grounds, coloured))
    for name in INK:
        upon = worst_coloured if name in INK_ON_COLOURED else worst
        found[name] = _ink(_seen_on(found[name], base), upon, TEXT_CONTRAST, seen).hex
    for name in LINES:
        found[name] = _ink(_seen_on(found[name], base), worst, DRAWN_CONTRAST, seen).hex
    found["block-cursor-foreground"] = _black_or_white(
        Color.parse(found["block-cursor-background"])
    ).hex
    return found


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


def _seen_on(text: str, ground: Color) -> Color:
    """The colour as it is seen on a ground; ``auto 60%`` is black or white, 60 % of it."""
    name, _, share = text.partition(" ")
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


def _ground(colour: Color, seen: ColourMapping, limit: float, *, dark: bool) -> Color:
    """The colour, or the nearest to it on the way to black or white that words can stand on."""
    if dark:
        return _blend_towards(colour, BLACK, seen, lambda one: luminance(one) <= limit)
    return _blend_towards(colour, WHITE, seen, lambda one: luminance(one) >= limit)


def _ink(colour: Color, ground: Color, wanted: float, seen: ColourMapping) -> Color:
    """The colour, or the nearest to it on the way to white or black that can be read there."""
    return _blend_towards(
        colour, _black_or_white(ground), seen, lambda one: contrast(one, ground) >= wanted
    )


def _black_or_white(ground: Color) -> Color:
    """Black or white, whichever stands out more."""
    return max((BLACK, WHITE), key=lambda one: contrast(one, ground))


def _blend_towards(
    colour: Color, end: Color, seen: ColourMapping, good: Callable[[Color], bool]
) -> Color:
    tried = (seen(colour.blend(end, step / STEPS)) for step in range(STEPS))
    return next(filter(good, tried), end)


# Colours for a terminal of 256: over SSH that is what most of them say that they have.

LANES_256 = {
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
def colour_256(colour: Color) -> Color:
    """What is best sent to a terminal of 256 colours: the nearest of its greys or its cube.

    The framework's own reckoning makes a dark slate navy blue; what it is handed here it leaves.
    """
    parts = colour.rgb
    red, green, blue = (min(CUBE_LEVELS, key=lambda level: abs(level - part)) for part in parts)
    cube = Color(red, green, blue)
    grey = min(_greys(), key=lambda one: abs(3 * one.r - sum(parts)))

    def distance(one: Color) -> int:
        return sum((a - b) ** 2 for a, b in zip(one.rgb, parts, strict=True))

    nearest = min((cube, grey), key=distance)
    return nearest if _sent_levels(nearest) == nearest else grey


CUBE_LEVELS = (0, 95, 135, 175, 215, 255)
"""The steps of red, green and blue in the cube of 216 colours, as xterm has them."""


@cache
def _greys() -> tuple[Color, ...]:
    """The greys that are sent as themselves."""
    ramp = (Color(level, level, level) for level in (0, *range(8, 248, 10), 255))
    return tuple(grey for grey in ramp if _sent_levels(grey) == grey)


def _sent_levels(colour: Color) -> Color:
    return Color(*colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


# Looks for a terminal of sixteen colours, eight or none: its own colours, and the rest by letters.

_HUES_16 = ["primary", "secondary", "warning", "error", "success", "accent"]

_CURSORS_16 = (
    *("block-cursor", "block-cursor-blurred"),
    *("input-cursor", "input-selection", "screen-selection"),
)

_BOTH_16 = {
    **dict.fromkeys(
        [
            *(f"{name}-muted" for name in ("text", "foreground", "background", *_HUES_16)),
            *(f"{name}-{layer}" for name in _CURSORS_16 for layer in ("foreground", "background")),
            *("text-disabled", "primary-background", "secondary-background", "surface-lighten-2"),
            *TRACKS,
        ],
        "ansi_default",
    ),
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-text-style": "bold",
    "input-cursor-text-style": "reverse",
}
"""The terminal's own ink on its own ground, in the dark theme and the light one."""

_DARK_16 = [
    "ansi_cyan",
    "ansi_cyan",
    "ansi_bright_yellow",
    "ansi_bright_red",
    "ansi_green",
    "ansi_cyan",
]

_LIGHT_16 = ["ansi_blue", "ansi_blue", "ansi_red", "ansi_red", "ansi_blue", "ansi_blue"]


def theme_16(variables: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """A theme's variables with nothing but what every terminal of few colours shows."""
    hues = dict(zip(_HUES_16, _DARK_16 if dark else _LIGHT_16, strict=True))
    inks = {f"text-{name}": colour for name, colour in hues.items()}
    lines = dict.fromkeys(("border", "border-blurred", "scrollbar", "link-color"), hues["primary"])
    return {**variables, **_BOTH_16, **hues, **inks, **lines}
