"""Makes a gallery of every screen: to look at them before a change of looks is called finished.

``python -m docs.gallery FOLDER``, in the clone, walks the real app through the sample, the cup of
coffee, a school's admissions, a session of 200 activities and a second session, each at four
sizes, and keeps every screen in four looks: ``FOLDER/SESSION/SIZE/LOOK/SCREEN.svg``, and a PNG
beside it where resvg is there (the program of that name, or the package resvg_py). ``--session``,
``--size``, ``--look`` and ``--screen`` narrow that; each may be said several times.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from docs.picture import afternoon
from offwall import sample_sessions
from offwall.model.records import Session
from offwall.model.review.second_session import second_session
from offwall.model.store import read_session
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.app import OffwallApp
from offwall.tui.home import HomeScreen
from offwall.tui.kit.messages import Go
from offwall.tui.looks.settings import Settings
from tests.key_driver import KeyDriver

SIZES = ((80, 24), (120, 40), (200, 50), (60, 20))
PIXELS = 12
"""How wide a cell is in a PNG."""

DEEPEST = 5
"""Screens and dialogs that stand one above another at the most."""

TRUE_COLOURS = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, and what the terminal says that it can."""

    theme: str
    environment: Mapping[str, str]


LOOKS = {
    "projector": Look("projector", TRUE_COLOURS),
    "dark": Look("textual-dark", TRUE_COLOURS),
    "16-colours": Look("textual-dark", {"TERM": "linux"}),
    "no-colour": Look("textual-dark", TRUE_COLOURS | {"NO_COLOR": "1"}),
}

SCREENS = {
    "home": "",
    "topic": "1",
    "issues": "1 l",
    "actions": "1 l l",
    "ranking": "@ranking",
    "challenge": "@challenge",
    "tiers": "@tiering",
    "governance": "@governance",
    "record": "2 g j",
    "record-stage": "2 g",
    "line": "2 g j n",
    "edit": "2 g j enter",
    "raci": "2 g j r",
    "wall": "2 g j W",
    "walk": "2 g j R",
    "checks": "2 g j c",
    "words": "2 g j a",
    "plan": "3 g j",
    "load": "3 g j tab",
    "next-steps": "3 l",
    "spread": "3 l l",
    "photos": "3 l l l",
    "close-down": "C",
    "last-time": "@again",
    "requirements": "@requirements",
    "times": "@times",
    "history": "z",
    "set-up": "0",
    "stages": "0 l",
    "roles": "0 l l",
    "people": "0 l l l",
    "meetings": "0 l l l l",
    "approvals": "0 l l l l l",
    "park": "p",
    "export": "E",
    "go-to": ",",
    "help": "?",
    "commands": ":",
}
"""The keys that lead to each screen from home; behind an @ the name under which it is known."""

ADMISSIONS_STAGES = (
    ("Prepare the round", "Agree the arrangements", "Publish the prospectus", "Open the portal"),
    ("Receive applications", "Log the application", "Check the address", "Ask for what is missing"),
    ("Allocate places", "Apply the criteria", "Run the allocation", "Check the waiting list"),
    ("Offer and appeal", "Send offers on national offer day", "Hear the appeal", "Close the round"),
)


def admissions() -> Session:
    """A school's admissions, as far as a first hour gets."""
    names = ("Admissions Officer", "Head of Service", "School", "Legal Services")
    codes = ("ao", "hos", "sch", "ls")
    lines = ["[workshop]", 'title = "School admissions"', 'process = "School admissions"']
    for code, name in zip(codes, names, strict=True):
        lines += ["[[roles]]", f'code = "{code}"', f'name = "{name}"']
    for number, name in enumerate(("Amira Khan", "Grace Obi", "Dan Cole"), 1):
        lines += ["[[people]]", f'id = "p-{number}"', f'name = "{name}"', 'group = "core"']
    for number, (stage, *activities) in enumerate(ADMISSIONS_STAGES, 1):
        lines += ["[[stages]]", f'id = "S{number}"', f'name = "{stage}"']
        for place, text in enumerate(activities):
            lines += ["[[activities]]", f'id = "a-{number}{place}"', f'stage = "S{number}"']
            lines += [f'text = "{text}"', f'lead = "{codes[(number + place) % 4]}"']
            lines += ['open_point = "Who decides where two families tie?"'] if place == 1 else []
    for number in range(1, 10):
        owner = 'owner = "p-1"' if number % 2 else 'owner = "p-2"'
        lines += ["[[actions]]", f'id = "n-{number}"', f'text = "Action number {number}"', owner]
    return _read("\n".join(lines))


def large() -> Session:
    """The sample's activities again and again, until there are 200; nothing leads anywhere."""
    full = read_session(sample_sessions.path("contract-management"))
    some = full.activities
    many = tuple(replace(some[n % len(some)], id=f"a-{n}", routes=(), then="") for n in range(200))
    return replace(full, activities=many, issues=(), actions=())


def second() -> Session:
    """A second session on the sample, in which all that was open last time is gone through."""
    return second_session(sample("contract-management"), seed="seed")


def _read(text: str) -> Session:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.toml"
        path.write_text(text, "utf-8")
        return read_session(path)


def sample(name: str) -> Session:
    """A sample by its name."""
    return read_session(sample_sessions.path(name))


SESSIONS: Mapping[str, Callable[[], Session]] = {
    "sample": partial(sample, "contract-management"),
    "coffee": partial(sample, "cup-of-coffee"),
    "admissions": admissions,
    "large": large,
    "second": second,
}


def wear(app: OffwallApp, look: Look) -> None:
    """Look so from now on."""
    app.apply_settings(Settings(theme=look.theme), environment=look.environment)
    app.refresh_css(animate=False)


async def home_again(hands: KeyDriver[OffwallApp]) -> None:
    """Leave whatever is open, up to the first screen of the session."""
    for key in ("escape", "q") * DEEPEST:
        if isinstance(hands.app.screen, HomeScreen):
            return
        await hands.press(key)


async def walk(
    hands: KeyDriver[OffwallApp], screens: Sequence[str], shown: Callable[[str], Awaitable[None]]
) -> None:
    """Go to each screen from home and call ``shown`` there."""
    for name in screens:
        way = SCREENS[name]
        if way.startswith("@"):
            hands.app.post_message(Go(way[1:]))
            await hands.settle()
        else:
            await hands.press(*way.split())
        await hands.settle()
        await shown(name)
        await home_again(hands)


def png_maker() -> Callable[[Path, int], object] | None:
    """What makes a PNG so wide beside an SVG; none where resvg is not there.

    A program that knows no textLength, as rsvg-convert, moves the words of a picture.
    """
    if shutil.which("resvg"):
        return _png_by_program
    return _png_by_package if find_spec("resvg_py") else None


def _png_by_program(svg: Path, width: int) -> None:
    subprocess.run(  # noqa: S603  (one found on the path)
        ["resvg", "--width", str(width), svg, svg.with_suffix(".png")],  # noqa: S607
        check=True,
    )


def _png_by_package(svg: Path, width: int) -> None:
    import resvg_py

    made = resvg_py.svg_to_bytes(svg_path=str(svg), width=width)
    svg.with_suffix(".png").write_bytes(bytes(made))


async def gallery(folder: Path, wanted: argparse.Namespace) -> int:
    """Write the pictures; how many there are.

    Each look has an App of its own, which wears it from the start, as it does on a terminal.
    """
    to_png, made = png_maker(), []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as others:

        async def keep(hands: KeyDriver[OffwallApp], into: Path, name: str) -> None:
            svg = into / f"{name}.svg"
            svg.write_text(hands.app.export_screenshot(title=name), "utf-8")
            if to_png:
                made.append(others.submit(to_png, svg, PIXELS * hands.app.size.width))

        for session, size, look in product(wanted.session, wanted.size, wanted.look):
            into = folder / session / "x".join(map(str, size)) / look
            into.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory() as home, patch.dict(os.environ, LOOKS[look].environment):
                path = Path(home) / f"{session}.toml"
                path.write_text(dumps(SESSIONS[session]()), "utf-8")
                async with afternoon(path, size) as hands:
                    wear(hands.app, LOOKS[look])
                    await walk(hands, wanted.screen, partial(keep, hands, into))
        for one in made:
            one.result()
    places = product(wanted.session, wanted.size, wanted.look, wanted.screen)
    return sum(1 for _ in places)


def _size(said: str) -> tuple[int, int]:
    width, _, height = said.partition("x")
    return int(width), int(height)


def main() -> None:
    """Make the gallery that is wanted."""
    parser = argparse.ArgumentParser(prog="python -m docs.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, known in (("session", SESSIONS), ("look", LOOKS), ("screen", SCREENS)):
        parser.add_argument(f"--{name}", action="append", choices=known)
    parser.add_argument("--size", action="append", type=_size)
    wanted = parser.parse_args()
    for name, every in (("session", SESSIONS), ("look", LOOKS), ("screen", SCREENS)):
        setattr(wanted, name, getattr(wanted, name) or [*every])
    wanted.size = wanted.size or SIZES
    made = asyncio.run(gallery(wanted.folder, wanted))
    print(f"{made} pictures in {wanted.folder}")
    if not png_maker():
        print("No PNG was made: install resvg, or the package resvg_py.")


if __name__ == "__main__":
    main()
