"""Every field says what it is, and every pointer is known: who is named where, and who is not."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.fields import (
    RECORDS,
    Collection,
    FieldKind,
    Table,
    field_infos,
    inner_record,
)
from offwall.model.records.session import (
    Activity,
    Document,
    Person,
    Role,
    Route,
    Session,
    Stage,
    Tier,
)
from offwall.model.records.uses import (
    TARGETS,
    Pointer,
    describe_uses,
    lost_pointers,
    owner_of,
    pointers,
    records_of,
    repoint,
)
from tests.strategies import sessions


def all_records(kind: type) -> set[type]:
    """Each dataclass that a field of ``kind`` holds, at any depth."""
    found: set[type] = set()
    ahead = list(get_type_hints(kind).values())
    while ahead:
        one = ahead.pop()
        ahead += get_args(one)
        if is_dataclass(one) and isinstance(one, type) and one not in found and one is not Table:
            found.add(one)
            ahead += get_type_hints(one).values()
    return found


EVERY = sorted(all_records(Session), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("record", EVERY)
def test_every_field_of_every_record_says_what_it_is(record: type) -> None:
    infos = field_infos(record)
    assert list(infos) == [field.name for field in fields(record)]
    for name, info in infos.items():
        assert (info.kind is FieldKind.UNKNOWN) == (name == "extra")
        assert bool(info.to) == (info.kind is FieldKind.POINTER)
        assert set(info.to) <= {*RECORDS, "teams", "approvals"}
        if info.kind is FieldKind.RECORDS:
            inner = inner_record(record, name)
            assert inner in EVERY
            assert not info.joined_by or info.joined_by in field_infos(inner)


def test_a_field_that_does_not_say_what_it_is_is_refused() -> None:
    with pytest.raises(TypeError, match="Session: format, workshop"):
        field_infos(Session)


def test_every_collection_and_heading_is_a_record_with_one_key_or_none() -> None:
    held = {field.name for field in fields(Session)} - {"format", "extra"}
    assert set(RECORDS) == held
    for name, info in RECORDS.items():
        listed = isinstance(getattr(Session(), name), tuple)
        kinds = [one.kind for one in field_infos(info.record).values()]
        assert kinds.count(FieldKind.KEY) == int(listed)
        assert set(info.called) <= set(field_infos(info.record))
        assert (info.noun, info.plural) != ("", "")
    letters = [info.letter for info in RECORDS.values() if info.letter]
    assert len(letters) == len(set(letters))


@st.composite
def at_a_pointer(draw: st.DrawFn) -> tuple[Session, Pointer, str]:
    """A session, one of its pointers, and a collection into which that may lead."""
    session = draw(sessions())
    found = list(pointers(session))
    if not found:
        session = replace(session, activities=(Activity("a-1", session.stages[0].id, "Check"),))
        found = list(pointers(session))
    pointer = draw(st.sampled_from(found))
    return session, pointer, draw(st.sampled_from(pointer.info.to))


@pytest.mark.slow
@given(at_a_pointer())
def test_every_pointer_is_repointed_and_nothing_else(
    drawn: tuple[Session, Pointer, str],
) -> None:
    session, pointer, to = drawn
    changed = repoint(session, to, pointer.value, "new name~", by_name=True)
    left = [one for one in pointers(changed) if to in one.info.to and one.value == pointer.value]
    assert not left
    assert any(one.value == "new name~" for one in pointers(changed))
    # What does not point into the collection is the very same.
    others = [one for one in pointers(session) if to not in one.info.to]
    assert [one.value for one in pointers(changed) if to not in one.info.to] == [
        one.value for one in others
    ]
    for name in RECORDS:
        for old, new in zip(records_of(session, name), records_of(changed, name), strict=True):
            assert _without_pointers(old) == _without_pointers(new)


def _without_pointers(record: Any) -> list[Any]:
    return [
        getattr(record, name)
        for name, info in field_infos(type(record)).items()
        if info.kind not in (FieldKind.POINTER, FieldKind.RECORDS)
    ]


@pytest.mark.slow
@given(at_a_pointer())
def test_what_is_pointed_at_by_its_key_is_in_use(drawn: tuple[Session, Pointer, str]) -> None:
    session, pointer, to = drawn
    assert bool(describe_uses(session, to, pointer.value)) or pointer.info.by_name


@pytest.mark.slow
@given(sessions())
def test_a_pointer_is_lost_just_where_nothing_bears_its_key(session: Session) -> None:
    lost = [one.place for one in lost_pointers(session)]
    for pointer in pointers(session):
        there = any(
            pointer.value == getattr(record, RECORDS[name].key)
            for name in pointer.info.to
            if name in TARGETS
            for record in records_of(session, name)
        )
        if there and not pointer.info.by_name:
            assert pointer.place not in lost
        elif not there and not pointer.info.words and pointer.value != "end":
            known = {person.name for person in session.people}
            board = "people" in pointer.info.to and pointer.value in known
            assert board or pointer.place in lost


@pytest.mark.parametrize("end", ["end", "a-1"])
def test_a_route_that_leads_to_an_activity_or_the_end_is_not_lost(end: str) -> None:
    route = Route("yes", to=end)
    session = Session(
        stages=(Stage("S1", "Begin"),),
        activities=(Activity("a-1", "S1", "Check", routes=(route,), then=end),),
    )
    assert not list(lost_pointers(session))


def test_a_tier_renamed_is_renamed_where_it_is_treated_and_a_document_where_it_is_named() -> None:
    session = Session(
        stages=(Stage("S1", "Begin", tiers=(("gold", "full"),)),),  # type: ignore[arg-type]
        tiers=(Tier("gold", "Gold"),),
        documents=(Document("Risk log"),),
        activities=(Activity("a-1", "S1", "Check", documents=("Risk log",)),),
    )
    assert repoint(session, "tiers", "gold", "first").stages[0].tiers == (("first", "full"),)
    changed = repoint(session, "documents", "Risk log", "Log", by_name=True)
    assert changed.activities[0].documents == ("Log",)


def test_the_collections_that_have_a_type_are_those_of_a_session() -> None:
    assert set(get_args(Collection)) == set(RECORDS)


@pytest.mark.parametrize(
    ("said", "owner"), [("cm", "cm"), ("p-2", "p-2"), ("the service", "the service"), ("", "")]
)
def test_an_owner_is_a_role_a_person_or_a_group(said: str, owner: str) -> None:
    session = Session(roles=(Role("cm", "Contract Manager"),), people=(Person("p-2", "Bo Ray"),))
    assert owner_of(session, said) == owner
