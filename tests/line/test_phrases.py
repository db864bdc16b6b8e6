"""Lines of council life are read as they were meant, or the doubt is said: the open half, each.

The kept half was not looked at while the reader was written; a floor holds what it came to.
"""

import pytest
import tomli_w

from offwall.model.line.parse import parse
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import Session
from offwall.model.store.toml.load import loads
from tests.line.reading import TODAY, Entry, differences
from tests.line.test_phrases_file import LINES, SESSION_TABLE, is_open

WALL = loads(tomli_w.dumps(SESSION_TABLE))
KEPT_RIGHT = 285 / 304
"""The share of the kept half that was right when it was first read, 9 of them only by ``or``."""


def session_of(entry: Entry) -> Session:
    return Session() if entry.get("session") == "blank" else WALL


@pytest.mark.parametrize(
    "entry", [one for one in LINES if is_open(one)], ids=lambda one: str(one["id"])
)
def test_a_line_is_read_as_it_was_meant_or_the_doubt_is_said(entry: Entry) -> None:
    wrong, _ = differences(entry, session_of(entry))
    assert not wrong


def test_the_kept_half_is_as_right_as_it_was() -> None:
    kept = [entry for entry in LINES if not is_open(entry)]
    right = sum(not differences(entry, session_of(entry))[0] for entry in kept)
    assert right / len(kept) >= KEPT_RIGHT


@pytest.mark.parametrize("line", ["Wait >5", "Pay >£5", "Pay it >5 days late", ">5 days to wait"])
def test_more_than_an_amount_is_no_answer_where_nothing_is_decided(line: str) -> None:
    parsed = parse(line, Vocabulary.of(WALL, TODAY))
    assert (parsed.note.text, parsed.doubts, parsed.note.routes) == (line, (), ())


def test_a_stage_behind_words_begins_no_new_activity() -> None:
    parsed = parse("Do it /S2 Pay it >=S1.02", Vocabulary.of(WALL, TODAY))
    assert (parsed.note.text, parsed.note.stage, parsed.note.then) == (
        "Do it Pay it",
        "S2",
        "S1.02",
    )
