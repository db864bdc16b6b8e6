"""The RACI cell by cell: one lead, one accountable, and what a letter replaces."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.process.raci import (
    FEW,
    RaciPart,
    RoleLoad,
    clear_raci,
    raci_columns,
    raci_letters,
    role_loads,
    set_raci,
)
from offwall.model.records.session import Activity, Role, Session, Stage
from offwall.model.records.text import EditError

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
    after = one(set_raci(having(FULL), "a-1", "hos", RaciPart.LEAD))
    assert raci_letters(after) == {"hos": "RA", "fin": "r", "[PO]": "C", "=1+1": "I"}
    promoted = one(set_raci(having(FULL), "a-1", "fin", RaciPart.LEAD))
    assert (promoted.lead, promoted.also) == ("fin", ())


def test_there_is_one_accountable() -> None:
    after = one(set_raci(having(FULL), "a-1", "cm", RaciPart.ACCOUNTABLE))
    assert raci_letters(after)["cm"] == "RA"
    assert "hos" not in raci_letters(after)
    beside = one(set_raci(having(FULL), "a-1", "fin", RaciPart.ACCOUNTABLE))
    assert raci_letters(beside)["fin"] == "rA"


@pytest.mark.parametrize("part", [RaciPart.CONSULTED, RaciPart.INFORMED])
def test_consulted_and_informed_stand_alone_in_a_cell(part: RaciPart) -> None:
    own = replace(FULL, accountable="cm", lead_confirmed=True, sequence_confirmed=True)
    after = one(set_raci(having(own), "a-1", "cm", part))
    assert raci_letters(after)["cm"] == part
    assert (after.lead, after.accountable) == ("", "")
    assert (after.lead_confirmed, after.sequence_confirmed) == (False, True)


def test_a_letter_puts_a_cell_right_that_a_file_had_wrong() -> None:
    wrong = replace(FREE, lead="cm", also=("cm", "cm"), consulted=("cm", "fin"), informed=("cm",))
    after = one(set_raci(having(wrong), "a-1", "cm", RaciPart.LEAD))
    assert raci_letters(after) == {"cm": "R", "fin": "C"}
    assert after.also == ()


def test_the_same_again_and_nothing_to_clear_are_said() -> None:
    for part, role in zip(RaciPart, ("cm", "fin", "hos", "[PO]", "=1+1"), strict=True):
        with pytest.raises(EditError, match="so already"):
            set_raci(having(FULL), "a-1", role, part)
    with pytest.raises(EditError, match="nothing in this cell"):
        clear_raci(having(FULL), "a-1", "עברית")


def test_no_role_and_no_activity_are_said() -> None:
    with pytest.raises(EditError, match=r"\[/ is no role\. Add it under set up"):
        set_raci(having(FULL), "a-1", "[/", RaciPart.LEAD)
    with pytest.raises(EditError, match="is no role") as said:
        set_raci(having(FULL), "a-1", "x" * 500, RaciPart.ALSO)
    assert len(str(said.value)) < 150
    with pytest.raises(EditError, match="no longer in the session"):
        clear_raci(having(FULL), "a-gone", "cm")


def test_a_code_that_no_role_bears_can_be_cleared() -> None:
    lost = replace(FULL, consulted=("gone", "[PO]"))
    assert raci_columns(having(lost)) == (*CODES, "gone")
    assert one(clear_raci(having(lost), "a-1", "gone")).consulted == ("[PO]",)


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


@given(any_activity, st.sampled_from(CODES), st.sampled_from(RaciPart))
def test_any_letter_leaves_one_lead_one_accountable_and_all_else_as_it_was(
    old: Activity, role: str, part: RaciPart
) -> None:
    other = replace(FULL, id="a-2")
    session, before = having(old, other), raci_letters(old)
    try:
        after = set_raci(session, "a-1", role, part)
    except EditError:
        assert part in before[role]
        assert before[role] in ("R", "r", "A", "C", "I", "RA", "rA")
        return
    new = one(after)
    now = raci_letters(new)
    assert part in now[role]
    assert now[role] in ("R", "r", "A", "C", "I", "RA", "rA")
    alone = {RaciPart.LEAD: old.lead, RaciPart.ACCOUNTABLE: old.accountable}.get(part)
    rest = {*before, *now} - {role, alone}
    assert {code: now.get(code) for code in rest} == {code: before.get(code) for code in rest}
    assert new.lead_confirmed == (old.lead_confirmed and bool(new.lead))
    parts = ("lead", "also", "accountable", "consulted", "informed", "lead_confirmed")
    assert replace(new, **{name: getattr(old, name) for name in parts}) == old
    assert replace(after, activities=session.activities) == session
    assert after.activities[1] == other
    assert role not in raci_letters(one(clear_raci(after, "a-1", role)))


@given(st.lists(any_activity, max_size=3))
def test_the_columns_count_what_the_cells_say(activities: list[Activity]) -> None:
    session = having(*(replace(each, id=f"a-{n}") for n, each in enumerate(activities)))
    cells = [raci_letters(activity) for activity in session.activities]
    for code, load in role_loads(session).items():
        column = [cell.get(code, "").upper() for cell in cells]
        assert list(load.each.values()) == [sum(x in cell for cell in column) for x in "RACI"]
        assert load.of == len(cells)


def test_what_each_role_carries() -> None:
    other = replace(FULL, id="a-2", lead="fin", also=("fin", "cm"), consulted=("[PO]", "[PO]"))
    found = role_loads(having(FULL, other))
    assert found["cm"] == RoleLoad(responsible=2, of=2)
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
        return role_loads(having(*made))["hos"].doubts()

    assert doubts(FEW, FEW // 2) == ()
    assert doubts(FEW, FEW // 2 + 1) == ("too many A? push down",)
    assert doubts(FEW, 1, FEW) == ("too many R? share out",)
    assert doubts(FEW, 0) == ("in no row: is it needed?",)
    assert doubts(FEW - 1, FEW - 1) == ()
    assert role_loads(having()) == {code: RoleLoad() for code in CODES}
