"""What every screen of a session shares, and which screens there are."""

from collections.abc import Iterator
from importlib import import_module
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.topics.topics import topic_of
from offwall.tui.kit.context import Context
from offwall.tui.kit.form import Answers, Field
from offwall.tui.kit.frame import DetailPanel, KeyBar, ScreenHeading, StatusLine
from offwall.tui.kit.keys import Here, Outcome, Question, foot, key, keys, looks, why_off
from offwall.tui.kit.messages import Back, ExportRequested, Say
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.session_widget import SessionApp, SessionWidget, session_app
from offwall.tui.terminal.textual_private import ThriftyScreen


def park_thought(at: Here, _: object) -> Outcome:
    """Park a thought for later."""
    from offwall.model.actions.issues import park

    seed, near = at.fresh.seed(), ActivityId(at.key)

    def answered(answers: Answers) -> Outcome:
        text, by = answers["text"], answers["by"]
        return Outcome(
            "Parked a thought", lambda s: park(s, text, raised_by=by, activity=near, seed=seed)
        )

    who = Field("by", "Raised by", hint="A name or a team; may stay empty.")
    fields = [Field("text", "What is it?"), who]
    return Outcome(ask=Question("Park a thought", fields, answered))


@looks
def export(at: Here, _: object) -> Outcome:
    """Write the documents to send: all of them, or the workbook."""
    return Outcome(post=ExportRequested())


@looks
def back(at: Here, _: object) -> Outcome:
    """Back to where you came from."""
    return Outcome(post=Back(at.key))


SCREEN_KEYS = keys(
    "screen",
    foot("p", "park", "Park", park_thought),
    key("E", "export", "Export", export),
    foot("q", "back", "Back", back),
)


class SessionScreen(SessionWidget, ThriftyScreen[None]):
    """A screen with the session. ``PART`` is the clock's part that runs while it is open.

    ``TOPIC`` is the kind of topic that it is the tool of, where it is one's.
    """

    TITLE: ClassVar[str] = ""
    PART: ClassVar[str] = ""
    TOPIC: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = SCREEN_KEYS

    def __init__(self, session: Session, fresh: Context, place: str = "") -> None:
        super().__init__()
        self.set_reactive(SessionScreen.session, session)
        self.fresh = fresh
        self.place = place

    def following(self, app: SessionApp) -> Self:
        """The screen, which shows each session that comes while it is seen. Bound by the framework,
        all its widgets would be told twice of the one that it is made with.
        """

        def came(session: Session) -> None:
            if self.is_current:
                self.session = session

        self.watch(app, SessionApp.session.name, came, init=False)
        return self

    def on_screen_resume(self) -> None:
        """Hear what was told while another screen lay over this one."""
        app = session_app(self)
        app.mutate_reactive(SessionApp.session)
        app.mutate_reactive(SessionApp.state)

    def compose(self) -> ComposeResult:
        """The frame; a screen gives its own middle by `body`."""
        self.wear_breakpoints()
        yield ScreenHeading(self.TITLE, self.PART).data_bind(SessionScreen.session)
        yield from self.body()
        yield StatusLine()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What lies between the heading and the status line."""
        yield from ()

    def on_key(self, event: Key) -> None:
        """A dimmed key says why it is off."""
        if says := why_off(self, event.key, session_app(self).state.refused):
            self.post_message(Say(says))

    def here(self) -> Here:
        """Where one stands, by the activity's id; ``view`` is what a screen's own keys need."""
        return Here(self.session, self.fresh, self.standing_on())

    @property
    def topic(self) -> str:
        """The id of the topic that is worked on here; empty where it is none."""
        found = topic_of(self.session, self.TOPIC) if self.TOPIC else None
        return found.id if found else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The cursor of a list stands on another row."""
        event.stop()
        self.moved(event.sender)

    def moved(self, records: RecordList) -> None:
        """What stands beside a list says in full what its cursor stands on."""
        for shown in records.siblings:
            if isinstance(shown, DetailPanel):
                shown.look_at(records.key)

    def standing_on(self) -> ActivityId:
        """The id of the activity that a thought belongs to; empty where there is none."""
        return NO_ACTIVITY

    def come_back(self, place: str) -> None:
        """Another screen was left that stood on an activity."""


# Which screens there are, by the names that messages use.
#
# A screen is loaded when it is first shown: all of them take a fifth of a second to load, which is
# most of what a start would cost. `load_screens` has them ready for whoever presses the next key.

SCREENS: dict[str, str] = {
    "home": "offwall.tui.home:HomeScreen",
    "setup": "offwall.tui.setup.setup_screen:SetupScreen",
    "topic": "offwall.tui.topics.topic_screen:TopicScreen",
    "ranking": "offwall.tui.actions.ranking_screen:RankingScreen",
    "tiering": "offwall.tui.topics.tiers_screen:TiersScreen",
    "governance": "offwall.tui.topics.board_screen:BoardScreen",
    "challenge": "offwall.tui.topics.improvement_screen:ImprovementScreen",
    "record": "offwall.tui.process.record_screen:RecordScreen",
    "plan": "offwall.tui.actions.plan_screen:PlanScreen",
    "close": "offwall.tui.review.close_down_screen:CloseDownScreen",
    "raci": "offwall.tui.process.raci_screen:RaciScreen",
    "wall": "offwall.tui.process.wall_screen:WallScreen",
    "checks": "offwall.tui.review.checks:ChecksScreen",
    "clashes": "offwall.tui.process.conflicts_screen:ConflictsScreen",
    "words": "offwall.tui.setup.glossary_screen:GlossaryScreen",
    "again": "offwall.tui.review.carry_over_screen:CarryOverScreen",
    "requirements": "offwall.tui.process.requirements_screen:RequirementsScreen",
    "times": "offwall.tui.topics.times_screen:TimesScreen",
    "walk": "offwall.tui.process.walk_screen:WalkScreen",
    "importing": "offwall.tui.review.import_screen:ImportScreen",
    "mapping": "offwall.tui.review.mapping_screen:MappingScreen",
    "filling": "offwall.tui.review.mapping_screen:FillingScreen",
    "history": "offwall.tui.review.history_screen:HistoryScreen",
    "then": "offwall.tui.review.history_screen:ThenScreen",
}


def screen_class(name: str) -> type[SessionScreen]:
    """The screen that is known by a name. Raises `KeyError` for one that nobody knows."""
    module, _, found = SCREENS[name].partition(":")
    screen: type[SessionScreen] = getattr(import_module(module), found)
    return screen


def name_of_screen(screen: object) -> str:
    """The name of a screen; empty for none of these."""
    path = f"{type(screen).__module__}:{type(screen).__name__}"
    return next((name for name, found in SCREENS.items() if found == path), "")


def load_screens() -> Iterator[str]:
    """Load the screens one after another; yields the name of each that is ready."""
    for name in SCREENS:
        screen_class(name)
        yield name
