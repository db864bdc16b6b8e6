"""What an empty list says to do next is read to its end, on a narrow screen too."""

from pathlib import Path

import pytest

import sample_sessions
from tests.tui.journey import afternoon
from tui.widgets.activity_table import NO_STAGES
from tui.widgets.photo_list import EMPTY as NO_PHOTO


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
