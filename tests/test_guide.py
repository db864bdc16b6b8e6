"""README and guide are true: every key is bound where it is told, and every command is one."""

import argparse
import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs import commands as command_page
from docs import keys
from offwall.model.line.parse import parse
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.post_it import PostIt
from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.toml.load import loads
from offwall.model.workbook.gather.tidy_tables import empty_tables
from offwall.sample_sessions import path as sample_path
from offwall.tui.actions.action_commands import ACTION_KEYS
from offwall.tui.cli.parser import COMMANDS, OPTIONS, build
from tests.told import GUIDE, README, REPOSITORY, blocks, codes, commands, sections

EXTENDING = GUIDE.parent / "extending.md"
PAGES = [README, *sorted(GUIDE.parent.glob("*.md"))]

EVERYWHERE = ("Anywhere but in a field", "Any list", "Sections side by side", "Home")
"""Places whose keys any section may tell of."""

WHERE = {
    "The afternoon, step by step": (),
    "Before the day": ("Set up", "The first screen"),
    "In front of the room": ("offwall show, for the room",),
    "Part 1: consider a topic": (
        *("Part 1: topics", "Part 1: issues", "Actions, in parts 1 and 3", "Part 1: ranking"),
    ),
    "Part 2: review and record": (
        *("Part 2: the template", "Part 2: RACI", "The line", "Part 2: the wall"),
    ),
    "Part 3: next steps and plan": (
        *("Actions, in parts 1 and 3", "Part 3: the plan", "Part 3: next steps offered"),
        "Part 3: photos",
    ),
    "Leaving": ("Closing down", "Workbooks that came back"),
    "A second session": ("A second session",),
    "Keeping it up": ("Set up", "Closing down"),
    "When two record": ("Part 2: what two said differently",),
    "On a poor line": (),
    "With a screen reader, or no screen at all": (),
    "Many workshops": (),
    "In an editor, in a shell": ("The line",),
    "Afterwards": (),
}
"""The guide's sections, and where the keys work that each tells of."""

LINE_ALONE = {"Before the day": {"@"}, "README": {"≠", '"', "4"}}
"""What stands in code and is one character, but is no key there."""


def _is_key(code: str) -> bool:
    return len(code) == 1 or code in (*keys.NAMES.values(), "space") or code.startswith("ctrl+")


def _keys_of(*places: str) -> set[str]:
    found = keys.by_place(list(keys.bindings()))
    told = {one for place in places for b in found[place] for one in keys.said(b.key).split("` `")}
    shown = {one.strip("`") for one in told}
    if "Actions, in parts 1 and 3" in places:
        shown |= {binding.key for binding in ACTION_KEYS if not binding.description}
    return shown


@pytest.mark.parametrize("heading", WHERE)
def test_every_key_of_the_guide_works_where_the_guide_says(heading: str) -> None:
    told = {code for code in codes(sections(GUIDE)[heading]) if _is_key(code)}
    assert told - _keys_of(*EVERYWHERE, *WHERE[heading]) == set()


def test_the_guide_has_no_section_that_is_not_held_to_its_keys() -> None:
    assert list(sections(GUIDE)) == list(WHERE)
    told = [code for text in sections(GUIDE).values() for code in codes(text) if _is_key(code)]
    assert len(told) > 60


@pytest.mark.parametrize("name", ["../README", "papers", "room", "two-recorders", "session-file"])
def test_every_key_of_a_page_is_a_key(name: str) -> None:
    known = _keys_of(*keys.PLACES)
    for heading, text in sections(GUIDE.parent / f"{name}.md").items():
        told = {code for code in codes(text) if _is_key(code)}
        assert heading == "The line" or told - known <= LINE_ALONE["README"], heading


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="other releases set out help anew")
def test_the_page_of_commands_is_what_the_commands_say_of_themselves() -> None:
    due = "a command changed: python -m docs.commands"
    assert command_page.PAGE.read_text("utf-8") == command_page.page(), due
    assert command_page.MANUAL.read_text("utf-8") == command_page.manual(), due


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 120


def _options() -> dict[str, set[str]]:
    """The options of each command; those of the editor under no name."""
    parser = build()
    subparsers = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    found = {"": set(parser._option_string_actions)}
    return found | {n: set(p._option_string_actions) for n, p in subparsers.choices.items()}


def _told() -> Iterator[tuple[Path, list[str]]]:
    for page in PAGES:
        yield from ((page, words) for words in commands(page))


def test_every_command_and_option_that_is_told_is_one() -> None:
    options, seen = _options(), set()
    for page, words in _told():
        name = words[0] if words and words[0] in COMMANDS else ""
        if words and not name:
            first = words[0]
            opens = first.startswith(("-", "./")) or first.endswith(".toml")
            assert opens or first in ("COMMAND",), (page.name, words)
        seen.add(name)
        flags = {word.split("=")[0] for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)}
        assert flags - options[name] - set(OPTIONS) == set(), (page.name, words)
    assert seen <= {"", *COMMANDS}
    assert len(seen) > len(COMMANDS) // 2


def test_every_block_is_of_a_language_that_is_held_to_something() -> None:
    known = {"", "sh", "text", "console", "powershell", "toml", "json", "sql", "offwall", "python"}
    assert {block.language for page in PAGES for block in blocks(page)} <= known


def test_what_is_typed_as_a_line_is_understood() -> None:
    session = loads(sample_path("contract-management").read_text("utf-8"))
    lines = [
        line
        for block in blocks(GUIDE)
        if block.language == "offwall"
        for line in block.text.splitlines()
    ]
    assert len(lines) >= 6
    today = session.workshop.date
    assert today is not None
    for line in lines:
        parsed = parse(line, Vocabulary.of(session, today))
        assert parsed.note != PostIt(text=line), line
        assert not parsed.doubts, line
        assert not parsed.new_roles, line


def test_toml_and_json_of_the_guide_can_be_read() -> None:
    for page in PAGES:
        for block in blocks(page):
            if block.language == "toml":
                tomllib.loads(block.text)
            if block.language == "json":
                json.loads(block.text)


SQL = {
    *("select", "coalesce", "as", "count", "distinct", "round", "from", "mode", "where", "in"),
    *("and", "group", "by", "order", "desc", "limit", "having", "join", "using"),
}
"""The words of SQL that the guide uses; all others are names."""


def test_queries_name_tables_and_columns_that_are_gathered() -> None:
    columns = {t.name.lower(): {c.key.lower() for c in t.columns} for t in empty_tables()}
    queries = [block.text for page in PAGES for block in blocks(page) if block.language == "sql"]
    assert len(queries) >= 2
    for query in queries:
        files = re.findall(r"'councils-(\w+)\.parquet'", query)
        assert files
        known = set().union(*(columns[file] for file in files))
        text = re.sub(r"'[^']*'", "", query).lower()
        known |= set(re.findall(r"\bas (\w+)", text))
        assert set(re.findall(r"[a-z_]+", text)) - SQL - known == set()


def test_every_file_that_a_page_leads_to_is_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
    assert REPOSITORY.joinpath("docs", "afternoon.svg").exists()


def test_every_file_that_the_recipes_name_is_there() -> None:
    named = re.findall(r"`((?:model|tui|tests|docs)/[\w./]*)`", EXTENDING.read_text("utf-8"))
    assert len(named) > 25
    assert [name for name in named if not REPOSITORY.joinpath(name).exists()] == []


def recipe(name: str) -> dict[str, Any]:
    """What the Python of the recipe makes that makes something of a name."""
    recipes = re.findall(r"```python\n(.*?)```", EXTENDING.read_text("utf-8"), re.DOTALL)
    code = next(one for one in recipes if name in one)
    found: dict[str, Any] = {}
    exec(textwrap.dedent(code), found)  # noqa: S102 - it is our own page
    return found


def test_the_recipe_for_a_check_finds_what_it_says() -> None:
    found = recipe("long_windedness")
    activities = tuple(Activity(f"a-{n}", "S1", "word " * n) for n in (20, 21))
    session = Session(stages=(Stage("S1", "First"),), activities=activities)
    (finding,) = found["long_windedness"](session)
    assert (finding.place, finding.level) == ("a-21", "notice")
    assert finding.text.startswith("S1.02 is long: “word word")


@pytest.mark.slow
async def test_the_recipe_for_a_screen_is_a_journey_that_holds(own_sample: Path) -> None:
    await recipe("a_parked_thought")["test_a_parked_thought_is_an_issue"](own_sample)
