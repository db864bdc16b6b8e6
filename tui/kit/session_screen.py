"""What every screen of an open session shares: its heading, its status line, and parking."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from offwall.model.actions.issues import park
from offwall.model.records import Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.topics.topics import topic_of
from offwall.tui.kit.context import Context
from offwall.tui.kit.form import Answers, Field, Form
from offwall.tui.kit.frame import KeyBar, ScreenHeading, StatusLine
from offwall.tui.kit.messages import Back, ExportRequested
from offwall.tui.kit.session_widget import EditRequester


class SessionScreen(EditRequester, Screen[None]):
    """A screen with the session. ``PART`` is the clock's part that runs while it is open.

    ``TOPIC`` is the kind of topic that it is the tool of, where it is one's.
    """

    TITLE: ClassVar[str] = ""
    PART: ClassVar[str] = ""
    TOPIC: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "park", "Park", id="screen.park", tooltip="Park a thought for later"),
        Binding(
            "E",
            "export",
            "Export",
            show=False,
            id="screen.export",
            tooltip="Write what leaves: the workbook, or everything",
        ),
        Binding("q", "back", "Back", id="screen.back", tooltip="Back to where you came from"),
    ]

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)

    def __init__(self, session: Session, fresh: Context, place: str = "") -> None:
        super().__init__()
        self.set_reactive(SessionScreen.session, session)
        self.fresh = fresh
        self.place = place

    def compose(self) -> ComposeResult:
        """The frame; a screen gives its own middle by `body`."""
        yield ScreenHeading(self.TITLE, self.PART).data_bind(SessionScreen.session)
        yield from self.body()
        yield StatusLine()
        yield KeyBar()

    def _compositor_refresh(self) -> None:
        # In a batch the framework draws for nothing, a third of what opening a screen costs, and
        # counts it as shown.
        if self.app._batch_count:
            self._repaint_required = True
        else:
            super()._compositor_refresh()

    def body(self) -> ComposeResult:
        """What lies between the heading and the status line."""
        yield from ()

    async def ask(
        self,
        title: str,
        fields: list[Field],
        label: str,
        change: Callable[[Answers], Callable[[Session], Session]],
        about: str = "",
    ) -> bool:
        """Ask for some fields and make the change they say; what is wrong is said beside them.

        Call it from a worker. False where the user left it.
        """

        def keep(answers: Answers) -> str:
            return self.attempt(label, change(answers))

        return await self.app.push_screen_wait(Form(title, fields, keep, about)) is not None

    @work
    async def action_park(self) -> None:
        """Park a thought, so that the group can go on."""
        seed = self.fresh.seed()
        near = self.standing_on()
        await self.ask(
            "Park a thought",
            [
                Field("text", "What is it?"),
                Field("by", "Raised by", hint="A name or a team; may stay empty."),
            ],
            "Parked a thought",
            lambda said: (
                lambda session: park(
                    session, said["text"], raised_by=said["by"], activity=near, seed=seed
                )
            ),
        )

    @property
    def topic(self) -> str:
        """The id of the topic that is worked on here; empty where it is none."""
        found = topic_of(self.session, self.TOPIC) if self.TOPIC else None
        return found.id if found else ""

    def standing_on(self) -> ActivityId:
        """The id of the activity that a thought belongs to; empty where there is none."""
        return NO_ACTIVITY

    def action_export(self) -> None:
        """Write what leaves."""
        self.post_message(ExportRequested())

    def action_back(self) -> None:
        """Leave this screen."""
        self.post_message(Back(self.standing_on()))

    def come_back(self, place: str) -> None:
        """Another screen was left that stood on an activity."""
