"""What a command says: clean lines to standard output and standard error."""

import os
import sys

from offwall.tui.kit import plain


def say(*lines: str) -> None:
    """Print lines of text, each cleaned of what would command the terminal."""
    document("\n".join(map(plain, lines)))


def document(text: str) -> None:
    """Print text that is safe already, line breaks included, and wait until it is written."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader (head, less) has seen enough: that is no error, and the work goes on.
        _silence()
    except OSError:
        # Python would try the same bytes once more while it ends, and print a traceback.
        _silence()
        raise


def complain(text: str) -> None:
    """Print one line to standard error, whatever the text holds."""
    print(f"offwall: {plain(text)}", file=sys.stderr)


def hint(text: str) -> None:
    """Print what helps a person and is no part of the answer to standard error."""
    print(plain(text), file=sys.stderr)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
