"""What a start loads, and what it leaves for later: a fifth of a second is seen."""

import gc
import math
import subprocess
import sys
from pathlib import Path

import pytest

from offwall.tui.home import HomeScreen
from offwall.tui.kit.session_screen import SCREENS, SessionScreen, load_screens, screen_class
from offwall.tui.terminal.tuning import pause_gc, resume_gc
from tests.journey import afternoon

LATER = {
    *("openpyxl", "docx", "lxml", "PIL", "icalendar", "holidays", "igraph", "python_calamine"),
    *("hypothesis", "pyarrow", "rapidfuzz", "markdown_it", "pygments", "tree_sitter"),
    *("typst", "pptx"),
    *(
        "offwall.tui.process.record_screen",
        "offwall.tui.actions.plan_screen",
        "offwall.tui.setup.start_screen",
        "offwall.tui.kit.help",
    ),
    *(
        "offwall.model.store.presets.catalogues",
        "offwall.model.compare.log",
        "offwall.model.line.complete",
        "offwall.model.line.parse",
        "offwall.tui.kit.line_input",
        "offwall.model.tables.all_sheets",
        "offwall.model.review.checks",
    ),
}


@pytest.mark.slow
def test_the_first_screen_loads_itself_and_nothing_else(own_sample: Path) -> None:
    script = (
        "import asyncio, sys; from pathlib import Path\n"
        "from offwall.tui.app import OffwallApp\n"
        "async def start():\n"
        f"    app = OffwallApp(Path({str(own_sample)!r}))\n"
        "    async with app.run_test():\n"
        f"        print(sorted({LATER!r} & set(sys.modules)), type(app.screen).__name__)\n"
        "    app.services.close()\n"
        "asyncio.run(start())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert ran.stdout == "[] HomeScreen\n"


@pytest.mark.slow
def test_asyncio_comes_without_tls_and_whoever_asks_has_it() -> None:
    script = (
        "import sys; from offwall.tui.terminal.tuning import load_asyncio\n"
        "load_asyncio()\n"
        "import asyncio; print('ssl' in sys.modules, asyncio.run(asyncio.sleep(0, 'ran')))\n"
        "import ssl; print(ssl.create_default_context().check_hostname)"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout == "False ran\nTrue\n"


@pytest.mark.slow
def test_the_editor_loads_where_there_is_no_termios() -> None:
    script = (
        "import sys; sys.modules |= {'termios': None, 'tty': None, 'curses': None}\n"
        "import offwall.tui.app, offwall.tui.projector.show_app; print('loaded')"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout == "loaded\n"


def test_every_name_is_a_screen() -> None:
    assert list(load_screens()) == list(SCREENS)
    assert all(issubclass(screen_class(name), SessionScreen) for name in SCREENS)


async def test_the_first_screen_shows_the_session(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        assert isinstance(journey.app.screen, HomeScreen)
        assert journey.session.workshop.title in journey.seen()


@pytest.mark.slow
def test_garbage_is_collected_again() -> None:
    assert gc.isenabled()
    frozen, before = gc.get_freeze_count(), gc.get_threshold()
    resume_gc()
    assert gc.get_freeze_count() == frozen
    gc.set_threshold(700, 10, 10)
    pause_gc()
    try:
        assert not gc.isenabled()
    finally:
        resume_gc()
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen
    # A large file is read in one look at everything, not in twenty.
    assert math.prod(gc.get_threshold()) == 500_000
    gc.set_threshold(*before)


@pytest.mark.slow
async def test_what_works_beside_the_screen_gives_way_soon(own_sample: Path) -> None:
    sys.setswitchinterval(0.005)
    async with afternoon(own_sample):
        assert sys.getswitchinterval() < 0.001
