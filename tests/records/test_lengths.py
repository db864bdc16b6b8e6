"""No text becomes longer than the file may hold: at the edit, and where the file is read."""

from dataclasses import replace

import pytest

from offwall.model.records.changes import check_lengths
from offwall.model.records.session import LONGEST_TEXT, Activity, Board, Route, Session, Stage
from offwall.model.records.text import EditError
from offwall.model.store.toml.load import SessionFileError, loads

FULL, OVER = "é" * LONGEST_TEXT, "é" * (LONGEST_TEXT + 1)
SESSION = Session(
    stages=(Stage("S1", "Start"),),
    activities=(Activity("a-1", "S1", "Do"), Activity("a-2", "S1", "Go")),
)


@pytest.mark.parametrize(
    "change",
    [
        {"text": OVER},
        {"documents": ("Plan", OVER)},
        {"routes": (Route("Yes", to_words=OVER),)},
    ],
)
def test_a_change_that_makes_a_text_too_long_is_refused(change: dict[str, object]) -> None:
    first, second = SESSION.activities
    new = replace(SESSION, activities=(first, replace(second, **change)))
    with pytest.raises(EditError, match="would have 10,001 characters; a text may have 10,000"):
        check_lengths(SESSION, new)


def test_a_text_outside_lists_counts_too() -> None:
    with pytest.raises(EditError, match="10,001"):
        check_lengths(SESSION, replace(SESSION, board=Board(purpose=OVER)))


def test_a_full_text_is_taken_and_what_did_not_change_is_not_looked_at() -> None:
    first, second = SESSION.activities
    new = replace(SESSION, activities=(first, replace(second, note=FULL)))
    check_lengths(SESSION, new)
    there = replace(SESSION, activities=(replace(first, note=OVER), second))
    check_lengths(
        there, replace(there, activities=(*there.activities, Activity("a-3", "S1", "Stop")))
    )


def test_a_file_with_too_long_a_text_is_told_by_line_and_record() -> None:
    stage = '[[stages]]\nid = "S1"\nname = "Start"\n\n'
    text = f'{stage}[[activities]]\nid = "a-1"\nstage = "S1"\ntext = "Do"\nnote = "'
    assert loads(f'{text}{FULL}"\n').activities[0].note == FULL
    with pytest.raises(SessionFileError, match="10,001 characters") as told:
        loads(f'{text}{OVER}"\n')
    assert "line 9" in str(told.value)
    assert "a-1" in str(told.value)
