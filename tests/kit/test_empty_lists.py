"""What an empty list says to do next is read to its end, on a narrow screen too."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.tui.process.activity_table import NO_STAGES
from offwall.tui.setup.photos import NO_PHOTOS as NO_PHOTO
from tests.journey import afternoon


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [("2", NO_STAGES), (("3", "l", "l", "l"), NO_PHOTO)],
)
async def test_it_goes_on_in_the_next_line(
    keys: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path, size=(60, 20)) as journey:
        await journey.press(*keys)
        assert sentence in " ".join(journey.seen().split())
