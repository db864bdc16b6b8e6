"""How words from the command line and from standard input become text."""

import os


def as_text(argument: str) -> str:
    """The argument with bytes that are no UTF-8 made visible, and spaces at its ends taken off.

    Python hands such bytes on as lone surrogates, which no file can hold.
    """
    return os.fsencode(argument).decode("utf-8", "replace").strip()
