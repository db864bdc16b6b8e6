"""The driver of keys for journeys and benchmarks: types into an App that runs under a pilot.

A burst is handed over at once, as a slow line delivers it; `KeyDriver.settle` then waits until
every key is handled and what it changed is shown.
"""

from typing import Generic, TypeVar

from textual.app import App
from textual.events import Key, Paste
from textual.pilot import Pilot

from offwall.tui.services.terminal_app import KeyQueue
from offwall.tui.terminal.textual_private import character_to_key

AppT = TypeVar("AppT", bound=App[None])


class KeyDriver(Generic[AppT]):
    """What a user does to an App that runs under a pilot and takes its keys by a `KeyQueue`."""

    def __init__(self, app: AppT, keys: KeyQueue, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self._keys = keys

    async def press(self, *keys: str) -> None:
        """Send keys in one go: names such as ``enter``, or single characters."""
        for key in keys:
            name = character_to_key(key) if len(key) == 1 else key
            self.app.post_message(Key(name, key if len(key) == 1 else None))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type characters in one go."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste text where the cursor is."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until every key is handled and shown."""
        await self.pilot.pause(0)
        await self._keys.done()
        await self.pilot.pause(0)

    def seen(self) -> str:
        """What the screen shows, as text."""
        with self.app._context():  # of two Apps in one test, a widget asks the one whose it is
            strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)
