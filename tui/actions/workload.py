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
from offwall.model.records.bank_holidays import bank_holiday
from offwall.model.records.ids import ActionId
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


def load_title(load: OwnerLoad) -> ListCell:
    """Who carries; nobody is somebody to be found."""
    return (f"{load.name} ({load.role})" if load.role else load.name) or ("No owner yet", "wrong")


def load_note(load: OwnerLoad) -> ListCell:
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
        return _people_rule(session, found)
    if item == WEEKS_KEY:
        weeks = counted(len(found.weeks), "week")
        return f"Over {weeks} with dates an even share is {_figure(found.week_share)}. {_rule()}"
    return ""


def _people_rule(session: Session, found: Workload) -> str:
    if not (there := len(people_there(session))):
        return "Nobody is listed yet: press q, then 0, and say who was there."
    were = counted(there, "person was", "people were")
    return f"{were} there: an even share is {_figure(found.share)} each. {_rule()}"


def _rule() -> str:
    return f"Marked are those with {TOO_MANY} or more that have over {TIMES} that share."


def _load_detail(load: OwnerLoad) -> str:
    if load.has_none:
        return f"{load.name} was there and carries nothing yet: @ here gives an action."
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


WORKLOAD_COLUMNS = (
    FittedColumn("who", "Owner or week", 24, wide=40),
    FittedColumn("number", "No.", 3),
    FittedColumn("note", "", 20, wide=26),
    FittedColumn("bar", ""),
)
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
    if len(actions) == 1:
        return Outcome(post=ActionWanted(actions[0].id))
    options = [_option(action) for action in actions]
    return Outcome(
        ask=Choose(at.view, options, lambda place: Outcome(post=ActionWanted(actions[place].id)))
    )


def give(at: Here, carried: Sequence[Action]) -> Outcome:
    """Give them an action: first those that nobody has."""
    owner, theirs = at.key.removeprefix(LOAD_KEY), {one.id for one in carried}
    others = (one for one in live(at.session.actions) if one.id not in theirs)
    offered = sorted(others, key=lambda one: bool(one.owner))
    if not offered:
        return Outcome(say=f"{at.view} has every action already.")
    called = owner_labels(at.session, role_labels(at.session))

    def chosen(place: int) -> Outcome:
        one = offered[place]
        return Outcome(f"Owner {at.view}: {one.text}", lambda s: set_who(s, one.id, "owner", owner))

    options = [
        f"{one.text} ({called.get(one.owner, one.owner) or 'no owner yet'})" for one in offered
    ]
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
    FOLLOWED = True
    PRIVATE = True

    COLUMNS: ClassVar[Sequence[FittedColumn]] = WORKLOAD_COLUMNS
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
            yield self._bar(f"{LOAD_KEY}{load.key}", load.actions, *_load(load))

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
        item = self._items.get(key)
        return Content(
            plain(workload_detail(self.session, self._found, key if item is None else item))
        )

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


def _load(load: OwnerLoad) -> tuple[ListCell, ListCell]:
    return load_title(load), load_note(load)


def _option(action: Action) -> str:
    when = say_date(action.due) if action.due else "no date"
    return f"{action.text} ({when})"
