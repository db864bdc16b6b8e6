"""The editor: what it shows first, how one gets from screen to screen, and who hears what."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import get_current_worker

from offwall.model.records import Session
from offwall.model.records.bank_holidays import bank_holiday
from offwall.tui.kit import Context, RecordList, Say, SessionScreen, command_palette, plain
from offwall.tui.kit.copying import CopyWanted
from offwall.tui.kit.line_input import LineInput
from offwall.tui.kit.messages import (
    Back,
    DraftChanged,
    Edit,
    ExportRequested,
    Go,
    Open,
    PreviousSessionRequested,
    ProposalsRequested,
    Typing,
)
from offwall.tui.kit.screen_registry import load_screens, name_of_screen, screen_class
from offwall.tui.kit.sections import Sections
from offwall.tui.services import recent_sessions, session_files
from offwall.tui.services.editing import DISK_CHECK_SECONDS, SHOW_SAVING_AFTER
from offwall.tui.services.file_writer import FileWritten
from offwall.tui.services.first_minute import FirstMinute
from offwall.tui.services.journal_writer import JournalWritten
from offwall.tui.services.services import Services
from offwall.tui.services.terminal_app import DRAW_AGAIN, TerminalApp
from offwall.tui.terminal.tuning import resume_gc

if TYPE_CHECKING:
    from offwall.tui.go_to import Destination
    from offwall.tui.setup.photos import PhotoWanted

STYLE_SHEETS: list[str | PurePath] = [*sorted(Path(__file__).parent.rglob("*.tcss"))]
"""Every screen's and dialog's looks, read at once: Textual reads all of them anew when a screen
brings its own, which costs its first opening 50 ms.
"""

PRELOAD_AFTER = 0.3
"""Seconds after the start at which what comes later is loaded: the first screen is drawn then."""

NOW_PRIVATE = "Private: recent sessions and who carries how much are hidden. P shows them."
NO_LONGER_PRIVATE = "No longer private: recent sessions and who carries how much are shown."


class OffwallApp(TerminalApp):
    """A session in the terminal. Messages come up to it and go on to a service of its own."""

    TITLE = "Offwall"
    CSS_PATH = STYLE_SHEETS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="app.undo", tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Make it again"),
        Binding(
            "z",
            "history",
            "What was done",
            show=False,
            id="app.history",
            tooltip="What was done, when and by whom; back to any of it",
        ),
        Binding(
            "ctrl+t",
            "settle_file",
            "Settle the file",
            show=False,
            id="app.settle",
            tooltip="Put ours back where the file is lost, or take the version that is offered",
        ),
        Binding(
            "P",
            "private",
            "Private",
            show=False,
            id="app.private",
            tooltip="Hide recent sessions and who carries how much, or show them again",
        ),
        Binding(
            "V",
            "share",
            "Share the line",
            show=False,
            id="app.share",
            tooltip="Show the line to the room while it is typed, or no longer",
        ),
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
        Binding(
            "Z",
            "pause",
            "Pause the clock",
            show=False,
            id="app.pause",
            tooltip="Stop the clock, or let it go on; it says how much is left",
        ),
        DRAW_AGAIN,
        Binding(
            "comma",
            "go_to",
            "Go to",
            id="app.go-to",
            tooltip="Anything by a few letters; with 1, 2, 3 or 0 a part",
        ),
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Keys and the line"),
        Binding("colon", "command_palette", "Commands", id="app.palette", show=False),
        Binding(
            "backslash",
            "no_hints",
            "No more hints",
            show=False,
            id="app.no-hints",
            tooltip="What there is to try in the sample is never shown again",
        ),
    ]

    def __init__(self, path: Path | None = None, fresh: Context | None = None) -> None:
        """Open a session; without a path, ask which.

        Raises `model.store.store.StoreError` where the file cannot be read.
        """
        super().__init__(fresh or Context(presets=session_files.own_presets()))
        self.services = Services(self, self.action_leave)
        self._said_of = ""
        self._first: FirstMinute | None = None
        self._stood: dict[type[SessionScreen], str] = {}
        if path is not None:
            self.services.open(path)

    def on_mount(self) -> None:
        """Show the session, or what there is to open; look after what goes on beside it."""
        self._try_presets()
        self.set_timer(PRELOAD_AFTER, self._load_screens)
        self.set_interval(60, self.minute_passed)
        self.set_interval(DISK_CHECK_SECONDS, self.services.editing.look_at_disks)
        if self.services.editing.document is None:
            from offwall.model.store.presets.catalogues import preset_names
            from offwall.tui.setup.start_screen import StartScreen

            presets = preset_names(self.fresh.presets)
            self.push_screen(StartScreen(recent_sessions.sessions(), presets, self._opened))
        else:
            self._show("home")
            if screen := self.services.imports.open():
                self._show(screen)
            self.services.co_editing.greet()

    @work(thread=True, group="loading", exit_on_error=False)
    def _load_screens(self) -> None:
        """Have the other screens and part 3's calendar ready before their keys are pressed."""
        worker = get_current_worker()
        for _ in load_screens():
            if worker.is_cancelled:
                return
        bank_holiday(self.fresh.today(), self.session.nation)
        resume_gc()

    def _try_presets(self) -> None:
        """A council's own presets that cannot be read are said, and the shipped ones serve."""
        if wrong := session_files.presets_fault(self.fresh.presets):
            self.fresh = replace(self.fresh, presets=None)
            self.call_after_refresh(self.say, wrong, wrong=True)

    def on_go(self, message: Go) -> None:
        """Another screen is wanted."""
        self._show(message.screen, message.place)

    def _show(self, name: str, place: str = "") -> None:
        self.say(self.advice)
        self.advice = ""
        self._try(name)
        screen = screen_class(name)(self.session, self.fresh, place)
        self.push_screen(screen.data_bind(OffwallApp.session))

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
        if self.services.editing.edit(message, _path_of(self._open_screen)):
            self.set_timer(SHOW_SAVING_AFTER, self.services.editing.count)

    def on_draft_changed(self, _: DraftChanged) -> None:
        """Have the lines kept that are being typed."""
        self.services.editing.keep_drafts()

    def on_file_written(self, message: FileWritten) -> None:
        """Say what the file does not take; take over what somebody else wrote into it."""
        if message.cut is not None:
            self.services.co_editing.ask_about(message.cut)
        self.services.editing.take(message)

    def on_journal_written(self, message: JournalWritten) -> None:
        """Count what is kept."""
        self.services.editing.take(message)

    def too_large(self, session: Session) -> bool:
        """Whether a session would no longer fit into its file."""
        document = self.services.editing.document
        return document is not None and document.too_large(session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hints are there or gone."""
        return action != "no_hints" or bool(self.state.hint)

    def begin_first_minute(self, first: FirstMinute) -> None:
        """Offer what there is to try in the sample; call it before `run`."""
        self._first = first
        self.state = replace(self.state, hint=first.line)

    def action_no_hints(self) -> None:
        """Show them never again."""
        if self._first:
            self._first.dismiss()
            self._tried("")

    def _tried(self, said: str) -> None:
        """Show what is next to try, and say what is said of the one that was done."""
        if self._first:
            self.state = replace(self.state, hint=self._first.line)
            self.refresh_bindings()
            if said:
                self.post_message(Say(said))

    def _try(self, name: str) -> None:
        if self._first and not self._first.gone:
            self._tried(self._first.did(name))

    def watch_session(self, before: Session, now: Session) -> None:
        """A change may be one of the things to try."""
        if self._first and not self._first.gone:
            self._tried(self._first.changed(before, now))

    def action_undo(self) -> None:
        """Take the last change back, and go where that is."""
        self._try("undo")
        self._go_to_change(self.session, self.services.editing.undo())

    def action_redo(self) -> None:
        """Make the last undone change again, and go where that is."""
        self._go_to_change(self.session, self.services.editing.redo())

    def _go_to_change(self, before: Session, path: str) -> None:
        """Stand on what changed; where nothing of it is seen here, go there and say so."""
        from offwall.tui.review.history_screen import LISTS_OF_ALL, places_of_change

        found, here = places_of_change(before, self.session), self._open_screen
        if not found or here is None:
            return
        shown = {key for rows in here.query(RecordList) for key in rows.known_keys}
        to = next((one for one in found if one.key in shown), found[0])
        made_on = name_of_screen(path)
        name = made_on if made_on not in ("", "home", *LISTS_OF_ALL) else to.screen
        there = screen_class(name)
        in_part = isinstance(here, there) or (there.PART and there.PART == here.PART)
        if not (in_part or to.key in shown or name_of_screen(_path_of(here)) in LISTS_OF_ALL):
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

    def on_log_wanted(self) -> None:
        """Read what was done."""
        self.services.history.read()

    def action_history(self) -> None:
        """Show what was done."""
        if self.services.editing.document and not isinstance(self.screen, screen_class("history")):
            self._show("history")

    def action_settle_file(self) -> None:
        """Put ours back, or take what another program wrote, as the status line offers."""
        self.services.editing.settle_file()

    # What goes on beside it.

    def on_typing(self, message: Typing) -> None:
        """Show what the line holds now, where it is shared."""
        if self.state.sharing:
            self.services.live_line.typing(message.text)

    def action_share(self) -> None:
        """Show the line from now on, or no longer."""
        self.services.live_line.toggle()

    def begin_private(self, private: bool) -> None:
        """Be private from the first screen on; call it before `run`."""
        self.state = replace(self.state, private=private)

    def action_private(self) -> None:
        """Hide what is nobody's business in the room, or show it again."""
        self.begin_private(not self.state.private)
        self.post_message(Say(NOW_PRIVATE if self.state.private else NO_LONGER_PRIVATE))

    @property
    def _open_screen(self) -> SessionScreen | None:
        """The screen that people work at, under whatever asks them something."""
        screens = (one for one in reversed(self.screen_stack) if isinstance(one, SessionScreen))
        return next(screens, None)

    def minute_passed(self) -> None:
        """Count a minute for what is open."""
        self.services.clock.minute(self._open_screen)

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        self.services.clock.toggle(self._open_screen)

    def on_photo_question_asked(self) -> None:
        """It was asked whether there is a photo of the wall."""
        self.services.photos.asked()

    def on_photo_list_look_wanted(self) -> None:
        """Look at the photos' files."""
        self.services.photos.look()

    def on_photo_wanted(self, message: "PhotoWanted") -> None:
        """Ask for a photo."""
        self.services.photos.add(message.photo, message.seed)

    def on_previous_session_requested(self, _: PreviousSessionRequested) -> None:
        """Read the session that this one follows."""
        self.services.previous.read()

    def on_copy_wanted(self, message: CopyWanted) -> None:
        """Copy a text."""
        self.services.clipboard.copy(message)

    def on_export_requested(self, message: ExportRequested) -> None:
        """Ask what is to leave, or write the workbook that is being filled."""
        self._try("export")
        if message.filled:
            self.services.exports.fill()
        else:
            self.services.exports.ask(message.at)

    def on_proposals_requested(self, _: ProposalsRequested) -> None:
        """Work out what workbooks propose now."""
        self.services.imports.propose(self.session)

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is safe; ask where that cannot be done. A line begun is said first."""
        line = self.focused
        if isinstance(line, LineInput) and line.begun and line.value != self._said_of:
            self._said_of = line.value
            self.say("A line is begun: Enter keeps it. Ctrl+Q again leaves without it.")
            return
        await self.at_rest()
        said = await self.services.exports.leave()
        if said is not None:
            self.exit(message=Text(plain(said)) if said else None)

    def action_help(self) -> None:
        """Show the keys that apply here."""
        from offwall.tui.help import HelpScreen

        self.push_screen(HelpScreen(command_palette.key_help(self.screen)))

    def action_go_to(self) -> None:
        """Ask where to go: anything of the session, a screen, a command."""
        from offwall.tui.go_to import Destination, GoToScreen

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
        self._try("go")
        if wanted.run:
            wanted.run()
            return
        home = screen_class("home")
        while not isinstance(self.screen, home):
            if isinstance(self.screen, SessionScreen) and isinstance(self.focused, RecordList):
                self._stood[type(self.screen)] = self.focused.key
            self.pop_screen()
        if wanted.screen != "home":
            stood = self._stood.get(screen_class(wanted.screen), "")
            self._show(wanted.screen, wanted.place or stood)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return command_palette.palette_commands(self, screen)


def _path_of(screen: object) -> str:
    """Where a screen is loaded from, as the registry says it."""
    return f"{type(screen).__module__}:{type(screen).__name__}"
