"""What somebody points at is not taken away by a merge, and no list is joined without a mark."""

from dataclasses import replace
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.changes import keyed
from offwall.model.records.fields import RECORDS, FieldKind, field_infos, inner_record
from offwall.model.records.session import (
    Action,
    Activity,
    Board,
    Document,
    HandedOut,
    Issue,
    Meeting,
    Person,
    Photo,
    Remark,
    Requirement,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Topic,
    Treatment,
    Word,
)
from offwall.model.records.uses import TARGETS, lost_pointers, pointers, records_of
from offwall.model.review.checks import findings
from offwall.model.store.conflicts import keep_ours, take_theirs
from offwall.model.store.merge import Merged, merge, say_kept
from offwall.model.store.store import Store
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, sessions

WALL = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    people=(Person("p-6k2dr8ct", "Ann Lee"), Person("p-2", "Bo Ray")),
    roles=(Role("cm", "Contract Manager"), Role("fin", "Finance")),
    activities=(Activity("a-1", "S1", "Check"), Activity("a-2", "S1", "Report")),
    issues=(Issue("i-1", "No log"), Issue("i-2", "No plan")),
    topics=(Topic("t-1", "tiers"),),
    tiers=(Tier("gold", "Gold"), Tier("iron", "Iron")),
    board=Board("The board"),
    meetings=(Meeting("m-1", "Cabinet"),),
    actions=(Action("n-1", "Pilot"), Action("n-2", "Write")),
    documents=(Document("Log", owner="cm"), Document("Plan", where="S drive")),
    remarks=(Remark("r-1", "a-2", "Why?"),),
    photos=(Photo("f-1"),),
    handed_out=(HandedOut("h-1"),),
    requirements=(Requirement("q-1", "Publish it"),),
)
"""One of each record; of each kind that is pointed at, the first is named nowhere."""

EVERY_POINTER = [
    (name, path, to)
    for name, told in RECORDS.items()
    for path, info in [
        *field_infos(told.record).items(),
        *(
            (f"{outer}.{inner}", each)
            for outer, of in field_infos(told.record).items()
            if of.kind is FieldKind.RECORDS
            for inner, each in field_infos(inner_record(told.record, outer)).items()
        ),
    ]
    for to in info.to
    if to in TARGETS
]


def pointing(session: Session, name: str, path: str, value: str) -> Session:
    """The session in which the last record of a collection points at ``value``."""
    *rest, record = records_of(session, name)
    field, _, inner = path.partition(".")
    hint = get_type_hints(type(record))[field]
    now: Any = value
    if inner:
        now = (Route("yes", **{inner: value}),)
    elif field == "tiers":
        now = ((value, Treatment.YES),)
    elif get_origin(hint) is tuple:
        now = (value,)
    record = replace(record, **{field: now})
    return replace(session, **{name: (*rest, record) if RECORDS[name].key else record})


def without(session: Session, name: str, key: str) -> Session:
    info = RECORDS[name]
    left = [one for one in records_of(session, name) if getattr(one, info.key) != key]
    return replace(session, **{name: tuple(left)})


def both_ways(base: Session, one: Session, other: Session) -> tuple[Merged, Merged]:
    return merge(base, one, other), merge(base, other, one)


@pytest.mark.parametrize(("name", "path", "to"), EVERY_POINTER)
def test_what_one_removed_and_the_other_points_at_stays(name: str, path: str, to: str) -> None:
    info = RECORDS[to]
    gone = records_of(WALL, to)[0]
    key = getattr(gone, info.key)
    base = replace(WALL, activities=tuple(replace(a, stage="S2") for a in WALL.activities))
    removed = without(base, to, key)
    named = key if path not in ("raised_by", "taken_by", "to") else gone.name
    pointed = pointing(base, name, path, named)
    for merged in both_ways(base, removed, pointed):
        assert key in keyed(to, records_of(merged.session, to))
        assert merged.kept == ((to, key),)
        [sentence] = say_kept(merged)
        assert sentence.startswith(info.noun.capitalize())
        assert " stays, as it is named by " in sentence
        assert not list(lost_pointers(merged.session))
        assert loads(dumps(merged.session)) == merged.session


def test_what_the_remover_had_let_go_of_is_taken_away() -> None:
    base = pointing(WALL, "actions", "owner", "p-6k2dr8ct")
    removed = without(pointing(base, "actions", "owner", ""), "people", "p-6k2dr8ct")
    other = replace(base, issues=(*base.issues, Issue("i-3", "Slow")))
    for merged in both_ways(base, removed, other):
        assert [one.id for one in merged.session.people] == ["p-2"]
        assert merged.kept == ()


def test_what_the_remover_left_pointing_at_nothing_keeps_nothing() -> None:
    base = pointing(WALL, "actions", "owner", "p-6k2dr8ct")
    removed = without(base, "people", "p-6k2dr8ct")
    other = replace(base, issues=(*base.issues, Issue("i-3", "Slow")))
    for merged in both_ways(base, removed, other):
        assert [one.id for one in merged.session.people] == ["p-2"]
        assert merged.kept == ()


def test_what_stays_brings_back_what_it_names() -> None:
    base = replace(WALL, people=(Person("p-6k2dr8ct", "Ann Lee", role="fin"),))
    removed = without(without(base, "people", "p-6k2dr8ct"), "roles", "fin")
    for merged in both_ways(base, removed, pointing(base, "actions", "owner", "p-6k2dr8ct")):
        assert set(merged.kept) == {("people", "p-6k2dr8ct"), ("roles", "fin")}
        assert not list(lost_pointers(merged.session))


def test_a_rival_value_keeps_what_it_points_at() -> None:
    base = pointing(WALL, "actions", "owner", "fin")
    one = without(pointing(base, "actions", "owner", "cm"), "people", "p-6k2dr8ct")
    for merged in both_ways(base, one, pointing(base, "actions", "owner", "p-6k2dr8ct")):
        assert ("people", "p-6k2dr8ct") in merged.kept
        taken = take_theirs(merged.session, merged.clashes[0].id)
        assert not list(lost_pointers(taken))


@pytest.mark.parametrize(("name", "path", "to"), EVERY_POINTER)
def test_a_pointer_that_leads_nowhere_is_found(name: str, path: str, to: str) -> None:
    session = pointing(WALL, name, path, f"{RECORDS[to].letter or 's'}-00000000")
    told = {(one.kind, one.place) for one in findings(session)}
    new = told - {(one.kind, one.place) for one in findings(WALL)}
    # A document's name is never an id, and a file whose activity is on no stage is not opened.
    assert bool(new) == (to != "documents" and (name, path) != ("activities", "stage"))


FEW = settings(max_examples=max(12, EXAMPLES // 4))


@pytest.mark.slow
@FEW
@given(sessions(), st.data())
def test_a_merge_loses_no_pointer_and_is_the_same_again(base: Session, data: st.DataObject) -> None:
    """One takes any record away with all that names it; the other points at it anew."""
    name, path, to = data.draw(st.sampled_from(EVERY_POINTER))
    if path == "stage" or not records_of(base, name) or not records_of(base, to):
        return
    record = data.draw(st.sampled_from(records_of(base, to)))
    key = getattr(record, RECORDS[to].key)
    if not key or (to == "stages" and any(a.stage == key for a in base.activities)):
        return
    one = without(base, to, key)
    if not records_of(one, name):
        return
    words = record.name if path in ("raised_by", "taken_by", "to") and record.name else key
    other = pointing(base, name, path, words)
    before = {pointer.place for pointer in lost_pointers(one)}
    for ours, theirs in ((one, other), (other, one)):
        merged = merge(base, ours, theirs).session
        new = {pointer.place for pointer in lost_pointers(merged)} - before
        assert not [place for place in new if place[3] == words]
        assert {p.place for p in pointers(merged)} <= {
            p.place for side in (one, other) for p in pointers(side)
        }
        assert merge(base, merged, theirs).session == merged
        assert merge(theirs, merged, theirs).session == merged


# Lists: a mark where both changed one entry.


def activity(**values: Any) -> Session:
    return replace(WALL, activities=(replace(WALL.activities[0], **values), WALL.activities[1]))


def said(*routes: tuple[str, str]) -> dict[str, Any]:
    return {"routes": tuple(Route(answer, to) for answer, to in routes), "decision": "Ready?"}


YES_NO = (("yes", "end"), ("no", "a-2"))


@pytest.mark.parametrize(
    ("one", "other", "marked", "answers"),
    [
        ((("yes", "a-1"), YES_NO[1]), (("yes", "a-2"), YES_NO[1]), True, [2, 2]),
        ((("yes", "a-1"), YES_NO[1]), (("agreed", "end"), YES_NO[1]), True, [3, 2]),
        ((("yes", "a-1"), YES_NO[1]), (YES_NO[1],), True, [2, 1]),
        ((("ok", "end"), YES_NO[1]), (("agreed", "end"), YES_NO[1]), True, [2, 2]),
        ((("yes", "a-1"), YES_NO[1]), (YES_NO[0], ("no", "a-1")), False, [2, 2]),
        ((*YES_NO, ("later", "a-1")), (("yes", "a-2"), YES_NO[1]), False, [3, 3]),
    ],
)
def test_answers_are_joined_by_their_words(
    one: Any, other: Any, marked: bool, answers: list[int]
) -> None:
    found = both_ways(activity(**said(*YES_NO)), activity(**said(*one)), activity(**said(*other)))
    for merged, number in zip(found, answers, strict=True):
        routes = merged.session.activities[0].routes
        assert [clash.field for clash in merged.clashes] == (["routes"] if marked else [])
        assert len({route.answer for route in routes}) == len(routes) == number
        kinds = [finding.kind for finding in findings(merged.session)]
        assert ("two said" in kinds) == marked
        for clash in merged.clashes:
            taken = take_theirs(merged.session, clash.id).activities[0].routes
            assert taken != routes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"informed": ("fin",)}, {"also": ("fin",)}),
        ({"consulted": ("fin",)}, {"accountable": "fin"}),
        ({"consulted": ("fin",)}, {"informed": ("fin",)}),
        ({"lead": "fin"}, {"informed": ("fin",)}),
    ],
)
def test_no_role_gets_two_letters_of_two_people(one: dict[str, Any], other: dict[str, Any]) -> None:
    base = activity(lead="cm", accountable="cm")
    ours, theirs = (
        replace(base, activities=(replace(base.activities[0], **values), base.activities[1]))
        for values in (one, other)
    )
    for merged, mine in zip(both_ways(base, ours, theirs), (ours, theirs), strict=True):
        letters = ("lead", "also", "accountable", "consulted", "informed")
        for name in letters:
            held = getattr(merged.session.activities[0], name)
            assert held == getattr(mine.activities[0], name)
        assert {clash.field for clash in merged.clashes} == {*one, *other}
        assert "two said" in [finding.kind for finding in findings(merged.session)]
        both = take_theirs(merged.session, merged.clashes[0].id)
        assert loads(dumps(both)) == both


def test_a_role_that_is_lead_and_accountable_by_two_people_is_no_conflict() -> None:
    for merged in both_ways(WALL, activity(lead="fin"), activity(accountable="fin")):
        assert merged.clashes == ()
        found = merged.session.activities[0]
        assert (found.lead, found.accountable) == ("fin", "fin")


def renamed(session: Session, new: str) -> Session:
    log, plan = session.documents
    base = replace(session, documents=(replace(log, name=new), plan))
    return pointing(base, "activities", "documents", new)


def test_a_document_that_both_call_something_else_is_marked_and_settled_by_one_key() -> None:
    base = pointing(WALL, "activities", "documents", "Log")
    for merged in both_ways(base, renamed(base, "Risk log"), renamed(base, "Register")):
        rows = {(one.collection, one.record, one.field) for one in merged.clashes}
        assert rows == {
            ("documents", "Risk log", "name"),
            ("documents", "Register", "name"),
            ("activities", "a-2", "documents"),
        }
        [clash] = [one for one in merged.clashes if one.record == "Risk log"]
        for settle, name in ((take_theirs, "Register"), (keep_ours, "Risk log")):
            left = settle(merged.session, clash.id)
            assert [one.name for one in left.documents if one.owner == "cm"] == [name]
            assert left.activities[1].documents == (name,)
            assert [one.collection for one in left.clashes] == ["activities"]


def test_a_word_that_both_say_differently_is_marked_and_settled() -> None:
    base = replace(WALL, words=(Word("log", ("list",)),))
    one, other = (replace(base, words=(Word(say, ("list",)),)) for say in ("register", "ledger"))
    for merged in both_ways(base, one, other):
        assert len(merged.clashes) == 2
        [clash] = [found for found in merged.clashes if found.record == "ledger"]
        left = keep_ours(merged.session, clash.id)
        assert ([word.say for word in left.words], left.clashes) == (["ledger"], ())


def test_the_editor_says_who_stays_when_it_saves(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(dumps(WALL), encoding="utf-8")
    store = Store.open(path)
    path.write_text(dumps(without(WALL, "people", "p-6k2dr8ct")), encoding="utf-8")
    saved = store.save(pointing(WALL, "actions", "owner", "p-6k2dr8ct"))
    assert [one.id for one in saved.people] == ["p-6k2dr8ct", "p-2"]
    assert store.note == "Person Ann Lee stays, as it is named by 1 action."
