"""Part 3's end: what is still open over the whole session, the way to each, and what leaves."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from model.checks import Finding
from model.session import Session
from tui.messages import Export, Go, Say
from tui.screens.checks import IN_THE_FILE, where
from tui.screens.session_screen import SessionScreen
from tui.widgets.finding_list import FindingWords
from tui.widgets.open_list import OpenList
from tui.widgets.photo_list import PhotoList
from tui.widgets.record_list import RecordList

PLACES = {
    "offered": ("plan", "Next steps offered"),
    "no action": ("plan", "Spread"),
    "too many": ("plan", "Spread"),
    "full week": ("plan", "Spread"),
    "no photo": ("plan", "Photos"),
    "board": ("governance", ""),
    "no stage": ("setup", "Stages"),
}
"""The screen, and the place on it, for what belongs to no single record of its own."""


class CloseDownScreen(SessionScreen):
    """The list of what is open, and the line under the cursor in full."""

    TITLE = "3 Close down"
    PART = "plan"
    CSS_PATH = "close_down.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "export", "Write", id="close.export", tooltip="Write everything that leaves"),
        Binding("escape,C", "back", "Back", show=False, id="close.back"),
    ]

    def body(self) -> ComposeResult:
        """The list and the words."""
        yield OpenList(self.fresh).data_bind(SessionScreen.session)
        yield FindingWords()

    @property
    def _list(self) -> OpenList:
        return self.query_one(OpenList)

    def on_mount(self) -> None:
        """Begin with the first; have the photos' files looked at."""
        self._list.focus()
        if self.session.photos:
            self.post_message(PhotoList.LookWanted())

    def on_screen_resume(self) -> None:
        """Look again: something was put right meanwhile, perhaps."""
        self._list.look()
        self._say()

    def watch_session(self) -> None:
        """What is open may be gone, or the cursor may stand on another."""
        self.call_after_refresh(self._say)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words follow the cursor."""
        event.stop()
        self._say()

    def _say(self) -> None:
        found = self._list.finding
        keys = "Enter goes there, q comes back" if found else ""
        if self._list.remark:
            keys = f"1 takes it over, 2 settles it as it is; {keys}"
        self.query_one(FindingWords).say(found.text if found else "", keys)
        self.refresh_bindings()

    def standing_on(self) -> str:
        """The activity that is open."""
        found = self._list.finding
        return found.place if found and found.place in self.session.activity_by_id else ""

    def action_export(self) -> None:
        """Write what leaves; everything is offered first here."""
        self.post_message(Export(at=1))

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the place."""
        event.stop()
        if found := self._list.finding:
            to = place_of(self.session, found)
            self.post_message(to or Say(IN_THE_FILE))


def place_of(session: Session, finding: Finding) -> Go | None:
    """The screen on which it is settled, and where on it; None where there is none."""
    if finding.kind in PLACES:
        return Go(*PLACES[finding.kind])
    if finding.kind == "remark":
        return _of_remark(session, finding)
    if finding.kind == "left over":
        return Go("again", finding.place)
    return where(session, finding)


def _of_remark(session: Session, finding: Finding) -> Go | None:
    """A second session goes through its remarks; else they stand at what they are about."""
    if session.earlier is not None:
        return Go("again", finding.place)
    about = Finding(finding.level, finding.kind, finding.about, finding.text)
    return where(session, about)
