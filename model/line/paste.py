"""Lists as people paste them: the bullet or number at the front of a line is no part of it."""

import re

from model.line.words import one_line

_BULLET = re.compile(r"(?:[-*–—·]|[0-9]{1,3}[.)])(?: |$)|[•‣◦▪]")


def strip_bullets(line: str) -> str:
    """The line, on one line, without ``-``, ``*``, ``•`` or ``1.`` at its front.

    A star followed directly by a word is an action, and ``1.5 days`` is a text.
    """
    said = one_line(line)
    bullet = _BULLET.match(said)
    return said[bullet.end() :].strip() if bullet else said
