"""What is known of one record that is left over, and what changed of it since last time."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.dates import say_date, short_date
from model.left_over import LeftOver, left_over
from model.second_session import was_confirmed
from model.session import Action, Activity, Remark, Session
from model.since import Since
from model.tables.names import owners, place, role_labels
from tui.fresh import Fresh
from tui.text import count, plain
from tui.widgets.session_widget import SessionWidget

HOW = (
    "One key settles the line under the cursor; the next that waits comes by itself; u undoes.\n"
    "Overdue actions come first, then remarks that came back, then what is to change or drop."
)
TALL = 20
"""Lines of a card from which there is room for all that changed."""

Line = tuple[str, str]
"""A label, and what it says."""


class LeftOverCard(SessionWidget, Widget):
    """Below the list, or beside it where there is room."""

    DEFAULT_CSS = """
    LeftOverCard { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self.fresh = fresh
        self._key = ""
        self._since: Since | None = None
        self._why_not = ""

    def look_at(self, key: str) -> None:
        """Show another record."""
        self._key = key
        self.refresh()

    def look_back(self, since: Since | None, why_not: str) -> None:
        """Say what changed since last time, or why that is not known."""
        self._since, self._why_not = since, why_not
        self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The record's words, then a line for each thing that is known of it."""
        today = self.fresh.today()
        found = next((one for one in left_over(self.session, today) if one.id == self._key), None)
        lines = [*self._about(found, today)] if found else [Content(HOW)]
        if self.size.height >= TALL:
            lines += islice(self._all_since(), self.size.height)
        return Content("\n").join(lines)

    def _about(self, found: LeftOver, today: dt.date) -> Iterator[Content]:
        yield Content.styled(plain(found.record.text), "bold")
        if self._since is not None:
            said = self._since.of(self.session, found.kind, found.id)
            yield _labelled(self._when, said or "nothing of it changed")
        elif self._why_not:
            yield _labelled(self._when, self._why_not)
        for label, text in facts(self.session, found, today):
            yield _labelled(label, text)

    def _all_since(self) -> Iterator[Content]:
        """Everything that changed, where there is room for it."""
        sections = self._since.all(self.session) if self._since else ()
        if sections:
            yield Content.styled(f"\n{self._when}, in all", "bold")
        for section in sections:
            yield Content.styled(plain(section.heading), "$text-muted")
            yield from (Content(plain(sentence.text)) for sentence in section.sentences)

    @property
    def _when(self) -> str:
        earlier = self.session.earlier
        return f"Since {short_date(earlier.date)}" if earlier and earlier.date else "Since then"


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}  ", "$text-muted"), plain(text))


def facts(session: Session, found: LeftOver, today: dt.date) -> Iterator[Line]:
    """What is known of a record, most wanted first: the screen may be short."""
    if isinstance(found.record, Activity):
        yield from _activity(session, found.record)
    elif isinstance(found.record, Action):
        yield from _action(session, found.record, today)
    else:
        yield from _remark(session, found.record)


def _action(session: Session, action: Action, today: dt.date) -> Iterator[Line]:
    if action.due and action.due < today:
        late = count((today - action.due).days, "day")
        yield "Was due", f"{say_date(action.due)}, {late} ago"
    names = owners(session, role_labels(session))
    yield "Owner", names.get(action.owner, action.owner) or "nobody yet"
    issue = next((one.text for one in session.issues if one.id == action.issue), "")
    yield from _known(
        ("Where", place(session, action.activity, action.near)),
        ("Issue", issue),
        ("Helper", names.get(action.helper, action.helper)),
        ("Approval", action.approval),
    )


def _remark(session: Session, remark: Remark) -> Iterator[Line]:
    yield from _known(("By", remark.by))
    if activity := session.activity_by_id.get(remark.on):
        yield "About", f"{session.ref_by_id[activity.id]} {activity.text}"
        yield from _known(("Note there", activity.note))
    others = {one.id: one.text for one in session.issues}
    others |= {one.id: one.text for one in session.actions}
    if remark.on in others:
        yield "About", others[remark.on]


def _activity(session: Session, activity: Activity) -> Iterator[Line]:
    labels = role_labels(session)
    yield from _known(
        ("Last time", was_confirmed(activity)),
        ("Open point", activity.open_point),
        ("Note", activity.note),
        ("Lead", labels.get(activity.lead, activity.lead) or "nobody yet"),
    )
    for action in session.actions:
        if action.activity == activity.id:
            yield "Action", f"{action.text} ({action.status})"
    for issue in session.issues:
        if issue.activity == activity.id:
            yield "Issue", f"{issue.text} ({issue.status})"
    for remark in session.remarks:
        if remark.on == activity.id:
            yield "Remark", f"{remark.text} {remark.by}".strip()


def _known(*lines: Line) -> Iterator[Line]:
    return (line for line in lines if line[1])
