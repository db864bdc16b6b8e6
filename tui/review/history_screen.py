"""What was done: each change with its time and by whom; the way to it, back to it, and what was.

The list is read from the journals on this computer, so it outlives the program.
"""

from dataclasses import replace
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from offwall.model.compare.describe import ChangeSentence, describe_changes
from offwall.model.compare.log import (
    LoggedChange,
    RecentChanges,
    SessionLog,
    back_to,
    copied_back,
    say_time,
    taken_back,
)
from offwall.model.records import Session, diff, say_date
from offwall.model.records.text import counted
from offwall.model.store.versions import UNTOLD_COLLECTIONS
from offwall.tui.kit import Context, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import FactsPanel, framed
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, keys, looks
from offwall.tui.kit.messages import Go, LogWanted
from offwall.tui.kit.row_view import FittedColumn, ListColumn
from offwall.tui.kit.sections import SectionsScreen
from offwall.tui.kit.session_widget import app_state, follow

SCREENS = {
    "activities": "record",
    "issues": "topic",
    "actions": "plan",
    "topics": "topic",
    "tiers": "tiering",
    "board": "governance",
    "voting": "ranking",
    "words": "words",
    "clashes": "record",
    "requirements": "requirements",
    **dict.fromkeys(("photos", "remarks", "handed_out"), "plan"),
}
"""Where the records of each collection are seen, what matters most first; others are set up."""

LISTS_OF_ALL = ("words", "checks", "close", "again", "importing", "clashes", "history", "then")
"""Screens over the whole session, which show what is undone, wherever it belongs."""

READING, NOTHING = "Reading what was done ...", "No change is recorded yet. q goes back."
SAME = "Nothing differs from how it was then. q goes back."
ON_ONE = Need(lambda at: at.record, "That is a heading. Move to a line below it.")
ONE_BY_ONE = "Confirming is one at a time: space in part 2."


class ChangePlace(NamedTuple):
    """Where a change is seen: a screen, what to ask it to show, and the record's key."""

    screen: str
    place: str
    key: str


def places_of_change(old: Session, new: Session) -> list[ChangePlace]:
    """Where what changed is seen, what matters most first; what is gone by what stood before it."""
    changed = {one.collection: one.key for one in reversed(diff(old, new))}
    order = [*SCREENS, *changed]
    names = sorted(changed.keys() - set(UNTOLD_COLLECTIONS), key=order.index)
    recent = RecentChanges().after(old, new)
    places = []
    for name in names:
        if recent.activity and name in ("activities", "issues"):
            places.append(ChangePlace("record", recent.activity, recent.activity))
        key = {"actions": recent.action, "topics": recent.topic}.get(name, changed[name])
        places.append(_seen(name, key))
    return places


def _seen(collection: str, key: str) -> ChangePlace:
    """Where a record is seen; set up is asked for a section."""
    screen = SCREENS.get(collection, "setup")
    return ChangePlace(screen, collection.capitalize() if screen == "setup" else key, key)


@looks
def go_there(_: Here, change: LoggedChange) -> Outcome:
    """Go to what it changed."""
    to = next(iter(places_of_change(change.before, change.after)), None)
    return Outcome(post=Go(to.screen, to.place)) if to else Outcome(say="That changed nothing.")


def back_to_here(at: Here, change: LoggedChange) -> Outcome:
    """Take all back to here; how much that is, is said first."""
    records = {(one.collection, one.key) for one in back_to(at.session, change.after)}
    if not records:
        return Outcome(say=SAME)
    label = f"Taken back to {_when(change)}"
    title = f"Take all back to {_when(change)}, after: {change.label}?"
    about = f"{at.view} made since, {counted(len(records), 'record')}. u brings it again."
    ways = (Outcome(label, lambda now: taken_back(now, change.after)), Outcome())
    return Outcome(ask=Choose(title, ["Take back", "Leave it"], lambda place: ways[place], about))


@looks
def as_it_was(at: Here, _: LoggedChange) -> Outcome:
    """What differs since, to take back."""
    return Outcome(post=Go("then", at.key))


def _when(change: LoggedChange) -> str:
    return say_time(change.at) if change.at else "that change"


class HistoryList(RecordList):
    """The changes, the latest first, under their days."""

    DETAILED = FOLLOWED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys("list", foot("enter,e", "choose", "Go there", go_there, needs=ON_ONE)),
        *keys(
            "log",
            foot("less_than_sign", "back", "Back to here", back_to_here, needs=ON_ONE),
            foot("B", "then", "As it was", as_it_was, needs=ON_ONE),
        ),
    ]

    def __init__(self, fresh: Context) -> None:
        by = FittedColumn("by", "By", 16, whole=True)
        columns = (ListColumn("", 5), ListColumn("What was done"), by)
        super().__init__(columns, empty=READING, id="history")
        self.fresh = fresh
        self._changes: tuple[LoggedChange, ...] = ()

    def show_log(self, log: SessionLog | None) -> None:
        """Show what is known by now; the cursor stays on its change."""
        self.empty = READING if log is None else NOTHING
        self._changes = log.changes if log else ()
        rows: list[ListRow] = []
        latest = reversed(list(enumerate(self._changes)))
        for day, found in groupby(latest, key=lambda one: one[1].at and one[1].at.date()):
            rows.append(ListRow(str(day), (say_date(day) if day else "Not known when",), True))
            rows += [
                ListRow(str(n), (f"{one.at:%H:%M}" if one.at else "", one.label, (one.by, "muted")))
                for n, one in found
            ]
        if log and log.untold:
            self.show_banner(f"Of {counted(log.untold, 'earlier run')} nothing can be told.")
        self.show(rows, cursor=None if self.rows or not rows else rows[1].key)
        self.refresh()
        self.tell()

    def about(self, key: str) -> str:
        """What the change was, in sentences."""
        return " ".join(one.text for one in self.record.sentences) if self.record else ""

    @property
    def record(self) -> LoggedChange | None:
        """The change under the cursor; none on a day."""
        return self._changes[int(self.key)] if self.key.isdecimal() else None

    def here(self) -> Any:
        """Commands are told how many changes were made since."""
        since = len(self._changes) - 1 - int(self.key) if self.record else 0
        return replace(super().here(), view=counted(since, "change"))


class HistoryScreen(SectionsScreen):
    """What was done, and when."""

    TITLE = "What was done"

    def body(self) -> ComposeResult:
        """The list, and the change under the cursor in sentences."""
        with Container(classes="with-words"):
            yield framed(HistoryList(self.fresh), "Changes").data_bind(SessionScreen.session)
            yield framed(FactsPanel(), "In full")

    def on_mount(self) -> None:
        """Have the journals read; where they were read before, show that meanwhile."""
        found = self.query_one(HistoryList)
        found.focus()
        follow(self, lambda state: state.log, found.show_log)
        self.post_message(LogWanted())

    def watch_session(self) -> None:
        """A change was made here, such as an undo: it is in the list as well."""
        if self.is_mounted:
            self.post_message(LogWanted())


@looks
def to_record(_: Here, sentence: ChangeSentence) -> Outcome:
    """Go to the record."""
    to = _seen(sentence.collection, sentence.key)
    return Outcome(post=Go(to.screen, to.place))


def take_record(at: Here, sentence: ChangeSentence) -> Outcome:
    """Have this one as it was then; the rest stays."""
    if sentence.collection == "activities" and not sentence.key:
        return Outcome(say=ONE_BY_ONE)
    label, key = f"As it was: {sentence.text}", sentence.key
    return Outcome(label, lambda now: copied_back(now, at.view, sentence.collection, key))


class ThenList(RecordList):
    """What differs between now and then, a sentence a record."""

    DETAILED = FOLLOWED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys("list", foot("enter,e", "choose", "Go there", to_record, needs=ON_ONE)),
        *keys("then", foot("less_than_sign", "take", "Take back", take_record, needs=ON_ONE)),
    ]

    def __init__(self, fresh: Context, then: Session) -> None:
        super().__init__((ListColumn("Changed since"),), empty=SAME, id="then")
        self.fresh, self.then = fresh, then
        self._told: dict[str, ChangeSentence] = {}

    def watch_session(self, session: Session) -> None:
        """Say again what differs."""
        rows: list[ListRow] = []
        self._told = {}
        for section in describe_changes(self.then, session):
            rows.append(ListRow(section.heading, (section.heading,), True))
            told = {f"{one.collection} {one.key or one.text}": one for one in section.sentences}
            rows += [ListRow(key, (one.text,)) for key, one in told.items()]
            self._told |= told
        self.show(rows, cursor=None if self.rows or not rows else rows[1].key)
        self.tell()

    @property
    def record(self) -> ChangeSentence | None:
        """What is said under the cursor; none on a heading."""
        return self._told.get(self.key)

    def here(self) -> Any:
        """Commands are given the session of then."""
        return replace(super().here(), view=self.then)

    def about(self, key: str) -> str:
        """The sentence in full."""
        return self.record.text if self.record else ""


class ThenScreen(SectionsScreen):
    """The session as it was after a change, by what differs; ``place`` is its number in the log."""

    TITLE = "As it was"

    def body(self) -> ComposeResult:
        """When that was, the list, and its sentence in full."""
        log = app_state(self).log
        self._change = log.changes[int(self.place)] if log else None
        then = self._change.after if self._change else self.session
        with Container(classes="with-words"):
            found = framed(ThenList(self.fresh, then), "Changed since")
            yield found.data_bind(SessionScreen.session)
            yield framed(FactsPanel(), "In full")

    def on_mount(self) -> None:
        """Begin with the first difference."""
        found = self.query_one(ThenList)
        found.focus()
        if self._change:
            found.show_banner(f"As it was {_when(self._change)}, after: {self._change.label}")
