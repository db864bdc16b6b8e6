"""The keys that accept what workbooks propose, or leave it: one by one, or all at once."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.importing import Kind, Proposal, Proposals, accept
from tui.dialogs.choice import Choice
from tui.messages import Say
from tui.text import count, plain
from tui.widgets.import_rows import ImportRows

STAY = "Leave it here"


class ImportList(ImportRows):
    """Each key settles the line under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e,space", "accept", "Accept", id="import.accept", tooltip="Take it over; choose"
        ),
        Binding("x", "leave", "Leave", id="import.leave", tooltip="Leave it; nothing changes"),
        Binding(
            "A", "all", "Accept all", id="import.all", tooltip="All but clashes; nothing is removed"
        ),
        Binding("m", "next", "Next", id="import.next", tooltip="Go to the next that waits"),
    ]

    def __init__(self, proposals: Proposals) -> None:
        super().__init__(proposals)
        self._choices: dict[str, int] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered where there is something that it can be done to."""
        if action in ("accept", "leave"):
            return (self.proposal is not None and not self.settled(self.proposal)) or None
        if action == "all":
            return any(one.unasked for one in self.waiting) or None
        return True if action != "next" or self.waiting else None

    @work
    async def action_accept(self) -> None:
        """Accept the one under the cursor; of several readings one is asked for."""
        if (one := self.proposal) is None or self.settled(one):
            return
        chosen: int | None = 0
        if len(one.readings) > 1 or one.kind is Kind.MISSING:
            chosen = await self._chosen(one)
        if chosen is None:
            return
        if chosen < 0 or self.holds(one, chosen):
            self._leave(one)
            return
        self._choices[one.id] = chosen
        self._accept([one], f"{one.place} {one.kind}".strip())

    async def _chosen(self, one: Proposal) -> int | None:
        """Which reading; -1 for none of them, where that is on offer."""
        first = [STAY] if one.kind is Kind.MISSING else []
        options = [*first, *(reading.says for reading in one.readings)]
        title = f"{one.place} {plain(one.what)}".strip()
        chosen = await self.app.push_screen_wait(Choice(title, options, one.says))
        return None if chosen is None else chosen - len(first)

    def action_leave(self) -> None:
        """Leave the one under the cursor as it is here."""
        if (one := self.proposal) is not None and not self.settled(one):
            self._leave(one)

    def _leave(self, one: Proposal) -> None:
        self._left.add(one.id)
        self._go_on(one.id)
        self.rebuild()
        self.post_message(Say(f"Left as it is: {one.place} {one.what}"))

    def action_all(self) -> None:
        """Accept all that need no choice and were not left."""
        found = [one for one in self.waiting if one.unasked]
        self._accept(found, f"Accepted {count(len(found), 'proposal')}")

    def _accept(self, found: list[Proposal], label: str) -> None:
        ids, choices = tuple(one.id for one in found), dict(self._choices)
        proposals = self.proposals
        if self.attempt_or_say(label, lambda now: accept(now, proposals, ids, choices)):
            self._go_on(ids[-1])

    def _go_on(self, after: str) -> None:
        """Stand on the next that waits, round to the first."""
        order = [one.id for one in self.proposals.found]
        at = order.index(after)
        waiting = {one.id for one in self.waiting} - {after}
        following = (key for key in (*order[at:], *order[:at]) if key in waiting)
        if found := next(following, ""):
            self.go_to(found)

    def action_next(self) -> None:
        """Stand on the next that waits."""
        if self.proposal is not None:
            self._go_on(self.key)
        elif self.waiting:
            self.go_to(self.waiting[0].id)
