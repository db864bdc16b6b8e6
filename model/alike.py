"""Names that look like the same thing said twice: ``Contracts Manager`` and ``Contract Manager``.

Two names are taken for one where they are the same words but for case, order, plural, spacing and
the small words between; where one is the other's initials; or where one word of them is a slip of
the pen. More is not guessed: ``Board minutes`` and ``Board report`` are two documents.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

SAME = 100.0
"""The likeness of two names that are the same words."""

INITIALS = 90.0
"""The likeness of a name and its initials: seldom wrong, and less plain than the same words."""

SLIP = 83.0
"""Per cent of a word that must be right for the rest to be a slip: one letter in six, two in
twelve. Two words as short as five letters that differ by one (stage, state) are two words.
"""

SHORTEST_INITIALS = 3
"""Letters from which a word is read as initials: any two letters fit too many names."""

_SMALL = frozenset(("a", "an", "and", "for", "of", "the"))
"""Words that one person says and the next leaves out."""

_GROUPS = frozenset(("department", "dept", "team", "unit"))
"""Words that may stand behind a name without making it another: ``Procurement team``."""

_WORD = re.compile(r"[\w+#\u0300-\u036f]+")
_APOSTROPHE = re.compile("['’]")

Likeness = tuple[int, int, float]
"""The places of two names, the earlier first, and how alike they are, of 100."""


def alike(names: Sequence[str]) -> tuple[Likeness, ...]:
    """Which of the names look like one thing said twice, the most alike first.

    Of several that are the same words each is compared with the first of them. The cost grows with
    the number of names, and with its square only among names of a single word.
    """
    return _alike(tuple(names))


@lru_cache(maxsize=16)  # a list of names is looked at again after every change of something else
def _alike(names: tuple[str, ...]) -> tuple[Likeness, ...]:
    said = [_words(name) for name in names]
    folded = [_folded(words) for words in said]
    found: dict[tuple[int, int], float] = {}
    for one, other, likeness in (*_same(said, folded), *_initials(said), *_slips(folded)):
        pair = (min(one, other), max(one, other))
        found[pair] = max(likeness, found.get(pair, 0.0))
    order = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple((one, other, likeness) for (one, other), likeness in order)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name without regard to case; what has none is a word itself."""
    line = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", name).casefold())
    return tuple(_WORD.findall(line)) or (line.strip(),)


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that make the name, singular and in the order of the alphabet."""
    stems = [_singular(word) for word in words if word not in _SMALL]
    if len(stems) > 1 and stems[-1] in _GROUPS:
        stems.pop()
    return tuple(sorted(stems)) or words


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def _same(said: list[tuple[str, ...]], folded: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """Names of the same words, or of the same letters: ``Hand over plan``, ``Handover plan``."""
    firsts: dict[object, int] = {}
    for place, words in enumerate(said):
        # Two keys of different kinds never meet: one is a tuple, the other a text.
        for key in (folded[place], _singular("".join(words))):
            first = firsts.setdefault(key, place)
            if first != place:
                yield first, place, SAME


def _initials(said: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """A word, and the name whose words it takes the first letters of."""
    short = defaultdict(list)
    for place, words in enumerate(said):
        if len(words) == 1 and len(words[0]) >= SHORTEST_INITIALS:
            short[words[0]].append(place)
    for place, words in enumerate(said):
        if len(words) > 1:
            large = tuple(word for word in words if word not in _SMALL)
            for letters in {_first_letters(words), _first_letters(large)}:
                yield from ((place, other, INITIALS) for other in short.get(letters, ()))


def _first_letters(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _slips(folded: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """Names that have all words but one in common, and that one is a slip of the other."""
    rest: defaultdict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for place, words in enumerate(folded):
        for number, word in enumerate(words):
            if len(word) > 1 and word.isalpha():
                rest[words[:number] + words[number + 1 :]].setdefault(word, place)
    for places in rest.values():
        if len(places) > 1:
            for one, other, likeness in _slipped(places):
                yield places[one], places[other], likeness


def _slipped(words: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Which of the words are slips of one another.

    A slip seldom changes a word's first letter (render, tender), and a word that goes on where
    another ends is made of it (contract, contractor).
    """
    by_letter = defaultdict(list)
    for word in words:
        by_letter[word[0]].append(word)
    for near in by_letter.values():
        if len(near) > 1:
            yield from _near(sorted(near))


def _near(words: list[str]) -> Iterator[tuple[str, str, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for place, one in enumerate(words, 1):
        # Two neighbours in each other's place are one slip, hence OSA and not Levenshtein.
        near = process.extract(
            one,
            words[place:],
            scorer=OSA.normalized_similarity,
            score_cutoff=SLIP / SAME,
            limit=None,
        )
        for other, likeness, _ in near:
            if not other.startswith(one):
                yield one, other, SAME * likeness
