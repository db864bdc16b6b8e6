"""A page a role: what it does, for which tier, with whom, by when and with which document."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions.facts import Facts
from offwall.model.documents.brief.role_pages import role_page, role_tasks, roles_with_a_part
from offwall.model.documents.paper import Bullets, Heading, Paper, Paragraph
from offwall.model.process.raci import raci_letters

TODAY = dt.date(2026, 12, 10)
SAMPLE = store.read_session(sample_sessions.path("contract-management"))
FACTS = Facts(SAMPLE, TODAY)


def page(facts: Facts, role: str, tier: str = "") -> Paper:
    found = role_page(facts, role, tier)
    assert found is not None
    return found


def headings(paper: Paper) -> list[str]:
    return [one.text for one in paper.parts if isinstance(one, Heading)]


def items(paper: Paper) -> dict[str, str]:
    """What is done, by its words, with all that stands behind it."""
    lists = (one.items for one in paper.parts if isinstance(one, Bullets))
    return {item.lead: item.text for found in lists for item in found}


def lines(paper: Paper) -> dict[str, str]:
    return {one.lead: one.text for one in paper.parts if isinstance(one, Paragraph)}


def test_an_activity_says_for_whom_with_whom_by_when_and_with_what() -> None:
    found = items(page(FACTS, "cm"))
    said = found["Hold handover meeting between procurement and contract manager."]
    for words in (
        "With: Procurement.",
        "Ask: Legal.",
        "Tell: Finance.",
        "By when: Within 5 working days of signing.",
        "Documents: Handover checklist and Signed contract.",
    ):
        assert words in said
    assert "Tiers:" not in said
    assert "Tiers: Gold and Silver." in found["Write the contract management plan."]
    assert "decided by Head of Service" in found["Score the contract and set its tier."]


def test_who_is_accountable_is_said_once_and_where_it_is_another() -> None:
    paper = page(FACTS, "cm")
    assert lines(paper)["Accountable:"] == "Head of Service, where nobody else is named."
    found = items(paper)
    assert (
        "Accountable: Information Governance."
        in found["Complete data protection impact assessment."]
    )
    assert "Accountable" not in found["Complete change request form."]
    assert "Accountable: myself." in found["Verify KPI data by sampling and site visits."]


def test_stages_are_headings_in_the_order_of_the_process() -> None:
    paper = page(FACTS, "cm")
    names = [one.name for one in SAMPLE.stages]
    assert [one for one in headings(paper) if one in names] == names
    assert headings(paper)[-1] == "What I took on"
    assert "By 15 Jan 2027." in items(paper)["Complete the rest of the mapping and RACI templates."]


@pytest.mark.parametrize("role", [one.code for one in SAMPLE.roles])
def test_each_letter_of_the_raci_is_on_its_role_s_page_once(role: str) -> None:
    named = [one.id for one in SAMPLE.in_order if role in raci_letters(one)]
    told = [one.activity.id for one in role_tasks(FACTS, role) if one.kind != "decide"]
    assert told == named


def test_a_tier_leaves_out_what_it_does_not_do() -> None:
    whole, bronze = (role_tasks(FACTS, "cm", tier) for tier in ("", "bronze"))
    gone = {one.text for one in whole} - {one.text for one in bronze}
    assert "Write the contract management plan" in gone
    assert "For this tier alone:" in lines(page(FACTS, "cm", "bronze"))


def test_a_role_without_a_part_has_no_page_and_one_that_only_owns_an_action_has() -> None:
    nobody = replace(SAMPLE, activities=(), actions=())
    assert role_page(Facts(nobody, TODAY), "cm") is None
    assert roles_with_a_part(Facts(nobody, TODAY)) == ()
    owner = Facts(replace(SAMPLE, activities=()), TODAY)
    assert headings(page(owner, "cm")) == ["What I took on"]
