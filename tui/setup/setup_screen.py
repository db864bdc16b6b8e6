"""The set-up screen: the workshop's facts, then a section for each kind of record."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from offwall.model.records import Session, say_date, short_date
from offwall.model.records.session import Nation, PartTime
from offwall.model.records.text import join_texts
from offwall.model.setup.workshop import TIMED_PARTS, change_workshop
from offwall.tui.kit import Answers, Context, Field, Form, ListCell, ListRow, SessionScreen
from offwall.tui.kit.frame import PLANNED_MINUTES
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList, Sections, SectionsScreen, section_keys
from offwall.tui.setup.record_kinds import (
    ApprovalLadder,
    MeetingList,
    PersonList,
    RoleList,
    StageList,
)
from offwall.tui.setup.setup_list import date_field

WORKSHOP_FIELDS = {
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

HEADING_FIELDS = tuple(WORKSHOP_FIELDS)[:8]
"""The fields that one form asks together; the rest are asked together by another."""


class WorkshopList(DetailedList):
    """The workshop's heading, a line a field. Edit asks for all that belong together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="workshop.edit", tooltip="Change this and the rest"),
    ]

    def __init__(self, fresh: Context) -> None:
        super().__init__((ListColumn("Workshop", 16), ListColumn("")), id="setup-workshop")
        self.fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self.show(
            [
                ListRow(name, (label, self._cell(name)))
                for name, (label, _) in WORKSHOP_FIELDS.items()
            ]
        )
        if self.display:
            self.tell()

    def about(self, key: str) -> str:
        """The field in full, or what it is for."""
        label, hint = WORKSHOP_FIELDS[key]
        said = self._value(key)
        return f"{label}: {said}" if said else f"{label}: not said yet. {hint}"

    @work
    async def action_edit(self) -> None:
        """Ask for the field under the cursor and those that belong to it."""
        at = self.key
        names = [
            name for name in WORKSHOP_FIELDS if (name in HEADING_FIELDS) is (at in HEADING_FIELDS)
        ]

        def keep(said: Answers) -> str:
            today = self.fresh.today()
            return self.attempt(
                "Changed the workshop", lambda session: change_workshop(session, said, today=today)
            )

        fields = [self._field(name) for name in names]
        await self.app.push_screen_wait(Form("The workshop", fields, keep, at=at))

    def _field(self, name: str) -> Field:
        label, hint = WORKSHOP_FIELDS[name]
        if name == "date":
            return date_field(name, label, self.session.workshop.date, self.fresh.today())
        if name in TIMED_PARTS:
            hint += f" Empty: {PLANNED_MINUTES[name]}."
        nations = list(Nation) if name == "holidays" else ()
        chosen = name in TIMED_PARTS or bool(nations)
        return Field(name, label, self._value(name), hint, nations, chosen)

    def _cell(self, name: str) -> ListCell:
        if said := self._value(name):
            date = self.session.workshop.date
            return say_date(date) if name == "date" and date else said
        if name == "holidays":
            return self.session.nation, "muted"
        return (f"{PLANNED_MINUTES[name]}" if name in TIMED_PARTS else "not said yet", "muted")

    def _value(self, name: str) -> str:
        """What stands in the form for a field."""
        workshop = self.session.workshop
        if name in TIMED_PARTS:
            time: PartTime = getattr(self.session.clock, name)
            return "" if time.planned is None else str(time.planned)
        if name == "date":
            return short_date(workshop.date) if workshop.date else ""
        if name == "holidays":
            return workshop.holidays or ""
        if name == "objectives":
            return join_texts(workshop.objectives, ";")
        return str(getattr(workshop, name))


# Set up: the workshop, its stages, roles and people, the meetings and the ladder of approval.

SETUP_SECTIONS = {
    "Workshop": WorkshopList,
    "Stages": StageList,
    "Roles": RoleList,
    "People": PersonList,
    "Meetings": MeetingList,
    "Approvals": ApprovalLadder,
}


class SetupScreen(SectionsScreen):
    """What the afternoon needs to know, a section a kind. ``place`` may name the section."""

    TITLE = "Set up"
    CSS_PATH = "setup_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*section_keys("setup", "Set up", SETUP_SECTIONS)]

    def body(self) -> ComposeResult:
        """The sections, one shown, and a few words on what the cursor stands on."""
        with Sections(*SETUP_SECTIONS):
            for section in SETUP_SECTIONS.values():
                yield section(self.fresh).data_bind(SessionScreen.session)
        yield Static(id="about")

    def on_mount(self) -> None:
        """Begin where the session asks for it: without stages there is no wall."""
        first = "Workshop" if self.session.stages else "Stages"
        self.action_go_to(self.place if self.place in SETUP_SECTIONS else first)
