"""The list of known bugs follows the code: each finds the place that it is put back into."""

from pathlib import Path

import pytest

from benchmarks.put_back import BUGS, ROOT, Bug, MissingAnchorError, spoilt


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_bug_finds_its_place(bug: Bug) -> None:
    source = (ROOT / bug.file).read_text("utf-8")
    wrong = spoilt(source, bug)
    assert wrong != source
    compile(wrong, bug.file, "exec")
    assert all((ROOT / Path(test)).exists() for test in bug.tests)


def test_there_are_enough_and_a_place_that_went_is_a_failure() -> None:
    assert len(BUGS) >= 20
    gone = Bug("x", "model/store/merge.py", "_one", "no such text", "", ())
    with pytest.raises(MissingAnchorError):
        spoilt((ROOT / gone.file).read_text("utf-8"), gone)
