"""A fault in Offwall itself: one sentence, a private log without text, and nothing lost."""

import stat
from pathlib import Path

import pytest

from offwall.model import store
from offwall.tui.services import recent_sessions
from offwall.tui.terminal import crash_report
from tests.journey import afternoon


class FaultError(Exception):
    """A fault whose message quotes the session."""


async def test_a_fault_says_one_sentence_and_what_was_done_is_in_the_file(
    own_sample: Path,
) -> None:
    def fail(_: object) -> None:
        raise FaultError("Score the contract")

    async def afternoon_with_a_fault() -> None:
        async with afternoon(own_sample) as journey:
            await journey.press("2", "g", "j", "x")
            journey.app.call_later(fail, None)
            await journey.pilot.pause()

    with pytest.raises(FaultError):
        await afternoon_with_a_fault()
    assert len(store.read_session(own_sample).activities) == 47
    log = recent_sessions.state_folder() / crash_report.LOG_NAME
    assert "Score the contract" not in log.read_text("utf-8")
    assert "test_crash_report.py" in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = crash_report.fault_sentence(FaultError("secret"), tmp_path / "file" / "folder")
    assert "FaultError" in said
    assert "secret" not in said
