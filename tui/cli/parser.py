"""What may be typed after ``offwall``, how it becomes text, and its help."""

import argparse
import os
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from offwall.tui.cli import looks
from offwall.tui.cli.say import CommandError, say


def as_text(argument: str) -> str:
    """The argument with bytes that are no UTF-8 made visible, and spaces at its ends taken off.

    Python hands such bytes on as lone surrogates, which no file can hold.
    """
    return os.fsencode(argument).decode("utf-8", "replace").strip()


COMMANDS = {
    "demo": "offwall.tui.cli.demo",
    "new": "offwall.tui.cli.new",
    "add": "offwall.tui.cli.add",
    "set": "offwall.tui.cli.set",
    "list": "offwall.tui.cli.list",
    "next": "offwall.tui.cli.next",
    "check": "offwall.tui.cli.check",
    "bring": "offwall.tui.cli.bring",
    "export": "offwall.tui.cli.export",
    "import": "offwall.tui.cli.import_",
    "brief": "offwall.tui.cli.brief",
    "roles": "offwall.tui.cli.roles",
    "chase": "offwall.tui.cli.chase",
    "runsheet": "offwall.tui.cli.runsheet",
    "calendar": "offwall.tui.cli.calendar",
    "map": "offwall.tui.cli.map",
    "show": "offwall.tui.cli.show",
    "log": "offwall.tui.cli.log",
    "diff": "offwall.tui.cli.diff",
    "merge": "offwall.tui.cli.merge",
    "gather": "offwall.tui.cli.gather",
    "schema": "offwall.tui.cli.schema",
    "completions": "offwall.tui.cli.completions",
    "recover": "offwall.tui.cli.recover",
    "forget": "offwall.tui.cli.forget",
}
"""Each command and the module that does it, which is loaded where it is typed or help lists all."""

OPTIONS = ("-h", "--help", "--version")
USAGE = """offwall [OPTION ...] [SESSION.toml]
       offwall COMMAND ... (offwall COMMAND --help says more)"""
EXIT = "Exit status: 0 done, 1 conflicts or findings that are errors, 2 bad usage or input."


class _CommandParser(argparse.ArgumentParser):
    """Says what is wrong in one line; the caller prints it."""

    def error(self, message: str) -> NoReturn:
        # The standard library's spelling is the one thing here that is not British.
        message = message.replace("unrecognized arguments", "unrecognised")
        dash = (
            " A text that begins with a dash goes after --." if "unrecognised: -" in message else ""
        )
        raise CommandError(f"{message}; see {self.prog} --help.{dash}")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            say(f"offwall {version('offwall')}")
        except PackageNotFoundError:
            say("offwall, straight from its source: no version is installed")
        parser.exit()


def build(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of these commands; where none are named, of all."""
    parser = _CommandParser(
        prog="offwall",
        usage=USAGE,
        description="Take a process map off the wall: record it, check it, export it.",
        epilog=f"With a session, or with no name, the editor opens. {EXIT}",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    looks.declare(parser.add_argument_group("how the editor looks, in this run"))
    commands = parser.add_subparsers(
        title="commands", prog="offwall", dest="command", metavar="COMMAND", required=True
    )
    for name in names:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            epilog=EXIT,
            allow_abbrev=False,
        )
        module.declare(command)
        command.set_defaults(run=module.run)
    return parser


def session_to_open(arguments: Sequence[str]) -> str | None:
    """The session that ``offwall SESSION.toml`` names, if that is what was typed.

    A word alone that is neither a file nor looks like one is a command misspelt.
    """
    word = arguments[0] if len(arguments) == 1 else ""
    if not word or word in COMMANDS or word.startswith("-"):
        return None
    return word if Path(word).suffix or Path(word).name != word or Path(word).exists() else None


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was typed, with ``run`` as the command's function.

    Raises:
        CommandError: it is not a command, or not one that is written so.
    """
    first = arguments[0] if arguments else ""
    if first not in (*COMMANDS, *OPTIONS):
        if first.startswith("-"):
            raise CommandError(f"there is no option {first!r}; see offwall --help.")
        raise CommandError(f"there is no command {first!r}: there are {', '.join(COMMANDS)}.")
    return build([first] if first in COMMANDS else COMMANDS).parse_args(arguments)
