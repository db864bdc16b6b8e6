"""Several roles by comma, as they follow ``@ a: r: c: i:``, and the role nearest to a word."""

import difflib
import re
from dataclasses import dataclass

from model.line.phrases import Name, Phrases

_NOBODY = re.compile(r"\?(?=[\s,]|$)")
_COMMA = re.compile(r"\s*,\s*")
NOBODY = Name("", 0, 1, known=True)
_NEAR = 0.7
"""How alike two names must be (difflib's ratio) for one to be offered for the other."""


@dataclass(frozen=True, slots=True)
class UnknownRole:
    """A word that names no role yet, where it stands, and the code of a near role, or ""."""

    word: str
    start: int
    end: int
    near: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a value begins with, and where they end."""

    names: tuple[Name, ...]
    end: int

    @property
    def unknown(self) -> tuple[Name, ...]:
        """Those that are not known."""
        return tuple(name for name in self.names if not name.known)

    @property
    def all_known(self) -> bool:
        """Whether every name is known."""
        return all(name.known for name in self.names)


def take_names(text: str, phrases: Phrases, *, one: bool = False) -> Names:
    """The names at the front of ``text``, or only ``one``; what follows is somebody else's.

    After a comma and a space only a known name goes on with the list, so that the end of a
    clause is not taken for a role.
    """
    first = NOBODY if _NOBODY.match(text) else phrases.take(text)
    if first is None:
        return Names((), 0)
    names = [first]
    while not one and (found := _next(text, names[-1].end, phrases)):
        names.append(found)
    return Names(tuple(names), names[-1].end)


def _next(text: str, at: int, phrases: Phrases) -> Name | None:
    comma = _COMMA.match(text, at)
    if not comma or comma.end() == len(text):
        return None
    if comma[0] == ",":
        return phrases.take(text, comma.end())
    return phrases.take_known(text, comma.end())


def nearest(word: str, phrases: Phrases) -> str:
    """The value whose phrase the word begins, or whose initials it is, or is most like; or ""."""
    said = word.casefold()
    known = [(phrase.casefold(), value) for phrase, value in phrases.items()]
    for means in (str.startswith, _is_initials):
        found = {value for phrase, value in known if means(phrase, said)}
        if len(found) == 1:
            return found.pop()
    close = difflib.get_close_matches(said, [phrase for phrase, _ in known], 1, _NEAR)
    return next((value for phrase, value in known if close and phrase == close[0]), "")


def _is_initials(phrase: str, said: str) -> bool:
    return initials(phrase) == said


def initials(phrase: str) -> str:
    """The first letters of a name's words: ``hos`` for Head of Service."""
    return "".join(word[0] for word in phrase.split()).casefold()
