"""A note as the line that says it, which `parse` reads back to the same, and in words and names."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from offwall.model.line.actions import say_action_rest, say_action_text
from offwall.model.line.grammar import (
    DITTO_MARK,
    SIGNS,
    TIME_SIGNS,
    SpanKind,
    escape,
    escape_value,
    leads_on,
    looks_like_token,
    sign_of,
    token_kind,
    value_fits,
    why_plain,
)
from offwall.model.line.parse import Parsed, say_route
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process import ActionPostIt, PostIt
from offwall.model.process.post_it import MEANINGS, PostItIssue, PostItRoute
from offwall.model.records import END, say_date


def render(note: PostIt, vocabulary: Vocabulary) -> str:
    """The line, in the order in which people say it."""
    say, times = _Renderer(vocabulary), dict(note.times)
    leads = ("r:", note.also) if note.lead is None else ("@", (note.lead, *note.also))
    parts: list[str] = [
        *say.head(note.text),
        *([DITTO_MARK] if note.ditto else []),
        *say.roles(*leads),
        *say.roles("a:", () if note.accountable is None else (note.accountable,)),
        *say.roles("c:", note.consulted),
        *say.roles("i:", note.informed),
        *say.values("?", note.decision),
        *(say.value(">", say_route(route)) for route in note.routes),
        *say.values(">", note.then and say_route(PostItRoute("", note.then))),
        *say.documents(note.documents),
        *say.issues(note.issues),
        *(say.action(action) for action in note.actions),
        *(say.value("^", text) for text in note.parked),
        *(f"%{code}" for code in note.only),
        *(f"%{code}={treatment}" for code, treatment in note.tiers),
        *([f"/{note.stage}"] if note.stage else []),
        *say.values("w:", note.timescale),
        *say.values("n:", note.note),
        *(say.value(sign, times[kind]) for sign, kind in TIME_SIGNS.items() if kind in times),
    ]
    return " ".join(parts)


class _Renderer:
    """Says the parts of a note in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def words(self, words: Sequence[str], *, running: bool = False) -> Sequence[str]:
        """Words of a text, with a backslash only where one would otherwise be a token."""
        said: list[str] = []
        # From the last, as what a word means goes by the words after it, as the line has them.
        for at, word in reversed([*enumerate(words)]):
            before = words[at - 1] if at else ""
            harmless = self._harmless(word, before, said, running=running)
            said.insert(0, word if harmless else escape(word))
        return said

    def _harmless(self, word: str, before: str, after: Sequence[str], *, running: bool) -> bool:
        if word[:2] in TIME_SIGNS and not self.vocabulary.times:
            return True
        if word in SIGNS:
            return bool(after) and not looks_like_token(after[0])
        kind = token_kind(word, self.vocabulary)
        if not kind or word.startswith("\\"):
            return not word.startswith("\\")
        value = word[len(sign_of(word)) :]
        return bool(why_plain(kind, value, before, after, self.vocabulary, running=running))

    def head(self, text: str) -> Iterable[str]:
        """The activity's text. ``>`` counts nowhere in it but at its very start."""
        words = text.split()
        for at, (word, said) in enumerate(zip(words, self.words(words), strict=True)):
            plain = at and word.startswith(">") and not leads_on(word, self.vocabulary)
            yield word if plain and len(word) > 1 else said

    def value(self, sign: str, text: str) -> str:
        first, *others = text.split()
        kind = SIGNS[sign]
        said = self.words(others, running=kind is SpanKind.DECISION)
        refused = why_plain(kind, first, "", said, self.vocabulary, running=True)
        return " ".join([sign + escape_value(first, bool(refused)), *said])

    def values(self, sign: str, text: str | None) -> Iterable[str]:
        return [self.value(sign, text)] if text else []

    def documents(self, names: Sequence[str]) -> Iterable[str]:
        """Documents; of one before another a comma at its end is taken off, so there it is two."""
        for at, name in enumerate(names):
            yield self.value("+", name) + "," * (name[-1] == "," and at < len(names) - 1)

    def roles(self, sign: str, codes: Sequence[str]) -> Iterable[str]:
        phrases = self.vocabulary.roles
        said = ",".join(phrases.say(code) if code else "?" for code in codes)
        first, *others = said.split() or [""]
        return [" ".join([sign + first, *map(escape, others)])] if said else []

    def issues(self, issues: Iterable[PostItIssue]) -> Iterable[str]:
        """Issues, those of one text and different codes together."""
        for text, found in groupby(issues, key=lambda issue: issue.text):
            for codes in _runs([issue.code.lower() for issue in found]):
                yield " ".join([f"!{codes}", *self.words(text.split())])

    def action(self, action: ActionPostIt) -> str:
        first, *others = action.text.split()
        rest = say_action_rest(action, self.vocabulary, plan=False)
        text = say_action_text(others, self.vocabulary, plan=False, text=(first,))
        plain = value_fits(first) and first[0] not in "\\@"
        plain = plain and not why_plain(SpanKind.ACTION, first, "", text, self.vocabulary)
        return " ".join([("*" if plain else "*\\") + first, *text, *rest])


def _runs(codes: list[str]) -> Iterable[str]:
    run = ""
    for code in codes:
        if code in run:
            yield run
            run = ""
        run += code
    yield run


# What was understood, in words and names: under the line, and where `add` answers.


def say_note(note: PostIt, vocabulary: Vocabulary) -> Iterator[str]:
    """All of a note but its text: its people by their letters, then the rest."""
    if note.ditto:
        yield "people as before"
    for label, said in (("R", note.lead), ("A", note.accountable)):
        if said is not None:
            yield f"{label} {vocabulary.name_of(said) if said else 'nobody yet'}"
    for label, codes in (("also R", note.also), ("C", note.consulted), ("I", note.informed)):
        if codes:
            yield f"{label} " + ", ".join(map(vocabulary.name_of, codes))
    if note.decision is not None:
        yield f"decision {note.decision}"
    yield from (f"{route.answer} -> {where(route.to, vocabulary)}" for route in note.routes)
    if note.then is not None:
        yield f"then {where(note.then, vocabulary)}"
    yield from (f"document {name}" for name in note.documents)
    for issue in note.issues:
        yield f"!{issue.code} {MEANINGS[issue.code].lower()} {issue.text}".rstrip()
    for action in note.actions:
        owner = f" ({vocabulary.name_of(action.owner)})" if action.owner else ""
        due = f" due {say_date(action.due)}" if action.due else ""
        yield f"action {action.text}{owner}{due}"
    yield from (f"parked {text}" for text in note.parked)
    yield from (f"{tier} {treatment}" for tier, treatment in note.tiers)
    yield from (f"{tier} only" for tier in note.only)
    if note.stage is not None:
        yield f"in {note.stage} {vocabulary.session.stage_by_id[note.stage].name}".rstrip()
    for label, text in (("timescale", note.timescale), ("note", note.note)):
        if text is not None:
            yield f"{label} {text}"
    yield from say_times(note)


def say_times(note: PostIt) -> Iterator[str]:
    """How long and how often, in words."""
    yield from (f"{name.replace('_', ' ')} {said}" for name, said in note.times)


def where(target: str, vocabulary: Vocabulary) -> str:
    """Where a target leads, as keeping the line finds it: a ref, the end, or words still open."""
    if not target:
        return "next"
    found = vocabulary.targets.find(target)
    return found if found == END else vocabulary.session.ref_by_id.get(found, f"({target})")


def say_line(parsed: Parsed, vocabulary: Vocabulary, place: str, adds_to: str = "") -> str:
    """A line kept, or to be kept: its place, then what was understood of it."""
    note = parsed.note
    parts = [*say_note(note, vocabulary)]
    parts += [f"adds to {adds_to}"] if adds_to else []
    return ": ".join(filter(None, [place, "; ".join(parts)]))
