"""What is left over from last time, a line each: what it is, and whether it was gone through."""

from collections.abc import Sequence

from model.dates import short_date
from model.left_over import Kind, LeftOver, left_over, next_to_go
from model.session import Action, ActionStatus, Activity, Improve, Remark, Session
from model.tables.names import place
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget

FITS = (
    Fit("sign", "", 1),
    Fit("ref", "Ref", 6),
    Fit("text", "What"),
    Fit("state", "Now", 14, 24),
    Fit("due", "Was due", 11, least=70),
)
TITLES = {
    Kind.ACTION: "Overdue actions",
    Kind.REMARK: "Remarks that came back",
    Kind.ACTIVITY: "Activities to change or to drop",
}
NOUNS = {
    Kind.ACTION: ("overdue action", ""),
    Kind.REMARK: ("remark", ""),
    Kind.ACTIVITY: ("activity", "activities"),
}
KIND = "kind:"
"""What the key of a heading begins with."""

NOTHING = "Nothing is left over from last time. q goes back; 2 confirms the record again."
DONE = "All of it is gone through. q goes back."
LOOKS = {
    ActionStatus.DOING: "lead",
    ActionStatus.DONE: "good",
    ActionStatus.DROPPED: "muted",
    Improve.CHANGE: "open",
    Improve.DROP: "wrong",
    Improve.KEEP: "good",
}


class LeftOverRows(SessionWidget, FittedList):
    """The rows; `LeftOverList` has the keys."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(FITS, empty=NOTHING, id="left-over")
        self.fresh = fresh
        self._found: dict[str, LeftOver] = {}

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again: each kind under a heading that counts it."""
        found = left_over(self.session, self.fresh.today())
        for one in found:
            if not one.gone_through and one.id in self._found and self._found[one.id].gone_through:
                self.go_to(one.id)  # it was undone
        self._found = {one.id: one for one in found}
        self.show_banner(to_go(found) if found else "")
        rows: list[Row] = []
        for kind in Kind:
            of_kind = [one for one in found if one.kind is kind]
            if of_kind:
                rows.append(Row(KIND + kind, (TITLES[kind], _counted(of_kind)), heading=True))
            for one in of_kind:
                cells = _cells(self.session, one)
                rows.append(Row(one.id, tuple(cells[name] for name in self.shown)))
        self.put(rows)
        self.refresh_bindings()

    @property
    def left(self) -> LeftOver | None:
        """What the cursor stands on; none on a heading."""
        return self._found.get(self.key)

    @property
    def waiting(self) -> str:
        """The id of the first that is still to go through; empty for none."""
        return next_to_go(self._found.values(), "")

    @property
    def activity(self) -> str:
        """The activity under the cursor, or that which a record under it is about."""
        if not (found := self.left):
            return ""
        pointer = {Kind.ACTION: "activity", Kind.REMARK: "on", Kind.ACTIVITY: "id"}[found.kind]
        known: str = getattr(found.record, pointer)
        return known if known in self.session.activity_by_id else ""


def to_go(found: Sequence[LeftOver]) -> str:
    """How much of each kind is still to go through."""
    counts = [
        (kind, sum(one.kind is kind and not one.gone_through for one in found)) for kind in Kind
    ]
    left = [count(number, *NOUNS[kind]) for kind, number in counts if number]
    return f"To go: {', '.join(left)}." if left else DONE


def _counted(found: Sequence[LeftOver]) -> str:
    gone = sum(one.gone_through for one in found)
    return f"({gone} of {len(found)} gone through)"


def _cells(session: Session, one: LeftOver) -> dict[str, Cell]:
    text, ref, state, due = _said(session, one.record)
    look = "muted" if one.gone_through else ""
    return {
        "sign": ("✓", "good") if one.gone_through else "",
        "ref": (ref, "muted"),
        "text": (text, look) if look else text,
        "state": state,
        "due": due,
    }


def _said(session: Session, record: Action | Remark | Activity) -> tuple[str, str, Cell, Cell]:
    """The words of a record, its place, its state, and when it was due."""
    if isinstance(record, Activity):
        mark = record.improve
        return (
            record.text,
            session.ref_by_id[record.id],
            (mark, LOOKS.get(mark, "")) if mark else "",
            "",
        )
    if isinstance(record, Action):
        due = short_date(record.due) if record.due else ""
        where = place(session, record.activity, record.near)
        return record.text, where, (record.status, LOOKS.get(record.status, "")), (due, "wrong")
    by = f"by {record.by}" if record.by else ""
    return record.text, session.ref_by_id.get(record.on, ""), by, ""
