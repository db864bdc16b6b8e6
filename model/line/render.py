"""A note as the line that says it: `parse` reads it back to the same note."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from offwall.model.line.actions import say_action_rest, say_action_text
from offwall.model.line.grammar import (
    DITTO_MARK,
    escape,
    escape_value,
    leads_on,
    say_route,
    token_kind,
)
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process import ActionPostIt
from offwall.model.process.post_it import PostIt, PostItIssue, PostItRoute


def render(note: PostIt, vocabulary: Vocabulary) -> str:
    """The line, in the order in which people say it."""
    say = _Renderer(vocabulary)
    parts: list[str] = [
        *say.head(note.text),
        *([DITTO_MARK] if note.ditto else []),
        *say.leads(note),
        *say.roles("a:", () if note.accountable is None else (note.accountable,)),
        *say.roles("c:", note.consulted),
        *say.roles("i:", note.informed),
        *say.values("?", note.decision),
        *(say.value(">", say_route(route)) for route in note.routes),
        *say.values(">", note.then and say_route(PostItRoute("", note.then))),
        *(say.value("+", name) for name in note.documents),
        *say.issues(note.issues),
        *(say.action(action) for action in note.actions),
        *(say.value("^", text) for text in note.parked),
        *(f"%{code}" for code in note.only),
        *(f"%{code}={treatment}" for code, treatment in note.tiers),
        *([f"/{note.stage}"] if note.stage else []),
        *say.values("w:", note.timescale),
        *say.values("n:", note.note),
    ]
    return " ".join(parts)


class _Renderer:
    """Says the parts of a note in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def word(self, word: str) -> str:
        """A word of a text, with a backslash only where it would otherwise be a token."""
        harmless = word[:1] != "\\" and not token_kind(word, self.vocabulary)
        return word if harmless else escape(word)

    def head(self, text: str) -> Iterable[str]:
        """The activity's text. ``>`` counts nowhere in it but at its very start."""
        words = text.split()
        for at, word in enumerate(words):
            plain = at and word.startswith(">") and not leads_on(word, self.vocabulary)
            yield word if plain else self.word(word)

    def value(self, sign: str, text: str) -> str:
        """A sign and the text that follows it."""
        first, *others = text.split()
        return " ".join([sign + escape_value(first), *map(self.word, others)])

    def values(self, sign: str, text: str | None) -> Iterable[str]:
        """The same, where the text was said."""
        return [self.value(sign, text)] if text else []

    def leads(self, note: PostIt) -> Iterable[str]:
        """The lead, and other responsible roles with it."""
        if note.lead is None:
            return self.roles("r:", note.also)
        return self.roles("@", (note.lead, *note.also))

    def roles(self, sign: str, codes: Sequence[str]) -> Iterable[str]:
        """A sign and roles by comma."""
        phrases = self.vocabulary.roles
        said = ",".join(phrases.say(code) if code else "?" for code in codes)
        first, *others = said.split() or [""]
        return [" ".join([sign + first, *map(escape, others)])] if said else []

    def issues(self, issues: Iterable[PostItIssue]) -> Iterable[str]:
        """Issues, those of one text and different codes together."""
        for text, found in groupby(issues, key=lambda issue: issue.text):
            for codes in _runs([issue.code.lower() for issue in found]):
                yield " ".join([f"!{codes}", *map(self.word, text.split())])

    def action(self, action: ActionPostIt) -> str:
        """An action, its owner and its date."""
        first, *others = action.text.split()
        rest = say_action_rest(action, self.vocabulary, plan=False)
        text = say_action_text(others, self.vocabulary.today, plan=False)
        return " ".join(["*" + escape_value(first), *text, *rest])


def _runs(codes: list[str]) -> Iterable[str]:
    run = ""
    for code in codes:
        if code in run:
            yield run
            run = ""
        run += code
    yield run
