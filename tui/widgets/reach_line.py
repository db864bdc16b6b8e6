"""Under the plan: what its columns cannot say of the action under the cursor."""

import datetime as dt
from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.bank_holidays import day_off
from model.council_dates import reach, say_reach
from model.dates import say_date
from model.session import Action, Session
from model.tables.names import owners, role_labels
from tui.fresh import Fresh
from tui.text import plain
from tui.widgets.session_widget import SessionWidget


class ReachLine(SessionWidget, Widget):
    """Whether nobody works on its target date, who helps, when it was done, which meeting it must
    reach: two or three lines; none at all where that is so of no action.
    """

    DEFAULT_CSS = """
    ReachLine { height: 2; padding: 0 1; color: $text-muted; display: none; }
    ReachLine.-needed { display: block; }
    ReachLine.-more { height: 3; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh
        self._key = ""

    def look_at(self, key: str) -> None:
        """Say it of another action."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Be there where it is needed."""
        today = self._fresh.today()
        reaching = any(reach(session, one, today) for one in session.actions)
        more = any(any(_facts(session, one)) for one in session.actions)
        self.set_class(reaching or more, "-needed")
        self.set_class(reaching and more, "-more")
        self.refresh()

    def render(self) -> RenderResult:
        """What there is to say of the action."""
        for action in self.session.actions:
            if action.id == self._key:
                said = _all(self.session, action, self._fresh.today())
                return Content(plain(" ".join(said)))
        return Content("")


def _all(session: Session, action: Action, today: dt.date) -> Iterator[str]:
    yield from _facts(session, action)
    if found := reach(session, action, today):
        yield say_reach(found)


def _facts(session: Session, action: Action) -> Iterator[str]:
    if action.due and (off := day_off(action.due, session.nation)):
        yield f"{say_date(action.due)} is {off}."
    if action.helper:
        called = owners(session, role_labels(session))
        yield f"Helper: {called.get(action.helper, action.helper)}."
    if action.done_on:
        yield f"Done on {say_date(action.done_on)}."
