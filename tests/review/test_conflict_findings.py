"""Conflicts to settle is a finding until somebody has settled it."""

from dataclasses import replace

import pytest

from offwall.model.records.changes import COLLECTIONS
from offwall.model.records.session import Activity, Clash, Person, Role, Session, Stage, Workshop
from offwall.model.review.checks import FindingLevel, findings
from offwall.model.store.conflicts import keep_ours
from offwall.model.store.merge import merge

WALL = Session(
    workshop=Workshop(title="Contracts"),
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    people=(Person("p-1", "Jane [PO]"),),
    roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service")),
    activities=(Activity("a-1", "S2", "Check", lead="cm"),),
)


def told(session: Session) -> list[tuple[str, str, str]]:
    return [(one.place, one.about, one.text) for one in findings(session) if one.kind == "two said"]


def test_a_lead_of_whom_two_said_different_things_is_told_until_it_is_settled() -> None:
    ours, theirs = (
        replace(WALL, activities=(replace(WALL.activities[0], lead=lead),)) for lead in ("hos", "")
    )
    merged = merge(WALL, ours, theirs).session
    assert told(merged) == [
        ("a-1", "lead", "S2.01: two said different things of the lead; settle it.")
    ]
    assert not told(keep_ours(merged, merged.clashes[0].id))
    assert all(
        one.level is FindingLevel.NOTICE for one in findings(merged) if one.kind == "two said"
    )


@pytest.mark.parametrize(
    ("clash", "begins"),
    [
        (Clash("x-1", "people", "p-1", "team", "Legal"), "Person “Jane [PO]”: "),
        (Clash("x-1", "roles", "cm", "name"), "Role “Contract Manager”: "),
        (Clash("x-1", "stages", "gone", "rhythm"), "Stage “gone”: "),
        (Clash("x-1", "workshop", "", "title", "T"), "The workshop: "),
        (Clash("x-1", "extra", "", "extra", "k = 1"), "The file: two said different things of som"),
        (Clash("x-1", "nonsense", "?", "[/", "="), "The nonsense: "),
        (Clash("x-1", "activities", "gone", "decided_by"), "Activity “gone”: "),
    ],
)
def test_whatever_it_is_about_is_named(clash: Clash, begins: str) -> None:
    [(_, _, text)] = told(replace(WALL, clashes=(clash,)))
    assert text.startswith(begins)
    assert text.endswith("; settle it.")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_collection_is_called_by_a_plural(name: str) -> None:
    [(_, _, text)] = told(replace(WALL, clashes=(Clash("x-1", name, "one", "name"),)))
    assert not text.partition(" “")[0].endswith("s")
