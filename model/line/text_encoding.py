"""Text from bytes: UTF-8 and UTF-16, with a byte order mark or without, and Windows-1252."""

import codecs
import re

_MARKS = (
    *((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OF_SEVERAL = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character of several bytes in UTF-8; by chance it is hardly in a text of Windows."""


class TextEncodingError(ValueError):
    """What cannot be read, with its line."""


def decoded(raw: bytes) -> str:
    """The text of the bytes. Raises `TextEncodingError` where they are of no one encoding."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], name)
    half = len(raw) // 2
    if raw and len(raw) % 2 == 0 and max(raw[1::2].count(0), raw[::2].count(0)) > half // 2:
        return _decoded(raw, "utf-16-le" if raw[1::2].count(0) > raw[::2].count(0) else "utf-16-be")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, "utf-8" if _OF_SEVERAL.search(raw) else "cp1252")


def _decoded(raw: bytes, name: str) -> str:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        number = len((raw[: error.start].decode(name, "replace") + ".").splitlines())
        raise TextEncodingError(
            f"Line {number} is not text that can be read: it is neither UTF-8, UTF-16 nor "
            "Windows-1252 throughout. Save it as UTF-8; nothing is kept."
        ) from None
    return text.removeprefix("\ufeff")
