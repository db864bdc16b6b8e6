"""Keys that go from an activity: to the line, along its routes, to a stage, to other views."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from offwall.model.process import Edge
from offwall.model.process.graph import edges
from offwall.model.records import Activity
from offwall.model.records.ids import NO_STAGE, StageId
from offwall.tui.kit import Say
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.messages import Go
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.activity_keys import ActivityKeys
from offwall.tui.process.route_text import route_nowhere, route_place, route_text


class LineKeys(ActivityKeys):
    """New, add to this one; to the stage after and before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "line('new')", "New", id="activity.new", tooltip="A new post-it after this"),
        Binding(
            "N",
            "line('before')",
            "New before",
            show=False,
            id="activity.new-before",
            tooltip="A new post-it before this",
        ),
        *(
            Binding(
                key,
                f"line('add', {prefix!r})",
                "Add to it",
                show=False,
                id=f"activity.add-{number}",
                tooltip="Add to this one: lead, document, issue, action ...",
            )
            for number, (key, prefix) in enumerate(
                [(";", ""), *((sign, sign) for sign in "@+!*^%>")]
            )
        ),
        Binding("l,right", "stage(1)", "Next stage", show=False, id="activity.next-stage"),
        Binding("h,left", "stage(-1)", "Stage before", show=False, id="activity.stage-before"),
    ]

    class LineWanted(Message):
        """The line is wanted: ``new``, ``before``, ``edit`` or ``add``, at a row."""

        def __init__(self, mode: str, key: str, prefix: str) -> None:
            super().__init__()
            self.mode = mode
            self.key = key
            self.prefix = prefix

    @property
    def headings(self) -> list[str]:
        """The keys of the stages' headings that are in view."""
        raise NotImplementedError

    @property
    def stage(self) -> StageId:
        """The id of the stage that the cursor is in."""
        if self.key.startswith(STAGE_KEY):
            return StageId(self.key.removeprefix(STAGE_KEY))
        return self.activity.stage if self.activity else NO_STAGE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A line that is not new needs an activity; a new one needs a stage."""
        if action == "choose":
            return True if self.activity else None
        if action == "line":
            at = self.session.stages if parameters[0] == "new" else self.activity
            return True if at else None
        return super().check_action(action, parameters)

    def action_line(self, mode: str, prefix: str = "") -> None:
        """Open the line."""
        self.post_message(self.LineWanted(mode, self.key, prefix))

    def action_stage(self, by: int) -> None:
        """Stand on the heading of the stage after or before."""
        headings, here = self.headings, STAGE_KEY + self.stage
        if here in headings:
            place = max(0, min(headings.index(here) + by, len(headings) - 1))
            self.stand_on(headings[place])

    def stand_on(self, key: str) -> None:
        """Put the cursor on a row, where it is shown."""
        raise NotImplementedError


# The keys that go where an activity leads, back again, and through the whole process.


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
            options = [route_text(self.session, each) for each in ways]
            chosen = await self.app.push_screen_wait(Choice(title, options))
        if chosen is not None:
            self._take(found, ways[chosen])

    def _ways(self, activity: Activity) -> tuple[Edge, ...]:
        """Where it leads: as the tier in view goes, or else as the wall says."""
        view = self.seen.view
        bridged = view.edges.get(activity.id) if view else None
        return edges(self.session, activity) if bridged is None else bridged

    def _take(self, start: Activity, edge: Edge) -> None:
        ref = self.session.ref_by_id[start.id]
        if edge.to not in self.session.activity_by_id:
            self.post_message(Say(f"{ref}: {route_nowhere(edge)}"))
            return
        self.come_from = (*self._come_from(), start.id)
        self.go_to(edge.to)
        answer = f" {edge.label}" if edge.label else ""
        self.post_message(Say(f"{ref}{answer} -> {route_place(self.session, edge)}. b goes back."))

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


# The keys that look at the same activity elsewhere: RACI, the wall, the checks, the words.


class ViewKeys(ActivityKeys):
    """Go to another view, standing on the same activity."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "view('raci')", "RACI", id="view.raci", tooltip="RACI, activities by roles"),
        Binding("w", "view('wall')", "Wall", id="view.wall", tooltip="The wall as on the paper"),
        Binding(
            "c",
            "view('checks')",
            "Checks",
            show=False,
            id="view.checks",
            tooltip="What is incomplete or inconsistent",
        ),
        Binding(
            "y",
            "view('words')",
            "Words",
            show=False,
            id="view.words",
            tooltip="What the group agreed to say",
        ),
    ]

    def action_view(self, screen: str) -> None:
        """Go there."""
        self.post_message(Go(screen, self.key))
