"""What the App itself needs mended of Textual's terminal side: driver, keys, the end, faults."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import constants, work
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Event, Key, MouseScrollDown, MouseScrollUp, MouseUp, Paste
from textual.filter import LineFilter
from textual.keys import key_to_character
from textual.screen import Screen
from textual.theme import Theme, ThemeProvider
from textual.widgets import Input
from textual.worker import WorkerError

from offwall.model.records.text import without_controls
from offwall.model.store.disk import held_folder
from offwall.tui.kit import Context, Say
from offwall.tui.kit.keys import foot, key, keys, state_of
from offwall.tui.kit.messages import ProjectedTold
from offwall.tui.kit.session_screen import SessionScreen
from offwall.tui.kit.session_widget import SessionApp
from offwall.tui.looks.appearance import PROJECTOR, CleanLines, Looks
from offwall.tui.looks.settings import Settings
from offwall.tui.services import recent_sessions
from offwall.tui.terminal import crash_report
from offwall.tui.terminal.capabilities import ssh_advice
from offwall.tui.terminal.signals import SIGNAL_EXIT_BASE, EndRequested
from offwall.tui.terminal.textual_private import (
    ESC,
    Escaped,
    Palette,
    begin_with_theme,
    driver_of,
    fail_with,
    fault_of,
    point_cursor,
    set_exit,
)
from offwall.tui.terminal.tuning import prefer_ui_thread

if TYPE_CHECKING:
    from textual.timer import Timer

WIDGET_TIMEOUT = 5.0
"""Seconds after which a widget that does not answer no longer holds up the keys behind."""

FRAME_SECONDS = 0.25
"""Seconds for which nothing is drawn while more keys wait: drawing was most of a burst's time."""

Dispatch = Callable[[Event], Awaitable[None]]


class KeyQueue:
    """Lets keys and pastes into an App one at a time.

    Textual hands a key to the focused widget's queue and lets unbound ones come round to the App as
    bindings. Keys that arrive in one read (what SSH delivers after a stall, what a test types) are
    all handed over before the first has moved the focus, so that ``n`` and the words behind it go
    to the table instead of to the line that ``n`` opens (Textual issue 6605). Here a key waits its
    turn: the queues between the focused widget and the App are emptied before the next is let in.
    """

    def __init__(
        self, app: App[None], dispatch: Dispatch, rested: Callable[[], object] = lambda: None
    ) -> None:
        """``rested`` is called when all that came is handled."""
        self._app = app
        self._dispatch = dispatch
        self.rested = rested
        self._waiting: deque[Event] = deque()
        self._task: asyncio.Task[None] | None = None

    def put(self, event: Event) -> None:
        """Take a key or a paste; it is let in when those before it are done."""
        self._waiting.append(event)
        if not self.busy:
            self._task = asyncio.create_task(self._let_in(), name="keys, one at a time")

    @property
    def busy(self) -> bool:
        """Whether a key that was taken is not wholly handled yet."""
        return self._task is not None and not self._task.done()

    async def done(self) -> None:
        """Wait until every key taken so far is wholly handled."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _let_in(self) -> None:
        try:
            while self._waiting and self._app.is_running:
                with _undrawn(self._app):
                    await self._some()
                if self._waiting:
                    await _wait_for_turn(self._app.screen.call_after_refresh)
            if self._app.is_running:
                self.rested()
        except Exception as error:
            # A task's fault is otherwise heard of by nobody, and the keys behind it stay away.
            fail_with(self._app, error)

    async def _some(self) -> None:
        """Let in what waits, as long as nobody minds that nothing is drawn."""
        until = monotonic() + FRAME_SECONDS
        while self._waiting and self._app.is_running and monotonic() < until:
            event = self._waiting.popleft()
            text = self._is_text(event)
            await self._dispatch(event)
            # A letter behind a letter goes where that went, and stands in the same queue.
            if not (text and self._waiting and self._is_text(self._waiting[0])):
                await self.settle()

    def _is_text(self, event: Event) -> bool:
        """Whether this is a letter for a field, which moves no focus and is no binding's key."""
        focused = self._app.focused
        return (
            isinstance(event, Key)
            and focused is not None
            and focused.check_consume_key(event.key, event.character)
        )

    async def settle(self) -> None:
        """Empty the queues from the focused widget up, until two looks in a row agree."""
        before: object = None
        while self._app.is_running:
            now = (self._app.screen, self._app.focused)
            for pump in (self._app.focused or self._app.screen).ancestors_with_self:
                if pump.is_running:
                    await _wait_for_turn(pump.call_later)
            if now == before and now == (self._app.screen, self._app.focused):
                return
            before = now


@contextmanager
def _undrawn(app: App[None]) -> Iterator[None]:
    """Draw nothing meanwhile, so that a key's whole outcome is one frame; but never for long."""
    with ExitStack() as batch:
        batch.callback(_wake_screen, app)
        batch.enter_context(app.batch_update())
        late = asyncio.get_running_loop().call_later(FRAME_SECONDS, batch.close)
        try:
            yield
        finally:
            late.cancel()


def _wake_screen(app: App[None]) -> None:
    """Have the screen draw: the end of a batch wakes the App alone."""
    with suppress(ScreenStackError):
        app.screen.check_idle()


async def _wait_for_turn(call: Callable[[Callable[[], object]], bool]) -> None:
    reached = asyncio.Event()
    if call(reached.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(reached.wait(), WIDGET_TIMEOUT)


DRIVER_SETTING = "OFFWALL_DRIVER"
"""Set to ``textual`` it has sent what Textual draws, instead of only what changed."""


AWAITED_WORKERS = "kept"
"""The group of workers that the App waits for before it leaves."""

LOOK_SECONDS = 0.1
"""Seconds after the keys that came last at which it is looked where one stands."""

LAST_KEYS = 0.5
"""Seconds that the keys which came before the end have to be handled."""

WORDS = {"b": "cursor_left", "f": "cursor_right", "d": "delete_right", "backspace": "delete_left"}
"""Held with Alt they go, or delete, by words in a field."""

NOT_RUN = "came with Esc in one go, as with Alt, and was not run. Press it again if it was meant."
OPENS_A_LINE = ("activity.new", "action.new")
"""The keys that open the line that a paste on a list goes into, by their ids."""

PROJECTED = "Colours for a projector. To change them press : and type Theme."
NOT_PROJECTED = "The colours stay. To change them press : and type Theme."

NO_PLACE = "What was pasted went nowhere: open a line or a field first, and paste again."


LEAVES = "Ctrl+Q leaves; what is kept is saved."
TERMINAL_KEYS = keys(
    "app",
    key(
        *("ctrl+l", "draw-again", "Draw again", ""),
        "Draw the whole screen again, where something else wrote to it",
    ),
    foot("question_mark", "help", "Help", tooltip="Keys and the line"),
    key("colon", "palette", "Commands", "command_palette"),
    replace(key("ctrl+q", "leave", "Leave at once"), priority=True),
)
"""The keys of the editor and of the room's screen alike."""


class TerminalApp(SessionApp):
    """An App that takes keys in order, shows text as text, and always gives the terminal back."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*sorted(Path(__file__).parents[1].rglob("*.tcss"))]
    """Every screen's and dialog's looks, read at once: Textual reads all of them anew when a screen
    brings its own, which costs its first opening 50 ms.
    """

    def __init__(self, fresh: Context) -> None:
        self.looks = Looks()
        super().__init__(fresh)
        self.keys = KeyQueue(self, self._let_in, self.rested)
        self._looking: Timer | None = None
        self._again = False
        self._escaped = False
        self.advice = "" if held_folder() else ssh_advice(os.environ)
        self.register_theme(PROJECTOR)
        self._clean = CleanLines()
        self._running_loop: asyncio.AbstractEventLoop | None = None
        self._asked_to_end = 0
        self._faulty = False
        self._shows_cursor = False
        self._keys_wanted: Mapping[str, str] = {}

    def apply_settings(
        self, wanted: Settings, wrong: str = "", environment: Mapping[str, str] = os.environ
    ) -> None:
        """Look as the settings say, as far as the terminal can; call it before `run`.

        ``wrong`` is what is to be said of the settings once there is a screen.
        """
        themes = self.available_themes
        name = self.looks.settle(wanted, wrong, environment, themes, self.current_theme)
        begin_with_theme(self, name)
        self.state = replace(self.state, unasked=self.looks.unasked)
        self._keys_wanted = wanted.keys or {}
        if self.looks.calm:
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Say what is wrong with the settings; keep the theme that is chosen from now on."""
        wrong = self.looks.wrong
        if self._keys_wanted:
            from offwall.tui.kit.keymap import usable

            kept, cannot = usable(self._keys_wanted, type(self))
            self.set_keymap(kept)
            wrong = f"{wrong} {cannot}".strip()
        if wrong:
            self.call_after_refresh(self.post_message, Say(wrong, wrong=True))
        self.theme_changed_signal.subscribe(self, self.keep_theme)

    def keep_theme(self, theme: Theme) -> None:
        """A theme was chosen."""
        wrong = self.looks.keep(theme)
        self.state = replace(self.state, unasked=False)
        if wrong:
            self.post_message(Say(wrong, wrong=True))

    def on_projected_told(self, message: ProjectedTold) -> None:
        """Take the projector's theme, or stay with the one that there is; it is not asked again."""
        self.say(PROJECTED if message.projected else NOT_PROJECTED)
        if message.projected:
            self.theme = PROJECTOR.name
        else:
            self.keep_theme(self.current_theme)

    @property
    def open_screen(self) -> SessionScreen | None:
        """The screen that people work at, under whatever lies over it; none before the first."""
        screens = (one for one in reversed(self.screen_stack) if isinstance(one, SessionScreen))
        return next(screens, None)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, mended."""
        self.theme_variables = self.looks.colours(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def get_key_display(self, binding: Binding) -> str:
        """What a key is called; a word where its sign could not be drawn."""
        return self.looks.key_name(super().get_key_display(binding))

    def get_driver_class(self) -> type[Driver]:
        """The driver, mended; the framework's on Windows, which has a console of its own, in a
        browser, and wherever ``TEXTUAL_DRIVER`` names one.
        """
        if sys.platform == "win32" or constants.DRIVER is not None:
            return super().get_driver_class()
        from offwall.tui.terminal.output_driver import DiffDriver, OutputDriver

        return OutputDriver if os.environ.get(DRIVER_SETTING, "") == "textual" else DiffDriver

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What lacks what its key needs is gone."""
        return state_of(self, action, parameters, lambda: self)

    def action_command_palette(self) -> None:
        """Show what can be done here."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        from offwall.tui.kit.help import palette_commands

        return palette_commands(self, screen)

    def search_themes(self) -> None:
        """Show the themes."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def action_help_quit(self) -> None:
        """Ctrl+C ends many a program; here it says what does."""
        self.say(LEAVES)

    def action_draw_again(self) -> None:
        """Draw the whole screen again: for a terminal that something else wrote to."""
        # Only our own driver repaints; it is loaded where there is a terminal.
        getattr(driver_of(self), "repaint", partial(self.refresh, layout=True))()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes on its way to the terminal."""
        return [*super().get_line_filters(), self._clean, *self.looks.filters]

    async def on_event(self, event: Event) -> None:
        """Let keys and pastes in one at a time."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if isinstance(event, Paste):
                event.text = without_controls(event.text)
            self.keys.put(event)
        else:
            await super().on_event(event)
            if isinstance(event, MouseUp | MouseScrollDown | MouseScrollUp):
                self.rested()

    def rested(self) -> None:
        """Look round soon: what the last key began may still go on."""
        self._again = self._looking is not None
        if not self._again:
            self._looking = self.set_timer(LOOK_SECONDS, self._look_round)

    def _look_round(self) -> None:
        again, self._again, self._looking = self._again, False, None
        self.look_round()
        if again:
            self.rested()

    def look_round(self) -> None:
        """Keys were handled: see where one stands now."""

    async def _let_in(self, event: Event) -> None:
        self.app_focus = True  # a key comes to no other terminal than the one that is looked at
        field = self.focused if isinstance(self.focused, Input) else None
        escaped, self._escaped = self._escaped, False
        if isinstance(event, Escaped) and field and field.value:
            self._escaped = True
        elif escaped and field and isinstance(event, Key):
            word = WORDS.get(event.key)
            if word:
                await self.run_action(f"{word}_word", field)
                await self.keys.settle()
            else:
                await self._press("escape", ESC)
                self.say(f"{self.get_key_display(Binding(event.key, ''))} {NOT_RUN}", wrong=True)
        elif isinstance(event, Escaped):
            await self._press("escape", ESC)
        else:
            if isinstance(event, Paste) and not field:
                await self._open_for_paste()
            await super().on_event(event)

    async def _press(self, key: str, character: str) -> None:
        await super().on_event(Key(key, character))
        await self.keys.settle()

    async def _open_for_paste(self) -> None:
        """Open a line where there is one, or say that nothing takes a paste."""
        for pressed, new in self.screen.active_bindings.items():
            if new.enabled and new.binding.id in OPENS_A_LINE:
                await self._press(pressed, key_to_character(pressed) or pressed)
                break
        else:
            self.say(NO_PLACE, wrong=True)

    async def at_rest(self) -> None:
        """Wait for work that was asked for with Enter, and for what comes of it."""
        kept = [worker for worker in self.workers if worker.group == AWAITED_WORKERS]
        with suppress(WorkerError):
            await self.workers.wait_for_complete(kept)
        await self.keys.settle()

    def on_load(self) -> None:
        """From here on the App can be asked to end; perhaps it already was."""
        prefer_ui_thread()
        self._running_loop = asyncio.get_running_loop()
        if self._asked_to_end:
            self.end(self._asked_to_end)

    def end(self, number: int) -> None:
        """End because of a signal; may be called from its handler, whatever goes on."""
        self._asked_to_end = number
        if self._running_loop is not None:
            self._running_loop.call_soon_threadsafe(self.post_message, EndRequested(number))

    @work(exclusive=True, group="end")
    async def on_end_requested(self, message: EndRequested) -> None:
        """Leave without a question when the keys that came before are handled."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.keys.done(), LAST_KEYS)
        self.exit(return_code=SIGNAL_EXIT_BASE + message.number)

    def fault(self, error: BaseException) -> None:
        """End because of a fault on another thread."""
        if self._running_loop is not None and isinstance(error, Exception):
            self._running_loop.call_soon_threadsafe(fail_with, self, error)

    def panic(self, *renderables: RenderableType) -> None:
        """End with one sentence, whatever the framework would print."""
        set_exit(self, crash_report.FAULT_EXIT)
        if not self._faulty:
            self._faulty = True
            folder = recent_sessions.state_folder()
            super().panic(Text(crash_report.fault_sentence(fault_of(self), folder)))

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self._shows_cursor = point_cursor(self, screen, shown=self._shows_cursor)
        super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        # The framework's own would print the session's text in a traceback.
        self.panic()
