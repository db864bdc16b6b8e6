"""Keys let in one at a time: exact however many come at once, and drawn once for many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.events import Event, Key
from textual.widgets import Input

from offwall.tui.services import terminal_app
from offwall.tui.services.terminal_app import KeyQueue
from tests.key_driver import KeyDriver


class Fields(App[None]):
    """Two fields: Enter keeps what is typed and goes to the other one; Esc hangs for a while."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "hang", ""), ("q", "hang", "")]

    def __init__(self) -> None:
        super().__init__()
        self.keys = KeyQueue(self, super().on_event)
        self.kept: list[tuple[str, str]] = []
        self.drawn_meanwhile = False

    def compose(self) -> ComposeResult:
        yield Input(id="one")
        yield Input(id="two")

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            self.keys.put(event)
        else:
            await super().on_event(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the text, a message later, and go to the other field."""
        self.kept.append((str(event.input.id), event.value))
        event.input.value = ""
        other = "#two" if event.input.id == "one" else "#one"
        self.call_later(lambda: self.query_one(other).focus())

    async def action_hang(self) -> None:
        """Work for long, where only a worker should."""
        async with asyncio.timeout(60):
            while self._batch_count:
                await asyncio.sleep(0.002)
        self.drawn_meanwhile = True


@asynccontextmanager
async def fields() -> AsyncIterator[tuple[Fields, KeyDriver[Fields]]]:
    app = Fields()
    async with app.run_test() as pilot:
        hands = KeyDriver(app, app.keys, pilot)
        await hands.settle()
        yield app, hands


@pytest.mark.slow
async def test_a_burst_goes_where_each_key_belongs() -> None:
    texts = [f"q {number} é🙂" for number in range(30)]
    async with fields() as (app, hands):
        await hands.press(*(key for text in texts for key in (*text, "enter")))
    assert app.kept == [("two" if place % 2 else "one", text) for place, text in enumerate(texts)]


async def test_letters_and_what_corrects_them_stay_in_order() -> None:
    async with fields() as (app, hands):
        await hands.press(*"abc", "backspace", *"de", "home", "X", "end", "left", "delete", *"Z")
        assert app.query_one("#one", Input).value == "XabdZ"
        await hands.press("tab", *"second", "shift+tab", *"!")
        assert [field.value for field in app.query(Input)] == ["!", "second"]


async def test_a_key_that_takes_long_does_not_keep_the_screen_from_being_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(terminal_app, "FRAME_SECONDS", 0.02)
    async with fields() as (app, hands):
        await hands.press("escape")
        assert app.drawn_meanwhile
        assert not app._batch_count


async def test_many_keys_are_drawn_as_few_frames() -> None:
    async with fields() as (app, hands):
        drawn = 0
        display = app._display

        def counted(*values: object) -> None:
            nonlocal drawn
            drawn += bool(not app._batch_count)
            display(*values)  # type: ignore[arg-type]

        app._display = counted  # type: ignore[assignment]
        await hands.press(*(key for _ in range(40) for key in (*"abc", "enter")))
        assert len(app.kept) == 40
        assert 0 < drawn < 40
