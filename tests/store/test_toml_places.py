"""The scanner says which lines hold which record and key, however the file is written."""

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings

from offwall import sample_sessions
from offwall.model.records.session import Session
from offwall.model.store.toml.record_lines import RecordBlock, map_lines
from offwall.model.store.toml.record_tables import Path, dumps
from tests.strategies import EXAMPLES, sessions

TRICKY = '''\
# a session
format = 1 # [not.a.header]

[workshop]
title = 'C:\\path [x] # not a comment'
purpose = """
[[activities]]
text = "not here" \\""" # nor here
ends with quotes"""""
objectives = [ # why
    "one, two", # [[stages]]
    'three',

    """
four""",
]

# above the stage
# and more
[[stages]]
id = "S1"
name = "x"

[[ "activities" ]] # quoted
"id" = "a-1"
stage = "S1"
limit.'by law' = 1.5
  [activities.tiers]
  gold = "no"
  [[activities.routes]]
  answer = "yes"
  [[activities.routes]]
  answer = "no"

[[activities]]
id = "a-2"
routes = [ { answer = "a", to = "b" },
  { answer = "c" } ]
at = 2026-12-10 10:00:00

[issues]
x.y.z = [[1, 2],
 [3]]

[activities.late]
back = true
'''


def test_every_way_of_writing_is_found_on_its_line() -> None:
    text = TRICKY.splitlines()
    tomllib.loads(TRICKY)
    places = map_lines(TRICKY)

    def line(*path: str | int) -> str:
        found = places.line(path)
        assert found is not None
        return text[found - 1].strip()

    assert line("format").startswith("format = 1")
    assert line("workshop", "purpose") == 'purpose = """'
    assert line("workshop", "objectives", 1) == "'three',"
    assert line("workshop", "objectives", 2) == '"""'
    assert line("stages", 0) == "[[stages]]"
    assert line("activities", 0) == '[[ "activities" ]] # quoted'
    assert line("activities", 0, "id") == '"id" = "a-1"'
    assert line("activities", 0, "limit", "by law") == "limit.'by law' = 1.5"
    assert line("activities", 0, "tiers", "gold") == 'gold = "no"'
    assert line("activities", 0, "routes", 1, "answer") == 'answer = "no"'
    assert line("activities", 1, "routes", 0, "to").startswith("routes = [ {")
    assert line("activities", 1, "routes", 1, "answer") == '{ answer = "c" } ]'
    assert line("activities", 1, "at") == "at = 2026-12-10 10:00:00"
    assert line("issues", "x", "y", "z", 1, 0) == "[3]]"
    assert line("activities", 1, "late", "back") == "back = true"
    assert line("activities", 1, "missing") == "[[activities]]"
    assert places.line(("nothing",)) is None


def test_blocks_hold_the_comments_above_and_the_tables_below() -> None:
    blocks = map_lines(TRICKY).blocks
    assert [block.path for block in blocks] == [
        (),
        ("workshop",),
        ("stages", 0),
        ("activities", 0),
        ("activities", 1),
        ("issues",),
        ("activities", 1),
    ]
    start = TRICKY.splitlines().index("# above the stage") + 1
    assert blocks[2] == RecordBlock(("stages", 0), start, start + 2, start + 5)
    assert map_lines(TRICKY).record_at(start + 1) == ("stages", 0)
    assert map_lines(TRICKY).record_at(1) == ()


def same_blocks(text: str) -> None:
    """Without its keys, a file has the same blocks, and the same records have an id."""
    whole, fast = map_lines(text), map_lines(text, keys=False)
    assert [(block, block.last) for block in fast.blocks] == [
        (block, block.last) for block in whole.blocks
    ]
    assert [path for path in fast.lines if path[-1] == "id"] == [
        path for path in whole.lines if path[-1] == "id"
    ]
    assert fast.roots == whole.roots
    assert fast.unclosed == whole.unclosed


def test_without_keys_the_blocks_are_the_same() -> None:
    same_blocks(TRICKY)
    same_blocks(TRICKY.replace("\n", "\r\n"))
    for name in sample_sessions.NAMES:
        same_blocks(sample_sessions.path(name).read_text("utf-8"))
    same_blocks('[[stages]]\nname = "S"\nid = "S1"\n\ntext = ["id = 1",]\n[[stages]]\nid = "S2"')


def test_line_ends_and_a_byte_order_mark_move_nothing() -> None:
    assert map_lines("\ufeff" + TRICKY.replace("\n", "\r\n")) == map_lines(TRICKY)


def test_records_in_a_list_at_the_root_have_lines() -> None:
    places = map_lines('stages = [\n  { id = "S1" },\n  { id = "S2",\n    name = """\n"""},\n]\n')
    assert places.line(("stages", 1)) == 3
    assert places.line(("stages", 1, "id")) == 3


@pytest.mark.slow
def test_what_stands_before_a_mistake_is_found() -> None:
    text = '[workshop]\ntitle = "x"\n[[stages]]\nid = "unclosed\nname = [\n"a'
    places = map_lines(text)
    assert places.record_at(4) == ("stages", 0)
    for end in range(len(TRICKY)):
        cut = map_lines(TRICKY[:end])
        assert cut.blocks == map_lines(TRICKY).blocks[: len(cut.blocks) - 1] + cut.blocks[-1:]


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 2)
@given(sessions())
def test_every_value_of_a_file_has_its_line(session: Session) -> None:
    text = dumps(session)
    lines = text.split("\n")
    places = map_lines(text)
    wanted = set(_paths(tomllib.loads(text), ()))
    assert wanted == set(places.lines)
    for path, line in places.lines.items():
        key = next(step for step in reversed(path) if isinstance(step, str))
        if isinstance(path[-1], str):
            assert tomli_w.dumps({key: 1}).removesuffix(" = 1\n") in lines[line - 1]
    assert all(block.start <= block.line <= block.end for block in places.blocks)
    covered = [line for block in places.blocks for line in range(block.start, block.end + 1)]
    assert covered == list(range(1, len(lines) + 1))
    same_blocks(text)


def _paths(value: Any, path: Path) -> list[Path]:
    """Every way that leads to a value."""
    steps: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        steps = enumerate(value)
    return [
        found for step, item in steps for found in [(*path, step), *_paths(item, (*path, step))]
    ]
