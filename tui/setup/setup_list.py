"""A list of one kind of record that is set up: added, changed, moved, removed, by a form each."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.records import Session, excerpt
from offwall.model.records.record_kind import RecordKind
from offwall.tui.kit import Answers, Context, Form, ListRow
from offwall.tui.kit.record_form import fields_of
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList


@dataclass(frozen=True, slots=True)
class AddedRecord:
    """A record that was just added, the answers that made it, and the session with it."""

    key: str
    answers: Answers
    session: Session


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
        self._wanted = ""

    def called(self, key: str) -> str:
        """What the record is called."""
        return self.kind.name(self.session, self.kind.find(self.session, key))

    def about(self, key: str) -> str:
        """The record in full."""
        facts = self.kind.detail(self.session, self.kind.find(self.session, key))
        return " · ".join(filter(None, facts))

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a record that was just added."""
        rows = [ListRow(key, cells) for key, cells in self.kind.rows(session)]
        arrived = any(row.key == self._wanted for row in rows)
        had_rows = bool(self.rows)
        self.show(rows, cursor=self._wanted if arrived else None)
        if arrived:
            self._wanted = ""
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
        added = await self._add(self.session, self.key, before, {})
        while added and self.kind.chained:
            added = await self._add(added.session, added.key, False, added.answers)

    async def _add(
        self, session: Session, beside: str, before: bool, last: Answers
    ) -> AddedRecord | None:
        """Ask for one record. None where the user left, or said nothing."""
        today = self.fresh.today()
        make = partial(
            self.kind.add, today=today, seed=self.fresh.seed(), beside=beside, before=before
        )
        fields = fields_of(self.kind, session, "", today, last)
        kept: list[AddedRecord] = []

        def keep(said: Answers) -> str:
            name = said[fields[0].name]
            if self.kind.chained and not name.strip():
                return ""
            wrong = self.attempt(
                f"Added {self.kind.noun} {excerpt(name)}", lambda now: make(now, said)
            )
            if not wrong:
                kept.append(self._added(said, make(self.session, said)))
            return wrong

        about = (
            "Enter keeps it and opens the next; an empty one leaves." if self.kind.chained else ""
        )
        await self.app.push_screen_wait(Form(f"New {self.kind.noun}", fields, keep, about))
        return kept[0] if kept else None

    def _added(self, said: Answers, after: Session) -> AddedRecord:
        had = self.kind.keyed(self.session)
        self._wanted = next(key for key in self.kind.keyed(after) if key not in had)
        return AddedRecord(self._wanted, said, after)

    @work
    async def action_edit(self) -> None:
        """Ask what is different about a record."""
        key, today = self.key, self.fresh.today()
        label = f"Changed {self.kind.noun} {excerpt(self.called(key))}"

        def keep(said: Answers) -> str:
            return self.attempt(
                label, lambda session: self.kind.change(session, key, said, today=today)
            )

        fields = fields_of(self.kind, self.session, key, today, {})
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
