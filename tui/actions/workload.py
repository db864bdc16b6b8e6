"""The workload: a bar for each who carries actions and for each week, and what is too much.

Rows with a bar in them, not a chart: each bar leads to its actions by the keys of every list, its
figure and its words say the same without the bar, and a move redraws two lines. A plotting library
draws a picture that a cursor cannot walk through, and a sparkline has no room for names.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from offwall.model.actions import live
from offwall.model.actions.edit_actions import set_who
from offwall.model.actions.plan import (
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
from offwall.model.records.dates import bank_holiday
from offwall.model.records.fields import ActionId
from offwall.model.records.text import counted, plain
from offwall.tui.kit import Context, ListCell, ListRow
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, keys
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.session_widget import LOADS_HIDDEN, app_state, follow

LOAD_KEY = "load:"
"""What the key of somebody's row begins with."""

PEOPLE_KEY, WEEKS_KEY = "people", "weeks"
"""The keys of the two headings."""

TIMES = {2: "twice"}.get(EVEN_SHARES, f"{EVEN_SHARES} times")


def _load_note(load: OwnerLoad) -> ListCell:
    """What stands out about a load."""
    helps = f"helps with {load.helps}" if load.helps else ""
    if load.too_many:
        return "over share", "open"
    if load.has_none:
        return "none yet", "open"
    if load.there:
        return helps, "lead"
    if not load.key:
        return ""
    return "a group" if load.key in GROUPS else "nobody who was there", "muted"


def _week_note(session: Session, week: WeekLoad) -> ListCell:
    """What stands out about a week."""
    if week.too_many:
        return "too many in one week", "wrong"
    if week.overdue:
        return "overdue", "wrong"
    monday, last = week.monday.toordinal(), dt.date.max.toordinal()
    days = (dt.date.fromordinal(min(monday + day, last)) for day in range(5))
    off = ", ".join(say_date(day)[:-5] for day in days if bank_holiday(day, session.nation))
    return (f"holiday {off}", "open") if off else ("", "lead")


def _rule(session: Session, workload: Workload, heading: str) -> str:
    """The rule that the rows under a heading are judged by."""
    there, weeks = len(people_there(session)), counted(len(workload.weeks), "week")
    share = f"{workload.share if heading == PEOPLE_KEY else workload.week_share:.1f}".removesuffix(
        ".0"
    )
    marked = f"Marked are those with {TOO_MANY} or more that have over {TIMES} that share."
    if heading == WEEKS_KEY:
        return f"Over {weeks} with dates an even share is {share}. {marked}"
    if not there:
        return "Nobody is listed yet: press q, then 0, and say who was there."
    were = counted(there, "person was", "people were")
    return f"{were} there: an even share is {share} each. {marked}"


def _owned(session: Session, actions: Sequence[Action], nobody: str) -> list[str]:
    """The actions, and who has each."""
    called = owner_labels(session, role_labels(session))
    return [
        f"{action.text} ({called.get(action.owner, action.owner) or nobody})" for action in actions
    ]


NO_WORKLOAD = "No action to be done yet."
BAR = "█"
WIDEST_BAR = 6
"""Cells of a bar for one action at most, so that a few do not fill the line."""


@dataclass
class ActionWanted(Message):
    """An action is wanted, by its id."""

    action: ActionId


def its_actions(at: Here, actions: Sequence[Action]) -> Outcome:
    """Go to the action; of several, choose which."""
    ways = [Outcome(post=ActionWanted(action.id)) for action in actions]
    if len(ways) == 1:
        return ways[0]
    dates = (say_date(action.due) if action.due else "no date" for action in actions)
    options = [f"{one.text} ({date})" for one, date in zip(actions, dates, strict=True)]
    return Outcome(ask=Choose(at.view, options, lambda place: ways[place]))


def give(at: Here, carried: Sequence[Action]) -> Outcome:
    """Give them an action: first those that nobody has."""
    owner, theirs = at.key.removeprefix(LOAD_KEY), {one.id for one in carried}
    others = (action for action in live(at.session.actions) if action.id not in theirs)
    offered = sorted(others, key=lambda one: bool(one.owner))
    if not offered:
        return Outcome(say=f"{at.view} has every action already.")

    def chosen(place: int) -> Outcome:
        one = offered[place]
        return Outcome(f"Owner {at.view}: {one.text}", lambda s: set_who(s, one.id, "owner", owner))

    options = _owned(at.session, offered, "no owner yet")
    return Outcome(ask=Choose(f"Give to {at.view}", options, chosen))


SOMEBODY = Need(
    lambda at: at.key.startswith(LOAD_KEY) and at.key != LOAD_KEY,
    "That is for a person: move to one.",
)
GO = "Go to the action; of several, choose which"
CARRIES = Need(lambda at: at.record, "There is no action to go to here.")


class WorkloadList(RecordList):
    """Those who carry actions, then the weeks in which they are due."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "spread",
        foot("enter", "choose", "Its actions", "", GO, CARRIES),
        foot("at", "give", "Give", give, needs=SOMEBODY),
    )
    FOLLOWED = PRIVATE = True
    COLUMNS: ClassVar[Sequence[FittedColumn]] = (
        FittedColumn("who", "Owner or week", 24, wide=40),
        FittedColumn("number", "No.", 3),
        FittedColumn("note", "", 20, wide=26),
        FittedColumn("bar", ""),
    )
    EMPTY = f"{NO_WORKLOAD} h leads back to the plan, and n there types the first."

    def __init__(self, fresh: Context, id: str = "spread") -> None:  # noqa: A002
        super().__init__(self.COLUMNS, empty=self.EMPTY, id=id)
        self.fresh = fresh
        self._found = Workload((), (), (), 0, 0)
        self._items: dict[str, OwnerLoad | WeekLoad | tuple[Action, ...]] = {}

    def on_mount(self) -> None:
        """Hide who carries as soon as the screen is private."""
        follow(self, lambda state: state.private, lambda _: self.rebuild(), init=False)

    def watch_session(self) -> None:
        """Count again."""
        self._found = workload(self.session, self.fresh.today())
        self._items = {f"{LOAD_KEY}{load.key}": load for load in self._found.loads}
        self._items |= {f"week:{week.monday}": week for week in self._found.weeks}
        self._items["undated"] = self._found.undated
        self.rebuild()

    def fit_columns(self, width: int) -> None:
        """The bars fit the room that there is."""
        super().fit_columns(width)
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
        if app_state(self).private:
            hidden = (LOADS_HIDDEN, "muted")
            yield self.row("hidden", {"who": hidden, "number": "", "note": "", "bar": ""})
            return
        for load in self._found.loads:
            name = f"{load.name} ({load.role})" if load.role else load.name
            title = name or ("No owner yet", "wrong")
            yield self._bar(f"{LOAD_KEY}{load.key}", load.actions, title, _load_note(load))

    def _weeks(self, weeks: Sequence[WeekLoad]) -> Iterator[ListRow]:
        """The weeks in order; how many lie between two is said, so that a gap is seen."""
        before: dt.date | None = None
        for week in weeks:
            between = (week.monday - before).days // 7 - 1 if before else 0
            if between:
                said = f"  {counted(between, 'week')} without"
                yield ListRow(f"gap:{week.monday}", ((said, "muted"), "", "", ""))
            title = (f"Week of {short_date(week.monday)}", "wrong" if week.overdue else "")
            note = _week_note(self.session, week)
            yield self._bar(f"week:{week.monday}", week.actions, title, note)
            before = week.monday

    def _bar(self, key: str, actions: Sequence[Action], title: ListCell, note: ListCell) -> ListRow:
        look = note[1] if isinstance(note, tuple) else "lead"
        bar = BAR * round(len(actions) * self._scale()) or (BAR if actions else "")
        number = f"{len(actions):>3}"
        return self.row(key, {"who": title, "number": number, "note": note, "bar": (bar, look)})

    def _scale(self) -> float:
        """Cells of the bar for one action: the longest bar fits."""
        found = self._found
        every = [*(load.actions for load in found.loads), *(week.actions for week in found.weeks)]
        most = max(map(len, (*every, found.undated)), default=1) or 1
        taken = sum(column.width for column in self.plan.columns) + len(self.plan.columns)
        width = self.size.width or self.app.size.width  # none yet while the section is hidden
        return max(0.1, min(WIDEST_BAR, (width - taken) / most))

    @property
    def record(self) -> tuple[Action, ...]:
        """The actions of the row under the cursor."""
        found = self._items.get(self.key, ())
        return found if isinstance(found, tuple) else found.actions

    def here(self) -> Here:
        """The actions, and what the row is called."""
        return Here(self.session, self.fresh, self.key, self.record, self._title())

    def words(self, key: str) -> Content:
        """What a row says in sentences; on a heading, the rule."""
        item, said = self._items.get(key), ""
        if isinstance(item, OwnerLoad) and item.has_none:
            said = f"{item.name} was there and carries nothing yet: @ here gives an action."
        elif isinstance(item, OwnerLoad):
            helps = f"Helps with {item.helps}. " if item.helps else ""
            said = helps + "; ".join(action.text for action in item.actions)
        elif item is not None:
            actions = item if isinstance(item, tuple) else item.actions
            said = "; ".join(_owned(self.session, actions, "no owner"))
        elif key in (PEOPLE_KEY, WEEKS_KEY):
            said = _rule(self.session, self._found, key)
        return Content(plain(said))

    def action_choose(self) -> None:
        """Go to the action; of several, ask which."""
        self.perform(its_actions(self.here(), self.record))

    def _title(self) -> str:
        item = self._items.get(self.key)
        if isinstance(item, OwnerLoad):
            return item.name or "No owner yet"
        return f"Week of {short_date(item.monday)}" if isinstance(item, WeekLoad) else "No date yet"


class LoadList(WorkloadList):
    """Beside the plan: who carries how many, in figures that blame nobody."""

    COLUMNS = (
        FittedColumn("who", "Who carries how many"),
        FittedColumn("number", "", 4),
        FittedColumn("bar", "", 10),
    )
    EMPTY = NO_WORKLOAD

    def rebuild(self) -> None:
        """Make the rows: those who were there, then whoever else has some."""
        if app_state(self).private or not live(self.session.actions):
            super().rebuild()
            return
        rows, most = [], max(len(load.actions) for load in self._found.loads)
        each = min(1, self.COLUMNS[-1].width / max(most, 1))
        for load in self._found.loads:
            key, name = f"{LOAD_KEY}{load.key}", load.name or ("No owner yet", "open")
            bar = BAR * round(len(load.actions) * each)
            number = f"{len(load.actions)}" if load.actions else "none"
            rows.append(ListRow(key, (name, f"{number:>4}", bar)))
        self.put(rows)


def load_figures(session: Session, today: dt.date) -> list[str]:
    """Who carries how many: ``Amira Khan 4``, ``Dan Cole none``."""
    return [
        f"{plain(load.name) or 'no owner yet'} {len(load.actions) or 'none'}"
        for load in workload(session, today).loads
    ]
