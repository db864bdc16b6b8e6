"""All that is shown passes through here: text as data, without anything a terminal would obey.

The session may hold any text that TOML can. What would move the cursor, set a title, hide a word
or turn the direction of a line is taken out for showing; the session keeps it as it is.
"""

import re

_SPACES = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 (ESC among them), DEL and C1
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic letter mark, Mongolian vowel separator
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width and bidi controls
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors and tags
    "\ud800-\udfff]"  # surrogates, which no terminal can be sent
)
_PILED = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]{3})[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]+"
)


def plain(text: str) -> str:
    """The text on one line, safe to send to any terminal."""
    return _PILED.sub(r"\1", _UNSEEN.sub("", _SPACES.sub(" ", text)))


def plain_lines(text: str) -> str:
    """The text with its line breaks, safe to send to any terminal."""
    return "\n".join(plain(line) for line in text.splitlines())


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 activity``, ``2 activities``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
