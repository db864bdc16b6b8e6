"""Which of several known names is meant by the letters typed so far, the likeliest first.

One matcher for the line and for every field: by the whole name, its start, its initials, or the
start of any of its words; case, accents and space do not count.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from offwall.model.records.text import fold

_MOST_KNOWN = 32_768
"""Names whose folded form is remembered: two for each of 10,000 activities, and all else."""
_NO_MATCH = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """One that may be meant: what is put in, what the list says of it, and what it is called.

    ``names`` are all that it goes by; the text itself where there is no other.
    """

    text: str
    label: str
    names: tuple[str, ...] = ()


def candidates(texts: Iterable[str]) -> tuple[Candidate, ...]:
    """Each text once, as what may be meant by itself."""
    return tuple(Candidate(text, text) for text in dict.fromkeys(texts))


def ranked(said: str, known: Iterable[Candidate]) -> list[Candidate]:
    """Those that the letters may mean, the likeliest first; all of them where none is typed.

    A space at the end says that a word is whole: then only a name that goes on so is meant.
    """
    wanted = _folded(said)[0]
    if not wanted:
        return list(known)
    whole = said[-1:].isspace()
    graded = [
        (min(_grade(wanted, name, whole=whole) for name in one.names or [one.text]), one)
        for one in known
    ]
    graded = [(grade, one) for grade, one in graded if grade < _NO_MATCH]
    return [one for _, one in sorted(graded, key=itemgetter(0))]


def _grade(wanted: str, name: str, *, whole: bool) -> int:
    """How likely a name is meant, 0 the most."""
    folded, words, initials = _folded(name)
    if whole:
        return 1 if folded.startswith(f"{wanted} ") else _NO_MATCH
    if folded.startswith(wanted):
        return int(folded != wanted)
    if initials.startswith(wanted):
        return 2 if initials == wanted else 4
    return 3 if _begin(wanted, words) else _NO_MATCH


def _begin(wanted: str, words: str) -> bool:
    """Whether each part of what is typed begins a word, in order."""
    at = 0
    for part in wanted.split():
        at = words.find(f" {part}", at) + 1
        if not at:
            return False
    return True


@lru_cache(_MOST_KNOWN)
def _folded(name: str) -> tuple[str, str, str]:
    """A name as it compares; its words, with their signs and without, each after a space; its
    initials.
    """
    plain = fold(name)
    if not plain.isascii():
        split = unicodedata.normalize("NFKD", plain)
        plain = fold("".join(mark for mark in split if not unicodedata.combining(mark)))
    words = plain.split()
    bare = [
        [word]
        if word.isalnum()
        else "".join(mark if mark.isalnum() else " " for mark in word).split()
        for word in words
    ]
    starts = [part for word, parts in zip(words, bare, strict=True) for part in (word, *parts)]
    return (
        plain,
        "".join(f" {part}" for part in dict.fromkeys(starts)),
        "".join(parts[0][0] for parts in bare if parts),
    )
