"""The words that the group agreed on, found in a text and put into it.

A word not to say is found as a whole, alone or as a simple plural, whatever its case. It is not
found within a word that the group agreed to say, so that "contract register" is not blamed for
"register".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model.session import Word

_SPACE = r"[^\S\n]+"
"""Between the words of one phrase; a line of its own is another phrase."""

_INSIDE = r"[\w\u0300-\u036f]"
"""What goes on with a word; a mark over its last letter is one."""


@dataclass(frozen=True, slots=True)
class Instead:
    """A word not to say, as agreed, with what to say for it."""

    avoid: str
    say: str


class Agreed:
    """Finds what a session's words say not to say."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._instead = _forms(tuple(words))
        # The longest first: at one place of a text the longer phrase is meant.
        forms = sorted(self._instead, key=lambda form: (-len(form), form))
        either = "|".join(_SPACE.join(map(re.escape, form.split())) for form in forms)
        pattern = rf"(?<!\w)(?:{either})(?!{_INSIDE})" if either else r"(?!)"
        self._pattern = re.compile(pattern, re.IGNORECASE)

    def found(self, text: str) -> Iterator[str]:
        """Each word not to say that stands in the text, folded as `folded` does, in order."""
        for match in self._pattern.finditer(text):
            if instead := self._of(match):
                yield instead.avoid

    def put(self, text: str, avoided: Iterable[str]) -> str:
        """The text with what was agreed wherever it says one of ``avoided``, which are folded.

        A capital stays a capital and a plural a plural; a word with nothing to say for it stays.
        """
        wanted = frozenset(avoided)

        def instead(match: re.Match[str]) -> str:
            found = self._of(match)
            if not found or found.avoid not in wanted or not found.say:
                return match[0]
            return found.say[0].upper() + found.say[1:] if match[0][0].isupper() else found.say

        return self._pattern.sub(instead, text)

    def _of(self, match: re.Match[str]) -> Instead | None:
        return self._instead.get(folded(match[0]))


def folded(text: str) -> str:
    """A word as it compares: without regard to case and space."""
    return " ".join(text.casefold().split())


def plural(text: str) -> str:
    """The regular plural of a phrase's last word; one that ends in a single s is taken for one."""
    if not text or not text[-1].isalpha() or re.search(r"(?<!s)s$", text, re.IGNORECASE):
        return text
    if re.search(r"[b-df-hj-np-tv-xz]y$", text, re.IGNORECASE):
        return text[:-1] + "ies"
    return text + ("es" if re.search(r"(?:s|x|z|ch|sh)$", text, re.IGNORECASE) else "s")


def _forms(words: tuple[Word, ...]) -> dict[str, Instead | None]:
    """What to say for each word and plural, folded; None for what was agreed to be said.

    What the group wrote itself comes before a plural that is only made of it: "records" may be
    what to say for "record".
    """
    forms: dict[str, Instead | None] = {}
    avoided = [(entry.say, word) for entry in words for word in avoided_by(entry)]
    for say, word in avoided:
        forms.setdefault(folded(word), Instead(folded(word), say))
    for entry in words:
        forms.setdefault(folded(entry.say), None)
    for say, word in avoided:
        forms.setdefault(folded(plural(word)), Instead(folded(word), plural(say)))
    for entry in words:
        forms.setdefault(folded(plural(entry.say)), None)
    forms.pop("", None)
    return forms


def avoided_by(entry: Word) -> tuple[str, ...]:
    """What an entry says not to say; not what it says itself, in another case."""
    return tuple(word for word in entry.avoid if folded(word) not in ("", folded(entry.say)))
