"""What two recorders said differently: in words, the commands that settle it, and its screen."""

from collections.abc import Callable
from functools import wraps
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Clash
from offwall.model.records.text import plain
from offwall.model.store.conflicts import keep_ours, record_in_conflict, take_theirs
from offwall.tui.kit import Context, ListRow, RecordList, SessionScreen
from offwall.tui.kit.keys import NOTHING, Command, Here, Need, Outcome, foot, keys
from offwall.tui.kit.messages import Go
from offwall.tui.kit.record_list import LIST_KEYS
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.process.activity_card import (
    conflict_field,
    our_text,
    their_text,
    who_else_said,
    who_said,
)
from offwall.tui.process.activity_commands import clash_at

RECORD_NOUNS = {"people": "person", "activities": "activity", "extra": "the file"}
"""What one record is called, where that is not the collection's name without its ending."""

NAME_FIELDS = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


def their_words(clash: Clash) -> str:
    """The other value, and who said it."""
    return ": ".join(filter(None, (who_else_said(clash), their_text(clash))))


def our_words(session: Session, clash: Clash) -> str:
    """The value that stands in the record, and who said it, if it is still as it was said."""
    return ": ".join(filter(None, (who_said(session, clash), our_text(session, clash))))


def conflict_place(session: Session, clash: Clash) -> str:
    """Which record and field it is about: ``S3.04 text``, ``role Contract Manager, name``."""
    ref = session.ref_by_id.get(clash.record) if clash.collection == "activities" else None
    if ref:
        return f"{ref} {conflict_field(clash)}"
    kind = RECORD_NOUNS.get(clash.collection, clash.collection.removesuffix("s"))
    record = record_in_conflict(session, clash) if clash.record else None
    names = (getattr(record, field, "") for field in NAME_FIELDS)
    name = next(filter(None, names), clash.record)
    return plain(f"{kind} {name}" if name else kind) + f", {conflict_field(clash)}"


# Conflicts: settle what two said differently. Either is a change like any other: undo works.


def take_their_value(at: Here, clash: Clash) -> Outcome:
    """Take what somebody else said at the same time."""
    label = f"Took the other version at {conflict_place(at.session, clash)}: {their_text(clash)}"
    return Outcome(label, lambda s: take_theirs(s, clash.id))


def drop_their_value(at: Here, clash: Clash) -> Outcome:
    """Keep what is in the record, and drop what somebody else said at the same time."""
    label = f"Kept what was in the record at {conflict_place(at.session, clash)}"
    return Outcome(label, lambda s: keep_ours(s, clash.id))


def _of_conflict(command: Callable[[Here, Clash], Outcome]) -> Command:
    """The command on the conflict under the cursor, or that the activity there has."""
    return wraps(command)(lambda at, _: command(at, clash) if (clash := clash_at(at)) else NOTHING)


CONFLICT = Need(clash_at, hides=True)
CONFLICT_KEYS = keys(
    "clash",
    foot("T", "take", "Take other", _of_conflict(take_their_value), needs=CONFLICT),
    foot("O", "drop", "Keep this", _of_conflict(drop_their_value), needs=CONFLICT),
)


# The screen.

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
