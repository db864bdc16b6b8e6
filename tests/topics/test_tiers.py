"""Tiers: where they begin, what each does and costs; counted again here, plainly."""

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.process.graph import edges_by_activity
from offwall.model.process.walk import tier_view, treatment
from offwall.model.records.record_kind import Reading
from offwall.model.records.session import (
    Activity,
    IssueCode,
    IssueStatus,
    Session,
    Stage,
    Tier,
    Treatment,
)
from offwall.model.records.text import EditError
from offwall.model.store.presets.catalogues import preset
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.tables.topics import TIERS_SHEET
from offwall.model.topics import tiers
from offwall.model.topics.tiers import (
    AFTER,
    TIERS,
    heaviest_first,
    heir_of,
    pounds_from,
    skipped_risks,
    stage_treatments,
    take_illustrative_tiers,
    tier_effort,
    tier_faults,
    tier_from,
    treat_activity,
    treat_stage,
)
from tests.strategies import EXAMPLES, HOSTILE

FEW = settings(max_examples=max(EXAMPLES // 2, 1))
GOLD = Tier("gold", "Gold", 5_000_000, 15)
SILVER = Tier("silver", "Silver", 100_000, 8)
BRONZE = Tier("bronze", "Bronze", 0)
THREE = (GOLD, SILVER, BRONZE)
WALL = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "Go on")),
    activities=(
        Activity("a-1", "S1", "One", lead="cm", decision="Which?", documents=("Plan",)),
        Activity("a-2", "S1", "Two", lead="fin", documents=("plan", "Bill")),
        Activity("a-3", "S2", "Three", lead="cm", decided_by="hos"),
    ),
    tiers=THREE,
)


def sample(name: str = "contract-management") -> Session:
    return loads(sample_sessions.path(name).read_text(encoding="utf-8"))


def blank(**changes: str) -> dict[str, str]:
    return {"code": "", "name": "", "value_from": "", "risk_from": "", "review": ""} | changes


# Where the tiers begin.


lines = st.none() | st.integers(0, 6)
several = st.lists(st.tuples(lines, lines), max_size=5).map(
    lambda found: tuple(
        Tier(f"t{n}", f"T{n}", value, risk) for n, (value, risk) in enumerate(found)
    )
)


@FEW
@given(several, st.integers(0, 9), st.integers(5, 25))
def test_where_nothing_is_wrong_every_value_and_risk_has_a_tier(
    found: tuple[Tier, ...], value: int, risk: int
) -> None:
    order = heaviest_first(found)
    assert sorted(order, key=lambda tier: tier.code) == list(found)
    if found and not tier_faults(found):
        assert any(
            (tier.value_from is not None and tier.value_from <= value)
            or (tier.risk_from is not None and tier.risk_from <= risk)
            for tier in order
        )
        for upper, lower in pairwise(tier for tier in order if tier.value_from is not None):
            assert (upper.value_from or 0) > (lower.value_from or 0)
            if upper.risk_from is not None and lower.risk_from is not None:
                assert upper.risk_from > lower.risk_from


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        (THREE, []),
        ((), []),
        ((GOLD, SILVER), ["hole"]),
        ((Tier("a", "A", None, 20),), ["hole"]),
        ((Tier("a", "A", None, 5),), []),
        ((GOLD, Tier("a", "A", 5_000_000), BRONZE), ["value overlap"]),
        ((GOLD, Tier("a", "A", 1, 15), BRONZE), ["risk overlap"]),
        ((GOLD, Tier("a", "A", 1, 16), BRONZE), ["crossed"]),
        ((BRONZE, Tier("a", "A")), ["no line"]),
    ],
)
def test_what_is_wrong_with_tiers_is_found(changed: tuple[Tier, ...], kinds: list[str]) -> None:
    assert [fault.kind for fault in tier_faults(changed)] == kinds


# Changing the tiers.


def test_tiers_are_typed_lowest_first_and_stand_heaviest_first() -> None:
    session = TIERS.add(Session(), blank(name="Bronze", value_from="0"))
    session = TIERS.add(session, blank(name="Gold", value_from="£5m", risk_from="15"))
    session = TIERS.add(session, blank(name="Silver", value_from="100k", risk_from="8"))
    assert session.tiers == THREE
    assert loads(dumps(session)) == session


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (blank(value_from="1"), "Say what the tier is called"),
        (blank(name="Gold", value_from="1"), "gold is already the code of Gold"),
        (blank(name="X", code="GOLD", value_from="1"), "already the code of Gold"),
        (blank(name="X", code="two words", value_from="1"), "one word"),
        (blank(name="=+", value_from="1"), "Say the tier's code"),
        (blank(name="X", value_from="-1"), "no value. Type whole pounds from 0"),
        (blank(name="X", value_from="1e9"), "no value"),
        (blank(name="X", value_from="12.50"), "no value"),
        (blank(name="X", value_from="9" * 500), "no value"),
        (blank(name="X", value_from="١٢"), "no value"),
        (blank(name="X", value_from="1", risk_from="26"), "no risk score"),
        (blank(name="X", value_from="1", risk_from="-1"), "no risk score"),
        (blank(name="X", value_from="1", risk_from="[/"), "no risk score"),
        (blank(name="X", value_from="100000"), "both begin at £100,000"),
        (blank(name="X", value_from="1", risk_from="8"), "both begin at risk 8"),
        (blank(name="X", value_from="1", risk_from="9"), "higher value than X, but at a lower"),
        (blank(name="X"), "begins nowhere"),
    ],
)
def test_bad_tiers_are_refused_in_a_sentence(said: dict[str, str], wrong: str) -> None:
    with pytest.raises(EditError, match=wrong.replace("(", r"\(")):
        TIERS.add(WALL, said)


def test_a_hole_is_refused_but_one_that_was_there_is_no_reason() -> None:
    with pytest.raises(EditError, match="Below £5,000,000 there is no tier"):
        TIERS.add(Session(), blank(name="Gold", value_from="5m"))
    with pytest.raises(EditError, match="Below £1 there is no tier"):
        TIERS.change(WALL, "bronze", blank(name="Bronze", code="bronze", value_from="1"))
    holed = replace(WALL, tiers=(GOLD, SILVER))
    session = TIERS.change(
        holed, "silver", blank(name="Ag", code="silver", value_from="100000", risk_from="8")
    )
    assert session.tiers[1].name == "Ag"
    assert not tier_faults(TIERS.add(holed, blank(name="Bronze", value_from="0")).tiers)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("", None),
        ("0", 0),
        ("£5,000,000", 5_000_000),
        ("5 000 000", 5_000_000),
        ("250k", 250_000),
        ("1.2M", 1_200_000),
        ("£1.5 million", 1_500_000),
        ("2bn", 2 * 10**9),
        ("40 thousand", 40_000),
    ],
)
def test_money_is_read_as_people_say_it(said: str, value: int | None) -> None:
    assert pounds_from(said) == value


@FEW
@given(st.sampled_from(HOSTILE) | st.text(max_size=60))
def test_any_text_is_a_value_or_a_sentence(said: str) -> None:
    risk = next(ask for ask in TIERS.asks if ask.name == "risk_from")
    reading = Reading(WALL, {})
    for read in (pounds_from, lambda said: risk.read(reading, said)):
        found = None
        with suppress(EditError):  # anything else would be a fault
            found = read(said)
        assert found is None or found >= 0


def test_a_tier_s_new_code_reaches_all_that_named_it() -> None:
    session = treat_stage(WALL, "S1", "bronze", Treatment.NO)
    session = treat_activity(session, "a-3", "bronze", Treatment.LIGHT)
    session = TIERS.change(session, "bronze", blank(name="Bz", code="bz", value_from="0"))
    assert session.stages[0].tiers == (("bz", Treatment.NO),)
    assert session.activities[2].tiers == (("bz", Treatment.LIGHT),)


def test_removing_the_lowest_leaves_nothing_without_a_tier() -> None:
    session = treat_stage(WALL, "S1", "bronze", Treatment.NO)
    assert heir_of(session, "bronze") == replace(SILVER, value_from=0)
    session = TIERS.remove(session, "bronze")
    assert [(tier.code, tier.value_from) for tier in session.tiers] == [
        ("gold", 5_000_000),
        ("silver", 0),
    ]
    assert session.stages == WALL.stages
    assert heir_of(WALL, "gold") is heir_of(WALL, "silver") is None
    while session.tiers:
        session = TIERS.remove(session, session.tiers[-1].code)
        assert not tier_faults(session.tiers)
    with pytest.raises(EditError, match="no longer"):
        TIERS.remove(session, "gold")


def test_stages_are_inherited_and_an_activity_s_own_word_holds() -> None:
    empty = replace(WALL, activities=())
    session = treat_stage(empty, "S1", "bronze", Treatment.LIGHT)
    later = replace(session, activities=WALL.activities)
    assert treatment(later, later.activities[0], "bronze") is Treatment.LIGHT
    own = treat_activity(later, "a-1", "bronze", Treatment.YES)
    assert treatment(own, own.activities[0], "bronze") is Treatment.YES
    assert treat_activity(own, "a-1", "bronze", None) == later
    assert treat_stage(session, "S1", "bronze", None) == empty


def test_a_tier_is_known_by_its_code_or_its_name() -> None:
    for one in WALL.tiers:
        assert tier_from(WALL, one.code.upper()) == tier_from(WALL, one.name) == one.code
    assert tier_from(WALL, " ") == ""
    with pytest.raises(EditError, match=r"There is no tier “platinum”\. There are "):
        tier_from(WALL, "platinum")
    with pytest.raises(EditError, match="has no tiers"):
        tier_from(Session(), "gold")


@pytest.mark.parametrize("tier", ["platinum", "Gold", "", "[/"])
def test_an_unknown_tier_stage_or_activity_is_refused(tier: str) -> None:
    with pytest.raises(EditError, match="There is no tier"):
        treat_stage(WALL, "S1", tier, Treatment.NO)
    with pytest.raises(EditError, match="There is no stage"):
        treat_stage(WALL, "S9", "gold", Treatment.NO)
    with pytest.raises(EditError, match="no longer"):
        treat_activity(WALL, "a-9", "gold", Treatment.NO)
    with pytest.raises(EditError, match="inherited"):
        treat_stage(WALL, "S1", "gold", None)


def test_the_preset_s_are_labelled_illustrative_and_are_taken_once() -> None:
    given_ = preset("contract-management")
    assert not tier_faults(given_.tiers)
    assert all(one.review.startswith("Example") for one in given_.tiers)
    session = take_illustrative_tiers(Session(), given_.tiers)
    with pytest.raises(EditError, match="There are tiers already"):
        take_illustrative_tiers(session, given_.tiers)


# What each tier costs, counted again.


def plainly(session: Session, tier: str) -> tuple[int, ...]:
    """The figures of a tier, without any of the code that the screens use."""
    said = {stage.id: dict(stage.tiers) for stage in session.stages}
    done = {}
    for one in session.activities:
        done[one.id] = dict(one.tiers).get(tier) or said[one.stage].get(tier) or "yes"
    kept = [one for one in session.activities if done[one.id] != "no"]
    names = set()
    roles = set()
    for one in kept:
        names |= {name.casefold() for name in one.documents}
        roles |= {one.lead, one.accountable, one.decided_by}
        roles |= {*one.also, *one.consulted, *one.informed}
    others = {text for one in session.tiers if one.code != tier for text in (one.code, one.name)}
    # What is another tier's answer alone is not this one's.
    every = edges_by_activity(session)
    own = {known: [one for one in out if one.label not in others] for known, out in every.items()}
    ways = {known: own[known] or out for known, out in every.items()}

    def comes_out(to: str, been: tuple[str, ...] = ()) -> str:
        """Where a way comes out: what is left out is passed by its first way that leads on."""
        if done.get(to) != "no":
            return to
        for edge in ways[to]:
            if edge.to and edge.to not in been:
                out = comes_out(edge.to, (*been, to))
                if out:
                    return out
        return ""

    lead = {one.id: one.lead for one in session.activities}
    steps = {(one.id, comes_out(edge.to)) for one in kept for edge in ways[one.id]}
    handed = [1 for one, to in steps if lead[one] and lead.get(to) and lead[one] != lead[to]]
    decisions = [one for one in kept if one.decision or one.routes]
    light = [one for one in kept if done[one.id] == "light"]
    return (len(kept), len(light), len(decisions), len(names), len(handed), len(roles - {""}))


@pytest.mark.parametrize("name", ["contract-management", "brackets", "cup-of-coffee"])
def test_the_figures_are_those_of_a_plain_count(name: str) -> None:
    session = sample(name)
    first = session.stages[0].id
    for tier in session.tiers or THREE:
        session = session if session.tiers else replace(session, tiers=THREE)
        found = tier_effort(treat_stage(session, first, tier.code, Treatment.LIGHT), tier.code)
        assert found is not None
        assert (
            found.activities,
            found.light,
            found.decisions,
            found.documents,
            found.hand_offs,
            found.roles,
        ) == plainly(treat_stage(session, first, tier.code, Treatment.LIGHT), tier.code)
    whole = tier_effort(session)
    assert whole is not None
    figures = (whole.activities, whole.decisions, whole.documents, whole.hand_offs, whole.roles)
    all_, _, *rest = plainly(session, "no such tier")
    assert figures == (all_, *rest)


def test_what_the_lightest_tier_skips_at_risk_is_told() -> None:
    session = sample()
    left_out = {one.id for one in tier_view(session, "bronze").hidden}
    plain = {
        (issue.activity, issue.id)
        for issue in session.issues
        if issue.code in ("R", "T") and issue.status != "closed" and issue.activity in left_out
    }
    assert plain
    found = skipped_risks(session)
    assert {(activity.id, issue.id) for activity, issue in found} == plain
    closed = tuple(replace(one, status=IssueStatus.CLOSED) for one in session.issues)
    assert skipped_risks(replace(session, issues=closed)) == ()
    gaps = tuple(replace(one, code=IssueCode.GOVERNANCE) for one in session.issues)
    assert skipped_risks(replace(session, issues=gaps)) == ()
    assert skipped_risks(replace(session, tiers=())) == ()


def test_before_part_2_there_are_no_figures_but_the_stages() -> None:
    session = treat_stage(replace(WALL, activities=()), "S2", "bronze", Treatment.NO)
    assert tier_effort(session) is tier_effort(session, "gold") is None
    assert stage_treatments(session, "bronze") == {Treatment.YES: 1, Treatment.NO: 1}
    rows = TIERS_SHEET.of(session).records()
    assert [row["hand_offs"] for row in rows[:3]] == [AFTER] * 3
    assert [row["does:S2"] for row in rows[:3]] == ["yes", "yes", "no"]


def test_the_workbook_has_the_tiers_as_they_are() -> None:
    session = replace(WALL, tiers=(replace(GOLD, name="=1+1"), SILVER, BRONZE))
    found = TIERS_SHEET.of(session).records()
    assert [(row["code"], row["name"], row["value_from"], row["risk_from"]) for row in found] == [
        ("gold", "=1+1", 5_000_000, 15),
        ("silver", "Silver", 100_000, 8),
        ("bronze", "Bronze", 0, None),
    ]
    bronze = found[2]
    names = ("activities", "light", "decisions", "documents", "hand_offs", "roles")
    plain = dict(zip(names, plainly(session, "bronze"), strict=True))
    assert all(bronze[name] == plain[name] for name in names[2:])
    assert bronze["full"] == plain["activities"] - plain["light"]
    assert any(table.name == "Tiers" for table in sheets_of(session))


def test_without_money_the_risk_alone_sets_a_tier() -> None:
    assert not {ask.name for ask in TIERS.asked(Session())} & {"value_from"}
    assert "value_from" in {ask.name for ask in TIERS.asked(WALL)}
    session = TIERS.add(Session(), blank(name="Simple", risk_from="5"))
    session = TIERS.add(session, blank(name="Complex", risk_from="15"))
    assert [tier.code for tier in session.tiers] == ["complex", "simple"]
    with pytest.raises(EditError, match="Below a risk score of 6 there is no tier"):
        TIERS.change(session, "simple", blank(name="Simple", code="simple", risk_from="6"))
    session = TIERS.remove(session, "simple")
    assert [(tier.code, tier.risk_from) for tier in session.tiers] == [("complex", 5)]
    assert not tier_faults(take_illustrative_tiers(Session(), tiers.EXAMPLES).tiers)
