"""A council's own presets and catalogues, in its own folder."""

from pathlib import Path

from offwall.tui.services import session_files
from offwall.tui.services.session_files import make_session
from tests.journey import afternoon

TOPICS = """
[[topics]]
kind = "own-park"
title = "Where the van parks"
when = "It is always the van"
"""


def folder() -> Path:
    own = session_files.own_presets()
    own.mkdir(parents=True)
    return own


async def test_a_topic_of_the_councils_own_is_offered(own_sample: Path) -> None:
    (folder() / "topics.toml").write_text(TOPICS, "utf-8")
    async with afternoon(own_sample, presets=session_files.own_presets()) as journey:
        await journey.press("1", "G")
        assert "Where the van parks" in journey.seen()


async def test_a_catalogue_that_cannot_be_read_is_said_and_the_shipped_one_serves(
    own_sample: Path,
) -> None:
    (folder() / "topics.toml").write_text("not [ toml", "utf-8")
    async with afternoon(own_sample, presets=session_files.own_presets()) as journey:
        assert "topics.toml" in journey.app.state.said[0]
        await journey.press("1")
        assert "Go on mapping" in journey.seen()


def test_a_preset_of_the_councils_own_makes_a_session(own_sample: Path, tmp_path: Path) -> None:
    (folder() / "housing.toml").write_bytes(own_sample.read_bytes())
    session = make_session(tmp_path / "new.toml", "housing", seed="seed")
    assert len(session.stages) == 8
