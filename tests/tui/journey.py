"""A journey: the app on a session file of its own, driven by keys as a burst over SSH would."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from model import store
from model.session import Session
from tui.app import OffwallApp
from tui.fresh import Fresh

TODAY = dt.date(2026, 12, 10)


class Journey:
    """What a user does, and what comes of it."""

    def __init__(self, app: OffwallApp, pilot: Pilot[None], path: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.path = path

    @property
    def session(self) -> Session:
        """The session now."""
        return self.app.session

    async def press(self, *keys: str) -> None:
        """Send keys in one go: names such as ``enter``, or single characters."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
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
        await self.app.keys.done()
        await self.pilot.pause(0)

    def seen(self) -> str:
        """What the screen shows, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    def on_disk(self) -> Session:
        """The session as the file has it, when what waits is written."""
        desk = self.app.desk
        assert desk is not None
        assert desk.settled(10)
        return store.read(self.path)


@asynccontextmanager
async def afternoon(
    path: Path, size: tuple[int, int] = (80, 24), today: dt.date = TODAY
) -> AsyncIterator[Journey]:
    """The app on a session file; seeds are counted and the date is the workshop's."""
    seeds = count(1)
    app = OffwallApp(path, Fresh(lambda: f"seed-{next(seeds)}", lambda: today))
    try:
        async with app.run_test(size=size) as pilot:
            journey = Journey(app, pilot, path)
            await journey.settle()
            yield journey
    finally:
        app.close_desk()
