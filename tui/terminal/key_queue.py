"""The key queue: each key is wholly handled before the next is looked at.

Textual hands a key to the focused widget's queue and lets unbound ones come round to the App as
bindings. Keys that arrive in one read (what SSH delivers after a stall, what a test types) are all
handed over before the first has moved the focus, so that ``n`` and the words behind it go to the
table instead of to the line that ``n`` opens (Textual issue 6605). Here a key waits its turn: the
queues between the focused widget and the App are emptied before the next key is let in.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic

from textual.app import App, ScreenStackError
from textual.events import Event, Key
from textual.message_pump import MessagePump

from offwall.tui.terminal.textual_private import fail_with

WIDGET_TIMEOUT = 5.0
"""Seconds after which a widget that does not answer no longer holds up the keys behind."""

FRAME_SECONDS = 0.25
"""Seconds for which nothing is drawn while more keys wait: drawing was most of a burst's time."""

Dispatch = Callable[[Event], Awaitable[None]]


class KeyQueue:
    """Lets keys and pastes into an App one at a time."""

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
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._let_in(), name="keys, one at a time")

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
            for pump in self._chain():
                await _wait_until_empty(pump)
            if now == before and now == (self._app.screen, self._app.focused):
                return
            before = now

    def _chain(self) -> list[MessagePump]:
        start = self._app.focused or self._app.screen
        return [*start.ancestors_with_self]


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


async def _wait_until_empty(pump: MessagePump) -> None:
    """Wait until the pump has handled what lies in its queue now."""
    if pump.is_running:
        await _wait_for_turn(pump.call_later)


async def _wait_for_turn(call: Callable[[Callable[[], object]], bool]) -> None:
    """Wait until what was asked for has its turn."""
    reached = asyncio.Event()
    if call(reached.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(reached.wait(), WIDGET_TIMEOUT)
