"""A journey: the app on a session file of its own, driven by keys as a burst over SSH would."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from textual.pilot import Pilot

from offwall.model import store
from offwall.model.records.session import Session
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import Context
from offwall.tui.process.activity_card import ActivityCard
from tests.key_driver import KeyDriver
from tests.waiting import PATIENCE

TODAY = dt.date(2026, 12, 10)


class Journey(KeyDriver[OffwallApp]):
    """What a user does, and what comes of it."""

    def __init__(self, app: OffwallApp, pilot: Pilot[None], path: Path) -> None:
        super().__init__(app, app.keys, pilot)
        self.path = path

    @property
    def session(self) -> Session:
        """The session now."""
        return self.app.session

    async def until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait for what is done beside the screen; a journey that waits for nothing fails."""
        for _ in range(int(seconds / 0.01)):
            await self.settle()
            if holds():
                # What came from a thread may not be laid out yet: a reader sees it whole.
                await self.settle()
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.seen())

    async def settle(self) -> None:
        """Wait until every key is handled and shown, by a card that had to wait too."""
        await super().settle()
        if waiting := [card for card in self.app.screen.query(ActivityCard) if card.waits]:
            for card in waiting:
                card.call_later(card.look_now)
            await super().settle()

    def on_disk(self) -> Session:
        """The session as the file has it, when what waits is written."""
        desk = self.app.services.editing.document
        assert desk is not None
        assert desk.settled(60)
        return store.read_session(self.path)


@asynccontextmanager
async def afternoon(
    path: Path,
    size: tuple[int, int] = (80, 24),
    today: dt.date = TODAY,
    presets: Path | None = None,
) -> AsyncIterator[Journey]:
    """The app on a session file; seeds are counted and the date is the workshop's."""
    seeds = count(1)
    app = OffwallApp(path, Context(lambda: f"seed-{next(seeds)}", lambda: today, presets))
    try:
        async with app.run_test(size=size) as pilot:
            journey = Journey(app, pilot, path)
            await journey.settle()
            yield journey
    finally:
        app.services.close()
