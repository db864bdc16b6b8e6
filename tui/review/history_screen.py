"""What was done: each change with its time and by whom; the way to it, back to it, and what was.

The list is read from the journals on this computer, so it outlives the program. From a change one
sees the session as it was then, and takes a record, or all of it, back from there.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from offwall.model.compare.describe import ChangeSentence, describe_changes
from offwall.model.compare.log import (
    LoggedChange,
    SessionLog,
    back_to,
    copied_back,
    say_time,
    taken_back,
)
from offwall.model.compare.recent_changes import RecentChanges
from offwall.model.records import Session, diff, say_date
from offwall.model.records.text import counted
from offwall.model.store.rebase import UNTOLD_COLLECTIONS
from offwall.tui.kit import ListRow, RecordList, Say, SessionScreen
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.messages import Go, LogWanted
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList, SectionsScreen
from offwall.tui.kit.session_app import app_state, follow

SCREENS = {
    "activities": "record",
    "issues": "topic",
    "actions": "plan",
    "topics": "topic",
    "tiers": "tiering",
    "board": "governance",
    "voting": "ranking",
    "words": "words",
    **dict.fromkeys(("documents", "clashes"), "record"),
    **dict.fromkeys(("photos", "remarks"), "plan"),
}
"""Where the records of each collection are seen, what matters most first; others are set up."""

LISTS_OF_ALL = ("words", "checks", "close", "again", "importing", "clashes", "history", "then")
"""Screens over the whole session, which show what is undone, wherever it belongs."""

READING, NOTHING = "Reading what was done ...", "Nothing that was done is kept. q goes back."
SAME = "Nothing differs from how it was then. q goes back."
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
    return [place for name in names for place in _places(name, changed[name], recent)]


def _places(name: str, key: str, recent: RecentChanges) -> Iterator[ChangePlace]:
    if recent.activity and name in ("activities", "issues"):
        yield ChangePlace("record", recent.activity, recent.activity)
    yield _seen(name, {"actions": recent.action, "topics": recent.topic}.get(name, key))


def _seen(collection: str, key: str) -> ChangePlace:
    """Where a record is seen; set up is asked for a section."""
    screen = SCREENS.get(collection, "setup")
    return ChangePlace(screen, collection.capitalize() if screen == "setup" else key, key)


class HistoryList(DetailedList):
    """The changes, the latest first, under their days."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to what it changed"),
        Binding("T", "back", "Back to here", id="log.back", tooltip="Take all back to here"),
        Binding(
            "B", "then", "As it was", id="log.then", tooltip="What differs since, to take back"
        ),
    ]

    def __init__(self) -> None:
        columns = (ListColumn("", 5), ListColumn("What was done"), ListColumn("By", 16))
        super().__init__(columns, empty=READING, id="history")
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
        return " ".join(one.text for one in self.change.sentences) if self.change else ""

    @property
    def change(self) -> LoggedChange | None:
        """The change under the cursor; none on a day."""
        return self._changes[int(self.key)] if self.key.isdecimal() else None

    @work
    async def action_back(self) -> None:
        """Take the session back to what it was after this change; the number is said first."""
        if (found := self.change) is None:
            return
        records = {(one.collection, one.key) for one in back_to(self.session, found.after)}
        if not records:
            self.post_message(Say(SAME))
            return
        since = counted(len(self._changes) - 1 - int(self.key), "change")
        about = f"{since} made since, {counted(len(records), 'record')}. u brings it again."
        title = f"Take all back to {_when(found)}, after: {found.label}?"
        if await self.app.push_screen_wait(Choice(title, ["Take back", "Leave it"], about)) == 0:
            label = f"Taken back to {_when(found)}"
            self.attempt_or_say(label, lambda now: taken_back(now, found.after))

    def action_then(self) -> None:
        """Show what differs since."""
        if self.change is not None:
            self.post_message(Go("then", self.key))


def _when(change: LoggedChange) -> str:
    return say_time(change.at) if change.at else "that change"


class HistoryScreen(SectionsScreen):
    """What was done, and when."""

    TITLE = "What was done"

    def body(self) -> ComposeResult:
        """The list, and the change under the cursor in sentences."""
        yield HistoryList().data_bind(SessionScreen.session)
        yield Static(id="about")

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

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to what the change was about."""
        event.stop()
        if (change := self.query_one(HistoryList).change) is not None:
            to = next(iter(places_of_change(change.before, change.after)), None)
            self.post_message(Go(to.screen, to.place) if to else Say("That changed nothing."))


class ThenList(DetailedList):
    """What differs between now and then, a sentence a record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to the record"),
        Binding("T", "take", "Take back", id="then.take", tooltip="Have this one as it was then"),
    ]

    def __init__(self, then: Session) -> None:
        super().__init__((ListColumn("Changed since"),), empty=SAME, id="then")
        self.then = then
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
    def sentence(self) -> ChangeSentence | None:
        """What is said under the cursor; none on a heading."""
        return self._told.get(self.key)

    def about(self, key: str) -> str:
        """The sentence in full."""
        return self.sentence.text if self.sentence else ""

    def action_take(self) -> None:
        """Have the record under the cursor as it was; the rest stays."""
        if (told := self.sentence) is None:
            return
        if told.collection == "activities" and not told.key:
            self.post_message(Say(ONE_BY_ONE))
            return
        self.attempt_or_say(
            f"As it was: {told.text}",
            lambda now: copied_back(now, self.then, told.collection, told.key),
        )


class ThenScreen(SectionsScreen):
    """The session as it was after a change, by what differs; ``place`` is its number in the log."""

    TITLE = "As it was"

    def body(self) -> ComposeResult:
        """When that was, the list, and its sentence in full."""
        log = app_state(self).log
        self._change = log.changes[int(self.place)] if log else None
        then = self._change.after if self._change else self.session
        yield ThenList(then).data_bind(SessionScreen.session)
        yield Static(id="about")

    def on_mount(self) -> None:
        """Begin with the first difference."""
        found = self.query_one(ThenList)
        found.focus()
        if self._change:
            found.show_banner(f"As it was {_when(self._change)}, after: {self._change.label}")

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the record as it is now."""
        event.stop()
        if (told := self.query_one(ThenList).sentence) is not None:
            to = _seen(told.collection, told.key)
            self.post_message(Go(to.screen, to.place))
