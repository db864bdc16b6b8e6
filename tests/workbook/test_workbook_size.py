"""A thousand activities and twenty roles: written and filled with little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nightly import rest_at_night

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "workbook.py"


@pytest.mark.slow
@pytest.mark.parametrize("task", rest_at_night(["fill again", "export", "fill"]))
def test_a_thousand_activities(task: str) -> None:
    command = [sys.executable, BENCHMARK, "--one", task, "1000"]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(said.stdout)
    assert found["megabytes"] < 200
