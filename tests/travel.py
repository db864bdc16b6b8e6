"""What a key costs, counted without a clock: where it travels, and what it lays out and draws."""

import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from unittest.mock import patch

from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

from offwall import model, tui
from offwall.tui.kit.row_view import ListRow
from offwall.tui.services import terminal_app
from offwall.tui.terminal.screen_diff import TerminalAbilities
from tests.both_ways import Both, compared
from tests.journey import Journey, afternoon

FOLDERS = tuple(str(Path(str(one.__file__)).parent) for one in (model, tui))
COUNTED = {
    Compositor.reflow.__code__: "layouts",
    Compositor.render_full_update.__code__: "full draws",
    ListRow.__init__.__code__: "rows built",
    Stylesheet.apply.__code__: "styled",
}
ABILITIES = TerminalAbilities(colours_erased=True, erases_cells=True)
SIZE = (120, 40)
BEGUN = "Hold a kick-off meeting @cm ?Ready"


@dataclass(frozen=True)
class Cost:
    """What a key cost: bytes sent, layouts, full draws, rows built, how often a widget or a part of
    one was styled, and where it went.
    """

    key: str
    counts: dict[str, int]
    travelled: tuple[tuple[str, str], ...]
    """Each function that ran, in the order in which they first did: its file, from the folder of
    the program, and its name.
    """

    @property
    def files(self) -> list[str]:
        """The files that it went through."""
        return sorted({file for file, _ in self.travelled})


class Travel:
    """Notes which functions of the program run, on all threads that begin meanwhile."""

    def __init__(self) -> None:
        self._on = False
        self._counts: dict[str, int] = {}
        self._seen: dict[CodeType, None] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the threads that begin within."""
        threading.setprofile(self._called)
        try:
            yield
        finally:
            threading.setprofile(None)  # type: ignore[arg-type]

    def _here(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._note(frame.f_code)

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        if self._on and event == "call":
            self._note(frame.f_code)

    def _note(self, code: CodeType) -> None:
        if code in COUNTED:
            self._counts[COUNTED[code]] += 1
        elif code.co_filename.startswith(FOLDERS):
            self._seen.setdefault(code)

    async def of(
        self, name: str, journey: Journey, both: Both, key: str, *, to_disk: bool = False
    ) -> Cost:
        """What a key costs until it is shown; ``to_disk`` also on the other threads, until the file
        has what came of it, and the screen says so.
        """
        self._counts, self._seen = dict.fromkeys(COUNTED.values(), 0), {}
        bytes_before = both.bytes[1]
        self._on = to_disk
        sys.setprofile(self._here)
        await journey.press(key)
        if to_disk:
            document = journey.app.services.editing.document
            assert document is not None
            assert document.settled(60)
        # A card that had to wait is a part of what a key sends: until nothing more comes.
        sent = -1
        while sent != both.bytes[1]:
            sent = both.bytes[1]
            await journey.settle()
        sys.setprofile(None)
        self._on = False
        counts = {"bytes": both.bytes[1] - bytes_before, **self._counts}
        known = ((Path(one.co_filename), one.co_qualname) for one in self._seen)
        root = Path(FOLDERS[0]).parent
        travelled = ((file.relative_to(root).as_posix(), function) for file, function in known)
        return Cost(name, counts, tuple(dict.fromkeys(travelled)))


@asynccontextmanager
async def at_the_list(path: Path) -> AsyncIterator[tuple[Travel, Journey, Both]]:
    """Part 2 at rest, on an activity that is not confirmed; what is loaded late is loaded."""
    travel = Travel()
    # A busy computer, too, waits with the frame until the key is wholly handled.
    patient = patch.object(terminal_app, "FRAME_SECONDS", 600)
    with patient, travel.watching(), compared(ABILITIES) as both:
        async with afternoon(path, size=SIZE) as journey:
            await journey.until(lambda: not journey.app.workers._workers)
            await journey.press("2", "n", "x", "escape", "g", "j", "j", "space", "k")
            journey.on_disk()
            await journey.until(lambda: journey.app.state.keeping.startswith("kept"))
            # What is looked after once a second, or a minute, is no key's.
            # Nor is what the room is told, a tenth of a second after.
            await journey.until(lambda: journey.app._looking is None)
            journey.app.keys.rested = lambda: None
            timers = tuple(journey.app._timers)
            for timer in timers:
                timer.pause()
            # What the file's thread has to tell of the last key is none of the next one's.
            document = journey.app.services.editing.document
            assert document is not None
            assert document.settled(60)
            await journey.settle()
            watch = journey.app.services.co_editing._watch
            assert watch is not None
            assert watch.worker.close(60)
            yield travel, journey, both
            for timer in timers:
                timer.resume()


async def costs(path: Path) -> list[Cost]:
    """What each key of a fixed journey costs, on a copy of the sample."""
    async with at_the_list(path) as (travel, journey, both):
        move = await travel.of("a move", journey, both, "j")
        confirmed = sum(activity.confirmed for activity in journey.session.activities)
        confirm = await travel.of("space", journey, both, "space")
        assert sum(one.confirmed for one in journey.session.activities) == confirmed + 1
        for asked in ("slash", "escape"):  # what asks is made then, and stays
            await journey.press(asked)
        find = await travel.of("find, opened", journey, both, "slash")
        left = await travel.of("find, left", journey, both, "escape")
        for opening in ("n", "H"):  # the line opens by a layout, and that is its own key's
            await journey.press(opening)
        letter = await travel.of("a letter", journey, both, "o")
        leave = await travel.of("Esc, out of the line", journey, both, "escape")
        await journey.press("n")
        await journey.type(BEGUN[2:])
        journey.on_disk()
        keep = await travel.of("Enter, a post-it", journey, both, "enter", to_disk=True)
        await journey.press("escape")
        end = await travel.of("the end", journey, both, "G")
        return [move, confirm, find, left, letter, leave, keep, end]


async def openings(path: Path) -> dict[str, dict[str, int]]:
    """What each part costs when it is opened for the second time."""
    async with at_the_list(path) as (travel, journey, both):
        await journey.press("q")
        found = {}
        for name, *before, opens, back in (
            ("part 2", "2", "q"),
            ("RACI", "2", "r", "escape"),
            ("part 3", "3", "q"),
        ):
            await journey.press(*before, opens, back)
            cost = await travel.of(name, journey, both, opens)
            found[name] = cost.counts
            await journey.press(back, *("q" for _ in before))
        return found
