"""What the group agrees to say and not to say, kept, found, and put into every text at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.agreed import Agreed, avoided_by, folded
from model.edits.answers import brief, joined, text_from, texts_from
from model.edits.errors import EditError
from model.edits.every_text import Text, every_text, reworded
from model.edits.records import added, shifted, updated, without
from model.edits.texts import line_of
from model.session import Session, Word

_SAY = "Say which word the group agreed on, such as contract register."


@dataclass(frozen=True, slots=True)
class Standing:
    """How often a text still says a word not to say."""

    text: Text
    times: int


def add_word(
    session: Session, say: str, *, avoid: str, beside: Word | None = None, before: bool = False
) -> Session:
    """Agree a word, and by comma what not to say for it, beside another or at the end.

    Raises `EditError` without a word, and where another entry says the opposite.
    """
    new = Word(line_of(say, _SAY), texts_from(avoid, ","))
    _check_apart(session, new)
    if beside not in session.words:
        return added(session, "words", new)
    place = session.words.index(beside) + (not before)
    return replace(session, words=(*session.words[:place], new, *session.words[place:]))


def change_word(session: Session, old: Word, *, say: str, avoid: str) -> Session:
    """Change what was agreed; the texts stay. Raises `EditError` as `add_word` does."""
    found = _found(session, old)
    new = Word(text_from(say, old.say, _SAY), texts_from(avoid, ",", old.avoid))
    _check_apart(session, new, found)
    return updated(session, "words", found, say=new.say, avoid=new.avoid)


def remove_word(session: Session, old: Word) -> Session:
    """Agree no longer on a word. Raises `EditError` where it is gone already."""
    return without(session, "words", _found(session, old))


def move_word(session: Session, old: Word, by: int) -> Session:
    """Move a word down (``by`` 1) or up (-1). Raises `EditError` at either end."""
    return shifted(session, "words", _found(session, old), by)


def say_agreed(session: Session, word: Word) -> Session:
    """Put an agreed word wherever a text says what not to say for it; documents are renamed.

    Whole words and their simple plurals count, a capital stays a capital. Raises `EditError`
    where nothing was agreed to be said.
    """
    found = _found(session, word)
    avoided = tuple(map(folded, avoided_by(found)))
    line_of(found.say, f"Say first (e) what to say for {brief(joined(found.avoid, ','))}.")
    agreed = Agreed(session.words)
    return reworded(session, lambda text: agreed.put(text, avoided))


def standing(session: Session) -> Mapping[str, tuple[Standing, ...]]:
    """Where each word not to say still stands, under the word as `model.agreed.folded` has it."""
    if not any(map(avoided_by, session.words)):
        return {}
    agreed = Agreed(session.words)
    places: dict[str, list[Standing]] = {}
    for text in every_text(session):
        for word, times in Counter(agreed.found(text.said)).items():
            places.setdefault(word, []).append(Standing(text, times))
    return {word: tuple(found) for word, found in places.items()}


def standing_of(session: Session, word: Word) -> tuple[Standing, ...]:
    """Where what not to say for one agreed word still stands."""
    stands = standing(session)
    return tuple(place for said in avoided_by(word) for place in stands.get(folded(said), ()))


def _found(session: Session, word: Word) -> Word:
    """The very entry that is equal. Raises `EditError` where there is none any more."""
    for entry in session.words:
        if entry == word:
            return entry
    raise EditError("That word is no longer in the session. Undo (u) brings it back.")


def _check_apart(session: Session, new: Word, old: Word | None = None) -> None:
    """Raise `EditError` where what is new in the entry cannot hold beside what was agreed."""
    said_before = old is not None and folded(old.say) == folded(new.say)
    known = old.avoid if old and said_before else ()
    others = [other for other in session.words if other is not old]
    if not said_before:
        _check_say(new.say, others)
    for word in new.avoid:
        if word not in known:
            _check_avoid(word, new, others)


def _check_say(say: str, others: list[Word]) -> None:
    for other in others:
        if folded(say) == folded(other.say):
            raise EditError(f"{brief(say)} is agreed already. Press e on it to change it.")
        if folded(say) in map(folded, other.avoid):
            raise EditError(
                f"{brief(say)} is what not to say for {brief(other.say)}. Change that one first."
            )


def _check_avoid(word: str, new: Word, others: list[Word]) -> None:
    if folded(word) == folded(new.say):
        raise EditError(f"{brief(word)} cannot be both what to say and what not to say.")
    for other in others:
        if folded(word) == folded(other.say):
            raise EditError(f"{brief(word)} is agreed to be said. Change that one first.")
        if folded(word) in map(folded, other.avoid):
            raise EditError(
                f"For {brief(word)} the group agreed to say {brief(other.say)} already."
            )
