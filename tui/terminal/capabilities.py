"""What this terminal can do: how many colours, whether it draws boxes, whether it is remote.

All of it is read from the environment that is handed in; neither Textual nor the session is loaded.
"""

from collections.abc import Mapping

FEW_COLOURS = 16
"""Up to so many colours are the terminal's own: no theme can choose them."""

MANY_COLOURS = 256
"""Up to so many colours the terminal shows the nearest that it has."""

COLOURLESS_TERMINALS = ("vt", "dumb", "wy", "tvi", "hp", "sun-", "xterm-old")
"""How the names of terminals begin that have no colours, most of them older than colours are."""


def count_colours(environment: Mapping[str, str]) -> int:
    """How many colours to use; 0 where there are none or none are wanted.

    ``NO_COLOR`` is a person's wish (https://no-color.org); ``COLORTERM`` and the name in ``TERM``
    are what terminals say. Of those that say neither most have sixteen, whatever their entry in
    terminfo admits; those with eight show the bright ones as the others.
    """
    if environment.get("NO_COLOR"):
        return 0
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 1 << 24
    term = environment.get("TERM", "").lower()
    if term.endswith(("-256color", "-direct", "kitty")):
        return MANY_COLOURS
    if term.startswith(COLOURLESS_TERMINALS) or term.endswith(("-m", "-mono")):
        return 0
    return FEW_COLOURS


def draws_boxes(environment: Mapping[str, str]) -> bool:
    """Whether a terminal has more than ASCII: those of the seventies and eighties have not."""
    return not environment.get("TERM", "").lower().startswith(("vt", "ansi-m", "xterm-old"))


# Whether the line to this terminal can drop, and what helps against it.

SSH_ADVICE = (
    "You work over SSH: a dropped line ends Offwall, with all kept. "
    "Started inside tmux or screen, Offwall would live through it."
)


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the keys come over SSH."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


def ssh_advice(environment: Mapping[str, str]) -> str:
    """What to tell somebody who works over SSH without tmux, screen or their like; else nothing."""
    kept_up = any(environment.get(name) for name in ("TMUX", "STY", "ZELLIJ"))
    kept_up |= environment.get("TERM", "").startswith(("screen", "tmux"))
    return SSH_ADVICE if over_ssh(environment) and not kept_up else ""
