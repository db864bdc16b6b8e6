"""The editor: what it shows first, how one gets from screen to screen, and who hears what."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import get_current_worker

from offwall.model.records import Session
from offwall.model.records.text import plain
from offwall.tui.kit import Context, RecordList, Say, SessionScreen
from offwall.tui.kit.keys import Need, foot, key, keys
from offwall.tui.kit.messages import Back, Edit, Go, Open, ServiceMessage
from offwall.tui.kit.sections import Sections
from offwall.tui.kit.session_screen import load_screens, name_of_screen, screen_class
from offwall.tui.services import recent_sessions, session_files
from offwall.tui.services.co_editing import READ_ONLY_REFUSAL
from offwall.tui.services.editing import DISK_CHECK_SECONDS, SHOW_SAVING_AFTER
from offwall.tui.services.services import Services
from offwall.tui.services.terminal_app import TERMINAL_KEYS, TerminalApp
from offwall.tui.terminal.tuning import resume_gc

if TYPE_CHECKING:
    from offwall.tui.review.go_to import Destination

PRELOAD_AFTER = 0.3
"""Seconds after the start at which what comes later is loaded: the first screen is drawn then."""

NOW_PRIVATE = "Private: recent sessions and who carries how much are hidden. P shows them."
NO_LONGER_PRIVATE = "No longer private: recent sessions and who carries how much are shown."

HISTORY_TOLD = "What was done, when and by whom; back to any of it"
GO_TOLD = "Anything by a few letters; with 1, 2, 3 or 0 a part"
SETTLE_TOLD = "Write the file again where it is lost, or take the version that is offered"
PRIVATE_TOLD = "Hide recent sessions and who carries how much, or show them again"
SHARE_TOLD = "Show the line to the room while it is typed, or no longer"
HOLD_TOLD = "Have the room keep what it sees, or follow again"
PAUSE_TOLD = "Stop the clock, or let it go on; it says how much is left"
NO_HINTS_TOLD = "What there is to try in the sample is never shown again"
"""What help says of the keys that hold anywhere."""

HINTED = Need(lambda app: app.state.hint, hides=True)
CHANGEABLE = Need(
    lambda app: app.services.editing.document and not app.state.refused,
    READ_ONLY_REFUSAL,
    hides=lambda app: app.services.editing.document is None,
)


class OffwallApp(TerminalApp):
    """A session in the terminal. Messages come up to it and go on to a service of its own."""

    TITLE = "Offwall"
    BINDINGS: ClassVar[list[BindingType]] = (
        keys(
            "app",
            foot("u", "undo", "Undo", "", "Take the last change back", CHANGEABLE),
            key("U", "redo", "Redo", "", "Make it again", CHANGEABLE),
            key("z", "history", "What was done", "", HISTORY_TOLD),
            key("ctrl+t", "settle", "Settle the file", "settle_file", SETTLE_TOLD),
            key("P", "private", "Private", "", PRIVATE_TOLD),
            key("left_parenthesis", "hold", "Hold the room", "", HOLD_TOLD),
            key("V", "share", "Share the line", "", SHARE_TOLD),
            key("Z", "pause", "Pause the clock", "", PAUSE_TOLD),
            foot("comma", "go-to", "Go to", "", GO_TOLD),
            key("backslash", "no-hints", "No more hints", "", NO_HINTS_TOLD, HINTED),
        )
        + TERMINAL_KEYS
    )

    def __init__(self, path: Path | None = None, fresh: Context | None = None) -> None:
        """Open a session; without a path, ask which.

        Raises `model.store.store.StoreError` where the file cannot be read.
        """
        super().__init__(fresh or Context(presets=session_files.own_presets()))
        self.services = Services(self, self.action_leave)
        self._said_of = ""
        self._stood: dict[type[SessionScreen], str] = {}
        if path is not None:
            self.services.open(path)

    def on_mount(self) -> None:
        """Show the session, or what there is to open; look after what goes on beside it."""
        # A council's own presets that cannot be read are said, and the shipped ones serve.
        if wrong := session_files.presets_fault(self.fresh.presets):
            self.fresh = replace(self.fresh, presets=None)
            self.call_after_refresh(self.say, wrong, wrong=True)
        self.set_timer(PRELOAD_AFTER, self._load_screens)
        self.set_interval(60, self.minute_passed)
        self.set_interval(DISK_CHECK_SECONDS, self.services.editing.look_at_disks)
        if self.services.editing.document is None:
            from offwall.model.store.presets.catalogues import preset_names
            from offwall.tui.setup.start_screen import StartContext, StartScreen

            recent, presets = recent_sessions.sessions(), preset_names(self.fresh.presets)
            self.push_screen(StartScreen(StartContext(recent, presets, self._opened)))
        else:
            self._show("home")
            if screen := self.services.imports.open():
                self._show(screen)
            self.services.co_editing.greet()

    @work(thread=True, group="loading", exit_on_error=False)
    def _load_screens(self) -> None:
        """Have the other screens ready before their keys are pressed."""
        worker = get_current_worker()
        for _ in load_screens():
            if worker.is_cancelled:
                return
        resume_gc()

    def on_go(self, message: Go) -> None:
        """Another screen is wanted."""
        self._show(message.screen, message.place)

    def _show(self, name: str, place: str = "") -> None:
        self.say(self.advice)
        self.advice = ""
        self.services.first_minute.did(name)
        self.push_screen(screen_class(name)(self.session, self.fresh, place).following(self))
        self.rested()

    def on_back(self, message: Back) -> None:
        """Leave the screen that is on top."""
        self.say("")
        self.pop_screen()
        if message.place and isinstance(self.screen, SessionScreen):
            self.screen.come_back(message.place)

    def on_open(self, message: Open) -> None:
        """Open another session and show it."""
        if wrong := self._opened(message):
            self.say(wrong, wrong=True)
        else:
            self._show("home")

    def _opened(self, message: Open) -> str:
        """Open a session, made first where that is wanted; or say why it cannot be."""
        try:
            seed = self.fresh.seed()
            self.services.open(
                session_files.session_to_open(message.path, message.preset, seed, message.earlier)
            )
        except session_files.refusal_errors() as sentence:
            return str(sentence)
        self.call_later(self.services.co_editing.greet)
        return ""

    def on_session_opened(self) -> None:
        """Show what was opened."""
        self._show("home")

    # The session: edits, and how far the disks are.

    def on_edit(self, message: Edit) -> None:
        """Make a change."""
        if self.services.editing.edit(message, name_of_screen(self.open_screen)):
            self.set_timer(SHOW_SAVING_AFTER, self.services.editing.count)

    @on(ServiceMessage)
    def _hear(self, message: ServiceMessage) -> None:
        self.services.hears[type(message)](message)

    def too_large(self, session: Session) -> bool:
        """Whether a session would no longer fit into its file."""
        document = self.services.editing.document
        return document is not None and document.too_large(session)

    def watch_session(self, before: Session, now: Session) -> None:
        """A change may be one of the things to try."""
        self.services.first_minute.changed(before, now)

    def action_no_hints(self) -> None:
        """Show what there is to try never again."""
        self.services.first_minute.dismiss()

    def action_undo(self) -> None:
        """Take the last change back, and go where that is."""
        self.services.first_minute.did("undo")
        self._go_to_change(self.session, self.services.editing.undo())

    def action_redo(self) -> None:
        """Make the last undone change again, and go where that is."""
        self._go_to_change(self.session, self.services.editing.redo())

    def _go_to_change(self, before: Session, made_on: str) -> None:
        """Stand on what changed; where nothing of it is seen here, go there and say so."""
        from offwall.tui.review.history_screen import LISTS_OF_ALL, places_of_change

        found, here = places_of_change(before, self.session), self.open_screen
        if not found or here is None:
            return
        shown = {key for rows in here.query(RecordList) for key in rows.known_keys}
        to = next((one for one in found if one.key in shown), found[0])
        name = made_on if made_on not in ("", "home", *LISTS_OF_ALL) else to.screen
        there = screen_class(name)
        in_part = isinstance(here, there) or (there.PART and there.PART == here.PART)
        if not (in_part or to.key in shown or name_of_screen(here) in LISTS_OF_ALL):
            while not isinstance(self.screen, screen_class("home")):
                self.pop_screen()
            said, _ = self.state.said
            self._show(name, to.place)
            self.say(f"{said} Here: {there.TITLE}.")
        self.call_after_refresh(self._stand_on, to.key)

    def _stand_on(self, key: str) -> None:
        if isinstance(self.screen, SessionScreen):
            self.screen.come_back(key)
        lists = [rows for rows in self.screen.query(RecordList) if key in rows.known_keys]
        for rows in lists:
            rows.stand_on(key)
        if lists and not any(rows.is_on_screen for rows in lists):
            for around in (one for one in lists[0].ancestors if isinstance(one, Sections)):
                around.reveal(lists[0])

    def action_history(self) -> None:
        """Show what was done."""
        if self.services.editing.document and not isinstance(self.screen, screen_class("history")):
            self._show("history")

    def action_settle_file(self) -> None:
        """Put ours back, or take what another program wrote, as the status line offers."""
        self.services.editing.settle_file()

    # What goes on beside it.

    def action_share(self) -> None:
        """Show the line from now on, or no longer."""
        self.services.room.share()

    def action_hold(self) -> None:
        """Have the room keep what it sees, or follow again."""
        self.services.room.hold()

    def look_round(self) -> None:
        """Tell the room where one stands."""
        self.services.room.look(self.open_screen)

    def begin_private(self, private: bool) -> None:
        """Be private from the first screen on; call it before `run`."""
        self.state = replace(self.state, private=private)

    def action_private(self) -> None:
        """Hide what is nobody's business in the room, or show it again."""
        self.begin_private(not self.state.private)
        self.post_message(Say(NOW_PRIVATE if self.state.private else NO_LONGER_PRIVATE))

    def minute_passed(self) -> None:
        """Count a minute for what is open."""
        self.services.clock.minute(self.open_screen)

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        self.services.clock.toggle(self.open_screen)

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is safe; ask where that cannot be done. A line begun is said first."""
        if isinstance(self.focused, Input):
            from offwall.tui.kit.line_input import LineInput

            line = self.focused
            if isinstance(line, LineInput) and line.begun and line.value != self._said_of:
                self._said_of = line.value
                self.say("A line is begun: Enter keeps it. Ctrl+Q again leaves without it.")
                return
        await self.at_rest()
        said = await self.services.exports.leave()
        if said is not None:
            self.exit(message=Text(plain(said)) if said else None)

    def on_leave_wanted(self) -> None:
        """Leave, as by Ctrl+Q."""
        self.action_leave()

    def action_help(self) -> None:
        """Show the keys that apply here."""
        from offwall.tui.kit.help import HelpScreen, key_help, line_part

        self.push_screen(HelpScreen(key_help(self.screen), line_part(self.session)))

    def action_go_to(self) -> None:
        """Ask where to go: anything of the session, a screen, a command."""
        from offwall.tui.review.go_to import Destination, GoToScreen

        if isinstance(self.screen, ModalScreen):
            return
        commands = [
            Destination("command", one.title, one.help, run=one.callback)
            for one in self.get_system_commands(self.screen)
        ]
        self.ask_then(GoToScreen(self.session, commands), self._go)

    def _go(self, wanted: "Destination | None") -> None:
        """Run a command; or go to a screen, from home, and to the row that one stood on there."""
        if wanted is None:
            return
        self.services.first_minute.did("go")
        if wanted.run:
            wanted.run()
            return
        while not isinstance(self.screen, screen_class("home")):
            if isinstance(self.screen, SessionScreen) and isinstance(self.focused, RecordList):
                self._stood[type(self.screen)] = self.focused.key
            self.pop_screen()
        if wanted.screen != "home":
            stood = self._stood.get(screen_class(wanted.screen), "")
            self._show(wanted.screen, wanted.place or stood)
