"""Show a session to the room: read only, large, and following the recorder.

Run it in a second terminal, or in a second login that can read the file. With --serve it is a page
for a browser on this computer, for which you need the extra: pip install "offwall[serve]". Only
this computer can open the page, but anybody who is logged in to it can.
"""

import argparse
from pathlib import Path

from offwall.model import store
from offwall.model.records import Session

PORT = 8000


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, and whether it is for a browser."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument(
        "--serve", action="store_true", help="as a page for a browser on this computer"
    )
    parser.add_argument(
        "--port",
        metavar="P",
        type=_port,
        help=f"where the page is, 1 to 65535 (without it {PORT}); for --serve",
    )


def _port(said: str) -> int:
    number = int(said)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{said} is no port: give a number from 1 to 65535")
    return number


def run(args: argparse.Namespace) -> Session:
    """The session to be shown; the caller shows it. Raises `model.store.store.StoreError`."""
    return store.read_session(args.session)
