"""How many colours a terminal has, and whether it draws boxes."""

from collections.abc import Mapping

FEW = 16
"""Up to so many colours are the terminal's own: no theme can choose them."""

MANY = 256
"""Up to so many colours the terminal shows the nearest that it has."""

_TRUE = 1 << 24


def colours(environment: Mapping[str, str]) -> int:
    """How many colours to use; 0 where there are none or none are wanted.

    ``NO_COLOR`` is a person's wish (https://no-color.org); ``COLORTERM`` and the name in ``TERM``
    are what terminals say, and terminfo what is known of the others.
    """
    if environment.get("NO_COLOR"):
        return 0
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return _TRUE
    term = environment.get("TERM", "").lower()
    if term.endswith(("-256color", "-direct", "kitty")):
        return MANY
    known = _terminfo(term)
    # Those that call themselves xterm have had sixteen for decades, whatever their entry says.
    return max(known, FEW) if term.startswith("xterm") else known


def _terminfo(term: str) -> int:
    """What terminfo knows; sixteen of a terminal that it does not know."""
    try:
        import curses
    except ImportError:  # Windows, whose console has them all
        return _TRUE
    try:
        curses.setupterm(term)
    except (curses.error, OSError):
        return FEW
    return max(0, curses.tigetnum("colors"))


def draws_boxes(environment: Mapping[str, str]) -> bool:
    """Whether a terminal has more than ASCII: those of the seventies and eighties have not."""
    return not environment.get("TERM", "").lower().startswith(("vt", "ansi-m", "xterm-old"))
