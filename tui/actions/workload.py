"""The workload: a bar for each who carries actions and for each week, and what is too much.

Rows with a bar in them, not a chart: each bar leads to its actions by the keys of every list, its
figure and its words say the same without the bar, and a move redraws two lines. A plotting library
draws a picture that a cursor cannot walk through, and a sparkline has no room for names.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message

from offwall.model.actions.workload import (
    EVEN_SHARES,
    TOO_MANY,
    OwnerLoad,
    WeekLoad,
    Workload,
    people_there,
    workload,
)
from offwall.model.line.vocabulary import GROUPS
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, Session, say_date, short_date
from offwall.model.records.bank_holidays import bank_holiday
from offwall.model.records.ids import ActionId
from offwall.model.records.text import counted
from offwall.tui.kit import Context, ListCell, ListRow, SessionWidget
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.kit.session_widget import LOADS_HIDDEN, is_private, watch_private

PEOPLE_KEY, WEEKS_KEY = "people", "weeks"
"""The keys of the two headings."""

TIMES_WORDS = {2: "twice"}


def load_title(load: OwnerLoad) -> ListCell:
    """Who carries; nobody is somebody to be found."""
    return (f"{load.name} ({load.role})" if load.role else load.name) or ("No owner yet", "wrong")


def load_note(load: OwnerLoad) -> ListCell:
    """What stands out about a load."""
    helps = f"helps with {load.helps}" if load.helps else ""
    if load.too_many:
        return "too many", "wrong"
    if load.has_none:
        return "none yet", "open"
    if load.there:
        return helps, "lead"
    if not load.key:
        return ""
    return "a group" if load.key in GROUPS else "nobody who was there", "muted"


def week_note(session: Session, week: WeekLoad) -> ListCell:
    """What stands out about a week."""
    if week.too_many:
        return "too many in one week", "wrong"
    if week.overdue:
        return "overdue", "wrong"
    off = ", ".join(say_date(day)[:-5] for day in _days_off(session, week))
    return (f"holiday {off}", "open") if off else ("", "lead")


def _days_off(session: Session, week: WeekLoad) -> Iterator[dt.date]:
    for days in range(5):
        number = week.monday.toordinal() + days
        day = dt.date.fromordinal(min(number, dt.date.max.toordinal()))
        if bank_holiday(day, session.nation):
            yield day


def workload_detail(
    session: Session, found: Workload, item: OwnerLoad | WeekLoad | tuple[Action, ...] | str
) -> str:
    """What a row says in sentences; for a heading, by its key, the rule that it is judged by."""
    if isinstance(item, OwnerLoad):
        return _load_detail(item)
    if isinstance(item, WeekLoad):
        return _week_detail(session, item.actions)
    if isinstance(item, tuple):
        return _week_detail(session, item)
    if item == PEOPLE_KEY:
        there = counted(len(people_there(session)), "person was", "people were")
        return f"{there} there: an even share is {_figure(found.share)} each. {_rule()}"
    if item == WEEKS_KEY:
        weeks = counted(len(found.weeks), "week")
        return f"Over {weeks} with dates an even share is {_figure(found.week_share)}. {_rule()}"
    return ""


def _rule() -> str:
    return (
        f"Too many: {TOO_MANY} or more, and over "
        f"{TIMES_WORDS.get(EVEN_SHARES, f'{EVEN_SHARES} times')} that."
    )


def _load_detail(load: OwnerLoad) -> str:
    if load.has_none:
        return f"{load.name} was there and carries nothing yet: @ in the plan gives an action."
    texts = "; ".join(action.text for action in load.actions)
    helps = f"Helps with {load.helps}. " if load.helps else ""
    return helps + texts


def _week_detail(session: Session, actions: tuple[Action, ...]) -> str:
    called = owner_labels(session, role_labels(session))
    return "; ".join(
        f"{action.text} ({called.get(action.owner, action.owner) or 'no owner'})"
        for action in actions
    )


def _figure(share: float) -> str:
    return f"{share:.1f}".removesuffix(".0")


# Part 3's spread: a bar for each who carries actions and for each week, and what is too much.
#
# Rows with a bar in them, not a chart: each bar leads to its actions by the keys of every list, its
# figure and its words say the same without the bar, and a move redraws two lines. A plotting
# library
# draws a picture that a cursor cannot walk through, and a sparkline has no room for names.

WORKLOAD_COLUMNS = (
    FittedColumn("who", "Owner, or week", 24, wide=40),
    FittedColumn("number", "No.", 3),
    FittedColumn("note", "", 20, wide=26),
    FittedColumn("bar", ""),
)
NO_WORKLOAD = "No action to be done yet. Press h for the plan, and n there for the first."
BAR = "█"
WIDEST_BAR = 6
"""Cells of a bar for one action at most, so that a few do not fill the line."""


class WorkloadList(SessionWidget, FittedList):
    """Those who carry actions, then the weeks in which they are due."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "Its actions",
            id="spread.choose",
            tooltip="Go to the action; of several, choose which",
        ),
    ]

    class Wanted(Message):
        """An action is wanted, by its id."""

        def __init__(self, action: ActionId) -> None:
            super().__init__()
            self.action = action

    def __init__(self, fresh: Context) -> None:
        super().__init__(WORKLOAD_COLUMNS, empty=NO_WORKLOAD, id="spread")
        self._fresh = fresh
        self._found = Workload((), (), (), 0, 0)
        self._items: dict[str, OwnerLoad | WeekLoad | tuple[Action, ...]] = {}
        self._able = True

    def on_mount(self) -> None:
        """Hide who carries as soon as the screen is private."""
        watch_private(self, self.rebuild)

    def watch_session(self) -> None:
        """Count again."""
        self._found = workload(self.session, self._fresh.today())
        self._items = {f"load:{load.key}": load for load in self._found.loads}
        self._items |= {f"week:{week.monday}": week for week in self._found.weeks}
        self._items["undated"] = self._found.undated
        self.rebuild()

    def on_resize(self, event: Resize) -> None:
        """The bars fit the room that there is."""
        super().on_resize(event)
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows; none where there is nothing to be done."""
        found = self._found
        if not (found.weeks or found.undated):
            self.put(())
            return
        rows = [ListRow(PEOPLE_KEY, ("By owner", ""), heading=True), *self._loads()]
        rows.append(ListRow(WEEKS_KEY, ("By week", ""), heading=True))
        rows += self._weeks(found.weeks)
        if found.undated:
            rows.append(self._bar("undated", found.undated, ("No date yet", "wrong"), ""))
        self.put(rows)

    def _loads(self) -> Iterator[ListRow]:
        """Who carries; not where the room looks on."""
        if is_private(self):
            yield ListRow("hidden", ((LOADS_HIDDEN, "muted"), "", "", ""))
            return
        for load in self._found.loads:
            yield self._bar(f"load:{load.key}", load.actions, *_load(load))

    def _weeks(self, weeks: Sequence[WeekLoad]) -> Iterator[ListRow]:
        """The weeks in order; how many lie between two is said, so that a gap is seen."""
        before: dt.date | None = None
        for week in weeks:
            between = (week.monday - before).days // 7 - 1 if before else 0
            if between:
                said = f"  {counted(between, 'week')} without"
                yield ListRow(f"gap:{week.monday}", ((said, "muted"), "", "", ""))
            note = week_note(self.session, week)
            title = f"Week of {short_date(week.monday)}"
            look = "wrong" if week.overdue else ""
            yield self._bar(f"week:{week.monday}", week.actions, (title, look), note)
            before = week.monday

    def _bar(self, key: str, actions: Sequence[Action], title: ListCell, note: ListCell) -> ListRow:
        look = note[1] if isinstance(note, tuple) else "lead"
        bar = BAR * round(len(actions) * self._scale()) or (BAR if actions else "")
        return ListRow(key, (title, f"{len(actions):>3}", note, (bar, look)))

    def _scale(self) -> float:
        """Cells of the bar for one action: the longest bar fits."""
        found = self._found
        every = [*(load.actions for load in found.loads), *(week.actions for week in found.weeks)]
        most = max(map(len, (*every, found.undated)), default=1) or 1
        taken = sum(column.width for column in self.columns) + len(self.columns)
        width = self.size.width or self.app.size.width  # none yet while the section is hidden
        return max(0.1, min(WIDEST_BAR, (width - taken) / most))

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the row under the cursor."""
        found = self._items.get(self.key, ())
        return found if isinstance(found, tuple) else found.actions

    @property
    def said(self) -> str:
        """What the row under the cursor says in sentences; on a heading, the rule."""
        item = self._items.get(self.key)
        return workload_detail(self.session, self._found, self.key if item is None else item)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no action there is none to go to."""
        return None if action == "choose" and not self.actions else True

    def on_record_list_moved(self) -> None:
        """Dim what leads nowhere; the footer is drawn anew only where that differs."""
        able = bool(self.actions)
        if able != self._able:
            self._able = able
            self.refresh_bindings()

    def action_choose(self) -> None:
        """Go to the action; of several, ask which."""
        self._go(self.actions)

    @work
    async def _go(self, actions: tuple[Action, ...]) -> None:
        place = 0
        if len(actions) > 1:
            title = self._title()
            options = [_option(action) for action in actions]
            answer = await self.app.push_screen_wait(Choice(title, options))
            place = -1 if answer is None else answer
        if actions and place >= 0:
            self.post_message(self.Wanted(actions[place].id))

    def _title(self) -> str:
        item = self._items.get(self.key)
        if isinstance(item, OwnerLoad):
            return item.name or "No owner yet"
        return f"Week of {short_date(item.monday)}" if isinstance(item, WeekLoad) else "No date yet"


def _load(load: OwnerLoad) -> tuple[ListCell, ListCell]:
    return load_title(load), load_note(load)


def _option(action: Action) -> str:
    when = say_date(action.due) if action.due else "no date"
    return f"{action.text} ({when})"
