"""Text as every format that leaves can hold it; XML, within most of them, bears the least."""

import re

# Controls but tab and line feed, halves of a pair, and the two that are no characters: XML 1.0
# has no way to write them.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text with line feeds for line breaks, and a visible mark for what XML cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
