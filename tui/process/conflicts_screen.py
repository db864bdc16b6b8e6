"""The conflicts screen: what two recorders said differently, ours and theirs, a line each."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from offwall.model.records import Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Clash
from offwall.tui.kit import ListRow, RecordList, SessionScreen
from offwall.tui.kit.messages import Go
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.process.conflicts import ConflictSettler, conflict_place, our_text, their_text

CONFLICT_COLUMNS = (ListColumn("What", 28), ListColumn("Ours"), ListColumn("Theirs"))
NO_CONFLICTS = "Nothing is said differently by two. q goes back."


class ConflictList(RecordList, ConflictSettler):
    """The clashes. Enter goes to the activity that one is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to the activity"),
    ]

    def __init__(self) -> None:
        super().__init__(CONFLICT_COLUMNS, empty=NO_CONFLICTS, id="clashes")

    def watch_session(self, session: Session) -> None:
        """Show what is left to settle."""
        self.show([_row(session, clash) for clash in session.clashes])
        self.refresh_bindings()

    @property
    def clash(self) -> Clash | None:
        """The clash under the cursor."""
        return next((clash for clash in self.session.clashes if clash.id == self.key), None)

    @property
    def activity(self) -> ActivityId:
        """The activity that the clash under the cursor is about; empty for none."""
        record = self.clash.record if self.clash else ""
        return ActivityId(record) if record in self.session.activity_by_id else NO_ACTIVITY

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One can go to activities alone."""
        if action == "choose":
            return bool(self.activity) or None
        return super().check_action(action, parameters)


def _row(session: Session, clash: Clash) -> ListRow:
    return ListRow(
        clash.id,
        (conflict_place(session, clash), our_text(session, clash), (their_text(clash), "open")),
    )


# What two recorders said differently, and the keys that settle it.


class ConflictsScreen(SessionScreen):
    """Ours and theirs, a line each."""

    TITLE = "Said differently by two"

    def body(self) -> ComposeResult:
        """The list."""
        yield ConflictList().data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(ConflictList).focus()

    def standing_on(self) -> ActivityId:
        """The activity that the clash under the cursor is about."""
        return self.query_one(ConflictList).activity

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """What can be done depends on where one stands."""
        event.stop()
        self.refresh_bindings()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the activity."""
        event.stop()
        if place := self.standing_on():
            self.post_message(Go("record", place))
