"""What is looked at before a text is read as TOML: the few things that would take for ever.

A file of 5 MB is soon read, unless it is made to harm: a key of a million parts takes the reader
hours, a million tables a gigabyte.
"""

import re

from model.toml.errors import SessionFileError

PARTS = 100
"""Parts of a dotted key; Offwall's own have two."""

SPACED = 1_000
"""The same where blanks stand between the parts."""

BRACKETS = 250_000
"""Lists and tables in a file; 5,000 activities have some 60,000."""

DIGITS = 4_300
"""Digits of a number that Python reads; more it refuses, as reading them takes too long."""

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_KEY = re.compile(
    rf"""(?<![\w.\-"' \t])[ \t]*+\[{{0,2}}+[ \t]*+"""
    rf"(?:(?:{_PART}\.){{{PARTS}}}|(?:{_PART}[ \t]*+\.[ \t]*+){{{SPACED}}})"
)
"""Text may hold a hundred words with a full stop behind each; no text a thousand on one line."""

_NUMBER = re.compile(rf"(?<![\w.])[+-]?[\d_]{{{DIGITS},}}")


def check_bounds(text: str) -> None:
    """Raise `SessionFileError` for what would take the reader too long, or too much memory."""
    if text.count("[") + text.count("{") > BRACKETS:
        raise SessionFileError(f"it holds more than {BRACKETS:,} lists and tables; split it.")
    if long := _KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise SessionFileError(f"a key has more than {PARTS} parts; make it simpler.", line)


def long_number(text: str) -> int | None:
    """The line of a number that has too many digits to be read."""
    found = _NUMBER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None
