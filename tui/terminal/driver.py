"""Which driver stands between Textual and the terminal."""

import os
import sys
from typing import Any

from textual import constants
from textual.app import App
from textual.driver import Driver

SETTING = "OFFWALL_DRIVER"
"""Set to ``textual`` it leaves the sending to Textual's own driver."""


def chosen() -> type[Driver] | None:
    """The driver that sends only what changed; none where Textual's own is asked for or needed.

    On Windows, in a browser and wherever ``TEXTUAL_DRIVER`` names one, Textual's choice holds.
    """
    own = os.environ.get(SETTING, "") == "textual" or constants.DRIVER is not None
    if own or sys.platform == "win32":
        return None
    from tui.terminal.light import LightDriver

    return LightDriver


def repaint(app: App[Any]) -> None:
    """Draw the whole screen again: for a terminal that something else wrote to."""
    again = getattr(app._driver, "repaint", None)
    if again is not None:
        again()
    app.refresh()
