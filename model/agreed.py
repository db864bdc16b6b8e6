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
    """A word not to say, folded, with what to say for it.

    ``capital`` says that it is written with one wherever it stands, which then says nothing of
    what to say for it.
    """

    avoid: str
    say: str
    capital: bool

    def put(self, match: re.Match[str]) -> str:
        """What to say in the place of the words found."""
        begins = match.string[: match.start()].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?")
        if match[0][0].isupper() and (begins or not self.capital):
            return self.say[0].upper() + self.say[1:]
        return self.say


class Agreed:
    """Finds what a session's words say not to say."""

    def __init__(self, words: Iterable[Word]) -> None:
        spelt = _forms(tuple(words))
        self._instead = {folded(form): instead for form, instead in reversed(spelt.items())}
        # The longest first: at one place of a text the longer phrase is meant. As spelt, and not
        # as folded: to the pattern "ß" is not "ss".
        forms = sorted(spelt, key=lambda form: (-len(form), form))
        either = "|".join(_SPACE.join(map(re.escape, form.split())) for form in forms)
        pattern = rf"(?<!\w)(?:{either})(?!{_INSIDE})" if either else r"(?!)"
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._avoid = {folded(form) for form, found in spelt.items() if found}

    def found(self, text: str) -> Iterator[str]:
        """Each word not to say that stands in the text, folded as `folded` does, in order."""
        if self._may_stand_in(text):
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
            return found.put(match)

        return self._pattern.sub(instead, text) if self._may_stand_in(text) else text

    def _may_stand_in(self, text: str) -> bool:
        """Whether a word not to say may stand in the text; most texts are done with by this."""
        said = folded(text)
        return any(word in said for word in self._avoid)

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
    """What to say for each word and plural as spelt; None for what was agreed to be said.

    What the group wrote itself comes before a plural that is only made of it: "records" may be
    what to say for "record". Of two that are folded alike, the first counts.
    """
    avoided = [(said_by(entry), word) for entry in words for word in avoided_by(entry)]
    agreed = [said_by(entry) for entry in words]
    forms: dict[str, Instead | None] = {}
    for say, word in avoided:
        forms.setdefault(word, Instead(folded(word), say, word[0].isupper()))
    forms |= {word: None for word in agreed if word not in forms}
    for say, word in avoided:
        forms.setdefault(plural(word), Instead(folded(word), plural(say), word[0].isupper()))
    forms |= {plural(word): None for word in agreed if plural(word) not in forms}
    return {form: instead for form, instead in forms.items() if folded(form)}


def said_by(entry: Word) -> str:
    """What an entry says to say, on one line with single spaces; empty where that is blank.

    A file made by hand may break a line in it; put so, it would not be found again.
    """
    return _on_one_line(entry.say)


def avoided_by(entry: Word) -> tuple[str, ...]:
    """What an entry says not to say, each on one line; not what it says itself, in another case."""
    words = map(_on_one_line, entry.avoid)
    return tuple(word for word in words if folded(word) not in ("", folded(entry.say)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
