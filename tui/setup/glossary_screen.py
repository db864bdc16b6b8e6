"""The glossary: merge two names into one, agree on a word, and say it everywhere by one key."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from offwall.model.records import Role, Session, counted, excerpt, keyed, line_of
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, RoleCode
from offwall.model.records.record_kind import texts_ask
from offwall.model.records.session import Word
from offwall.model.records.text import fold, join_texts
from offwall.model.records.uses import WrittenText, describe_uses
from offwall.model.review.duplicates import (
    Duplicate,
    NameKind,
    UsedName,
    duplicates,
    merge_documents,
    merge_owners,
    merge_roles,
    merge_teams,
)
from offwall.model.setup.glossary import (
    WORDS,
    RemainingUses,
    avoided_by,
    remaining_uses,
    remaining_uses_of,
    replace_everywhere,
)
from offwall.model.setup.people_and_roles import ROLES
from offwall.tui.kit import Answers, Context, ListCell, ListRow, SessionScreen
from offwall.tui.kit.frame import FactsPanel, framed
from offwall.tui.kit.keys import Here, Need, Outcome, Question, foot, key, keys
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.sections import SectionsScreen
from offwall.tui.kit.session_screen import back
from offwall.tui.kit.setup_list import fields_of

RowSubject = Duplicate | Word | Role | None
"""What a row stands for; nothing on a heading."""

DUPLICATES, GLOSSARY, ALSO_CALLED = "twice", "agreed", "otherwise"
ABOUT_DUPLICATES = (
    "Roles, documents, teams and owners of actions whose names look like one thing. Each is a "
    "question: space makes them one everywhere, x leaves both."
)
ABOUT_GLOSSARY = (
    "Press n to say which word the group agreed on, and which not to say: register, not "
    "log. It is then found in every text, and space puts it right everywhere."
)
ABOUT_ALSO_CALLED = "Each of these means the role, wherever it is typed."

_PLACE_NOUNS = {
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
class GlossaryRow:
    """A row: its key, its cells by column, what it stands for, and that in full."""

    key: str
    cells: Mapping[str, ListCell]
    about: str
    thing: RowSubject = None


def glossary_lines(
    session: Session, pairs: Sequence[Duplicate], aside: int
) -> Iterator[GlossaryRow]:
    """All rows. ``aside`` is how many more pairs are left as they are."""
    none = "" if pairs else "Nothing looks like one thing said twice."
    more = f"{counted(aside, 'pair')} left as named: I offers again." if aside else none
    yield GlossaryRow(DUPLICATES, {"title": "Said twice?", "more": more}, ABOUT_DUPLICATES)
    yield from (_pair(session, pair) for pair in pairs)
    none = "" if session.words else "None yet: press n for the first."
    yield GlossaryRow(GLOSSARY, {"title": "Agreed words", "more": none}, ABOUT_GLOSSARY)
    stands = remaining_uses(session)
    yield from (_word(session, *item, stands) for item in keyed("words", session.words).items())
    if roles := [role for role in session.roles if role.also_called]:
        yield GlossaryRow(ALSO_CALLED, {"title": "Other names of roles"}, ABOUT_ALSO_CALLED)
        yield from map(_role, roles)


def pair_key(pair: Duplicate) -> str:
    """What a pair's row is known by, whichever of the two is kept."""
    return "\n".join((pair.kind, *sorted((pair.keep.key, pair.gone.key))))


def pair_name(pair: Duplicate, name: UsedName) -> str:
    """A name of a pair; a role's has its code, for two may have one name."""
    known = pair.kind == NameKind.ROLE or (name.known and name.key != name.said)
    return f"{name.said} ({name.key})" if known and name.key else name.said


def merge_effect(session: Session, pair: Duplicate) -> str:
    """What names the one of a pair that is given up: ``3 activities``, refs; or nothing."""
    key = pair.gone.key
    if pair.kind == NameKind.ROLE:
        return describe_uses(session, "roles", key)
    if pair.kind == NameKind.OWNER:
        return describe_uses(session, "people", key)
    if pair.kind == NameKind.TEAM:
        return counted(sum(person.team == key for person in session.people), "person", "people")
    return ", ".join(
        session.ref_by_id[activity.id] for activity in session.in_order if key in activity.documents
    )


def count_standing(uses: Iterable[RemainingUses]) -> str:
    """How often, and in how many texts: ``7 times in 5 texts``."""
    places = tuple(uses)
    times = sum(place.times for place in places)
    return f"{counted(times, 'time')} in {counted(len(places), 'text')}"


def _pair(session: Session, pair: Duplicate) -> GlossaryRow:
    keep, gone = pair_name(pair, pair.keep), pair_name(pair, pair.gone)
    named = merge_effect(session, pair)
    cells: dict[str, ListCell] = {
        "kind": (pair.kind.value, "muted"),
        "say": (keep, "lead"),
        "not": gone,
        "where": (named or "named nowhere", "open" if named else "muted"),
    }
    about = f"Is {excerpt(gone)} the same {pair.kind} as {excerpt(keep)}? space makes them one"
    about += f" ({named})" if named else ""
    if pair.kind == NameKind.ROLE:
        about += "; the role remembers its other name and code"
    about += ", x leaves both." if pair.firm else ", T keeps the other name, x leaves both."
    return GlossaryRow(pair_key(pair), cells, about, pair)


def _word(
    session: Session, key: str, word: Word, stands: Mapping[str, tuple[RemainingUses, ...]]
) -> GlossaryRow:
    found = [place for said in avoided_by(word) for place in stands.get(fold(said), ())]
    refs = tuple(dict.fromkeys(_place(session, place.text) for place in found))
    times = sum(place.times for place in found)
    where: ListCell = (f"{times}: {', '.join(refs)}", "open") if found else ("✓ nowhere", "good")
    cells: dict[str, ListCell] = {
        "kind": ("word", "muted"),
        "say": (word.say, "lead"),
        "not": join_texts(word.avoid, ","),
        "where": where if word.avoid else "",
    }
    return GlossaryRow(f"{GLOSSARY}\n{key}", cells, _about_word(session, word, found), word)


def _about_word(session: Session, word: Word, uses: Sequence[RemainingUses]) -> str:
    if not word.avoid:
        return f"The group says {excerpt(word.say)}. e adds what not to say for it."
    if not uses:
        return f"Nothing says {excerpt(join_texts(word.avoid, ','))} any more."
    texts = (f"{_place(session, place.text)}: {excerpt(place.text.said)}" for place in uses)
    return f"Said {count_standing(uses)}; space puts it right. " + " · ".join(texts)


def _role(role: Role) -> GlossaryRow:
    others = join_texts(role.also_called, ",")
    cells: dict[str, ListCell] = {
        "kind": ("role", "muted"),
        "say": (f"{role.name} ({role.code})", "lead"),
        "not": others,
        "where": "",
    }
    about = f"Also called {others}. e changes that."
    return GlossaryRow(f"{ALSO_CALLED}\n{role.code}", cells, about, role)


def _place(session: Session, text: WrittenText) -> str:
    """How a text's place is called: an activity's ref, a stage's id, else the kind of record."""
    if text.collection == "activities":
        return session.ref_by_id[text.key]
    return text.key if text.collection == "stages" else _PLACE_NOUNS[text.collection]


MERGES: dict[NameKind, Callable[[Session, str, str], Session]] = {
    NameKind.ROLE: lambda session, keep, gone: merge_roles(session, RoleCode(keep), RoleCode(gone)),
    NameKind.DOCUMENT: merge_documents,
    NameKind.TEAM: merge_teams,
    NameKind.OWNER: merge_owners,
}

_left_alone: WeakKeyDictionary[App[Any], frozenset[str]] = WeakKeyDictionary()
"""The pairs that the user left as they are, for as long as the App runs."""


OTHER_NAMES = replace(
    ROLES,
    asks=(texts_ask("also_called", "Also called", "Other names, with a comma between them."),),
)
"""The roles, asked only for what else they are called."""


GLOSSARY_COLUMNS = (
    FittedColumn("kind", "", 8, least=72),
    FittedColumn("say", "Say"),
    FittedColumn("not", "Not"),
    FittedColumn("where", "Still said", 18, wide=36),
)


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """Which pairs are asked the other way round, and which are left as they are, by their keys."""

    swapped: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def merge(at: Here, pair: Duplicate) -> Outcome:
    """Make one of the two names; the first is kept."""
    named, make_one = merge_effect(at.session, pair), MERGES[pair.kind]
    label = f"Merged {excerpt(pair.gone.said)} into {excerpt(pair.keep.said)}"
    return Outcome(
        f"{label}: {named}" if named else label,
        lambda session: make_one(session, pair.keep.key, pair.gone.key),
    )


def swap(at: Here, _: Duplicate) -> Outcome:
    """Keep the other name of the two."""
    return Outcome(view=replace(at.view, swapped=at.view.swapped ^ {at.key}))


def leave(at: Here, pair: Duplicate) -> Outcome:
    """They are not the same thing."""
    names = f"{excerpt(pair_name(pair, pair.keep))} and {excerpt(pair_name(pair, pair.gone))}"
    view = replace(at.view, left=at.view.left | {at.key})
    return Outcome(view=view, say=f"Left both {names}. I offers them again.")


def offer(at: Here, _: RowSubject) -> Outcome:
    """Offer the pairs again that were left as they are."""
    return Outcome(view=replace(at.view, left=frozenset()))


def say_everywhere(at: Here, word: Word) -> Outcome:
    """Put the agreed word wherever a text says what not to say."""
    found, avoided = remaining_uses_of(at.session, word), excerpt(join_texts(word.avoid, ","))
    if found:
        label = f"Renamed {avoided} to {excerpt(word.say)}: {count_standing(found)}"
        return Outcome(label, lambda session: replace_everywhere(session, word))
    if avoided:
        return Outcome(say=f"Nothing says {avoided} any more.")
    return Outcome(say=f"Say first (e) what not to say for {excerpt(word.say)}.")


def new(at: Here, thing: RowSubject, before: bool) -> Outcome:
    """Agree on a word."""
    beside = _named(at) if isinstance(thing, Word) else ""

    def answered(answers: Answers) -> Outcome:
        return Outcome(
            f"Agreed to say {excerpt(answers['say'])}",
            lambda session: WORDS.add(session, answers, beside=beside, before=before),
            go=f"{GLOSSARY}\n{line_of(answers['say'])}",
        )

    return Outcome(ask=Question("Agree on a word", fields_of(WORDS, at.session), answered))


def edit(at: Here, thing: Word | Role) -> Outcome:
    """Change what was agreed."""
    known, kind = _named(at), WORDS if isinstance(thing, Word) else OTHER_NAMES
    if isinstance(thing, Word):
        title = f"Word {excerpt(thing.say)}"
        label = f"Changed the word {excerpt(thing.say)}"
    else:
        title = f"Role {excerpt(thing.name)}"
        label = f"Changed what else {excerpt(thing.name)} is called"

    def answered(answers: Answers) -> Outcome:
        return Outcome(label, lambda session: kind.change(session, known, answers))

    return Outcome(ask=Question(title, fields_of(kind, at.session, thing), answered))


def remove(at: Here, word: Word) -> Outcome:
    """Remove it; u brings it back."""
    known = _named(at)
    return Outcome(f"Removed the word {excerpt(word.say)}", lambda s: WORDS.remove(s, known))


def shift(at: Here, word: Word, by: int) -> Outcome:
    """Move a word down or up."""
    known = _named(at)
    return Outcome(f"Moved the word {excerpt(word.say)}", lambda s: WORDS.move(s, known, by))


def _named(at: Here) -> str:
    """What the word or the role under the cursor is known by."""
    return at.key.partition("\n")[2]


HEADING = "That is a heading. Move to a line below it."


def _for(*kinds: type, also: Callable[[Here], object] = lambda _: True, says: str = "") -> Need:
    """Rows of some kinds: elsewhere the key is gone."""
    return Need(
        lambda at: isinstance(at.record, kinds) and also(at),
        says,
        lambda at: not isinstance(at.record, kinds),
    )


def _dimmed_on_headings(*kinds: type) -> Need:
    """Rows of some kinds: elsewhere the key is gone, but for headings."""
    return Need(lambda at: isinstance(at.record, kinds), HEADING, lambda at: at.record is not None)


PAIR, ON_PAIR, WORD = _dimmed_on_headings(Duplicate), _for(Duplicate), _for(Word)
EITHER = _for(
    Duplicate, also=lambda at: not at.record.firm, says="Which of the two is kept is certain here."
)
LEFT = Need(lambda at: at.view.left, "No pair was left as it is.")


class GlossaryList(RecordList):
    """Pairs of names, then agreed words, then the other names of roles."""

    DETAILED = FOLLOWED = True
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "words",
        foot("space", "merge", "Merge", merge, needs=PAIR),
        foot("space", "say", "Say everywhere", say_everywhere, needs=WORD),
        foot("enter,e", "edit", "Edit", edit, needs=_dimmed_on_headings(Word, Role)),
        foot("T", "swap", "Other name", swap, needs=EITHER),
        foot("x", "leave", "Leave both", leave, needs=ON_PAIR),
        foot("n", "new", "New word", partial(new, before=False), "Agree on a word"),
        key("N", "new-before", "New word before", partial(new, before=True), ""),
        foot("x", "remove", "Remove", remove, needs=WORD),
        key("J", "down", "Move down", partial(shift, by=1), "", WORD),
        key("K", "up", "Move up", partial(shift, by=-1), "", WORD),
        key("X", "offer", "Offer again", offer, needs=LEFT),
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__(GLOSSARY_COLUMNS, id="words")
        self.fresh = fresh
        self._lines: dict[str, GlossaryRow] = {}
        self._swapped: frozenset[str] = frozenset()

    @property
    def record(self) -> RowSubject:
        """What the row under the cursor stands for; nothing on a heading."""
        return line.thing if (line := self._lines.get(self.key)) else None

    @property
    def left(self) -> frozenset[str]:
        """The keys of the pairs that the user left as they are."""
        return _left_alone.get(self.app, frozenset())

    def here(self) -> Here:
        """What the row stands for, and how the pairs are looked at."""
        view = GlossaryView(self._swapped, self.left)
        return Here(self.session, self.fresh, self.key, self.record, view)

    def look(self, view: GlossaryView) -> None:
        """Ask some pairs the other way round, and leave others."""
        self._swapped, _left_alone[self.app] = view.swapped, view.left
        self.rebuild()

    def _take_size(self) -> None:
        # The list began before it had a size: what fits above the cursor is shown.
        self.plan.top = self.plan.top if self._fitted == self.size else 0
        super()._take_size()

    def rebuild(self) -> None:
        """Make the rows."""
        pairs = [
            replace(pair, keep=pair.gone, gone=pair.keep)
            if pair_key(pair) in self._swapped
            else pair
            for pair in duplicates(self.session)
        ]
        offered = [pair for pair in pairs if pair_key(pair) not in self.left]
        made = glossary_lines(self.session, offered, len(pairs) - len(offered))
        self._lines = {line.key: line for line in made}
        self.put(
            [
                self.row(line.key, line.cells)
                if line.thing
                else ListRow(line.key, tuple(line.cells.values()), heading=True)
                for line in self._lines.values()
            ]
        )
        self.follow()
        self.tell()

    def begin(self) -> None:
        """Stand on the first row that can be acted on, or where the first word would come."""
        things = (key for key, line in self._lines.items() if line.thing is not None)
        self.stand_on(next(things, GLOSSARY))
        self.tell()

    def about(self, key: str) -> str:
        """What the row says in full."""
        return line.about if (line := self._lines.get(key)) else ""


class GlossaryScreen(SectionsScreen):
    """The list, and in full what the cursor stands on."""

    TITLE = "2 Words"
    PART = "record"
    CSS_PATH = "glossary_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys("words", key("escape", "back", "Back", back))

    def body(self) -> ComposeResult:
        """The list and its words."""
        with Container(classes="with-words"):
            yield framed(GlossaryList(self.fresh), "Words").data_bind(SessionScreen.session)
            yield framed(FactsPanel(), "In full")

    def on_mount(self) -> None:
        """Begin where there is something to do."""
        found = self.query_one(GlossaryList)
        found.focus()
        found.begin()

    def standing_on(self) -> ActivityId:
        """The activity that one came from."""
        return ActivityId(self.place) if self.place in self.session.activity_by_id else NO_ACTIVITY
