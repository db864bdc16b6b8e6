"""What the room can look at: the template, the RACI, the wall, the plan, the topic."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from model.presets import topic_kinds
from tui.screens.card import CardScreen
from tui.showing.screen import ShowScreen
from tui.widgets.activity_card import STAGE
from tui.widgets.show_counts import Review, ShowCounts, planned
from tui.widgets.show_led import Led
from tui.widgets.show_lists import ShownPlan, ShownRaci, ShownWall
from tui.widgets.show_template import ShowTemplate
from tui.widgets.show_topic import ShowTopic

LETTERS = " R leads   r also responsible   A accountable   C consulted   I informed"


class RecordMode(ShowScreen):
    """The template as it fills."""

    def view(self) -> Led:
        """The rows around what was kept last."""
        return ShowTemplate()

    def below(self) -> ComposeResult:
        """How far the review has come."""
        yield ShowCounts(Review()).data_bind(ShowScreen.session)

    def heading(self) -> str:
        """The stage of the one in the middle."""
        return stage_name(self, self.shown.key) or "The record"


class RaciMode(ShowScreen):
    """Who does what."""

    def view(self) -> Led:
        """The grid."""
        return ShownRaci()

    def below(self) -> ComposeResult:
        """What the letters mean."""
        yield Static(Content.styled(LETTERS, "bold"), id="show-letters")

    def heading(self) -> str:
        """What the letters belong to."""
        return "RACI"


class WallMode(ShowScreen):
    """The wall, as on the paper."""

    def view(self) -> Led:
        """The notes."""
        return ShownWall()

    def heading(self) -> str:
        """The stage under the cursor."""
        return stage_name(self, self.shown.key) or "The wall"

    def on_wall_keys_chosen(self, event: ShownWall.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = CardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(ShowScreen.session))


class PlanMode(ShowScreen):
    """The actions, their owners and their dates."""

    PART = "plan"

    def view(self) -> Led:
        """The plan."""
        return ShownPlan(self.fresh)

    def below(self) -> ComposeResult:
        """How many have an owner and a date."""
        yield ShowCounts(planned).data_bind(ShowScreen.session)

    def wanted(self) -> str:
        """The action that was kept last."""
        return self.last.action

    def heading(self) -> str:
        """What the actions are."""
        return "The plan"


class TopicMode(ShowScreen):
    """The topic of part 1."""

    PART = "topic"

    def view(self) -> Led:
        """The topic in full."""
        return ShowTopic({kind.kind: kind for kind in topic_kinds(self.fresh.presets)})

    def wanted(self) -> str:
        """The topic that was kept last."""
        return self.last.topic

    def heading(self) -> str:
        """What the topic is called."""
        shown = self.query_one(ShowTopic)
        return shown.title or "The topic"


def stage_name(screen: ShowScreen, key: str) -> str:
    """The stage of an activity, or of a heading by its key."""
    activity = screen.session.activity_by_id.get(key)
    known = activity.stage if activity else key.removeprefix(STAGE)
    stage = screen.session.stage_by_id.get(known)
    return stage.name or stage.id if stage else ""


MODES: dict[str, type[ShowScreen]] = {
    "record": RecordMode,
    "raci": RaciMode,
    "wall": WallMode,
    "plan": PlanMode,
    "topic": TopicMode,
}
"""Each by the name that `tui.messages.Go` calls it."""
