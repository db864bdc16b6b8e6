"""Print what completes commands, options and file names in a shell when you press Tab.

For bash, put this in ~/.bashrc: eval "$(offwall completions bash)". For zsh, write the output of
offwall completions zsh to a file _offwall in a folder of $fpath. For tcsh, add the output of
offwall completions tcsh to ~/.tcshrc.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from offwall.tui.cli.parser import Arguments, argument, build
from offwall.tui.cli.say import document

SHELLS = ("bash", "zsh", "tcsh")

AFTERWARDS = {"bash": "\ncomplete -o bashdefault -o default -F _shtab_offwall offwall\n"}
"""A session may stand where a command does, as it opens then: what is no command is a file."""

ARGUMENTS: Arguments = (argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS)),)


def run(args: argparse.Namespace) -> None:
    """Print the shell's own words."""
    import shtab

    parser = build()
    for action in _all_actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE
    document(shtab.complete(parser, shell=args.shell) + AFTERWARDS.get(args.shell, ""))


def _all_actions(parser: argparse.ArgumentParser) -> Iterator[Any]:
    for action in parser._actions:  # noqa: SLF001 (argparse names them nowhere else)
        yield action
        if isinstance(action.choices, dict):
            for inner in action.choices.values():
                yield from _all_actions(inner)
