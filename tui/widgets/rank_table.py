"""The improvements as they rank, or by number while votes are called out."""

from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from model.edits.voting import clear_votes, dots_left, numbered, set_voting, votes_cast
from model.ranking import rank
from model.session import Action, Group, Session
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.action_columns import Context, cells
from tui.widgets.action_table import ActionTable
from tui.widgets.record_list import Row

COLUMNS = ("rank", "text", "score", "band", "approval", "votes")
DOTS = 3
"""Dots for each person that are offered: what a sheet of stickers gives a room."""

EMPTY = "No action yet. Press n and type the first as people call it out."


def _key(key: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    return Binding(key, action, name, show=show, id=f"rank.{action}", tooltip=tooltip)


class RankTable(ActionTable):
    """Digits score, ``=`` says who approves; v votes, J and K are the group's move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("v", "vote", "Vote", "Votes as people call them out, by number", show=True),
        _key("V", "votes", "Votes of one", "How many votes this one got"),
        _key("d", "dots", "Dots", "How many people vote, and with how many dots each"),
        _key("X", "clear", "Clear votes", "Take every vote away, to vote again"),
        _key("enter", "next", "Next", "Go to the next action that lacks a score"),
        _key("at", "owner", "Owner", "Who does it: a role, a person or a group"),
        _key("w", "when", "When", "The target date"),
    ]

    class VoteWanted(Message):
        """Votes are to be called out."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(
            fresh, columns=COLUMNS, needed=("impact", "effort"), empty=EMPTY, id="rank"
        )
        self._by_number = False

    def rebuild(self) -> None:
        """Make the rows: as they rank, or by the number that they are voted for by."""
        session = self.session
        listed = numbered(session) if self._by_number else dict(enumerate(rank(session), 1))
        self._listed = {action.id: action for action in listed.values()}
        numbers = {action.id: number for number, action in listed.items()}
        context = Context(session, numbers, {}, self.wide)
        self._say_votes()
        self.put(
            [Row(one.id, cells(self.shown, self._shown(one), context)) for one in listed.values()]
        )

    def _shown(self, action: Action) -> Action:
        """While votes are called out a number is a number, wherever the group moved the action."""
        return replace(action, place=None) if self._by_number else action

    def _say_votes(self) -> None:
        if not self._by_number:
            self.show_banner("")
            return
        voting, left, cast = self.session.voting, dots_left(self.session), votes_cast(self.session)
        if left is None:
            said = f"{count(cast, 'vote')} given"
        else:
            who = f"{voting.voters} people, {count(voting.dots or 0, 'dot')} each"
            said = f"{cast} of {cast + left} votes given, {left} left ({who})"
        self.show_banner(f"By number: {said}", "Esc ranks them")

    def by_number(self, *, wanted: bool) -> None:
        """List the actions by number, so that they stay where they are while votes come in."""
        if wanted != self._by_number:
            self._by_number = wanted
            self.rebuild()
            self.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an action or a vote is dimmed where there is none."""
        able = {
            "vote": bool(self._listed),
            "clear": votes_cast(self.session) > 0,
        }
        if action in able:
            return able[action] or None
        return super().check_action(action, parameters)

    @work
    async def action_vote(self) -> None:
        """Call votes out; the first time it is asked how many dots there are."""
        if dots_left(self.session) is None and not votes_cast(self.session):
            await self._ask_dots("Esc goes on to the votes, and counts no dots.")
        self.post_message(self.VoteWanted())

    @work
    async def action_dots(self) -> None:
        """Ask how many vote, and with how many dots."""
        await self._ask_dots()

    async def _ask_dots(self, about: str = "") -> None:
        voting = self.session.voting
        voters = voting.voters or _in_the_room(self.session)
        fields = [
            Field("voters", "People", str(voters or ""), "How many vote.", chosen=True),
            Field("dots", "Dots each", str(voting.dots or DOTS), "Both empty: no count.", (), True),
        ]

        def keep(said: Answers) -> str:
            label = f"Dots: {said['voters'] or 'no'} people, {said['dots'] or 'none'} each"
            return self.attempt(label, lambda s: set_voting(s, said["voters"], said["dots"]))

        await self.app.push_screen_wait(Form("Dot votes", fields, keep, about))

    def action_clear(self) -> None:
        """Take every vote away."""
        self.attempt_or_say(f"Cleared {count(votes_cast(self.session), 'vote')}", clear_votes)


def _in_the_room(session: Session) -> int:
    """The people who were there, as far as they are listed."""
    return sum(person.group in (Group.CORE, Group.PARTICIPANT) for person in session.people)
