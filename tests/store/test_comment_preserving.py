"""What nobody changed keeps its bytes; whatever is changed, the file reads as it should."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.records.changes import COLLECTIONS
from offwall.model.records.fields import RECORDS, Table
from offwall.model.records.session import (
    Activity,
    Board,
    Clock,
    PartTime,
    Person,
    Session,
    Stage,
)
from offwall.model.store import backups
from offwall.model.store import store as stores
from offwall.model.store.record_text import FilePieces, RecordPiece, made_record
from offwall.model.store.session_file import StoreError
from offwall.model.store.store import Store
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, HOSTILE, records, sessions

HAND = """\
# Our session. Mind the gap.

format   =   1     # never touched
later.on = {a=1, "b c" = [ 1,2, # two
  3 ]}

# the heading
[ workshop ]
title   = 'C:\\path # not a comment'
  council = "Sampleshire"
date = 2026-12-10 # a Thursday
objectives = [
  "one",  # first
  '''two''',
]
purpose = \"\"\"
[[activities]]
# inside \"\"\"


# --- the stages ---

# the first
[[stages]]
id="S1"
name='Begin'
tiers={bronze="light"}
[[stages]]
id = "S2"
name = "End"

[[ "activities" ]]   # quoted
id = "a-1"
stage = "S1"
text = "First"
  [activities.tiers]
  gold = "no"
  [[activities.routes]]
  answer = "yes"

# about the second
# in two lines
[[activities]]
id = "a-2"
stage = "S1"
text = \"\"\"
# Second \"\"\"

# --- stage 2 ---

[[activities]]
stage = "S2"
id = "a-3"
text = "Third"
routes = [ { answer = "a", to = "end" },
   { answer = "b" } ]

[[issues]]
id = "i-1"
text = "Late"  # very
[clock]
topic = { planned = 60, used = 1 }
[odd."table here"]
x = 1.5
# the end"""

DOTTED = """\
workshop.title = "x" # dotted
workshop.date = 2026-12-10
clock.topic.used = 4

people = [ { name = "Jane" }, # no id
  { name = "Joe", id = "p-2" } ]
stages = [ {id="S1", name="One"},
  # between
  {id="S2", name="Two"} ]

[[activities]]
text = "No id"
stage = "S1"
# more
[other]
x = 1

[activities.late]
back = true
[[people_we_know]]
n = 1
[[people_we_know]]
n = 2
"""

FORMS = ("as it is", "crlf", "mark", "cut", "blank end", "mixed")


def written(text: str, form: str) -> str:
    return {
        "crlf": text.replace("\n", "\r\n"),
        "mark": "\ufeff" + text,
        "cut": text.rstrip("\n"),
        "blank end": text.rstrip("\n") + "\n\n \n",
        "mixed": text.replace("\n", "\r\n", 9),
    }.get(form, text)


def changed(session: Session, data: st.DataObject) -> Session:
    """The session after one edit of any kind."""
    name = data.draw(st.sampled_from([*COLLECTIONS, "workshop", "board", "clock", "extra"]))
    if name == "workshop":
        title = data.draw(st.sampled_from(HOSTILE))
        return replace(session, workshop=replace(session.workshop, title=title))
    if name == "board":
        return replace(session, board=data.draw(st.sampled_from([None, Board("x")])))
    if name == "clock":
        return replace(session, clock=Clock(topic=PartTime(used=data.draw(st.integers(0, 99)))))
    if name == "extra":
        value = Table((("x", 2),))
        return replace(session, extra=Table((*session.extra.items[:1], ("new~", value))))
    found = list(getattr(session, name))
    deed = data.draw(st.sampled_from(["add", "add", "remove", "move", "change"]))
    if deed == "add" or not found:
        kind = {"activities": Activity("a-new", "S1", "x"), "stages": Stage("S9", "x")}.get(name)
        record = kind or data.draw(records(KINDS[name]))
        known = RECORDS[name].key
        if getattr(record, known) not in {getattr(each, known) for each in found}:
            found.insert(data.draw(st.integers(0, len(found))), record)
    elif deed == "move":
        found.insert(data.draw(st.integers(0, len(found) - 1)), found.pop())
    elif deed == "remove" and name != "stages":
        found.pop(data.draw(st.integers(0, len(found) - 1)))
    else:
        place = data.draw(st.integers(0, len(found) - 1))
        extra = Table((("n", data.draw(st.integers(0, 9))),))
        found[place] = replace(found[place], extra=extra)
    return with_records(session, name, found)


def with_records(session: Session, name: str, found: Sequence[Any]) -> Session:
    values: dict[str, Any] = {name: tuple(found)}
    return replace(session, **values)


KINDS = {name: get_args(get_type_hints(Session)[name])[0] for name in COLLECTIONS}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("hand", [HAND, DOTTED.replace('"Jane"', '"Jane", id = "p-1"')])
def test_the_pieces_of_a_file_joined_are_the_file(hand: str, form: str) -> None:
    text = written(hand.replace('text = "No id"', 'text = "No id"\nid = "a-9"'), form)
    assert FilePieces.of(text, loads(text)).text() == text


@pytest.mark.parametrize("name", sample_sessions.NAMES)
def test_the_pieces_of_each_sample_are_the_sample(name: str) -> None:
    text = sample_sessions.path(name).read_bytes().decode("utf-8")
    assert FilePieces.of(text, loads(text)).text() == text


@settings(max_examples=EXAMPLES)
@given(st.sampled_from([HAND, DOTTED]), st.sampled_from(FORMS), st.data())
def test_any_edits_of_a_file_by_hand_read_as_they_were_meant(
    hand: str, form: str, data: st.DataObject
) -> None:
    text = written(hand, form)
    session = loads(text)
    pieces = FilePieces.of(text, session)
    for _ in range(data.draw(st.integers(1, 4))):
        session = changed(session, data)
        pieces = pieces.updated(session)
        joined = pieces.text()
        tomllib.loads(joined.removeprefix("\ufeff"))
        assert loads(joined) == session
    assert FilePieces.of(joined, session).text() == joined


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 4)
@given(sessions(), sessions())
def test_from_any_session_to_any_other(old: Session, new: Session) -> None:
    pieces = FilePieces.of(dumps(old), old).updated(new)
    assert loads(pieces.text()) == new


def test_a_file_that_offwall_wrote_stays_as_it_would_write_it() -> None:
    text = dumps(loads(HAND))
    session = loads(text)
    pieces = FilePieces.of(text, session)
    for name, more in (
        ("people", Person("p-9", "Jo")),
        ("stages", Stage("S9", "x")),
        ("activities", Activity("a-9", "S2", "x")),
    ):
        found = getattr(session, name)
        for new in ((*found, more), (more, *found)):
            other = with_records(session, name, new)
            assert pieces.updated(other).text() == dumps(other)
    other = replace(session, activities=session.activities[:1], issues=())
    assert pieces.updated(other).text() == dumps(other)


def test_all_but_what_changed_keeps_its_bytes() -> None:
    session = loads(HAND)
    first, second, third = session.activities
    new = replace(session, activities=(first, replace(second, text="Changed"), third))
    old_lines = HAND.split("\n")
    text = FilePieces.of(HAND, session).updated(new).text()
    start, end = old_lines.index("# in two lines") + 1, old_lines.index("# --- stage 2 ---") - 1
    lines = text.split("\n")
    assert lines[:start] == old_lines[:start]
    assert lines[-len(old_lines[end:]) :] == old_lines[end:]
    assert 'text = "Changed"' in lines


def test_comments_stay_with_what_they_are_about() -> None:
    session = loads(HAND)
    first, second, third = session.activities
    moved = replace(session, activities=(second, first, third))
    text = FilePieces.of(HAND, session).updated(moved).text()
    assert text.index("# about the second") < text.index('id = "a-2"') < text.index('id = "a-1"')
    assert text.index('id = "a-1"') < text.index("# --- stage 2 ---") < text.index('id = "a-3"')
    gone = replace(session, activities=(first, third))
    text = FilePieces.of(HAND, session).updated(gone).text()
    assert "# about the second" not in text
    assert "# --- stage 2 ---" in text
    added = replace(session, activities=(first, second, Activity("a-9", "S1", "New"), third))
    text = FilePieces.of(HAND, session).updated(added).text()
    assert text.index('id = "a-9"') < text.index("# --- stage 2 ---")


def test_a_list_at_the_root_stays_until_one_of_it_changes() -> None:
    session = loads(DOTTED)
    other = replace(session, activities=(*session.activities, Activity("a-9", "S1", "New")))
    text = FilePieces.of(DOTTED, session).updated(other).text()
    assert "stages = [ {id=" in text
    assert "# between" in text
    other = replace(session, stages=(*session.stages, Stage("S3", "Three")))
    text = FilePieces.of(DOTTED, session).updated(other).text()
    assert "stages = [" not in text
    assert text.count("[[stages]]") == 3
    assert 'workshop.title = "x" # dotted' in text


def test_an_id_that_was_made_up_is_written_once_and_stays() -> None:
    session = loads(DOTTED)
    made = session.activities[0].id
    text = FilePieces.of(DOTTED, session).updated(session).text()
    assert f'[[activities]]\nid = "{made}"\n' in text or f'id = "{made}"' in text
    assert loads(text) == session
    assert loads(text.replace('"No id"', '"Other words"')).activities[0].id == made


def test_a_save_keeps_the_comments_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    for form in FORMS:
        path.write_bytes(written(HAND, form).encode())
        store = Store.open(path)
        for used in range(3):
            new = replace(store.session, clock=Clock(topic=PartTime(used=used)))
            assert store.save(new) == new
        text = path.read_bytes().decode()
        assert loads(text) == new
        assert text.startswith(written(HAND, form)[: HAND.index("[clock]") - 20])
        assert store.note == ""
    assert path.read_bytes().count(b"# very") == 1


EARLIER = """
# two that ranked alike
[[comparisons]]
id   = "c-1"  # by hand
first = "n-2"
second = "n-1"

[[criteria]]
id = "k-1"
name = 'Harm'   # the first line of the scorecard
weight = 2
[[contracts]]
id="e-1"
name="Roads"
vat="without"
scores = [{criterion="k-1", score=4}]
"""


def test_tables_that_offwall_knew_once_keep_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes((HAND + EARLIER).encode())
    store = Store.open(path)
    mine = replace(store.session, people=(Person("p-1", "Jane"),))
    path.write_bytes((HAND.replace('"Begin"', '"Start"') + EARLIER).encode())
    store.save(mine)
    changed = replace(store.session, people=(), clock=Clock(topic=PartTime(used=9)))
    assert store.save(changed) == changed
    assert EARLIER.encode() in path.read_bytes()
    assert Session.__dataclass_fields__.keys().isdisjoint(dict(changed.extra.items))
    assert loads(dumps(changed)) == changed


def test_what_cannot_be_joined_is_written_plainly_after_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(HAND, "utf-8")
    monkeypatch.setattr(FilePieces, "text", lambda self: "format = 1\n")
    new = replace(loads(HAND), people=(Person("p-1", "Jane"),))
    with pytest.raises(StoreError, match="its comments could not be kept"):
        Store.open(path).save(new)
    assert path.read_text("utf-8") == HAND
    spare = tmp_path / "spare"
    spare.mkdir()
    store = Store.open(path, spare)
    assert store.save(new) == new
    assert path.read_text("utf-8") == dumps(new)
    assert [each.read_text("utf-8") for each in backups.backups(spare)] == [HAND]
    assert "as it was, it lies in" in store.note


def test_what_was_read_back_as_a_whole_is_not_read_back_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(HAND, "utf-8")
    store = Store.open(path, tmp_path)
    asked: list[str] = []
    real = stores.loads
    monkeypatch.setattr(stores, "loads", lambda text: asked.append(text) or real(text))
    steps = [replace(store.session, people=(Person("p-1", text),)) for text in "ab"]
    store.save(steps[0])
    store.look_over()
    assert len(asked) == 1, "the first save is read back, and need not be once more"
    store.save(steps[1])
    assert len(asked) == 1
    store.look_over()
    store.look_over()
    assert asked[1:] == [path.read_text("utf-8")]


def test_an_oddity_after_the_first_save_is_mended_when_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(HAND, "utf-8")
    store = Store.open(path, tmp_path)
    steps = [replace(store.session, people=(Person("p-1", text),)) for text in "abc"]
    store.save(steps[0])
    real = FilePieces.text
    monkeypatch.setattr(FilePieces, "text", lambda self: real(self).replace('"Late"', '"Early"'))
    store.save(steps[1])
    assert loads(path.read_text("utf-8")) != steps[1]
    assert "was written afresh" in store.look_over()
    assert loads(path.read_text("utf-8")) == steps[1]
    monkeypatch.undo()
    store.save(steps[2])
    assert loads(path.read_text("utf-8")) == steps[2], "what was mended is ours, and goes on"
    assert not store.note


@pytest.mark.slow
def test_a_save_makes_text_of_what_changed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    activities = tuple(Activity(f"a-{n}", "S1", "x") for n in range(1000))
    session = Session(stages=(Stage("S1", "x"),), activities=activities)
    pieces = FilePieces.of(dumps(session), session)
    made: list[str] = []

    def counted(name: str, key: str, *rest: Any) -> RecordPiece:
        made.append(key)
        return made_record(name, key, *rest)

    monkeypatch.setattr("offwall.model.store.record_text.made_record", counted)
    for place in (3, 997):
        new = list(session.activities)
        new[place] = replace(new[place], text="y")
        session = replace(session, activities=tuple(new))
        pieces = pieces.updated(session)
    assert made == ["a-3", "a-997"]
    assert pieces.text() == dumps(session)
    assert all(one is not two for one, two in pairwise(pieces.pieces))
