"""``offwall show --serve``: the session as a page for the projector's browser.

Each browser that opens the page runs ``offwall show`` here, which can change nothing. The page
listens on this computer's loopback alone: for elsewhere there is an SSH tunnel.
"""

import os
import shlex
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from offwall.tui.cli.say import CommandError
from offwall.tui.cli.show import PORT
from offwall.tui.looks.settings import Settings

SERVE_EXTRA_MISSING = (
    "--serve needs the extra offwall[serve], which is not installed; in a clone install it with"
    ' python -m pip install ".[serve]", or leave --serve out to show it in a terminal.'
)

START_CODE = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from offwall.tui.__main__ import main; main()"
)
"""Runs this very Offwall: a folder that happens to hold a ``tui`` of its own is not looked into."""


def serve(path: Path, port: int | None, settings: Settings) -> int:
    """Serve the page until Ctrl+C. The answer is the exit status.

    Raises `CommandError` where the extra is missing or the port is taken.
    """
    try:
        from offwall.tui.projector.browser_page import BrowserPage
    except ImportError as missing:
        raise CommandError(SERVE_EXTRA_MISSING) from missing
    # A browser has all colours, whatever the terminal has that this was typed into.
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    os.environ.pop("NO_COLOR", None)
    wanted = port or PORT
    try:
        BrowserPage(command_line(path, settings), wanted, path).serve()
    except OSError as refused:
        raise CommandError(
            f"the page cannot be at port {wanted} ({os.strerror(refused.errno or 0)}): name"
            " another one after --port."
        ) from refused
    return 0


def command_line(path: Path, settings: Settings) -> str:
    """What a shell runs for each browser, with the options that were typed; a name with spaces or
    quotes is a name and no more.
    """
    words = [sys.executable]
    # The folder without Python is the command itself.
    if not getattr(sys, "frozen", False):
        words += ["-P", "-c", START_CODE, str(Path(__file__).parents[2])]
    words.append("show")
    for name, value in asdict(settings).items():
        if isinstance(value, bool):
            words.append(f"--{name}" if value else f"--no-{name}")
        elif value is not None:
            words += [f"--{name}", str(value)]
    words += ["--", str(path.absolute())]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
