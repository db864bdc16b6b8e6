"""Makes the moving picture at the top of README: the afternoon in half a minute.

``python -m docs.picture``, in the clone, works through the sample in the real app and writes
docs/afternoon.svg: Textual's own pictures of the screen, one shown after another by CSS alone.
It comes out the same each time. Who wants no motion, or has a viewer that knows none, sees the
first picture.
"""

import asyncio
import datetime as dt
import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from xml.sax.saxutils import escape

from offwall import sample_sessions
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import Context
from tests.journey import Journey

PICTURE = Path(__file__).resolve().parent / "afternoon.svg"

SAMPLE = "contract-management"
TODAY = dt.datetime(2026, 12, 10, 14, 0, tzinfo=dt.UTC)
SIZE = 80, 24
REST, MOST_LOOKS = 0.5, 40
"""Seconds from one look at the screen to the next, until two are the same."""

CELL, LINE = 12.2, 24.4
"""A cell of Textual's pictures, across and down."""

GROUND = "#121212"
"""What most of a screen is; it is drawn once."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are pressed, text that is typed after them, what it shows, and for how long."""

    keys: str
    typed: str
    caption: str
    seconds: float


STEPS = (
    Step("2 g j j", "", "Part 2: the post-its of the wall, stage by stage", 3),
    Step("n", "Check insurance", "A post-it is one line: what it says,", 1.6),
    Step("", " @cm a:hos", "who leads it, and who is accountable,", 1.6),
    Step("", " ?Valid >yes >no=S1.04", "the decision and where each answer leads,", 1.6),
    Step("", " +Insurance register", "the documents.", 1.6),
    Step("enter escape", "", "Enter keeps it: safe on disk before the next is read out", 3),
    Step("space", "", "Space: place and lead are agreed; on to the next", 3),
    Step("g j j j r", "", "The RACI is the same record: the lead is its R", 3.2),
    Step("escape w", "", "The wall, as on the paper", 3.2),
    Step("escape q 1 l l", "", "Part 1: actions ranked, quick wins first", 3.2),
    Step("q 3", "", "Part 3: who does what, and by when", 3.2),
    Step("q E", "", "It leaves as Excel, Word, calendars, drawing and mails", 3.8),
)


async def pictures() -> list[str]:
    """Textual's picture of the screen after each step."""
    found = []
    with TemporaryDirectory() as home:
        path = Path(home) / f"{SAMPLE}.toml"
        shutil.copyfile(sample_sessions.path(SAMPLE), path)
        async with afternoon(path) as hands:
            for step in STEPS:
                for key in step.keys.split():
                    await hands.press(key)
                await hands.type(step.typed)
                found.append(await _at_rest(hands))
    return found


async def _at_rest(hands: Journey) -> str:
    """The screen when the disks are done, and all that comes a moment after a key is shown."""
    desk = hands.app.services.editing.document
    if desk is not None and desk.changes:
        desk.settled(10)
    before, shown = "", _screen(hands)
    for _ in range(MOST_LOOKS):
        await hands.pilot.pause(REST)
        await hands.settle()
        before, shown = shown, _screen(hands)
        if before == shown:
            return shown
    raise RuntimeError("the screen does not come to rest")


def _screen(hands: Journey) -> str:
    return hands.app.export_screenshot(title="offwall", simplify=True)


@asynccontextmanager
async def afternoon(path: Path, size: tuple[int, int] = SIZE) -> AsyncIterator[Journey]:
    """The app on a session file, with ids and a date that are always the same."""
    seeds = count(1)
    homes = dict.fromkeys(("XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"), str(path.parent))
    with patch.dict(os.environ, homes):
        fresh = Context(lambda: f"seed-{next(seeds)}", TODAY.date, now=lambda: TODAY)
        app = OffwallApp(path, fresh)
        try:
            async with app.run_test(size=size) as pilot:
                hands = Journey(app, pilot, path)
                await hands.settle()
                yield hands
        finally:
            app.services.close()


_LOOK = re.compile(r"\.terminal-\d+-r(\d+) \{ ([^}]*?);? *\}")
_RECT = re.compile(r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="24')
_TEXT = re.compile(
    r'<text class="terminal-\d+-r(\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>'
)


BLANK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Rect:
    """A ground: its colour and its place in cells."""

    fill: str
    column: int
    row: int
    cells: int


def grounds(picture: str) -> list[Rect]:
    """What is not of the usual ground, neighbours of one colour as one."""
    found: list[Rect] = []
    for fill, x, y, width in _RECT.findall(picture):
        one = Rect(fill, _cells(x), int(float(y) // LINE), _cells(width))
        last = found[-1] if found else None
        if last and (last.fill, last.row, last.column + last.cells) == (fill, one.row, one.column):
            found[-1] = Rect(fill, last.column, last.row, last.cells + one.cells)
        elif fill != GROUND:
            found.append(one)
    return found


def _cells(length: str) -> int:
    return round(float(length) / CELL)


def texts(picture: str, looks: dict[str, int]) -> Iterator[str]:
    """Each text that shows something. ``looks`` numbers the looks of all pictures."""
    styles = dict(_LOOK.findall(picture))
    for style, x, y, text in _TEXT.findall(picture):
        shown = text.replace("&#160;", BLANK).strip("\n")
        kept = shown.strip(BLANK)
        if not kept:
            continue
        look = looks.setdefault(styles[style], len(looks))
        left = float(x) + CELL * (len(shown) - len(shown.lstrip(BLANK)))
        # Letters are counted as they show: an entity is one.
        wide = len(re.sub(r"&[^;]+;", "x", kept)) * CELL
        yield f'<text class="l{look}" x="{left:.1f}" y="{y}" textLength="{wide:.1f}">{kept}</text>'


def _frame(number: int, step: Step, picture: str, looks: dict[str, int]) -> str:
    rects = "".join(
        f'<rect fill="{one.fill}" x="{one.column * CELL:.1f}" y="{one.row * LINE + 1.5:.1f}"'
        f' width="{one.cells * CELL:.1f}" height="24.7"/>'
        for one in grounds(picture)
    )
    caption = f'<text class="c" x="488" y="632">{escape(step.caption)}</text>'
    return f'<g class="f f{number}">{rects}{"".join(texts(picture, looks))}{caption}</g>\n'


def _motion(steps: Sequence[Step]) -> Iterator[str]:
    """When each picture is seen; the first is what is seen without motion."""
    whole, at = sum(step.seconds for step in steps), 0.0
    yield ".f{visibility:hidden}.f0{visibility:visible}"
    yield "@media (prefers-reduced-motion:no-preference){"
    yield f".f{{animation:{whole:g}s step-end infinite}}"
    for number, step in enumerate(steps):
        begin, end = (f"{100 * t / whole:.3f}%" for t in (at, at + step.seconds))
        start = "" if number == 0 else "0%{visibility:hidden}"
        yield (
            f".f{number}{{animation-name:f{number}}}@keyframes f{number}{{{start}"
            f"{begin}{{visibility:visible}}{end}{{visibility:hidden}}}}"
        )
        at += step.seconds
    yield "}"


def moving(found: Sequence[str]) -> str:
    """One SVG of all pictures, each with its caption under it."""
    looks: dict[str, int] = {}
    frames = [
        _frame(number, step, picture, looks)
        for number, (step, picture) in enumerate(zip(STEPS, found, strict=True))
    ]
    styles = "".join(f".l{number}{{{look}}}" for look, number in looks.items())
    told = "; ".join(step.caption.rstrip(",") for step in STEPS)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 680" role="img"'
        f' aria-labelledby="t d">\n<title id="t">An afternoon with Offwall</title>\n'
        f'<desc id="d">{escape(told)}.</desc>\n<style>text{{font:20px ui-monospace,Menlo,Consolas,'
        f'"DejaVu Sans Mono",monospace;white-space:pre}}.c{{font:bold 24px system-ui,sans-serif;'
        f"fill:#fff;text-anchor:middle}}{styles}{''.join(_motion(STEPS))}</style>\n"
        f'<rect fill="#292929" width="1000" height="680" rx="8"/><g transform="translate(12, 18)">'
        f'<rect fill="{GROUND}" y="1.5" width="976" height="585.6"/>\n{"".join(frames)}</g></svg>\n'
    )


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(moving(asyncio.run(pictures())), "utf-8")


if __name__ == "__main__":
    main()
