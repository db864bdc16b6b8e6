"""The session file's text and back: nothing is lost, and equal sessions give equal text."""

import datetime as dt
import json
import tomllib
from dataclasses import replace

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.fields import Table
from offwall.model.records.session import (
    Action,
    Activity,
    Board,
    Clock,
    IssueStatus,
    PartTime,
    Rhythm,
    Route,
    Session,
    Stage,
    Treatment,
    Word,
    Workshop,
)
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps, plain, record_text
from tests.strategies import HOSTILE, sessions

WALL = """\
format = 1

[workshop]
title = "Contract management"
date = 2026-12-10
objectives = ["One process"]

[[stages]]
id = "S1"
name = "Set-up"
rhythm = "on demand"
tiers = { bronze = "light" }

[[words]]
say = "contract register"
not = ["contract log"]

[[activities]]
id = "a-1"
stage = "S1"
text = "Set the tier"
sequence_confirmed = true
routes = [
    { answer = "Gold", to = "a-2" },
    { answer = "Not ours", to = "end" },
]

[clock]
topic = { planned = 60, used = 41 }
"""


@pytest.mark.slow
@given(sessions())
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    text = dumps(session)
    again = loads(text)
    assert again == session
    assert dumps(again) == text


def test_every_field_is_read_into_its_own_type() -> None:
    session = loads(WALL)
    assert session.workshop.date == dt.date(2026, 12, 10)
    assert session.workshop.objectives == ("One process",)
    assert session.stages[0].rhythm is Rhythm.ON_DEMAND
    assert session.stages[0].tiers == (("bronze", Treatment.LIGHT),)
    assert session.words == (Word("contract register", ("contract log",)),)
    assert session.activities[0].sequence_confirmed is True
    assert session.activities[0].routes == (Route("Gold", "a-2"), Route("Not ours", "end"))
    assert session.clock == Clock(topic=PartTime(planned=60, used=41))
    assert session.board is None


def test_what_is_empty_is_not_written() -> None:
    text = dumps(Session(stages=(Stage("S1", "Begin"),), board=Board()))
    assert text == (
        'format = 1\n\n[[stages]]\nid = "S1"\nname = "Begin"\nrhythm = "once"\n\n[board]\n'
    )


def test_empty_text_is_the_same_as_none() -> None:
    assert loads('[workshop]\ntitle = ""\nobjectives = []\n') == Session()
    assert loads("") == Session()
    assert loads("\ufeff# nothing yet\r\n") == Session()


def test_nought_is_not_nothing() -> None:
    session = loads('[[tiers]]\ncode = "b"\nname = "Bronze"\nvalue_from = 0\n')
    assert session.tiers[0].value_from == 0
    assert loads(dumps(session)) == session


def test_a_list_of_short_records_keeps_its_headers() -> None:
    text = dumps(Session(stages=tuple(Stage(f"S{n}", "x") for n in range(3))))
    assert text.count("[[stages]]") == 3


def test_lists_on_one_line_are_read() -> None:
    session = loads('stages = [ { id = "S1", name = "Begin" },\n { id = "S2", name = "End" } ]')
    assert [stage.id for stage in session.stages] == ["S1", "S2"]
    assert loads(dumps(session)) == session


def test_text_on_several_lines_stays_on_several_lines() -> None:
    session = Session(workshop=Workshop(purpose='First "line"\n\n\\ third\n'))
    text = dumps(session)
    assert 'purpose = """\nFirst \\"line\\"\n\n' in text
    assert loads(text) == session


def test_hostile_text_comes_back() -> None:
    session = Session(
        stages=(Stage("S1", "Begin"),),
        activities=tuple(Activity(f"a-{n}", "S1", text) for n, text in enumerate(HOSTILE)),
    )
    assert [each.text for each in loads(dumps(session)).activities] == list(HOSTILE)


def test_a_carriage_return_in_an_unknown_key_is_not_lost() -> None:
    session = loads('[workshop]\ntitle = "A"\nmade_by = "one\\r\\ntwo\\nthree"\n')
    assert session.workshop.extra == Table.of({"made_by": "one\r\ntwo\nthree"})
    assert loads(dumps(session)) == session


def test_windows_line_ends_are_read() -> None:
    assert loads(WALL.replace("\n", "\r\n")) == loads(WALL)


def test_unknown_keys_and_tables_come_back() -> None:
    text = (
        'later = "root"\n[workshop]\nmood = "good"\n[[stages]]\nid = "S1"\nname = "x"\n'
        'hue.wall = "red"\nsize = nan\n[[votes]]\nby = 1\n[[votes]]\nby = 2\n[odd."a b"]\n'
    )
    session = loads(text)
    assert session.extra.thaw() == {
        "later": "root",
        "votes": [{"by": 1}, {"by": 2}],
        "odd": {"a b": {}},
    }
    assert session.stages[0].extra.items[1] == ("hue", Table.of({"wall": "red"}))
    again = loads(dumps(session))
    assert again == session
    assert again == loads(text)
    assert dumps(session).startswith('format = 1\nlater = "root"\n\n[workshop]')
    assert dumps(session).endswith('\n[[votes]]\nby = 1\n\n[[votes]]\nby = 2\n\n[odd."a b"]\n')


json_like = st.recursive(
    st.one_of(st.integers(-99, 99), st.text(max_size=40), st.floats(), st.dates()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.lists(st.dictionaries(st.text(max_size=3), inner, max_size=3), max_size=3)
    ),
    max_leaves=12,
)
tables = st.dictionaries(st.text(max_size=3).map(lambda key: f"{key}~"), json_like, max_size=4)


@pytest.mark.slow
@given(tables, tables, tables)
def test_any_unknown_tables_come_back_in_any_order(
    root: dict[str, object], stage: dict[str, object], route: dict[str, object]
) -> None:
    text = tomli_w.dumps(
        root
        | {
            "stages": [{"id": "S1", "name": "x"} | stage],
            "activities": [{"stage": "S1", "text": "x", "routes": [route]}],
        }
    )
    session = loads(text)
    assert loads(dumps(session)) == session == loads(text)
    assert dumps(loads(dumps(session))) == dumps(session)
    wanted, found = tomllib.loads(text), tomllib.loads(dumps(session))
    for key in root:
        assert repr(_sorted(found[key])) == repr(_sorted(wanted[key]))
    assert repr(_sorted(wanted["stages"][0])) == repr(
        _sorted({key: found["stages"][0][key] for key in wanted["stages"][0]})
    )


def _sorted(value: object) -> object:
    """The value without the order of its tables' keys."""
    if isinstance(value, dict):
        return sorted((key, _sorted(item)) for key, item in value.items())
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def test_a_record_without_an_id_has_the_same_one_each_time() -> None:
    text = '[[people]]\nname = "Jane"\n[[people]]\nname = "Jane"\n[[people]]\nname = "Ali"\n'
    ids = [person.id for person in loads(text).people]
    assert len(set(ids)) == 3
    assert [person.id for person in loads(text).people] == ids
    assert all(len(each) == 10 and each.startswith("p-") for each in ids)
    above = loads('[[people]]\nname = "Zoe"\n' + text)
    assert [person.id for person in above.people][1:] == ids
    assert [person.id for person in loads(dumps(loads(text))).people] == ids


def test_a_made_id_never_takes_one_that_is_there() -> None:
    made = loads('[[people]]\nname = "Jane"\n').people[0].id
    people = loads(f'[[people]]\nname = "Jane"\n[[people]]\nid = "{made}"\nname = "Ali"\n').people
    assert people[0].id != made == people[1].id


def test_pointers_that_lead_nowhere_are_kept() -> None:
    text = (
        '[[topics]]\nid = "t-1"\nkind = "issue"\nissue = "i-gone"\n'
        '[[actions]]\nid = "n-1"\ntext = "x"\nowner = "nobody"\nactivity = "a-gone"\n'
    )
    session = loads(text)
    assert session.topics[0].issue == "i-gone"
    assert session.actions[0] == Action("n-1", "x", owner="nobody", activity="a-gone")


def test_plain_uses_the_names_of_the_file() -> None:
    assert plain(Word("register", ("log",))) == {"say": "register", "not": ["log"]}
    session = loads(WALL)
    assert {"format": 1} | plain(session) == tomllib.loads(dumps(session))
    assert json.loads(json.dumps(plain(session), default=str))["workshop"]["date"] == "2026-12-10"


def test_one_record_is_the_text_that_the_file_has() -> None:
    session = loads(WALL)
    text = record_text("activities", session.activities[0])
    assert text.startswith('[[activities]]\nid = "a-1"\n')
    assert text in dumps(session)
    assert tomllib.loads(text)["activities"] == [plain(session.activities[0])]


def test_long_routes_and_tiers_stay_with_their_activity() -> None:
    activity = Activity(
        "a-1",
        "S1",
        "x",
        routes=(Route("long " * 30, "end"), Route("short")),
        tiers=(("gold", Treatment.NO),),
    )
    session = Session(
        stages=(Stage("S1", "x"),), activities=(activity, replace(activity, id="a-2"))
    )
    assert dumps(session).count("[[activities.routes]]") == 4
    assert loads(dumps(session)) == session


def test_the_usual_word_is_written_out() -> None:
    session = loads('[[issues]]\ntext = "x"\n')
    assert session.issues[0].status is IssueStatus.OPEN
    assert 'status = "open"' in dumps(session)
