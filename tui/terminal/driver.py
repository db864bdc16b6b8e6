"""Which driver stands between Textual and the terminal."""

import os
import sys
from typing import Any

from textual import constants
from textual.app import App
from textual.driver import Driver

SETTING = "OFFWALL_DRIVER"
"""Set to ``textual`` it has sent what Textual draws, instead of only what changed."""


def chosen() -> type[Driver] | None:
    """The driver, mended; none on Windows, which has a console of its own, in a browser, and
    wherever ``TEXTUAL_DRIVER`` names one.
    """
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    if os.environ.get(SETTING, "") == "textual":
        from tui.terminal.writing import Writing

        return Writing
    from tui.terminal.light import LightDriver

    return LightDriver


def repaint(app: App[Any]) -> None:
    """Draw the whole screen again: for a terminal that something else wrote to."""
    again = getattr(app._driver, "repaint", None)
    if again is None:
        app.refresh(layout=True)
    else:
        again()
