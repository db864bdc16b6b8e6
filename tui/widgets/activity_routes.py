"""The keys that go where an activity leads, back again, and through the whole process."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.flow import Edge, edges
from model.session import Activity
from tui.dialogs.choice import Choice
from tui.messages import Go, Say
from tui.widgets.activity_keys import ActivityKeys
from tui.widgets.way_words import nowhere, place_of, way


class RouteKeys(ActivityKeys):
    """Follow a route, go back, read a path from start to end."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"follow"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d",
            "follow",
            "Follow",
            show=False,
            id="activity.follow",
            tooltip="Go where it leads; at a decision, choose the answer",
        ),
        Binding(
            "b",
            "return",
            "Back",
            show=False,
            id="activity.return",
            tooltip="Go back along what was followed",
        ),
        Binding(
            "W",
            "walk",
            "Walk",
            show=False,
            id="activity.walk",
            tooltip="Read a path from start to end, an answer at each decision",
        ),
    ]

    come_from: tuple[str, ...] = ()
    """The activities that were left by following, the first one first."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back only after one was followed; a walk needs something to walk."""
        if action == "return" and not self._come_from():
            return None
        if action == "walk" and not self.session.activities:
            return None
        return super().check_action(action, parameters)

    @work
    async def action_follow(self) -> None:
        """Go where the activity leads; ask, where it leads to several."""
        if not (found := self.activity):
            return
        ways = self._ways(found)
        chosen: int | None = 0
        if len(ways) > 1:
            title = f"{self.session.ref_by_id[found.id]} {found.decision or found.text}"
            options = [way(self.session, each) for each in ways]
            chosen = await self.app.push_screen_wait(Choice(title, options))
        if chosen is not None:
            self._take(found, ways[chosen])

    def _ways(self, activity: Activity) -> tuple[Edge, ...]:
        """Where it leads: as the tier in view goes, or else as the wall says."""
        view = self.seen.view
        bridged = view.edges.get(activity.id) if view else None
        return edges(self.session, activity) if bridged is None else bridged

    def _take(self, source: Activity, edge: Edge) -> None:
        ref = self.session.ref_by_id[source.id]
        if edge.to not in self.session.activity_by_id:
            self.post_message(Say(f"{ref}: {nowhere(edge)}"))
            return
        self.come_from = (*self._come_from(), source.id)
        self.go_to(edge.to)
        answer = f" {edge.label}" if edge.label else ""
        self.post_message(Say(f"{ref}{answer} -> {place_of(self.session, edge)}. b goes back."))

    def action_return(self) -> None:
        """Go back to the activity that was followed last."""
        if path := self._come_from():
            *rest, last = path
            self.come_from = tuple(rest)
            self.go_to(last)
            ref = self.session.ref_by_id[last]
            more = " b goes further back." if rest else ""
            self.post_message(Say(f"Back at {ref}.{more}"))

    def _come_from(self) -> tuple[str, ...]:
        """Those of the activities left that are still on the wall."""
        known = self.session.activity_by_id
        return tuple(activity for activity in self.come_from if activity in known)

    def action_walk(self) -> None:
        """Read a path from start to end."""
        self.post_message(Go("walk", self.key))
