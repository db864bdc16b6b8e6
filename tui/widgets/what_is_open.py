"""The line under the plan: how far it is, who has nothing yet, and what falls due soon."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.dates import say_date
from model.plan import due_within, lacks, live, without_action
from model.session import Session
from tui.fresh import Fresh
from tui.text import count, plain
from tui.widgets.privacy import follow, private
from tui.widgets.session_widget import SessionWidget

SOON = 28
"""Days that are looked ahead."""

NOTHING = "No action yet. Press l for the next steps offered, or n to type one."


class WhatIsOpen(SessionWidget, Widget):
    """What must still be said before the afternoon can end."""

    DEFAULT_CSS = """
    WhatIsOpen { height: auto; max-height: 3; padding: 0 1; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh

    def on_mount(self) -> None:
        """Leave people's names out as soon as the screen is private."""
        follow(self, self.watch_session)

    def watch_session(self) -> None:
        """Count again."""
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Three things, the most pressing first."""
        if not self.session.actions:
            return Content.styled(NOTHING, "$text-muted")
        spread = Content("") if private(self) else _spread(self.session)
        parts = [_ready(self.session), spread, _soon(self.session, self._fresh)]
        return Content(" · ").join(part for part in parts if part)


def _ready(session: Session) -> Content:
    todo = live(session.actions)
    missing = sum(map(lacks, todo))
    if not missing:
        return Content.styled(
            f"✓ {count(len(todo), 'action')} to do, owned and dated", "$text-success"
        )
    said = f"{len(todo) - missing} of {len(todo)} have an owner and a date"
    return Content.styled(said, "$text-warning")


def _spread(session: Session) -> Content:
    names = ", ".join(plain(person.name) for person in without_action(session))
    return Content(f"core group without an action: {names}" if names else "")


def _soon(session: Session, fresh: Fresh) -> Content:
    today = fresh.today()
    found = due_within(session, today, SOON)
    overdue = sum(action.due is not None and action.due < today for action in found)
    coming = [action.due for action in found[overdue:] if action.due]
    parts = [f"{overdue} overdue"] if overdue else []
    if coming:
        when = ("first on " if len(coming) > 1 else "on ") + say_date(coming[0])
        parts.append(f"{len(coming)} due within {SOON // 7} weeks, {when}")
    return Content(", ".join(parts))
