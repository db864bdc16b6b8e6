"""The form of a kind of record, a field for each of its questions; and its list, `SetupList`."""

import datetime as dt
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from textual.binding import BindingType

from offwall.model.records import EditError, Session, excerpt
from offwall.model.records.record_kind import Ask, HeadingKind, Reading, RecordKind
from offwall.model.setup.workshop import thing_of
from offwall.tui.kit.context import Context
from offwall.tui.kit.form import Answers, Field
from offwall.tui.kit.frame import facts
from offwall.tui.kit.keys import NOTHING, Here, Need, Outcome, Question, foot, key, keys
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import ListColumn, ListRow

NO_ANSWERS: Answers = MappingProxyType({})


def field_of(ask: Ask, session: Session, value: Any, today: dt.date | None, old: Any) -> Field:
    """A form's field for a question; ``old`` is the record that is changed, None for a new one."""
    reading = Reading(session, {}, today, old)
    means = ask.means
    return Field(
        ask.name,
        ask.label,
        ask.show(session, value),
        thing_of(session).named(ask.hint if old else f"{ask.hint} {ask.hint_new}".strip()),
        ask.choices(session),
        ask.chosen,
        fixed=ask.fixed,
        says=(lambda text: means(reading, text)) if means else None,
    )


def fields_of(
    kind: RecordKind[Any],
    session: Session,
    old: Any = None,
    today: dt.date | None = None,
    last: Answers = NO_ANSWERS,
) -> list[Field]:
    """What to ask of a record, or of a new one (None) after one with the answers ``last``."""
    record, asks = old or kind.blank(session), kind.asked(session)
    fields = [field_of(ask, session, getattr(record, ask.name), today, old) for ask in asks]
    return [
        replace(field, value=last.get(field.name, "") or field.value) if ask.repeated else field
        for ask, field in zip(asks, fields, strict=True)
    ]


def heading_question(at: Here, kind: HeadingKind, to: str = "") -> Outcome:
    """Ask for what a session has one of, by the form that a question is in, from there."""
    session, today = at.session, at.fresh.today()
    values = kind.values(session)

    def answered(answers: Answers) -> Outcome:
        return Outcome(kind.label, lambda now: kind.change(now, answers, today=today))

    asks = [ask for ask in kind.form_of(to) if ask.wanted(session)]
    fields = [field_of(ask, session, values[ask.name], today, None) for ask in asks]
    return Outcome(ask=Question(kind.title, fields, answered, at=to))


# A list that is set up: its records are added, changed, removed and moved, with a form each.


def add(at: Here, _: Any, *, before: bool) -> Outcome:
    """Ask for a new record; where they are typed one after the other, for the next ones too."""
    return _ask_new(at, at.session, at.key, NO_ANSWERS, before=before)


def _ask_new(at: Here, session: Session, beside: str, last: Answers, *, before: bool) -> Outcome:
    kind: RecordKind[Any] = at.view
    today = at.fresh.today()
    put = partial(kind.add, today=today, seed=at.fresh.seed(), beside=beside, before=before)
    fields = fields_of(kind, session, None, today, last)

    def answered(answers: Answers) -> Outcome:
        name = answers[fields[0].name]
        if kind.chained and not name.strip():
            return NOTHING
        try:
            after = put(session, answers)
        except EditError as sentence:
            return Outcome(wrong=str(sentence))
        had = kind.keyed(session)
        known = next(key for key in kind.keyed(after) if key not in had)
        more = _ask_new(at, after, known, answers, before=False).ask if kind.chained else None
        label = f"Added {kind.noun} {excerpt(name)}"
        return Outcome(label, lambda now: put(now, answers), go=known, ask=more)

    about = "Enter keeps it and opens the next; an empty one leaves." if kind.chained else ""
    return Outcome(ask=Question(f"New {kind.noun}", fields, answered, about))


def _named(at: Here) -> str:
    return f"{at.view.noun} {excerpt(at.view.name(at.session, at.record))}"


def edit(at: Here, record: Any) -> Outcome:
    """Change this one."""
    kind, key, today, named = at.view, at.key, at.fresh.today(), _named(at)

    def answered(answers: Answers) -> Outcome:
        return Outcome(f"Changed {named}", lambda now: kind.change(now, key, answers, today=today))

    fields = fields_of(kind, at.session, record, today)
    title = named[: len(kind.noun)].capitalize() + named[len(kind.noun) :]
    return Outcome(ask=Question(title, fields, answered))


def remove(at: Here, _: Any) -> Outcome:
    """Remove it; u brings it back."""
    kind, key = at.view, at.key
    return Outcome(f"Removed {_named(at)}", lambda now: kind.remove(now, key))


def shift(at: Here, _: Any, by: int) -> Outcome:
    """Move it down or up."""
    kind, key = at.view, at.key
    place = [*kind.keyed(at.session)].index(key) + 1 + by
    return Outcome(f"Moved to {place}: {_named(at)}", lambda now: kind.move(now, key, by))


RECORD = Need(lambda at: at.record is not None, "There is none yet: n makes the first.")
SETUP_KEYS = keys(
    "setup",
    foot("n", "new", "New", partial(add, before=False), "A new one after this"),
    key("N", "new-before", "New before", partial(add, before=True), "A new one before this"),
    foot("enter,e", "edit", "Edit", edit, needs=RECORD),
    foot("x", "remove", "Remove", remove, needs=RECORD),
    key("J", "down", "Move down", partial(shift, by=1), "", RECORD),
    key("K", "up", "Move up", partial(shift, by=-1), "", RECORD),
)


class SetupList(RecordList):
    """The records of a kind, with a form each; where they are chained, one opens the next."""

    DETAILED = True
    BINDINGS: ClassVar[list[BindingType]] = SETUP_KEYS

    def __init__(self, kind: RecordKind[Any], fresh: Context) -> None:
        super().__init__((), empty=kind.empty, id=f"setup-{kind.noun}")
        self.kind = self.view = kind
        self.fresh = fresh

    @property
    def record(self) -> Any:
        """The record under the cursor."""
        return self.kind.keyed(self.session).get(self.key)

    def about(self, key: str) -> str:
        """The record in full."""
        record = self.kind.keyed(self.session).get(key)
        said = [*filter(None, self.kind.detail(self.session, record) if record else ())]
        return facts(said[0], said[1:]) if said else ""

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a record that was just added."""
        self.take_columns([ListColumn(*column) for column in self.kind.titles(session)])
        rows = [ListRow(key, cells) for key, cells in self.kind.rows(session)]
        had_rows = bool(self.rows)
        self.put(rows)
        if self.display:
            self.tell()
            if had_rows != bool(self.rows):
                self.refresh_bindings()  # the footer is made anew, which costs more than the list
