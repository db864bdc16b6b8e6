"""Two sessions that grew out of one are made one again, and nothing that either wrote is lost."""

import datetime as dt
from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.changes import COLLECTIONS, keyed
from offwall.model.records.fields import Table
from offwall.model.records.session import (
    END,
    Activity,
    Board,
    Clash,
    Clock,
    Document,
    PartTime,
    Role,
    Route,
    Session,
    Stage,
    Treatment,
    Word,
    Workshop,
)
from offwall.model.records.text import EditError
from offwall.model.store.conflicts import conflicts_about, keep_ours, take_theirs, theirs_in_words
from offwall.model.store.merge import ShortenedFile, merge, merge_file, taken_away
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, HOSTILE, sessions

WALL = Session(
    workshop=Workshop(title="Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    roles=(Role("cm", "Contract Manager"),),
    activities=tuple(Activity(f"a-{number}", "S1", f"Step {number}") for number in range(8)),
)


def edited(session: Session, activity: str, **values: Any) -> Session:
    return replace(
        session,
        activities=tuple(
            replace(found, **values) if found.id == activity else found
            for found in session.activities
        ),
    )


def without(session: Session, *gone: str) -> Session:
    return replace(session, activities=tuple(a for a in session.activities if a.id not in gone))


def ordered(session: Session, *order: str) -> Session:
    return replace(session, activities=tuple(session.activity_by_id[key] for key in order))


def keys(session: Session) -> str:
    return "".join(found.id.removeprefix("a-") for found in session.activities)


FEW = settings(max_examples=max(20, EXAMPLES // 4))
"""Three sessions in one example are a great deal, so all the laws are tried on the same three."""


@st.composite
def grown(draw: st.DrawFn, base: Session, wanted: st.SearchStrategy[Session]) -> Session:
    """A session that grew out of ``base``: some of its records changed, gone, moved, new ones."""
    other = draw(wanted)
    values: dict[str, Any] = {}
    for name in COLLECTIONS:
        known, new = keyed(name, getattr(base, name)), keyed(name, getattr(other, name))
        stays = {key: one for key, one in known.items() if draw(st.integers(0, 4))}
        changed = {
            key: _mixed(draw, one, new) if name != "stages" and draw(st.booleans()) else one
            for key, one in stays.items()
        }
        found = [*changed.values(), *(one for key, one in new.items() if key not in known)]
        values[name] = tuple(draw(st.permutations(found)) if draw(st.booleans()) else found)
    session = replace(other, **values)
    known_stages = list(session.stage_by_id) or ["S1"]
    return replace(
        session,
        stages=session.stages or (Stage("S1", "Begin"),),
        activities=tuple(
            one if one.stage in session.stage_by_id else replace(one, stage=known_stages[0])
            for one in session.activities
        ),
    )


def _mixed(draw: st.DrawFn, record: Any, others: dict[str, Any]) -> Any:
    """A record with some fields of another one of its kind, or as it was."""
    if not others:
        return record
    other = draw(st.sampled_from(list(others.values())))
    names = [field.name for field in fields(record) if field.name not in KEYS]
    taken = draw(st.sets(st.sampled_from(names), max_size=3))
    return replace(record, **{name: getattr(other, name) for name in taken})


KEYS = ("id", "code", "say", "name", "stage")


@st.composite
def threes(draw: st.DrawFn) -> tuple[Session, Session, Session]:
    base = draw(sessions())
    wanted = sessions()
    return base, draw(grown(base, wanted)), draw(grown(base, wanted))


def who_changed_nothing_takes_over_all(three: tuple[Session, Session, Session]) -> None:
    base, ours, theirs = three
    assert merge(base, ours, base).session == ours
    assert merge(base, base, theirs).session == theirs
    assert merge(base, ours, ours).session == ours


def what_comes_of_it_can_be_written_and_read(three: tuple[Session, Session, Session]) -> None:
    merged = merge(*three).session
    assert loads(dumps(merged)) == merged
    merged = merge_file(*three).session
    assert loads(dumps(merged)) == merged


def no_record_is_lost_that_somebody_made_or_changed(
    three: tuple[Session, Session, Session],
) -> None:
    base, ours, theirs = three
    merged = merge(base, ours, theirs).session
    for name in COLLECTIONS:
        was, found = (keyed(name, getattr(of, name)) for of in (base, merged))
        for side in (ours, theirs):
            for key, record in keyed(name, getattr(side, name)).items():
                assert key in found or record == was.get(key)


def each_change_is_there_or_beside_its_rival(three: tuple[Session, Session, Session]) -> None:
    base, ours, theirs = three
    merged = merge(base, ours, theirs).session
    rivals = {(clash.collection, clash.record, clash.theirs) for clash in merged.clashes}
    for was, record in zip(base.activities, keyed("activities", base.activities), strict=True):
        for side in (ours, theirs):
            now = side.activity_by_id.get(record)
            if now is not None and now.text != was.text:
                found = merged.activity_by_id[record].text
                assert found == now.text or ("activities", record, now.text) in rivals


def it_is_the_same_from_either_side_but_for_who_gives_way(
    three: tuple[Session, Session, Session],
) -> None:
    base, ours, theirs = three
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {(c.collection, c.record, c.field) for c in here.clashes} == {
        (c.collection, c.record, c.field) for c in there.clashes
    }
    for name in COLLECTIONS:
        if name == "clashes":
            continue
        one, other = (keyed(name, getattr(of.session, name)) for of in (here, there))
        assert one.keys() == other.keys()
        clashing = {clash.record for clash in here.clashes if clash.collection == name}
        for key in one.keys() - clashing:
            assert _said(one[key]) == _said(other[key])


@pytest.mark.slow
@FEW
@given(threes())
def test_the_laws_of_merging_hold(three: tuple[Session, Session, Session]) -> None:
    who_changed_nothing_takes_over_all(three)
    what_comes_of_it_can_be_written_and_read(three)
    no_record_is_lost_that_somebody_made_or_changed(three)
    each_change_is_there_or_beside_its_rival(three)
    it_is_the_same_from_either_side_but_for_who_gives_way(three)


def _said(record: Any) -> list[Any]:
    values = [getattr(record, field.name) for field in fields(record)]
    return [
        set(value.items if isinstance(value, Table) else value)
        if isinstance(value, tuple | Table)
        else value
        for value in values
    ]


@given(st.permutations("01234567"), st.data())
def test_moves_of_different_records_both_hold(order: list[str], data: st.DataObject) -> None:
    base = ordered(WALL, *(f"a-{key}" for key in order))
    mine, other = data.draw(st.lists(st.sampled_from(order), min_size=2, max_size=2, unique=True))

    def moved(key: str) -> list[str]:
        # To swap two neighbours is a move of either; further off it is clear who moved.
        rest, at = [one for one in order if one != key], order.index(key)
        rest.insert(data.draw(st.integers(0, 7).filter(lambda to: abs(to - at) > 1)), key)
        return rest

    ours, theirs = moved(mine), moved(other)
    merged = keys(merge(base, _keyed(base, ours), _keyed(base, theirs)).session)
    # Seen without the other's, each one's move is where he put it.
    assert [key for key in merged if key != other] == [key for key in ours if key != other]
    assert [key for key in merged if key != mine] == [key for key in theirs if key != mine]


def _keyed(base: Session, order: list[str]) -> Session:
    return ordered(base, *(f"a-{key}" for key in order))


def test_two_who_type_at_the_same_place_keep_their_runs_and_meet_in_one_order() -> None:
    ours = replace(WALL, activities=(*WALL.activities, *new("x1", "x2")))
    theirs = replace(WALL, activities=(*WALL.activities, *new("b1", "b2", "b3")))
    merged = merge(WALL, ours, theirs).session
    assert keys(merged) == "01234567b1b2b3x1x2"
    assert merge(WALL, theirs, ours).session == merged


@pytest.mark.parametrize(
    ("one", "other"),
    [("12345670", "70123456"), ("10234567", "12034567"), ("76543210", "10325476")],
)
def test_what_both_moved_comes_to_one_order_whichever_side_is_ours(one: str, other: str) -> None:
    ours, theirs = (ordered(WALL, *(f"a-{key}" for key in order)) for order in (one, other))
    merged = merge(WALL, ours, theirs).session
    assert sorted(keys(merged)) == sorted(one)
    assert keys(merge(WALL, theirs, ours).session) == keys(merged)


def new(*ids: str) -> list[Activity]:
    return [Activity(f"a-{one}", "S1", one) for one in ids]


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 500])
def test_a_text_said_twice_keeps_ours_with_theirs_beside_it(text: str) -> None:
    ours, theirs = edited(WALL, "a-1", text="Ours"), edited(WALL, "a-1", text=text)
    merged = merge(WALL, ours, theirs)
    assert merged.session.activity_by_id["a-1"].text == "Ours"
    (clash,) = merged.clashes
    assert conflicts_about(merged.session, "a-1") == (clash,)
    assert theirs_in_words(clash) == text
    again = loads(dumps(merged.session))
    assert take_theirs(again, clash.id) == theirs
    assert keep_ours(again, clash.id) == ours
    assert merge(ours, merged.session, merged.session).clashes == ()


BEFORE = Activity("a-1", "S1", "Step", routes=(Route("Yes", END),), tiers=(("b", Treatment.NO),))
RIVALS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"lead": "cm"}, {"lead": "hos"}),
    ({"stage": "S2"}, {"stage": "S3"}),
    ({"tiers": (("b", Treatment.LIGHT),)}, {"tiers": (("b", Treatment.YES),)}),
    ({"extra": Table.of({"later": 1})}, {"extra": Table.of({"later": {"x": [dt.date.max]}})}),
    ({"note": "mine"}, {"note": "several\nlines"}),
]


@pytest.mark.parametrize(("mine", "others"), RIVALS)
def test_any_kind_of_value_can_be_taken(mine: dict[str, Any], others: dict[str, Any]) -> None:
    base = replace(WALL, stages=(*WALL.stages, Stage("S3", "After")), activities=(BEFORE,))
    ours, theirs = edited(base, "a-1", **mine), edited(base, "a-1", **others)
    merged = merge(base, ours, theirs)
    assert merged.session == replace(ours, clashes=merged.clashes)
    (clash,) = merged.clashes
    assert take_theirs(loads(dumps(merged.session)), clash.id) == theirs


def test_taking_away_what_the_other_changed_is_a_value_too() -> None:
    base = edited(WALL, "a-1", note="old")
    ours, theirs = edited(base, "a-1", note="new"), edited(base, "a-1", note="")
    merged = merge(base, ours, theirs)
    assert [theirs_in_words(clash) for clash in merged.clashes] == [""]
    assert take_theirs(merged.session, merged.clashes[0].id) == theirs


def test_headings_numbers_and_boards_too() -> None:
    base = replace(WALL, board=Board("Board", chair="cm"))
    ours = replace(base, board=Board("Board", chair="hos"), workshop=Workshop(title="A"))
    theirs = replace(
        base, board=Board("Board", chair="fin", meets="Monthly"), workshop=Workshop(title="B")
    )
    merged = merge(base, ours, theirs).session
    assert merged.board == Board("Board", chair="hos", meets="Monthly")
    assert {(c.collection, c.field, c.theirs) for c in merged.clashes} == {
        ("board", "chair", "fin"),
        ("workshop", "title", "B"),
    }
    for clash in merged.clashes:
        merged = take_theirs(merged, clash.id)
    assert merged == theirs
    assert merge(base, replace(base, board=None), theirs).session.board == theirs.board


def test_lists_are_united_and_what_either_took_away_is_gone() -> None:
    base = edited(WALL, "a-1", documents=("A", "B", "C"), routes=(Route("Yes"), Route("No")))
    ours = edited(base, "a-1", documents=("A", "C", "[PO]"), routes=(Route("Yes", END),))
    theirs = edited(base, "a-1", documents=("D", "A", "B"), routes=(*base.activities[1].routes,))
    merged = merge(base, ours, theirs)
    assert merged.clashes == ()
    assert merged.session.activity_by_id["a-1"].documents == ("A", "[PO]", "D")
    assert merged.session.activity_by_id["a-1"].routes == (Route("Yes", END),)


def test_what_each_tier_asks_for_is_united_tier_by_tier() -> None:
    yes, light, no = Treatment.YES, Treatment.LIGHT, Treatment.NO
    base = edited(WALL, "a-1", tiers=(("gold", yes), ("silver", yes), ("bronze", yes)))
    ours = edited(WALL, "a-1", tiers=(("gold", light), ("bronze", yes)))
    theirs = edited(WALL, "a-1", tiers=(("gold", yes), ("silver", yes), ("bronze", no)))
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge(base, one, other)
        tiers = dict(merged.session.activity_by_id["a-1"].tiers)
        assert tiers == {"gold": light, "bronze": no}
        assert merged.clashes == ()
    # Two who want one tier treated differently lose nothing of what is said of another.
    ours = edited(base, "a-1", tiers=(("gold", light),))
    theirs = edited(base, "a-1", tiers=(("gold", no), ("copper", no)))
    merged = merge(base, ours, theirs)
    assert dict(merged.session.activity_by_id["a-1"].tiers) == {"gold": light, "copper": no}
    assert len(merged.clashes) == 1


def test_what_only_one_adds_stays_where_both_put_the_same_in_the_place_of_an_item() -> None:
    base = edited(WALL, "a-1", consulted=("fin",))
    ours, theirs = (edited(WALL, "a-1", consulted=told) for told in (("leg",), ("leg", "cm")))
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge(base, one, other)
        assert merged.session.activity_by_id["a-1"].consulted == ("leg", "cm")
        assert merged.clashes == ()


def test_two_who_settle_one_clash_differently_make_no_clash_of_it() -> None:
    def said(theirs: str) -> Session:
        return replace(WALL, clashes=(Clash("x-1", "activities", "a-1", "text", theirs),))

    merged = merge(said("before"), said("ours"), said("theirs"))
    assert [one.theirs for one in merged.session.clashes] == ["ours"]
    assert merged.clashes == ()


def test_two_sessions_that_began_apart_do_not_disagree_about_their_ids() -> None:
    def of(known: str) -> Session:
        return replace(WALL, workshop=Workshop(known, "Contracts"))

    merged = merge(WALL, of("w-1"), of("w-2"))
    assert (merged.session.workshop.id, merged.clashes) == ("w-1", ())


def test_the_clock_counts_the_afternoon_once() -> None:
    def at(used: int, planned: int = 60) -> Session:
        return replace(WALL, clock=Clock(record=PartTime(planned, used)))

    assert merge(at(10), at(12), at(11, 90)).session == at(12, 90)
    assert merge(at(10), at(11), at(12)).clashes == ()


def test_what_is_changed_is_not_taken_away() -> None:
    gone, changed = without(WALL, "a-3", "a-4"), edited(WALL, "a-3", lead="cm")
    for merged in (merge(WALL, gone, changed), merge(WALL, changed, gone)):
        assert keys(merged.session) == "0123567"
        assert merged.session.activity_by_id["a-3"].lead == "cm"
        assert merged.clashes == ()


def test_a_stage_that_the_other_uses_stays() -> None:
    wall = replace(WALL, stages=(*WALL.stages, Stage("S3", "After")))
    gone = replace(wall, stages=wall.stages[:1])
    used = edited(wall, "a-3", stage="S2")
    for merged in (merge(wall, gone, used), merge(wall, used, gone)):
        assert [stage.id for stage in merged.session.stages] == ["S1", "S2"]


def test_both_made_the_same_role() -> None:
    ours = replace(WALL, roles=(*WALL.roles, Role("fin", "Finance", about="Pays")))
    theirs = replace(WALL, roles=(*WALL.roles, Role("fin", "Finance team", ("Accounts",))))
    merged = merge(WALL, ours, theirs)
    assert merged.session.roles[1] == Role("fin", "Finance", ("Accounts",), "Pays")
    assert [theirs_in_words(clash) for clash in merged.clashes] == ["Finance team"]


def test_records_of_one_name_stand_each_for_itself() -> None:
    base = replace(WALL, documents=(Document("A"), Document("A")), words=(Word("x"), Word("x")))
    ours = replace(base, documents=(*base.documents, Document("A#2")))
    theirs = replace(base, documents=(Document("A", owner="cm"), Document("A")))
    merged = merge(base, ours, theirs).session
    assert merged.documents == (Document("A", owner="cm"), Document("A"), Document("A#2"))


def test_unknown_keys_are_united() -> None:
    base = replace(WALL, extra=Table.of({"a": 1, "t": {"x": 1}}))
    ours = replace(WALL, extra=Table.of({"b": 2, "a": 1, "t": {"x": 1, "y": 2}}))
    theirs = replace(WALL, extra=Table.of({"t": {"x": 3}, "u": {"z": 1}}))
    merged = merge(base, ours, theirs)
    assert merged.session.extra.thaw() == {"b": 2, "t": {"x": 3, "y": 2}, "u": {"z": 1}}
    rivals = merge(base, ours, replace(theirs, extra=Table.of({"b": "three"})))
    assert take_theirs(rivals.session, rivals.clashes[0].id).extra.thaw()["b"] == "three"


def test_unknown_lists_in_lists_are_united() -> None:
    base = replace(WALL, extra=Table.of({"later": [[], [1]]}))
    ours = replace(WALL, extra=Table.of({"later": [[], [1], [2]]}))
    theirs = replace(WALL, extra=Table.of({"later": [[], [1], [3, 4]]}))
    merged = merge(base, ours, theirs).session
    assert merged.extra.thaw() == {"later": [[], [1], [2], [3, 4]]}


def test_a_file_that_lost_most_takes_nothing_away_until_somebody_says_so() -> None:
    ours = edited(WALL, "a-1", text="Ours")
    cut = replace(without(WALL, *(f"a-{n}" for n in range(1, 8))), workshop=Workshop())
    cut = replace(cut, people=(), words=(Word("contract"),))
    merged = merge_file(WALL, ours, cut)
    assert merged.cut == ShortenedFile(WALL, cut)
    assert merged.session == replace(ours, words=cut.words)
    after = taken_away(merged.session, merged.cut)
    assert keys(after) == "01"
    assert after.activity_by_id["a-1"].text == "Ours"
    half = without(WALL, "a-1", "a-2")
    assert merge_file(WALL, ours, half).cut is None
    assert keys(merge_file(WALL, ours, half).session) == "0134567"


@pytest.mark.parametrize(("gone", "is_cut"), [(3, False), (4, False), (5, True)])
def test_a_file_is_cut_short_where_more_than_half_of_its_records_are_gone(
    gone: int, *, is_cut: bool
) -> None:
    base = replace(WALL, stages=(), roles=())
    left = without(base, *(f"a-{number}" for number in range(gone)))
    merged = merge_file(base, base, left)
    assert (merged.cut is not None) is is_cut
    assert merged.session == (base if is_cut else left)


@pytest.mark.parametrize(
    "clash",
    [
        Clash("x-1", "activities", "nobody", "text", "x"),
        Clash("x-1", "activities", "a-1", "text", "\x1b[2J"),
        Clash("x-1", "activities", "a-1", "id", "a-2"),
        Clash("x-1", "activities", "a-1", "nonsense", "x"),
        Clash("x-1", "activities", "a-1", "stage", "S9"),
        Clash("x-1", "activities", "a-1", "stage", ""),
        Clash("x-1", "activities", "a-1", "documents", "no toml [["),
        Clash("x-1", "activities", "a-1", "documents", "[" * 9000),
        Clash("x-1", "activities", "a-1", "documents", "documents = 5"),
        Clash("x-1", "activities", "a-1", "improve", "perhaps"),
        Clash("x-1", "activities", "a-1", "extra", "= ="),
        Clash("x-1", "roles", "cm", "code", "fin"),
        Clash("x-1", "board", "", "chair", "cm"),
        Clash("x-1", "format", "", "format", "9"),
        Clash("x-1", "ref_by_id", "", "x", "9"),
        Clash("x-1", "__class__", "[/", "=1+1", "9"),
        Clash("x-1", "extra", "", "extra", "format = 5 5"),
    ],
)
def test_a_clash_that_makes_no_sense_is_a_sentence_and_can_be_dropped(clash: Clash) -> None:
    session = replace(WALL, clashes=(clash,))
    with pytest.raises(EditError, match=r"[Dd]rop it \(D\)|Drop the other one \(D\)"):
        take_theirs(session, "x-1")
    assert keep_ours(session, "x-1") == WALL
    with pytest.raises(EditError, match="settled already"):
        keep_ours(WALL, "x-1")


@pytest.mark.parametrize("seed", range(3))
def test_many_changes_at_once_are_all_there(seed: int) -> None:
    draw = Random(seed)  # noqa: S311
    base = replace(
        WALL, activities=tuple(Activity(f"a-{n}", "S1", "old", note="old") for n in range(60))
    )
    sides = [base, base]
    for count in range(400):
        side, key = count % 2, f"a-{draw.randrange(60)}"
        sides[side] = edited(sides[side], key, text=f"{side}-{count}")
    was = base.activity_by_id
    wrote = {(one.id, one.text) for each in sides for one in each.activities if one != was[one.id]}
    merged = merge(base, *sides).session
    there = {(one.id, one.text) for one in merged.activities}
    assert wrote <= there | {(one.record, one.theirs) for one in merged.clashes}
