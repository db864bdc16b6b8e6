"""What may be typed after ``offwall``, how it becomes text, and its help."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from offwall.tui.cli import looks
from offwall.tui.cli.say import CommandError, say


def as_text(argument: str) -> str:
    """The argument with bytes that are no UTF-8 made visible, and spaces at its ends taken off.

    Python hands such bytes on as lone surrogates, which no file can hold.
    """
    return os.fsencode(argument).decode("utf-8", "replace").strip()


class Argument(NamedTuple):
    """What may be typed after a command, as argparse takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


Arguments = Sequence[Argument | Sequence[Argument]]
"""What a command takes; of several together one alone may be typed."""


def argument(*names: str, **options: Any) -> Argument:
    """One of them."""
    return Argument(names, options)


def output(metavar: str, otherwise: str, text: str = "where to write") -> Argument:
    """Where a command writes, and where it writes ``otherwise``."""
    said = f"{text} (without it: {otherwise})"
    return argument("-o", "--output", metavar=metavar, type=Path, help=said)


SESSION = argument("session", metavar="SESSION.toml", type=Path)
BESIDE = "beside the session, under the next free name"
FORCE = argument("--force", action="store_true", help="overwrite what -o names")
JSON = argument("--json", action="store_true", help="print one JSON document")
TODAY = argument("--today", metavar="DATE", default="", help="as on another day")
TIER = argument("--tier", metavar="T", default="", help="only what this tier does")
MAPPING = (
    argument(
        "--column",
        metavar="HEADER=WHAT",
        action="append",
        default=[],
        help="what a column is, such as 'Deed=activity' or 'Cost=nothing'; remembered",
    ),
    argument("--sheet", metavar="NAME", default="", help="take this sheet alone"),
    argument("--table", metavar="NAME", default="", help="take this table alone"),
)
"""What people say of a workbook that is not understood by itself."""


def declare(parser: argparse.ArgumentParser, arguments: Arguments) -> None:
    """Have a command's parser take them."""
    for one in arguments:
        if isinstance(one, Argument):
            parser.add_argument(*one.names, **one.options)
        else:
            either = parser.add_mutually_exclusive_group()
            for names, options in one:
                either.add_argument(*names, **options)


COMMANDS = {
    "demo": "open a copy of the sample in this folder",
    "new": "start a session",
    "add": "add post-its, a line each",
    "set": "change a stage, role, person, meeting, action and the like, or make one",
    "list": "list the activities",
    "next": "go through what is still to confirm, by question and answer",
    "check": "say what is incomplete or inconsistent",
    "bring": "bring roles, words, issues and actions from another day",
    "export": "write the Excel workbook, or all the documents to send",
    "import": "take back what people edited in workbooks",
    "brief": "write the brief, or the feedback to participants",
    "roles": "write a page for each role, to pin up",
    "version": "record a version of the process, and say what changed since",
    "chase": "weeks later: what is done, overdue, due; mails",
    "runsheet": "write the facilitator's run sheet, two pages",
    "calendar": "write target dates, papers and meetings for diaries",
    "map": "draw the process, as SVG, PDF or BPMN",
    "show": "show a session to the room, read only, following the recorder",
    "log": "say what was done, when and by whom",
    "diff": "say what changed between two sessions, in sentences",
    "merge": "merge two sessions that grew out of one",
    "gather": "put the tables of many sessions together",
    "schema": "print the JSON Schema of the session file",
    "completions": "print the completions for a shell",
    "recover": "list or restore copies of a session, or write it as it was",
    "forget": "remove copies and journals of a session",
}
"""Each command and what help says of it; its module is loaded where it is typed."""

ONLY_IN = "--only-in"
"""The option that comes before all others: whatever follows is done in one folder."""

OPTIONS = ("-h", "--help", "--version")
USAGE = """offwall [OPTION ...] [SESSION.toml]
       offwall COMMAND ... (offwall COMMAND --help says more)"""
EXIT = "Exit status: 0 done, 1 conflicts or something to put right, 2 wrong usage or input."


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
        from importlib.metadata import PackageNotFoundError, distribution

        try:
            found = distribution("offwall")
        except PackageNotFoundError:
            say("offwall, straight from its source: no version is installed")
        else:
            say(f"offwall {found.version} ({build_of(found.read_text('RECORD') or '')})")
        parser.exit()


def build_of(record: str) -> str:
    """What was built, and what it runs on; ``record`` lists the files that were installed.

    Two builds of the same files are called the same: eight digits of what all of them hold.
    """
    import sysconfig
    from zlib import crc32

    files = sorted(line for line in record.split() if re.match("offwall/.*,sha256=", line))
    build = f"build {crc32(' '.join(files).encode()):08x}" if files else "from its source"
    kind = ", folder" if getattr(sys, "frozen", False) else ""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{build}{kind}, Python {python}, {sysconfig.get_platform()}"


def module_of(name: str) -> Any:
    """The module of a command; a word that is Python's own has an underscore behind it."""
    return import_module(f"offwall.tui.cli.{name}{'_' * iskeyword(name)}")


def build(names: Iterable[str] = COMMANDS, *, listed: bool = False) -> argparse.ArgumentParser:
    """The parser of these commands, or of all; where they are only ``listed``, none is loaded."""
    parser = _CommandParser(
        prog="offwall",
        usage=USAGE,
        description="Take a process map off the wall: record it, check it, export it.",
        epilog=f"With a session, or with no name, the editor opens. {EXIT}",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        help="say which version and build this is, and what it runs on",
    )
    parser.add_argument(
        ONLY_IN,
        metavar="FOLDER",
        type=Path,
        help="first of all: open, write, list and start nothing outside this folder (Linux)",
    )
    looks.declare(parser.add_argument_group("how the editor looks, in this run"))
    commands = parser.add_subparsers(
        title="commands", prog="offwall", dest="command", metavar="COMMAND", required=True
    )
    for name in names:
        command = commands.add_parser(name, help=COMMANDS[name], epilog=EXIT, allow_abbrev=False)
        if listed:
            continue
        module = module_of(name)
        command.description = module.__doc__
        declare(command, module.ARGUMENTS)
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
    return (build([first]) if first in COMMANDS else build(listed=True)).parse_args(arguments)
