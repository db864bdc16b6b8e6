"""What the words screen shows: names said twice, agreed words, and what else roles are called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.agreed import avoided_by, folded
from model.changes import keyed
from model.edits.answers import brief, counted, joined
from model.edits.every_text import Text
from model.edits.pointers import TO_PERSON, TO_ROLE, uses
from model.edits.texts import line_of
from model.edits.wording import Standing, standing
from model.said_twice import Kind, Name, Twice
from model.session import Role, Session, Word
from tui.widgets.record_list import Cell, Row

Thing = Twice | Word | Role | None
"""What a row stands for; nothing on a heading."""

Cells = Mapping[str, Cell]
"""A row's cells under the names of the columns."""

TWICE = "twice"
AGREED = "agreed"
OTHERWISE = "otherwise"

ABOUT_TWICE = (
    "Roles, documents, teams and owners of actions whose names look like one thing. Each is a "
    "question: space makes them one everywhere, i leaves both."
)
ABOUT_AGREED = (
    "Press n to say which word the group agreed on, and which not to say: contract register, not "
    "contract log. It is then found in every text, and space puts it right everywhere."
)
ABOUT_OTHERWISE = "Each of these means the role, wherever it is typed."

_ONE = {
    "workshop": "the workshop",
    "board": "the board",
    "issues": "an issue",
    "actions": "an action",
    "topics": "a topic",
    "tiers": "a tier",
    "documents": "the register",
}
"""How a place is called that has no ref."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key, its cells, what it stands for, and that in full."""

    key: str
    cells: Cells
    about: str
    thing: Thing = None

    def row(self, columns: Sequence[str]) -> Row:
        """The row with a cell for each of the columns shown."""
        if self.thing is None:
            return Row(self.key, tuple(self.cells.values()), heading=True)
        return Row(self.key, tuple(self.cells[name] for name in columns))


def lines(session: Session, pairs: Sequence[Twice], aside: int) -> Iterator[Line]:
    """All rows. ``aside`` is how many more pairs are left as they are."""
    yield _heading(TWICE, "Said twice?", _twice(len(pairs), aside), ABOUT_TWICE)
    follows = Follows(session)
    yield from (_pair(pair, follows.of(pair)) for pair in pairs)
    none = "" if session.words else "None yet: press n for the first."
    yield _heading(AGREED, "Agreed words", none, ABOUT_AGREED)
    stands = standing(session)
    yield from (_word(session, *item, stands) for item in keyed("words", session.words).items())
    if roles := [role for role in session.roles if role.also_called]:
        yield _heading(OTHERWISE, "Other names of roles", "", ABOUT_OTHERWISE)
        yield from map(_role, roles)


def key_of(pair: Twice) -> str:
    """What a pair's row is known by, whichever of the two is kept."""
    return "\n".join((pair.kind, *sorted((pair.keep.key, pair.gone.key))))


def key_of_word(say: str) -> str:
    """What the row of an agreed word is known by."""
    return f"{AGREED}\n{line_of(say)}"


def called(pair: Twice, name: Name) -> str:
    """A name of a pair; a role's has its code, for two may have one name."""
    known = pair.kind == Kind.ROLE or (name.known and name.key != name.said)
    return f"{name.said} ({name.key})" if known and name.key else name.said


class Follows:
    """Says what names the one of a pair that would be given up, and so follows the other."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, pair: Twice) -> str:
        """In words, such as ``3 activities, 1 stage`` or refs; nothing where it is not named."""
        key = pair.gone.key
        if pair.kind == Kind.ROLE:
            return uses(self._session, TO_ROLE, key)
        if pair.kind == Kind.OWNER:
            return uses(self._session, TO_PERSON, key)
        if pair.kind == Kind.TEAM:
            number = sum(person.team == key for person in self._session.people)
            return counted(number, "person", "people")
        return ", ".join(self._documents[key])

    @cached_property
    def _documents(self) -> Mapping[str, Sequence[str]]:
        """The refs at which each document is named."""
        refs: defaultdict[str, list[str]] = defaultdict(list)
        for found in self._session.in_order:
            for name in found.documents:
                refs[name].append(self._session.ref_by_id[found.id])
        return refs


def stood(found: Iterable[Standing]) -> str:
    """How often, and in how many texts: ``7 times in 5 texts``."""
    places = tuple(found)
    times = sum(place.times for place in places)
    return f"{counted(times, 'time')} in {counted(len(places), 'text')}"


def _heading(key: str, title: str, more: str, about: str) -> Line:
    return Line(key, {"title": title, **({"more": more} if more else {})}, about)


def _twice(offered: int, aside: int) -> str:
    if aside:
        return f"{counted(aside, 'pair')} left as named: I offers again."
    return "" if offered else "Nothing looks like one thing said twice."


def _pair(pair: Twice, named: str) -> Line:
    keep, gone = called(pair, pair.keep), called(pair, pair.gone)
    cells: Cells = {
        "kind": (pair.kind.value, "muted"),
        "say": (keep, "lead"),
        "not": gone,
        "where": (named or "named nowhere", "open" if named else "muted"),
    }
    about = f"Is {brief(gone)} the same {pair.kind} as {brief(keep)}? space makes them one"
    about += f" ({named})" if named else ""
    if pair.kind == Kind.ROLE:
        about += "; the role remembers its other name and code"
    about += ", i leaves both." if pair.firm else ", s keeps the other name, i leaves both."
    return Line(key_of(pair), cells, about, pair)


def _word(
    session: Session, key: str, word: Word, stands: Mapping[str, tuple[Standing, ...]]
) -> Line:
    found = [place for said in avoided_by(word) for place in stands.get(folded(said), ())]
    refs = tuple(dict.fromkeys(_place(session, place.text) for place in found))
    times = sum(place.times for place in found)
    where: Cell = (f"{times}: {', '.join(refs)}", "open") if found else ("✓ nowhere", "good")
    cells: Cells = {
        "kind": ("word", "muted"),
        "say": (word.say, "lead"),
        "not": joined(word.avoid, ","),
        "where": where if word.avoid else "",
    }
    return Line(f"{AGREED}\n{key}", cells, _about_word(session, word, found), word)


def _about_word(session: Session, word: Word, found: Sequence[Standing]) -> str:
    if not word.avoid:
        return f"The group says {brief(word.say)}. e adds what not to say for it."
    if not found:
        return f"Nothing says {brief(joined(word.avoid, ','))} any more."
    texts = (f"{_place(session, place.text)}: {brief(place.text.said)}" for place in found)
    return f"Said {stood(found)}; space puts it right. " + " · ".join(texts)


def _role(role: Role) -> Line:
    cells: Cells = {
        "kind": ("role", "muted"),
        "say": (f"{role.name} ({role.code})", "lead"),
        "not": joined(role.also_called, ","),
        "where": "",
    }
    about = f"Also called {joined(role.also_called, ', ')}. e changes that."
    return Line(f"{OTHERWISE}\n{role.code}", cells, about, role)


def _place(session: Session, text: Text) -> str:
    """How a text's place is called: an activity's ref, a stage's id, else the kind of record."""
    if text.collection == "activities":
        return session.ref_by_id[text.key]
    return text.key if text.collection == "stages" else _ONE[text.collection]
