"""A program that holds itself in a folder and then tries to get out: a try a line of JSON.

``python held.py FOLDER``: each line of standard input is ``["offwall", words ...]``, or
``["python", text]``; what came of it is a line of standard output.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from offwall.tui.__main__ import main
from offwall.tui.cli.only_in import hold_in


def _tried(kind: str, words: list[str]) -> dict[str, Any]:
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        if kind == "offwall":
            status = main(words)
        else:
            try:
                exec(words[0], {})  # noqa: S102 - it is the test's own text
            except PermissionError as refused:
                status = 2
                print(refused.strerror, file=sys.stderr)
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    tries = [json.loads(line) for line in sys.stdin]
    with Path(os.devnull).open() as sys.stdin:
        hold_in(["--only-in", sys.argv[1]])
        for kind, *words in tries:
            print(json.dumps(_tried(kind, words)))
