"""Part 3's spread: a bar for each who carries actions and for each week, and what is too much.

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

from model.dates import say_date, short_date
from model.session import Action
from model.spread import Load, Spread, Week, spread
from tui.dialogs.choice import Choice
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.privacy import HIDDEN, follow, private
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget
from tui.widgets.spread_words import PEOPLE, WEEKS, about, load_note, load_title, week_note

FITS = (
    Fit("who", "Owner, or week", 24, wide=40),
    Fit("number", "No.", 3),
    Fit("note", "", 20, wide=26),
    Fit("bar", ""),
)
EMPTY = "No action to be done yet. Press h for the plan, and n there for the first."
BAR = "█"
WIDEST = 6
"""Cells of a bar for one action at most, so that a few do not fill the line."""


class SpreadList(SessionWidget, FittedList):
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

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(FITS, empty=EMPTY, id="spread")
        self._fresh = fresh
        self._found = Spread((), (), (), 0, 0)
        self._items: dict[str, Load | Week | tuple[Action, ...]] = {}
        self._able = True

    def on_mount(self) -> None:
        """Hide who carries as soon as the screen is private."""
        follow(self, self.rebuild)

    def watch_session(self) -> None:
        """Count again."""
        self._found = spread(self.session, self._fresh.today())
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
        rows = [Row(PEOPLE, ("By owner", ""), heading=True), *self._loads()]
        rows.append(Row(WEEKS, ("By week", ""), heading=True))
        rows += self._weeks(found.weeks)
        if found.undated:
            rows.append(self._bar("undated", found.undated, ("No date yet", "wrong"), ""))
        self.put(rows)

    def _loads(self) -> Iterator[Row]:
        """Who carries; not where the room looks on."""
        if private(self):
            yield Row("hidden", ((HIDDEN, "muted"), "", "", ""))
            return
        for load in self._found.loads:
            yield self._bar(f"load:{load.key}", load.actions, *_load(load))

    def _weeks(self, weeks: Sequence[Week]) -> Iterator[Row]:
        """The weeks in order; how many lie between two is said, so that a gap is seen."""
        before: dt.date | None = None
        for week in weeks:
            between = (week.monday - before).days // 7 - 1 if before else 0
            if between:
                said = f"  {count(between, 'week')} without"
                yield Row(f"gap:{week.monday}", ((said, "muted"), "", "", ""))
            note = week_note(self.session, week)
            title = f"Week of {short_date(week.monday)}"
            look = "wrong" if week.overdue else ""
            yield self._bar(f"week:{week.monday}", week.actions, (title, look), note)
            before = week.monday

    def _bar(self, key: str, actions: Sequence[Action], title: Cell, note: Cell) -> Row:
        look = note[1] if isinstance(note, tuple) else "lead"
        bar = BAR * round(len(actions) * self._scale()) or (BAR if actions else "")
        return Row(key, (title, f"{len(actions):>3}", note, (bar, look)))

    def _scale(self) -> float:
        """Cells of the bar for one action: the longest bar fits."""
        found = self._found
        every = [*(load.actions for load in found.loads), *(week.actions for week in found.weeks)]
        most = max(map(len, (*every, found.undated)), default=1) or 1
        taken = sum(column.width for column in self.columns) + len(self.columns)
        width = self.size.width or self.app.size.width  # none yet while the section is hidden
        return max(0.1, min(WIDEST, (width - taken) / most))

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the row under the cursor."""
        found = self._items.get(self.key, ())
        return found if isinstance(found, tuple) else found.actions

    @property
    def said(self) -> str:
        """What the row under the cursor says in sentences; on a heading, the rule."""
        item = self._items.get(self.key)
        return about(self.session, self._found, self.key if item is None else item)

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
        if isinstance(item, Load):
            return item.name or "No owner yet"
        return f"Week of {short_date(item.monday)}" if isinstance(item, Week) else "No date yet"


def _load(load: Load) -> tuple[Cell, Cell]:
    return load_title(load), load_note(load)


def _option(action: Action) -> str:
    when = say_date(action.due) if action.due else "no date"
    return f"{action.text} ({when})"
