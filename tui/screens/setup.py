"""Set up: the workshop, its stages, roles and people, the meetings and the ladder of approval."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from tui.screens.sections_screen import SectionsScreen, section_keys
from tui.screens.session_screen import SessionScreen
from tui.widgets.sections import Sections
from tui.widgets.setup_approvals import RungList
from tui.widgets.setup_meetings import MeetingList
from tui.widgets.setup_people import PersonList
from tui.widgets.setup_roles import RoleList
from tui.widgets.setup_stages import StageList
from tui.widgets.setup_workshop import WorkshopFacts

SECTIONS = {
    "Workshop": WorkshopFacts,
    "Stages": StageList,
    "Roles": RoleList,
    "People": PersonList,
    "Meetings": MeetingList,
    "Approvals": RungList,
}


class SetupScreen(SectionsScreen):
    """What the afternoon needs to know, a section a kind. ``place`` may name the section."""

    TITLE = "Set up"
    CSS_PATH = "setup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*section_keys("setup", "Set up", SECTIONS)]

    def body(self) -> ComposeResult:
        """The sections, one shown, and a few words on what the cursor stands on."""
        with Sections(*SECTIONS):
            for section in SECTIONS.values():
                yield section(self.fresh).data_bind(SessionScreen.session)
        yield Static(id="about")

    def on_mount(self) -> None:
        """Begin where the session asks for it: without stages there is no wall."""
        first = "Workshop" if self.session.stages else "Stages"
        self.action_go_to(self.place if self.place in SECTIONS else first)
