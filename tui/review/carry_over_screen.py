"""Carry-over: what is left from the last session, one key each, with what changed since."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.actions.plan import say_due
from offwall.model.compare.carry_over import (
    accept_remark,
    close_remark,
    postpone,
    settle_action,
    settle_activity,
    settle_issue,
    settle_mark,
)
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.records import (
    Action,
    ActionStatus,
    Activity,
    Improve,
    Issue,
    IssueStatus,
    Session,
    say_date,
    short_date,
)
from offwall.model.records.changes import SessionChange
from offwall.model.records.dates import parse_when
from offwall.model.records.fields import (
    NO_ACTIVITY,
    RECORDS,
    ActionId,
    ActivityId,
    IssueId,
)
from offwall.model.records.session import Remark
from offwall.model.records.text import counted, plain
from offwall.model.review.progress import was_confirmed
from offwall.model.review.second_session import (
    LeftOver,
    LeftOverKind,
    left_over,
    next_to_go,
    overdue,
)
from offwall.tui.kit import Context, Field, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import Here, Key, Need, Outcome, ask_one, foot, keys, looks
from offwall.tui.kit.messages import Go, PreviousSessionRequested
from offwall.tui.kit.row_view import FittedColumn, hung
from offwall.tui.kit.session_widget import app_state, follow

CARRY_OVER_COLUMNS = (
    FittedColumn("sign", "", 1),
    FittedColumn("ref", "Ref", 6),
    FittedColumn("text", "What"),
    FittedColumn("state", "Now", 14, 24),
    FittedColumn("due", "Due", 11, least=70),
)
KIND_TITLES = {
    LeftOverKind.ACTION: "Actions that are not done",
    LeftOverKind.ISSUE: "Issues that are not closed",
    LeftOverKind.REMARK: "Remarks that came back",
    LeftOverKind.ACTIVITY: "Activities left open, or to change or to drop",
}
NOTHING_LEFT = "Nothing is left over from last time. q goes back; 2 confirms the record again."
ALL_GONE_THROUGH = "All of it is gone through. q goes back."
STATE_LOOKS = {
    ActionStatus.DOING: "lead",
    ActionStatus.DONE: "good",
    ActionStatus.DROPPED: "muted",
    Improve.CHANGE: "open",
    Improve.DROP: "wrong",
    Improve.KEEP: "good",
    "left open": "open",
    IssueStatus.EXPLORED: "lead",
    IssueStatus.CLOSED: "good",
}


def to_go_text(left_overs: Sequence[LeftOver]) -> str:
    """How much of each kind is still to go through."""
    counts = Counter(one.kind for one in left_overs if not one.gone_through)
    kinds = ((counts[kind], RECORDS[kind]) for kind in LeftOverKind)
    left = [counted(number, info.noun, info.plural) for number, info in kinds if number]
    gone = " ✓ is gone through." if any(one.gone_through for one in left_overs) else ""
    return f"To go: {', '.join(left)}.{gone}" if left else ALL_GONE_THROUGH


def _cells(session: Session, left_over: LeftOver, today: dt.date) -> dict[str, ListCell]:
    """A record's words, its place, its state, and when it was due."""
    record, due = left_over.record, ""
    if isinstance(record, Activity):
        ref, state = session.ref_by_id[record.id], record.improve or "left open"
    elif isinstance(record, Remark):
        ref, state = session.ref_by_id.get(record.on, ""), f"by {record.by}" if record.by else ""
    else:
        ref, state = place_label(session, record.activity, record.near), record.status
    if isinstance(record, Action) and record.due:
        due = short_date(record.due)
    late = isinstance(record, Action) and overdue(record, today)
    return {
        "sign": ("✓", "good") if left_over.gone_through else "",
        "ref": (ref, "muted"),
        "text": (record.text, "muted") if left_over.gone_through else record.text,
        "state": (state, STATE_LOOKS.get(state, "")),
        "due": (due, "wrong" if late else ""),
    }


# The keys that settle what is left over: one each, and the next waits under the cursor.


def _settle(at: Here, text: str, change: SessionChange) -> Outcome:
    """Make a change and go on to the next that waits; the banner says what is left."""
    one: LeftOver = at.record
    label = f"{text}: {one.record.text}"
    # By the order that is seen: another target date may give the action another place.
    after = next_to_go(at.view.values(), one.id)
    if after in ("", one.id):
        return Outcome(label, change, say=f"{label}. That was the last.")
    return Outcome(label, change, go=after)


def status(at: Here, left_over: LeftOver, how: str) -> Outcome:
    """Say how far the action has come."""
    today = at.fresh.today()
    return _settle(
        at, how.capitalize(), lambda s: settle_action(s, ActionId(left_over.id), how, today)
    )


def issue_status(at: Here, left_over: LeftOver, how: str) -> Outcome:
    """Say how far the issue has come."""
    return _settle(at, how.capitalize(), lambda s: settle_issue(s, IssueId(left_over.id), how))


def when(at: Here, left_over: LeftOver) -> Outcome:
    """Give the action another target date."""
    today, nation = at.fresh.today(), at.session.nation

    def say(text: str) -> str:
        due = parse_when(text, today)
        return say_due(due, nation) if due else ""

    def keep(text: str) -> Outcome:
        return _settle(
            at, f"By {say(text)}", lambda s: postpone(s, ActionId(left_over.id), text, today)
        )

    field = Field("when", "New target date", "", "29/1, 29 Jan, 2w or fri.", says=say)
    return ask_one(plain(left_over.record.text), field, keep)


def accept(at: Here, left_over: LeftOver) -> Outcome:
    """Take it over: into the activity's note, or as parked."""
    seed, ref = at.fresh.seed(), at.session.ref_by_id.get(_activity_of(at.session, left_over))
    said = f"Into the note of {ref}" if ref else "Parked"
    return _settle(at, said, lambda s: accept_remark(s, left_over.id, seed=seed))


def close(at: Here, left_over: LeftOver) -> Outcome:
    """It is settled; nothing is taken over."""
    return _settle(at, "Settled", lambda s: close_remark(s, left_over.id))


def mark(at: Here, left_over: LeftOver, how: str) -> Outcome:
    """Mark the activity."""
    said = f"{at.session.ref_by_id.get(left_over.id, '')} {how}"
    return _settle(at, said, lambda s: settle_mark(s, ActivityId(left_over.id), how))


def confirm(at: Here, left_over: LeftOver) -> Outcome:
    """Its place and lead are agreed; the mark stays."""
    ref = at.session.ref_by_id.get(left_over.id, "")
    return _settle(at, f"Confirmed {ref}", lambda s: settle_activity(s, ActivityId(left_over.id)))


@looks
def next_one(at: Here, _: LeftOver | None) -> Outcome:
    """Go to the next that waits."""
    return Outcome(go=next_to_go(at.view.values(), at.key))


def _activity_of(session: Session, left_over: LeftOver | None) -> ActivityId:
    """The activity that it is, or that it is about; empty for none."""
    known = getattr(left_over.record, POINTERS[left_over.kind]) if left_over else ""
    return ActivityId(known) if known in session.activity_by_id else NO_ACTIVITY


POINTERS = {
    LeftOverKind.ACTION: "activity",
    LeftOverKind.ISSUE: "activity",
    LeftOverKind.REMARK: "on",
    LeftOverKind.ACTIVITY: "id",
}


def _is(kind: LeftOverKind) -> Need:
    return Need(lambda at: at.record is not None and at.record.kind is kind, hides=True)


def _there(at: Here) -> bool:
    """Whether there is a place to work on it."""
    known = at.record and at.record.kind is not LeftOverKind.REMARK
    return bool(known or _activity_of(at.session, at.record))


ACTION, ISSUE, REMARK, ACTIVITY = map(_is, LeftOverKind)
PLACE = Need(_there, "There is no place to go to here.")
WAITING = Need(lambda at: next_to_go(at.view.values(), ""), "All of it is gone through.")


def _by_digit(
    ways: Iterable[str], does: Callable[..., Outcome], text: str, needs: Need, name: str = ""
) -> Iterator[Key]:
    """A key for each way in which a record can be settled, by its number."""
    for digit, how in enumerate(ways, 1):
        do = partial(does, how=how)
        yield foot(str(digit), name + how, how.capitalize(), do, f"{text} {how}", needs)


class CarryOverList(RecordList):
    """Each key acts on the record under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "again",
        *_by_digit(ActionStatus, status, "The action is", ACTION),
        *_by_digit(IssueStatus, issue_status, "The issue is", ISSUE, "issue-"),
        foot("w", "when", "When", when, needs=ACTION),
        foot("1", "accept", "Accept", accept, needs=REMARK),
        foot("2", "settle", "Settle", close, needs=REMARK),
        *_by_digit([*Improve][:3], mark, "Mark the activity:", ACTIVITY),
        foot("space", "confirm", "Confirm", confirm, needs=ACTIVITY),
        foot("enter,e", "list.choose", "Go there", "choose", "Work on it where it stands", PLACE),
        foot("m", "next", "Next", next_one, needs=WAITING),
    )
    FOLLOWED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__(CARRY_OVER_COLUMNS, empty=NOTHING_LEFT, id="left-over")
        self.fresh = fresh
        self._found: dict[str, LeftOver] = {}

    def rebuild(self) -> None:
        """Make the rows again: each kind under a heading that counts it."""
        today = self.fresh.today()
        found = left_over(self.session, today)
        for one in found:
            if not one.gone_through and one.id in self._found and self._found[one.id].gone_through:
                self.go_to(one.id)  # it was undone
        self._found = {one.id: one for one in found}
        self.show_banner(to_go_text(found) if found else "")
        rows: list[ListRow] = []
        for kind in LeftOverKind:
            if of_kind := [one for one in found if one.kind is kind]:
                gone = sum(one.gone_through for one in of_kind)
                count = f"({gone} of {len(of_kind)} gone through)"
                rows.append(ListRow(f"kind:{kind}", (KIND_TITLES[kind], count), heading=True))
                rows += [self.row(one.id, _cells(self.session, one, today)) for one in of_kind]
        self.put(rows)
        self.refresh_bindings()

    @property
    def record(self) -> LeftOver | None:
        """What the cursor stands on; none on a heading."""
        return self._found.get(self.key)

    def here(self) -> Here:
        """The record, and all that is left over."""
        return Here(self.session, self.fresh, self.key, self.record, self._found)


# What is known of one record that is left over, and what changed of it since last time.

HOW_TO = (
    "One key settles this line and goes on to the next. u undoes it.\n"
    "Actions come first, those overdue before all; then issues, remarks, and activities left open "
    "or marked to change or to drop."
)
TALL_CARD = 20
"""Lines of a card from which there is room for all that changed."""

SINCE = "Since then"

LabelledLine = tuple[str, str]
"""A label, and what it says; one that says nothing is not shown."""


class CarryOverDetail(DetailPanel):
    """Below the list, or beside it where there is room."""

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh

    def on_mount(self) -> None:
        """Say what changed since last time, or why that is not known, as soon as it is."""
        follow(self, lambda state: state.looked_back, lambda _: self.refresh())

    def words(self, key: str) -> Content:
        """The record's words, then a line for each thing that is known of it."""
        today = self.fresh.today()
        left = left_over(self.session, today)
        found = next((one for one in left if one.id == key), None)
        lines = [*self._about(found, today)] if found else [Content(HOW_TO if left else "")]
        if self.size.height >= TALL_CARD:
            lines += islice(self._all_since(), self.size.height)
        return Content("\n").join(lines)

    def _about(self, left_over: LeftOver, today: dt.date) -> Iterator[Content]:
        yield Content.styled(plain(left_over.record.text), "bold")
        since, said = app_state(self).looked_back
        if since is not None:
            said = since.of(self.session, left_over.kind, left_over.id) or "nothing of it changed"
        for label, text in (
            (SINCE, said),
            *carry_over_facts(self.session, left_over.record, today),
        ):
            if text:
                yield hung(label, text, self.size.width)

    def _all_since(self) -> Iterator[Content]:
        """Everything that changed, where there is room for it."""
        since, earlier = app_state(self).looked_back[0], self.session.earlier
        if sections := since.all(self.session) if since else ():
            when = f"Since {short_date(earlier.date)}" if earlier and earlier.date else SINCE
            yield Content.styled(f"\n{when}, in all", "bold")
        for section in sections:
            yield Content.styled(plain(section.heading), "$text-muted")
            yield from (Content(plain(sentence.text)) for sentence in section.sentences)


def carry_over_facts(
    session: Session, record: Action | Issue | Remark | Activity, today: dt.date
) -> Iterator[LabelledLine]:
    """What is known of a record, most wanted first: the screen may be short."""
    if isinstance(record, Activity):
        return _activity_facts(session, record)
    if isinstance(record, Action):
        return _action_facts(session, record, today)
    return _issue_facts(session, record) if isinstance(record, Issue) else _remark(session, record)


def _action_facts(session: Session, action: Action, today: dt.date) -> Iterator[LabelledLine]:
    if action.due and action.due < today:
        late = counted((today - action.due).days, "day")
        yield "Was due", f"{say_date(action.due)}, {late} ago"
    names = owner_labels(session, role_labels(session))
    yield "Owner", names.get(action.owner, action.owner) or "nobody yet"
    yield "Where", place_label(session, action.activity, action.near)
    yield from (("Issue", issue.text) for issue in session.issues if issue.id == action.issue)
    yield "Helper", names.get(action.helper, action.helper)
    yield "Approval", action.approval


def _issue_facts(session: Session, issue: Issue) -> Iterator[LabelledLine]:
    yield "Where", place_label(session, issue.activity, issue.near)
    yield "Raised by", issue.raised_by
    yield "Parked", "yes" if issue.parked else ""
    yield from (("Action", action.text) for action in session.actions if action.issue == issue.id)


def _remark(session: Session, remark: Remark) -> Iterator[LabelledLine]:
    yield "By", remark.by
    if activity := session.activity_by_id.get(remark.on):
        yield "About", f"{session.ref_by_id[activity.id]} {activity.text}"
        yield "Note there", activity.note
    others: dict[str, str] = {issue.id: issue.text for issue in session.issues}
    others |= {action.id: action.text for action in session.actions}
    yield "About", others.get(remark.on, "")


def _activity_facts(session: Session, activity: Activity) -> Iterator[LabelledLine]:
    labels = role_labels(session)
    yield "Last time", was_confirmed(activity)
    yield "Open point", activity.open_point
    yield "Note", activity.note
    yield "Lead", labels.get(activity.lead, activity.lead) or "nobody yet"
    for action in session.actions:
        if action.activity == activity.id:
            yield "Action", f"{action.text} ({action.status})"
    for issue in session.issues:
        if issue.activity == activity.id:
            yield "Issue", f"{issue.text} ({issue.status})"
    for remark in session.remarks:
        if remark.on == activity.id:
            yield "Remark", f"{remark.text} {remark.by}".strip()


SCREEN_BY_KIND = {
    LeftOverKind.ACTION: "plan",
    LeftOverKind.ISSUE: "topic",
    LeftOverKind.ACTIVITY: "record",
}
"""Where Enter goes to work on a record."""


class CarryOverScreen(SessionScreen):
    """What last time left open: actions, issues, remarks, activities."""

    TITLE = "Left over from last time"
    PART = "record"
    CSS_PATH = "carry_over_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and what is known of the one under the cursor."""
        session = SessionScreen.session
        with Container(id="again"):
            yield framed(CarryOverList(self.fresh), "Left over").data_bind(session)
            yield framed(CarryOverDetail(self.fresh), "What is known").data_bind(session)

    @property
    def _list(self) -> CarryOverList:
        return self.query_one(CarryOverList)

    def on_mount(self) -> None:
        """Begin with the first that waits; have the session of last time read."""
        self._list.focus()
        self._list.go_to(self.place or next_to_go(self._list.here().view.values(), ""))
        self.post_message(PreviousSessionRequested())

    def standing_on(self) -> ActivityId:
        """The activity under the cursor, or that the remark under it is about."""
        return _activity_of(self.session, self._list.record)

    def come_back(self, place: str) -> None:
        """Another screen was left that stood on an activity."""
        self._list.stand_on(place)

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go where the record is worked on."""
        event.stop()
        if found := self._list.record:
            place = found.id if found.kind in SCREEN_BY_KIND else self.standing_on()
            self.post_message(Go(SCREEN_BY_KIND.get(found.kind, "record"), place))
