"""A headless Chromium, driven by its own protocol: what a page asked for, got, and looks like."""

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.faults.pty_driver import PRIVATE

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--window-size=1280,900", "--remote-debugging-port=0"),
)
PATIENCE = 60
"""Seconds that a busy computer has to start a browser."""


def program() -> str | None:
    """Where Chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page. It is a terminal: what its socket brings is read as a terminal reads it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._screen = pyte.Screen(200, 80)
        self._stream = pyte.ByteStream(self._screen)
        self.asked: list[str] = []
        self.complaints: list[str] = []

    async def listen(self) -> None:
        """Hear what the browser tells, until it is closed."""
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                self._hear(json.loads(message.data))

    def _hear(self, told: dict[str, Any]) -> None:
        if "id" in told:
            self._answers.pop(told["id"]).set_result(told.get("result", {}))
            return
        found = told["params"]
        match told["method"]:
            case "Network.requestWillBeSent":
                self.asked.append(found["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(found["url"])
            case "Network.webSocketFrameReceived" if found["response"]["opcode"] == 2:
                data = base64.b64decode(found["response"]["payloadData"])
                self._stream.feed(PRIVATE.sub(b"", data))
            case "Runtime.exceptionThrown":
                self.complaints.append(str(found["exceptionDetails"]))

    async def call(self, method: str, **wishes: object) -> dict[str, Any]:
        """Have the browser do something."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": wishes})
        found: dict[str, Any] = await asyncio.wait_for(answer, PATIENCE)
        return found

    async def open(self, url: str) -> None:
        """Show a page."""
        for domain in ("Network", "Runtime", "Page"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=url)

    async def press(self, key: str) -> None:
        """Press a key that types a character."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=key, key=key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def says(self, expression: str) -> Any:
        """What an expression is worth in the page."""
        found = await self.call("Runtime.evaluate", expression=expression)
        return found["result"].get("value")

    async def until_it_says(self, expression: str, text: str) -> None:
        """Wait until what an expression is worth holds a text."""
        async with asyncio.timeout(PATIENCE):
            while text not in str(await self.says(expression)):
                await asyncio.sleep(0.05)

    async def picture(self) -> bytes:
        """The page as a PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    @property
    def shown(self) -> str:
        """What the terminal in the page has to show."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(self.shown) from None


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Tab]:
    """A browser with a folder of its own, cleared away afterwards."""
    command = [program() or "", *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                tabs = await answer.json()
            page = next(tab for tab in tabs if tab["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                tab = Tab(socket)
                listening = asyncio.create_task(tab.listen())
                yield tab
                listening.cancel()
    finally:
        running.terminate()
        running.wait(30)


async def _port(said: Path) -> str:
    """Where Chromium listens; it writes that into its folder."""
    async with asyncio.timeout(PATIENCE):
        while not (said.exists() and said.read_text().count("\n")):
            await asyncio.sleep(0.05)
    return said.read_text().split()[0]
