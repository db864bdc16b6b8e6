"""Show a session to the room: read only, large, and following the recorder.

Run it in a second terminal, or in a second login that can read the file. With --serve it is a page
for a browser on this computer, for which you need the extra: pip install "offwall[serve]". Only
this computer can open the page, but anybody who is logged in to it can.
"""

import argparse

from offwall.model import store
from offwall.model.records import Session
from offwall.tui.cli.parser import SESSION, Arguments, argument

PORT = 8000


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 1 to 65535")
    return number


ARGUMENTS: Arguments = (
    SESSION,
    argument("--serve", action="store_true", help="as a page for a browser on this computer"),
    argument(
        "--port",
        metavar="P",
        type=_port,
        help=f"where the page is, 1 to 65535 (without it {PORT}); for --serve",
    ),
)


def run(args: argparse.Namespace) -> Session:
    """The session to be shown; the caller shows it. Raises `model.store.store.StoreError`."""
    return store.read_session(args.session)
