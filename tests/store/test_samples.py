import datetime as dt
import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from offwall import sample_sessions
from offwall.model.process.graph import edges_by_activity, loops
from offwall.model.records.fields import Table
from offwall.model.records.session import END, ActionKind, Session
from offwall.model.review.checks import FindingLevel, findings
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps


def load(name: str) -> Session:
    return loads(sample_sessions.path(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sample_sessions.NAMES)
def test_each_sample_is_written_as_offwall_writes(name: str) -> None:
    raw = sample_sessions.path(name).read_bytes()
    session = load(name)
    assert loads(dumps(session)) == session
    assert b"\r" not in raw
    assert raw.startswith(b"# ")
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(KeyError, match="no sample session"):
        sample_sessions.path("../pyproject")


def test_the_contract_management_sample_has_what_is_on_the_wall() -> None:
    session = load("contract-management")
    decisions = [one for one in session.activities if one.decision]
    kinds = Counter(one.kind for one in session.actions)
    assert (len(session.stages), len(session.roles), len(session.activities)) == (8, 11, 48)
    assert (len(decisions), sum(len(one.routes) for one in decisions)) == (13, 29)
    assert Counter(issue.parked for issue in session.issues) == {False: 12, True: 2}
    assert kinds == {ActionKind.IMPROVEMENT: 10, ActionKind.NEXT_STEP: 6}
    assert session.workshop.date == dt.date(2026, 12, 10)
    assert {person.group.value for person in session.people} == {
        "core",
        "participant",
        "corporate",
        "senior",
    }
    assert [(tier.code, tier.value_from) for tier in session.tiers] == [
        ("gold", 5_000_000),
        ("silver", 100_000),
        ("bronze", 0),
    ]


def test_in_the_sample_every_pointer_points_and_every_activity_has_its_people() -> None:
    session = load("contract-management")
    found = findings(session)
    assert [one.text for one in found if one.level is FindingLevel.ERROR] == []
    kinds = {one.kind for one in found}
    assert kinds == {"open point", "unconfirmed", "time risk", "no template", "tier leads past"}
    for activity in session.activities:
        assert activity.lead not in activity.also
        assert len({*activity.consulted} & {*activity.informed, *activity.also}) == 0
    issues = {issue.id for issue in session.issues}
    assert all(one.issue in issues for one in session.actions if one.kind is ActionKind.IMPROVEMENT)
    owners = {one.owner for one in session.actions}
    assert owners <= set(session.role_by_code)


def test_the_sample_s_jumps_lead_where_the_wall_says() -> None:
    session = load("contract-management")
    refs = {**session.ref_by_id, END: END}
    jumps = {
        refs[source]: refs[ways[0].to]
        for source, ways in edges_by_activity(session).items()
        if len(ways) == 1
    }
    expected = {
        "S4.06": "S5.01",
        "S5.06": "S6.01",
        "S6.04": "S7.01",
        "S7.04": "S7.06",
        "S7.07": "S8.01",
        "S8.03": "S3.01",
        "S8.06": END,
    }
    assert expected.items() <= jumps.items()
    assert "cab" not in session.role_by_code
    exit_step = session.activity_by_id[session.id_by_ref["S8.05"]]
    assert any("TUPE" in name and "pension" in name for name in exit_step.documents)


def test_the_cup_of_coffee_has_six_steps_and_a_loop_with_a_way_out() -> None:
    session = load("cup-of-coffee")
    assert len(session.activities) == 6
    (decision,) = (one for one in session.activities if one.decision)
    back = [edge.to for edge in edges_by_activity(session)[decision.id]]
    order = [one.id for one in session.in_order]
    assert order.index(back[1]) < order.index(decision.id) < order.index(back[0])
    assert loops(session) == ()


def test_the_empty_session_has_a_heading_and_nothing_else() -> None:
    session = load("empty")
    assert session.workshop.title
    assert session == Session(workshop=session.workshop)


def texts_of(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Each text of a session with the record and field that holds it."""
    if isinstance(value, str):
        return [(name, str(value))]
    if isinstance(value, tuple):
        return [found for item in value for found in texts_of(item, name)]
    if is_dataclass(value) and not isinstance(value, Table):
        return [
            found
            for field in fields(value)
            for found in texts_of(
                getattr(value, field.name), f"{type(value).__name__}.{field.name}"
            )
        ]
    return []


POINTERS = {
    "id", "code", "kind", "status", "group", "rhythm", "improve", "tiers", "stage", "lead", "also",
    "accountable", "consulted", "informed", "decided_by", "to", "then", "activity", "issue", "on",
    "sha256", "template", "gates",
}  # fmt: skip
TRIES = {
    "markup": lambda text: "[PO]" in text,
    "closing": lambda text: "[/" in text,
    "formula": lambda text: text.startswith("=1+1"),
    "plus": lambda text: text.startswith("+1"),
    "minus": lambda text: text.startswith("-1"),
    "at": lambda text: text.startswith("@SUM(A1)"),
    "emoji": lambda text: "\U0001f469" in text and any(map(unicodedata.combining, text)),
    "right to left": lambda text: any(unicodedata.bidirectional(one) == "R" for one in text),
    "long": lambda text: len(text) >= 500,
    "quotes": lambda text: '"' in text and "'" in text and "\\" in text,
}


def test_the_hostile_sample_tries_every_text_field_of_every_kind_of_record() -> None:
    session = load("brackets")
    held = {}
    for where, text in texts_of(session):
        held.setdefault(where, []).append(text)
    for record in {where.partition(".")[0] for where in held}:
        of_record = [
            text
            for where, found in held.items()
            if where.startswith(f"{record}.")
            for text in found
        ]
        missing = [name for name, tries in TRIES.items() if not any(map(tries, of_record))]
        few = {"Session", "Workshop", "Board", "Clock", "PartTime"}
        assert record in few or missing == [], record
    for where, found in held.items():
        if where.partition(".")[2] not in POINTERS:
            assert any(tries(text) for text in found for tries in TRIES.values()), where
    expected = {
        "Workshop",
        "Person",
        "Stage",
        "Role",
        "Word",
        "Activity",
        "Route",
        "Issue",
        "Topic",
    }
    expected |= {"Tier", "Board", "Meeting", "Action", "Document", "Remark", "Photo"}
    assert expected <= {where.partition(".")[0] for where in held}


def test_the_hostile_sample_has_roles_that_a_sheet_trips_over() -> None:
    session = load("brackets")
    names = [role.name for role in session.roles]
    assert {"Activity", "Lead (responsible)", "ID"} <= set(names)
    assert Counter(names).most_common(1)[0][1] == 2
    assert session.workshop.title.startswith("../../etc/passwd")
