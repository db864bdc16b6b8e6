"""The set-up screen: the workshop's facts, then a section for each kind of record."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from offwall.model.actions.approvals import APPROVALS
from offwall.model.records import Session
from offwall.model.setup.documents import DOCUMENTS
from offwall.model.setup.meetings import MEETINGS, NOTICE
from offwall.model.setup.people import PEOPLE
from offwall.model.setup.roles import ROLES
from offwall.model.setup.stages import STAGES
from offwall.model.setup.workshop import PLANNED_MINUTES, WORKSHOP
from offwall.tui.kit import Context, ListRow, SessionScreen
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList, Sections, SectionsScreen, section_keys
from offwall.tui.kit.setup_list import SetupList, heading_form

TOGETHER = 8
"""How many of the workshop's facts one form asks together; another asks the rest."""


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
        cells = WORKSHOP.cells(session)
        nothing = PLANNED_MINUTES | {"holidays": session.nation}
        rows = [
            ListRow(
                ask.name,
                (
                    ask.label,
                    cells[ask.name] or (f"{nothing.get(ask.name, 'not said yet')}", "muted"),
                ),
            )
            for ask in WORKSHOP.asks
        ]
        self.show(rows)
        if self.display:
            self.tell()

    def about(self, key: str) -> str:
        """The field in full, or what it is for."""
        ask = next(ask for ask in WORKSHOP.asks if ask.name == key)
        said = WORKSHOP.shown(self.session)[key]
        return f"{ask.label}: {said}" if said else f"{ask.label}: not said yet. {ask.hint}"

    @work
    async def action_edit(self) -> None:
        """Ask for the field under the cursor and those that belong to it."""
        first, rest = WORKSHOP.asks[:TOGETHER], WORKSHOP.asks[TOGETHER:]
        asks = first if any(ask.name == self.key for ask in first) else rest
        form = heading_form(self, WORKSHOP, self.fresh.today(), asks, at=self.key)
        await self.app.push_screen_wait(form)


class MeetingList(SetupList):
    """The meetings, and how long before a decision the public is told."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d",
            "notice",
            "Notice days",
            id="setup.notice",
            tooltip="How long before a decision agenda and forward plan are published",
        ),
    ]

    def __init__(self, fresh: Context) -> None:
        super().__init__(MEETINGS, fresh)

    @work
    async def action_notice(self) -> None:
        """Ask how many days' notice the council gives, and when nobody works."""
        await self.app.push_screen_wait(heading_form(self, NOTICE, self.fresh.today()))


# Set up: the workshop, its stages, roles and people, the meetings, the ladder of approval and
# the register of documents.

SETUP_SECTIONS: dict[str, Callable[[Context], DetailedList]] = {
    "Workshop": WorkshopList,
    "Stages": partial(SetupList, STAGES),
    "Roles": partial(SetupList, ROLES),
    "People": partial(SetupList, PEOPLE),
    "Meetings": MeetingList,
    "Approvals": partial(SetupList, APPROVALS),
    "Documents": partial(SetupList, DOCUMENTS),
}
"""The sections in their order. A kind of record that is set up is a line here."""


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
