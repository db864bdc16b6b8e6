"""Actions, one line each, in the group's order; and part 3's, the plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from offwall.model.actions import Band, action_plan, band, rank
from offwall.model.actions.edit_actions import action_note_of
from offwall.model.line import Vocabulary
from offwall.model.line.actions import render_action
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.records import Action, ActionKind, ActionStatus, Session, say_date, short_date
from offwall.model.records.dates import day_off
from offwall.model.records.fields import ActionId
from offwall.model.records.text import counted
from offwall.model.review.progress import LIVE
from offwall.tui.actions.action_commands import (
    ACTION_KEYS,
    ACTION_LINE_KEYS,
    PLAN_KEYS,
    ActionLineWanted,
    ActionView,
)
from offwall.tui.actions.typed_lines import ActionLine
from offwall.tui.kit import Context, ListCell, ListRow, RecordList, Say, SessionScreen
from offwall.tui.kit.keys import Here
from offwall.tui.kit.row_view import WIDE_LIST, FittedColumn
from offwall.tui.kit.session_widget import app_state

ACTION_COLUMNS = {
    fit.name: fit
    for fit in (
        FittedColumn("rank", "#", 3),
        FittedColumn("text", "Action"),
        FittedColumn("score", "I/E", 3),
        FittedColumn("band", "Band", 11, least=66, whole=True),
        FittedColumn("approval", "Approval", 15, 22, least=78, whole=True),
        FittedColumn("votes", "Votes", 5),
        FittedColumn("owner", "Owner", 18, 26, whole=True),
        FittedColumn("helper", "Helper", 18, least=140, whole=True),
        FittedColumn("due", "By", 17, whole=True),
        FittedColumn("where", "Where", 7, 16, least=78),
        FittedColumn("status", "Status", 7, 16, least=66, whole=True),
    )
}
"""The columns that a table of actions can have, by name."""

RANKED_BY = ("rank", "text", "score", "band", "approval", "votes", "owner")
NON_WORKING_MARK = "!"
"""Behind a date on which nobody works; the lines below the table say why."""

_BAND_LOOKS = {Band.QUICK_WIN: "good", Band.SIGNIFICANT: "issue", Band.UNSCORED: "muted"}
_STATUS_LOOKS = {
    ActionStatus.DOING: "lead",
    ActionStatus.DONE: "good",
    ActionStatus.DROPPED: "muted",
}


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """What the cells of all actions are made from."""

    session: Session
    ranks: Mapping[ActionId, int]
    owners: Mapping[str, str]
    wide: bool
    named: bool = False


def action_cells(
    names: tuple[str, ...], action: Action, context: ColumnContext
) -> tuple[ListCell, ...]:
    """A cell for each column."""
    return tuple(_CELLS[name](action, context) for name in names)


def _rank(action: Action, context: ColumnContext) -> ListCell:
    rank = context.ranks.get(action.id)
    if rank is None:
        return ""
    return f"{rank}*" if action.place is not None else str(rank)


def _text(action: Action, _: ColumnContext) -> ListCell:
    over = action.status in (ActionStatus.DONE, ActionStatus.DROPPED)
    return (action.text, "muted") if over else action.text


def _score(action: Action, _: ColumnContext) -> ListCell:
    if action.impact is None and action.effort is None:
        return "-", "muted"
    return f"{action.impact or '?'}/{action.effort or '?'}"


def _band(action: Action, context: ColumnContext) -> ListCell:
    found = band(action, context.session.approvals)
    return found.removesuffix(" change"), _BAND_LOOKS.get(found, "")


def _owner(action: Action, context: ColumnContext) -> ListCell:
    if not action.owner:
        return "owner?", "wrong"
    short = action.owner in context.session.role_by_code and not context.named
    name = action.owner if short else context.owners.get(action.owner, action.owner)
    return name, "lead"


def _due(action: Action, context: ColumnContext) -> ListCell:
    if action.due is None:
        return "date?", "wrong"
    if day_off(action.due, context.session.nation):
        return f"{say_date(action.due)} {NON_WORKING_MARK}", "open"
    return say_date(action.due)


def _status(action: Action, context: ColumnContext) -> ListCell:
    said = f"{action.status} "
    if action.done_on and context.wide:
        said += short_date(action.done_on)
    return said.rstrip(), _STATUS_LOOKS.get(action.status, "")


_CELLS: dict[str, Callable[[Action, ColumnContext], ListCell]] = {
    "rank": _rank,
    "text": _text,
    "score": _score,
    "band": _band,
    "approval": lambda action, _: action.approval,
    "votes": lambda action, _: str(action.votes or ""),
    "owner": _owner,
    "helper": lambda action, known: (known.owners.get(action.helper, action.helper), "lead"),
    "due": _due,
    "where": lambda action, known: place_label(known.session, action.activity, action.near),
    "status": _status,
}

KIND_KEY = "kind:"
"""What the key of a kind's heading begins with."""

KIND_TITLES = {ActionKind.IMPROVEMENT: "Improvements", ActionKind.NEXT_STEP: "Next steps"}
WHAT_IS_MISSING = {"impact": "impact", "effort": "effort", "owner": "an owner", "due": "a date"}
"""What an action may lack, and what that is called."""


class ActionTable(RecordList):
    """The actions of some kinds, in some of the columns; several kinds have a heading each."""

    NOUN = ("action", "actions")
    LINES = 3
    KINDS: ClassVar[Sequence[ActionKind]] = (ActionKind.IMPROVEMENT,)
    COLUMNS: ClassVar[Sequence[str]] = RANKED_BY
    NEEDED: ClassVar[Sequence[str]] = tuple(WHAT_IS_MISSING)
    """The fields that ``m`` looks for the lack of."""

    EMPTY = "No action yet. Press n and type the first; Enter keeps it."
    ID: ClassVar[str | None] = None
    NAMED_FROM: ClassVar[int] = WIDE_LIST
    """Cells from which an owner stands by name."""

    BINDINGS: ClassVar[list[BindingType]] = [*ACTION_KEYS, *ACTION_LINE_KEYS]

    def __init__(self, fresh: Context) -> None:
        columns = [ACTION_COLUMNS[name] for name in self.COLUMNS]
        super().__init__(columns, empty=self.EMPTY, id=self.ID)
        self.fresh = fresh
        self._listed: dict[str, Action] = {}
        self._effort_of = ""

    def rebuild(self) -> None:
        """Make the rows: the actions of each kind, under a heading where there are several."""
        session = self.session
        self._listed = {
            action.id: action for action in action_plan(session) if action.kind in self.KINDS
        }
        ranks = {action.id: place for place, action in enumerate(rank(session), 1)}
        names = owner_labels(session, role_labels(session))
        # In the room owners always stand by name.
        named = self.size.width >= self.NAMED_FROM or app_state(self).showing
        cells = ColumnContext(session, ranks, names, self.wide, named)
        rows: list[ListRow] = []
        for kind in self.KINDS:
            found = [action for action in self._listed.values() if action.kind is kind]
            if len(self.KINDS) > 1:
                heading = (KIND_TITLES[kind], f"({counted(len(found), 'action')})")
                rows.append(ListRow(KIND_KEY + kind, heading, heading=True))
            rows += [ListRow(one.id, action_cells(self.shown, one, cells)) for one in found]
        self.put(rows)

    def record_of(self, key: str) -> Action | None:
        """The action of a key."""
        return self._listed.get(key)

    def as_line(self, key: str) -> str:
        """The action as it is typed."""
        vocabulary = Vocabulary.of(self.session, self.fresh.today())
        return render_action(action_note_of(self.session, ActionId(key)), vocabulary)

    @property
    def kind(self) -> ActionKind:
        """The kind that the cursor stands among."""
        if self.key.startswith(KIND_KEY):
            return ActionKind(self.key.removeprefix(KIND_KEY))
        return self.record.kind if self.record else self.KINDS[0]

    def here(self) -> Here:
        """The action, and what is known besides."""
        view = ActionView(self._effort_of, self.kind, len(self.KINDS) > 1)
        return Here(self.session, self.fresh, self.key, self.record, view, *self.chosen)

    def look(self, view: ActionView) -> None:
        """The next digit is an effort, or an impact again."""
        self._effort_of = view.effort_of

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """Elsewhere a digit is an impact again."""
        self._effort_of = ""

    def action_next(self) -> None:
        """Stand on the next action that lacks something, and say what."""
        listed = list(self._listed.values())
        start = next((place for place, one in enumerate(listed, 1) if one.id == self.key), 0)
        for action in (*listed[start:], *listed[:start]):
            lacks = [WHAT_IS_MISSING[name] for name in self.NEEDED if not getattr(action, name)]
            if lacks and action.status in LIVE:
                self.stand_on(action.id)
                self.post_message(Say(f"Still to give: {', '.join(lacks)}."))
                return
        if listed:
            named = ", ".join(WHAT_IS_MISSING[name] for name in self.NEEDED)
            self.post_message(Say(f"Every action to be done has {named}."))


class PlanTable(ActionTable):
    """Part 3's: the improvements as they rank, then the next steps. What is new is a next step."""

    BINDINGS: ClassVar[list[BindingType]] = PLAN_KEYS
    NAMED_FROM = 66
    KINDS = tuple(ActionKind)
    COLUMNS = ("text", "owner", "helper", "due", "status")
    NEEDED = ("owner", "due")
    ID = "plan"


class ActionScreen(SessionScreen):
    """A screen with a table of actions, and their line, which is taken up where the cursor is."""

    @property
    def table(self) -> ActionTable:
        """The table."""
        return self.query_one(ActionTable)

    def on_action_line_wanted(self, event: ActionLineWanted) -> None:
        """Take the line up."""
        event.stop()
        self.query_one(ActionLine).open(event.place)

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self.table.go_to(event.action)
