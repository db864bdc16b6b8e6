"""The plan's line: ``Share Housing's checklist @jane by 29 Jan 5/1 =team``.

Owner, target date, impact and effort (1 to 5, ``?`` for one not said), approval. What is none of
them is the action's text. `parse_action` and `render_action` are each other's inverse.
"""

from dataclasses import dataclass

from model.line.deeds import read_action, say_action_rest, say_action_text
from model.line.vocabulary import Vocabulary
from model.line.words import clean, words_of
from model.note import ActionNote


@dataclass(frozen=True, slots=True)
class ParsedAction:
    """An action's line as understood, and owners that are no role and no person known.

    Such an owner is kept as the words for a group.
    """

    note: ActionNote
    unknown_owners: tuple[str, ...] = ()


def parse_action(text: str, vocabulary: Vocabulary) -> ParsedAction:
    """Read one line of the plan. Never fails: what is no token is the action's text.

    An owner is a role or a person by any of their names, by a first name that only one person
    has, or, unknown, one word or words in quotation marks. An approval is a rung of the
    session's ladder, by its whole name, its unique beginning in a word, or its initials.
    """
    words = [word.text for word in words_of(clean(text))]
    note, unknown = read_action([], words, vocabulary, plan=True)
    return ParsedAction(note, tuple(unknown))


def render_action(note: ActionNote, vocabulary: Vocabulary) -> str:
    """The line that says the action; `parse_action` reads it back to the same."""
    text = say_action_text(note.text.split(), vocabulary.today, plan=True)
    return " ".join([*text, *say_action_rest(note, vocabulary, plan=True)])
