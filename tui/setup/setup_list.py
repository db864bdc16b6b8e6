"""A list of one kind of record that is set up: added, changed, moved, removed, by a form each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.process import role_name
from offwall.model.records import EditError, Session, excerpt, say_date, short_date
from offwall.model.records.dates import parse_when
from offwall.model.records.edit import key_of, move_record
from offwall.model.setup.roles import role_from
from offwall.tui.kit import Answers, Context, Field, Form, ListCell, ListRow
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList


def role_cell(session: Session, code: str) -> ListCell:
    """The code of a role; one that no role bears is marked."""
    return (code, "lead") if code in session.role_by_code else (code and f"{code}?", "wrong")


def role_field(session: Session, name: str, label: str, code: str, hint: str = "") -> Field:
    """Asks for a role, and says which one is meant."""

    def meant(said: str) -> str:
        try:
            return role_name(session, role_from(session, said, code))
        except EditError:
            return ""

    choices = [word for role in session.roles for word in (role.code, role.name)]
    help_ = f"{hint} A role's code or name, or its start; may stay empty.".strip()
    return Field(name, label, code, help_, choices, chosen=True, says=meant)


def date_field(name: str, label: str, date: dt.date | None, today: dt.date) -> Field:
    """Asks for a date, and says which day is meant."""

    def meant(said: str) -> str:
        found = parse_when(said, today)
        return say_date(found) if found else ""

    value = short_date(date) if date else ""
    hint = "Such as 29 Jan, 29/1, 2027-01-29 or fri; may stay empty."
    return Field(name, label, value, hint, chosen=True, says=meant)


# A list that is set up: its records are added, changed, removed and moved, with a form each.


@dataclass(frozen=True, slots=True)
class InsertPlace:
    """Where a new record goes: beside the one of this key; its id comes of the seed."""

    seed: str
    beside: str
    before: bool


@dataclass(frozen=True, slots=True)
class AddedRecord:
    """A record that was just added, the answers that made it, and the session with it."""

    key: str
    answers: Answers
    session: Session


class SetupList(DetailedList):
    """Records with a form each. ``CHAINED``: a record that is kept opens the form for the next."""

    COLLECTION: ClassVar[str] = ""
    NOUN: ClassVar[str] = ""
    CHAINED: ClassVar[bool] = False
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

    def __init__(self, columns: Sequence[ListColumn], empty: str, fresh: Context) -> None:
        super().__init__(columns, empty=empty, id=f"setup-{self.NOUN}")
        self.fresh = fresh
        self._wanted = ""

    def keys_of(self, session: Session) -> list[str]:
        """What the records are known by, in order."""
        return [key_of(self.COLLECTION, found) for found in getattr(session, self.COLLECTION)]

    def lines(self, session: Session) -> list[ListRow]:
        """A row a record."""
        raise NotImplementedError

    def called(self, key: str) -> str:
        """What the record is called."""
        raise NotImplementedError

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """What to ask of a record, or of a new one (no key) after one with the answers ``last``.

        The first is the one that a record cannot be without.
        """
        raise NotImplementedError

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
        """The session with a new record. Raises `EditError` where the answers do not do."""
        raise NotImplementedError

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """The session with a record changed. Raises `EditError` where the answers do not do."""
        raise NotImplementedError

    def gone(self, session: Session, key: str) -> Session:
        """The session without a record. Raises `EditError` where it is needed."""
        raise NotImplementedError

    def moved(self, session: Session, key: str, by: int) -> Session:
        """The session with a record moved. Raises `EditError` at either end."""
        return move_record(session, self.COLLECTION, key, by)

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a record that was just added."""
        arrived = self._wanted in self.keys_of(session)
        had_rows = bool(self.rows)
        self.show(self.lines(session), cursor=self._wanted if arrived else None)
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
        while added and self.CHAINED:
            added = await self._add(added.session, added.key, False, added.answers)

    async def _add(
        self, session: Session, beside: str, before: bool, last: Answers
    ) -> AddedRecord | None:
        """Ask for one record. None where the user left, or said nothing."""
        spot = InsertPlace(self.fresh.seed(), beside, before)
        fields = self.fields(session, "", last)
        kept: list[AddedRecord] = []

        def keep(said: Answers) -> str:
            name = said[fields[0].name]
            if self.CHAINED and not name.strip():
                return ""
            wrong = self.attempt(
                f"Added {self.NOUN} {excerpt(name)}", lambda now: self.made(now, said, spot)
            )
            if not wrong:
                kept.append(self._added(said, spot))
            return wrong

        about = "Enter keeps it and opens the next; an empty one leaves." if self.CHAINED else ""
        await self.app.push_screen_wait(Form(f"New {self.NOUN}", fields, keep, about))
        return kept[0] if kept else None

    def _added(self, said: Answers, spot: InsertPlace) -> AddedRecord:
        after = self.made(self.session, said, spot)
        had = self.keys_of(self.session)
        self._wanted = next(key for key in self.keys_of(after) if key not in had)
        return AddedRecord(self._wanted, said, after)

    @work
    async def action_edit(self) -> None:
        """Ask what is different about a record."""
        key = self.key
        label = f"Changed {self.NOUN} {excerpt(self.called(key))}"

        def keep(said: Answers) -> str:
            return self.attempt(label, lambda session: self.changed(session, key, said))

        title = f"{self.NOUN.capitalize()} {excerpt(self.called(key))}"
        await self.app.push_screen_wait(Form(title, self.fields(self.session, key, {}), keep))

    def action_remove(self) -> None:
        """Remove a record."""
        key = self.key
        label = f"Removed {self.NOUN} {excerpt(self.called(key))}"
        self.attempt_or_say(label, lambda session: self.gone(session, key))

    def action_shift(self, by: int) -> None:
        """Move a record down or up."""
        key = self.key
        label = f"Moved {self.NOUN} {excerpt(self.called(key))}"
        self.attempt_or_say(label, lambda session: self.moved(session, key, by))
