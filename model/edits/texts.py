"""Text as it comes in: without what a terminal would obey, and never empty where it is needed."""

import re

from model.edits.errors import EditError

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and surrogates, which neither a terminal nor a file should be sent."""


def line_of(text: str, needed: str = "") -> str:
    """The text on one line with single spaces. Raises `EditError` with ``needed`` where empty."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    if needed and not line:
        raise EditError(needed)
    return line


def block_of(text: str) -> str:
    """The text with its line breaks, without blank space at its ends."""
    lines = _CONTROL.sub("", text.replace("\r\n", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
