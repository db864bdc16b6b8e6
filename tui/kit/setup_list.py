"""The form of a kind of record, a field for each of its questions; and its list, `SetupList`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.records import Session, excerpt
from offwall.model.records.fields import value_of
from offwall.model.records.record_kind import Ask, HeadingKind, Reading, RecordKind
from offwall.tui.kit.context import Context
from offwall.tui.kit.form import Answers, Field, Form
from offwall.tui.kit.record_list import ListColumn, ListRow
from offwall.tui.kit.sections import DetailedList
from offwall.tui.kit.session_widget import EditRequester

NO_ANSWERS: Answers = MappingProxyType({})


def field_of(ask: Ask, session: Session, value: Any, today: dt.date | None, old: Any) -> Field:
    """A form's field for a question; ``old`` is the record that is changed, None for a new one."""
    reading = Reading(session, {}, today, old)
    means = ask.means
    return Field(
        ask.name,
        ask.label,
        ask.show(session, value),
        ask.hint if old else f"{ask.hint} {ask.hint_new}".strip(),
        ask.choices(session),
        ask.chosen,
        says=(lambda said: means(reading, said)) if means else None,
    )


def fields_of(
    kind: RecordKind[Any],
    session: Session,
    old: Any = None,
    today: dt.date | None = None,
    last: Answers = NO_ANSWERS,
) -> list[Field]:
    """What to ask of a record, or of a new one (None) after one with the answers ``last``."""
    record = old or kind.blank(session)
    fields = [field_of(ask, session, value_of(record, ask.name), today, old) for ask in kind.asks]
    return [
        replace(field, value=last.get(field.name, "") or field.value) if ask.repeated else field
        for ask, field in zip(kind.asks, fields, strict=True)
    ]


def heading_form(
    widget: EditRequester,
    kind: HeadingKind,
    today: dt.date | None = None,
    asks: Sequence[Ask] = (),
    at: str = "",
) -> Form:
    """The form of what a session has one of; it asks all, or ``asks``, and begins at one."""
    session = widget.session
    values = kind.values(session)

    def keep(said: Answers) -> str:
        return widget.attempt(kind.label, lambda now: kind.change(now, said, today=today))

    fields = [field_of(ask, session, values[ask.name], today, None) for ask in asks or kind.asks]
    return Form(kind.title, fields, keep, at=at)


# A list that is set up: its records are added, changed, removed and moved, with a form each.


class SetupList(DetailedList):
    """The records of a kind, with a form each; where they are chained, one opens the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="setup.new", tooltip="A new one after this"),
        Binding(
            "N",
            "new(True)",
            "New before",
            show=False,
            id="setup.new-before",
            tooltip="A new one before this",
        ),
        Binding("enter,e", "edit", "Edit", id="setup.edit", tooltip="Change this one"),
        Binding("x", "remove", "Remove", id="setup.remove", tooltip="Remove it; u brings it back"),
        Binding("J", "shift(1)", "Move down", show=False, id="setup.down"),
        Binding("K", "shift(-1)", "Move up", show=False, id="setup.up"),
    ]

    def __init__(self, kind: RecordKind[Any], fresh: Context) -> None:
        columns = [ListColumn(title, width) for title, width in kind.titles()]
        super().__init__(columns, empty=kind.empty, id=f"setup-{kind.noun}")
        self.kind = kind
        self.fresh = fresh

    def called(self, key: str) -> str:
        """What the record is called."""
        return self.kind.name(self.session, self.kind.find(self.session, key))

    def about(self, key: str) -> str:
        """The record in full."""
        record = self.kind.keyed(self.session).get(key)
        facts = self.kind.detail(self.session, record) if record else ()
        return " · ".join(filter(None, facts))

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a record that was just added."""
        rows = [ListRow(key, cells) for key, cells in self.kind.rows(session)]
        had_rows = bool(self.rows)
        self.put(rows)
        if self.display:
            self.tell()
            if had_rows != bool(self.rows):
                self.refresh_bindings()  # the footer is made anew, which costs more than the list

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a record is dimmed where there is none."""
        if action in ("edit", "remove", "shift") and not self.rows:
            return None
        return True

    @work
    async def action_new(self, before: bool = False) -> None:
        """Ask for a new record; where they are typed one after the other, for the next ones too."""
        session, beside, last = self.session, self.key, NO_ANSWERS
        while added := await self._add(session, beside, before, last):
            if not self.kind.chained:
                return
            session, beside, last = added
            before = False

    async def _add(
        self, session: Session, beside: str, before: bool, last: Answers
    ) -> tuple[Session, str, Answers] | None:
        """Ask for one record: the session with it, its key, and the answers that made it.

        None where the user left, or said nothing.
        """
        kind, today = self.kind, self.fresh.today()
        add = partial(kind.add, today=today, seed=self.fresh.seed(), beside=beside, before=before)
        fields = fields_of(kind, session, None, today, last)
        added: list[tuple[Session, str, Answers]] = []

        def keep(said: Answers) -> str:
            name = said[fields[0].name]
            if kind.chained and not name.strip():
                return ""
            wrong = self.attempt(f"Added {kind.noun} {excerpt(name)}", lambda now: add(now, said))
            if not wrong:
                had, after = kind.keyed(self.session), add(self.session, said)
                key = next(key for key in kind.keyed(after) if key not in had)
                self.go_to(key)
                added.append((after, key, said))
            return wrong

        about = "Enter keeps it and opens the next; an empty one leaves." if kind.chained else ""
        await self.app.push_screen_wait(Form(f"New {kind.noun}", fields, keep, about))
        return added[0] if added else None

    @work
    async def action_edit(self) -> None:
        """Ask what is different about a record."""
        key, today = self.key, self.fresh.today()
        label = f"Changed {self.kind.noun} {excerpt(self.called(key))}"

        def keep(said: Answers) -> str:
            return self.attempt(
                label, lambda session: self.kind.change(session, key, said, today=today)
            )

        fields = fields_of(self.kind, self.session, self.kind.find(self.session, key), today)
        title = f"{self.kind.noun.capitalize()} {excerpt(self.called(key))}"
        await self.app.push_screen_wait(Form(title, fields, keep))

    def action_remove(self) -> None:
        """Remove a record."""
        key = self.key
        self.attempt_or_say(self.removal(key), lambda session: self.kind.remove(session, key))

    def removal(self, key: str) -> str:
        """What is said of a record that was removed."""
        return f"Removed {self.kind.noun} {excerpt(self.called(key))}"

    def action_shift(self, by: int) -> None:
        """Move a record down or up."""
        key = self.key
        label = f"Moved {self.kind.noun} {excerpt(self.called(key))}"
        self.attempt_or_say(label, lambda session: self.kind.move(session, key, by))
