"""The plan's line: ``Share Housing's checklist @jane by 29 Jan 5/1 =team``.

Owner, target date, impact and effort (1 to 5, ``?`` for one not said), approval. What is none of
them is the action's text. `parse_action` and `render_action` are each other's inverse.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.dates import MONTHS
from model.line.deeds import read_action, say_action_rest, say_action_text
from model.line.vocabulary import Vocabulary
from model.line.words import clean, words_of
from model.note import ActionNote

_SCORED = re.compile("[0-9]/[0-9]")
_DATED = re.compile(
    rf"(?<!\S)by ([0-9]+[/-][0-9][0-9/-]*|[0-9]+(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)})[a-z]*)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ParsedAction:
    """An action's line as understood, and owners that are no role and no person known.

    Such an owner is kept as the words for a group. ``left_as_text`` says, a sentence each, which
    words look like an approval, a score or a target date and are none.
    """

    note: ActionNote
    unknown_owners: tuple[str, ...] = ()
    left_as_text: tuple[str, ...] = ()


def parse_action(text: str, vocabulary: Vocabulary) -> ParsedAction:
    """Read one line of the plan. Never fails: what is no token is the action's text.

    An owner is a role or a person by any of their names, by a first name that only one person
    has, or, unknown, one word or words in quotation marks. An approval is a rung of the
    session's ladder, by its whole name, its unique beginning in a word, or its initials.
    """
    words = [word.text for word in words_of(clean(text))]
    note, unknown = read_action([], words, vocabulary, plan=True)
    return ParsedAction(note, tuple(unknown), tuple(_left(words, note)))


def _left(words: Sequence[str], note: ActionNote) -> Iterator[str]:
    """What looks like a token and stays as text, as ``by 31 Feb`` does."""
    stays = Counter(note.text.split())
    for word in words:
        if stays[word] and word.startswith("=") and len(word) > 1:
            yield f"{word} is no approval on the ladder and stays as text."
        elif stays[word] and _SCORED.fullmatch(word):
            yield f"{word} is no score from 1/1 to 5/5 and stays as text."
    dated = None if note.due else _DATED.search(" ".join(words))
    if dated:
        yield f"{dated[1]} is no date and stays as text."


def render_action(note: ActionNote, vocabulary: Vocabulary) -> str:
    """The line that says the action; `parse_action` reads it back to the same."""
    text = say_action_text(note.text.split(), vocabulary.today, plan=True)
    return " ".join([*text, *say_action_rest(note, vocabulary, plan=True)])
