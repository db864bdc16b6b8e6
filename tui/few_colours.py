"""Looks for a terminal of sixteen colours, eight or none: its own colours, and the rest by letters.

The terminal's own ink and ground are used, which its owner can read. The cursor is reversed, so it
is seen without any colour and each word keeps its contrast. Of the colours only those are used that
stand out from black (in the dark theme) or white (in the light one) on the consoles of Linux, of
xterm and of the VGA card.
"""

from collections.abc import Mapping

_OWN = "ansi_default"

_BOTH = {
    **dict.fromkeys(
        [
            "text-muted",
            "text-disabled",
            "foreground-muted",
            "background-muted",
            "primary-background",
            "secondary-background",
            "surface-lighten-2",
            "block-cursor-foreground",
            "block-cursor-background",
            "block-cursor-blurred-foreground",
            "block-cursor-blurred-background",
            "input-cursor-foreground",
            "input-cursor-background",
            "input-selection-foreground",
            "input-selection-background",
            "screen-selection-foreground",
            "screen-selection-background",
            "primary-muted",
            "secondary-muted",
            "warning-muted",
            "error-muted",
            "success-muted",
            "accent-muted",
        ],
        _OWN,
    ),
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-text-style": "bold",
    "input-cursor-text-style": "reverse",
}

_HUES = ["primary", "secondary", "warning", "error", "success", "accent"]

_DARK = [
    "ansi_cyan",
    "ansi_cyan",
    "ansi_bright_yellow",
    "ansi_bright_red",
    "ansi_green",
    "ansi_cyan",
]

_LIGHT = ["ansi_blue", "ansi_blue", "ansi_red", "ansi_red", "ansi_blue", "ansi_blue"]


def few_colours(variables: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """A theme's variables with nothing but what every terminal of few colours shows."""
    hues = dict(zip(_HUES, _DARK if dark else _LIGHT, strict=True))
    inks = {f"text-{name}": colour for name, colour in hues.items()}
    lines = dict.fromkeys(("border", "border-blurred", "scrollbar", "link-color"), hues["primary"])
    return {**variables, **_BOTH, **hues, **inks, **lines}
