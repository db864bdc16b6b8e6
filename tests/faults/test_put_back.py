"""The list of known bugs follows the code: each finds the place that it is put back into."""

from dataclasses import replace

import pytest

from benchmarks.put_back import BUGS, Bug, MissingAnchorError, fits, spoilt
from benchmarks.spoilt_copy import ROOT


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_bug_finds_its_place_and_the_tests_that_find_it(bug: Bug) -> None:
    assert fits(bug) == ""
    source = (ROOT / bug.file).read_text("utf-8")
    assert spoilt(source, bug) != source


def test_there_are_enough_and_a_place_that_went_is_a_failure() -> None:
    assert len(BUGS) >= 20
    gone = Bug("x", "model/store/merge.py", "_one", "no such text", "", ())
    with pytest.raises(MissingAnchorError):
        spoilt((ROOT / gone.file).read_text("utf-8"), gone)
    assert "has not 'no such text' once" in fits(gone)
    assert fits(replace(BUGS[0], tests=())).endswith("no test is named")
    for test in ("tests/test_gone.py", f"{BUGS[0].tests[0]}_gone"):
        assert fits(replace(BUGS[0], tests=(test,))).endswith(f"there is no test {test}")
    assert fits(replace(BUGS[0], file="model/gone.py"))
