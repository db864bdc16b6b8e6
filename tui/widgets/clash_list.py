"""What two people said differently, wherever in the session: a line each, ours and theirs."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.session import Clash, Session
from tui.widgets.activity_clash import Settling
from tui.widgets.clash_words import ours, value, where
from tui.widgets.record_list import Column, RecordList, Row

COLUMNS = (Column("What", 28), Column("Ours"), Column("Theirs"))
SETTLED = "Nothing is said differently by two. q goes back."


class ClashList(RecordList, Settling):
    """The clashes. Enter goes to the activity that one is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to the activity"),
    ]

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=SETTLED, id="clashes")

    def watch_session(self, session: Session) -> None:
        """Show what is left to settle."""
        self.show([_row(session, clash) for clash in session.clashes])
        self.refresh_bindings()

    @property
    def clash(self) -> Clash | None:
        """The clash under the cursor."""
        return next((clash for clash in self.session.clashes if clash.id == self.key), None)

    @property
    def activity(self) -> str:
        """The activity that the clash under the cursor is about; empty for none."""
        record = self.clash.record if self.clash else ""
        return record if record in self.session.activity_by_id else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One can go to activities alone."""
        if action == "choose":
            return bool(self.activity) or None
        return super().check_action(action, parameters)


def _row(session: Session, clash: Clash) -> Row:
    return Row(clash.id, (where(session, clash), ours(session, clash), (value(clash), "open")))
