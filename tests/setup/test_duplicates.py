"""Names that look like the same thing said twice are offered; those that only look near are not."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.session import Action, Activity, Document, Person, Role, Session, Stage
from offwall.model.review.duplicates import (
    INITIALS,
    SAME_LIKENESS,
    SLIP,
    NameKind,
    duplicates,
    similar_names,
)
from tests.steps import steps
from tests.strategies import EXAMPLES, HOSTILE, sessions, texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contracts Manager", "Contract Manager"),
        ("Head of Service", "Head of service"),
        ("KPI report", "KPI reports"),
        ("KPI report", "KPIs report"),
        ("Director of Finance", "Finance Director"),
        ("The Contract Manager", "Contract Manager"),
        ("Procurement team", "Procurement"),
        ("Handover plan", "Hand-over plan"),
        ("Housing's checklist", "Housings checklist"),
        ("Savings policy", "Saving policies"),
        ("Exit process", "Exit processes"),
        ("Café contract", "Cafe\u0301 contract"),
        ("عقد الخدمة", "الخدمة عقد"),
    ],
)
def test_the_same_words_are_one_name(one: str, other: str) -> None:
    assert similar_names([one, other]) == ((0, 1, SAME_LIKENESS),)
    assert similar_names([other, one]) == ((0, 1, SAME_LIKENESS),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contract Manager", "Contract Manger"),
        ("Procurement officer", "Procurment officer"),
        ("Commissioner", "Comissioner"),
        ("Invoice log", "Invioce log"),
        ("Licence register", "License register"),
    ],
)
def test_a_slip_in_one_word_is_one_name(one: str, other: str) -> None:
    ((_, _, likeness),) = similar_names([one, other])
    assert SLIP <= likeness < SAME_LIKENESS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senior Responsible Officer", "SRO"),
        ("HoS", "Head of Service"),
        ("KPI", "Key performance indicator"),
    ],
)
def test_initials_are_the_name_that_they_stand_for(one: str, other: str) -> None:
    assert similar_names([one, other]) == ((0, 1, INITIALS),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contract change notice", "Contract details notice"),
        ("Senior Responsible Officer", "Section 151 Officer"),
        ("Board minutes", "Board report"),
        ("Tier 1 review", "Tier 2 review"),
        ("Stage review", "State review"),
        ("Contract", "Contractor"),
        ("Procurement office", "Procurement officer"),
        ("Tender", "Render"),
        ("Annual report", "Annual review"),
        ("Contract performance report for housing", "Contract performance report for highways"),
        ("Legal", "Finance"),
        ("IT", "Insurance Team"),
        ("Form A", "Form B"),
        ("C++", "C#"),
        ("", "[/"),
        ("[PO]", "[/"),
        ("=", "+"),
        ("🧾", "✅"),
    ],
)
def test_what_only_looks_near_is_two_names(one: str, other: str) -> None:
    assert similar_names([one, other]) == ()


def test_the_most_alike_come_first_and_each_pair_once() -> None:
    names = [
        "Contract Manger",
        "SRO",
        "Contract Manager",
        "Contracts manager",
        "Senior Responsible Officer",
    ]
    found = similar_names(names)
    assert [likeness for _, _, likeness in found] == sorted((x for _, _, x in found), reverse=True)
    pairs = [(one, other) for one, other, _ in found]
    assert pairs == [(2, 3), (1, 4), (0, 2)]


@given(st.lists(texts, max_size=8))
def test_any_names_can_be_compared(names: list[str]) -> None:
    for one, other, likeness in similar_names(names):
        assert 0 <= one < other < len(names)
        assert SLIP <= likeness <= SAME_LIKENESS
    twice = {(one, other) for one, other, _ in similar_names([*names, *names])}
    assert {other for _, other in twice} >= set(range(len(names), 2 * len(names)))


def wall(*activities: Activity, **kept: object) -> Session:
    return Session(stages=(Stage("S1", "Begin"),), activities=activities, **kept)  # type: ignore[arg-type]


def test_a_role_is_not_compared_with_its_own_other_names() -> None:
    session = wall(roles=(Role("cm", "Contract Manager", ("Contracts Manager",)),))
    assert duplicates(session) == ()


def test_of_two_roles_the_one_used_more_is_kept() -> None:
    roles = (Role("ctm", "Contracts Manager"), Role("cm", "Lead", ("Contract Manager",)))
    (pair,) = duplicates(wall(roles=roles))
    assert (pair.kind, pair.keep.key, pair.gone.key) == (NameKind.ROLE, "ctm", "cm")
    (pair,) = duplicates(wall(Activity("a-1", "S1", "Meet", informed=("cm",)), roles=roles))
    assert (pair.keep.key, pair.gone.key) == ("cm", "ctm")
    assert not pair.firm


def test_documents_teams_and_owners_are_compared_each_among_themselves() -> None:
    session = wall(
        Activity("a-1", "S1", "Meet", documents=("KPI report",)),
        Activity("a-2", "S1", "Write", documents=("KPI reports", "Finance")),
        documents=(Document("KPI Report"),),
        people=(Person("p-1", "Jane", team="Finance"), Person("p-2", "Joe", team="Finance team")),
        roles=(Role("fin", "Finance"),),
        actions=(
            Action("n-1", "Tell", owner="Contract forum"),
            Action("n-2", "Ask", owner="Contracts forum", helper="Finance Team"),
        ),
    )
    found = [(pair.kind, pair.keep.said, pair.gone.said) for pair in duplicates(session)]
    assert found == [
        (NameKind.DOCUMENT, "KPI report", "KPI Report"),
        (NameKind.DOCUMENT, "KPI reports", "KPI Report"),
        (NameKind.TEAM, "Finance", "Finance team"),
        (NameKind.OWNER, "Finance", "Finance Team"),
        (NameKind.OWNER, "Contract forum", "Contracts forum"),
    ]
    owner = duplicates(session)[3]
    assert owner.firm
    assert (owner.keep.key, owner.gone.key) == ("fin", "Finance Team")


@settings(max_examples=max(1, EXAMPLES // 5))
@given(sessions())
def test_no_pair_is_a_name_with_itself(session: Session) -> None:
    for pair in duplicates(session):
        assert pair.keep.key != pair.gone.key
        assert not pair.gone.known


def test_ten_times_the_names_take_few_more_than_ten_times_the_steps() -> None:
    words = ["contract", "risk", "issue", "exit", "board", "change", "audit", "invoice", "notice"]

    def names(number: int) -> list[str]:
        return [
            f"{words[n % 9]} {words[n // 9 % 9]}s {words[n // 81 % 9]} {'x' * (n // 729)}"
            for n in range(number)
        ]

    assert similar_names([*names(1000), *HOSTILE])
    # Each name with each other would be a hundred times the steps.
    assert steps(lambda: similar_names(names(1000))) < 25 * steps(lambda: similar_names(names(100)))


@pytest.mark.slow
def test_the_matcher_is_not_loaded_by_the_plain_commands() -> None:
    script = (
        "import sys; import offwall.tui.cli.add, offwall.tui.cli.list, offwall.tui.cli.check;"
        "import offwall.model.review.duplicates;"
        "sys.exit('rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
