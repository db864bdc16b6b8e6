"""A kind of record that is set up, described once: its form, its edits, its list, its detail.

An `Ask` is one question of a form: how its answer is read, and how a value is shown. A
`RecordKind` is a list of records with a form each; a `HeadingKind` is what a session has one of,
such as the workshop. What is wrong with an answer is an `EditError`, a sentence for the user.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from offwall.model.records.changes import MADE_IDS, keyed, keyed_by
from offwall.model.records.dates import parse_when, say_date, short_date
from offwall.model.records.fields import derive
from offwall.model.records.session import Session
from offwall.model.records.text import (
    Candidate,
    EditError,
    choice_from,
    date_from,
    join_texts,
    line_of,
    texts_from,
)

R = TypeVar("R")

Answers = Mapping[str, str]
"""What was typed, by the names of the questions."""

Cell = str | tuple[str, str]
"""What a list shows: text, or text and the name of a look such as ``lead`` or ``muted``."""


@dataclass(frozen=True, eq=False, repr=False)
class Reading:
    """What an answer is read with: all that was ``said``, and what is changed, None if new."""

    session: Session
    said: Answers
    today: dt.date | None = None
    old: Any = None

    @property
    def day(self) -> dt.date:
        """Today, from which a date is counted. Raises `TypeError` where nobody handed it in."""
        if self.today is None:
            raise TypeError("a question for a date needs today's")
        return self.today


@dataclass(frozen=True, eq=False, repr=False)
class Ask:
    """One question, named as the field that it fills; a line of text where nothing else is said.

    ``read`` makes the value of an answer, or raises `EditError`; it is not asked where the answer
    is what the form showed: that value stays to the letter, even one that could not be typed.
    ``show`` is the value as the form shows it, ``cell`` as a list does. ``means`` puts what is
    typed in words; ``hint_new`` is added to the hint for a new record. An answer ``chosen`` from a
    few replaces what stood there, and is no other where they are ``fixed``; one that is
    ``repeated`` is offered again for the next record. It is asked, and its column shown, where it
    is ``wanted`` of that session.
    """

    name: str
    label: str
    hint: str = ""
    hint_new: str = ""
    read: Callable[[Reading, str], Any] = lambda _, text: line_of(text)
    show: Callable[[Session, Any], str] = lambda _, value: "" if value is None else str(value)
    cell: Callable[[Session, Any], Cell] | None = None
    choices: Callable[[Session], Sequence[str | Candidate]] = lambda _: ()
    means: Callable[[Reading, str], str] | None = None
    chosen: bool = False
    fixed: bool = False
    repeated: bool = False
    wanted: Callable[[Session], bool] = lambda _: True


def needed(sentence: str) -> Callable[[Reading, str], Any]:
    """Reads a line of text that must not be empty; else the sentence says what to say."""
    return lambda _, text: line_of(text, sentence)


def texts_ask(name: str, label: str, hint: str, separator: str = ",") -> Ask:
    """Asks for several texts with a separator between them."""
    return Ask(
        name,
        label,
        hint,
        read=lambda _, text: texts_from(text, separator),
        show=lambda _, value: join_texts(value, separator),
    )


def date_ask(
    name: str, label: str, hint: str = "Such as 29 Jan, 29/1, 2027-01-29 or fri; may stay empty."
) -> Ask:
    """Asks for a date, and says which day is meant."""
    return Ask(
        name,
        label,
        hint,
        read=lambda reading, text: date_from(text, reading.day),
        show=lambda _, date: short_date(date) if date else "",
        cell=lambda _, date: say_date(date) if date else "",
        means=lambda reading, text: (
            say_date(found) if (found := parse_when(text, reading.day)) else ""
        ),
        chosen=True,
    )


def choice_ask(
    name: str,
    label: str,
    hint: str,
    kinds: type[StrEnum],
    default: StrEnum | None,
    *,
    repeated: bool = False,
) -> Ask:
    """Asks for one of a few words, of which the start is enough; none is the default."""
    return Ask(
        name,
        label,
        hint,
        read=lambda _, text: choice_from(text, kinds, default, label.casefold()),
        choices=lambda _: tuple(kinds),
        chosen=True,
        fixed=True,
        repeated=repeated,
    )


class YesNo(StrEnum):
    """What is or is not."""

    YES = "yes"
    NO = "no"


def yes_ask(name: str, label: str, hint: str) -> Ask:
    """Asks for yes or no; none is no."""
    asked = choice_ask(name, label, hint, YesNo, YesNo.NO)
    return replace(
        asked,
        read=lambda reading, text: asked.read(reading, text) is YesNo.YES,
        show=lambda _, value: YesNo.YES if value else YesNo.NO,
    )


def values_of(record: Any) -> dict[str, Any]:
    """A record's values by field."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def read_answers(asks: Iterable[Ask], reading: Reading, old: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the answers, by field; ``old`` are those that were there."""

    def value(ask: Ask, text: str) -> Any:
        was = old[ask.name]
        shown = line_of(ask.show(reading.session, was))
        untouched = reading.old is not None and line_of(text) == shown
        if untouched and shown:
            return was
        new = ask.read(reading, text)  # what must not be empty is asked for again
        return was if untouched and not new else new

    return {
        ask.name: value(ask, reading.said[ask.name]) for ask in asks if ask.name in reading.said
    }


@dataclass(frozen=True, eq=False, repr=False)
class Column:
    """A column of the list: the field of a question, or what ``cell`` makes of each record.

    ``cell`` takes the session once for all rows. The title is the question's label where none is
    given; width 0 takes what the others leave. ``figures`` stand under each other by their ends.
    """

    name: str
    width: int = 0
    title: str | None = None
    look: str = ""
    cell: Callable[[Session], Callable[[Any], Cell]] | None = None
    figures: bool = False


def _nothing(*_: Any) -> Any:
    return ""


def _stays(session: Session, *_: Any) -> Session:
    return session


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RecordKind(Generic[R]):
    """A list of records that are added, changed, moved and removed, with a form each.

    ``blank`` is a record before anything is answered; its id is drawn where Offwall makes it.
    ``check`` raises `EditError` for a new record, or a changed one beside the one it was (else
    None). ``named_by`` is the field by which others name a record: where that is another now,
    ``follow`` makes them name the new one. ``in_use`` says why a record must stay; ``gone`` is what
    else changes with one that goes. ``order`` is the order that the records have of themselves.
    The first question is the one that no record is without; ``chained``: one form after another.
    """

    collection: str
    noun: str
    blank: Callable[[Session], R]
    asks: tuple[Ask, ...]
    columns: tuple[Column, ...] = ()
    empty: str = ""
    detail: Callable[[Session, R], Iterable[str]] = _nothing
    called: Callable[[R], str] | None = None
    chained: bool = False
    check: Callable[[Session, R, R | None], object] = _nothing
    named_by: str = ""
    follow: Callable[[Session, R, R], Session] = _stays
    in_use: Callable[[Session, R], str] = _nothing
    gone: Callable[[Session, R], Session] = _stays
    order: Callable[[Iterable[R]], tuple[R, ...]] = tuple

    def records(self, session: Session) -> tuple[R, ...]:
        """The records as the session holds them."""
        return tuple(getattr(session, self.collection))

    def listed(self, session: Session) -> tuple[R, ...]:
        """The records in the order in which people know them."""
        return self.order(self.records(session))

    def put(self, session: Session, records: tuple[R, ...]) -> Session:
        """The session with other records."""
        values: dict[str, Any] = {self.collection: records}
        return replace(session, **values)

    def keyed(self, session: Session) -> dict[str, R]:
        """The records as the session holds them, each under what it is known by."""
        return keyed(self.collection, self.records(session))

    def find(self, session: Session, key: str) -> R:
        """The record of that key. Raises `EditError` where it is no longer there."""
        return self.records(session)[self._place(session, key)]

    def _place(self, session: Session, key: str) -> int:
        keys = list(self.keyed(session))
        if key not in keys:
            raise EditError(
                f"That {self.noun} is no longer in the session. Undo (u) brings it back."
            )
        return keys.index(key)

    def add(
        self,
        session: Session,
        said: Answers,
        *,
        today: dt.date | None = None,
        seed: str = "",
        beside: str = "",
        before: bool = False,
        **known: Any,
    ) -> Session:
        """Add a record beside another, or at the end; what is not answered is empty, ``known`` is
        what nobody is asked for. Raises `EditError`.
        """
        blank: Any = self.blank(session)
        answers = {ask.name: said.get(ask.name, "") for ask in self.asks}
        values = read_answers(self.asks, Reading(session, answers, today), values_of(blank))
        if letter := MADE_IDS.get(self.collection):
            values["id"] = derive(seed, letter)
        new = replace(blank, **values, **known)
        self.check(session, new, None)
        records, keys = self.records(session), list(self.keyed(session))
        place = keys.index(beside) + (not before) if beside in keys else len(keys)
        return self.put(session, self.order((*records[:place], new, *records[place:])))

    def change(
        self,
        session: Session,
        key: str,
        answers: Answers,
        *,
        today: dt.date | None = None,
        **known: Any,
    ) -> Session:
        """Change what is answered of a record, and what else names it. Raises `EditError`."""
        place, records = self._place(session, key), list(self.records(session))
        old: Any = records[place]
        reading = Reading(session, answers, today, old)
        new = replace(old, **read_answers(self.asks, reading, values_of(old)), **known)
        if new == old:
            return session
        self.check(session, new, old)
        records[place] = new
        session = self.put(session, self.order(records))
        renamed = self.named_by and getattr(new, self.named_by) != getattr(old, self.named_by)
        return self.follow(session, old, new) if renamed else session

    def remove(self, session: Session, key: str) -> Session:
        """Take a record away. Raises `EditError` where it is needed."""
        records = list(self.records(session))
        record = records.pop(self._place(session, key))
        if wrong := self.in_use(session, record):
            raise EditError(wrong)
        return self.gone(self.put(session, tuple(records)), record)

    def move(self, session: Session, key: str, by: int) -> Session:
        """Move a record down (``by`` 1) or up (-1). Raises `EditError` at either end."""
        place, records = self._place(session, key), list(self.records(session))
        if not 0 <= place + by < len(records):
            raise EditError(f"It is already the {'last' if by > 0 else 'first'}.")
        records.insert(place + by, records.pop(place))
        return self.put(session, tuple(records))

    def name(self, session: Session, record: R) -> str:
        """What a record is called: what it is not without, where nothing else is said."""
        ask = self.asks[0]
        return self.called(record) if self.called else ask.show(session, getattr(record, ask.name))

    def asked(self, session: Session) -> tuple[Ask, ...]:
        """The questions that are wanted of a session."""
        return tuple(ask for ask in self.asks if ask.wanted(session))

    def _columns(self, session: Session) -> Iterator[Column]:
        unwanted = {ask.name for ask in self.asks} - {ask.name for ask in self.asked(session)}
        return (column for column in self.columns if column.name not in unwanted)

    def titles(self, session: Session) -> Iterator[tuple[str, int, bool]]:
        """The list's columns: each one's title and width, and whether it has figures."""
        labels = {ask.name: ask.label for ask in self.asks}
        for column in self._columns(session):
            title = labels.get(column.name, "") if column.title is None else column.title
            yield title, column.width, column.figures

    def rows(self, session: Session) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """The list's rows: each record's key, and a cell a column."""
        asks = {ask.name: ask for ask in self.asks}
        cells = [
            (column.cell(session) if column.cell else _asked(asks[column.name], session), column)
            for column in self._columns(session)
        ]
        keyed = self.keyed(session)
        keys = {id(record): key for key, record in keyed.items()}
        for record in self.order(keyed.values()):
            yield keys[id(record)], tuple(_looking(cell(record), column) for cell, column in cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A record that is one line of text, and known by it."""

    text: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class LinesKind(RecordKind[Line]):
    """A list of lines; ``lines`` and ``put_lines`` say where the session holds them."""

    blank: Callable[[Session], Line] = lambda _: Line("")
    lines: Callable[[Session], tuple[str, ...]]
    put_lines: Callable[[Session, tuple[str, ...]], Session]

    def records(self, session: Session) -> tuple[Line, ...]:
        """The lines as the session holds them."""
        return tuple(map(Line, self.lines(session)))

    def keyed(self, session: Session) -> dict[str, Line]:
        """The lines, each under itself."""
        return keyed_by("text", self.records(session))

    def put(self, session: Session, records: tuple[Line, ...]) -> Session:
        """The session with other lines."""
        return self.put_lines(session, tuple(record.text for record in records))


def _asked(ask: Ask, session: Session) -> Callable[[Any], Cell]:
    show = ask.cell or ask.show
    return lambda record: show(session, getattr(record, ask.name))


def _looking(cell: Cell, column: Column) -> Cell:
    return (cell, column.look) if column.look and isinstance(cell, str) else cell


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class HeadingKind:
    """What a session has one of: ``values`` by field, changed by one form or a few.

    ``label`` names the change; ``put`` makes it, of the values that were answered. ``forms`` are
    the questions with which a form of its own begins; without them there is one.
    """

    title: str
    label: str
    asks: tuple[Ask, ...]
    values: Callable[[Session], Mapping[str, Any]]
    put: Callable[[Session, dict[str, Any]], Session]
    forms: tuple[str, ...] = ()

    def form_of(self, name: str) -> tuple[Ask, ...]:
        """The questions that are asked together with one; else those of the first form."""
        names = [ask.name for ask in self.asks]
        at = names.index(name) if name in names else 0
        begins = [0, *(names.index(one) for one in self.forms), len(names)]
        return self.asks[max(n for n in begins if n <= at) : min(n for n in begins if n > at)]

    def change(
        self, session: Session, answers: Answers, *, today: dt.date | None = None
    ) -> Session:
        """Take over what is answered; what is not stays. Raises `EditError`."""
        values = self.values(session)
        reading = Reading(session, answers, today, values)
        return self.put(session, read_answers(self.asks, reading, values))

    def cells(self, session: Session) -> dict[str, Cell]:
        """The values as a list shows them, by field."""
        values = self.values(session)
        return {ask.name: (ask.cell or ask.show)(session, values[ask.name]) for ask in self.asks}

    def shown(self, session: Session) -> dict[str, str]:
        """The values as the form shows them."""
        values = self.values(session)
        return {ask.name: ask.show(session, values[ask.name]) for ask in self.asks}
