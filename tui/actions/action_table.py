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
from offwall.tui.actions.action_commands import ACTION_KEYS, ACTION_LINE_KEYS, PLAN_KEYS, ActionView
from offwall.tui.kit import Context, ListCell, ListRow, RecordList, Say
from offwall.tui.kit.keys import Here
from offwall.tui.kit.row_view import WIDE_LIST, FittedColumn
from offwall.tui.kit.session_widget import app_state

# What the columns of a table of actions show.

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

RANKING_COLUMNS = ("rank", "text", "score", "band", "approval", "votes", "owner")
"""The columns that a group ranks by."""

PLAN_COLUMNS = ("text", "owner", "helper", "due", "status")
"""The columns that a plan needs."""

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


def _helper(action: Action, context: ColumnContext) -> ListCell:
    return context.owners.get(action.helper, action.helper), "lead"


def _where(action: Action, context: ColumnContext) -> ListCell:
    return place_label(context.session, action.activity, action.near)


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
    "helper": _helper,
    "due": _due,
    "where": _where,
    "status": _status,
}


KIND_KEY = "kind:"
"""What the key of a kind's heading begins with."""

KIND_TITLES = {ActionKind.IMPROVEMENT: "Improvements", ActionKind.NEXT_STEP: "Next steps"}
NO_ACTIONS = "No action yet. Press n and type the first; Enter keeps it."
WHAT_IS_MISSING = {"impact": "impact", "effort": "effort", "owner": "an owner", "due": "a date"}
"""What an action may lack, and what that is called."""


class ActionTable(RecordList):
    """The actions of some kinds, in some of the columns of ``FITS``.

    ``needed`` are the fields, of those in ``NEEDED``, that ``m`` looks for the lack of. Several
    kinds stand under a heading each.
    """

    NOUN = ("action", "actions")
    LINES = 3
    NAMED_FROM: ClassVar[int] = WIDE_LIST
    """Cells from which an owner stands by name."""

    BINDINGS: ClassVar[list[BindingType]] = [*ACTION_KEYS, *ACTION_LINE_KEYS]

    def __init__(
        self,
        fresh: Context,
        *,
        kinds: Sequence[ActionKind] = (ActionKind.IMPROVEMENT,),
        columns: Sequence[str] = RANKING_COLUMNS,
        needed: Sequence[str] = tuple(WHAT_IS_MISSING),
        empty: str = NO_ACTIONS,
        id: str | None = None,  # noqa: A002
    ) -> None:
        shown = [ACTION_COLUMNS[name] for name in columns]
        super().__init__(shown, empty=empty, id=id)
        self.fresh = fresh
        self._kinds = tuple(kinds)
        self._needed = tuple(needed)
        self._listed: dict[str, Action] = {}
        self._effort_of = ""

    def rebuild(self) -> None:
        """Make the rows: the actions of each kind, under a heading where there are several."""
        session = self.session
        self._listed = {one.id: one for one in action_plan(session) if one.kind in self._kinds}
        ranks = {action.id: place for place, action in enumerate(rank(session), 1)}
        names = owner_labels(session, role_labels(session))
        cells = ColumnContext(session, ranks, names, self.wide, self._named)
        rows: list[ListRow] = []
        for kind in self._kinds:
            found = [action for action in self._listed.values() if action.kind is kind]
            if len(self._kinds) > 1:
                heading = (KIND_TITLES[kind], f"({counted(len(found), 'action')})")
                rows.append(ListRow(KIND_KEY + kind, heading, heading=True))
            rows += [
                ListRow(action.id, action_cells(self.shown, action, cells)) for action in found
            ]
        self.put(rows)

    @property
    def _named(self) -> bool:
        """Whether owners stand by name: in the room they always do."""
        return self.size.width >= self.NAMED_FROM or app_state(self).showing

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
        return self.record.kind if self.record else self._kinds[0]

    def here(self) -> Here:
        """The action, and what is known besides."""
        view = ActionView(self._effort_of, self.kind, len(self._kinds) > 1)
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
            if lacks := self._lacks(action):
                self.stand_on(action.id)
                self.post_message(Say(f"Still to give: {', '.join(lacks)}."))
                return
        if listed:
            named = ", ".join(WHAT_IS_MISSING[name] for name in self._needed)
            self.post_message(Say(f"Every action to be done has {named}."))

    def _lacks(self, action: Action) -> list[str]:
        if action.status not in LIVE:
            return []
        return [WHAT_IS_MISSING[name] for name in self._needed if not getattr(action, name)]


class PlanTable(ActionTable):
    """Part 3's: the improvements as they rank, then the next steps. What is new is a next step."""

    BINDINGS: ClassVar[list[BindingType]] = PLAN_KEYS
    NAMED_FROM = 66

    def __init__(self, fresh: Context) -> None:
        super().__init__(
            fresh,
            kinds=tuple(ActionKind),
            columns=PLAN_COLUMNS,
            needed=("owner", "due"),
            id="plan",
        )
