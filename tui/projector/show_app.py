"""``offwall show``: a session for the room. It follows the file, and can change nothing."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.theme import Theme

from offwall.model.compare.log import RecentChanges, at_first
from offwall.model.records import Session
from offwall.model.store import StoreError, read_session
from offwall.model.store.session_file import path_in_words
from offwall.tui.kit import Context
from offwall.tui.kit.context import Standing
from offwall.tui.kit.frame import StatusLine
from offwall.tui.kit.help import HelpScreen, key_help
from offwall.tui.kit.keys import Need, foot, keys
from offwall.tui.kit.messages import Go
from offwall.tui.kit.session_screen import SCREENS, load_screens
from offwall.tui.kit.standing import stand, standing
from offwall.tui.looks.appearance import PROJECTOR
from offwall.tui.looks.settings import Settings
from offwall.tui.projector.show_screen import ShowLine
from offwall.tui.projector.show_views import NOT_SHOWN, room_screen
from offwall.tui.services import session_files
from offwall.tui.services.file_watcher import FileWatcher
from offwall.tui.services.live_line import LiveLineReader, Told
from offwall.tui.services.terminal_app import TERMINAL_KEYS, TerminalApp

FOLLOW_SECONDS = 0.25
"""Seconds between two looks: what is kept is in the file a third of a second later."""

LOOKS_BEFORE_GONE = 4
"""Looks at which a file must not be there before it is said to be gone: many programs put a new
one in the old one's place.
"""


class SessionFollower(FileWatcher):
    """Reads on a thread of its own, and calls ``tell`` there: with the session as it is now, or
    none and a sentence that says why it cannot be read.
    """

    def __init__(
        self,
        path: Path,
        tell: Callable[[Session | None, str], object],
        hear: Callable[[Told | None], object],
        every: float = FOLLOW_SECONDS,
    ) -> None:
        """``hear`` takes what the recorder's editor tells, while it does; also on the thread."""
        self._tell = tell
        self._tell_told = hear
        self._notes = LiveLineReader(path)
        self._told: Told | None = None
        self._missing = 0
        self.looked_at = time.monotonic()
        super().__init__(path, self._changed_there, every, self._odd)

    def _look(self) -> bool:
        """As any watch; and say where the file is gone, so that coming back is a change."""
        self.looked_at = time.monotonic()
        if (told := self._notes.now()) != self._told:
            self._told = told
            self._tell_told(told)
        if self._stat():
            self._missing = 0
            return super()._look()
        self._missing += 1
        if self._missing == LOOKS_BEFORE_GONE:
            self._known, self._digest = (), b"gone"
            self._tell(
                None, f"{path_in_words(self._path)} is not there; it is shown again when it is."
            )
        return False

    @property
    def silent(self) -> float:
        """Seconds since it looked last: a share that does not answer holds it up."""
        return time.monotonic() - self.looked_at

    def _odd(self, fault: Exception) -> None:
        said = f"{path_in_words(self._path)} could not be looked at ({type(fault).__name__})."
        self._tell(None, said)

    def _changed_there(self) -> None:
        try:
            session = read_session(self._path)
        except StoreError as sentence:
            self._tell(None, str(sentence))
        else:
            self._tell(session, "")


LARGER = "Too small to read? Ctrl and + makes the letters larger."

NO_CHANGE = (f"Nothing that is pressed here changes the session. {LARGER}", (), 0)

SILENT_DISK_SECONDS = 3.0
"""Seconds after which a disk or share that answers no look is said not to answer."""

SHOW_IS_READ_ONLY = (
    "This shows the session and changes nothing; the editor does: offwall SESSION.toml."
)

FOLLOW = "Come back to where the recorder stands, and follow"
ELSEWHERE = Need(lambda shown: not shown.following, "It follows already.")
LOOKING_ELSEWHERE = "You look elsewhere; 0 comes back to where the recorder stands."
MODE_KEYS = (
    ("1", "topic", "Topic", "The topic of part 1"),
    ("2", "record", "Record", "The template as it fills"),
    ("3", "plan", "Plan", "The actions, their owners and their dates"),
    ("r", "raci", "RACI", "Who does what"),
    ("W", "wall", "Wall", "The wall, as on the paper"),
)


class ShowApp(TerminalApp):
    """The editor's screens, to look at; it stands where the recorder does until a key goes
    elsewhere.
    """

    TITLE = "Offwall"
    BINDINGS: ClassVar[list[BindingType]] = (
        keys(
            "show",
            *(
                foot(pressed, mode, label, f"mode({mode!r})", tooltip)
                for pressed, mode, label, tooltip in MODE_KEYS
            ),
            foot("0,escape", "follow", "Follow", "", FOLLOW, ELSEWHERE),
            foot("q", "leave", "Leave", "", "Leave; nothing was changed"),
        )
        + TERMINAL_KEYS
    )

    line: reactive[str] = reactive("")
    card: reactive[str] = reactive("")

    def __init__(self, path: Path, session: Session, fresh: Context | None = None) -> None:
        fresh = fresh or Context(presets=session_files.own_presets())
        broken = session_files.presets_fault(fresh.presets)
        super().__init__(replace(fresh, presets=None) if broken else fresh)
        self._path = path
        self._watch: SessionFollower | None = None
        self._waits = False
        self.begin_session(session)
        self.state = replace(self.state, refused=SHOW_IS_READ_ONLY, showing=True, hint=LARGER)
        self._last: RecentChanges = at_first(session)
        self._read_at = self.fresh.now()
        self.following = True
        self._told: Told | None = None
        self._held: Session | None = None
        self._name, self._stood = "", Standing()
        self._going = asyncio.Lock()

    def on_mount(self) -> None:
        """Show where the work is, and begin to follow."""
        self.call_later(self._go, self._wanted)
        self._watch = SessionFollower(
            self._path, partial(self._heard, self._take), partial(self._heard, self._follow_told)
        )
        self.set_interval(1, self._look)
        # The other screens are ready before the recorder goes there.
        self.run_worker(lambda: [*load_screens()], thread=True, exit_on_error=False)

    def close(self) -> None:
        """Follow no more."""
        if self._watch is not None:
            self._watch.worker.close(0)

    # What the file and the recorder's editor tell; both come from the thread that reads.

    def _heard(self, take: Callable[..., object], *told: object) -> None:
        # The App may have ended while it was read.
        with suppress(RuntimeError):
            self.call_later(take, *told)

    async def _take(self, session: Session | None, wrong: str) -> None:
        """Show the file as it is now; what was last read stays where it cannot be."""
        if session is None:
            self._troubled(wrong)
            return
        self._troubled("")
        self._read_at = self.fresh.now()
        if self._told and self._told.held:
            self._held = session
            return
        self._last = self._last.after(self.session, session)
        self.session = session
        # Lists make their rows first. What a screen calls then is handed back to the App: the
        # screen may be about to go, and the App waits for that.
        self.call_after_refresh(self.call_later, self._follow)

    async def _follow_told(self, told: Told | None) -> None:
        """Stand where the recorder does, unless the room is held."""
        place = told.at if told and told.at.screen in SCREENS else None
        if told and (place is None or place.screen in NOT_SHOWN):
            told = replace(told, at=self._told.at if self._told else Standing())
        self._told = told
        self.line, self.card = (told.line, told.card) if told else ("", "")
        self.state = replace(self.state, private=bool(told and told.private))
        if self._held and not (told and told.held):
            held, self._held = self._held, None
            await self._take(held, "")
        await self._follow()

    @property
    def _wanted(self) -> Standing:
        """Where the recorder stands; where that is not told, at what was kept last."""
        if self._told and self._told.at.screen:
            return self._told.at
        kept = {"plan": self._last.action, "topic": self._last.topic}
        name = self._name or "record"
        return Standing(name, row=kept.get(name, self._last.activity))

    async def _follow(self) -> None:
        # What a key of just now moved stays there; one may still be on its way to what it moves.
        if self._looking or self.keys.busy:
            self.look_round()
        if self.following:
            await self._go(self._wanted)

    async def _go(self, wanted: Standing) -> None:
        """Stand there, on another screen where that is wanted; what lay over this one goes."""
        async with self._going:  # a key and the recorder may want it at once
            kind = room_screen(wanted, self.session)
            screen = self.open_screen
            if type(screen) is not kind:
                while isinstance(self.screen, ModalScreen):
                    self.pop_screen()
                begun, screen = screen, kind(self.session, self.fresh).following(self)
                await (self.switch_screen(screen) if begun else self.push_screen(screen))
                if not screen.is_running:  # the App is being left
                    return
                line = ShowLine().data_bind(text=ShowApp.line, card=ShowApp.card)
                await screen.mount(line, before=screen.query_one(StatusLine))
            self._name = wanted.screen
            stand(screen, wanted)
            self._stood = standing(screen)
            self.refresh_bindings()

    # The disk.

    def _look(self) -> None:
        """Say that the disk or share does not answer, while it does not."""
        silent = self._watch is not None and self._watch.silent > SILENT_DISK_SECONDS
        if silent and not self.state.trouble:
            self._troubled(f"{self._path} does not answer.")
        elif self._waits and not silent:
            self._troubled("")
        self._waits = silent

    def _troubled(self, wrong: str) -> None:
        said = f"Shown as it was at {self._read_at:%H:%M:%S}. {wrong}" if wrong else ""
        self.state = replace(self.state, trouble=said)

    def apply_settings(
        self, wanted: Settings, wrong: str = "", environment: Mapping[str, str] = os.environ
    ) -> None:
        """What the room sees is projected: where no theme is chosen, it has the one for that."""
        super().apply_settings(wanted, wrong, environment)
        if self.looks.unasked:
            super().apply_settings(replace(wanted, theme=PROJECTOR.name), wrong, environment)

    def keep_theme(self, theme: Theme) -> None:
        """A theme that is chosen here is for this run: nothing is written."""

    # Looking elsewhere, and back.

    def look_round(self) -> None:
        """Where a key moved something, it stays there."""
        if self._going.locked():
            self.rested()
        elif self.following and (shown := self.open_screen) and standing(shown) != self._stood:
            self._leave_recorder()

    def _leave_recorder(self) -> None:
        self.following = False
        self.say(LOOKING_ELSEWHERE)

    async def on_go(self, message: Go) -> None:
        """Another screen is wanted."""
        if message.screen not in NOT_SHOWN:
            await self._look_at(message.screen, message.place)

    async def _look_at(self, name: str, place: str = "") -> None:
        row = place or (self._wanted.row if name != "plan" else "")
        if self._told or place:  # without a recorder every screen follows what is kept
            self._leave_recorder()
        await self._go(Standing(name, row=row))
        await self._follow()

    async def action_mode(self, mode: str) -> None:
        """Look at something else; where the recorder stands, follow."""
        await (self.action_follow() if mode == self._wanted.screen else self._look_at(mode))

    async def action_follow(self) -> None:
        """Come back to where the recorder stands."""
        self.following = True
        self.say("")
        await self._go(self._wanted)

    def action_leave(self) -> None:
        """Leave: there is nothing to save."""
        self.exit()

    def action_help(self) -> None:
        """Show the keys that apply here."""
        self.push_screen(HelpScreen(key_help(self.screen), NO_CHANGE))
