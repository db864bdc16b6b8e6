"""Every output of one checkout for many sessions, by the checkout's own Python, in one process.

``python every_output.py CHECKOUT SESSIONS OUT`` calls the command's entry (as pyproject.toml names
it) for each ``SESSIONS/*.toml`` and leaves what it wrote and said in ``OUT/SESSION/``; ``python
every_output.py CHECKOUT OUT --random N SEED`` writes N session files made by the checkout's
``tests/strategies.py``. `compare_outputs.py` starts both; nothing of Offwall is imported before
the checkout stands first on the path, the clock stands still and chance is counted.
"""

import argparse
import contextlib
import datetime
import importlib
import io
import itertools
import os
import secrets
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

LINE = "Tell the [room] =1+1 what was agreed +Minutes t:weekly"
"""The post-it that is added, to see the session file rewritten."""

SESSION, ROWS_BY = "session.toml", "template.xlsx"
"""What a session and the council's workbook are called in the folder where the commands run."""

COMMANDS = {
    "list": ("list", "--json", SESSION),
    "list-plain": ("list", SESSION),
    "check": ("check", "--json", SESSION),
    "check-plain": ("check", SESSION),
    "everything": ("export", "--all", SESSION, "-o", "everything"),
    "import": ("import", "--dry-run", "everything/session.xlsx", SESSION),
    "brief": ("brief", SESSION, "-o", "brief.md"),
    "feedback": ("brief", SESSION, "--for", "participants", "-o", "feedback.md"),
    "calendar": ("calendar", SESSION, "-o", "calendar.ics"),
    "drawing": ("map", SESSION, "--lanes", "wall", "--pages", "A4", "-o", "wall.svg"),
    "bpmn": ("map", SESSION, "-o", "map.bpmn"),
    "template": ("export", "--template", ROWS_BY, "rewritten.toml", "-o", "filled.xlsx"),
    "add": ("add", "rewritten.toml", LINE),
    "diff": ("diff", "--json", SESSION, "rewritten.toml"),
}
"""What is run for each session, in this order, by the name under which it is kept what was said."""

Main = Callable[[list[str]], int]

_real = datetime.datetime
_moment = _real(2026, 12, 10, 9, 30, tzinfo=datetime.UTC)


class _Still(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, _real)


class _StillTime(_real, metaclass=_Still):
    """`datetime.datetime` whose clock stands still; all that it makes is of the real class."""

    def __new__(cls, *parts: object, **named: object) -> _real:  # type: ignore[misc]
        return _real(*parts, **named)  # type: ignore[arg-type]

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _real:  # type: ignore[override]
        return _moment.astimezone(tz) if tz else _moment.replace(tzinfo=None)

    @classmethod
    def utcnow(cls) -> _real:  # type: ignore[override]
        return cls.now()

    @classmethod
    def today(cls) -> _real:  # type: ignore[override]
        return cls.now()


def put_on_path(checkout: Path, scratch: Path) -> None:
    """Have the checkout's packages found first, from where its folders lie.

    Where pyproject.toml maps packages to folders, the same tree is made of links.
    """
    sys.path[0] = str(checkout)
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    mapped = project.get("tool", {}).get("setuptools", {}).get("package-dir", {})
    if not mapped:
        return
    tree = scratch / "packages"
    for name in sorted(mapped, key=lambda name: name.count(".")):
        place, folder = tree.joinpath(*name.split(".")), checkout / mapped[name]
        if any(other.startswith(f"{name}.") for other in mapped):
            place.mkdir(parents=True)
            for path in folder.iterdir():
                (place / path.name).symlink_to(path)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(folder)
    sys.path.insert(0, str(tree))


def entry(checkout: Path) -> Main:
    """The command's entry. Ends the program where it is not this checkout's."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    name, _, attribute = project["project"]["scripts"]["offwall"].partition(":")
    module = importlib.import_module(name)
    found = Path(module.__file__ or "").resolve()
    if not found.is_relative_to(checkout.resolve()):
        sys.exit(f"{name} was found at {found}, outside {checkout}: something hides the checkout.")
    main: Main = getattr(module, attribute)
    return main


class _Pipe(io.TextIOWrapper):
    """Standard input, output or errors of a command, in memory."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", "replace", newline="\n", write_through=True)

    def text(self) -> str:
        self.seek(0)
        return self.read()


@contextlib.contextmanager
def _piped() -> Iterator[tuple[_Pipe, _Pipe]]:
    before = sys.stdin, sys.stdout, sys.stderr
    out, errors = _Pipe(), _Pipe()
    sys.stdin, sys.stdout, sys.stderr = _Pipe(), out, errors
    try:
        yield out, errors
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def said(main: Main, words: tuple[str, ...]) -> tuple[int, str, str]:
    """Run a command; its status, and what it printed. Chance begins anew with each."""
    counted = itertools.count(1)
    secrets.token_hex = lambda nbytes=None: f"{next(counted):0{2 * (nbytes or 32)}x}"
    with _piped() as (out, errors):
        try:
            status = main(list(words))
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 1
    return status, out.text(), errors.text()


def outputs(main: Main, path: Path, template: Path, target: Path) -> None:
    """All that the commands write and say of a session, in a folder of its own."""
    shutil.copyfile(path, SESSION)
    shutil.copyfile(path, "rewritten.toml")
    shutil.copyfile(template, ROWS_BY)
    kept = Path("said")
    kept.mkdir()
    for name, words in COMMANDS.items():
        status, out, errors = said(main, words)
        if "--json" in words:
            (kept / f"{name}.json").write_text(out, "utf-8")
            out = ""
        (kept / f"{name}.txt").write_text(f"{out}{errors}exit status {status}\n", "utf-8")
    for used in (SESSION, ROWS_BY):
        Path(used).unlink()
    shutil.copytree(".", target)


def each(checkout: Path, sessions: Path, target: Path, scratch: Path) -> None:
    """The outputs for each session; for all of them the schema."""
    datetime.datetime = _StillTime  # type: ignore[misc]
    main = entry(checkout)
    (target / "schema").mkdir(parents=True)
    (target / "schema" / "schema.json").write_text(said(main, ("schema",))[1], "utf-8")
    paths = sorted(sessions.glob("*.toml"))
    for number, path in enumerate(paths, 1):
        here = scratch / path.stem
        home = here / "home"
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(home)
        work = here / "work"
        work.mkdir(parents=True)
        os.chdir(work)
        outputs(main, path, sessions / ROWS_BY, target / path.stem)
        shutil.rmtree(here)
        if not number % 50:
            print(f"{checkout}: {number} of {len(paths)} sessions", file=sys.stderr, flush=True)


def write_random(target: Path, number: int, seed: int) -> None:
    """Session files of the checkout's own strategies; the same seed gives the same files."""
    made = importlib.import_module("tests.strategies").files(number, seed)
    for place, text in enumerate(made, 1):
        (target / f"any-{place:03}.toml").write_text(text, "utf-8", newline="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("folders", type=Path, nargs="+", metavar="[SESSIONS] OUT")
    parser.add_argument("--random", type=int, nargs=2, metavar=("N", "SEED"))
    args = parser.parse_args()
    checkout = args.checkout.resolve()
    folders = [folder.resolve() for folder in args.folders]
    with tempfile.TemporaryDirectory() as folder:
        put_on_path(checkout, Path(folder))
        if args.random:
            write_random(*folders, *args.random)
        else:
            sessions, target = folders
            each(checkout, sessions, target, Path(folder) / "work")
        os.chdir(checkout)


if __name__ == "__main__":
    main()
