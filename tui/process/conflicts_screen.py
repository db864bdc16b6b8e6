"""The conflicts screen: what two recorders said differently, ours and theirs, a line each."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Clash
from offwall.tui.kit import Context, ListRow, RecordList, SessionScreen
from offwall.tui.kit.keys import Need, foot, keys
from offwall.tui.kit.messages import Go
from offwall.tui.kit.record_list import LIST_KEYS
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.process.activity_card import conflict_place, our_words, their_words
from offwall.tui.process.activity_commands import CONFLICT_KEYS

CONFLICT_COLUMNS = (
    ListColumn("What", 28),
    ListColumn("In the record"),
    ListColumn("The other version"),
)
NO_CONFLICTS = "There are no conflicts. q goes back."


THERE = Need(lambda at: _activity_at(at.session, at.record), "That is about no activity.")


def _activity_at(session: Session, clash: Clash | None) -> ActivityId:
    """The activity that a conflict is about; empty for none."""
    there = session.activity_by_id.get(clash.record) if clash else None
    return there.id if there else NO_ACTIVITY


class ConflictList(RecordList, inherit_bindings=False):
    """The conflicts. Enter goes to the activity that one is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(*CONFLICT_KEYS, *LIST_KEYS),
        *keys("list", foot("enter,e", "choose", "Go there", "", "Go to the activity", THERE)),
    ]

    FOLLOWED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__(CONFLICT_COLUMNS, empty=NO_CONFLICTS, id="clashes")
        self.fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Show what is left to settle."""
        self.show([_row(session, clash) for clash in session.clashes])
        self.refresh_bindings()

    @property
    def record(self) -> Clash | None:
        """The conflict under the cursor."""
        return next((clash for clash in self.session.clashes if clash.id == self.key), None)

    @property
    def activity(self) -> ActivityId:
        """The activity that it is about; empty for none."""
        return _activity_at(self.session, self.record)


def _row(session: Session, clash: Clash) -> ListRow:
    return ListRow(
        clash.id,
        (conflict_place(session, clash), our_words(session, clash), (their_words(clash), "open")),
    )


class ConflictsScreen(SessionScreen):
    """Ours and theirs, a line each."""

    TITLE = "Conflicts"

    def body(self) -> ComposeResult:
        """The list."""
        yield ConflictList(self.fresh).data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(ConflictList).focus()

    def standing_on(self) -> ActivityId:
        """The activity that the clash under the cursor is about."""
        return self.query_one(ConflictList).activity

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the activity."""
        event.stop()
        if place := self.standing_on():
            self.post_message(Go("record", place))
