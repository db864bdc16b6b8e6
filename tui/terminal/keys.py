"""Keys in order: each is wholly handled before the next is looked at.

Textual hands a key to the focused widget's queue and lets unbound ones come round to the App as
bindings. Keys that arrive in one read (what SSH delivers after a stall, what a test types) are all
handed over before the first has moved the focus, so that ``n`` and the words behind it go to the
table instead of to the line that ``n`` opens (Textual issue 6605). Here a key waits its turn: the
queues between the focused widget and the App are emptied before the next key is let in.
"""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App
from textual.events import Event
from textual.message_pump import MessagePump

PATIENCE = 5.0
"""Seconds after which a widget that does not answer no longer holds up the keys behind."""

Dispatch = Callable[[Event], Awaitable[None]]


class KeyQueue:
    """Lets keys and pastes into an App one at a time."""

    def __init__(self, app: App[None], dispatch: Dispatch) -> None:
        self._app = app
        self._dispatch = dispatch
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def put(self, event: Event) -> None:
        """Take a key or a paste; it is let in when those before it are done."""
        self._waiting.put_nowait(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._let_in(), name="keys, one at a time")

    async def done(self) -> None:
        """Wait until every key taken so far is wholly handled."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _let_in(self) -> None:
        try:
            while not self._waiting.empty() and self._app.is_running:
                await self._dispatch(self._waiting.get_nowait())
                await self.settle()
        except Exception as error:
            # A task's fault is otherwise heard of by nobody, and the keys behind it stay away.
            self._app._handle_exception(error)

    async def settle(self) -> None:
        """Empty the queues from the focused widget up, until two looks in a row agree."""
        before: object = None
        while self._app.is_running:
            now = (self._app.screen, self._app.focused)
            for pump in self._chain():
                await _emptied(pump)
            if now == before and now == (self._app.screen, self._app.focused):
                return
            before = now

    def _chain(self) -> list[MessagePump]:
        start = self._app.focused or self._app.screen
        return [*start.ancestors_with_self]


async def _emptied(pump: MessagePump) -> None:
    """Wait until the pump has handled what lies in its queue now."""
    reached = asyncio.Event()
    if pump.is_running and pump.call_later(reached.set):
        try:
            await asyncio.wait_for(reached.wait(), PATIENCE)
        except TimeoutError:
            return
