"""The close-down screen: what is still open in the session, the way to each, and what leaves."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.records import Session
from offwall.model.review import Finding
from offwall.tui.kit import SessionScreen
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.messages import Go, PhotosLookWanted
from offwall.tui.kit.session_screen import back, export
from offwall.tui.review.checks import FindingDetail, FindingScreen, OpenItemsList, finding_place

SECTION_PLACES = {
    "offered": ("plan", "Next steps offered"),
    "no action": ("plan", "Spread"),
    "too many": ("plan", "Spread"),
    "full week": ("plan", "Spread"),
    "no photo": ("plan", "Photos"),
    "board": ("governance", ""),
    "no stage": ("setup", "Stages"),
    "no scope": ("setup", "Workshop"),
}
"""The screen, and the place on it, for what belongs to no single record of its own."""


class CloseDownScreen(FindingScreen):
    """The list of what is open, and the line under the cursor in full."""

    TITLE = "3 Close down"
    PART = "plan"
    CSS_PATH = "close_down_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "close",
        foot("E", "export", "Write", export, "Write all documents to send"),
        key("escape,C", "back", "Back", back, ""),
    )

    def body(self) -> ComposeResult:
        """The list and the words."""
        yield OpenItemsList(self.fresh).data_bind(SessionScreen.session)
        yield FindingDetail()

    @property
    def _list(self) -> OpenItemsList:
        """The list."""
        return self.query_one(OpenItemsList)

    @property
    def _keys_said(self) -> str:
        """A remark has keys of its own."""
        found = self._list.record
        told = "Enter goes there, q comes back" if found else ""
        if found and found.kind == "remark":
            return f"1 takes it over, 2 settles it as it is; {told}"
        return told

    def on_mount(self) -> None:
        """Begin with the first; have the photos' files looked at."""
        self._list.focus()
        if self.session.photos:
            self.post_message(PhotosLookWanted())

    def way_to(self, finding: Finding) -> Go | None:
        """The place on its screen."""
        return open_item_place(self.session, finding)


def open_item_place(session: Session, finding: Finding) -> Go | None:
    """The screen on which it is settled, and where on it; None where there is none."""
    if finding.kind in SECTION_PLACES:
        return Go(*SECTION_PLACES[finding.kind])
    if finding.kind == "remark":
        return _remark_place(session, finding)
    if finding.kind == "left over":
        return Go("again", finding.place)
    return finding_place(session, finding)


def _remark_place(session: Session, finding: Finding) -> Go | None:
    """A second session goes through its remarks; else they stand at what they are about."""
    if session.earlier is not None:
        return Go("again", finding.place)
    about = Finding(finding.level, finding.kind, finding.about, finding.text)
    return finding_place(session, about)
