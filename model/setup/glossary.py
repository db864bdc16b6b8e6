"""The words that the group agreed to say and not to say: kept, found, put into every text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offwall.model.records import EditError, Session, excerpt, line_of
from offwall.model.records.record_kind import Ask, RecordKind, needed, texts_ask
from offwall.model.records.session import Word
from offwall.model.records.text import fold, join_texts, on_one_line
from offwall.model.records.uses import WrittenText, every_text, reword_every_text

# A word not to say is found as a whole, alone or as a simple plural, whatever its case. It is not
# found within a word that the group agreed to say, so that "contract register" is not blamed for
# "register".

_SPACE = r"[^\S\n]+"
"""Between the words of one phrase; a line of its own is another phrase."""

_INSIDE = r"[\w\u0300-\u036f]"
"""What goes on with a word; a mark over its last letter is one."""


@dataclass(frozen=True, slots=True)
class Replacement:
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


class GlossaryMatcher:
    """Finds what a session's words say not to say."""

    def __init__(self, words: Iterable[Word]) -> None:
        spelt = _forms(tuple(words))
        self._instead = {fold(form): instead for form, instead in reversed(spelt.items())}
        # The longest first: at one place of a text the longer phrase is meant. As spelt, and not
        # as folded: to the pattern "ß" is not "ss".
        forms = sorted(spelt, key=lambda form: (-len(form), form))
        either = "|".join(_SPACE.join(map(re.escape, form.split())) for form in forms)
        pattern = rf"(?<!\w)(?:{either})(?!{_INSIDE})" if either else r"(?!)"
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._avoid = {fold(form) for form, found in spelt.items() if found}

    def found(self, text: str) -> Iterator[str]:
        """Each word not to say that stands in the text, folded as `folded` does, in order."""
        if self._may_stand_in(text):
            for match in self._pattern.finditer(text):
                if instead := self._instead.get(fold(match[0])):
                    yield instead.avoid

    def put(self, text: str, avoided: Iterable[str]) -> str:
        """The text with what was agreed wherever it says one of ``avoided``, which are folded.

        A capital stays a capital and a plural a plural; a word with nothing to say for it stays.
        """
        wanted = frozenset(avoided)

        def instead(match: re.Match[str]) -> str:
            found = self._instead.get(fold(match[0]))
            if not found or found.avoid not in wanted or not found.say:
                return match[0]
            return found.put(match)

        return self._pattern.sub(instead, text) if self._may_stand_in(text) else text

    def _may_stand_in(self, text: str) -> bool:
        """Whether a word not to say may stand in the text; most texts are done with by this."""
        return any(map(fold(text).__contains__, self._avoid))


def plural(text: str) -> str:
    """The regular plural of a phrase's last word; one that ends in a single s is taken for one."""
    if not text or not text[-1].isalpha() or re.search(r"(?<!s)s$", text, re.IGNORECASE):
        return text
    if re.search(r"[b-df-hj-np-tv-xz]y$", text, re.IGNORECASE):
        return text[:-1] + "ies"
    return text + ("es" if re.search(r"(?:s|x|z|ch|sh)$", text, re.IGNORECASE) else "s")


def _forms(words: tuple[Word, ...]) -> dict[str, Replacement | None]:
    """What to say for each word and plural as spelt; None for what was agreed to be said.

    What the group wrote itself comes before a plural that is only made of it: "records" may be
    what to say for "record". Of two that are folded alike, the first counts.
    """
    avoided = [(said_by(entry), word) for entry in words for word in avoided_by(entry)]
    agreed = [said_by(entry) for entry in words]
    forms: dict[str, Replacement | None] = {}
    for say, word in avoided:
        forms.setdefault(word, Replacement(fold(word), say, word[0].isupper()))
    forms |= {word: None for word in agreed if word not in forms}
    for say, word in avoided:
        forms.setdefault(plural(word), Replacement(fold(word), plural(say), word[0].isupper()))
    forms |= {plural(word): None for word in agreed if plural(word) not in forms}
    return {form: instead for form, instead in forms.items() if fold(form)}


def said_by(entry: Word) -> str:
    """What an entry says to say, on one line with single spaces; empty where that is blank.

    A file made by hand may break a line in it; put so, it would not be found again.
    """
    return on_one_line(entry.say)


def avoided_by(entry: Word) -> tuple[str, ...]:
    """What an entry says not to say, each on one line; not what it says itself, in another case."""
    words = map(on_one_line, entry.avoid)
    return tuple(word for word in words if fold(word) not in ("", fold(entry.say)))


@dataclass(frozen=True, slots=True)
class RemainingUses:
    """How often a text still says a word not to say."""

    text: WrittenText
    times: int


def replace_everywhere(session: Session, word: Word) -> Session:
    """Put an agreed word wherever a text says what not to say for it; documents are renamed.

    Whole words and their simple plurals count, a capital stays a capital. Raises `EditError`
    where nothing was agreed to be said, and for a word that is gone.
    """
    if word not in session.words:
        raise EditError("That word is no longer in the session. Undo (u) brings it back.")
    avoided = tuple(map(fold, avoided_by(word)))
    line_of(word.say, f"Say first (e) what to say for {excerpt(join_texts(word.avoid, ','))}.")
    agreed = GlossaryMatcher(session.words)
    return reword_every_text(session, lambda text: agreed.put(text, avoided))


def remaining_uses(session: Session) -> Mapping[str, tuple[RemainingUses, ...]]:
    """Where each word not to say still stands, under the word as `fold` has it."""
    if not any(map(avoided_by, session.words)):
        return {}
    agreed = GlossaryMatcher(session.words)
    places: dict[str, list[RemainingUses]] = {}
    for text in every_text(session):
        for word, times in Counter(agreed.found(text.said)).items():
            places.setdefault(word, []).append(RemainingUses(text, times))
    return {word: tuple(found) for word, found in places.items()}


def remaining_uses_of(session: Session, word: Word) -> tuple[RemainingUses, ...]:
    """Where what not to say for one agreed word still stands."""
    stands = remaining_uses(session)
    return tuple(place for said in avoided_by(word) for place in stands.get(fold(said), ()))


def _check(session: Session, new: Word, old: Word | None) -> None:
    """Raise `EditError` where what is new in the entry cannot hold beside what was agreed."""
    said_before = old if old and fold(old.say) == fold(new.say) else None
    others = [other for other in session.words if other is not old]
    say, avoided = excerpt(new.say), said_before.avoid if said_before else ()
    for other in () if said_before else others:
        if fold(new.say) == fold(other.say):
            raise EditError(f"{say} is agreed already. Press e on it to change it.")
        if fold(new.say) in map(fold, other.avoid):
            raise EditError(
                f"{say} is what not to say for {excerpt(other.say)}. Change that one first."
            )
    for word in (one for one in new.avoid if one not in avoided):
        if fold(word) == fold(new.say):
            raise EditError(f"{excerpt(word)} cannot be both what to say and what not to say.")
        for other in others:
            if fold(word) == fold(other.say):
                raise EditError(f"{excerpt(word)} is agreed to be said. Change that one first.")
            if fold(word) in map(fold, other.avoid):
                raise EditError(
                    f"For {excerpt(word)} the group agreed to say {excerpt(other.say)} already."
                )


WORDS = RecordKind(
    collection="words",
    noun="word",
    blank=lambda _: Word(""),
    asks=(
        Ask(
            "say",
            "Say",
            "Such as {thing} register.",
            read=needed("Say which word the group agreed on, such as register."),
        ),
        texts_ask(
            "avoid",
            "Not",
            "What not to say for it, with a comma between; such as {thing} log, {thing} list.",
        ),
    ),
    check=_check,
)
"""The agreed words. The texts stay as they are until `replace_everywhere`."""
