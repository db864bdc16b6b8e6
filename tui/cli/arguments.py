"""How words from the command line and from standard input become text; who a brief is for."""

import argparse
import os
from collections.abc import Sequence


def as_text(argument: str) -> str:
    """The argument with bytes that are no UTF-8 made visible, and spaces at its ends taken off.

    Python hands such bytes on as lone surrogates, which no file can hold.
    """
    return os.fsencode(argument).decode("utf-8", "replace").strip()


def add_reader(parser: argparse.ArgumentParser, readers: Sequence[str], told: str) -> None:
    """Have ``--for`` name a reader, whatever parts its words; senior management where it does not.

    ``told`` is its help.
    """
    parser.add_argument(
        "--for",
        dest="audience",
        choices=readers,
        type=lambda said: said.strip().casefold().replace(" ", "-").replace("_", "-"),
        default="management",
        metavar="WHOM",
        help=told,
    )
