"""How soon a typed letter is shown under mosh: ``python benchmarks/mosh.py [--runs N]``.

The real command runs under mosh-server, mosh-client on a pseudo-terminal of 120x40, and between
them a proxy on the loopback address that holds each datagram for half of a round trip. Prediction
is always on. Lines are typed into part 2 as a person does, and for each letter it is taken how long
it took until the line shows it: one that was predicted needs no trip. Aims: 5 ms or less in the
median, and at most one letter of ten not predicted. Needs mosh; without it this says so and ends.
"""

import argparse
import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from time import perf_counter
from typing import cast

import clone  # noqa: F401
import pyte
from line import environment_in, files
from pseudo import HEIGHT, PRIVATE, WIDTH, Program

PACE = 0.12
"""Seconds from a letter to the next: ninety words a minute."""

TEXTS = ("Hold a kick-off with the supplier", "Check the budget", "Agree who signs the contract")
MEDIAN, UNPREDICTED = 5.0, 0.1
"""Milliseconds, and the share of letters that wait for the line."""


class Relay(asyncio.DatagramProtocol):
    """Passes datagrams between who speaks first and the server, each after a delay."""

    def __init__(self, server: tuple[str, int], delay: float) -> None:
        self._server, self._delay = server, delay
        self._client: tuple[str, int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is bound to its port."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Pass one on, later."""
        if addr != self._server:
            self._client = addr
        to = self._client if addr == self._server else self._server
        asyncio.get_running_loop().call_later(self._delay, self._transport.sendto, data, to)


@contextmanager
def relayed(server: int, trip: float) -> Iterator[int]:
    """A port of the loopback address that stands for the server's, half a trip away."""
    loop = asyncio.new_event_loop()
    relay = Relay(("127.0.0.1", server), trip / 2)
    ends = loop.create_datagram_endpoint(lambda: relay, local_addr=("127.0.0.1", 0))
    transport, _ = loop.run_until_complete(ends)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        transport.close()
        loop.close()


class Shown(Program):
    """A program whose screen is followed as it comes, so that a look at it costs no time."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        super().__init__(command, environment, answers=False)

    def rows(self) -> list[str]:
        """What the screen shows now."""
        self._stream.feed(PRIVATE.sub(b"", bytes(self._raw[self._drawn :])))
        self._drawn = len(self._raw)
        return self._screen.display

    def shows(self, text: str, seconds: float) -> bool:
        """Whether a row shows a text, at the latest after so many seconds."""
        until = perf_counter() + seconds
        while not any(text in row for row in self.rows()):
            left = until - perf_counter()
            if left <= 0:
                return False
            self._read(left)
        return True

    def time(self, letter: str, line: str) -> float:
        """Milliseconds until the line shows a letter that is typed now."""
        start = perf_counter()
        os.write(self.master, letter.encode())
        assert self.shows(line, 10), "\n".join(self.rows())
        return (perf_counter() - start) * 1000


def a_free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def measured(session: str, environment: dict[str, str], trip: float) -> list[float]:
    """Milliseconds of each letter of `TEXTS`, but spaces, which nobody sees come."""
    command = [sys.executable, "-m", "tui", session]
    serve = ["mosh-server", "new", "-i", "127.0.0.1", "-p", str(a_free_port()), "--", *command]
    said = subprocess.run(serve, env=environment, capture_output=True, text=True, check=True)
    found = re.search(r"MOSH CONNECT (\d+) (\S+)", said.stdout)
    server = re.search(r"detached, pid = (\d+)", said.stderr)
    assert found, said.stdout + said.stderr
    wishes = {"MOSH_KEY": found[2], "MOSH_PREDICTION_DISPLAY": "always"}
    with relayed(int(found[1]), trip) as port:
        client = Shown(["mosh-client", "127.0.0.1", str(port)], environment | wishes)
        try:
            return [*_typed(client)]
        finally:
            # The server ends with the editor, or else would wait for its client for ever.
            client.leave("\x11")
            client.close()
            if server:
                with suppress(ProcessLookupError):
                    os.kill(int(server[1]), signal.SIGTERM)


def _typed(client: Shown) -> Iterator[float]:
    assert client.shows("Press 2", 30), "\n".join(client.rows())
    os.write(client.master, b"2")
    assert client.shows("of 48", 30)
    os.write(client.master, b"Gn")
    assert client.shows("New", 10)
    client.wait(1)
    for text in TEXTS:
        for at, letter in enumerate(text):
            since = perf_counter()
            if letter == " ":
                os.write(client.master, b" ")
            else:
                yield client.time(letter, f" New {text[: at + 1]}")
            client.wait(max(0.0, PACE - (perf_counter() - since)))
        os.write(client.master, b"\r")
        client.wait(1)


def main() -> int:
    """Measure, and say whether the aims are met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--trip", type=float, default=200.0, help="milliseconds of a round trip")
    options.add_argument("--runs", type=int, default=3)
    wanted = options.parse_args()
    if missing := [name for name in ("mosh-server", "mosh-client") if not shutil.which(name)]:
        print(f"Skipped: {' and '.join(missing)} not found. Debian and Ubuntu: apt install mosh.")
        return 0
    took: list[float] = []
    for number in range(wanted.runs):
        print(f"run {number}", file=sys.stderr)
        with files() as (folder, made):
            took += measured(str(made("sample")), environment_in(folder), wanted.trip / 1000)
    waited = [one for one in took if one > wanted.trip / 2]
    print(
        f"{len(took)} letters, a round trip of {wanted.trip:.0f} ms: median {median(took):.1f} ms,"
        f" not predicted {len(waited)} ({len(waited) / len(took):.0%})"
    )
    return int(median(took) > MEDIAN or len(waited) > UNPREDICTED * len(took))


if __name__ == "__main__":
    sys.exit(main())
