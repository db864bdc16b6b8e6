"""The crash report: a fault in Offwall is one sentence, and a log without the session's text.

Textual prints a traceback with the local variables, which in front of a room is the council's
text on a screen nobody can read.
"""

import os
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_NAME = "fault.log"

FAULT_EXIT = 70
"""The exit status of a fault in the program itself: EX_SOFTWARE of sysexits.h."""


def fault_sentence(error: BaseException, folder: Path) -> str:
    """What the user is told; the log is written into ``folder`` on the way."""
    try:
        log = f" What happened is in {_write_log(error, folder)}, without any text of the session."
    except OSError:
        log = ""
    return (
        f"Offwall met a fault of its own ({type(error).__name__}) and had to stop. "
        f"What was counted as kept is in the session file.{log}"
    )


@contextmanager
def reporting_thread_faults(tell: Callable[[BaseException], None]) -> Iterator[None]:
    """Have faults of other threads told, which are otherwise printed where nobody looks."""
    before = threading.excepthook

    def told(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            tell(fault.exc_value)

    threading.excepthook = told
    try:
        yield
    finally:
        threading.excepthook = before


def _write_log(error: BaseException, folder: Path) -> Path:
    """The frames of the fault, for its mending: no values, and no message, which may quote text."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}\n" for frame in frames]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = folder / LOG_NAME
    log.unlink(missing_ok=True)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines([*lines, type(error).__qualname__, "\n"])
    return log
