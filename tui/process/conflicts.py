"""Conflicts, what two recorders said differently, in words, and the keys that settle one."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from offwall.model.records import Session
from offwall.model.records.fields import value_of
from offwall.model.records.ids import ActivityId
from offwall.model.records.session import Clash
from offwall.model.store.conflicts import (
    conflicts_about,
    keep_ours,
    ours_in_words,
    record_in_conflict,
    take_theirs,
    theirs_in_words,
)
from offwall.tui.kit import SessionWidget, plain
from offwall.tui.process.activity_keys import ActivityKeys

RECORD_NOUNS = {"people": "person", "activities": "activity", "extra": "the file"}
"""What one record is called, where that is not the collection's name without its ending."""

NAME_FIELDS = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


def conflict_lines(session: Session, activity: ActivityId) -> list[str]:
    """A line for each value that somebody else gave an activity, and the keys that settle it."""
    found = conflicts_about(session, "activities", activity)
    keys = " (T takes it, D drops it)"
    return [f"≠ {clash.field}: {their_text(clash)}{keys}" for clash in found]


def their_text(clash: Clash) -> str:
    """The other value on one line."""
    return plain(theirs_in_words(clash)) or "(taken away)"


def our_text(session: Session, clash: Clash) -> str:
    """The value that stands in the record, on one line."""
    return plain(ours_in_words(session, clash)) or "(nothing)"


def conflict_place(session: Session, clash: Clash) -> str:
    """Which record and field it is about: ``S3.04 text``, ``role Contract Manager, name``."""
    ref = session.ref_by_id.get(clash.record) if clash.collection == "activities" else None
    if ref:
        return f"{ref} {plain(clash.field)}"
    kind = RECORD_NOUNS.get(clash.collection, clash.collection.removesuffix("s"))
    record = record_in_conflict(session, clash) if clash.record else None
    names = (value_of(record, field, "") for field in NAME_FIELDS)
    name = next(filter(None, names), clash.record)
    return plain(f"{kind} {name}, {clash.field}" if name else f"{kind}, {clash.field}")


# The keys that settle what two people said differently.


class ConflictSettler(SessionWidget, Widget):
    """Take what the other said, or drop it. Either is a change like any other: undo works."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "T",
            "take_theirs",
            "Take theirs",
            id="clash.take",
            tooltip="Take what somebody else said at the same time",
        ),
        Binding(
            "D",
            "drop_theirs",
            "Drop theirs",
            id="clash.drop",
            tooltip="Keep ours, and drop what somebody else said at the same time",
        ),
    ]

    @property
    def clash(self) -> Clash | None:
        """What is to be settled here, if anything."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys are hidden where nobody said anything else, which is nearly always."""
        if action in ("take_theirs", "drop_theirs") and not self.clash:
            return False
        return super().check_action(action, parameters)

    def action_take_theirs(self) -> None:
        """Put the other's value in the place of ours."""
        if clash := self.clash:
            label = f"Took theirs at {conflict_place(self.session, clash)}: {their_text(clash)}"
            self.attempt_or_say(label, lambda session: take_theirs(session, clash.id))

    def action_drop_theirs(self) -> None:
        """Keep ours."""
        if clash := self.clash:
            label = f"Kept ours at {conflict_place(self.session, clash)}"
            self.attempt_or_say(label, lambda session: keep_ours(session, clash.id))


class ConflictKeys(ConflictSettler, ActivityKeys):
    """Settle what two said differently about the activity under the cursor, one after another."""

    @property
    def clash(self) -> Clash | None:
        """The first thing that two said differently about it."""
        return next(iter(conflicts_about(self.session, "activities", self.key)), None)
