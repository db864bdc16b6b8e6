"""Keys on an action: score, approval, who does it, target date, votes, status, order, removal."""

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.actions.edit_actions import (
    clear_place,
    move_action,
    next_action_status,
    remove_action,
    set_approval,
    set_due,
    set_needs,
    set_score,
    set_scores,
    set_votes,
    set_who,
)
from offwall.model.actions.plan import say_due
from offwall.model.line import Vocabulary
from offwall.model.line.vocabulary import GROUPS
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, ActionKind, Session, say_date, short_date
from offwall.model.records.dates import parse_when
from offwall.model.records.pointers import GONE
from offwall.model.records.text import counted, join_texts, on_one_line
from offwall.tui.kit import Answers, Context, Field, Form, Say, SessionWidget
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.record_list import FittedList


class OwnerChoices:
    """The roles, people and groups of a session that an action can be given to.

    ``now`` is who has it: of two people with one name, that one stays.
    """

    def __init__(self, session: Session, today: dt.date, now: str) -> None:
        self._session = session
        self._now = now
        self._called = owner_labels(session, role_labels(session))
        self._by_label = {label: key for key, label in self._called.items()}
        self._by_label[self.called(now)] = now
        self._known = Vocabulary.of(session, today).owners

    def called(self, owner: str) -> str:
        """What somebody is called."""
        return self._called.get(owner, owner)

    def meant(self, said: str) -> str:
        """Who is meant by words: what somebody is called here, or any other name."""
        words = on_one_line(said)
        return self._by_label.get(words) or self._known.find(words) or words

    def field(self, name: str, label: str) -> Field:
        """The question."""
        names = (name for name in self._called.values() if name != GONE)
        choices = list(dict.fromkeys((*names, *GROUPS)))
        hint = "A role, a person or a group; empty for nobody."
        now = self.called(self._now)
        return Field(name, label, now, hint, choices, chosen=True, says=self._says)

    def _says(self, said: str) -> str:
        owner = self.meant(said)
        if owner in self._called:
            return f"{self._called[owner]}."
        if owner in GROUPS:
            members = [one for one in self._session.people if one.group in GROUPS[owner]]
            return f"{owner}: a group of {counted(len(members), 'person', 'people')}."
        return f"{owner}: no role or person, kept as a group." if owner else "Nobody yet."


# The keys that score the action under the cursor and say who does it, when, and who approves.

NEEDS_IMPROVEMENT = frozenset({"score", "scores", "approval", "needs", "votes"})
"""Acts that only an improvement has a use for."""

NEEDS_ACTION = NEEDS_IMPROVEMENT | {"owner", "when", "status", "remove", "shift", "unmove"}
"""Acts that need an action under the cursor."""

NEEDS_HINT = "By comma, such as Section 151, Monitoring Officer, legal, HR, ICT."

NO_APPROVAL = "not said"
"""What stands for no approval."""


def _action_key(key: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    return Binding(
        key, action, name, show=show, id=f"action.{action.replace('(', '-')}", tooltip=tooltip
    )


class ActionCommands(SessionWidget, FittedList):
    """What a key does to one action. Subclasses say which: `action`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"score({digit})", show=False) for digit in range(1, 6)),
        Binding(
            "0",
            "scores",
            "Score",
            key_display="1-5",
            id="action.scores",
            tooltip="1 to 5 is the impact, then the effort; 0 asks for both",
        ),
        _action_key("equals_sign", "approval", "Approval", "Whose approval it needs", show=True),
        _action_key(
            "a", "needs", "Also agree", "Who else must agree, such as the Section 151 officer"
        ),
        _action_key("at", "owner", "Owner", "Who does it: a role, a person or a group", show=True),
        _action_key("w", "when", "When", "The target date", show=True),
        _action_key("v", "votes", "Votes", "How many votes it got"),
        _action_key("s", "status", "Status", "Open, doing, done, dropped"),
        _action_key("x", "remove", "Remove", "Take it off the list; u brings it back"),
        _action_key("J", "shift(1)", "Move down", "Move it down: the group's own order"),
        _action_key("K", "shift(-1)", "Move up", "Move it up: the group's own order"),
        _action_key("full_stop", "unmove", "Unmove", "Let it stand where it ranks"),
    ]

    fresh: Context
    _effort_of = ""

    @property
    def action(self) -> Action | None:
        """The action that the keys act on."""
        raise NotImplementedError

    def able(self, act: str) -> bool:
        """Whether there is an action under the cursor that this can be done to."""
        found = self.action
        if found is None or (act in NEEDS_IMPROVEMENT and found.kind is not ActionKind.IMPROVEMENT):
            return False
        return act != "unmove" or found.place is not None

    def _change(
        self, found: Action, label: str, change: Callable[..., Session], *said: object
    ) -> bool:
        return self.attempt_or_say(
            f"{label}: {found.text}", lambda session: change(session, found.id, *said)
        )

    def action_score(self, digit: int) -> None:
        """Set the impact; right after it, or where it alone is missing, the effort."""
        if not (found := self.action):
            return
        half = found.impact is not None and found.effort is None
        which = "effort" if half or self._effort_of == found.id else "impact"
        self._effort_of = found.id if which == "impact" else ""
        said = f"{which.capitalize()} {digit}"
        if self._change(found, said, set_score, which, digit) and which == "impact":
            self.post_message(Say(f"{said}; now its effort, 1 to 5: {found.text}"))

    def forget_score(self) -> None:
        """The next digit is an impact."""
        self._effort_of = ""

    def action_status(self) -> None:
        """Go on to the next status."""
        if found := self.action:
            today = self.fresh.today()
            new = next_action_status(self.session, found.id, today)
            said = next(one.status for one in new.actions if one.id == found.id)
            self._change(found, said.capitalize(), next_action_status, today)

    def action_remove(self) -> None:
        """Take the action away."""
        if found := self.action:
            self._change(found, "Removed", remove_action)

    def action_shift(self, by: int) -> None:
        """Move it down or up: the group's own move."""
        if found := self.action:
            self._change(found, "Moved", move_action, by)

    def action_unmove(self) -> None:
        """Let it stand where it ranks."""
        if found := self.action:
            self._change(found, "Back to where it ranks", clear_place)

    @work
    async def action_approval(self) -> None:
        """Ask whose approval it needs."""
        if not (found := self.action):
            return
        rungs = (*self.session.approvals, "")
        names = [rung or NO_APPROVAL for rung in rungs]
        about = f"Now: {found.approval or NO_APPROVAL}"
        at = rungs.index(found.approval) if found.approval in rungs[:-1] else 0
        place = await self.app.push_screen_wait(Choice(f"Approval: {found.text}", names, about, at))
        if place is not None:
            self._change(found, f"Approval {names[place]}", set_approval, rungs[place])

    @work
    async def action_needs(self) -> None:
        """Ask which other people must agree."""
        if not (found := self.action):
            return

        def keep(said: str) -> str:
            label = f"{said.strip() or 'Nobody else'} must agree: {found.text}"
            return self.attempt(label, lambda session: set_needs(session, found.id, said))

        await self.ask(
            found, Field("needs", "Must agree", join_texts(found.needs, ","), NEEDS_HINT), keep
        )

    async def ask(self, found: Action, field: Field, keep: Callable[[str], str]) -> None:
        """Ask for one thing about an action, and keep it or say why not."""

        def check(answers: Answers) -> str:
            return keep(answers[field.name])

        await self.app.push_screen_wait(Form(found.text, [field], check))

    @work
    async def action_scores(self) -> None:
        """Ask for impact and effort together."""
        if not (found := self.action):
            return
        now = f"{found.impact or '?'}/{found.effort or '?'}"
        hint = "1 is little, 5 is much, ? not yet. Empty takes both away."
        field = Field("scores", "Impact/effort", "" if now == "?/?" else now, hint, chosen=True)

        def keep(said: str) -> str:
            label = f"Impact and effort {said.strip() or 'taken away'}: {found.text}"
            return self.attempt(label, lambda session: set_scores(session, found.id, said))

        await self.ask(found, field, keep)

    @work
    async def action_owner(self) -> None:
        """Ask who does it."""
        await self.ask_who("owner", "nobody yet")

    async def ask_who(self, name: str, nobody: str) -> None:
        """Ask who it is that a field of the action names."""
        if not (found := self.action):
            return
        label = name.capitalize()
        who = OwnerChoices(self.session, self.fresh.today(), getattr(found, name))

        def keep(said: str) -> str:
            meant = who.meant(said)
            done = f"{label} {who.called(meant) or nobody}: {found.text}"
            return self.attempt(done, lambda session: set_who(session, found.id, name, meant))

        await self.ask(found, who.field(name, label), keep)

    @work
    async def action_when(self) -> None:
        """Ask for the target date."""
        if not (found := self.action):
            return
        today = self.fresh.today()

        def say(said: str) -> str:
            due = parse_when(said, today)
            return say_due(due, self.session.nation) if due else ""

        def keep(said: str) -> str:
            due = parse_when(said, today)
            label = f"By {say_date(due) if due else 'no date yet'}: {found.text}"
            return self.attempt(label, lambda session: set_due(session, found.id, said, today))

        now = short_date(found.due) if found.due else ""
        hint = "29/1, 29 Jan, 2w or fri; empty takes it away."
        await self.ask(found, Field("when", "Target date", now, hint, chosen=True, says=say), keep)

    @work
    async def action_votes(self) -> None:
        """Ask how many votes it got."""
        if not (found := self.action):
            return

        def keep(said: str) -> str:
            label = f"Votes {said.strip() or 'none'}: {found.text}"
            return self.attempt(label, lambda session: set_votes(session, found.id, said))

        now = str(found.votes or "")
        field = Field("votes", "Votes", now, "The dots or hands it got.", chosen=True)
        await self.ask(found, field, keep)
