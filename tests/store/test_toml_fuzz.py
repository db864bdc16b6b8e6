"""Whatever stands in a file, reading it gives a session or one sentence, never a traceback."""

import re
from contextlib import suppress
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.store.toml.load import SessionFileError, loads, parse_in_parts
from offwall.model.store.toml.record_lines import map_lines
from offwall.model.store.toml.record_tables import dumps, parse_toml
from tests.strategies import EXAMPLES, sessions, texts, unknown

WHOLE = """\
format = 1
later = { a = [1, { b = "c" }] }

[workshop]
title = '''two
lines'''
date = 2026-12-10

# the stages
[[stages]]
id = "S1"
name = "Begin"
tiers = { bronze = "light" }

[[activities]]
id = "a-1"
stage = "S1"
text = "Do it"
also = ["cm", "pro"]
lead_confirmed = true
routes = [ { answer = "yes", to = "end" } ]

[[activities.routes.odd]]
x = 1.5

[[actions]]
id = "n-1"
text = \"\"\"
Say "so"\"\"\"
impact = 3

[clock.topic]
used = 41
"""

SPLINTERS = st.one_of(
    st.sampled_from(list("[]{}=,.#\"'\\\n\r\t\x00\ufeff -0")),
    st.sampled_from(
        ['"""', "'''", "[[", "]]", "[[activities]]\n", "\\u001b", "= 5\n", "nan", "[a"]
    ),
    texts,
)


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    text = WHOLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(SPLINTERS) + text[end:]
    read_or_refused(text)


def read_or_refused(text: str) -> None:
    places = map_lines(text)
    last = text.count("\n") + 1
    assert all(1 <= line <= last for line in places.lines.values())
    fast = map_lines(text, keys=False)
    assert (fast.blocks, fast.roots) == (places.blocks, places.roots)
    error = None
    try:
        session = loads(text)
    except SessionFileError as caught:
        error = caught
    if error is None:
        assert loads(dumps(session)) == session
        return
    assert str(error).isprintable()
    assert error.message.endswith(".")
    assert len(str(error)) < 500
    assert error.line is None or 1 <= error.line <= last


KEYS = st.sampled_from(
    """
    id code name text stage lead also routes to tiers impact votes date due format
    improve group rhythm status planned used topic not say minutes lead_confirmed
    value_from later
    """.split()  # noqa: SIM905
)
VALUES = st.recursive(
    unknown | texts | st.sampled_from(["S1", "a-1", "end", "yes", "G", "open", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
COLLECTIONS = st.sampled_from(
    """
    workshop people stages roles words activities issues topics tiers board meetings
    actions documents remarks photos clock format later
    """.split()  # noqa: SIM905
)
RECORDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=5), max_size=3)


@given(st.dictionaries(COLLECTIONS, RECORDS | VALUES, max_size=4))
def test_values_of_any_kind_in_any_place_are_read_or_refused(raw: dict[str, Any]) -> None:
    read_or_refused(tomli_w.dumps(raw))


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 2)
@given(sessions(), st.data())
def test_a_session_cut_short_is_read_or_refused(session: Any, data: st.DataObject) -> None:
    text = dumps(session)
    cut = text[: data.draw(st.integers(0, len(text)))]
    with suppress(SessionFileError):
        loads(cut)
    paths = [block.path for block in map_lines(text).blocks]
    found = [block.path for block in map_lines(cut).blocks]
    assert found == paths[: len(found)]


STATEMENTS = st.sampled_from(
    [
        *("[[a]]", "[[a.b]]", "[[b]]", "[a]", "[a.c]", "[c]", "k = 1", "a.k = 2", "# a"),
        *("a = [", "[[1]],", "]", 't = """', '"""', "a = [{ k = 1 }]", "b = []", '"', " [[a]]"),
    ]
)


@settings(max_examples=EXAMPLES * 4)
@given(st.lists(STATEMENTS, max_size=12), st.integers(0, 30))
def test_read_in_parts_is_read_in_one_go(lines: list[str], size: int) -> None:
    text = "\n".join(lines)
    try:
        wanted = parse_toml(text)
    except ValueError as error:
        with pytest.raises(ValueError, match=re.escape(str(error))):
            parse_in_parts(text, size)
    else:
        found = parse_in_parts(text, size)
        assert found == wanted
        assert list(found) == list(wanted)


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 2)
@given(sessions(), st.integers(0, 500))
def test_a_session_is_the_same_read_in_parts(session: Any, size: int) -> None:
    text = dumps(session)
    assert parse_in_parts(text, size) == parse_toml(text)
