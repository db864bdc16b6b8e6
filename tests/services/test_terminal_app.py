"""What the App mends of the terminal side: advice, the end, and faults wherever they happen."""

import asyncio
import signal
from pathlib import Path

import pytest

from offwall.tui.services import terminal_app
from offwall.tui.terminal import crash_report
from offwall.tui.terminal.capabilities import SSH_ADVICE, ssh_advice
from tests.journey import afternoon

SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TERM": "xterm-256color"}, ""),
        (SSH, SSH_ADVICE),
        ({"SSH_TTY": "/dev/pts/1"}, SSH_ADVICE),
        (SSH | {"TMUX": "/run/tmux,1,0"}, ""),
        (SSH | {"STY": "1.pts-0.host"}, ""),
        (SSH | {"TERM": "screen-256color"}, ""),
        (SSH | {"TERM": "tmux"}, ""),
    ],
)
def test_who_is_told_that_a_line_may_drop(environment: dict[str, str], said: str) -> None:
    assert ssh_advice(environment) == said


async def test_home_says_it_once(own_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SSH.items():
        monkeypatch.setenv(name, value)
    async with afternoon(own_sample) as journey:
        assert "tmux or screen" in journey.seen()
        await journey.press("2")
        assert "tmux or screen" not in journey.seen()
        await journey.press("q")
        assert "tmux or screen" not in journey.seen()


async def test_keys_that_came_before_the_end_are_kept(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_app, "LAST_KEYS", 60)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        for key in "xx":
            journey.app.simulate_key(key)
        journey.app.end(signal.SIGTERM)
        async with asyncio.timeout(60):
            while not journey.app.return_code:
                await asyncio.sleep(0)
        assert journey.app.return_code == 128 + signal.SIGTERM
        assert len(journey.on_disk().activities) == 46


async def test_a_fault_of_another_thread_ends_the_editor_too(own_sample: Path) -> None:
    async def afternoon_with_a_fault() -> None:
        async with afternoon(own_sample) as journey:
            await asyncio.to_thread(journey.app.fault, ZeroDivisionError("the session's text"))
            async with asyncio.timeout(60):
                while not journey.app.return_code:
                    await asyncio.sleep(0)
            assert journey.app.return_code == crash_report.FAULT_EXIT

    with pytest.raises(ZeroDivisionError):
        await afternoon_with_a_fault()


async def test_a_fault_while_a_key_is_handled_is_not_swallowed(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def afternoon_with_a_fault() -> None:
        async with afternoon(own_sample) as journey:
            monkeypatch.setattr(journey.app.keys, "settle", lambda: 1 / 0)
            await journey.press("2")

    with pytest.raises(ZeroDivisionError):
        await afternoon_with_a_fault()
