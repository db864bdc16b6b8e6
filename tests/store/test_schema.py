"""The schema of the session file says what the reader reads: the samples pass, slips do not."""

import copy
import datetime as dt
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from offwall import sample_sessions
from offwall.model.records.session import LONGEST_TEXT, Session
from offwall.model.store.toml.load import SessionFileError, loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.store.toml.schema import schema
from tests.strategies import sessions

REPOSITORY = Path(__file__).parents[2]
KEPT = REPOSITORY / "docs" / "session.schema.json"
SAMPLES = sorted(sample_sessions.path("empty").parent.glob("*.toml"))

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _as_editors_do(value: Any) -> Any:
    """TOML as an editor hands it to the validator: dates are text."""
    return json.loads(json.dumps(value, default=lambda date: date.isoformat()))


def _wrong(text: str) -> list[str]:
    found = VALIDATOR.iter_errors(_as_editors_do(tomllib.loads(text)))
    return [error.message for error in found]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_file_in_docs_is_what_the_command_prints() -> None:
    assert json.loads(KEPT.read_text("utf-8")) == schema(), (
        "it is old: offwall schema > docs/session.schema.json"
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_fits(path: Path) -> None:
    assert len(SAMPLES) >= 4
    assert _wrong(path.read_text("utf-8")) == []


@pytest.mark.slow
@given(sessions())
def test_any_session_that_is_written_fits(session: Session) -> None:
    assert _wrong(dumps(session)) == []


def test_keys_that_nobody_knows_fit_everywhere() -> None:
    assert (
        _wrong('own = 1\n[mine]\nx = [1]\n[workshop]\nown = true\n[[issues]]\ntext = "x"\nb = 2')
        == []
    )


ACTIVITY = '[[stages]]\nid = "S1"\nname = "x"\n[[activities]]\nstage = "S1"\ntext = "x"\n'
SLIPS = {
    "a newer format": "format = 2",
    "a format that is none": "format = 0",
    "text that is a number": "[workshop]\ntitle = 7",
    "a date in words": '[workshop]\ndate = "10 December"',
    "a date with a time": "[workshop]\ndate = 2026-12-10T09:00:00",
    "a list that is text": '[workshop]\nobjectives = "one"',
    "a table for a list": "[activities]\ntext = 'x'",
    "a stage without a name": '[[stages]]\nid = "S1"',
    "a stage without an id": '[[stages]]\nname = "x"',
    "a rhythm of its own": '[[stages]]\nid = "S1"\nname = "x"\nrhythm = "weekly"',
    "an activity without text": '[[stages]]\nid = "S1"\nname = "x"\n[[activities]]\nstage = "S1"',
    "a yes for a truth": f'{ACTIVITY}lead_confirmed = "yes"',
    "a way to treat that is none": f'{ACTIVITY}tiers = {{ gold = "maybe" }}',
    "routes that are text": f'{ACTIVITY}routes = ["no"]',
    "improve in other words": f'{ACTIVITY}improve = "scrap"',
    "a code that is none": '[[issues]]\ntext = "x"\ncode = "X"',
    "impact of six": '[[actions]]\ntext = "x"\nimpact = 6',
    "effort of nought": '[[actions]]\ntext = "x"\neffort = 0',
    "fewer votes than none": '[[actions]]\ntext = "x"\nvotes = -1',
    "a group of its own": '[[people]]\nname = "x"\ngroup = "friends"',
    "a control character": '[workshop]\ntitle = "a\\u001b[2J"',
    "a text without an end": f'[workshop]\ntitle = "{"x" * (LONGEST_TEXT + 1)}"',
    "a word without what to say": '[[words]]\nnot = ["log"]',
    "a nation of its own": '[workshop]\nholidays = "England"',
}


@pytest.mark.parametrize("text", SLIPS.values(), ids=SLIPS)
def test_what_the_reader_refuses_the_schema_refuses(text: str) -> None:
    with pytest.raises(SessionFileError):
        loads(text)
    assert _wrong(text)


def _first_wrong(change: Callable[[dict[str, Any]], None]) -> list[str]:
    raw = _as_editors_do(tomllib.loads(SAMPLES[1].read_text("utf-8")))
    changed = copy.deepcopy(raw)
    change(changed)
    return ["/".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(changed)]


def test_an_error_names_the_place() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["activities"][3]["lead"] = 7

    assert _first_wrong(change) == ["activities/3/lead"]


def test_every_record_says_what_it_is() -> None:
    found = schema()["$defs"]
    assert all(part["description"] for name, part in found.items() if name not in ("text", "date"))
    owner = found["Action"]["properties"]["owner"]["description"]
    assert owner == "owner is a role's code, a person's id, or the words for a group."
    assert found["IssueCode"]["enum"] == ["D", "G", "T", "R"]
    assert found["Action"]["properties"]["status"]["default"] == "open"


def test_dates_are_as_toml_writes_them() -> None:
    title = {"workshop": {"date": dt.date(2026, 12, 10).isoformat()}}
    assert not list(VALIDATOR.iter_errors(title))
