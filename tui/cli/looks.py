"""The options that say how the editor looks, for one run; the settings file has them for all."""

import argparse
import os
from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from offwall.tui.cli.say import CommandError
from offwall.tui.terminal.capabilities import over_ssh

if TYPE_CHECKING:
    from offwall.tui.looks.settings import Settings

CALM_FRAMES = 15
"""Frames a second where it is calm; the framework draws 60."""


class _OptionsParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message}; see offwall --help.")


def declare(parser: argparse._ActionsContainer) -> None:
    """The options; each may be said the other way round with ``--no-``."""
    for name, said in (
        ("calm", f"no animation, and at most {CALM_FRAMES} frames a second"),
        (
            "mouse",
            "take the mouse; --no-mouse leaves it to the terminal, for selecting text, as over SSH",
        ),
        ("ascii", "draw boxes, bars and marks with ASCII characters"),
        (
            "private",
            "hide recent sessions and who carries how much, where the room sees this screen",
        ),
    ):
        parser.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, help=said)
    parser.add_argument("--theme", metavar="NAME", help="the colours, as the palette names them")


def taken(arguments: Sequence[str]) -> tuple["Settings", list[str]]:
    """What the options say, and the arguments without them. Raises `CommandError`."""
    from offwall.tui.looks.settings import Settings

    parser = _OptionsParser(prog="offwall", add_help=False, allow_abbrev=False)
    declare(parser)
    said, rest = parser.parse_known_args(arguments)
    return Settings(**vars(said)), rest


def settled(settings: "Settings | None") -> tuple["Settings", str]:
    """With what the settings file says where the options do not, and what is wrong with it."""
    from offwall.tui.looks.settings import Settings, SettingsError, read_settings

    settings = settings or Settings()
    try:
        return settings.over(read_settings()), ""
    except SettingsError as sentence:
        return settings, str(sentence)


def be_calm(environment: MutableMapping[str, str]) -> None:
    """Draw fewer frames: the framework asks the environment, once, when it is loaded."""
    environment["TEXTUAL_FPS"] = str(CALM_FRAMES)
    environment["TEXTUAL_ANIMATIONS"] = "none"


def takes_mouse(wanted: "Settings") -> bool:
    """Whether the mouse is the editor's. Over SSH it is not: selecting text is worth more there."""
    return not over_ssh(os.environ) if wanted.mouse is None else wanted.mouse
