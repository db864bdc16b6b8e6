"""What every screen of an open session shares: its heading, its status line, and parking."""

from collections.abc import Sequence
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from offwall.model.actions.issues import park
from offwall.model.records import Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.topics.topics import topic_of
from offwall.tui.kit.context import Context
from offwall.tui.kit.detail_panel import DetailPanel
from offwall.tui.kit.form import Answers, Field
from offwall.tui.kit.frame import KeyBar, ScreenHeading, StatusLine
from offwall.tui.kit.keys import Outcome, Question, foot, key, keys, why_off
from offwall.tui.kit.messages import Back, ExportRequested, Say
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.session_app import SessionApp
from offwall.tui.kit.session_widget import SessionWidget
from offwall.tui.terminal.textual_private import ThriftyScreen


class SessionScreen(SessionWidget, ThriftyScreen[None]):
    """A screen with the session. ``PART`` is the clock's part that runs while it is open.

    ``TOPIC`` is the kind of topic that it is the tool of, where it is one's.
    """

    TITLE: ClassVar[str] = ""
    PART: ClassVar[str] = ""
    TOPIC: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "screen",
        foot("p", "park", "Park", tooltip="Park a thought for later"),
        key(
            "E",
            "export",
            "Export",
            tooltip="Write the documents to send: all of them, or the workbook",
        ),
        foot("q", "back", "Back", tooltip="Back to where you came from"),
    )

    def __init__(self, session: Session, fresh: Context, place: str = "") -> None:
        super().__init__()
        self.set_reactive(SessionScreen.session, session)
        self.fresh = fresh
        self.place = place

    def following(self, app: SessionApp) -> Self:
        """The screen, which shows each session that comes. Bound by the framework, all its widgets
        would be told twice of the one that it is made with.
        """
        name = SessionApp.session.name
        self.watch(app, name, lambda session: setattr(self, name, session), init=False)
        return self

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
        if says := why_off(self, event.key):
            self.post_message(Say(says))

    def action_park(self) -> None:
        """Park a thought, so that the group can go on."""
        seed, near = self.fresh.seed(), self.standing_on()

        def answered(said: Answers) -> Outcome:
            text, by = said["text"], said["by"]
            return Outcome(
                "Parked a thought", lambda s: park(s, text, raised_by=by, activity=near, seed=seed)
            )

        who = Field("by", "Raised by", hint="A name or a team; may stay empty.")
        fields = [Field("text", "What is it?"), who]
        self.perform(Outcome(ask=Question("Park a thought", fields, answered)))

    @property
    def topic(self) -> str:
        """The id of the topic that is worked on here; empty where it is none."""
        found = topic_of(self.session, self.TOPIC) if self.TOPIC else None
        return found.id if found else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The cursor of a list stands on another row."""
        event.stop()
        self.moved(event.sender)

    def moved(self, found: RecordList) -> None:
        """What stands beside a list says in full what its cursor stands on."""
        for shown in found.siblings:
            if isinstance(shown, DetailPanel):
                shown.look_at(found.key)

    def standing_on(self) -> ActivityId:
        """The id of the activity that a thought belongs to; empty where there is none."""
        return NO_ACTIVITY

    @property
    def view_said(self) -> tuple[str, ...]:
        """How the screen is looked at, for whoever looks on."""
        return ()

    def take_view(self, said: Sequence[str]) -> None:
        """Look at it in the way that another one said; what is not understood is nothing."""

    def action_export(self) -> None:
        """Documents to send."""
        self.post_message(ExportRequested())

    def action_back(self) -> None:
        """Leave this screen."""
        self.post_message(Back(self.standing_on()))

    def come_back(self, place: str) -> None:
        """Another screen was left that stood on an activity."""
