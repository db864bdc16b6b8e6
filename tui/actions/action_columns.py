"""What the columns of a table of actions show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from offwall.model.actions import Band, band
from offwall.model.process import place_label
from offwall.model.records import Action, ActionStatus, Session, say_date, short_date
from offwall.model.records.bank_holidays import day_off
from offwall.model.records.ids import ActionId
from offwall.tui.kit import ListCell
from offwall.tui.kit.row_view import FittedColumn

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
