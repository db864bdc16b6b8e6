"""Damage without an end: two recorders at once, a burst, a paste, sizes; each prints its line."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import clone  # noqa: F401

from offwall import sample_sessions
from offwall.model import store
from tests.faults.pty_driver import Terminal, terminal

FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
SIZES = [(1, 1), (500, 200), (2, 1), (1, 60), (200, 1), (80, 24)]
MEGABYTE = 1_000_000


@contextmanager
def fresh() -> Iterator[Path]:
    """A copy of the sample, and a home folder where nothing lies yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(dict.fromkeys(FOLDERS, folder))
        path = Path(folder) / "s.toml"
        shutil.copy(sample_sessions.path("contract-management"), path)
        yield path


def begin(line: Terminal) -> None:
    """Go to part 2, joining whoever has the session open."""
    line.wait_for(lambda: "Press 2" in line.shown or "Somebody has" in line.shown)
    if "Somebody has" in line.shown:
        line.send("\r")
        line.wait_for("Press 2")
    line.send("2")
    line.wait_for("Review and record")


def two_recorders(rounds: int) -> bool:
    """Two commands type into one file at once."""
    with fresh() as path:
        before = [one.text for one in store.read_session(path).activities]
        with terminal(path) as one:
            begin(one)
            with terminal(path) as other:
                begin(other)
                start = monotonic()
                texts: list[str] = []
                for place in range(rounds):
                    for who, line in (("Ours", one), ("Theirs", other)):
                        texts.append(f"{who} {place}")
                        line.send(f"{'G' if not place else ''}n{texts[-1]}\r\x1b")
                        line.read(0.01)

                def all_there() -> bool:
                    one.read(0.05), other.read(0.05)
                    return path.read_bytes().count(b"[[activities]]") >= len(before + texts)

                one.wait_for(all_there, 300)
                seconds = monotonic() - start
        session = store.read_session(path)
        found = [one.text for one in session.activities]
    missing = sum(text not in found for text in before + texts)
    doubled = len(found) - len(set(found))
    print(
        f"two recorders, {rounds} post-its each at once: missing {missing}, doubled {doubled},"
        f" fields said twice {len(session.clashes)}; {seconds:.0f} s"
    )
    return not (missing or doubled)


def burst(number: int) -> bool:
    """Post-its in one write."""
    texts = [f"Burst {place} [PO] =1+1 é" for place in range(number)]
    with fresh() as path, terminal(path) as line:
        before = [one.text for one in store.read_session(path).activities]
        line.wait_for("Press 2")
        start = monotonic()
        line.send("2G" + "".join(f"n{text}\r\x1b" for text in texts))
        wanted = len(before) + number
        line.wait_for(lambda: path.read_bytes().count(b"[[activities]]") >= wanted, 120)
        seconds = monotonic() - start
        exact = [one.text for one in store.read_session(path).in_order] == before + texts
    print(f"{number} post-its in one write: {'exact' if exact else 'not exact'}, {seconds:.1f} s")
    return exact


def paste(size: int) -> bool:
    """A paste of so many bytes, in brackets."""
    texts = [f"Pasted {place} {'of a long list ' * 5}".strip() for place in range(size // 90)]
    data = "\r".join(texts)
    with fresh() as path, terminal(path) as line:
        before = len(store.read_session(path).activities)
        begin(line)
        start = monotonic()
        line.send(f"Gn\x1b[200~{data}\x1b[201~")
        line.wait_for("Enter keeps them all", 120)
        line.send("\r")
        wanted = before + len(texts)
        line.wait_for(lambda: path.read_bytes().count(b"[[activities]]") >= wanted, 240)
        seconds = monotonic() - start
        exact = [one.text for one in store.read_session(path).in_order][before:] == texts
    print(
        f"a paste of {len(data) / MEGABYTE:.1f} MB, {len(texts):,} lines:"
        f" {'exact' if exact else 'not exact'}, {seconds:.0f} s"
    )
    return exact


def storm(rounds: int) -> bool:
    """Sizes from 1x1 to 500x200, one after another, while somebody types."""
    with fresh() as path, terminal(path) as line:
        begin(line)
        line.send("Gn")
        text = "".join(chr(ord("a") + place % 26) for place in range(rounds))
        for place, key in enumerate(text):
            line.resize(*SIZES[place % len(SIZES)])
            line.send(key)
            line.read(0.02)
        line.resize(80, 24)
        line.send("\r")
        line.wait_for(lambda: text.encode() in path.read_bytes(), 120)
        alive = line.process.poll() is None
    print(f"{rounds} changes of size between 1x1 and 500x200, a key at each: no key lost")
    return alive
