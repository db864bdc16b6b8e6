"""What was understood of a line, in words and names: under the line, and where `add` answers."""

from collections.abc import Iterator

from offwall.model.line.parse import Parsed
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process import ActionPostIt, PostIt
from offwall.model.process.post_it_fields import MEANINGS
from offwall.model.records import END, say_date


def say_people(note: PostIt, vocabulary: Vocabulary) -> Iterator[str]:
    """The people of a note, by their letters."""
    if note.ditto:
        yield "people as before"
    for label, said in (("R", note.lead), ("A", note.accountable)):
        if said is not None:
            yield f"{label} {vocabulary.name_of(said) if said else 'nobody yet'}"
    for label, codes in (("also R", note.also), ("C", note.consulted), ("I", note.informed)):
        if codes:
            yield f"{label} " + ", ".join(map(vocabulary.name_of, codes))


def say_parts(note: PostIt, vocabulary: Vocabulary, *, whole: bool) -> Iterator[str]:
    """The rest of a note but its text; ``whole`` where the line itself is not in sight."""

    def named(label: str, text: str | None) -> Iterator[str]:
        if text is not None:
            yield f"{label} {text}" if whole else label

    yield from named("decision", note.decision)
    yield from (f"{one.answer} -> {where(one.to, vocabulary)}" for one in note.routes)
    if note.then is not None:
        yield f"then {where(note.then, vocabulary)}"
    yield from (f"document {name}" for name in note.documents)
    for issue in note.issues:
        yield from named(f"!{issue.code} {MEANINGS[issue.code].lower()}", issue.text)
    yield from (say_action(action, vocabulary, whole=whole) for action in note.actions)
    for text in note.parked:
        yield from named("parked", text)
    yield from (f"{tier} {treatment}" for tier, treatment in note.tiers)
    yield from (f"{tier} only" for tier in note.only)
    if note.stage is not None:
        yield f"in {note.stage} {vocabulary.session.stage_by_id[note.stage].name}".rstrip()
    yield from named("timescale", note.timescale)
    yield from named("note", note.note)


def say_action(action: ActionPostIt, vocabulary: Vocabulary, *, whole: bool) -> str:
    """An action: what, who, by when."""
    text = f" {action.text}" if whole else ""
    owner = f" ({vocabulary.name_of(action.owner)})" if action.owner else ""
    due = f" due {say_date(action.due)}" if action.due else ""
    return f"action{text}{owner}{due}"


def where(target: str, vocabulary: Vocabulary) -> str:
    """Where a target leads, as keeping the line finds it: a ref, the end, or words still open."""
    if not target:
        return "next"
    found = vocabulary.targets.find(target)
    return found if found == END else vocabulary.session.ref_by_id.get(found, f"({target})")


def say_line(parsed: Parsed, vocabulary: Vocabulary, place: str, adds_to: str = "") -> str:
    """A line kept, or to be kept: its place, then what was understood of it."""
    note = parsed.note
    parts = [*say_people(note, vocabulary), *say_parts(note, vocabulary, whole=True)]
    parts += [f"adds to {adds_to}"] if adds_to else []
    return ": ".join(filter(None, [place, "; ".join(parts)]))
