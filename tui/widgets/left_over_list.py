"""The keys that settle what is left over: one each, and the next waits under the cursor."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.dates import parse_when
from model.edits.going_through import (
    accept_remark,
    close_remark,
    postpone,
    settle_action,
    settle_activity,
    settle_mark,
)
from model.left_over import Kind, next_to_go
from model.plan import say_due
from model.session import ActionStatus, Improve, Session
from tui.dialogs.form import Answers, Field, Form
from tui.messages import Say
from tui.text import plain
from tui.widgets.left_over_rows import LeftOverRows

STATUSES = {"1": ActionStatus.OPEN, "2": ActionStatus.DOING, "3": ActionStatus.DONE}
MARKS = {"1": Improve.KEEP, "2": Improve.CHANGE, "3": Improve.DROP}
ACTS = {
    "status": Kind.ACTION,
    "when": Kind.ACTION,
    "accept": Kind.REMARK,
    "close": Kind.REMARK,
    "mark": Kind.ACTIVITY,
    "confirm": Kind.ACTIVITY,
}
"""What each act can be done to."""


def _key(key: str, action: str, name: str, tooltip: str) -> Binding:
    return Binding(key, action, name, id=f"again.{name.lower()}", tooltip=tooltip)


class LeftOverList(LeftOverRows):
    """Each key acts on the record under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            _key(key, f"status('{status}')", status.capitalize(), f"The action is {status}")
            for key, status in (*STATUSES.items(), ("4", ActionStatus.DROPPED))
        ),
        _key("w", "when", "When", "Give the action another target date"),
        _key("1", "accept", "Accept", "Take it over: into the activity's note, or as parked"),
        _key("2", "close", "Settle", "It is settled; nothing is taken over"),
        *(
            _key(key, f"mark('{mark}')", mark.capitalize(), f"Mark the activity: {mark}")
            for key, mark in MARKS.items()
        ),
        _key("space", "confirm", "Confirm", "Its place and lead are agreed; the mark stays"),
        Binding(
            "enter,e", "choose", "Go there", id="list.choose", tooltip="Work on it where it stands"
        ),
        _key("m", "next", "Next", "Go to the next that waits"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered where the cursor stands on what it can be done to."""
        if action in ACTS:
            return self.left is not None and self.left.kind is ACTS[action]
        if action == "choose":
            there = self.left is not None and (self.left.kind is not Kind.REMARK or self.activity)
            return True if there else None
        return True if action != "next" or self.waiting else None

    def _settle(self, said: str, change: Callable[[Session], Session]) -> str:
        """Make a change and go on to the next that waits; the banner says what is left."""
        if not (found := self.left):
            return ""
        label = f"{said}: {found.record.text}"
        if wrong := self.attempt(label, change):
            return wrong
        # By the order that is seen: another target date may give the action another place.
        following = next_to_go(self._found.values(), found.id)
        if following in ("", found.id):
            self.post_message(Say(f"{label}. That was the last."))
        else:
            self.go_to(following)
        return ""

    def _settle_or_say(self, said: str, change: Callable[[Session], Session]) -> None:
        if wrong := self._settle(said, change):
            self.post_message(Say(wrong, wrong=True))

    def action_status(self, status: str) -> None:
        """Say how far the action has come."""
        key, today = self.key, self.fresh.today()
        self._settle_or_say(
            status.capitalize(), lambda session: settle_action(session, key, status, today)
        )

    @work
    async def action_when(self) -> None:
        """Ask for another target date."""
        if not (found := self.left):
            return
        today = self.fresh.today()

        def say(said: str) -> str:
            due = parse_when(said, today)
            return say_due(due, self.session.nation) if due else ""

        def keep(answers: Answers) -> str:
            when = answers["when"]
            return self._settle(
                f"By {say(when)}", lambda session: postpone(session, found.id, when, today)
            )

        field = Field("when", "New target date", "", "29/1, 29 Jan, 2w or fri.", says=say)
        await self.app.push_screen_wait(Form(plain(found.record.text), [field], keep))

    def action_accept(self) -> None:
        """Take a remark over."""
        key, seed = self.key, self.fresh.seed()
        ref = self.session.ref_by_id.get(self.activity)
        said = f"Into the note of {ref}" if ref else "Parked"
        self._settle_or_say(said, lambda session: accept_remark(session, key, seed=seed))

    def action_close(self) -> None:
        """A remark is settled."""
        key = self.key
        self._settle_or_say("Settled", lambda session: close_remark(session, key))

    def action_mark(self, mark: str) -> None:
        """Mark the activity."""
        key = self.key
        said = f"{self.session.ref_by_id.get(key, '')} {mark}"
        self._settle_or_say(said, lambda session: settle_mark(session, key, mark))

    def action_confirm(self) -> None:
        """Agree the activity's place and lead."""
        key = self.key
        ref = self.session.ref_by_id.get(key, "")
        self._settle_or_say(f"Confirmed {ref}", lambda session: settle_activity(session, key))

    def action_next(self) -> None:
        """Stand on the next that waits."""
        self.stand_on(next_to_go(self._found.values(), self.key))
