"""Set up: the workshop, its stages, roles and people, the meetings and the ladder of approval."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.sections import Sections
from tui.widgets.setup_approvals import RungList
from tui.widgets.setup_meetings import MeetingList
from tui.widgets.setup_people import PersonList
from tui.widgets.setup_roles import RoleList
from tui.widgets.setup_section import SetupSection
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


class SetupScreen(SessionScreen):
    """What the afternoon needs to know, a section a kind. ``place`` may name the section."""

    TITLE = "Set up"
    CSS_PATH = "setup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "section(1)", "Next section", show=False, id="setup.next"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id="setup.before"),
        *(
            Binding(
                str(number),
                f"go_to({name!r})",
                name,
                show=False,
                id=f"setup.{name.lower()}",
                tooltip=f"Set up: {name.lower()}",
            )
            for number, name in enumerate(SECTIONS, 1)
        ),
    ]

    def body(self) -> ComposeResult:
        """The sections, one shown, and a few words on what the cursor stands on."""
        with Sections(*SECTIONS):
            for section in SECTIONS.values():
                yield section(self.fresh).data_bind(SessionScreen.session)
        yield Static(id="setup-about")

    def on_mount(self) -> None:
        """Begin where the session asks for it: without stages there is no wall."""
        first = "Workshop" if self.session.stages else "Stages"
        self.action_go_to(self.place if self.place in SECTIONS else first)

    def on_setup_section_told(self, message: SetupSection.Told) -> None:
        """Say in full what the cursor stands on; the box has its size, so nothing is laid out."""
        message.stop()
        self.query_one("#setup-about", Static).update(Content(plain(message.text)), layout=False)

    def action_go_to(self, name: str) -> None:
        """Show a section."""
        self.query_one(Sections).show(name)

    def action_section(self, by: int) -> None:
        """Show the section after or before."""
        self.query_one(Sections).action_section(by)
