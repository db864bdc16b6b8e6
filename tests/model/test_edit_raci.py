"""The RACI cell by cell: one lead, one accountable, and what a letter replaces."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.edits import EditError
from model.edits.raci import clear, give
from model.raci import FEW, Load, Part, columns, letters, loads
from model.session import Activity, Role, Session, Stage

CODES = ("cm", "hos", "fin", "[PO]", "=1+1", "עברית")
FREE = Activity("a-1", "S1", "Score the contract")
FULL = replace(
    FREE, lead="cm", also=("fin",), accountable="hos", consulted=("[PO]",), informed=("=1+1",)
)


def having(*activities: Activity) -> Session:
    roles = tuple(Role(code, f"The {code}") for code in CODES)
    return Session(stages=(Stage("S1", "Begin"),), roles=roles, activities=activities)


def one(session: Session) -> Activity:
    return session.activities[0]


def test_a_lead_takes_the_place_of_the_one_before() -> None:
    after = one(give(having(FULL), "a-1", "hos", Part.LEAD))
    assert letters(after) == {"hos": "RA", "fin": "r", "[PO]": "C", "=1+1": "I"}
    promoted = one(give(having(FULL), "a-1", "fin", Part.LEAD))
    assert (promoted.lead, promoted.also) == ("fin", ())


def test_there_is_one_accountable() -> None:
    after = one(give(having(FULL), "a-1", "cm", Part.ACCOUNTABLE))
    assert letters(after)["cm"] == "RA"
    assert "hos" not in letters(after)
    beside = one(give(having(FULL), "a-1", "fin", Part.ACCOUNTABLE))
    assert letters(beside)["fin"] == "rA"


@pytest.mark.parametrize("part", [Part.CONSULTED, Part.INFORMED])
def test_consulted_and_informed_stand_alone_in_a_cell(part: Part) -> None:
    own = replace(FULL, accountable="cm", lead_confirmed=True, sequence_confirmed=True)
    after = one(give(having(own), "a-1", "cm", part))
    assert letters(after)["cm"] == part
    assert (after.lead, after.accountable) == ("", "")
    assert (after.lead_confirmed, after.sequence_confirmed) == (False, True)


def test_a_letter_puts_a_cell_right_that_a_file_had_wrong() -> None:
    wrong = replace(FREE, lead="cm", also=("cm", "cm"), consulted=("cm", "fin"), informed=("cm",))
    after = one(give(having(wrong), "a-1", "cm", Part.LEAD))
    assert letters(after) == {"cm": "R", "fin": "C"}
    assert after.also == ()


def test_the_same_again_and_nothing_to_clear_are_said() -> None:
    for part, role in zip(Part, ("cm", "fin", "hos", "[PO]", "=1+1"), strict=True):
        with pytest.raises(EditError, match="so already"):
            give(having(FULL), "a-1", role, part)
    with pytest.raises(EditError, match="nothing in this cell"):
        clear(having(FULL), "a-1", "עברית")


def test_no_role_and_no_activity_are_said() -> None:
    with pytest.raises(EditError, match=r"\[/ is no role\. Add it under set up"):
        give(having(FULL), "a-1", "[/", Part.LEAD)
    with pytest.raises(EditError, match="is no role") as said:
        give(having(FULL), "a-1", "x" * 500, Part.ALSO)
    assert len(str(said.value)) < 150
    with pytest.raises(EditError, match="no longer in the session"):
        clear(having(FULL), "a-gone", "cm")


def test_a_code_that_no_role_bears_can_be_cleared() -> None:
    lost = replace(FULL, consulted=("gone", "[PO]"))
    assert columns(having(lost)) == (*CODES, "gone")
    assert one(clear(having(lost), "a-1", "gone")).consulted == ("[PO]",)


said = st.sampled_from(("", *CODES, "gone"))
several = st.lists(st.sampled_from((*CODES, "gone")), max_size=4).map(tuple)
any_activity = st.builds(
    partial(
        replace,
        Activity("a-1", "S1", "[/", decision="Which?", decided_by="cm", open_point="=1+1"),
    ),
    lead=said,
    also=several,
    accountable=said,
    consulted=several,
    informed=several,
    sequence_confirmed=st.booleans(),
    lead_confirmed=st.booleans(),
)
"""What a file may hold, roles twice and at odds with themselves among it."""


@given(any_activity, st.sampled_from(CODES), st.sampled_from(Part))
def test_any_letter_leaves_one_lead_one_accountable_and_all_else_as_it_was(
    old: Activity, role: str, part: Part
) -> None:
    other = replace(FULL, id="a-2")
    session, before = having(old, other), letters(old)
    try:
        after = give(session, "a-1", role, part)
    except EditError:
        assert part in before[role]
        assert before[role] in ("R", "r", "A", "C", "I", "RA", "rA")
        return
    new = one(after)
    now = letters(new)
    assert part in now[role]
    assert now[role] in ("R", "r", "A", "C", "I", "RA", "rA")
    alone = {Part.LEAD: old.lead, Part.ACCOUNTABLE: old.accountable}.get(part)
    rest = {*before, *now} - {role, alone}
    assert {code: now.get(code) for code in rest} == {code: before.get(code) for code in rest}
    assert new.lead_confirmed == (old.lead_confirmed and bool(new.lead))
    parts = ("lead", "also", "accountable", "consulted", "informed", "lead_confirmed")
    assert replace(new, **{name: getattr(old, name) for name in parts}) == old
    assert replace(after, activities=session.activities) == session
    assert after.activities[1] == other
    assert role not in letters(one(clear(after, "a-1", role)))


@given(st.lists(any_activity, max_size=3))
def test_the_columns_count_what_the_cells_say(activities: list[Activity]) -> None:
    session = having(*(replace(each, id=f"a-{n}") for n, each in enumerate(activities)))
    cells = [letters(activity) for activity in session.activities]
    for code, load in loads(session).items():
        column = [cell.get(code, "").upper() for cell in cells]
        assert list(load.each.values()) == [sum(x in cell for cell in column) for x in "RACI"]
        assert load.of == len(cells)


def test_what_each_role_carries() -> None:
    other = replace(FULL, id="a-2", lead="fin", also=("fin", "cm"), consulted=("[PO]", "[PO]"))
    found = loads(having(FULL, other))
    assert found["cm"] == Load(responsible=2, of=2)
    assert found["fin"].responsible == 2
    assert found["hos"].counts() == "A 2 of 2"
    assert found["[PO]"].consulted == 2
    assert found["עברית"].counts() == "nothing of 2"


def test_too_many_is_asked_from_more_than_half_and_never_of_a_few() -> None:
    def doubts(activities: int, accountable: int, leads: int = 0) -> tuple[str, ...]:
        made = [
            replace(
                FREE,
                id=f"a-{n}",
                accountable="hos" if n < accountable else "cm",
                lead="hos" if n < leads else "",
            )
            for n in range(activities)
        ]
        return loads(having(*made))["hos"].doubts()

    assert doubts(FEW, FEW // 2) == ()
    assert doubts(FEW, FEW // 2 + 1) == ("too many A? push down",)
    assert doubts(FEW, 1, FEW) == ("too many R? share out",)
    assert doubts(FEW, 0) == ("in no row: is it needed?",)
    assert doubts(FEW - 1, FEW - 1) == ()
    assert loads(having()) == {code: Load() for code in CODES}
