"""The page itself: textual-serve's, but that it loads nothing from elsewhere and knows its guests.

textual-serve's own page takes its font from a server on the internet, and answers any web page
that a browser on this computer has open. Both are mended here.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server, to_int

from offwall.model.store import StoreError, read_session
from offwall.tui.cli.say import say
from offwall.tui.kit.standing import standing
from offwall.tui.projector.page_text import current_text, screen_html
from offwall.tui.projector.show_app import ShowApp

HOST = "127.0.0.1"
OWN_HOST_NAMES = (HOST, "localhost", "::1")
"""What this computer is called by its own browser, and by one at the other end of a tunnel."""

FONT_POINTS = 20
"""Points of the letters: 80 columns on a projector of 1280 points. ``?fontsize=32`` enlarges."""

TEXT_SIZE = (120, 40)
"""Columns and lines of the screen that is read as text: names have room."""

STOP_SECONDS = 3.0
"""Seconds that the browsers' programs have to end."""

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws://{host}"
)
"""Tells the browser, too, that nothing comes from elsewhere."""


class BrowserPage(Server):
    """Runs a command for every browser that opens the page."""

    def __init__(self, command: str, port: int, path: Path) -> None:
        here = Path(__file__).parent
        super().__init__(command, host=HOST, port=port, title=path.stem, templates_path=here)
        self._path = path
        self._text = RoomText()
        self._open: set[asyncio.Task[Any] | None] = set()

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C or a signal. Raises `OSError` where the port cannot be had."""
        for name in ("textual-serve", "aiohttp"):
            # A traceback is nothing for who holds a workshop.
            logger = logging.getLogger(name)
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
        web.run_app(
            self._make_app(),
            host=HOST,
            port=self.port,
            access_log=None,
            shutdown_timeout=STOP_SECONDS,
            print=lambda _: say(
                f"The session is shown at {self.public_url} to browsers on this computer.",
                "Ctrl+C ends it.",
            ),
        )

    async def on_startup(self, app: web.Application) -> None:
        """It says where it is when it listens, and not before."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End what runs for the browsers that have the page open."""
        await self._text.end()
        for task in filter(None, tuple(self._open)):
            task.cancel()

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the command for one browser, as long as it has the page open."""
        task = asyncio.current_task()
        self._open.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._open.discard(task)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(own_browsers)
        app.router.add_get("/text", self.handle_text)
        return app

    async def handle_text(self, request: web.Request) -> web.Response:
        """What is shown where the recorder stands, as text."""
        return web.json_response(await self._text.now(self._path))

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page. It asks for what it needs by the name that the browser used."""
        known = {
            "title": self.title,
            "socket": f"ws://{request.host}/ws",
            "font_size": max(8, min(96, to_int(request.query.get("fontsize", ""), FONT_POINTS))),
        }
        return aiohttp_jinja2.render_template("page.html", request, known)


class RoomText:
    """The room's screen without a terminal, which follows the recorder; read as text."""

    def __init__(self) -> None:
        self._app: ShowApp | None = None
        self._running: asyncio.Task[None] | None = None
        self._made: tuple[tuple[object, ...], dict[str, str]] = ((), {})

    async def now(self, path: Path) -> dict[str, str]:
        """The text of all that is shown, and of the row that the recorder stands on."""
        if self._app is None or self._running is None or self._running.done():
            try:
                self._app = ShowApp(path, read_session(path))
            except StoreError as sentence:
                return {"now": str(sentence), "text": ""}
            self._running = asyncio.create_task(self._app.run_async(headless=True, size=TEXT_SIZE))
        app = self._app
        if not (app.is_running and (screen := app.open_screen)):
            return {"now": "", "text": ""}
        known = (app.session, app.state, app.line, standing(screen), screen.is_running)
        if known != self._made[0]:
            self._made = (known, {"now": current_text(screen), "text": screen_html(screen)})
        return self._made[1]

    async def end(self) -> None:
        """Follow no more."""
        if self._app and self._running:
            self._app.close()
            self._app.exit()
            with suppress(asyncio.CancelledError):
                await self._running


@web.middleware
async def own_browsers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer this computer's own pages, and no other page that a browser here has open."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or urlsplit(f"//{request.host}").hostname not in OWN_HOST_NAMES:
        raise web.HTTPForbidden(text="This page is for browsers on its own computer.")
    answer = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = CONTENT_POLICY.format(host=request.host)
        answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
