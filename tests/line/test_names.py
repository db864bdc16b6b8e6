"""Names in a line, by as little as says which one is meant."""

import datetime as dt

import pytest

from offwall.model.line.parse import parse
from offwall.model.line.render import render
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import Role, Session


@pytest.mark.parametrize(
    ("line", "lead", "unknown"),
    [
        ("Do @h", "hos", ()),
        ("Do @p", "pro", ()),
        ("Do @H", "hos", ()),
        ("Do @c", "c", ("c",)),
        ('Do @"h"', "h", ("h",)),
    ],
)
def test_the_start_of_a_code_is_enough_where_only_one_begins_so(
    line: str, lead: str, unknown: tuple[str, ...]
) -> None:
    roles = (Role("hos", "Head"), Role("pro", "Buyers"), Role("cm", "Cee"), Role("cli", "Dee"))
    vocabulary = Vocabulary.of(Session(roles=roles), dt.date(2026, 12, 10))
    parsed = parse(line, vocabulary)
    assert parsed.note.lead == lead
    assert (*parsed.new_roles, *parsed.note.unsettled) == unknown
    assert parse(render(parsed.note, vocabulary), vocabulary).note == parsed.note
