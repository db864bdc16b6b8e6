"""A key costs no more than it did: counted, not timed, so that a busy computer says the same."""

from pathlib import Path

import pytest

from tests.travel import costs

MOST = {
    "a move": {"bytes": 500, "layouts": 0, "full draws": 0, "rows built": 0, "files": 23},
    "space": {"bytes": 1_500, "layouts": 0, "full draws": 0, "rows built": 12, "files": 43},
    "a letter": {"bytes": 30, "layouts": 0, "full draws": 0, "rows built": 0, "files": 26},
    "Enter, a post-it": {
        "bytes": 1_200,
        "layouts": 1,
        "full draws": 0,
        "rows built": 16,
        "files": 63,
    },
}
"""What a key may cost. A fold of modules lowers the files, and with them the figure here."""


@pytest.mark.slow
async def test_a_key_costs_no_more_than_it_did(own_sample: Path) -> None:
    found = await costs(own_sample)
    assert {cost.key for cost in found} == set(MOST)
    over = {
        cost.key: {name: figure for name, figure in counts.items() if figure > MOST[cost.key][name]}
        for cost in found
        for counts in [{**cost.counts, "files": len(cost.files)}]
    }
    assert not any(over.values()), over
