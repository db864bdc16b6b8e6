"""The page itself: textual-serve's, but that it loads nothing from elsewhere and knows its guests.

textual-serve's own page takes its font from a server on the internet, and answers any web page
that a browser on this computer has open. Both are mended here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual_serve.server import Server, to_int

from offwall.model.store import StoreError, read_session
from offwall.tui.cli.say import say
from offwall.tui.kit import RecordList, plain
from offwall.tui.kit.frame import KeyBar, ScreenHeading
from offwall.tui.kit.sections import Sections, SectionTabs
from offwall.tui.kit.selection import SelectingWidget
from offwall.tui.kit.standing import cursor_of, standing
from offwall.tui.projector.show_app import ShowApp
from offwall.tui.projector.show_screen import ShowRows

# A screen as the text of a web page: headings, tables and paragraphs in the order of reading.
#
# What is drawn in a canvas cannot be read aloud, enlarged by the browser or searched; this can.

TextRow = tuple[Sequence[str], bool, bool]
"""The cells of a row, whether it is a heading, and whether the recorder stands on it."""


def current_text(screen: Screen[Any]) -> str:
    """The row that the recorder stands on, to be read aloud when it is another; may be none."""
    at = cursor_of(screen)
    texts = at.texts() if at else ()
    return plain(texts[at.index]) if at and at.index < len(texts) else ""


def screen_html(screen: Screen[Any]) -> str:
    """All that is shown, but for the keys; text of the session is text."""
    return "\n".join(part for one in _leaves(screen) for part in _parts(one))


def _leaves(node: Widget) -> Iterator[Widget]:
    for child in node.children:
        if child.display and not isinstance(child, KeyBar):
            if child.children:
                yield from _leaves(child)
            else:
                yield child


def _parts(widget: Widget) -> Iterator[str]:
    if isinstance(widget, SectionTabs) and isinstance(widget.parent, Sections):
        yield f"<h2>{_text(widget.parent.current)}</h2>"
    elif isinstance(widget, RecordList):
        at = widget.key
        rows = [
            ([_cell(cell) for cell in row.cells], row.heading, row.key == at) for row in widget.rows
        ]
        yield from _tables(widget.titles, rows)
    elif isinstance(widget, ShowRows):
        yield from _tables(widget.titles, widget.text_rows())
    elif isinstance(widget, SelectingWidget):
        yield from _tables(
            ("",), [([one], False, n == widget.index) for n, one in enumerate(widget.texts())]
        )
    else:
        said = "<br>".join(filter(None, map(_text, _lines(widget))))
        tag = "h1" if isinstance(widget, ScreenHeading) else "p"
        yield f"<{tag}>{said}</{tag}>" if said else ""


def _tables(titles: Sequence[str], rows: Iterable[TextRow]) -> Iterator[str]:
    """A table for the rows under each heading."""
    head = "".join(f'<th scope="col">{_text(title)}</th>' for title in titles)
    for heading, several in groupby(rows, lambda row: row[1]):
        if heading:
            yield from (f"<h2>{_text(' '.join(cells))}</h2>" for cells, _, _ in several)
        else:
            body = "\n".join(_row(cells, here=here) for cells, _, here in several)
            yield f"<table><thead><tr>{head}</tr></thead>\n{body}</table>"


def _row(cells: Sequence[str], *, here: bool) -> str:
    mark = ' aria-current="true"' if here else ""
    return f"<tr{mark}>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"


def _cell(cell: str | tuple[str, str]) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _lines(widget: Widget) -> list[str]:
    """What a widget draws, line by line."""
    area = Region(0, 0, *widget.size)
    return ["".join(part.text for part in strip).strip() for strip in widget.render_lines(area)]


def _text(said: str) -> str:
    return escape(plain(said))


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

RequestHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
            print=lambda _: self._say(),
        )

    def _say(self) -> None:
        """Say where the page is, once it is there."""
        say(
            f"The session is shown at {self.public_url} to browsers on this computer.",
            "Ctrl+C ends it.",
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
        if not (app.is_running and (screen := app.shown)):
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
async def own_browsers(request: web.Request, handler: RequestHandler) -> web.StreamResponse:
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
