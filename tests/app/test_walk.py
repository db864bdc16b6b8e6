"""The page that walks through one key names what runs, in the order in which it first runs."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.travel import at_the_list

PAGE = Path(__file__).parents[2] / "docs" / "walk.md"
HOP = re.compile(r"^\| `(?P<function>[\w.]+)` \| `(?P<file>[\w./]+)` \| \S.*\|$", re.MULTILINE)


def sections() -> dict[str, list[tuple[str, str]]]:
    """Of each heading of the page what it says is run: file and function."""
    found = defaultdict(list)
    for part in PAGE.read_text("utf-8").split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        found[heading] = [(hop["file"], hop["function"]) for hop in HOP.finditer(body)]
    return found


@pytest.mark.slow
async def test_each_line_of_the_page_runs_and_in_its_order(own_sample: Path) -> None:
    page = sections()
    assert all(page.values())
    async with at_the_list(own_sample) as (travel, journey, both):
        await journey.press("j")
        confirmed = sum(one.confirmed for one in journey.session.activities)
        journey.on_disk()
        cost = await travel.of("space", journey, both, "space", to_disk=True)
        assert sum(one.confirmed for one in journey.session.activities) == confirmed + 1
    first = {hop: place for place, hop in enumerate(cost.travelled)}
    for heading, hops in page.items():
        assert [hop for hop in hops if hop not in first] == [], heading
        assert hops == sorted(hops, key=first.__getitem__), heading
