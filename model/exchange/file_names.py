"""Names of files made of what people wrote: they stay in their folder and open everywhere."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
"""Characters of a name at most: a few names and a folder fit into what Windows allows a path."""

MOST_BYTES = 180
"""Bytes of a name at most, as UTF-8: file systems take 255, and endings are still to come."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows."""


def safe_name(words: str, otherwise: str) -> str:
    """A file's name, without an ending, that says the words as far as a name can.

    Letters and figures of every script stay, all else becomes a hyphen; ``otherwise`` serves
    where nothing is left, and before what Windows takes for a device.
    """
    text = unicodedata.normalize("NFC", words)
    kept = "".join(character if _stays(character) else " " for character in text)
    name = "-".join(kept.split())[:LONGEST].encode()[:MOST_BYTES].decode("utf-8", "ignore")
    name = name.strip("-")
    if _RESERVED.fullmatch(name):
        return f"{otherwise}-{name}"
    return name or otherwise


def _stays(character: str) -> bool:
    # Marks belong to the letters of many scripts; what directs or joins (Cf) does not print.
    return unicodedata.category(character)[0] in "LNM" and character.isprintable()


def safe_names(all_words: Iterable[str], otherwise: str) -> list[str]:
    """A name for each, no two alike on a disk that does not tell small letters from capitals."""
    found: list[str] = []
    taken: set[str] = set()
    for words in all_words:
        name = wanted = safe_name(words, otherwise)
        number = 1
        while _folded(name) in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(_folded(name))
        found.append(name)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold())
