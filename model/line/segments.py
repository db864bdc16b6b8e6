"""A line cut where its tokens begin: each segment is a token and the words up to the next."""

from dataclasses import dataclass, field

from model.line.vocabulary import Vocabulary
from model.line.words import DITTO_MARK, SIGNS, Kind, Word, sign_of, unescape, value_fits, words_of

ROLE_KINDS = frozenset({Kind.LEAD, Kind.ALSO, Kind.ACCOUNTABLE, Kind.CONSULTED, Kind.INFORMED})
_ONCE = frozenset(
    {Kind.ACCOUNTABLE, Kind.DECISION, Kind.STAGE, Kind.TIMESCALE, Kind.NOTE, Kind.DITTO}
)
_THEN = "then"
_CODES = frozenset("dgtr")


@dataclass(slots=True)
class Segment:
    """A token and the words that follow it, as typed. The first of a line is text, or empty."""

    kind: Kind
    words: list[Word] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What follows the sign in the token's own word."""
        word = self.words[0].text
        return word[len(sign_of(word)) :]

    @property
    def rest(self) -> list[Word]:
        """The words after the token's own."""
        return self.words[1:]


@dataclass(slots=True)
class Cut:
    """A line in segments, and the words that begin like a token but are text here."""

    segments: list[Segment]
    refused: list[Word]


def token_kind(word: str, vocabulary: Vocabulary) -> Kind | None:
    """The token that the word is, going by itself alone; None where it is text."""
    sign = sign_of(word)
    if not sign:
        return None
    if sign == DITTO_MARK:
        return Kind.DITTO
    kind = SIGNS[sign]
    return kind if _fits(kind, word[len(sign) :], vocabulary) else None


def _fits(kind: Kind, value: str, vocabulary: Vocabulary) -> bool:
    if kind in ROLE_KINDS:
        nobody = kind in (Kind.LEAD, Kind.ACCOUNTABLE) and value.split(",", maxsplit=1)[0] == "?"
        return nobody or vocabulary.roles.may_begin(value)
    if kind is Kind.ISSUE:
        codes = value.lower()
        return len(set(codes)) == len(codes) and _CODES.issuperset(codes)
    if kind is Kind.TIER:
        return vocabulary.tier(value) is not None
    if kind is Kind.STAGE:
        return bool(vocabulary.stage(value))
    return value_fits(value)


def cut(line: str, vocabulary: Vocabulary) -> Cut:
    """Cut a cleaned line. The first segment is the text before any token; it may be empty."""
    segments = [Segment(Kind.TEXT)]
    refused: list[Word] = []
    said: set[str] = set()
    for word in words_of(line):
        kind = token_kind(word.text, vocabulary)
        if kind and _counts(kind, word, segments, said, vocabulary):
            segments.append(Segment(kind, [word]))
            said.add(_THEN if _is_then(kind, word) else kind)
            continue
        owner = kind is Kind.LEAD and segments[-1].kind is Kind.ACTION
        if sign_of(word.text) and not owner:
            refused.append(word)
        segments[-1].words.append(word)
    return Cut(segments, refused)


def _is_then(kind: Kind, word: Word) -> bool:
    return kind is Kind.ROUTE and word.text.startswith(">=")


def _counts(
    kind: Kind, word: Word, segments: list[Segment], said: set[str], vocabulary: Vocabulary
) -> bool:
    if kind is Kind.LEAD:
        return segments[-1].kind is not Kind.ACTION  # there it is the action's owner
    if kind is not Kind.ROUTE:
        return kind not in _ONCE or kind not in said
    adds = not segments[0].words and not _begins_a_new_one(segments)
    deciding = Kind.DECISION in said or (vocabulary.decision and adds)
    if not _is_then(kind, word):
        return deciding
    return _THEN not in said and (deciding or leads_on(word.text, vocabulary))


def _begins_a_new_one(segments: list[Segment]) -> bool:
    """Whether a stage comes first and then words of its own, as in ``/S2 Pay the invoice``."""
    return any(one.kind is Kind.STAGE and one.rest for one in segments[1:2])


def leads_on(word: str, vocabulary: Vocabulary) -> bool:
    """Whether ``>=target`` says what comes next although no decision stands.

    ``>=S2.04`` does; ``>=5%`` is arithmetic.
    """
    target = word[2:]
    return word.startswith(">=") and (target[:1].isalpha() or vocabulary.is_ref(target))


def plain_words(words: list[Word]) -> list[str]:
    """The words as meant, without the backslashes that made them plain."""
    return [unescape(word.text) for word in words]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment's value as one text, and where each of its characters stands in the line."""

    text: str
    at: tuple[int, ...]


def stretch(segment: Segment) -> Stretch:
    """The value of a token that is followed by names."""
    first = segment.words[0]
    characters = [segment.value]
    at = list(range(first.end - len(segment.value), first.end))
    for word in segment.rest:
        plain = unescape(word.text)
        characters += [" ", plain]
        at += [word.start - 1, *range(word.end - len(plain), word.end)]
    return Stretch("".join(characters), (*at, segment.words[-1].end))
