"""The App of the room on a session file, as `journey` has the editor."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from offwall.model import store
from offwall.tui.kit.context import Context
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.projector.show_app import ShowApp
from tests.journey import TODAY
from tests.key_driver import KeyDriver

PATIENCE = 60
"""Seconds that a busy computer has to show what it will show."""


class Room(KeyDriver[ShowApp]):
    """Who looks, and what they see."""

    async def sees(self, *texts: str) -> None:
        """Wait until all of this is to be seen."""
        await self.until(lambda: all(text in self.seen() for text in texts), str(texts))

    async def settle(self) -> None:
        """Wait until every key is handled and shown, by a card that had to wait too."""
        await super().settle()
        for card in self.app.screen.query(ActivityCard):
            card.look_now()

    async def until(self, condition: Callable[[], object], said: str = "") -> None:
        """Wait until something is so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"{said}\n{self.seen()}") from None

    @property
    def rows(self) -> list[str]:
        """What is seen, line by line."""
        return self.seen().splitlines()


@asynccontextmanager
async def room(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Room]:
    """The App on a session file that somebody else changes."""
    app = ShowApp(path, store.read_session(path), Context(today=lambda: TODAY))
    try:
        async with app.run_test(size=size) as pilot:
            found = Room(app, app.keys, pilot)
            await found.settle()
            yield found
    finally:
        app.close()
