"""The set-up screen: the workshop's facts, then a section for each kind of record."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.actions.approvals import APPROVALS
from offwall.model.records import Session, say_date
from offwall.model.records.session import Government
from offwall.model.setup.documents import DOCUMENTS
from offwall.model.setup.meetings import MEETINGS, NOTICE
from offwall.model.setup.people_and_roles import PEOPLE, ROLES
from offwall.model.setup.stages import STAGES
from offwall.model.setup.workshop import PLANNED_MINUTES, WORKSHOP, last_version, thing_of
from offwall.tui.kit import Context, Field, ListRow, SessionScreen
from offwall.tui.kit.frame import FactsPanel, facts
from offwall.tui.kit.keys import Here, Outcome, ask_one, foot, keys
from offwall.tui.kit.messages import VersionWanted
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.kit.sections import Sections, SectionsScreen, section_keys
from offwall.tui.kit.setup_list import SetupList, heading_question

VERSION = "version"
"""The key of the row of the last version."""

VERSION_HINT = "Such as 1.0: the process as it is now is kept beside the file, to compare with."


def edit_workshop(at: Here, _: None) -> Outcome:
    """Change this and the rest."""
    if at.key != VERSION:
        return heading_question(at, WORKSHOP, at.key)
    field = Field(VERSION, "Version", "", VERSION_HINT)
    return ask_one(
        "A version of the process", field, lambda name: Outcome(post=VersionWanted(name))
    )


def notice(at: Here, _: object) -> Outcome:
    """How long before a decision agenda and forward plan are published."""
    return heading_question(at, NOTICE)


class WorkshopList(RecordList):
    """The workshop's heading, a line a field. Edit asks for all that belong together."""

    DETAILED = True
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "workshop", foot("enter,e", "edit", "Edit", edit_workshop)
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__((ListColumn("Question", 17), ListColumn("Answer")), id="setup-workshop")
        self.fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        cells = WORKSHOP.cells(session)
        unsaid = PLANNED_MINUTES | {"holidays": session.nation, "government": Government.CABINET}
        rows = []
        for ask in WORKSHOP.asks:
            if ask.wanted(session):
                said = cells[ask.name] or (f"{unsaid.get(ask.name, 'not said yet')}", "muted")
                rows.append(ListRow(ask.name, (f"{ask.label} ", said)))
        last = last_version(session)
        said = (
            f"{last.name}, {say_date(last.on)}" if last and last.on else ("not said yet", "muted")
        )
        self.show([*rows, ListRow(VERSION, ("Last version", said))])
        if self.display:
            self.tell()

    def about(self, key: str) -> str:
        """The field in full, and what it is for."""
        if key == VERSION:
            return facts("Enter records one.", [VERSION_HINT])
        ask = next(ask for ask in WORKSHOP.asks if ask.name == key)
        said = WORKSHOP.shown(self.session)[key]
        hint = thing_of(self.session).named(ask.hint)
        return facts(f"{ask.label}: {said or 'not said yet'}", [hint])


class MeetingList(SetupList):
    """The meetings, and how long before a decision the public is told."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "setup", foot("w", "notice", "Notice days", notice)
    )


SETUP_SECTIONS: dict[str, Callable[[Context], RecordList]] = {
    "Workshop": WorkshopList,
    "Stages": partial(SetupList, STAGES),
    "Roles": partial(SetupList, ROLES),
    "People": partial(SetupList, PEOPLE),
    "Meetings": partial(MeetingList, MEETINGS),
    "Approvals": partial(SetupList, APPROVALS),
    "Documents": partial(SetupList, DOCUMENTS),
}
"""The sections in their order. A kind of record that is set up is a line here."""

SECTION_MARK = "/"
"""Stands between a section and the record to stand on, in the place that is asked for."""


class SetupScreen(SectionsScreen):
    """What the afternoon needs to know, a section a kind; ``place`` may name one, and a record."""

    TITLE = "Set up"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-beside")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = section_keys("setup", "Set up", SETUP_SECTIONS)

    def body(self) -> ComposeResult:
        """The sections, one shown, and a few words on what the cursor stands on."""
        with Sections(*SETUP_SECTIONS, words=FactsPanel()):
            for section in SETUP_SECTIONS.values():
                yield section(self.fresh).data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin where the session asks for it: without stages there is no wall."""
        first = "Workshop" if self.session.stages else "Stages"
        section, _, known = self.place.partition(SECTION_MARK)
        section = section if section in SETUP_SECTIONS else first
        self.action_go_to(section)
        if known:
            self.query(RecordList)[[*SETUP_SECTIONS].index(section)].go_to(known)
