"""``offwall``: chooses the editor or a plain command."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.store.disk import apart, within
from offwall.tui.cli.looks import be_calm, settled, taken, takes_mouse
from offwall.tui.cli.parser import COMMANDS, ONLY_IN, OPTIONS, module_of, parse, session_to_open
from offwall.tui.cli.say import CommandError, at_screen, complain, one_sentence
from offwall.tui.terminal.tuning import leave_garbage, rare_gc

if TYPE_CHECKING:
    from offwall.tui.looks.settings import Settings
    from offwall.tui.services.terminal_app import TerminalApp
    from offwall.tui.services.workbooks import Importing

BAD_INPUT = 2
INTERRUPTED = 130
"""What shells expect of a program that was ended by Ctrl+C."""

TO_EDIT = (
    "the editor needs a terminal that can draw; without one there are "
    "offwall new, add, next, list, check and export (see offwall --help)."
)
TO_SHOW = (
    "offwall show needs a terminal that can draw; for a browser there is --serve, and without"
    " either offwall list."
)

DRAWN = ("demo", "show")
"""The commands that draw a screen, and take the options that say how it looks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the answer is the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A character that the console lacks, or a byte that is none, is shown as such.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        with one_sentence():
            return _choose(sys.argv[1:] if arguments is None else arguments)
    except CommandError as sentence:
        complain(str(sentence))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:
        # Outside the editor's own handling: one sentence here too, and no traceback.
        from offwall.tui.services.recent_sessions import state_folder
        from offwall.tui.terminal import crash_report

        complain(crash_report.fault_sentence(fault, state_folder()))
        return crash_report.FAULT_EXIT


def _choose(arguments: Sequence[str]) -> int:
    wanted, rest = None, list(arguments)
    if rest and rest[0].partition("=")[0] == ONLY_IN:
        if sys.platform != "linux":
            raise CommandError(f"{ONLY_IN} is for a server with Linux; nothing was opened.")
        from offwall.tui.cli.only_in import hold_in

        rest = hold_in(rest)
    if not rest or rest[0] in DRAWN or rest[0] not in (*COMMANDS, *OPTIONS):
        wanted, rest = taken(rest)
    if not rest:
        return _open(None, wanted)
    if (session := session_to_open(rest)) is not None:
        return _open(Path(session), wanted)
    rare_gc()
    args = parse(rest)
    for named in vars(args).values():
        for path in named if isinstance(named, list) else [named]:
            if isinstance(path, Path):
                within(path)
    if args.command == "demo" and not args.rehearse:
        _need_terminal()
        return _open(args.run(args), wanted, first_minute=True)
    if args.command == "show" and wanted is not None:
        return _show(args, wanted)
    if args.command == "import" and (importing := module_of("import").begun(args)):
        return _open(args.session, wanted, importing)
    if isinstance(session := getattr(args, "session", None), Path):
        from offwall.model.store.files import leave_like

        leave_like(session)
    status: int = args.run(args) or 0
    return status


def _open(
    path: Path | None,
    settings: "Settings | None",
    importing: "Importing | None" = None,
    *,
    first_minute: bool = False,
) -> int:
    """Run the editor; it is loaded only now, so that the plain commands stay quick.

    ``importing`` are workbooks that came back; the session opens on what they propose. In the
    ``first_minute`` it offers what there is to try.
    """
    _need_terminal()
    wanted, wrong = _prepared(settings)
    from offwall.tui.terminal.tuning import load_asyncio, pause_gc

    pause_gc()
    load_asyncio()
    from offwall.tui.app import OffwallApp

    app = OffwallApp(path)
    app.services.imports.begin(importing)
    app.apply_settings(wanted, wrong)
    app.begin_private(bool(wanted.private))
    if first_minute:
        from offwall.tui.services.recent_sessions import state_folder

        app.services.first_minute.begin(state_folder())
    return _run(app, app.services.close, wanted)


def _show(args: Namespace, settings: "Settings") -> int:
    """Show a session to the room: on this terminal, or in a browser that runs this very command."""
    session = args.run(args)
    if args.serve:
        apart("a page for browsers")
        from offwall.tui.projector.serve import serve

        return serve(args.session, args.port, settings)
    if not os.environ.get("TEXTUAL_DRIVER"):
        _need_terminal(TO_SHOW)
    wanted, wrong = _prepared(settings)
    from offwall.tui.projector.show_app import ShowApp

    app = ShowApp(args.session, session)
    app.apply_settings(wanted, wrong)
    return _run(app, app.close, wanted)


def _prepared(settings: "Settings | None") -> tuple["Settings", str]:
    """How it looks, before the framework is loaded; and what is wrong with the settings."""
    wanted, wrong = settled(settings)
    if wanted.calm:
        be_calm(os.environ)
    return wanted, wrong


def _run(app: "TerminalApp", close: Callable[[], None], wanted: "Settings") -> int:
    """Run an App until it ends, by a key, a signal or a fault."""
    from offwall.tui.terminal import crash_report, signals

    with signals.handling_signals(app.end), crash_report.reporting_thread_faults(app.fault):
        try:
            app.run(mouse=takes_mouse(wanted))
        finally:
            close()
    leave_garbage()
    return app.return_code or 0


def _need_terminal(sentence: str = TO_EDIT) -> None:
    """Raise `CommandError` where no screen can be drawn."""
    if not at_screen():
        raise CommandError(sentence)


if __name__ == "__main__":
    sys.exit(main())
