"""`offwall show --serve`: the page in a real browser, what it loads, and whom it answers."""

import asyncio
import io
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("textual_serve", reason="the extra offwall[serve] is not installed")

from aiohttp import ClientSession, WSServerHandshakeError

from offwall.model import store
from offwall.model.review.progress import record_open_point
from offwall.model.store.session_file import encoded
from tests.projector.chromium import browser, program

pytestmark = pytest.mark.slow  # starts a server, and a browser where there is one

ROOT = Path(__file__).parents[2]


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(path: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command, until the block ends."""
    words = [sys.executable, "-B", "-m", "offwall", "show", *options, str(path)]
    running = subprocess.Popen(
        [*words, "--serve", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == (
                f"The session is shown at http://127.0.0.1:{port} to browsers on this computer.\n"
            )
            yield running
        finally:
            running.kill()


@pytest.mark.skipif(program() is None, reason="there is no Chromium")
async def test_the_page_shows_the_session_follows_a_keep_and_loads_nothing_from_elsewhere(
    own_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spaced = own_sample.with_name("it's [PO] $(touch x).toml")
    own_sample.rename(spaced)
    port = a_free_port()
    folder = tmp_path_factory.mktemp("browser")
    with served(spaced, port, "--theme", "textual-light") as server:
        async with browser(folder) as tab:
            await tab.open(f"http://127.0.0.1:{port}/")
            await tab.until(lambda: "Challenge and direct gold" in tab.shown)
            assert await tab.says("document.title") == "it's [PO] $(touch x) - Offwall"
            assert await tab.says("document.fonts.check('20px \"Roboto Mono\"')") is True
            session = store.read_session(spaced)
            first = session.in_order[0].id
            changed = record_open_point(session, first, "Who signs above £500k?")
            beside = spaced.with_name("new")
            beside.write_bytes(encoded(spaced, changed))
            beside.replace(spaced)
            await tab.until(lambda: "Who signs above £500k?" in tab.shown)
            # The same as text: headings, tables, and what is read aloud when it changes.
            text = 'document.querySelector("#text").innerHTML'
            await tab.until_it_says(text, "<h2>S1 Handover and set-up</h2>")
            await tab.until_it_says(text, '<tr aria-current="true"><td>S1.01</td>')
            aloud = "document.querySelector('[aria-live=polite]').innerText"
            await tab.until_it_says(aloud, "S1.01 Hold handover meeting")
            before = spaced.read_bytes()
            for key in "rw3nxeJPV2":
                await tab.press(key)
            await tab.until(lambda: "Who signs above £500k?" in tab.shown)
            assert spaced.read_bytes() == before
            assert [path.name for path in spaced.parent.iterdir()] == [spaced.name]
            assert all(
                asked.startswith((f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:"))
                for asked in tab.asked
            ), tab.asked
            assert tab.complaints == []
            picture = Image.open(io.BytesIO(await tab.picture())).convert("L")
            light = sum(picture.histogram()[128:]) / (picture.width * picture.height)
            assert 0.3 < light < 0.99  # a light theme, with something on it
            server.send_signal(signal.SIGINT)
            assert server.wait(60) == 0
            await tab.until_it_says("document.body.innerText", "no longer shown")


async def test_no_other_page_and_no_other_name_is_answered(own_sample: Path) -> None:
    port = a_free_port()
    here = f"http://127.0.0.1:{port}"
    with served(own_sample, port):
        async with ClientSession() as session:
            async with session.get(here) as answer:
                assert answer.status == 200
                text = await answer.text()
                assert "http" not in text.replace(f"ws://127.0.0.1:{port}/ws", "").replace(
                    "http-equiv", ""
                )
                assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            # The near end of a tunnel has a port of its own.
            async with session.get(here, headers={"Host": "localhost:9000"}) as answer:
                assert "ws://localhost:9000/ws" in await answer.text()
            async with session.get(f"{here}/text", headers={"Origin": "null"}) as answer:
                assert answer.status == 403
            told: dict[str, str] = {}
            async with asyncio.timeout(60):
                while "S5.05" not in told.get("now", ""):
                    async with session.get(f"{here}/text") as answer:
                        told = await answer.json()
            assert "<h2>S5 Risk and assurance</h2>" in told["text"]
            for headers in (
                {"Host": "elsewhere.example"},
                {"Host": f"elsewhere.example:{port}"},
                {"Origin": "http://elsewhere.example"},
                {"Origin": "null"},
            ):
                async with session.get(here, headers=headers) as answer:
                    assert answer.status == 403
                with pytest.raises(WSServerHandshakeError, match="403"):
                    await session.ws_connect(f"ws://127.0.0.1:{port}/ws", headers=headers)
        listening = {
            line.split()[1]
            for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()[1:]
            if line.split()[3] == "0A"
        }
        assert {one for one in listening if one.endswith(f":{port:04X}")} == {
            f"0100007F:{port:04X}"
        }


def test_a_port_that_is_taken_is_one_line(own_sample: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = [sys.executable, "-B", "-m", "offwall", "show", str(own_sample), "--serve"]
        said = subprocess.run(
            [*words, "--port", str(port)],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert f"the page cannot be at port {port}" in said.stderr
    assert "--port" in said.stderr
