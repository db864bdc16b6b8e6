"""Whether the line to this terminal can drop, and what helps against it."""

from collections.abc import Mapping

ADVICE = (
    "You work over SSH: a dropped line ends Offwall, with all kept. "
    "Started inside tmux or screen, Offwall would live through it."
)


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the keys come over SSH."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


def advice(environment: Mapping[str, str]) -> str:
    """What to tell somebody who works over SSH without tmux, screen or their like; else nothing."""
    kept_up = any(environment.get(name) for name in ("TMUX", "STY", "ZELLIJ"))
    kept_up |= environment.get("TERM", "").startswith(("screen", "tmux"))
    return ADVICE if over_ssh(environment) and not kept_up else ""
