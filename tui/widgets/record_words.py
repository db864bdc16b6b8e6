"""The few lines under a list that say in full what its columns cut short."""

from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.dates import say_date
from model.edits.note_records import MEANINGS
from model.ranking import why
from model.session import Action, ActionKind, ActionStatus, Issue, Session
from model.tables.names import owners, place, role_labels
from tui.text import plain
from tui.widgets.session_widget import SessionWidget


class RecordWords(SessionWidget, Widget):
    """Says the issue or the action under the cursor, by its id, in full."""

    DEFAULT_CSS = """
    RecordWords { height: 4; padding: 0 1; border-top: solid $primary-background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._key = ""

    def look_at(self, key: str) -> None:
        """Show another record."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The words of the record, and what there is to say about it."""
        session = self.session
        for action in session.actions:
            if action.id == self._key:
                improvement = action.kind is ActionKind.IMPROVEMENT
                reason = why(session, action) if improvement else ""
                return _lines(action.text, reason, " · ".join(_action_facts(session, action)))
        for issue in session.issues:
            if issue.id == self._key:
                return _lines(issue.text, " · ".join(_issue_facts(session, issue)))
        return Content("")


def _lines(text: str, *more: str) -> Content:
    said = [Content.styled(plain(line), "$text-muted") for line in more if line]
    return Content("\n").join([Content.styled(plain(text), "bold"), *said])


def _action_facts(session: Session, action: Action) -> Iterator[str]:
    called = owners(session, role_labels(session))
    for label, who in (("", action.owner), ("with ", action.helper)):
        if who:
            yield label + called.get(who, who)
    if action.status is not ActionStatus.OPEN:
        yield action.status
    if action.due:
        yield f"by {say_date(action.due)}"
    if action.done_on:
        yield f"done {say_date(action.done_on)}"
    if action.needs:
        yield f"needs {', '.join(action.needs)}"
    if where := place(session, action.activity, action.near):
        yield f"at {where}"
    yield from (f"issue: {one.text}" for one in session.issues if one.id == action.issue)


def _issue_facts(session: Session, issue: Issue) -> Iterator[str]:
    if issue.code:
        yield MEANINGS[issue.code]
    if issue.parked:
        yield "parked"
    if activity := session.activity_by_id.get(issue.activity):
        yield f"{session.ref_by_id[activity.id]} {activity.text}"
    elif where := place(session, issue.activity, issue.near):
        yield f"near {where}"
    if issue.raised_by:
        yield f"raised by {issue.raised_by}"
    if issue.source:
        yield f"from {issue.source}"
    yield from (f"action: {one.text}" for one in session.actions if one.issue == issue.id)
