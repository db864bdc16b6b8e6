"""Set up's workshop: what is mapped, where, when, by whom and why; the time planned."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.dates import say_date, short_date
from model.edits.answers import joined
from model.edits.workshop import PARTS, change_workshop
from model.session import Nation, PartTime, Session
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.widgets.heading import PLANNED
from tui.widgets.record_list import Cell, Column, Row
from tui.widgets.setup_section import SetupSection
from tui.widgets.setup_words import date_field

LABELS = {
    "title": ("Title", "What stands on every page, such as Contract management process map."),
    "council": ("Council", "Its name in full."),
    "process": ("Process", "What is mapped, such as Contract management."),
    "marking": ("Marking", "Such as OFFICIAL; printed on what leaves. May stay empty."),
    "date": ("Date", "Of the afternoon."),
    "holidays": ("Bank holidays", f"Kept in: {', '.join(Nation)}. Type the start of one."),
    "facilitator": ("Facilitator", "Who leads through the afternoon."),
    "recorder": ("Recorder", "Who types."),
    "purpose": ("Purpose", "Why the process is mapped."),
    "objectives": ("Objectives", "With a semicolon between them."),
    "topic": ("Part 1, minutes", "Planned for the specialist topic."),
    "record": ("Part 2, minutes", "Planned to review and record."),
    "plan": ("Part 3, minutes", "Planned for next steps and the plan."),
}
"""What each field is called, and what helps with it, in the order of the list."""

HEADING = tuple(LABELS)[:8]
"""The fields that one form asks together; the rest are asked together by another."""


class WorkshopFacts(SetupSection):
    """The workshop's heading, a line a field. Edit asks for all that belong together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="workshop.edit", tooltip="Change this and the rest"),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__((Column("Workshop", 16), Column("")), id="setup-workshop")
        self.fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self.show([Row(name, (label, self._cell(name))) for name, (label, _) in LABELS.items()])
        if self.display:
            self.tell()

    def about(self, key: str) -> str:
        """The field in full, or what it is for."""
        label, hint = LABELS[key]
        said = self._value(key)
        return f"{label}: {said}" if said else f"{label}: not said yet. {hint}"

    @work
    async def action_edit(self) -> None:
        """Ask for the field under the cursor and those that belong to it."""
        at = self.key
        names = [name for name in LABELS if (name in HEADING) is (at in HEADING)]

        def keep(said: Answers) -> str:
            today = self.fresh.today()
            return self.attempt(
                "Changed the workshop", lambda session: change_workshop(session, said, today=today)
            )

        fields = [self._field(name) for name in names]
        await self.app.push_screen_wait(Form("The workshop", fields, keep, at=at))

    def _field(self, name: str) -> Field:
        label, hint = LABELS[name]
        if name == "date":
            return date_field(name, label, self.session.workshop.date, self.fresh.today())
        if name in PARTS:
            hint += f" Empty: {PLANNED[name]}."
        nations = list(Nation) if name == "holidays" else ()
        chosen = name in PARTS or bool(nations)
        return Field(name, label, self._value(name), hint, nations, chosen)

    def _cell(self, name: str) -> Cell:
        if said := self._value(name):
            date = self.session.workshop.date
            return say_date(date) if name == "date" and date else said
        if name == "holidays":
            return self.session.nation, "muted"
        return (f"{PLANNED[name]}" if name in PARTS else "not said yet", "muted")

    def _value(self, name: str) -> str:
        """What stands in the form for a field."""
        workshop = self.session.workshop
        if name in PARTS:
            time: PartTime = getattr(self.session.clock, name)
            return "" if time.planned is None else str(time.planned)
        if name == "date":
            return short_date(workshop.date) if workshop.date else ""
        if name == "holidays":
            return workshop.holidays or ""
        if name == "objectives":
            return joined(workshop.objectives, ";")
        return str(getattr(workshop, name))
