"""How many colours a terminal has, and whether it draws boxes."""

from collections.abc import Mapping

FEW = 16
"""Up to so many colours are the terminal's own: no theme can choose them."""

MANY = 256
"""Up to so many colours the terminal shows the nearest that it has."""

_TRUE = 1 << 24


WITHOUT = ("vt", "dumb", "wy", "tvi", "hp", "sun-", "xterm-old")
"""How the names of terminals begin that have no colours, most of them older than colours are."""


def colours(environment: Mapping[str, str]) -> int:
    """How many colours to use; 0 where there are none or none are wanted.

    ``NO_COLOR`` is a person's wish (https://no-color.org); ``COLORTERM`` and the name in ``TERM``
    are what terminals say. Of those that say neither most have sixteen, whatever their entry in
    terminfo admits; those with eight show the bright ones as the others.
    """
    if environment.get("NO_COLOR"):
        return 0
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return _TRUE
    term = environment.get("TERM", "").lower()
    if term.endswith(("-256color", "-direct", "kitty")):
        return MANY
    if term.startswith(WITHOUT) or term.endswith(("-m", "-mono")):
        return 0
    return FEW


def draws_boxes(environment: Mapping[str, str]) -> bool:
    """Whether a terminal has more than ASCII: those of the seventies and eighties have not."""
    return not environment.get("TERM", "").lower().startswith(("vt", "ansi-m", "xterm-old"))
