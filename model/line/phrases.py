"""Names that people use for roles and owners, found in a text longest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

STOPS = ".;:!?)"
"""Punctuation that may follow a name and is no part of it."""

_BOUNDARY = re.compile(rf"(?=[\s,]|[{re.escape(STOPS)}]+(?:[\s,]|$)|$)")
_QUOTED = re.compile(rf'"([^"]*\S[^"]*)"(?=[\s,{re.escape(STOPS)}]|$)')
_WORD = re.compile(r"[^\W\d_][^\s,]*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text: what it stands for, where it stands, whether it is known."""

    value: str
    start: int
    end: int
    known: bool


class Phrases:
    """Phrases and the value that each stands for; of two alike the first keeps it.

    A word that begins one of the ``codes`` and no other stands for that one too, so that ``@h``
    is enough where only one role's code begins with it.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], codes: Iterable[str] = ()) -> None:
        self._codes = tuple(dict.fromkeys(codes))
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for phrase, value in pairs:
            said = " ".join(phrase.split())
            if said:
                self._exact.setdefault(said, value)
                self._folded.setdefault(said.casefold(), value)
        self._longest = max(map(len, self._exact), default=0)
        self._firsts = tuple({said.split()[0] for said in self._folded})

    def items(self) -> Iterable[tuple[str, str]]:
        """Each phrase as it is written, with its value."""
        return self._exact.items()

    def find(self, phrase: str) -> str | None:
        """What the whole phrase stands for: as it is written, else in any case."""
        value = self._exact.get(phrase)
        return self._folded.get(phrase.casefold()) if value is None else value

    def may_begin(self, word: str) -> bool:
        """Whether a name, known or not, could begin with this word."""
        return (
            word[0].isalpha()
            or (word[0] == '"' and len(word) > 1)
            or word.casefold().startswith(self._firsts)
        )

    def take(self, text: str, start: int = 0) -> Name | None:
        """The name that begins at ``start``: the longest known, else one in quotes, else a word."""
        if known := self.take_known(text, start):
            return known
        if quoted := _QUOTED.match(text, start):
            said = " ".join(quoted[1].split())
            value = self.find(said)
            return Name(said if value is None else value, start, quoted.end(), value is not None)
        word = _WORD.match(text, start)
        said = word[0].rstrip(STOPS) if word else ""
        short = self._begun(said)
        return Name(short or said, start, start + len(said), known=bool(short)) if said else None

    def _begun(self, said: str) -> str:
        """The one code that begins with what is said; "" for none, and for several."""
        folded = said.casefold()
        begun = [code for code in self._codes if code.casefold().startswith(folded)]
        return begun[0] if said and len(begun) == 1 else ""

    def take_known(self, text: str, start: int = 0) -> Name | None:
        """The longest known name that begins at ``start``."""
        limit = min(len(text), start + self._longest)
        ends = [found.start() for found in _BOUNDARY.finditer(text, start + 1)] or [len(text)]
        for end in reversed([end for end in ends if end <= limit]):
            value = self.find(text[start:end])
            if value is not None:
                return Name(value, start, end, known=True)
        return None

    def say(self, value: str) -> str:
        """How to type a value that is its own name, or that is not known."""
        said = " ".join(value.split())
        if self.find(said) == value:
            return said
        plain = _WORD.fullmatch(said) and said[-1] not in STOPS and not self._begun(said)
        return said if plain else f'"{said}"'
